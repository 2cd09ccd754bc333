"""Opening a PDF without harm: what is broken, locked or blown up is refused with a stable reason."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Literal

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1

from normalize.errors import UnreadableFile, UnsafeFile

MAX_PAGES = 3000
# A whole Unicode font inflates to 25 MB; a stream beyond this is an attack, not a report.
MAX_STREAM = 64 * 1024 * 1024
MAX_CONTENT = 12 * 1024 * 1024  # bytes a page; the fullest page of text and rulings seen takes 2 MB
_HEAD = 4096  # bytes before a stream in which its dictionary is looked for
_TAIL = 4096  # bytes at the end in which the end mark is looked for


@contextmanager
def open_pdf(data: bytes) -> Iterator[Any]:
    """The pdfplumber document of these bytes, closed at the end.

    Raises UnreadableFile "not-a-pdf", "truncated", "password", "broken-pdf", "no-pages"; UnsafeFile "too-many-pages",
    "decompression-bomb".
    """
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile("not-a-pdf")
    _refuse_bombs(data)
    # A broken font is told a hundred times a page otherwise.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    whole = b"%%EOF" in data.rstrip(b"\0\r\n\t ")[-_TAIL:]
    try:
        pdf = pdfplumber.open(BytesIO(data))
        count = len(pdf.pages)
    except Exception as error:
        # pdfminer lets every kind of error out of a broken file.
        if _is_password(error):
            raise UnreadableFile("password") from error
        raise UnreadableFile("broken-pdf" if whole else "truncated", str(error)[:200]) from error
    if count == 0:
        raise UnreadableFile("no-pages" if whole else "truncated")
    if not whole and count < _promised(pdf):
        raise UnreadableFile("truncated", f"{count} < {_promised(pdf)}")
    if count > MAX_PAGES:
        raise UnsafeFile("too-many-pages", f"{count} > {MAX_PAGES}")
    try:
        yield pdf
    finally:
        pdf.flush_cache()


def content_state(page: Any) -> Literal["sound", "broken-page", "page-too-complex"]:
    """Whether the drawing instructions of a page are whole, and few enough to be walked.

    pdfminer reads a damaged stream as far as it goes: the page would come back with some of its numbers.
    """
    total = 0
    for reference in page.page_obj.contents:
        stream = resolve1(reference)
        if not isinstance(stream, PDFStream):
            continue
        filters = [getattr(name, "name", "") for name, _ in stream.get_filters()]
        raw = stream.rawdata if filters == ["FlateDecode"] and not stream.decipher else None
        if raw is not None and _damaged(raw):
            return "broken-page"
        total += len(stream.get_data())
    return "sound" if total <= MAX_CONTENT else "page-too-complex"


def _damaged(raw: bytes) -> bool:
    """Whether a deflated stream is cut or changed. A missing checksum, as some programs leave it, is no damage."""
    if raw[:1] != b"\x78":
        return False
    inflater = zlib.decompressobj(-15)
    try:
        plain = inflater.decompress(raw[2:])
    except zlib.error:
        return True
    checksum = inflater.unused_data[:4]
    return not inflater.eof or (len(checksum) == 4 and checksum != zlib.adler32(plain).to_bytes(4, "big"))


def _promised(pdf: Any) -> int:
    """How many pages the file says it has; without that, more than any."""
    try:
        return int(pdf.doc.catalog["Pages"].resolve()["Count"])
    except Exception:
        return MAX_PAGES


def _is_password(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, PDFPasswordIncorrect) or any(isinstance(arg, PDFPasswordIncorrect) for arg in error.args):
            return True
        error = error.__cause__ or error.__context__
    return False


def _refuse_bombs(data: bytes) -> None:
    """Inflate each stream that is no picture up to the limit and throw the result away."""
    end = 0
    while (start := data.find(b"stream", end)) >= 0:
        end = start + len(b"stream")
        if data[max(0, start - 3) : start] == b"end":
            continue
        head = data[max(0, start - _HEAD) : start]
        head = head[head.rfind(b" obj") + 1 :]
        filters = head.count(b"/FlateDecode")
        if not filters or (b"/Image" in head and b"/Form" not in head):
            continue
        stop = data.find(b"endstream", end)
        raw = data[end : stop if stop >= 0 else len(data)].lstrip(b"\r\n")
        if _inflated(raw, min(filters, 3)) > MAX_STREAM:
            raise UnsafeFile("decompression-bomb", f"> {MAX_STREAM}")
        end = stop if stop >= 0 else len(data)


def _inflated(raw: bytes, times: int) -> int:
    """Bytes after inflating so many times, counted up to just beyond the limit; 0 for what does not inflate."""
    for _ in range(times - 1):
        try:
            raw = zlib.decompressobj().decompress(raw, MAX_STREAM + 1)
        except zlib.error:
            return 0
        if len(raw) > MAX_STREAM:
            return len(raw)
    inflater = zlib.decompressobj()
    count, rest = 0, raw
    try:
        while rest and not inflater.eof and count <= MAX_STREAM:
            count += len(inflater.decompress(rest, 1 << 20))
            rest = inflater.unconsumed_tail
    except zlib.error:
        return count
    return count
