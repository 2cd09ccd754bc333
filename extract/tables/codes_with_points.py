"""Codes and points in one cell without a name: "1.2.1 (0,5/1)", "1.4.2: 0/1,5 điểm"; put apart into two columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import regex

from extract.document import Cell
from extract.tables.grid import Row
from extract.tables.stitching import StitchedTable
from normalize.codes import parse_code
from normalize.decimals import parse_pair
from normalize.value import Printed, Refusal

_BOTH = regex.compile(r"(?s)^(?P<code>[^(\n:]*\d)\s*(?:[(:\n–-]\s*)+(?P<points>[^()]*/[^()]*)\)?\s*$")
_HEADING = regex.compile(r"(?s)^(?P<name>[^(]*)\((?P<points>[^()]*)\)\s*$")
_LEAST = 2


def with_points_apart(table: StitchedTable) -> StitchedTable:
    """The table with a column of pairs behind its column of codes; the table itself where no column holds both."""
    column = next((n for n in range(table.columns) if _holds_both(table, n)), None)
    if column is None:
        return table
    header = tuple(_parted(row, column, _of_heading) for row in table.header)
    body = tuple(_parted(row, column, _of_cell) for row in table.body)
    return replace(table, columns=table.columns + 1, header=header, body=body)


def _holds_both(table: StitchedTable, column: int) -> bool:
    texts = [text for row in table.body if (text := row.text(column))]
    both = sum(_of_cell(text)[1] != "" for text in texts)
    return both >= _LEAST and 2 * both > len(texts)


def _of_cell(text: str) -> tuple[str, str]:
    match = _BOTH.match(text.strip())
    if match is None:
        return text, ""
    code, pair = parse_code(Printed(match["code"])), parse_pair(Printed(match["points"]))
    if isinstance(code, Refusal) or isinstance(pair, Refusal) or len(code.value.parts) < 2:
        return text, ""
    return match["code"], match["points"]


def _of_heading(text: str) -> tuple[str, str]:
    match = _HEADING.match(text.strip())
    return (match["name"].strip(), match["points"]) if match is not None else (text, "Điểm đạt/điểm tối đa")


def _parted(row: Row, column: int, parts: Callable[[str], tuple[str, str]]) -> Row:
    """The row with one column more: what `parts` makes of the text of a cell, behind each other."""
    cells: list[Cell | None] = []
    for number, cell in enumerate(row.cells):
        moved = cell
        if cell is not None and cell.column > column:
            moved = replace(cell, column=cell.column + 1)
        elif cell is not None and cell.column + cell.column_span > column + (cell.column == column):
            moved = replace(cell, column_span=cell.column_span + 1)
        if number != column:
            cells.append(moved)
        elif cell is None or cell.column_span > 1:
            cells += [moved, moved]
        else:
            first, second = parts(cell.text)
            cells += [replace(cell, text=first), replace(cell, text=second, column=column + 1)]
    return Row(row.number, tuple(cells))
