"""Codes spread over a column a level ("LV | TC | TCTP"), put together in the first of them.

Each row fills the column of its own level: "1", "1.2", "1.2.1" in full, or each counted within the one above ("1", "2",
"1").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Cell
from extract.tables.grid import Row
from extract.tables.stitching import StitchedTable
from normalize.codes import Code, parse_code
from normalize.value import Refusal

_DEEPEST = 4


def with_whole_codes(table: StitchedTable) -> StitchedTable:
    """The table with the codes of its leading columns in the first one; the table itself where they stand in one."""
    width = _levels(table.body, table.columns)
    if width < 2:
        return table
    above: list[int] = []
    rows = []
    for row in table.body:
        level = next((column for column in range(width) if row.text(column)), None)
        code = parse_code(row.printed(level)) if level is not None else None
        if level is None or code is None or isinstance(code, Refusal):
            rows.append(row)
            continue
        parts = code.value.parts
        whole = parts if len(parts) > level else (*above[:level], *parts)
        above = list(whole)
        rows.append(_with_code(row, level, Code(whole)))
    return replace(table, body=tuple(rows))


def _with_code(row: Row, level: int, code: Code) -> Row:
    cells = list(row.cells)
    cell = row.own(level)
    assert cell is not None  # it holds the code
    cells[0] = replace(cell, column=0, text=str(code), column_span=1)
    for column in range(1, level + 1):
        cells[column] = None
    return Row(row.number, tuple(cells))


def _levels(rows: Sequence[Row], columns: int) -> int:
    """How many leading columns hold codes, one of them a row, the deeper the further right."""
    width = 0
    for column in range(min(columns, _DEEPEST)):
        texts = [cell for row in rows if (cell := row.own(column)) is not None and cell.text.strip()]
        if not texts or not _are_codes(texts):
            break
        width = column + 1
    filled = [sum(bool(row.text(column)) for column in range(width)) for row in rows]
    alone = sum(count == 1 for count in filled)
    held = [sum(bool(row.text(column)) for row in rows) for column in range(width)]
    if width < 2 or alone < 0.9 * sum(count > 0 for count in filled) or alone < 0.6 * len(rows):
        return 0
    return width if min(held) >= 2 and held[0] == min(held[:2]) else 0


def _are_codes(cells: Sequence[Cell]) -> bool:
    return sum(not isinstance(parse_code(cell.printed), Refusal) for cell in cells) >= 0.9 * len(cells)
