"""A letter and the table annexed to it: what the letter repeats of the table, and what it adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.prose.cues import domain_named
from extract.prose.merged import same_criterion
from normalize.codes import Code
from normalize.records import Result
from normalize.text import fold


def without_repeated(spoken: Sequence[Result], tabled: Sequence[Result]) -> list[Result]:
    """Without the domains that a letter numbers by itself and the table holds under their own code.

    "2. Cải cách thủ tục hành chính: đạt 12,5/14 điểm" in a letter, domain 3 in its annex.
    """
    domains = [each for each in tabled if len(each.code.value.parts) == 1]
    return [each for each in spoken if not any(_repeats(each, domain) for domain in domains)]


def _repeats(spoken: Result, tabled: Result) -> bool:
    if len(spoken.code.value.parts) > 1 or spoken.name is None or tabled.name is None:
        return False
    names = fold(spoken.name.value), fold(tabled.name.value)
    named = domain_named(names[0])
    if names[0] != names[1] and (named is None or named != domain_named(names[1])):
        return False
    pairs = ((spoken.score, tabled.score or tabled.self_score), (spoken.max_score, tabled.max_score))
    return all(mine is None or theirs is None or mine.value == theirs.value for mine, theirs in pairs)


def explained(tabled: Sequence[Result], spoken: Sequence[Result]) -> tuple[Result, ...]:
    """The results of a table with the reasons and agencies that the letter gives for the same points.

    Only where the table says none itself, the names agree, and the amounts come to what the table says was lost. A
    domain whose criteria stand in the table keeps none: each loss is itemised once. Points that the letter gives
    otherwise put the row in doubt.
    """
    said: dict[Code, Result] = {each.code.value: each for each in spoken}
    codes = [each.code.value for each in tabled]
    return tuple(
        _explained(each, said[each.code.value], any(code.under(each.code.value) for code in codes))
        if each.code.value in said
        else each
        for each in tabled
    )


def _explained(tabled: Result, spoken: Result, parent: bool) -> Result:
    if not same_criterion(tabled, spoken):
        return tabled
    if parent or any(each.reason for each in tabled.deductions) or not any(each.reason for each in spoken.deductions):
        deductions = tabled.deductions
    else:
        said = sum((each.amount.value for each in spoken.deductions), Decimal(0))
        deductions = spoken.deductions if said == _lost(tabled) else tabled.deductions
    doubts = tabled.doubts
    if _contradicts(tabled, spoken):
        doubts = tuple(dict.fromkeys((*doubts, "differs-between-tables")))
    return replace(tabled, deductions=deductions, agencies=tabled.agencies or spoken.agencies, doubts=doubts)


def _contradicts(tabled: Result, spoken: Result) -> bool:
    """Whether a letter that is sure of itself, and names the criterion, gives other points than its annex."""
    if spoken.doubts or spoken.name is None:
        return False
    pairs = ((tabled.score, spoken.score), (tabled.max_score, spoken.max_score))
    return any(mine is not None and theirs is not None and mine.value != theirs.value for mine, theirs in pairs)


def _lost(result: Result) -> Decimal | None:
    if result.deducted is not None:
        return result.deducted.value
    if result.max_score is None or result.score is None:
        return None
    return result.max_score.value - result.score.value
