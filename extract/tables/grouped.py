"""Tables that go by agencies, each with its criteria below it: "1 | Phòng Nội vụ", then rows without either.

Or its name stands alone in a row, "I. PHÒNG NỘI VỤ".

Print merges the agency over its criteria; a format without merged cells leaves the places below it empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.document import Cell
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from normalize.agencies import find_agencies
from normalize.records import Level
from normalize.text import fold
from normalize.value import Printed


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


_MARK = regex.compile(
    r"^(?:(?:[IVX]{1,5}|[A-HĐ]|\d{1,2})\s*[.):/–-]\s*)?(?:(?:cơ quan|đơn vị)[\p{L} ]{0,20}:\s*)?", regex.IGNORECASE
)
_ASIDE = regex.compile(r"\s*(?:\([^()]*\)|huyện|tỉnh|:|\.)\s*$", regex.IGNORECASE)
_LEAST_TITLES = 2


def under_agencies(rows: Sequence[Row], columns: Columns, level: Level | None) -> tuple[list[Row], dict[int, Printed]]:
    """The rows without those that are titles of agencies, and for each row below one, by its number, that title.

    Where a title between them names no agency, or a column does, the table does not go by agencies: nothing is told.
    """
    if not (columns.lead is columns.performer is columns.support is None):
        return list(rows), {}
    titles = {row.number: printed for row in rows if (printed := _title(row)) is not None}
    if len(titles) < _LEAST_TITLES or not all(_is_agency(printed, level) for printed in titles.values()):
        return list(rows), {}
    over: dict[int, Printed] = {}
    current: Printed | None = None
    for row in rows:
        current = titles.get(row.number, current)
        if current is not None:
            over[row.number] = current
    return [row for row in rows if row.number not in titles], over


def _title(row: Row) -> Printed | None:
    """The words that a row holds alone, a mark of its number aside."""
    cells = [cell for _, cell in row.filled()]
    worded = [cell for cell in cells if sum(map(str.isalpha, cell.text)) > 3]
    marks = [cell for cell in cells if cell not in worded]
    alone = len(worded) == 1 and len(marks) <= 1 and all(_NUMBER.match(cell.text.strip()) for cell in marks)
    return worded[0].printed if alone else None


_NUMBER = regex.compile(r"^(?:[IVX]{1,5}|[A-HĐ]|\d{1,2})\s*[.)]?$")


def _is_agency(printed: Printed, level: Level | None) -> bool:
    """Whether a title is the name of one agency and nothing else."""
    bare = _MARK.sub("", printed.text.strip())
    while (shorter := _ASIDE.sub("", bare)) != bare:
        bare = shorter
    found = find_agencies(printed, "performer", level)
    return len(found) == 1 and len(fold(found[0].printed.text)) >= 0.8 * len(fold(bare))
