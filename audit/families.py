"""Parents and their children in a score tree: which families are listed whole, and what then must add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.equations import Equation
from normalize.codes import Code
from normalize.records import Assessment, Result, Score

# In a list that shows most families whole, one that falls short is wrong, not partial.
_MOSTLY = 0.8
_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class Family:
    """A parent and its children by position. `whole`: their maxima sum to the parent's, so that all are there.

    `expected` means that they should all be there: the others of this list are. `missing` is the code that is left
    out of their numbering, where exactly one is.
    """

    parent: int
    children: tuple[int, ...]
    whole: bool
    expected: bool = False
    missing: Code | None = None

    @property
    def owners(self) -> tuple[int, ...]:
        return (self.parent, *self.children)


def families_of(assessment: Assessment) -> tuple[Family, ...]:
    """The families with a stated maximum everywhere; codes that stand twice are left out, they cannot be summed."""
    results = assessment.results
    times = Counter(result.code.value for result in results)
    positions = {result.code.value: number for number, result in enumerate(results)}
    children: dict[Code, list[int]] = defaultdict(list)
    for number, result in enumerate(results):
        parent = result.code.value.parent
        if parent is not None and parent in positions:
            children[parent].append(number)
    found = []
    for code, below in children.items():
        codes = [results[number].code.value for number in below]
        if times[code] > 1 or any(times[child] > 1 for child in codes):
            continue
        owner = results[positions[code]]
        if owner.max_score is None or any(results[number].max_score is None for number in below):
            continue
        whole = owner.max_score.value == _sum_of_maxima(results, below)
        found.append(Family(positions[code], tuple(below), whole, missing=_missing(code, codes)))
    whole_ones = sum(family.whole for family in found)
    mostly = whole_ones >= _AT_LEAST and whole_ones >= _MOSTLY * len(found)
    return tuple(Family(one.parent, one.children, one.whole, not one.whole and mostly, one.missing) for one in found)


def _sum_of_maxima(results: Sequence[Result], numbers: Sequence[int]) -> Decimal:
    return sum((value.value for n in numbers if (value := results[n].max_score) is not None), Decimal(0))


def _missing(parent: Code, children: Sequence[Code]) -> Code | None:
    """The one number that the children's numbering leaves out before its end; None where it leaves out more or none."""
    last = {code.parts[-1] for code in children}
    gaps = set(range(1, max(last))) - last
    return Code((*parent.parts, gaps.pop())) if len(gaps) == 1 else None


def sums_of_families(assessment: Assessment, families: Sequence[Family]) -> Iterator[Equation]:
    """The equations of each family; of one that may be partial only that its maxima do not exceed the parent's."""
    for family in families:
        owner = assessment.results[family.parent]
        below = [assessment.results[number] for number in family.children]
        maxima = _sum("children-max-score", owner, below, "max_score", family)
        if not (family.whole or family.expected):
            yield from (Equation(e.rule, e.code, e.stated, e.parts, e.owners, "at-most") for e in maxima)
            continue
        yield from maxima
        yield from _sum("children-self-score", owner, below, "self_score", family)
        yield from _sum("children-score", owner, below, "score", family)
        yield from _deductions(owner, below, family)


def _sum(rule: str, owner: Result, below: Sequence[Result], field: str, family: Family) -> Iterator[Equation]:
    stated: Score | None = getattr(owner, field)
    parts: list[Score | None] = [getattr(result, field) for result in below]
    if stated is not None and all(part is not None for part in parts):
        own = tuple((1, part) for part in parts if part is not None)
        yield Equation(rule, owner.code.value, stated, own, family.owners)


def _deductions(owner: Result, below: Sequence[Result], family: Family) -> Iterator[Equation]:
    """The deductions, where each child states one or has full marks (and then the cell is often left blank)."""
    if owner.deducted is None or not owner.deducted_stated:
        return
    stating = [result for result in below if result.deducted_stated and result.deducted is not None]
    if not stating or any(result not in stating and not _has_full_marks(result) for result in below):
        return
    parts = tuple((1, result.deducted) for result in stating if result.deducted is not None)
    yield Equation("children-deducted", owner.code.value, owner.deducted, parts, family.owners)


def _has_full_marks(result: Result) -> bool:
    return result.score is not None and result.max_score is not None and result.score.value == result.max_score.value
