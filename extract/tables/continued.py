"""Criteria that take several rows: each reason with its amount and its agency in a row of its own below the code.

Print merges the code, the name and the scores over those rows; a format without merged cells leaves them empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.tables.code_column import CodedRow
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from extract.tables.total_rows import is_total_row
from normalize.decimals import parse_score
from normalize.records import Score
from normalize.value import Refusal, Value


def rows_below(coded: Sequence[CodedRow], columns: Columns) -> dict[int, tuple[Row, ...]]:
    """The rows that go on with the criterion of another row, by the number of that row."""
    found: dict[int, tuple[Row, ...]] = {}
    owner: int | None = None
    for entry in coded:
        if entry.code is not None:
            owner = entry.row.number
        elif owner is not None and _goes_on(entry.row, columns):
            found[owner] = (*found.get(owner, ()), entry.row)
        else:
            owner = None
    return found


def _goes_on(row: Row, columns: Columns) -> bool:
    """Whether a row tells a further reason and nothing of its own: the code reaches down to it, or it has an amount."""
    held = (columns.code, columns.name, columns.max_score, columns.self_score, columns.pair, *columns.scores)
    if any(row.text(column) for column in held) or not row.text(columns.reason) or is_total_row(row, columns):
        return False
    above = row.cell(columns.code)
    merged = above is not None and above.row < row.number and bool(above.text.strip())
    return merged or _amount(row, columns.amounts) is not None or _amount(row, columns.deducted) is not None


def _amount(row: Row, column: int | None) -> Score | None:
    value = parse_score(row.printed(column))
    return None if isinstance(value, Refusal) else value


def amounts_of(rows: Sequence[Row], columns: Columns) -> tuple[Score, ...]:
    """The amount of each row, in the column of amounts or in that of the deductions; empty where one tells none."""
    for column in (columns.amounts, columns.deducted):
        found = [amount for row in rows if (amount := _amount(row, column)) is not None]
        if len(found) == len(rows):
            return tuple(found)
    return ()


def lost_over(rows: Sequence[Row], columns: Columns, lost: Score | None) -> Score | None:
    """The points lost over all rows of a criterion: their sum where the column of deductions tells the part of each."""
    parts = [_amount(row, columns.deducted) for row in rows]
    whole = [part for part in parts if part is not None]
    if len(whole) < len(rows):
        return lost
    total = sum((part.value for part in whole), Decimal(0))
    return Value(total, whole[0].printed, "sum-of-rows", (f"parts: {[str(part.value) for part in whole]}",))
