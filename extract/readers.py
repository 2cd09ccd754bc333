"""The door of the library: a path comes in, a `Document` goes out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from extract.document import Document
from extract.layout.legacy_text import repair_document
from extract.sniffing import Kind, kind_of
from extract.source import Source

Reader = Callable[[Source], Document]

# Module and function of each reader. They are imported when first used: the reading of pictures needs libraries that an
# installation without scans does not have.
READERS: dict[Kind, tuple[str, str]] = {
    "txt": ("extract.plain.read_text", "read_text"),
    "docx": ("extract.office.read_docx", "read_docx"),
    "html": ("extract.web.read_html", "read_html"),
    "mhtml": ("extract.web.read_html", "read_html"),
    "xlsx": ("extract.sheet.read_xlsx", "read_xlsx"),
    "pdf": ("extract.scan.recognition", "read_any_pdf"),
    "image": ("extract.scan.read_scan", "read_image"),
    "doc": ("extract.office.read_office", "read_office"),
    "rtf": ("extract.office.read_office", "read_office"),
    "odt": ("extract.office.read_office", "read_office"),
    "ods": ("extract.office.read_office", "read_office"),
    "xls": ("extract.office.read_office", "read_office"),
    "ppt": ("extract.office.read_office", "read_office"),
    "pptx": ("extract.office.read_office", "read_office"),
    "odp": ("extract.office.read_office", "read_office"),
}


def read_document(path: Path) -> Document:
    """Read a report of any format the library knows.

    Raises UnreadableFile (empty, broken, locked, unknown), UnsafeFile (refused before decoding) or NeedsTool (a
    program or library that this format needs is not installed).
    """
    return read_source(Source.open(path))


def read_source(source: Source) -> Document:
    """Read a report whose bytes are in memory; text of the old Vietnamese encodings comes out in Unicode."""
    return repair_document(reader_of(kind_of(source.data, source.file))(source))


def reader_of(kind: Kind) -> Reader:
    """The function that reads files of this kind."""
    module, function = READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    return reader
