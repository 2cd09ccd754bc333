"""Broken equations brought down to their roots: one wrong number breaks its row, its parent's sum and the total.

A number is the root where one other value for it closes every broken equation it stands in and breaks none that held.
Of an equation that stands alone the cause is named only where exactly one usual slip explains it: two digits changed
round, a misplaced comma, a child left out of the sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit.equations import Equation
from normalize.records import Score

Slip = Literal["digit-swap", "misplaced-comma", "forgotten-child"]
_OF_ONE_ROW = ("max-minus-score", "items-and-score", "items-sum", "score-above-maximum", "self-above-maximum")


@dataclass(frozen=True, slots=True)
class Cause:
    """Equations with one root. `first` is the smallest of them; `root` the wrong number, where it can be told.

    `value` is what the root should be; `slip` how it came about; for a forgotten child the root is that child's number.
    """

    first: Equation
    also: tuple[Equation, ...] = ()
    root: Score | None = None
    value: Decimal | None = None
    slip: Slip | None = None

    @property
    def equations(self) -> tuple[Equation, ...]:
        return (self.first, *self.also)


@dataclass(frozen=True, slots=True)
class _Change:
    """Another value for one number and the broken equations that it closes."""

    root: Score
    value: Decimal
    closes: tuple[Equation, ...]


def causes_of(equations: Sequence[Equation]) -> tuple[Cause, ...]:
    """The causes of all broken equations, each equation once, in the order of the equations."""
    broken = [equation for equation in equations if not equation.holds]
    if not broken:
        return ()
    at: dict[int, list[Equation]] = defaultdict(list)
    for equation in equations:
        for key in {id(value) for value in equation.values}:
            at[key].append(equation)
    changes = _changes(broken, at)
    found: list[Cause] = []
    open_ones = {id(equation) for equation in broken}
    while True:
        left = [change for change in changes if all(id(equation) in open_ones for equation in change.closes)]
        most = max((len(change.closes) for change in left), default=0)
        if most <= 1:
            break
        found.append(_cause([change for change in left if len(change.closes) == most]))
        open_ones -= {id(equation) for equation in found[-1].equations}
    found += [_single(equation, left) for equation in broken if id(equation) in open_ones]
    order = {id(equation): number for number, equation in enumerate(equations)}
    return tuple(sorted(found, key=lambda cause: order[id(cause.first)]))


def _changes(broken: Sequence[Equation], at: Mapping[int, Sequence[Equation]]) -> list[_Change]:
    """For each number in broken equations the one value, where there is one, that closes all of them together."""
    values = {id(value): value for equation in broken for value in equation.values}
    found = []
    for key, value in values.items():
        own = tuple(equation for equation in at[key] if not equation.holds)
        wanted = [number for equation in own if (number := _wanted(equation, value)) is not None]
        for number in dict.fromkeys(wanted):
            if number >= 0 and all(_holds_with(equation, value, number) for equation in at[key]):
                found.append(_Change(value, number, own))
                break
    return found


def _wanted(equation: Equation, value: Score) -> Decimal | None:
    """What the number must be for the equation to close exactly; None where it does not say (at most, a share)."""
    if equation.relation in ("at-most", "perhaps"):
        return None
    if equation.stated is value:
        return equation.expected
    if equation.relation == "share":
        return None
    sign = next(sign for sign, part in equation.parts if part is value)
    return value.value + sign * (equation.stated.value - equation.expected)


def _holds_with(equation: Equation, value: Score, number: Decimal) -> bool:
    stated = number if equation.stated is value else equation.stated.value
    return equation.holds_for(stated, [number if part is value else part.value for _, part in equation.parts])


def _cause(best: Sequence[_Change]) -> Cause:
    """The root of several equations; where several numbers would do, the one that a usual slip explains, or none."""
    named = [change for change in best if slip_of(change.root.value, change.value)]
    chosen = best[0] if len(best) == 1 else named[0] if len(named) == 1 else None
    closes = sorted((chosen or best[0]).closes, key=lambda equation: equation.rule not in _OF_ONE_ROW)
    if chosen is None:
        return Cause(closes[0], tuple(closes[1:]))
    return Cause(closes[0], tuple(closes[1:]), chosen.root, chosen.value, slip_of(chosen.root.value, chosen.value))


def _single(equation: Equation, changes: Sequence[_Change]) -> Cause:
    """An equation that nothing else confirms: named where exactly one slip explains it."""
    slips: list[tuple[Score, Decimal, Slip]] = []
    for change in changes:
        slip = slip_of(change.root.value, change.value)
        if slip is not None and change.closes == (equation,):
            slips.append((change.root, change.value, slip))
    if equation.rule.startswith("children-") and equation.relation == "sum":
        over = equation.expected - equation.stated.value
        slips += [(part, over, "forgotten-child") for _, part in equation.parts if over > 0 and part.value == over]
    if len(slips) != 1:
        return Cause(equation)
    return Cause(equation, (), *slips[0])


def slip_of(found: Decimal, expected: Decimal) -> Slip | None:
    """The usual slip that turns one number into another.

    >>> slip_of(Decimal("0.05"), Decimal("0.5")), slip_of(Decimal("3.52"), Decimal("3.25"))
    ('misplaced-comma', 'digit-swap')
    >>> slip_of(Decimal("0.75"), Decimal("0.25")), slip_of(Decimal("0"), Decimal("1"))
    (None, None)
    """
    if not found or not expected or found == expected:
        return None
    if found in (expected * 10, expected / 10, expected * 100, expected / 100):
        return "misplaced-comma"
    places = max(-int(e) if isinstance(e := v.normalize().as_tuple().exponent, int) else 0 for v in (found, expected))
    first, second = (f"{value:.{max(places, 0)}f}" for value in (found, expected))
    width = max(len(first), len(second))
    pairs = list(zip(first.rjust(width, "0"), second.rjust(width, "0"), strict=True))
    differ = [at for at, (a, b) in enumerate(pairs) if a != b]
    if len(differ) == 2 and pairs[differ[0]] == pairs[differ[1]][::-1] and _beside(first.rjust(width, "0"), differ):
        return "digit-swap"
    return None


def _beside(text: str, places: Sequence[int]) -> bool:
    """Whether two digits stand beside each other, a comma between them not counted."""
    return places[1] - places[0] == 1 or (places[1] - places[0] == 2 and text[places[0] + 1] == ".")
