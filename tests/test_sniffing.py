"""The format of a file is told by its content; the name is only a hint."""

from __future__ import annotations

import io

import openpyxl
import pytest
from word_files import docx_bytes, p, zip_bytes

from extract.sniffing import MEDIA, kind_of
from normalize.errors import UnreadableFile

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(*names: str) -> bytes:
    """A compound file as far as its directory goes."""
    directory = b""
    for name in ("Root Entry", *names):
        encoded = name.encode("utf-16-le")
        kind = b"\x05" if name == "Root Entry" else b"\x02"
        length = (len(encoded) + 2).to_bytes(2, "little")
        directory += encoded.ljust(64, b"\x00") + length + kind + bytes(61)
    return OLE2 + bytes(1024 - len(OLE2)) + directory


def workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


MHTML = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n"
    b"<html><body><p>1</p></body></html>\r\n--x--"
)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.4\n%\xe2\xe3", "a.doc", "pdf"),
        (b"\r\n\r\njunk before\r\n%PDF-1.4\n", "a.pdf", "pdf"),
        (docx_bytes(p("Điểm")), "a.doc", "docx"),
        (workbook(), "a.xls", "xlsx"),
        (zip_bytes({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "a.doc", "odt"),
        (zip_bytes({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a.xls", "ods"),
        (zip_bytes({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "a.ppt", "pptx"),
        (compound("WordDocument", "1Table"), "a.doc", "doc"),
        (compound("Workbook"), "a.doc", "xls"),
        (compound("Book"), "a.xls", "xls"),
        (compound("PowerPoint Document"), "a.doc", "ppt"),
        (b"{\\rtf1\\ansi \\'d0}", "a.doc", "rtf"),
        ("<html><body>Điểm</body></html>".encode(), "a.doc", "html"),
        ("\ufeff<!DOCTYPE html>\n<p>Điểm</p>".encode(), "a.doc", "html"),
        ("<html><body>Điểm</body></html>".encode("utf-16"), "a.xls", "html"),
        (b'<html xmlns:w="urn:schemas-microsoft-com:office:word"><head>', "a.doc", "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', "a.doc", "html"),
        (MHTML, "a.doc", "mhtml"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.pdf", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.pdf", "image"),
        (b"II*\x00\x08\x00\x00\x00", "a.pdf", "image"),
        (b"MM\x00*\x00\x00\x00\x08", "a.tif", "image"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", "a.bmp", "image"),
        ("Số: 185 /UBND – NV".encode(), "a.pdf", "txt"),
        ("Số: 185".encode("utf-16"), "a.txt", "txt"),
        (b"Tu\xe2\xccn Gi\xe1o", "a.txt", "txt"),
        (b"C\xe9ng h\xdfa x\xb7 h\xe9i", "a.txt", "txt"),
        (b"BM: Bang diem", "a.txt", "txt"),
        ("<b>Điểm</b> 9/10\n<table><tr><td>1</td></tr></table>".encode(), "a.txt", "txt"),
    ],
)
def test_kind_is_told_by_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty-file"),
        (b"  \r\n\x00\x00", "empty-file"),
        (compound("EncryptedPackage", "EncryptionInfo"), "password"),
        (compound("Something"), "unknown-format"),
        (zip_bytes({"readme.txt": "x"}), "unknown-format"),
        (docx_bytes(p("Điểm"))[:200], "broken-docx"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "unknown-format"),
        (bytes(range(256)), "unknown-format"),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        kind_of(data, "report.pdf")
    assert caught.value.reason == reason


def test_media_name_the_kinds_of_the_export() -> None:
    assert MEDIA[kind_of(MHTML)] == "html"
    assert MEDIA[kind_of(compound("PowerPoint Document"))] == "pdf"
    assert MEDIA[kind_of(zip_bytes({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))] == "xls"
