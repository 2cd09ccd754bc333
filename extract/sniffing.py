"""What a file is, told by its content; the name is only a hint.

Reports named `.doc` are often DOCX, RTF or a saved web page inside, and pictures are renamed to `.pdf`. Signatures are
those of the published formats: PDF 32000-1 (header within the first 1024 bytes), ECMA-376, ODF 1.2, [MS-CFB].
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Literal

import regex

from extract.document import Media
from extract.plain.text_decoding import looks_like_text
from normalize.errors import UnreadableFile

Kind = Literal[
    "pdf", "docx", "doc", "rtf", "odt", "ods", "xlsx", "xls", "ppt", "pptx", "odp", "html", "mhtml", "txt", "image"
]

# The export names fewer kinds than the readers know: each is listed under the one whose content it shares.
MEDIA: dict[Kind, Media] = {
    "pdf": "pdf", "docx": "docx", "doc": "doc", "rtf": "rtf", "odt": "odt", "ods": "xls", "xlsx": "xlsx", "xls": "xls",
    "ppt": "pdf", "pptx": "pdf", "odp": "pdf", "html": "html", "mhtml": "html", "txt": "txt", "image": "image",
}  # fmt: skip

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF87a", b"GIF89a")

# Streams that only one program writes; longer names first, because "Workbook" may stand inside another file.
_OLE2_STREAMS: tuple[tuple[str, Kind | Literal["password"]], ...] = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_HTML = regex.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", regex.IGNORECASE)
_MHTML = regex.compile(rb"^(?:MIME-Version:|Content-Type:\s*multipart/related)", regex.IGNORECASE | regex.MULTILINE)


def kind_of(data: bytes, name: str = "") -> Kind:
    """The format of a file by its bytes, with `name` as a hint between forms of text only.

    Raises UnreadableFile "empty-file", "password" (an encrypted office file), "broken-docx" (a ZIP archive cut short)
    or "unknown-format".

    >>> kind_of(b"%PDF-1.7 ...", "report.doc")
    'pdf'
    >>> kind_of(b"{\\\\rtf1\\\\ansi ...}", "report.doc")
    'rtf'
    >>> kind_of("1.1\\tKế hoạch\\t0,5".encode(), "report.pdf")
    'txt'
    """
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf"):
        raise UnreadableFile("empty-file", name)
    head = data[:1024]
    if data.startswith(PICTURES) or _is_bitmap(data) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    if data.startswith(OLE2):
        return _inside_ole2(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(data, name)
    if b"%PDF-" in head:
        return "pdf"
    text_head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text_head.startswith(b"{\\rtf"):
        return "rtf"
    if _MHTML.search(head) and b"multipart/related" in data[:4096].lower():
        return "mhtml"
    if not looks_like_text(data):
        raise UnreadableFile("unknown-format", name)
    return "html" if _is_html(data, name) else "txt"


def _is_bitmap(data: bytes) -> bool:
    """A BMP tells its own size; two letters alone would also fit a text that begins with "BM"."""
    return data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"


def _is_html(data: bytes, name: str) -> bool:
    """A web page begins with its tags; text with remains of tags in it does not, whatever its name."""
    start = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if PurePath(name).suffix.lower() in {".txt", ".md"}:
        return regex.match(rb"<(?:!doctype\s+html|html)\b", start, regex.IGNORECASE) is not None
    return start.startswith(b"<") and _HTML.search(start) is not None


def _inside_ole2(data: bytes, name: str) -> Kind:
    names = set(_ole2_names(data))
    for stream, kind in _OLE2_STREAMS:
        if stream in names:
            if kind == "password":
                raise UnreadableFile("password", name)
            return kind
    raise UnreadableFile("unknown-format", name)


def _ole2_names(data: bytes) -> list[str]:
    """Names in the directory of a compound file: entries of 128 bytes, the name in UTF-16 and its length in bytes.

    The chain of directory sectors is not followed, so a damaged allocation table does not matter: entries stand at
    multiples of 128 bytes and carry a plausible length and type.
    """
    found = []
    for stream, _ in _OLE2_STREAMS:
        encoded = stream.encode("utf-16-le")
        at = data.find(encoded)
        while at != -1:
            length = int.from_bytes(data[at + 64 : at + 66], "little")
            if at % 128 == 0 and length == len(encoded) + 2 and data[at + 66 : at + 67] == b"\x02":
                found.append(stream)
                break
            at = data.find(encoded, at + 2)
    return found


def _inside_zip(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            if "mimetype" in members and archive.getinfo("mimetype").file_size < 200:
                return _open_document(archive.read("mimetype").decode("ascii", "replace"), name)
    # zipfile says RuntimeError of a part with a password; NotImplementedError, a kind of it, of an unknown compression
    # or a newer format; ValueError of a directory with impossible places
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError) as error:
        raise UnreadableFile("broken-docx", f"{name}: {error}") from error
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if "[Content_Types].xml" in members and any(member.startswith(folder) for member in members):
            return kind  # type: ignore[return-value]
    raise UnreadableFile("unknown-format", name)


def _open_document(mimetype: str, name: str) -> Kind:
    kinds: dict[str, Kind] = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
    for word, kind in kinds.items():
        if mimetype.strip().startswith(f"application/vnd.oasis.opendocument.{word}"):
            return kind
    raise UnreadableFile("unknown-format", name)
