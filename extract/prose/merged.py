"""What two sections of a report say under one code, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.prose.cues import domain_named
from normalize.codes import Code
from normalize.records import Result, Score
from normalize.text import fold


def merged(results: Sequence[Result]) -> tuple[Result, ...]:
    """One result a code: a list of scores and a later list of deductions under the same codes complete each other."""
    found: dict[Code, Result] = {}
    for each in results:
        code = each.code.value
        found[code] = _joined(found[code], each) if code in found else each
    return tuple(found.values())


def at_leaves(results: Sequence[Result]) -> tuple[Result, ...]:
    """The results with each loss itemised once: a domain that only repeats what its criteria lost keeps no item."""
    lost = [each.code.value for each in results if each.deductions]
    return tuple(
        replace(each, deductions=())
        if all(item.reason is None for item in each.deductions) and any(code.under(each.code.value) for code in lost)
        else each
        for each in results
    )


def same_criterion(first: Result, second: Result) -> bool:
    """Whether two sections under one code speak of the same criterion: equal names, or the same domain in both."""
    if first.name is None or second.name is None:
        return True
    names = fold(first.name.value), fold(second.name.value)
    domains = domain_named(names[0]), domain_named(names[1])
    return names[0] in names[1] or names[1] in names[0] or (domains[0] is not None and domains[0] == domains[1])


def _differ(first: Score | None, second: Score | None) -> bool:
    return first is not None and second is not None and first.value != second.value


def _is_domain(result: Result) -> bool:
    named = result.name is not None and domain_named(result.name.value) is not None
    return named and result.max_score is not None and result.score is not None


def _is_pointed(result: Result) -> bool:
    """Whether a section says more of points than one number in its text."""
    return result.max_score is not None or bool(result.deductions)


def _joined(first: Result, second: Result) -> Result:
    doubts = (*first.doubts, *second.doubts)
    if not same_criterion(first, second):
        # "3. Về tuyên truyền: ... hội thi đạt 9,5 điểm" in a first part is no criterion beside the domain of the second
        plain = [each for each in (first, second) if _is_domain(each)]
        if len(plain) == 1 and not any(_is_pointed(each) for each in (first, second) if each is not plain[0]):
            return plain[0]
        return replace(first, doubts=tuple(dict.fromkeys((*doubts, "code-twice"))))
    if any(_differ(getattr(first, name), getattr(second, name)) for name in ("max_score", "self_score", "score")) or (
        first.deducted_stated and second.deducted_stated and _differ(first.deducted, second.deducted)
    ):
        doubts = (*doubts, "code-twice")
    filled = replace(
        first,
        name=first.name or second.name,
        max_score=first.max_score or second.max_score,
        self_score=first.self_score or second.self_score,
        score=first.score or second.score,
        deductions=first.deductions or second.deductions,
        agencies=first.agencies or second.agencies,
        remedy=first.remedy or second.remedy,
        doubts=tuple(dict.fromkeys(doubts)),
    )
    if not first.deducted_stated and second.deducted is not None and second.deducted_stated:
        filled = replace(filled, deducted=second.deducted, deducted_stated=True)
    return filled if filled.deducted is not None else replace(filled, deducted=second.deducted)
