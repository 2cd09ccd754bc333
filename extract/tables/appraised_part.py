"""The appraised part of a unit's total, told by its sum with the survey: "Thẩm định", "ĐTXHH", "Tổng điểm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from normalize.decimals import parse_score
from normalize.records import Score
from normalize.value import Refusal


def part_beside(survey: Score | None, scores: Sequence[Score]) -> Score | None:
    """The score before the last, where the survey makes it up to the last."""
    if survey is None or len(scores) < 2 or scores[-2].value + survey.value != scores[-1].value:
        return None
    return scores[-2]


def with_appraised_part(rows: Sequence[Row], columns: Columns) -> Columns:
    """The columns with the appraised part told from the maximum: "Điểm TĐ" that the survey makes up to the total."""
    parts = (columns.max_score, columns.survey_score, columns.scores[-1] if columns.scores else None)
    if columns.appraised_score is not None or None in parts:
        return columns
    read = [[parse_score(row.printed(column)) for column in parts] for row in rows]
    whole = [[one.value for one in each if not isinstance(one, Refusal)] for each in read]
    sums = [each[0] + each[1] == each[2] for each in whole if len(each) == len(parts)]
    if len(sums) < 2 or not all(sums):
        return columns
    return replace(columns, max_score=None, appraised_score=columns.max_score)
