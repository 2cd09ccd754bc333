"""Parents and their children in a score tree: which families are listed whole, and what then must add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.equations import Equation
from audit.rounding import is_computed_number
from normalize.codes import Code
from normalize.records import Assessment, Result, Score

# In a list that shows most families whole, one that falls short is wrong, not partial.
_MOSTLY = 0.8
_AT_LEAST = 3
# A list of losses names hardly any criterion with full marks.
_FULL_MARKS = 0.2


@dataclass(frozen=True, slots=True)
class Family:
    """A parent and its children by position. `whole`: their maxima sum to the parent's, so that all are there.

    `expected` means that they should all be there: the others of this list are, and those left out had not just full
    marks. `missing` is the code that is left out of their numbering, where exactly one is.
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
    """Results with a maximum and the nearest ones below them that have one; codes that stand twice are left out."""
    results = assessment.results
    times = Counter(result.code.value for result in results)
    children = _nearest(results, "max_score")
    positions = {result.code.value: number for number, result in enumerate(results)}
    found = []
    for code, below in children.items():
        codes = [results[number].code.value for number in below]
        if times[code] > 1 or any(times[child] > 1 for child in codes):
            continue
        owner = results[positions[code]]
        whole = owner.max_score is not None and owner.max_score.value == _sum_of_maxima(results, below)
        found.append(Family(positions[code], tuple(below), whole, missing=_missing(code, codes)))
    whole_ones = sum(family.whole for family in found)
    mostly = whole_ones >= _AT_LEAST and whole_ones >= _MOSTLY * len(found)
    of_losses = mostly and _is_of_losses(results)
    return tuple(
        replace(one, expected=mostly and not one.whole and not (of_losses and _lacks_full_marks_only(results, one)))
        for one in found
    )


def _is_of_losses(results: Sequence[Result]) -> bool:
    """Whether a list leaves out most criteria with full marks: few of those it gives that have none below them."""
    above = {code for result in results if (code := result.code.value.parent) is not None}
    leaves = [one for one in results if one.code.value not in above and one.score is not None and one.max_score]
    return sum(_has_full_marks(one) for one in leaves) <= _FULL_MARKS * len(leaves)


def _lacks_full_marks_only(results: Sequence[Result], family: Family) -> bool:
    """Whether maxima and scores fall short by the same, as where a list leaves out the children that lost nothing."""
    owner, below = results[family.parent], [results[number] for number in family.children]
    if owner.max_score is None or owner.score is None or any(one.score is None for one in below):
        return False
    lost = owner.max_score.value - _sum_of_maxima(results, family.children)
    marks = sum((one.score.value for one in below if one.score is not None), Decimal(0))
    return lost > 0 and owner.score.value - marks == lost


def _nearest(results: Sequence[Result], field: str) -> dict[Code, list[int]]:
    """The positions of the results with this number by the next code above them that has it too.

    Rows between them that are mere titles are passed over: 3.1.1 may be a part of 3 itself.
    """
    having = {result.code.value for result in results if getattr(result, field) is not None}
    found: dict[Code, list[int]] = defaultdict(list)
    for number, result in enumerate(results):
        above = result.code.value.parent if result.code.value in having else None
        while above is not None and above not in having:
            above = above.parent
        if above is not None:
            found[above].append(number)
    return found


def _sum_of_maxima(results: Sequence[Result], numbers: Sequence[int]) -> Decimal:
    return sum((value.value for n in numbers if (value := results[n].max_score) is not None), Decimal(0))


def _missing(parent: Code, children: Sequence[Code]) -> Code | None:
    """The one number that the children's numbering leaves out before its end; None where it leaves out more or none,

    or where the children are of several depths.
    """
    if any(code.parent != parent for code in children):
        return None
    last = {code.parts[-1] for code in children}
    gaps = set(range(1, max(last))) - last
    return Code((*parent.parts, gaps.pop())) if len(gaps) == 1 else None


def sums_of_families(assessment: Assessment, families: Sequence[Family]) -> Iterator[Equation]:
    """The equations of each family; of one that may be partial only that its maxima do not exceed the parent's."""
    finer_own, finer_score = (above_computed(assessment, field) for field in ("self_score", "score"))
    for family in families:
        owner = assessment.results[family.parent]
        below = [assessment.results[number] for number in family.children]
        maxima = _sum("children-max-score", owner, below, "max_score", family)
        if not (family.whole or family.expected):
            yield from (Equation(e.rule, e.code, e.stated, e.parts, e.owners, "at-most") for e in maxima)
            continue
        yield from maxima
        yield from _sum("children-self-score", owner, below, "self_score", family, finer_own)
        yield from _sum("children-score", owner, below, "score", family, finer_score)
        yield from _deductions(owner, below, family, finer_score)


def sums_perhaps(assessment: Assessment, families: Sequence[Family]) -> Iterator[Equation]:
    """Sums of families of which nobody knows whether they are whole, to confirm what closes: see `Equation`."""
    known = {assessment.results[one.parent].code.value for one in families if one.whole or one.expected}
    results = assessment.results
    positions = {result.code.value: number for number, result in enumerate(results)}
    for field in ("self_score", "score", "deducted"):
        for code, below in _nearest(results, field).items():
            stated = getattr(results[positions[code]], field)
            parts = [getattr(results[number], field) for number in below]
            if code not in known and len(parts) > 1 and all(_is_printed(value) for value in (stated, *parts)):
                own = tuple((1, part) for part in parts)
                yield Equation("children-perhaps", code, stated, own, (positions[code], *below), "perhaps")


def _is_printed(value: Score | None) -> bool:
    return value is not None and value.pattern != "max-minus-score"


def above_computed(assessment: Assessment, field: str) -> frozenset[Code]:
    """The codes below which a number was computed, so that those between may be rounded."""
    found: set[Code] = set()
    for result in assessment.results:
        value: Score | None = getattr(result, field)
        above = result.code.value.parent if value is not None and is_computed_number(value.value) else None
        while above is not None and above not in found:
            found.add(above)
            above = above.parent
    return frozenset(found)


def _sum(
    rule: str,
    owner: Result,
    below: Sequence[Result],
    field: str,
    family: Family,
    finer: Set[Code] = frozenset(),
) -> Iterator[Equation]:
    stated: Score | None = getattr(owner, field)
    parts: list[Score | None] = [getattr(result, field) for result in below]
    if stated is not None and all(part is not None for part in parts):
        own = tuple((1, part) for part in parts if part is not None)
        rounded = tuple(result.code.value in finer for result in below)
        yield Equation(rule, owner.code.value, stated, own, family.owners, rounded=rounded)


def _deductions(owner: Result, below: Sequence[Result], family: Family, finer: Set[Code]) -> Iterator[Equation]:
    """The deductions, where each child states one or has full marks (and then the cell is often left blank)."""
    if owner.deducted is None or not owner.deducted_stated:
        return
    stating = [result for result in below if result.deducted_stated and result.deducted is not None]
    if not stating or any(result not in stating and not _has_full_marks(result) for result in below):
        return
    parts = tuple((1, result.deducted) for result in stating if result.deducted is not None)
    yield Equation(
        "children-deducted",
        owner.code.value,
        owner.deducted,
        parts,
        family.owners,
        rounded=tuple(result.code.value in finer for result in stating),
    )


def _has_full_marks(result: Result) -> bool:
    return result.score is not None and result.max_score is not None and result.score.value == result.max_score.value
