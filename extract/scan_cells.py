"""The text of a table's cells, each read by itself, and of any other block of lines on a cleaned page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.document import Cell, Word
from extract.engines import Engine, Layout, Pixels, ReadLine, ReadWord
from extract.scan_clean import Gray
from extract.scan_grid import GridCell, GridTable
from extract.scan_numerals import (
    NumeralReading,
    as_slash,
    framed,
    glyphs_of,
    looks_numeral,
    may_be_numeral,
    parts_of,
    read_numeral,
)
from extract.scan_rows import rows_of
from extract.scan_straight import Straight
from normalize.place import Place
from normalize.text import nfc
from normalize.value import Reading

NUMERIC_COLUMN = 0.6
"""A column is numeric when this share of its filled cells below the heading reads as numbers."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A cleaned page: `ink` without lines and specks, as it is; `smooth` the same, softened for the engine.

    `small` is the height of a small letter in pixels, 0 where no letters were found.
    """

    straight: Straight
    ink: Gray
    smooth: Gray
    small: float

    @classmethod
    def of(cls, straight: Straight, cleaned: Gray, small: float) -> Sheet:
        # The hard edges that the evening of light leaves are softened: measured, half of the wrong digits go with them.
        smooth = cv2.GaussianBlur(cleaned, (0, 0), max(0.4, 0.03 * small))
        return cls(straight, cleaned, np.asarray(smooth, np.uint8), small)


@dataclass(frozen=True, slots=True)
class SheetWord:
    """A word with its place in pixels of the sheet, and other readings of it."""

    text: str
    box: Pixels
    confidence: float
    others: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLine:
    words: tuple[SheetWord, ...]
    box: Pixels
    block: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def ink_within(sheet: Sheet, inside: Pixels) -> Pixels | None:
    """The rectangle of the print inside a cell; None where the cell is blank.

    What touches the cell's edge and is thin is the rest of a ruling line, what is smaller than a dot is dirt.
    """
    edge = 2
    crop = sheet.ink[inside.y0 + edge : inside.y1 - edge, inside.x0 + edge : inside.x1 - edge]
    if crop.size == 0:
        return None
    small = sheet.small or 14.0
    count, _, stats, _ = cv2.connectedComponentsWithStats((crop < 150).astype(np.uint8), connectivity=8)
    own = stats[1:]
    if count < 2:
        return None
    x, y, wide, high, area = (own[:, column] for column in range(5))
    flat_edge = ((y <= 2) | (y + high >= crop.shape[0] - 2)) & (high <= 0.35 * small) & (wide >= 0.8 * small)
    tall_edge = ((x <= 2) | (x + wide >= crop.shape[1] - 2)) & (wide <= 0.35 * small) & (high >= 0.8 * small)
    # A lone 1 in a narrow column may touch the edge; the rest of a line runs along most of it.
    line_like = flat_edge | (tall_edge & (high >= 0.6 * crop.shape[0]))
    print_like = ~line_like & (area >= (0.16 * small) ** 2)
    body = print_like & ((high >= 0.6 * small) | ((wide >= 0.35 * small) & (wide >= 1.5 * high)))
    if not body.any():
        return None
    # Dots and marks count when they stand near the letters: a speck in the corner does not widen the cell's text.
    reach = 1.2 * small
    x0, y0 = x[body].min() - reach, y[body].min() - reach
    x1, y1 = (x + wide)[body].max() + reach, (y + high)[body].max() + reach
    part = print_like & (x >= x0) & (y >= y0) & (x + wide <= x1) & (y + high <= y1)
    left, top = inside.x0 + edge, inside.y0 + edge
    return Pixels(
        left + int(x[part].min()),
        top + int(y[part].min()),
        left + int((x + wide)[part].max()),
        top + int((y + high)[part].max()),
    )


def read_lines(engine: Engine, sheet: Sheet, box: Pixels, layout: Layout) -> tuple[SheetLine, ...]:
    """The lines of print in a rectangle of the sheet, numerals checked against their shapes.

    A block of which the engine finds another number of lines than there are rows of letters is read once more, row by
    row, and the surer reading is taken: engines make a line of the marks between two rows, or drop a line whole.
    """
    box = _within(sheet, box.grown(1))
    found = _plain(engine, sheet, sheet.smooth[box.y0 : box.y1, box.x0 : box.x1], box, layout)
    if layout == "block":
        rows = rows_of(
            sheet.ink[box.y0 : box.y1, box.x0 : box.x1],
            sheet.smooth[box.y0 : box.y1, box.x0 : box.x1],
            sheet.small or 14.0,
        )
        if len(rows) > 1 and len(rows) != len(found):
            apart = [
                line
                for row in rows
                for line in _plain(engine, sheet, row.picture, row.box.moved(box.x0, box.y0), "line")
            ]
            if _sure(apart) > _sure(found):
                found = apart
    return tuple(line for line in (_checked(engine, sheet, line) for line in found) if line.words)


def _within(sheet: Sheet, box: Pixels) -> Pixels:
    height, width = sheet.ink.shape
    return Pixels(max(0, box.x0), max(0, box.y0), min(width, box.x1), min(height, box.y1))


def _plain(engine: Engine, sheet: Sheet, crop: Gray, box: Pixels, layout: Layout) -> list[ReadLine]:
    """What the engine reads, in pixels of the sheet."""
    frame = 10
    found = engine.read(framed(crop, frame, 1.0, 0.0), layout, dpi=sheet.straight.dpi)
    dx, dy = box.x0 - frame, box.y0 - frame
    return [
        ReadLine(
            tuple(ReadWord(word.text, word.box.moved(dx, dy), word.confidence) for word in line.words),
            line.box.moved(dx, dy),
            line.block,
        )
        for line in found
    ]


def _sure(lines: Sequence[ReadLine]) -> float:
    """How much a reading says and how surely: letters weighted with the confidence of their words."""
    return sum(len(word.text) * (word.confidence - 0.4) for line in lines for word in line.words)


def _checked(engine: Engine, sheet: Sheet, line: ReadLine) -> SheetLine:
    words = [_word(engine, sheet, word) for word in line.words]
    if len(words) > 2 and words[0].text.isdigit() and _point_behind(sheet, words[0].box):
        words[0] = replace(words[0], text=words[0].text + ".")
    return SheetLine(tuple(word for word in words if not _is_dirt(sheet, word)), line.box, line.block)


def _point_behind(sheet: Sheet, box: Pixels) -> bool:
    """Whether a point stands behind the number that opens a line: engines drop that of "1. Công tác"."""
    small = sheet.small or 14.0
    glyphs = glyphs_of(
        sheet.ink, _within(sheet, Pixels(box.x0, box.y0, box.x1 + round(0.45 * small), box.y1 + 1)), small
    )
    return glyphs is not None and glyphs.after == 1


def _word(engine: Engine, sheet: Sheet, word: ReadWord) -> SheetWord:
    box = word.box
    text = nfc(as_slash(word.text))
    head, body, tail = parts_of(text)
    if not may_be_numeral(body):
        return SheetWord(text, box, word.confidence)
    read = read_numeral(engine, sheet.ink, box.grown(2), sheet.small or 14.0, ReadWord(text, box, word.confidence))
    if read is None:
        return SheetWord(text, box, min(word.confidence, 0.5))
    # Brackets and closing signs come from the plain reading: the second knows digits only.
    others = tuple(Reading(head + parts_of(one.text)[1] + tail, one.confidence) for one in read.others)
    return SheetWord(head + (parts_of(read.text)[1] or body) + tail, box, read.confidence, others)


def _is_dirt(sheet: Sheet, word: SheetWord) -> bool:
    """Whether a "word" without letters or digits is a speck, the rest of a line or of a stamp."""
    if any(sign.isalnum() for sign in word.text):
        return False
    if word.text in {"-", "–", "+", "•", "*"}:
        return word.confidence < 0.5
    small = sheet.small or 14.0
    return word.confidence < 0.7 or word.box.height < 0.3 * small or word.box.height > 4 * small


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of the grid with what was read in it."""

    grid: GridCell
    lines: tuple[SheetLine, ...]
    print_box: Pixels | None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def read_table(engine: Engine, sheet: Sheet, table: GridTable, page_number: int | None) -> tuple[Cell, ...]:
    """The cells of a table with their text; numeric columns are read with more suspicion than the others."""
    cells = [_read_cell(engine, sheet, cell) for cell in table.cells]
    numeric = _numeric_columns(cells, table.columns)
    cells = [
        _as_numeral(engine, sheet, cell) if cell.grid.column in numeric and cell.grid.column_span == 1 else cell
        for cell in cells
    ]
    return tuple(_cell(sheet, cell, page_number) for cell in cells)


def _read_cell(engine: Engine, sheet: Sheet, cell: GridCell) -> ReadCell:
    box = ink_within(sheet, cell.inside)
    if box is None:
        return ReadCell(cell, (), None)
    small = sheet.small or 14.0
    one_line = box.height < 2.6 * small
    if one_line and box.width < 1.6 * small:
        # A lone sign comes back empty or as a letter from a plain call.
        read = read_numeral(engine, sheet.ink, box.grown(2), small, None)
        if read is not None and looks_numeral(read.text) and read.confidence >= 0.7:
            return ReadCell(cell, (_line_of(read, box),), box)
    lines = read_lines(engine, sheet, box, "line" if one_line else "block")
    if not lines and not one_line:
        lines = read_lines(engine, sheet, box.grown(4), "block")
    signs = "".join(line.text for line in lines)
    if not any(sign.isalnum() for sign in signs) and signs not in {"-", "–", "—", "+", "x"}:
        return ReadCell(cell, (), None)
    return ReadCell(cell, lines, box)


def _line_of(read: NumeralReading, box: Pixels) -> SheetLine:
    return SheetLine((SheetWord(read.text, box, read.confidence, read.others),), box)


def _numeric_columns(cells: Sequence[ReadCell], columns: int) -> set[int]:
    """The columns whose filled cells, but for headings, mostly hold a number, a pair or a code."""
    numeric = set()
    for column in range(columns):
        own = [cell for cell in cells if cell.grid.column == column and cell.grid.column_span == 1 and cell.print_box]
        likely = [cell for cell in own if _numeral_text(cell)]
        if likely and len(likely) >= NUMERIC_COLUMN * max(1, len(own) - 1):
            numeric.add(column)
    return numeric


def _numeral_text(cell: ReadCell) -> bool:
    words = [word.text.strip(".,:;") for line in cell.lines for word in line.words]
    unit = {"điểm", "đ", "đạt"}
    return any(looks_numeral(word) for word in words) and all(
        looks_numeral(word) or may_be_numeral(word) or word.casefold() in unit for word in words
    )


def _as_numeral(engine: Engine, sheet: Sheet, cell: ReadCell) -> ReadCell:
    """A short one-line cell of a numeric column that did not read as a number, read as one."""
    box, small = cell.print_box, sheet.small or 14.0
    if box is None or box.height > 2.8 * small or box.width > 9 * small:
        return cell
    words = [word for line in cell.lines for word in line.words]
    if len(words) == 1 and looks_numeral(words[0].text) and words[0].confidence >= 0.6:
        return cell
    letters = sum(sign.isalpha() for word in words for sign in word.text)
    if letters > 3 and min(word.confidence for word in words) > 0.6:
        return cell
    read = read_numeral(engine, sheet.ink, box.grown(2), small, None)
    if read is None or not looks_numeral(read.text.rstrip(".,:;")):
        return cell
    plain = Reading(cell.text, min((word.confidence for word in words), default=0.0))
    others = tuple(one for one in (*read.others, plain) if one.text and one.text != read.text)
    if words and read.confidence < plain.confidence and _numeral_text(cell):
        return cell
    doubt = 0.5 if words and letters > 1 and plain.confidence > 0.6 else 1.0
    return ReadCell(cell.grid, (_line_of(NumeralReading(read.text, read.confidence * doubt, others), box),), box)


def _cell(sheet: Sheet, cell: ReadCell, page_number: int | None) -> Cell:
    words = [word for line in cell.lines for word in line.words]
    where = Place(page_number, sheet.straight.box(cell.grid.inside))
    return Cell(
        row=cell.grid.row,
        column=cell.grid.column,
        text=cell.text,
        row_span=cell.grid.row_span,
        column_span=cell.grid.column_span,
        place=where,
        words=tuple(as_word(sheet, word) for word in words),
        confidence=min((word.confidence for word in words), default=None) if words else None,
        alternatives=_alternatives(cell, words),
    )


def as_word(sheet: Sheet, word: SheetWord) -> Word:
    return Word(word.text, sheet.straight.box(word.box), round(word.confidence, 3))


def _alternatives(cell: ReadCell, words: Sequence[SheetWord]) -> tuple[Reading, ...]:
    """The cell's text with one word in another reading, the surest first; at most eight."""
    found: dict[str, float] = {}
    for number, word in enumerate(words):
        for other in word.others:
            text = _with_word(cell, number, other.text)
            found[text] = max(found.get(text, 0.0), other.confidence)
    best = sorted(found.items(), key=lambda item: -item[1])
    return tuple(Reading(text, round(confidence, 3)) for text, confidence in best if text != cell.text)[:8]


def _with_word(cell: ReadCell, number: int, text: str) -> str:
    lines, seen = [], 0
    for line in cell.lines:
        words = [text if seen + at == number else word.text for at, word in enumerate(line.words)]
        seen += len(line.words)
        lines.append(" ".join(words))
    return "\n".join(lines)
