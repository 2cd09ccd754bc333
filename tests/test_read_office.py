"""Old office files through LibreOffice: one profile and one time limit a call, the original's name and medium kept."""

from __future__ import annotations

import io
import os
import shutil
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from word_files import docx_bytes, p, source_of, tbl, tc, tr

import extract.office.read_office as read_office_module
from extract.document import Document, Paragraph, Table
from extract.office.doc_ending import has_tables, with_last_paragraph
from extract.office.encrypted_office import is_encrypted
from extract.office.read_docx import read_docx
from extract.office.read_office import convert, read_office
from extract.source import Source
from normalize.errors import NeedsTool, UnreadableFile

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
REAL = pytest.mark.skipif(not REPORTS.exists(), reason="../shared is absent")

REPORT = (
    p("BÁO CÁO")
    + tbl(
        tr(tc(p("1.1"), '<w:tcW w:w="1000" w:type="dxa"/>'), tc(p("Kế hoạch"), '<w:tcW w:w="3000" w:type="dxa"/>')),
        tr(tc(p("1.2"), '<w:tcW w:w="1000" w:type="dxa"/>'), tc(p("0,5/1"), '<w:tcW w:w="3000" w:type="dxa"/>')),
    )
    + p("Hết.")
)


def shape(document: Document) -> list[str | list[tuple[int, int, str]]]:
    return [
        block.text if isinstance(block, Paragraph) else [(cell.row, cell.column, cell.text) for cell in block.cells]
        for block in document.blocks()
    ]


EXPECTED = ["BÁO CÁO", [(0, 0, "1.1"), (0, 1, "Kế hoạch"), (1, 0, "1.2"), (1, 1, "0,5/1")], "Hết."]


@OFFICE
def test_word_files_of_all_ages_at_once() -> None:
    original = source_of(docx_bytes(REPORT))

    def there_and_back(kind: str) -> Document:
        old = source_of(convert(original, "docx", kind), f"báo cáo cũ.{kind}")
        return read_office(old)

    with ThreadPoolExecutor(2) as pool:
        documents = list(pool.map(there_and_back, ["doc", "rtf", "odt"]))
    assert [document.media for document in documents] == ["doc", "rtf", "odt"]
    assert [document.file for document in documents] == ["báo cáo cũ.doc", "báo cáo cũ.rtf", "báo cáo cũ.odt"]
    assert [shape(document) for document in documents] == [EXPECTED] * 3


@OFFICE
def test_old_workbooks() -> None:
    book = openpyxl.Workbook()
    for row in [["Mã", "Điểm"], ["1.10", 0.75]]:
        book.active.append(row)
    book.active["B2"].number_format = "0.00"
    buffer = io.BytesIO()
    book.save(buffer)
    old = source_of(convert(source_of(buffer.getvalue(), "a.xlsx"), "xlsx", "xls"), "a.xls")
    document = read_office(old)
    assert (document.media, document.sha256) == ("xls", old.sha256)
    assert shape(document) == [[(0, 0, "Mã"), (0, 1, "Điểm"), (1, 0, "1.10"), (1, 1, "0.75")]]


@OFFICE
@REAL
@pytest.mark.parametrize("name", ["000", "001", "003"])
def test_the_real_reports_read_as_well_from_old_word(name: str) -> None:
    old = read_office(Source.open(REPORTS / f"{name}.doc"))
    new = read_docx(Source.open(REPORTS / f"{name}.docx"))
    assert [page.blocks for page in old.pages] == [page.blocks for page in new.pages]
    assert (old.media, old.warnings) == ("doc", ())


@REAL
def test_a_table_at_the_end_gets_a_paragraph_behind_it() -> None:
    for name, changes in (("000", False), ("001", True), ("003", True)):
        data = (REPORTS / f"{name}.doc").read_bytes()
        mended = with_last_paragraph(data)
        assert (mended != data, has_tables(data), has_tables(mended)) == (changes, True, True)
        assert with_last_paragraph(mended) == mended


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)]
)
def test_what_is_no_word_file_is_left_alone(data: bytes) -> None:
    assert with_last_paragraph(data) == data
    assert not has_tables(data)


def test_a_table_that_a_conversion_lost_is_never_read_as_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_office_module, "kind_of", lambda data, name: "doc")
    monkeypatch.setattr(read_office_module, "has_tables", lambda data: True)
    monkeypatch.setattr(read_office_module, "convert", lambda *_: docx_bytes(p("1.1Kế hoạch0,5")))
    with pytest.raises(UnreadableFile) as caught:
        read_office(source_of(b"x", "a.doc"))
    assert caught.value.reason == "tables-lost"


def test_without_libreoffice_the_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NeedsTool) as caught:
        read_office(source_of(b"{\\rtf1 x}", "a.rtf"))
    assert (caught.value.reason, caught.value.detail) == ("needs-libreoffice", "soffice")


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_a_hanging_conversion_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "child"
    script = f"sleep 60 & echo $! > '{note}'; wait"
    monkeypatch.setattr(read_office_module, "find_program", lambda: program(tmp_path, script))
    with pytest.raises(UnreadableFile) as caught:
        read_office(source_of(b"{\\rtf1 x}", "a.rtf"), time_limit=1.0)
    assert caught.value.reason == "conversion-timeout"
    assert _is_gone(int(note.read_text()))


def _is_gone(process: int) -> bool:
    """The child of a killed shell is collected by the system's first process, which may take a moment."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_a_failing_conversion_says_what_the_program_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_office_module, "find_program", lambda: program(tmp_path, "echo broken >&2; exit 1"))
    with pytest.raises(UnreadableFile) as caught:
        read_office(source_of(b"{\\rtf1 x}", "a.rtf"))
    assert (caught.value.reason, caught.value.detail) == ("conversion-failed", "a.rtf: broken")


def test_locked_binary_files_are_told_by_their_first_records() -> None:
    sector = bytes(512)
    locked_word = sector + b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01" + bytes(500)
    open_word = sector + b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x02" + bytes(500)
    begin = b"\x09\x08\x10\x00" + bytes(16)
    locked_sheet = sector + begin + b"\x2f\x00\x06\x00" + bytes(486)
    open_sheet = sector + begin + b"\x42\x00\x02\x00\xb0\x04" + bytes(486)
    assert [is_encrypted(data) for data in (locked_word, open_word, locked_sheet, open_sheet)] == [
        True,
        False,
        True,
        False,
    ]


def test_tables_survive_the_way_through_the_types() -> None:
    assert [type(block) for block in read_docx(source_of(docx_bytes(REPORT))).blocks()] == [Paragraph, Table, Paragraph]
