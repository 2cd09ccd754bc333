"""Whether a whole column was taken for another: typed digits are certain, but not what their column means.

A report's own mistakes are single numbers. Where sum after sum of one column breaks, where appraised scores lie above
the unit's own nearly throughout, or where the total stated for one column is that of the other, the column was misread
more likely than the report is wrong, and a person looks at every number of it that nothing confirms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.confidence import confirmed_by
from audit.equations import Equation
from audit.explaining import Cause
from audit.overall import tops_of
from normalize.records import SCORE_FIELDS, Assessment, Result, Score

# So many causes, and such a share of the sums of a column, are no mistakes of the report.
_CAUSES = 3
_BROKEN = 0.25
# Appraisers give more than the unit asked for now and then, not in most of the rows that differ.
_ROWS = 3
_ABOVE = 0.6


def doubts_of_columns(
    assessment: Assessment, equations: Sequence[Equation], causes: Sequence[Cause]
) -> Iterator[tuple[int, str]]:
    """The positions of results with a number of a column that may be another one, and why."""
    yield from _contradicting(assessment, equations, causes)
    swapped = [other for other in ("self_score", "deducted") if _has_total_of(assessment, other)]
    if "self_score" not in swapped and _above_own(assessment.results):
        swapped.append("self_score")
    for other in swapped:
        for position, result in enumerate(assessment.results):
            value = getattr(result, other)
            if result.score is not None and value is not None and result.score.value != value.value:
                yield position, f"score-or-{other.replace('_', '-')}"


def _contradicting(
    assessment: Assessment, equations: Sequence[Equation], causes: Sequence[Cause]
) -> Iterator[tuple[int, str]]:
    if len(causes) < _CAUSES:
        return
    confirmed = confirmed_by(equations)
    for field in SCORE_FIELDS:
        values = [getattr(result, field) for result in assessment.results]
        own = {id(value) for value in values if value is not None}
        speaking = [one for one in equations if one.relation != "perhaps" and _speaks(one, own)]
        broken = sum(not equation.holds for equation in speaking)
        roots = sum(_speaks(cause.first, own) for cause in causes)
        if roots < _CAUSES or broken < _BROKEN * len(speaking):
            continue
        for position, value in enumerate(values):
            if value is not None and value.confidence is None and id(value) not in confirmed:
                yield position, f"column-contradicts-{field.replace('_', '-')}"


def _speaks(equation: Equation, own: set[int]) -> bool:
    return any(id(value) in own for value in equation.values)


def _above_own(results: Sequence[Result]) -> bool:
    """Whether the score lies above the unit's own in most of the rows in which they differ."""
    pairs = [(r.score.value, r.self_score.value) for r in results if r.score is not None and r.self_score is not None]
    above = sum(score > own for score, own in pairs)
    return above >= _ROWS and above >= _ABOVE * sum(score != own for score, own in pairs)


def _has_total_of(assessment: Assessment, field: str) -> bool:
    """Whether the total of the scores is that of another column and not their own, or the other way round."""
    tops = [assessment.results[number] for number in tops_of(assessment)]
    total, other_total = assessment.totals.score, getattr(assessment.totals, field)
    score, other = _sum([one.score for one in tops]), _sum([getattr(one, field) for one in tops])
    if score is None or other is None or score == other or len(tops) < _ROWS:
        return False
    return (total is not None and total.value == other) or (other_total is not None and other_total.value == score)


def _sum(values: Sequence[Score | None]) -> Decimal | None:
    known = [value.value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None
