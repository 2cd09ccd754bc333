"""Rows of points that are given or taken besides those of the criteria: they stand in the total of the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from extract.tables.coded_row import CodedRow, printed_rest
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from extract.tables.row_numbers import is_negative
from normalize.codes import Code
from normalize.decimals import parse_score
from normalize.text import fold
from normalize.value import Refusal

_BESIDE = regex.compile(r"^\W*(?:tổng )?(?:số )?điểm (?:thưởng|cộng thêm|cộng|phạt|trừ|khuyến khích|ưu tiên)\b")


def is_beside(row: Row) -> bool:
    """Whether a row without a code gives or takes points of its own: "Điểm thưởng", "Điểm trừ do vi phạm"."""
    cells = [cell.text for _, cell in row.filled()]
    return any(_BESIDE.match(fold(text)) for text in cells) and any(text.strip()[-1:].isdigit() for text in cells)


_TAKEN = regex.compile(r"^\W*(?:tổng )?(?:các )?(?:số )?(?:(?:nội dung|tiêu chí) )?điểm (?:phạt|trừ)\b")


def is_penalty(entry: CodedRow, columns: Columns) -> bool:
    """Whether a row with a code of its own takes points of the whole ("IX. Điểm trừ: -1,5"): there is none to get."""
    if entry.code is None or _TAKEN.match(fold(printed_rest(entry, columns).text)) is None:
        return False
    maximum = parse_score(entry.row.printed(columns.max_score))
    return isinstance(maximum, Refusal) or not maximum.value or is_negative(maximum)


def without_items_beside(coded: Iterable[CodedRow], columns: Columns) -> Iterator[CodedRow]:
    """The rows without the items of points beside: they count anew ("1", "2") and would repeat codes of criteria.

    Points that are taken are no scores of a criterion, whatever code they stand under.
    """
    beside = False
    seen: set[Code] = set()
    penalty: Code | None = None
    for entry in coded:
        code = entry.code.value if entry.code is not None else None
        if is_penalty(entry, columns):
            penalty = code
        if penalty is not None and code is not None and (code == penalty or code.under(penalty)):
            continue
        beside = beside or (code is None and is_beside(entry.row))
        if not beside or code is None or code not in seen:
            yield entry
        if code is not None:
            seen.add(code)
