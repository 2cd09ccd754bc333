"""The text of a table's cells, each read by itself; numeric columns with more suspicion than the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Cell
from extract.scan.engines import Engine, Pixels, ReadWord
from extract.scan.grid import GridCell, GridTable
from extract.scan.numerals import NumeralReading, looks_numeral, may_be_numeral, parts_of, read_numeral
from extract.scan.sheet import Sheet, SheetLine, SheetWord, is_bold
from extract.scan.text import as_word, digits_within, ink_within, read_lines
from normalize.place import Place
from normalize.value import Reading

NUMERIC_COLUMN = 0.6
"""A column is numeric when this share of its filled cells below the heading reads as numbers."""
GUESSED = 0.2
"""A numeral less sure than this, where letters were read, is none."""
UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands in a cell of numbers for print that could not be read."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of the grid with what was read in it."""

    grid: GridCell
    lines: tuple[SheetLine, ...]
    print_box: Pixels | None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def read_cells(engine: Engine, sheet: Sheet, table: GridTable) -> list[ReadCell]:
    """The cells of a table with their text; numeric columns are read with more suspicion than the others."""
    cells = [_read_cell(engine, sheet, cell) for cell in table.cells]
    numeric = _numeric_columns(cells, table.columns)
    cells = [
        _as_numeral(engine, sheet, cell) if cell.grid.column in numeric and cell.grid.column_span == 1 else cell
        for cell in cells
    ]
    return [_unread(engine, sheet, cell) if cell.grid.column in numeric else cell for cell in cells]


def _unread(engine: Engine, sheet: Sheet, cell: ReadCell) -> ReadCell:
    """A cell of numbers in which something as tall as a digit stands and nothing was read: the numeral by itself, away
    from the specks around it, or the sign for what stays unread; an empty cell would say that no score was given."""
    box = None if cell.lines or cell.grid.column_span > 1 else digits_within(sheet, cell.grid.inside)
    if box is None:
        return cell
    read = read_numeral(engine, sheet.ink, box.grown(2), sheet.small or 14.0, None)
    if read is None or not looks_numeral(read.text):
        read = NumeralReading(UNREAD, 0.0)
    return ReadCell(cell.grid, (_line_of(read, box),), box)


def _read_cell(engine: Engine, sheet: Sheet, cell: GridCell) -> ReadCell:
    box = ink_within(sheet, cell.inside)
    if box is None:
        return ReadCell(cell, (), None)
    small = sheet.small or 14.0
    lines = read_lines(engine, sheet, box)
    said = "".join(line.text for line in lines)
    if box.height < 2.6 * small and box.width < 1.6 * small and not _stands(said):
        # A lone sign comes back empty or as a letter from a plain call.
        read = read_numeral(engine, sheet.ink, box.grown(2), small, None)
        if read is not None and looks_numeral(read.text) and read.confidence >= 0.7:
            return ReadCell(cell, (_line_of(read, box),), box)
    signs = "".join(line.text for line in lines)
    if not any(sign.isalnum() for sign in signs) and signs not in {"-", "–", "—", "+", "x"}:
        return ReadCell(cell, (), None)
    return ReadCell(cell, lines, box)


def _stands(text: str) -> bool:
    """Whether a short text is of a kind that cells hold: a number, also in brackets, or a Roman one."""
    body = parts_of(text)[1]
    return looks_numeral(body) or (bool(body) and set(body) <= set("IVX"))


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
    words = [parts_of(_without_unit(word.text))[1] for line in cell.lines for word in line.words]
    unit = {"điểm", "đ", "đạt", "/"}
    return any(looks_numeral(word) for word in words) and all(
        looks_numeral(word) or may_be_numeral(word) or word.casefold() in unit for word in words
    )


def _without_unit(text: str) -> str:
    """A word without the đ that stands close behind a score."""
    return text[:-1] if text.endswith("đ") and text[-2:-1].isdigit() else text


def _as_numeral(engine: Engine, sheet: Sheet, cell: ReadCell) -> ReadCell:
    """A short one-line cell of a numeric column that did not read as a number, read as one."""
    box, small = cell.print_box, sheet.small or 14.0
    if box is None or box.height > 2.8 * small or box.width > 9 * small:
        return cell
    words = [word for line in cell.lines for word in line.words]
    if len(words) == 1 and _stands(words[0].text) and (words[0].confidence >= 0.6 or words[0].text[:1] in "(IVX"):
        return cell
    letters = sum(sign.isalpha() for word in words for sign in word.text)
    if letters > 3 and min(word.confidence for word in words) > 0.6:
        return cell
    points = len(words) == 1 and _without_unit(words[0].text) != words[0].text
    first = ReadWord(words[0].text, box, words[0].confidence) if points else None
    read = read_numeral(engine, sheet.ink, box.grown(2), small, first)
    if read is None or not looks_numeral(read.text.rstrip(".,:;đ")):
        return cell
    plain = Reading(cell.text, min((word.confidence for word in words), default=0.0))
    others = tuple(one for one in (*read.others, plain) if one.text and one.text != read.text)
    if words and read.confidence < plain.confidence and _numeral_text(cell):
        return cell
    if letters > 1 and read.confidence < min(GUESSED, plain.confidence):
        return cell  # the heading of a numeric column: "TT" is no 1
    doubt = 0.5 if words and letters > 1 and plain.confidence > 0.6 else 1.0
    return ReadCell(cell.grid, (_line_of(NumeralReading(read.text, read.confidence * doubt, others), box),), box)


def cell_of(sheet: Sheet, cell: ReadCell, page_number: int | None) -> Cell:
    """The cell as it is handed on, with its places in points."""
    words = [word for line in cell.lines for word in line.words]
    where = Place(page_number, sheet.straight.box(cell.grid.inside))
    return Cell(
        row=cell.grid.row,
        column=cell.grid.column,
        text=cell.text,
        row_span=cell.grid.row_span,
        column_span=cell.grid.column_span,
        place=where,
        bold=cell.print_box is not None and is_bold(sheet, cell.print_box),
        words=tuple(as_word(sheet, word) for word in words),
        confidence=_confidence(cell, words),
        alternatives=_alternatives(cell, words),
    )


def _confidence(cell: ReadCell, words: Sequence[SheetWord]) -> float | None:
    """That of the weakest word; how sure a lone slash or a "điểm" behind a number is says nothing of its digits."""
    counted = [word for word in words if any(sign.isdigit() for sign in word.text)] if _numeral_text(cell) else words
    return min((word.confidence for word in counted), default=None)


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
