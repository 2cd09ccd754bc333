"""Whether the numbers of a table can be what its columns were taken for; where they cannot, every row is in doubt.

A column silently mistaken (a count or a percentage for the score, another year's score, a maximum of something else)
gives numbers that break what must hold of scores: none above its maximum, parents that sum up their children.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from normalize.codes import Code
from normalize.decimals import AMBIGUOUS_JOIN, AMBIGUOUS_THOUSANDS, is_ambiguous
from normalize.records import Result, Score

_LARGEST = Decimal(200)  # points: scorecards add up to 100, some with a bonus or up to 200 in all
_ROUNDING = Decimal("0.01")


def with_doubts_of_columns(results: Sequence[Result]) -> list[Result]:
    """The results, each with the doubts that hold for the whole table, and with its own."""
    results = _with_settled_cuts(_with_settled_decimals(results))
    shared = tuple(_doubts_of_all(results))
    return [_with(result, (*shared, *_doubts_of_row(result))) for result in results]


_THREE_DECIMALS = regex.compile(r"(?<![\d.,])(?:0[.,]|\d{1,2},)\d{3}(?!\d)")


def _with_settled_decimals(results: Sequence[Result]) -> Sequence[Result]:
    """A table that prints three decimals ("0,500", "1,250") prints no thousands: its "1.000" is one point."""
    values = [value for result in results for _, value in result.scores()]
    shown = sum(_THREE_DECIMALS.search(value.printed.text) is not None for value in values)
    if shown < 3 or 4 * shown < len(values):
        return results
    return [replace(result, **{name: _settled(value) for name, value in result.scores()}) for result in results]  # type: ignore[arg-type]


def _settled(value: Score) -> Score:
    steps = tuple("three-decimals" if step == AMBIGUOUS_THOUSANDS else step for step in value.steps)
    return replace(value, steps=steps) if steps != value.steps else value


def _with_settled_cuts(results: Sequence[Result]) -> Sequence[Result]:
    """Numbers cut by a line end ("0,7", "5" below it) in a table that prints so many decimals throughout: 0,75."""
    values = [value for result in results for _, value in result.scores() if value.pattern != "max-minus-score"]
    if not any(map(is_ambiguous, values)):
        return results
    shown = Counter(places for value in values if not is_ambiguous(value) and (places := _places(value)))
    usual, times = max(shown.items(), key=lambda item: item[1], default=(0, 0))
    if times < 3 or 4 * times < 3 * shown.total():
        return results

    def settled(value: Score) -> Score:
        if _places(value) != usual:
            return value
        steps = tuple(step.replace(AMBIGUOUS_JOIN, "join-lines", 1) for step in value.steps)
        return replace(value, steps=steps) if steps != value.steps else value

    return [replace(result, **{name: settled(value) for name, value in result.scores()}) for result in results]  # type: ignore[arg-type]


def _places(value: Score) -> int:
    """How many decimals a number is printed with."""
    exponent = value.value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _with(result: Result, doubts: tuple[str, ...]) -> Result:
    return replace(result, doubts=tuple(dict.fromkeys((*result.doubts, *doubts)))) if doubts else result


def _doubts_of_row(result: Result) -> tuple[str, ...]:
    return ("self-score-above-maximum",) if _above(result.self_score, result.max_score) else ()


def _doubts_of_all(results: Sequence[Result]) -> list[str]:
    doubts = []
    for field in ("score", "self_score", "deducted"):
        both = [(value, r.max_score) for r in results if (value := getattr(r, field)) is not None and r.max_score]
        above = sum(_above(value, maximum) for value, maximum in both)
        if above >= 2 and 6 * above > len(both):
            doubts.append(f"column-above-maximum-{field.replace('_', '-')}")
    if any(result.max_score is not None and result.max_score.value > _LARGEST for result in results):
        doubts.append("implausible-maximum")
    for field in ("score", "self_score"):
        held, broken = _sums(results, field)
        if broken >= 3 and broken > held:
            doubts.append(f"column-does-not-sum-{field.replace('_', '-')}")
    return doubts


def _above(value: Score | None, maximum: Score | None) -> bool:
    return value is not None and maximum is not None and value.value > maximum.value


def _sums(results: Sequence[Result], field: str) -> tuple[int, int]:
    """How many parents are the sum of their children, and how many are not; only where the maxima show all children."""
    by_code: dict[Code, Result] = {}
    children: dict[Code, list[Result]] = defaultdict(list)
    for result in results:
        by_code.setdefault(result.code.value, result)
        if (parent := result.code.value.parent) is not None:
            children[parent].append(result)
    held = broken = 0
    for code, below in children.items():
        owner = by_code.get(code)
        if owner is None or owner.max_score is None or _total(below, "max_score") != owner.max_score.value:
            continue
        stated, total = getattr(owner, field), _total(below, field)
        if stated is None or total is None:
            continue
        near = abs(stated.value - total) <= _ROUNDING * len(below)
        held, broken = held + near, broken + (not near)
    return held, broken


def _total(results: Sequence[Result], field: str) -> Decimal | None:
    values = [getattr(result, field) for result in results]
    if any(value is None for value in values):
        return None
    return sum((value.value for value in values), Decimal(0))
