"""The one door: any file that is a report comes out as a document."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import pytest
from word_files import docx_bytes, p

from extract.document import Paragraph
from extract.readers import READERS, read_document, reader_of
from extract.sniffing import MEDIA, Kind


def test_every_kind_has_a_medium_and_a_reader() -> None:
    assert set(READERS) == set(MEDIA) == set(get_args(Kind))


@pytest.mark.parametrize("kind", [kind for kind in get_args(Kind) if find_spec(READERS[kind][0]) is not None])
def test_readers_that_are_installed_can_be_called(kind: Kind) -> None:
    if kind == "image":
        pytest.importorskip("cv2", reason="the libraries for scans are not installed")
    assert callable(reader_of(kind))


@pytest.mark.parametrize("name", ["báo cáo năm 2023.docx", "UBND huyện A (bản cuối) .doc", "x", "điểm%20#1?.pdf"])
def test_names_with_blanks_marks_and_wrong_endings(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "Hồ sơ đã ký"
    folder.mkdir()
    path = folder / name
    path.write_bytes(docx_bytes(p("Đạt 9/10 điểm")))
    document = read_document(path)
    (paragraph,) = document.blocks()
    assert isinstance(paragraph, Paragraph)
    assert (document.file, document.media, paragraph.text) == (name, "docx", "Đạt 9/10 điểm")
    assert document.page_count is None
