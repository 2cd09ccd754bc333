"""The rules of the arithmetic: each a function that yields the equations an assessment states enough numbers for.

A section that is not complete yields none, so that an empty section never passes a sum and a partial list never fails
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit.equations import Equation
from audit.families import families_of, sums_of_families, sums_perhaps
from audit.overall import deductions_of_total, domains_of_total, parts_of_total, share_of_total
from normalize.records import Assessment


def deduction_of_row(assessment: Assessment) -> Iterator[Equation]:
    """max - score = deduction, where all three are stated."""
    for number, result in enumerate(assessment.results):
        if result.deducted_stated and result.deducted and result.max_score and result.score:
            parts = ((1, result.max_score), (-1, result.score))
            yield Equation("max-minus-score", result.code.value, result.deducted, parts, (number,))


def at_most_maximum(assessment: Assessment) -> Iterator[Equation]:
    """No score is above its maximum."""
    for number, result in enumerate(assessment.results):
        for name, value in (("score", result.score), ("self", result.self_score)):
            if value is not None and result.max_score is not None:
                rule = f"{name}-above-maximum"
                yield Equation(rule, result.code.value, result.max_score, ((1, value),), (number,), "at-most")


def items_of_deduction(assessment: Assessment) -> Iterator[Equation]:
    """The itemised deductions sum to the stated one (or to max - score where none is stated)."""
    for number, result in enumerate(assessment.results):
        if result.deducted is None or not result.deductions:
            continue
        items = tuple((1, item.amount) for item in result.deductions)
        if len(items) == 1 and (items[0][1] is result.deducted or items[0][1] == result.deducted):
            continue
        if not result.deducted_stated and result.max_score is not None and result.score is not None:
            parts = (*items, (1, result.score))
            yield Equation("items-and-score", result.code.value, result.max_score, parts, (number,))
        else:
            yield Equation("items-sum", result.code.value, result.deducted, items, (number,))


def children_of_parent(assessment: Assessment) -> Iterator[Equation]:
    """Maxima, self scores, scores and deductions of the children sum to the parent's; only where all are listed."""
    families = families_of(assessment)
    yield from sums_of_families(assessment, families)
    yield from sums_perhaps(assessment, families)


RULES: tuple[Callable[[Assessment], Iterator[Equation]], ...] = (
    deduction_of_row,
    at_most_maximum,
    items_of_deduction,
    children_of_parent,
    domains_of_total,
    deductions_of_total,
    parts_of_total,
    share_of_total,
)


def equations_of(assessment: Assessment) -> tuple[Equation, ...]:
    """Every equation that the assessment states enough numbers for."""
    return tuple(equation for rule in RULES for equation in rule(assessment))
