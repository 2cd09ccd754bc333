"""Opening a PDF without harm: what is broken, locked or blown up is refused with a stable reason."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pdfplumber
import regex
from pdfminer.pdfdocument import PDFPasswordIncorrect

from normalize.errors import UnreadableFile, UnsafeFile

MAX_PAGES = 3000
# The text and rulings of the fullest page seen take 2 MB; a stream beyond this is an attack or a drawing, not a report.
MAX_STREAM = 64 * 1024 * 1024

_STREAM = regex.compile(
    rb"<<(?P<head>(?:[^<>]|<<[^<>]*>>|<[0-9A-Fa-f\s]*>|<<(?:[^<>]|<<[^<>]*>>)*>>)*)>>\s*stream\r?\n"
)


@contextmanager
def open_pdf(data: bytes) -> Iterator[Any]:
    """The pdfplumber document of these bytes, closed at the end.

    Raises UnreadableFile "not-a-pdf", "password", "broken-pdf", "no-pages"; UnsafeFile "too-many-pages",
    "decompression-bomb".
    """
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile("not-a-pdf")
    _refuse_bombs(data)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        pdf = pdfplumber.open(BytesIO(data))
        count = len(pdf.pages)
    except Exception as error:
        if _is_password(error):
            raise UnreadableFile("password") from error
        raise UnreadableFile("broken-pdf", str(error)[:200]) from error
    if count == 0:
        raise UnreadableFile("no-pages")
    if count > MAX_PAGES:
        raise UnsafeFile("too-many-pages", f"{count} > {MAX_PAGES}")
    yield pdf


def _is_password(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, PDFPasswordIncorrect) or any(isinstance(arg, PDFPasswordIncorrect) for arg in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False


def _refuse_bombs(data: bytes) -> None:
    """Inflate each stream that is no picture up to the limit and throw the result away."""
    for match in _STREAM.finditer(data):
        head = match["head"]
        if b"/Image" in head or b"FlateDecode" not in head:
            continue
        inflated = 0
        inflater = zlib.decompressobj()
        chunk = data[match.end() : match.end() + MAX_STREAM // 900]
        try:
            inflated = len(inflater.decompress(chunk, MAX_STREAM + 1))
        except zlib.error:
            continue
        if inflated > MAX_STREAM:
            raise UnsafeFile("decompression-bomb", f"> {MAX_STREAM}")
