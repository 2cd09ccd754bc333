"""What was recognised once is not recognised again."""

from __future__ import annotations

import io
import sys
from multiprocessing.pool import ThreadPool
from pathlib import Path

import cv2
import pytest
from PIL import Image

from extract.document import Page, Paragraph
from extract.scan import cache as scan_cache
from extract.scan import read_scan, recognition
from extract.scan.cache import Key, cache_folder, keep, kept
from extract.scan.claims import claimed
from extract.scan.read_scan import read_image
from extract.scan.recognition import read_any_pdf, recognise_from_the_end
from extract.source import Source
from tests.scanning import Told, paper

ENGINE = Told([("0,5", 0.9)])
PAGE = Page(1, (Paragraph("Kính gửi:"),), 595.0, 842.0, method="ocr")


def test_a_page_is_kept_by_content_page_and_engine(tmp_path: Path) -> None:
    key = Key.of("ab" * 32, 1, ENGINE)
    keep(tmp_path, key, PAGE)
    assert kept(tmp_path, key) == PAGE
    assert kept(tmp_path, Key.of("ab" * 32, 2, ENGINE)) is None
    assert kept(tmp_path, Key.of("ab" * 32, 1, Told([], version="2"))) is None
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_a_change_of_the_code_makes_old_pages_strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, Key.of("ab" * 32, 1, ENGINE), PAGE)
    monkeypatch.setattr(scan_cache, "recipe", lambda: "changed")
    assert kept(tmp_path, Key.of("ab" * 32, 1, ENGINE)) is None


def test_damaged_files_and_missing_folders_are_no_error(tmp_path: Path) -> None:
    key = Key.of("ab" * 32, 1, ENGINE)
    (tmp_path / key.name).write_text('{"number": 1', encoding="utf-8")
    assert kept(tmp_path, key) is None
    assert kept(None, key) is None
    keep(None, key, PAGE)
    (tmp_path / "file").touch()
    keep(tmp_path / "file", key, PAGE)


def test_the_folder_is_named_or_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CCHC_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path / "recognised"
    monkeypatch.setenv("CCHC_CACHE", "off")
    assert cache_folder() is None


def test_a_picture_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_CACHE", str(tmp_path))
    asked: list[int | None] = []

    def recognised(picture: object, number: int | None, engine: object) -> Page:
        asked.append(number)
        return PAGE

    monkeypatch.setattr(read_scan, "page_of_picture", recognised)
    data = cv2.imencode(".png", paper(60, 80))[1].tobytes()
    first = read_image(Source.of(data, Path("trang.png")), ENGINE)
    again = read_image(Source.of(data, Path("trang.png")), ENGINE)
    assert first == again
    assert first.pages == (PAGE,)
    assert asked == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="no locks that end with their process")
def test_a_page_that_another_process_reads_is_waited_for(tmp_path: Path) -> None:
    key = Key.of("ab" * 32, 1, ENGINE)
    with claimed(tmp_path, key) as first:
        with claimed(tmp_path, key, patience=0) as second:
            assert (first, second) == (True, False)
        waiting = ThreadPool(1).apply_async(_kept_when_claimed, (tmp_path, key))
        keep(tmp_path, key, PAGE)
    assert waiting.get(30) == (True, PAGE)
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def _kept_when_claimed(folder: Path, key: Key) -> tuple[bool, Page | None]:
    with claimed(folder, key) as mine:
        return mine, kept(folder, key)


def test_where_nothing_is_kept_everybody_reads_for_himself(tmp_path: Path) -> None:
    key = Key.of("ab" * 32, 1, ENGINE)
    (tmp_path / "file").touch()
    for folder in (None, tmp_path / "file"):
        with claimed(folder, key) as mine:
            assert not mine


def test_pages_recognised_ahead_are_found_by_who_reads_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_CACHE", str(tmp_path))
    asked: list[int | None] = []

    def recognised(picture: object, number: int | None, engine: object) -> Page:
        asked.append(number)
        return PAGE

    monkeypatch.setattr(read_scan, "engine_of", lambda: ENGINE)
    monkeypatch.setattr(recognition, "installed_recogniser", lambda: read_scan.recognise_page)
    monkeypatch.setattr(read_scan, "page_picture", lambda data, number: None)
    monkeypatch.setattr(read_scan, "page_of_picture", recognised)
    picture = Image.fromarray(paper(400, 600))
    scan = io.BytesIO()
    picture.save(scan, "PDF", save_all=True, append_images=[picture] * 2)
    source = Source.of(scan.getvalue(), Path("scan.pdf"))
    recognise_from_the_end(source)
    assert asked == [3, 2, 1]
    assert len(read_any_pdf(source).pages) == 3
    assert asked == [3, 2, 1]
