"""The rows of a table without ruling lines, put right once its cells are read: a line without a numeral is no row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from unicodedata import category

from extract.document import Cell, Table
from extract.scan.numerals import looks_numeral, parts_of
from normalize.place import Box, Place

_NUMERIC = 0.5
"""A column holds numerals when this share of its filled cells does."""
_SIGNS = "-–—+%/\N{REPLACEMENT CHARACTER}"
LEAST_NUMERALS = 4
"""A table without lines holds at least so many numerals; else it is prose that happens to stand in columns."""


def without_rests(cell: Cell) -> Cell:
    """A cell of a table with worn lines without the signs that the rests of its lines are read as."""
    lines = [[word for word in line.split(" ") if _is_print(word)] for line in cell.text.split("\n")]
    text = "\n".join(" ".join(line) for line in lines if line)
    return (
        cell
        if text == cell.text
        else replace(cell, text=text, words=tuple(word for word in cell.words if _is_print(word.text)))
    )


def _is_print(word: str) -> bool:
    # A circumflex that stands alone counts as a letter too ("Lm").
    return any((sign.isalnum() and category(sign) != "Lm") or sign in _SIGNS for sign in word)


def numerals_of(table: Table) -> int:
    """How many cells beside the first column hold nothing but a numeral."""
    return sum(cell.column > 0 and _is_numeral(cell) for cell in table.cells)


def with_whole_rows(table: Table) -> Table:
    """The table with lines of a heading joined to one row, and lines that go on joined to the row above them.

    A row begins where the first column holds something or a column of numerals holds one; what stands above the first
    numeral is the heading.
    """
    numeric = _numeric_columns(table)
    rows = [[cell for cell in table.cells if cell.row == row] for row in range(table.rows)]
    numbered = [any(cell.column in numeric and _is_numeral(cell) for cell in row) for row in rows]
    begun = [any(cell.column == 0 and cell.text for cell in row) for row in rows]
    if not any(numbered):
        return table
    first = numbered.index(True)
    groups: list[list[int]] = []
    for row in range(table.rows):
        heading = 0 < row < first and not (begun[row] and _has_digit(rows[row]))
        if groups and (heading or (row > first and not numbered[row] and not begun[row])):
            groups[-1].append(row)
        else:
            groups.append([row])
    cells = [cell for at, group in enumerate(groups) for cell in _joined([rows[row] for row in group], at)]
    return replace(table, rows=len(groups), cells=tuple(cells))


def _has_digit(row: Sequence[Cell]) -> bool:
    return any(cell.column == 0 and any(sign.isdigit() or sign in "IVX" for sign in cell.text) for cell in row)


def _numeric_columns(table: Table) -> set[int]:
    found = set()
    for column in range(table.columns):
        filled = [cell for cell in table.cells if cell.column == column and cell.column_span == 1 and cell.text]
        if filled and sum(map(_is_numeral, filled)) >= _NUMERIC * len(filled):
            found.add(column)
    return found


def _is_numeral(cell: Cell) -> bool:
    return looks_numeral(parts_of(cell.text)[1].rstrip(".,"))


def _joined(rows: Sequence[Sequence[Cell]], at: int) -> list[Cell]:
    """The cells of several lines as those of one row; a cell over columns that stand apart in another line is put into
    the first of them."""
    if len(rows) == 1:
        return [replace(cell, row=at) for cell in rows[0]]
    parts: dict[int, list[Cell]] = {}
    for row in rows:
        for cell in row:
            parts.setdefault(cell.column, []).append(cell)
    return [_one(cells, at) for _, cells in sorted(parts.items())]


def _one(cells: Sequence[Cell], at: int) -> Cell:
    filled = [cell for cell in cells if cell.text] or list(cells[:1])
    sure = [cell.confidence for cell in filled if cell.confidence is not None]
    return replace(
        filled[0],
        row=at,
        column_span=1,
        text="\n".join(cell.text for cell in filled),
        words=tuple(word for cell in filled for word in cell.words),
        confidence=min(sure, default=None),
        alternatives=filled[0].alternatives if len(filled) == 1 else (),
        place=_around([cell.place for cell in filled]),
    )


def _around(places: Sequence[Place]) -> Place:
    boxes = [place.box for place in places if place.box is not None]
    if not boxes:
        return places[0]
    return replace(places[0], box=reduce(Box.union, boxes))
