"""Rows of points that are given or taken besides those of the criteria: they stand in the total of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from extract.tables.code_column import CodedRow
from extract.tables.grid import Row
from normalize.codes import Code
from normalize.text import fold

_BESIDE = regex.compile(r"^\W*(?:tổng )?(?:số )?điểm (?:thưởng|cộng thêm|cộng|phạt|trừ|khuyến khích|ưu tiên)\b")


def is_beside(row: Row) -> bool:
    """Whether a row without a code gives or takes points of its own: "Điểm thưởng", "Điểm trừ do vi phạm"."""
    cells = [cell.text for _, cell in row.filled()]
    return any(_BESIDE.match(fold(text)) for text in cells) and any(text.strip()[-1:].isdigit() for text in cells)


def without_items_beside(coded: Iterable[CodedRow]) -> Iterator[CodedRow]:
    """The rows without the items of points beside: they count anew ("1", "2") and would repeat codes of criteria."""
    beside = False
    seen: set[Code] = set()
    for entry in coded:
        code = entry.code.value if entry.code is not None else None
        beside = beside or (code is None and is_beside(entry.row))
        if not beside or code is None or code not in seen:
            yield entry
        if code is not None:
            seen.add(code)
