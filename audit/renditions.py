"""Two renditions of one report, or a unit's own report beside the appraised one: what must be the same in both."""

from __future__ import annotations

from collections import Counter

from audit.confidence import is_certain
from audit.readings import is_computed
from audit.rounding import plain_decimal
from normalize.codes import Code
from normalize.records import Assessment, Finding, Result, Score


def compare_renditions(first: Assessment, second: Assessment) -> tuple[Finding, ...]:
    """The numbers of `first` that `second` contradicts, as findings about `first`; `expected` is what `second` says.

    The maxima and the unit's own scores must always agree; scores and deductions only where both are of one basis (a
    unit's own report and the appraised one differ in them by nature). Criteria that only one of them lists are no
    contradiction. Nothing where the two speak of different units, years or periods.
    """
    if not _same_subject(first, second):
        return ()
    pairs: list[tuple[Code | None, Score | None, Score | None]] = []
    others = _once(second)
    for code, one in _once(first).items():
        other = others.get(code)
        if other is not None:
            pairs += [(code, a, b) for a, b in _numbers(one, first, other, second)]
    pairs.append((None, first.totals.max_score, second.totals.max_score))
    if first.basis == second.basis:
        names = ("score", "appraised_score", "survey_score", "deducted")
        pairs += [(None, getattr(first.totals, name), getattr(second.totals, name)) for name in names]
    return tuple(_finding(code, a, b) for code, a, b in pairs if a and b and a.value != b.value)


def _same_subject(first: Assessment, second: Assessment) -> bool:
    one, other = first.unit, second.unit
    return (one.name, one.level, first.year, first.period) == (other.name, other.level, second.year, second.period)


def _once(assessment: Assessment) -> dict[Code, Result]:
    """The results by code; a code that stands twice is left out, nobody knows which is meant."""
    times = Counter(result.code.value for result in assessment.results)
    return {result.code.value: result for result in assessment.results if times[result.code.value] == 1}


def _numbers(
    one: Result, first: Assessment, other: Result, second: Assessment
) -> list[tuple[Score | None, Score | None]]:
    pairs = [(one.max_score, other.max_score), (_own(one, first), _own(other, second))]
    if first.basis == second.basis and first.basis != "self":
        pairs.append((one.score, other.score))
        if not any(value is None or is_computed(value) for value in (one.deducted, other.deducted)):
            pairs.append((one.deducted, other.deducted))
    return pairs


def _own(result: Result, assessment: Assessment) -> Score | None:
    """The unit's own score: its column beside an appraised one, or the score of a report that gives no other."""
    return result.score if assessment.basis == "self" and result.self_score is None else result.self_score


def _finding(code: Code | None, first: Score, second: Score) -> Finding:
    return Finding(
        rule="differs-between-renditions",
        severity="error",
        blame="source" if is_certain(first) and is_certain(second) else "unknown",
        code=code,
        expected=plain_decimal(second.value),
        found=plain_decimal(first.value),
        evidence=(first.printed, second.printed),
    )
