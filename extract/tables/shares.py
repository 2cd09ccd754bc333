"""The index of a unit, printed in per cent or as a share of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.tables.grid import Row
from extract.tables.row_numbers import percent_of
from normalize.records import Score
from normalize.value import Printed


def are_shares_of_one(rows: Sequence[Row], column: int | None) -> bool:
    """Whether an index is printed as a share of one throughout: 0,947 for 94,7 %."""
    cells = [row.printed(column) for row in rows if row.text(column)]
    read = [value.value for cell in cells if "%" not in cell.text and (value := percent_of(cell)) is not None]
    return len(read) >= 2 and len(read) == len(cells) and all(0 < value <= 1 for value in read)


def share_of(printed: Printed, of_one: bool) -> Score | None:
    """The index in per cent; a share of one is told with as many decimals as it was printed with: 0,891 is 89,1 %."""
    value = percent_of(printed)
    return replace(value, value=value.value.scaleb(2)).with_step("share-of-one") if value and of_one else value
