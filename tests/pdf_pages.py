"""PDF pages for the tests, drawn with the fonts of the Debian package fonts-dejavu-core."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from extract.document import Document, Paragraph, Table
from extract.pdf.read_pdf import read_pdf
from extract.source import Source

FONTS = Path("/usr/share/fonts/truetype/dejavu")
needs_fonts = pytest.mark.skipif(
    not (FONTS / "DejaVuSans-Bold.ttf").exists(), reason="the package fonts-dejavu-core is not installed"
)
A4 = (595.0, 842.0)


def drawn(*pages: Callable[[Any], None], size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF of these pages; each function draws on the canvas. Heights are from the top of an upright A4 page."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("Sans", "DejaVuSans.ttf"), ("SansB", "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for page in pages:
        canvas.setFont("Sans", 10)
        canvas.setLineWidth(0.5)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def rotated(data: bytes, angle: int) -> bytes:
    """The same file with /Rotate set on its pages; what is drawn does not change."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for page in writer.pages:
        page.rotate(angle)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def text(canvas: Any, x: float, top: float, words: str, font: str = "Sans", size: float = 10) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, 842 - top, words)


def centred(canvas: Any, x: float, top: float, words: str, font: str = "Sans", size: float = 10) -> None:
    canvas.setFont(font, size)
    canvas.drawCentredString(x, 842 - top, words)


def line(canvas: Any, x0: float, top0: float, x1: float, top1: float) -> None:
    canvas.line(x0, 842 - top0, x1, 842 - top1)


def level(canvas: Any, tops: Sequence[float], x0: float, x1: float) -> None:
    for top in tops:
        line(canvas, x0, top, x1, top)


def upright(canvas: Any, xs: Sequence[float], top0: float, top1: float) -> None:
    for x in xs:
        line(canvas, x, top0, x, top1)


def read(data: bytes) -> Document:
    return read_pdf(Source.of(data, Path("report.pdf")))


def grid(table: Table) -> list[tuple[int, int, int, int, str]]:
    """Row, column, row span, column span and text of every cell."""
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks() if isinstance(block, Table)]


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks() if isinstance(block, Paragraph)]
