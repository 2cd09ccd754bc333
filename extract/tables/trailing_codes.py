"""Names that end with the code of their criterion, "Kế hoạch CCHC (tiêu chí 1.1.2)", beside a column that counts."""

from __future__ import annotations

from dataclasses import replace

import regex

from extract.document import Cell
from extract.tables.grid import Row
from extract.tables.stitching import StitchedTable
from normalize.codes import parse_code
from normalize.value import Printed, Refusal

_LEAST = 2
_SHARE = 0.6
_TAIL = 60  # signs: long names are not searched as a whole
_TRAILING = regex.compile(
    r"\s*[-–,;:]?\s*[(\[]\s*(?:(?:thuộc |theo )?"
    r"(?:tiêu chí thành phần|tiêu chí|tctp|tc|mã số|mã|mục|chỉ số thành phần)\s*(?:số\s*)?:?\s*)?"
    r"(?P<code>\d{1,2}(?:\.\d{1,2}){1,4})\.?\s*[)\]]\s*[.;]?$",
    regex.IGNORECASE,
)


def with_leading_codes(table: StitchedTable) -> StitchedTable:
    """The table with the codes that stand behind the names of one of its columns put before them."""
    for column in range(table.columns):
        worded = [cell for row in table.body if (cell := row.own(column)) is not None and _is_worded(cell)]
        found = {id(cell): led for cell in worded if (led := _led(cell)) is not None}
        if len(found) >= _LEAST and len(found) >= _SHARE * sum(cell.column_span == 1 for cell in worded):
            return replace(table, body=tuple(_with(row, found) for row in table.body))
    return table


def _is_worded(cell: Cell) -> bool:
    return sum(map(str.isalpha, cell.text)) > 3


def _led(cell: Cell) -> Cell | None:
    text = cell.text.strip()
    match = _TRAILING.search(text, max(0, len(text) - _TAIL))
    name = text[: match.start()] if match is not None else ""
    if match is None or isinstance(parse_code(Printed(match["code"])), Refusal) or not any(map(str.isalpha, name)):
        return None
    return replace(cell, text=f"{match['code']}. {name}")


def _with(row: Row, found: dict[int, Cell]) -> Row:
    return Row(row.number, tuple(found.get(id(cell), cell) if cell is not None else None for cell in row.cells))
