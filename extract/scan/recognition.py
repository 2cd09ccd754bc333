"""PDFs of every kind: typed pages are read as text, the others by recognition where it is installed."""

from __future__ import annotations

from collections.abc import Callable

from extract.document import Document, Page
from extract.pdf.read_pdf import needs_recognition, read_pdf
from extract.pdf.safety import open_pdf
from extract.source import Source
from normalize.errors import NeedsTool


def read_any_pdf(source: Source) -> Document:
    """Read a PDF; without recognition its scanned pages stand in the document as "needs-recognition"."""
    return read_pdf(source, installed_recogniser())


def recognise_from_the_end(source: Source) -> None:
    """Recognise the scanned pages of a PDF from the last one on, for a process that reads it from the first.

    Both meet in the middle: what is recognised is kept, and no page is read twice. Raises what `read_any_pdf` raises.
    """
    if installed_recogniser() is None:
        return
    from extract.scan.read_scan import recognise_ahead

    with open_pdf(source.data) as pdf:
        for number in range(len(pdf.pages), 0, -1):
            if needs_recognition(pdf.pages[number - 1], number):
                recognise_ahead(source.data, number)


def installed_recogniser() -> Callable[[bytes, int], Page] | None:
    """The function that recognises a page, None where its libraries or its data are not installed."""
    try:
        from extract.scan.engines import engine
        from extract.scan.read_scan import recognise_page
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "extract":
            raise
        return None
    try:
        engine()
    except NeedsTool:
        return None
    return recognise_page
