"""Tables that count agencies, each with its criteria below it: "1 | Phòng Nội vụ", then rows without either.

Print merges the agency over its criteria; a format without merged cells leaves the places below it empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Cell
from extract.tables.column_roles import Columns
from extract.tables.grid import Row


def with_agencies_of_groups(rows: Sequence[Row], columns: Columns) -> list[Row]:
    """The rows with the agency of their group; as they are where the numbers do not count agencies."""
    column = next((n for n in (columns.lead, columns.performer, columns.unit) if n is not None), None)
    if column is None or columns.ordinal is None or column != columns.ordinal + 1 or columns.code in (None, column):
        return list(rows)
    held = [row for row in rows if row.text(columns.code)]
    counted = [bool(row.text(columns.ordinal)) for row in held]
    if counted != [bool(row.text(column)) for row in held] or all(counted) or not any(counted) or not counted[0]:
        return list(rows)
    result: list[Row] = []
    agency: Cell | None = None
    for row in rows:
        if row.text(columns.ordinal):
            agency = row.own(column)
        place = row.own(column)
        if agency is not None and place is not None and row.text(columns.code) and not place.text.strip():
            cells = list(row.cells)
            cells[column] = replace(agency, row=row.number, row_span=1)
            row = Row(row.number, tuple(cells))
        result.append(row)
    return result
