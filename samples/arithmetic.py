"""Which sums of a report do not close, reckoned from its truth alone.

It is kept apart from `audit/` on purpose: what the audit finds is measured against this, so neither may lean on the
other. All comparisons are exact: the truth holds the printed numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from samples.truth import Criterion, Marks, Truth

Violation = tuple[int, str, str]
HALF_A_HUNDREDTH = Decimal("0.005")


def apart(stated: Decimal | None, parts: Sequence[Decimal | None]) -> bool:
    """Whether a stated number differs from the sum of its parts by more than rounding explains."""
    if stated is None or any(part is None for part in parts):
        return False
    total = sum((part for part in parts if part is not None), Decimal(0))
    return abs(total - stated) > HALF_A_HUNDREDTH * (len(parts) + 1)


def violations(truth: Truth) -> set[Violation]:
    """The broken constraints as (number of the assessment, rule, code); the code is "" for totals."""
    return {
        (number, rule, code) for number, marks in enumerate(truth.assessments) for rule, code in broken_rules(marks)
    }


def broken_rules(marks: Marks) -> Iterator[tuple[str, str]]:
    """The broken constraints of one assessment as (rule, code)."""
    for one in marks.results:
        yield from ((rule, one.code) for rule in _row(one))
    yield from _families(marks.results)
    yield from ((rule, "") for rule in _totals(marks))


def _row(one: Criterion) -> Iterator[str]:
    if one.max_score is not None and one.score is not None:
        if one.score > one.max_score:
            yield "score-above-max"
        elif one.stated and apart(one.deducted, [one.max_score, -one.score]):
            yield "max-score-deducted"
    if one.max_score is not None and one.self_score is not None and one.self_score > one.max_score:
        yield "score-above-max"
    if one.stated and one.items and apart(one.deducted, [item.amount for item in one.items]):
        yield "items-sum"
    if one.domain is not None and one.code.split(".")[0] != one.domain:
        yield "code-domain"


def _families(results: Sequence[Criterion]) -> Iterator[tuple[str, str]]:
    for parent in results:
        depth = parent.code.count(".") + 1
        children = [one for one in results if one.code.startswith(parent.code + ".") and one.code.count(".") == depth]
        if not children or parent.max_score is None or any(one.max_score is None for one in children):
            continue
        if sum(one.max_score or 0 for one in children) != parent.max_score:
            continue
        for name in ("self_score", "score"):
            whole, parts = getattr(parent, name), [getattr(one, name) for one in children]
            if apart(whole, parts):
                yield "children-sum", parent.code
        lost = [_lost(one) for one in children]
        if parent.stated and apart(parent.deducted, lost):
            yield "children-sum", parent.code


def _lost(one: Criterion) -> Decimal | None:
    if one.stated:
        return one.deducted
    return Decimal(0) if one.score is not None and one.score == one.max_score else None


def leaves(results: Sequence[Criterion]) -> list[Criterion]:
    """The results with a score that have no scored result below them."""
    scored = [one for one in results if one.score is not None or one.self_score is not None]
    return [one for one in scored if not any(other.code.startswith(one.code + ".") for other in scored)]


def tops(results: Sequence[Criterion]) -> list[Criterion]:
    """The results with a score that have no scored result above them: the domains, where they are scored."""
    scored = [one for one in results if one.score is not None or one.self_score is not None]
    return [one for one in scored if not any(one.code.startswith(other.code + ".") for other in scored)]


def _totals(marks: Marks) -> Iterator[str]:
    totals = {key: value for key, value in marks.totals.items() if isinstance(value, Decimal)}
    top = tops(marks.results)
    maxima = [one.max_score for one in top]
    whole = totals.get("max_score")
    if top and whole is not None and None not in maxima and sum(one for one in maxima if one is not None) == whole:
        for name in ("self_score", "score"):
            if apart(totals.get(name), [getattr(one, name) for one in top]):
                yield "domains-total"
    lost = [_lost(one) for one in leaves(marks.results)]
    if lost and apart(totals.get("deducted"), lost):
        yield "deductions-total"
    if top and apart(totals.get("appraised_score"), [one.score for one in top]):
        yield "domains-total"
    if "survey_score" in totals and apart(
        totals.get("score"), [totals.get("appraised_score"), totals.get("survey_score")]
    ):
        yield "parts-total"
    if {"max_score", "score"} <= totals.keys():
        if apart(totals.get("deducted"), [totals["max_score"], -totals["score"]]):
            yield "max-score-deducted"
        index = 100 * totals["score"] / totals["max_score"]
        if apart(totals.get("index_percent"), [index]):
            yield "index-percent"
