"""Rows that state the totals of a table: "Tổng cộng", or numbers alone under the names."""

from __future__ import annotations

from decimal import Decimal

import regex

from extract.tables.bracketed import name_and_points
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from extract.tables.rank_cell import rank_of
from extract.tables.row_numbers import numbers_of, percent_of
from normalize.decimals import parse_pair, parse_score
from normalize.records import Score, Totals
from normalize.text import plain
from normalize.value import Refusal
from patterns.columns import is_unscored

_DIRT = " .:'`\"‘’“”"  # points, and what recognition makes of specks
_TOTAL = regex.compile(
    r"^(?:tong(?: (?:[cgoe]ong|so|diem|chung|hop)\b.*)?|cong(?: (?:diem|so|so diem|chung))?|tong cong.*|toan bo|chung)$"
)


_ROUNDED = regex.compile(r"\blam tron\b")


def is_rounded(row: Row) -> bool:
    """Whether a total row says that its numbers are rounded: they are not the sums of the rows above."""
    return any(_ROUNDED.search(plain(cell.text)) for _, cell in row.filled())


_SURVEY = regex.compile(r"^(?:(?:tong )?diem )?(?:ket qua )?dieu tra (?:xa hoi hoc|xhh)$")


def survey_points(row: Row, columns: Columns) -> Score | None:
    """The points of a row without a code that is the whole survey: "V | Điều tra xã hội học | 30 | 19,5"."""
    if not any(_SURVEY.match(plain(cell.text).strip(_DIRT)) for _, cell in row.filled()):
        return None
    return numbers_of(row, columns)[0].get("score")


def is_called_total(text: str) -> bool:
    """Whether the name of a row says that it is a total: "Tổng cộng", "Cộng điểm"."""
    return _TOTAL.match(plain(text)) is not None


def is_total_row(row: Row, columns: Columns) -> bool:
    """A row without a code that says so ("Tổng cộng"), or that holds numbers alone ("79,42/100" under the names)."""
    texts = {column: cell for column, cell in row.filled() if not is_unscored(cell.text)}
    if not texts:
        return False
    if any(_TOTAL.match(plain(cell.text).strip(_DIRT)) for cell in texts.values()):
        return True
    numbers = [
        cell
        for cell in texts.values()
        if not isinstance(parse_score(cell.printed), Refusal) or not isinstance(parse_pair(cell.printed), Refusal)
    ]
    return len(numbers) >= 2 and len(numbers) == len(texts)


def read_totals(row: Row, columns: Columns) -> Totals:
    """The numbers of a total row by their columns; a pair may stand under the names."""
    numbers, _, _ = numbers_of(row, columns)
    if "score" not in numbers and "max_score" not in numbers:
        for _, cell in row.filled():
            pair = parse_pair(cell.printed)
            if not isinstance(pair, Refusal):
                numbers["score"], numbers["max_score"] = pair
                break
            if told := name_and_points(cell.printed)[1]:  # "Tổng điểm: 36,5/40 điểm" over the whole row
                numbers |= told
                break
    return Totals(
        max_score=numbers.get("max_score"),
        self_score=numbers.get("self_score"),
        score=numbers.get("score"),
        deducted=numbers.get("deducted"),
        index_percent=percent_of(row.printed(columns.index)) if columns.index is not None else None,
        rank=rank_of(row.printed(columns.rank)),
    )


def larger_totals(first: Totals, second: Totals) -> Totals:
    """The total of the whole among total rows: those of a page or of a domain are smaller."""

    def size(totals: Totals) -> Decimal:
        value = totals.max_score or totals.score or totals.self_score
        return value.value if value is not None else Decimal(-1)

    return second if size(second) >= size(first) else first
