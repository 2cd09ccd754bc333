"""A report as a typed PDF: justified paragraphs, two-column letterhead without rulings, ruled tables over pages.

Drawn on the bare canvas rather than through a layout library, because the tables must do what Word's do: rows cut by
the page end, cells merged over a page break, heading rows that come again or do not.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.fonts import Family, find_family
from samples.layout import Grid, Letterhead, PageBreak, Para, Sheet

PAGE = (595.28, 841.89)
MARGIN = 57.0
LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A word in one cut of the font."""

    text: str
    font: str


@dataclass(slots=True)
class Flow:
    """The pen: the canvas, the page it is on and how far down it has come (points from the top)."""

    canvas: Any
    width: float
    height: float
    family: str
    numbered: bool
    boxes: bool = False
    y: float = MARGIN
    page: int = 1
    started: bool = field(default=False)

    @property
    def left(self) -> float:
        return MARGIN

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        return self.height - MARGIN

    def new_page(self) -> None:
        self.canvas.showPage()
        self.page += 1
        self.y = MARGIN
        if self.numbered:
            self.write(self.width / 2 - 3, MARGIN - 18, str(self.page), self.cut(False, False), 12)

    def cut(self, bold: bool, italic: bool) -> str:
        return self.family + ("-bold" if bold else "") + ("-italic" if italic else "")

    def write(self, x: float, top: float, text: str, font: str, size: float) -> None:
        """Writes a text with the top of its line at `top`."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - top - size, text)

    def rule(self, x0: float, top: float, x1: float, bottom: float, weight: float = 0.6) -> None:
        if self.boxes:
            # Word writes rulings as thin filled rectangles, other programs as lines.
            self.canvas.rect(
                x0, self.height - bottom, max(x1 - x0, weight), max(bottom - top, weight), stroke=0, fill=1
            )
            return
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, self.height - top, x1, self.height - bottom)


def render_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF; the same sheet gives the same bytes on one machine. LookupError where no font is found."""
    from samples.pdf_table import draw_grid

    family = find_family(None if sheet.font == "Times New Roman" else sheet.font)
    if family is None:
        raise LookupError("no TrueType font with the Vietnamese letters")
    _register(family)
    width, height = PAGE[::-1] if sheet.landscape else PAGE
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1)
    flow = Flow(canvas, width, height, family.name, sheet.numbered, sheet.rules == "boxes")
    for block in sheet.blocks:
        if isinstance(block, Letterhead):
            _letterhead(flow, block, sheet.size)
        elif isinstance(block, Para):
            draw_paragraph(flow, block, sheet.size)
        elif isinstance(block, Grid):
            draw_grid(flow, block)
        elif isinstance(block, PageBreak):
            flow.new_page()
    canvas.save()
    return buffer.getvalue()


def _register(family: Family) -> None:
    known = pdfmetrics.getRegisteredFontNames()
    for suffix, path in (
        ("", family.regular),
        ("-bold", family.bold),
        ("-italic", family.italic),
        ("-bold-italic", family.bold_italic),
    ):
        if family.name + suffix not in known:
            pdfmetrics.registerFont(TTFont(family.name + suffix, str(path)))


def width_of(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))


def lines_of(pieces: list[Piece], room: float, size: float, first: float = 0.0) -> list[list[Piece]]:
    """Breaks words into lines of `room` points; a word longer than a line is cut, as narrow cells cut numbers."""
    lines: list[list[Piece]] = [[]]
    used = first
    for piece in pieces:
        for part in _fitting(piece, room, size):
            width = width_of(part.text, part.font, size)
            blank = width_of(" ", part.font, size) if lines[-1] else 0.0
            if lines[-1] and used + blank + width > room:
                lines.append([])
                used, blank = 0.0, 0.0
            lines[-1].append(part)
            used += blank + width
    return lines


def _fitting(piece: Piece, room: float, size: float) -> list[Piece]:
    if width_of(piece.text, piece.font, size) <= room:
        return [piece]
    parts: list[Piece] = []
    rest = piece.text
    while rest:
        end = len(rest)
        while end > 1 and width_of(rest[:end], piece.font, size) > room:
            end -= 1
        parts.append(Piece(rest[:end], piece.font))
        rest = rest[end:]
    return parts


def pieces_of(flow: Flow, text: str, bold: bool, italic: bool) -> list[Piece]:
    """The words of a text, `**` switching bold. Composed, because the canvas cannot place combining marks."""
    pieces: list[Piece] = []
    text = unicodedata.normalize("NFC", text)
    for number, part in enumerate(text.split("**")):
        font = flow.cut(bold or number % 2 == 1, italic)
        pieces.extend(Piece(word, font) for word in part.replace("\u00a0", " ").split(" ") if word)
    return pieces


def draw_line(flow: Flow, line: list[Piece], x: float, top: float, room: float, size: float, align: str) -> None:
    """One line of words; "justify" spreads them over the room."""
    widths = [width_of(piece.text, piece.font, size) for piece in line]
    blank = width_of(" ", line[0].font, size) if line else 0.0
    gaps = len(line) - 1
    natural = sum(widths) + gaps * blank
    if align == "justify" and gaps:
        blank += (room - natural) / gaps
    elif align == "center":
        x += (room - natural) / 2
    elif align == "right":
        x += room - natural
    if align != "justify" and len({piece.font for piece in line}) == 1:
        flow.write(x, top, " ".join(piece.text for piece in line), line[0].font, size)
        return
    for at, (piece, width) in enumerate(zip(line, widths, strict=True)):
        # The blank is written too, as word processors do: readers tell words by it.
        flow.write(x, top, piece.text + (" " if at < gaps else ""), piece.font, size)
        x += width + blank


def draw_paragraph(flow: Flow, para: Para, size: float, *, x: float | None = None, room: float | None = None) -> None:
    left, space = (flow.left if x is None else x), (flow.room if room is None else room)
    first = 28.0 if para.indent else 0.0
    text = f"{para.label} {para.text}" if para.label else para.text
    step = size * LEADING
    for number, part in enumerate(text.split("\n")):
        indent = first if number == 0 else 0.0
        lines = lines_of(pieces_of(flow, part, para.bold, para.italic), space, size, indent)
        for at, line in enumerate(lines):
            if flow.y + step > flow.bottom and x is None:
                flow.new_page()
            shift = indent if at == 0 else 0.0
            align = "left" if para.align == "justify" and at == len(lines) - 1 else para.align
            if line:
                draw_line(flow, line, left + shift, flow.y, space - shift, size, align)
            flow.y += step
    flow.y += size * 0.35


def _letterhead(flow: Flow, head: Letterhead, size: float) -> None:
    if flow.y + 6 * size * LEADING > flow.bottom:
        flow.new_page()
    top = flow.y
    share = 0.42
    ends: list[float] = []
    for column, x, room in (
        (head.left, flow.left, flow.room * share - 8),
        (head.right, flow.left + flow.room * share, flow.room * (1 - share)),
    ):
        flow.y = top
        for para in column:
            draw_paragraph(flow, para, size - 1, x=x, room=room)
            flow.y -= size * 0.3
        ends.append(flow.y)
    flow.y = max(ends) + size
