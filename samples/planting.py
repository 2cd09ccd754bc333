"""Mistakes of the report itself, put there on purpose: each kind changes one printed number (or code) of the truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from samples.arithmetic import broken_rules
from samples.truth import Criterion, Item, Marks, Planted, plain_decimal

# A wrong number must differ by more than rounding can explain, or nobody could call it wrong.
LEAST = Decimal("0.1")
TOTALS = ("score", "self_score", "deducted", "index_percent")
Change = tuple[Criterion, str, str, str]
Mistake = Callable[[Criterion, random.Random], Change | None]


def plant(marks: Marks, kinds: tuple[str, ...], rng: random.Random) -> tuple[Marks, Planted] | None:
    """One mistake of one of the kinds; None where the report has no place in which it would show.

    Only an assessment without violations is touched, so every violation afterwards is the mistake's own.
    """
    if not kinds or any(True for _ in broken_rules(marks)):
        return None
    for _ in range(30):
        kind = rng.choice(kinds)
        changed = _total(marks, rng) if kind == "wrong-total" else _change(marks, MISTAKES[kind], rng)
        if changed is None:
            continue
        other, code, rule, expected, found = changed
        if not _beyond_rounding(kind, expected, found):
            continue
        broken = sorted(set(broken_rules(other)))
        if not broken:
            continue
        if (rule, code) not in broken:
            rule, code = next((pair for pair in broken if pair[1] == code), broken[0])
        also = tuple(f"{name} {at}".strip() for name, at in broken if (name, at) != (rule, code))
        return other, Planted(rule, kind, code, expected, found, also=also)
    return None


def _beyond_rounding(kind: str, expected: str, found: str) -> bool:
    if kind == "wrong-domain":
        return True
    unit = Decimal(1).scaleb(-len(found.partition(".")[2]))
    return abs(Decimal(expected) - Decimal(found)) >= max(LEAST, unit * Decimal("0.6"))


def _change(marks: Marks, mistake: Mistake, rng: random.Random) -> tuple[Marks, str, str, str, str] | None:
    at = rng.randrange(len(marks.results)) if marks.results else None
    if at is None:
        return None
    changed = mistake(marks.results[at], rng)
    if changed is None:
        return None
    result, rule, expected, found = changed
    if result.code != marks.results[at].code and any(one.code == result.code for one in marks.results):
        return None
    results = (*marks.results[:at], result, *marks.results[at + 1 :])
    return replace(marks, results=results), result.code, rule, expected, found


def _text(value: Decimal) -> str:
    return plain_decimal(value) or "0"


def _wrong_difference(one: Criterion, rng: random.Random) -> Change | None:
    """max - score is not the deduction that is stated."""
    if not one.stated or one.deducted is None or one.score is None or not one.deducted:
        return None
    other = one.deducted + rng.choice((Decimal("0.25"), Decimal("0.5"), Decimal("-0.25"), Decimal("0.1")))
    return _with_deducted(one, other)


def _with_deducted(one: Criterion, other: Decimal) -> Change | None:
    if one.deducted is None or other <= 0 or (one.max_score is not None and other > one.max_score):
        return None
    items = one.items
    if len(items) == 1 and items[0].amount == one.deducted:
        items = (replace(items[0], amount=other),)
    return replace(one, deducted=other, items=items), "max-score-deducted", _text(one.deducted), _text(other)


def _wrong_item(one: Criterion, rng: random.Random) -> Change | None:
    """The items do not sum to the deduction."""
    if len(one.items) < 2 or one.deducted is None or not one.stated:
        return None
    at = rng.randrange(len(one.items))
    item = one.items[at]
    other = item.amount + rng.choice((Decimal("0.1"), Decimal("0.2"), Decimal("0.5")))
    changed: tuple[Item, ...] = (*one.items[:at], replace(item, amount=other), *one.items[at + 1 :])
    total = sum((entry.amount for entry in changed), Decimal(0))
    return replace(one, items=changed), "items-sum", _text(total), _text(one.deducted)


def _wrong_sum(one: Criterion, rng: random.Random) -> Change | None:
    """A score that its children (or its parent) contradict."""
    return _rescored(one, lambda value: value + rng.choice((Decimal("0.5"), Decimal("-0.5"), Decimal("0.25"))))


def _digit_swap(one: Criterion, rng: random.Random) -> Change | None:
    """3.25 becomes 3.52."""

    def swapped(value: Decimal) -> Decimal | None:
        whole, _, part = _text(value).partition(".")
        return Decimal(f"{whole}.{part[1]}{part[0]}{part[2:]}") if len(part) >= 2 else None

    return _rescored(one, swapped)


def _misplaced_comma(one: Criterion, rng: random.Random) -> Change | None:
    """0.5 becomes 0.05, 12.5 becomes 1.25: in the deduction where there is one, else in the score."""
    if one.stated and one.deducted and rng.random() < 0.6:
        return _with_deducted(one, one.deducted / 10)
    return _rescored(one, lambda value: value / 10)


def _rescored(one: Criterion, change: Callable[[Decimal], Decimal | None]) -> Change | None:
    name = "score" if one.score is not None else "self_score"
    value: Decimal | None = getattr(one, name)
    other = change(value) if value is not None else None
    if other is None or value is None or other < 0 or (one.max_score is not None and other > one.max_score):
        return None
    if len(_text(other).partition(".")[2]) > 4:
        return None
    if name == "self_score":
        return replace(one, self_score=other), "children-sum", _text(value), _text(other)
    items = one.items
    if not one.stated and len(items) == 1 and one.max_score is not None:
        items = (replace(items[0], amount=one.max_score - other),) if one.max_score > other else ()
    elif not one.stated and items:
        return None
    return replace(one, score=other, items=items), "children-sum", _text(value), _text(other)


def _above_maximum(one: Criterion, rng: random.Random) -> Change | None:
    """A score above the maximum."""
    if one.max_score is None or (one.score is None and one.self_score is None):
        return None
    other = one.max_score + rng.choice((Decimal("0.5"), Decimal(1), one.max_score))
    if one.score is None:
        expected, changed = one.self_score, replace(one, self_score=other)
    elif one.score != one.max_score or one.deducted:
        return None
    else:
        expected, changed = one.score, replace(one, score=other)
    return changed, "score-above-max", _text(expected or Decimal(0)), _text(other)


def _wrong_domain(one: Criterion, rng: random.Random) -> Change | None:
    """A code that belongs under another domain than the one it stands under."""
    if one.domain is None or "." not in one.code:
        return None
    other = str(rng.choice([n for n in range(1, 9) if str(n) != one.domain]))
    code = other + one.code[one.code.index(".") :]
    return replace(one, code=code), "code-domain", one.domain, other


def _total(marks: Marks, rng: random.Random) -> tuple[Marks, str, str, str, str] | None:
    """A stated total that its parts contradict."""
    names = [name for name in TOTALS if isinstance(marks.totals.get(name), Decimal)]
    if not names:
        return None
    name = rng.choice(names)
    value = marks.totals[name]
    if not isinstance(value, Decimal):
        return None
    other = value + rng.choice((Decimal(1), Decimal("-1"), Decimal("0.5"), Decimal("2.5")))
    if other <= 0:
        return None
    totals = {**marks.totals, name: other}
    return replace(marks, totals=totals), "", "domains-total", _text(value), _text(other)


MISTAKES: Mapping[str, Mistake] = {
    "wrong-difference": _wrong_difference,
    "wrong-item": _wrong_item,
    "wrong-sum": _wrong_sum,
    "digit-swap": _digit_swap,
    "misplaced-comma": _misplaced_comma,
    "above-maximum": _above_maximum,
    "wrong-domain": _wrong_domain,
}
