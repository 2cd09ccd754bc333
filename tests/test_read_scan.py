"""A scanned page becomes a page like any other: recorded once, and read anew where the engine is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Document, Table
from extract.scan import cache as scan_cache
from extract.scan.read_scan import read_image
from extract.source import Source
from normalize.errors import NeedsTool, UnreadableFile
from tests.scanning import RECORDED, Told

PICTURE = RECORDED.parent / "page.png"


def recorded(monkeypatch: pytest.MonkeyPatch) -> Document:
    """The document as it was recognised when it was recorded; no engine is asked."""
    monkeypatch.setenv("CCHC_CACHE", str(RECORDED.parent))
    monkeypatch.setattr(scan_cache, "recipe", lambda: "recorded")
    engine = Told([], name="recorded")
    document = read_image(Source.open(PICTURE), engine)
    assert engine.asked == []
    return document


def tables(document: Document) -> list[Table]:
    return [block for page in document.pages for block in page.blocks if isinstance(block, Table)]


def test_a_recorded_page_has_its_table_with_places_and_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    document = recorded(monkeypatch)
    (page,) = document.pages
    assert (document.media, document.method, page.number) == ("image", "ocr", 1)
    (table,) = tables(document)
    assert table.columns >= 5
    for cell in table.cells:
        assert cell.place.box is not None
        assert (cell.confidence is None) == (cell.text == "")
        for word in cell.words:
            assert word.confidence is not None
            assert 0 <= word.confidence <= 1
            assert 0 <= word.box.x0 < word.box.x1 <= (page.width or 0)
            assert 0 <= word.box.top < word.box.bottom <= (page.height or 0)


@pytest.mark.engine
def test_the_engine_reads_the_recorded_page_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with monkeypatch.context() as patch:
        before = recorded(patch)
    monkeypatch.setenv("CCHC_CACHE", "off")
    try:
        now = read_image(Source.open(PICTURE))
    except NeedsTool as missing:
        pytest.skip(str(missing))

    def numerals(document: Document) -> list[tuple[int, int, str]]:
        return [
            (cell.row, cell.column, cell.text)
            for table in tables(document)
            for cell in table.cells
            if cell.text and not any(sign.isalpha() for sign in cell.text)
        ]

    assert [(table.rows, table.columns) for table in tables(now)] == [
        (table.rows, table.columns) for table in tables(before)
    ]
    assert numerals(now) == numerals(before)


def test_a_broken_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_CACHE", "off")
    with pytest.raises(UnreadableFile) as caught:
        read_image(Source.of(b"\x89PNG\r\n\x1a\n" + b"broken", Path("trang.png")), Told([]))
    assert caught.value.reason == "broken-picture"
