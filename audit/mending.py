"""An assessment with its repairs in it: the numbers replaced, what was computed from them computed anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from audit.readings import is_computed
from audit.repair import Repair, decimals_after
from normalize.records import SCORE_FIELDS, Assessment, Deduction, Result, Score
from normalize.value import Value

TOTAL_NUMBERS = (
    "max_score", "self_score", "score", "appraised_score", "survey_score", "deducted", "index_percent",
)  # fmt: skip


def mended(assessment: Assessment, repairs: Sequence[Repair]) -> Assessment:
    """The assessment with the repairs made; each changed value has a step that names the sums it now closes.

    A result with a changed number is marked as repaired. What was printed stays with the value.
    """
    if not repairs:
        return assessment
    new: dict[int, Score] = {}
    for repair in repairs:
        after = decimals_after(repair)
        for _, value in repair.site.numbers:
            if value.value != after[id(value)]:
                new[id(value)] = replace(value, value=after[id(value)]).with_step(repair.step)
    totals = replace(assessment.totals, **_changed(assessment.totals, TOTAL_NUMBERS, new))  # type: ignore[arg-type]
    return replace(assessment, totals=totals, results=tuple(_result(result, new) for result in assessment.results))


def _changed(owner: object, names: Sequence[str], new: Mapping[int, Score]) -> dict[str, Score]:
    return {name: new[id(value)] for name in names if id(value := getattr(owner, name)) in new}


def _result(result: Result, new: Mapping[int, Score]) -> Result:
    changes = _changed(result, SCORE_FIELDS, new)
    items = tuple(replace(item, amount=new.get(id(item.amount), item.amount)) for item in result.deductions)
    if not changes and all(a.amount is b.amount for a, b in zip(items, result.deductions, strict=True)):
        return result
    return recomputed(replace(result, **changes, deductions=items, repaired=True))  # type: ignore[arg-type] # score fields


def recomputed(result: Result) -> Result:
    """The result with a deduction that nobody printed computed from its maximum and score as they now are."""
    lost, maximum, score = result.deducted, result.max_score, result.score
    if lost is None or result.deducted_stated or not is_computed(lost):
        return result
    if maximum is None or score is None or score.value > maximum.value:
        return replace(result, deducted=None)
    amount: Decimal = maximum.value - score.value
    again = Value(amount, score.printed, lost.pattern, (f"{maximum.value} - {score.value}",))
    items = tuple(_item(item, lost, again) for item in result.deductions)
    return replace(result, deducted=again, deductions=tuple(item for item in items if item.amount.value))


def _item(item: Deduction, old: Score, new: Score) -> Deduction:
    return replace(item, amount=new) if item.amount is old else item
