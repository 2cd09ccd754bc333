"""Numbers of an item in the row of its domain: "1. Chỉ đạo | a) Kế hoạch | 2 | 1,5", then "| b) Báo cáo | 1 | 1".

The domain is merged over its items, or printed beside the first of them; none of the numbers is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from extract.tables.coded_row import CodedRow
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from extract.tables.total_rows import is_total_row


def rows_of_items(coded: Sequence[CodedRow], columns: Columns) -> frozenset[int]:
    """The numbers of the rows of domains whose numbers may be those of their first item."""
    beside = [column for column in range(len(columns.labels)) if column not in _known(columns)]
    found = set()
    head: Row | None = None
    for entry in coded:
        if entry.code is not None:
            head = entry.row if len(entry.code.value.parts) == 1 else None
        elif head is not None and _is_scored(entry.row, columns) and not is_total_row(entry.row, columns):
            texts = ((head.text(column), entry.row.text(column)) for column in beside)
            if any(_is_worded(first) and _is_worded(next_one) for first, next_one in texts):
                found.add(head.number)
    return frozenset(found)


def _known(columns: Columns) -> set[int]:
    """The columns that have a role."""
    roles = (getattr(columns, field.name) for field in fields(columns) if field.name not in ("labels", "doubts", "why"))
    held = (role if isinstance(role, tuple) else (role,) for role in roles)
    return {number for each in held for number in each if isinstance(number, int) and not isinstance(number, bool)}


def _is_scored(row: Row, columns: Columns) -> bool:
    held = (columns.max_score, columns.self_score, *columns.scores, columns.pair, columns.deducted)
    return any(row.text(column) for column in held if column is not None)


def _is_worded(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 3
