"""Files that are no reports: each is refused with one stable reason, before it can do harm."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from test_sniffing import compound
from word_files import docx_bytes, p, source_of, tbl, tc, tr, zip_bytes

import extract.office.office_package as office_package
from extract.office.read_docx import read_docx
from extract.readers import read_document
from extract.sheet.read_xlsx import read_xlsx
from extract.sniffing import kind_of
from extract.source import Source
from normalize.errors import UnreadableFile, UnsafeFile

TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    return type(caught.value).__name__, caught.value.reason


def written(folder: Path, data: bytes, name: str = "báo cáo.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt"])
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    assert refused(written(tmp_path, b"", name)) == ("UnreadableFile", "empty-file")
    assert refused(written(tmp_path, b"\r\n  ", name)) == ("UnreadableFile", "empty-file")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_word_file(tmp_path: Path, share: float) -> None:
    data = docx_bytes(p("Đạt 9/10 điểm") * 50)
    assert refused(written(tmp_path, data[: int(len(data) * share)])) == ("UnreadableFile", "broken-docx")


def test_a_word_file_with_a_damaged_part(tmp_path: Path) -> None:
    assert refused(written(tmp_path, docx_bytes("<w:p>"))) == ("UnreadableFile", "broken-docx")
    no_text = zip_bytes({"[Content_Types].xml": TYPES, "word/styles.xml": "<x/>"})
    assert refused(written(tmp_path, no_text)) == ("UnreadableFile", "broken-docx")
    flipped = bytearray(docx_bytes(p("Đạt 9/10 điểm")))
    at = flipped.find(b"word/document.xml") + len("word/document.xml") + 10
    flipped[at : at + 8] = bytes(8)
    assert refused(written(tmp_path, bytes(flipped))) == ("UnreadableFile", "broken-docx")


def test_an_encrypted_office_file(tmp_path: Path) -> None:
    data = compound("EncryptedPackage", "EncryptionInfo")
    assert refused(written(tmp_path, data)) == ("UnreadableFile", "password")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    blanks = b" " * (office_package.BOMB_SIZE + 1)
    bomb = zip_bytes({"[Content_Types].xml": TYPES, "word/document.xml": blanks})
    assert len(bomb) < 100_000
    assert refused(written(tmp_path, bomb)) == ("UnsafeFile", "zip-bomb")
    sheet = zip_bytes({"[Content_Types].xml": TYPES, "xl/workbook.xml": blanks})
    assert refused(written(tmp_path, sheet, "a.xlsx")) == ("UnsafeFile", "zip-bomb")


def test_too_many_members_and_too_much_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx_bytes(p("Điểm"))
    monkeypatch.setattr(office_package, "MAX_MEMBERS", 3)
    assert refused(written(tmp_path, data)) == ("UnsafeFile", "zip-bomb")
    monkeypatch.setattr(office_package, "MAX_MEMBERS", 1000)
    monkeypatch.setattr(office_package, "MAX_UNPACKED", 100)
    assert refused(written(tmp_path, data)) == ("UnsafeFile", "zip-bomb")
    monkeypatch.setattr(office_package, "MAX_UNPACKED", 10**9)
    monkeypatch.setattr(office_package, "MAX_PART", 10)
    assert refused(written(tmp_path, data)) == ("UnsafeFile", "zip-bomb")


ENTITIES = [
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
]


@pytest.mark.parametrize("prolog", ENTITIES)
def test_external_entities_are_refused(tmp_path: Path, prolog: str) -> None:
    data = docx_bytes(p("Đạt &e;" if "ENTITY e" in prolog else "Đạt"), prolog=prolog)
    assert refused(written(tmp_path, data)) == ("UnsafeFile", "external-entities")
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{prolog}<w:document/>'.encode("utf-16")
    data = zip_bytes({"[Content_Types].xml": TYPES, "word/document.xml": wide})
    assert refused(written(tmp_path, data)) == ("UnsafeFile", "external-entities")


def test_external_entities_behind_a_long_comment_and_in_other_parts() -> None:
    behind = docx_bytes(p("Đạt"), prolog=f"<!--{'x' * 10_000}-->{ENTITIES[0]}")
    styles = docx_bytes(p("Đạt"), styles=f"{ENTITIES[0]}<x>&e;</x>")
    for data in (behind, styles):
        with pytest.raises(UnsafeFile) as caught:
            read_docx(source_of(data))
        assert caught.value.reason == "external-entities"
    sheet = zip_bytes({"[Content_Types].xml": TYPES, "xl/workbook.xml": f"{ENTITIES[0]}<x>&e;</x>"})
    with pytest.raises(UnsafeFile) as caught:
        read_xlsx(source_of(sheet, "a.xlsx"))
    assert caught.value.reason == "external-entities"


def test_a_table_of_1000_columns(tmp_path: Path) -> None:
    wide = docx_bytes(tbl(tr(*[tc(p("1"))] * 1000)))
    assert refused(written(tmp_path, wide)) == ("UnsafeFile", "too-many-columns")
    span = docx_bytes(tbl(tr(tc(p("1"), '<w:gridSpan w:val="2000000000"/>'), tc(p("2")))))
    assert refused(written(tmp_path, span)) == ("UnsafeFile", "too-many-columns")
    lines = "\n".join(["\t".join("1" * 1000)] * 3)
    assert refused(written(tmp_path, lines.encode(), "a.txt")) == ("UnsafeFile", "too-many-columns")


def test_tables_nested_without_end_are_refused_not_followed(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + p("x") + "</w:tc></w:tr></w:tbl>" * 3000
    assert refused(written(tmp_path, docx_bytes(deep))) == ("UnreadableFile", "broken-docx")


def test_a_picture_renamed_to_pdf_is_a_picture() -> None:
    assert kind_of(b"\x89PNG\r\n\x1a\n" + bytes(20), "báo cáo.pdf") == "image"


def test_a_broken_workbook(tmp_path: Path) -> None:
    data = zip_bytes({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"})
    assert refused(written(tmp_path, data, "a.xlsx")) == ("UnreadableFile", "broken-xlsx")


def test_paths_that_lead_to_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "không có.docx") == ("UnreadableFile", "not-found")
    assert refused(tmp_path) == ("UnreadableFile", "not-a-file")
    assert refused(written(tmp_path, b"x") / "trong.docx") == ("UnreadableFile", "not-found")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ống.docx")
    assert refused(tmp_path / "ống.docx") == ("UnreadableFile", "not-a-file")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    path = written(tmp_path, docx_bytes(p("Điểm")))
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert refused(path) == ("UnreadableFile", "no-permission")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_on_the_disk(tmp_path: Path) -> None:
    path = written(tmp_path, docx_bytes(p("Điểm")))
    path.chmod(0)
    assert refused(path) == ("UnreadableFile", "no-permission")


def test_a_share_that_goes_away_and_a_name_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path / ("x" * 5000)) == ("UnreadableFile", "read-error")
    assert refused(tmp_path / "a\x00b") == ("UnreadableFile", "not-found")

    def gone(self: Path) -> bytes:
        raise OSError(5, "Input/output error", str(self))

    path = written(tmp_path, b"x")
    monkeypatch.setattr(Path, "read_bytes", gone)
    assert refused(path) == ("UnreadableFile", "read-error")


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = written(tmp_path, b"x" * 11)
    with pytest.raises(UnsafeFile) as caught:
        Source.open(path, limit=10)
    assert (caught.value.reason, caught.value.detail) == ("too-large", "11 > 10")
    assert Source.open(path, limit=11).data == b"x" * 11


def test_members_and_relations_that_lead_out_of_the_package(tmp_path: Path) -> None:
    """Nothing is unpacked onto the disk, and no part is looked for outside the package."""
    outside = tmp_path / "ngoài.xml"
    outside.write_text("<w:styles/>", encoding="utf8")
    data = docx_bytes(p("Đạt 9/10 điểm"), styles="<x/>")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    target = b'Target="styles.xml"'
    for elsewhere in (str(outside), f"file://{outside}", "../../../../../../etc/passwd", "..\\..\\ngoài.xml"):
        members: dict[str, str | bytes] = {name: part for name, part in parts.items() if name != "word/styles.xml"}
        relations = parts["word/_rels/document.xml.rels"]
        members["word/_rels/document.xml.rels"] = relations.replace(target, f'Target="{elsewhere}"'.encode())
        members |= {"../../thoát.txt": "x", "/tmp/thoát.txt": "x", "word/../../thoát.txt": "x"}
        read = read_docx(source_of(zip_bytes(members)))
        assert [block.text for block in read.blocks() if hasattr(block, "text")] == ["Đạt 9/10 điểm"]
    assert sorted(tmp_path.iterdir()) == [outside]
    assert not Path("/tmp/thoát.txt").exists()
