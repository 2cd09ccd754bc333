"""What must add up inside one assessment, as data: a stated number and the numbers it must equal.

Each rule is a function that yields equations; a section that is not complete yields none, so that an empty section
never passes a sum and a partial list never fails one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.rounding import agree
from normalize.codes import Code
from normalize.records import Assessment, Result, Score

_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Equation:
    """`stated` must equal the signed sum of `parts`. `owners` are the positions of the results it speaks of."""

    rule: str
    code: Code | None
    stated: Score
    parts: tuple[tuple[int, Score], ...]
    owners: tuple[int, ...]

    @property
    def expected(self) -> Decimal:
        return sum((sign * part.value for sign, part in self.parts), Decimal(0))

    @property
    def holds(self) -> bool:
        return agree(self.stated.value, [sign * part.value for sign, part in self.parts])

    @property
    def values(self) -> tuple[Score, ...]:
        return (self.stated, *(part for _, part in self.parts))

    @property
    def recognised(self) -> bool:
        """Whether any of its numbers was recognised from a picture."""
        return any(value.confidence is not None for value in self.values)


def deduction_of_row(assessment: Assessment) -> Iterator[Equation]:
    """max - score = deduction, where all three are stated."""
    for number, result in enumerate(assessment.results):
        if result.deducted_stated and result.deducted and result.max_score and result.score:
            parts = ((1, result.max_score), (-1, result.score))
            yield Equation("max-minus-score", result.code.value, result.deducted, parts, (number,))


def items_of_deduction(assessment: Assessment) -> Iterator[Equation]:
    """The itemised deductions sum to the stated one (or to max - score where none is stated)."""
    for number, result in enumerate(assessment.results):
        if result.deducted is None or not result.deductions:
            continue
        items = tuple((1, item.amount) for item in result.deductions)
        if len(items) == 1 and items[0][1] is result.deducted:
            continue
        yield Equation("items-sum", result.code.value, result.deducted, items, (number,))


def children_of_parent(assessment: Assessment) -> Iterator[Equation]:
    """Maxima, self scores and scores of the children sum to the parent's; only where the maxima show them all."""
    positions = {result.code.value: number for number, result in enumerate(assessment.results)}
    children: dict[Code, list[int]] = defaultdict(list)
    for number, result in enumerate(assessment.results):
        parent = result.code.value.parent
        if parent is not None and parent in positions:
            children[parent].append(number)
    for parent, numbers in children.items():
        owner = assessment.results[positions[parent]]
        below = [assessment.results[number] for number in numbers]
        owners = (positions[parent], *numbers)
        if not _complete(owner, below):
            yield from _maxima_of_consecutive(owner, below, owners)
            continue
        for field in ("self_score", "score"):
            yield from _sum(f"children-{field.replace('_', '-')}", owner, below, field, owners)
        if all(result.deducted_stated for result in (owner, *below)):
            yield from _sum("children-deducted", owner, below, "deducted", owners)


def _complete(owner: Result, below: list[Result]) -> bool:
    if owner.max_score is None or not below or any(result.max_score is None for result in below):
        return False
    return owner.max_score.value == sum((result.max_score.value for result in below if result.max_score), Decimal(0))


def _maxima_of_consecutive(owner: Result, below: list[Result], owners: tuple[int, ...]) -> Iterator[Equation]:
    """Children whose maxima exceed that of their parent: the maxima contradict each other."""
    if owner.max_score is None or any(result.max_score is None for result in below):
        return
    parts = tuple((1, result.max_score) for result in below if result.max_score is not None)
    if sum((part.value for _, part in parts), Decimal(0)) > owner.max_score.value:
        yield Equation("children-max-score", owner.code.value, owner.max_score, parts, owners)


def _sum(rule: str, owner: Result, below: list[Result], field: str, owners: tuple[int, ...]) -> Iterator[Equation]:
    stated = getattr(owner, field)
    parts = [getattr(result, field) for result in below]
    if stated is not None and all(part is not None for part in parts):
        yield Equation(rule, owner.code.value, stated, tuple((1, part) for part in parts), owners)


def tops_of(assessment: Assessment) -> list[int]:
    """The results that no other result of the list stands above and that state a score."""
    codes = {result.code.value for result in assessment.results if result.score is not None}

    def covered(code: Code) -> bool:
        parent = code.parent
        return parent is not None and (parent in codes or covered(parent))

    return [
        number
        for number, result in enumerate(assessment.results)
        if result.score is not None and not covered(result.code.value)
    ]


def domains_of_total(assessment: Assessment) -> Iterator[Equation]:
    """The domains sum to the total: to the appraised part where it is stated, else where the maxima show them all."""
    totals = assessment.totals
    tops = tops_of(assessment)
    if len(tops) < 2:
        return
    scores = tuple((1, score) for n in tops if (score := assessment.results[n].score) is not None)
    maxima = [assessment.results[n].max_score for n in tops]
    complete = (
        totals.max_score is not None
        and all(value is not None for value in maxima)
        and totals.max_score.value == sum((value.value for value in maxima if value), Decimal(0))
    )
    if complete:
        if totals.score is not None:
            yield Equation("domains-total", None, totals.score, scores, tuple(tops))
        own = [assessment.results[n].self_score for n in tops]
        if totals.self_score is not None and all(value is not None for value in own):
            parts = tuple((1, value) for value in own if value is not None)
            yield Equation("domains-self-total", None, totals.self_score, parts, tuple(tops))
    elif (
        totals.appraised_score is not None
        and totals.survey_score is not None
        and not any(assessment.results[n].survey for n in tops)
    ):
        yield Equation("domains-appraised", None, totals.appraised_score, scores, tuple(tops))


def deductions_of_total(assessment: Assessment) -> Iterator[Equation]:
    """The stated deductions sum to the stated total of deductions; a parent and its children count once."""
    stated = assessment.totals.deducted
    if stated is None:
        return
    lost = {r.code.value for r in assessment.results if r.deducted_stated and r.deducted is not None}
    parents = {code.parent for code in lost} | {p.parent for code in lost if (p := code.parent) is not None}
    leaves = [
        n
        for n, r in enumerate(assessment.results)
        if r.deducted_stated and r.deducted is not None and r.code.value not in parents
    ]
    if len(leaves) >= 2:
        parts = tuple((1, value) for n in leaves if (value := assessment.results[n].deducted) is not None)
        yield Equation("deductions-total", None, stated, parts, tuple(leaves))


def parts_of_total(assessment: Assessment) -> Iterator[Equation]:
    """appraised + survey = total, and maximum - total = deducted."""
    totals = assessment.totals
    if totals.score and totals.appraised_score and totals.survey_score:
        parts = ((1, totals.appraised_score), (1, totals.survey_score))
        yield Equation("appraised-plus-survey", None, totals.score, parts, ())
    if totals.score and totals.max_score and totals.deducted:
        parts = ((1, totals.max_score), (-1, totals.score))
        yield Equation("total-max-minus-score", None, totals.deducted, parts, ())


RULES: tuple[Callable[[Assessment], Iterator[Equation]], ...] = (
    deduction_of_row,
    items_of_deduction,
    children_of_parent,
    domains_of_total,
    deductions_of_total,
    parts_of_total,
)


def equations_of(assessment: Assessment) -> tuple[Equation, ...]:
    """Every equation that the assessment states enough numbers for."""
    return tuple(equation for rule in RULES for equation in rule(assessment))
