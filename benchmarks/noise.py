"""Misreadings by a model of its own, not by the table that the costs of repairs are made of (patterns/confusions.toml).

A picture loses, doubles or swaps signs, takes any digit for any other, loses or misplaces a comma; the engine is more
or less sure of what it read, now and then sure and wrong, and mostly but not always has the printed text among its
other readings. Whole trees are drawn at random, some with an error of the report itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from normalize.codes import Code
from normalize.decimals import parse_score
from normalize.place import Box, Place
from normalize.records import SCORE_FIELDS, Assessment, Deduction, Result, Score, Totals, Unit
from normalize.value import Printed, Reading, Refusal, Value

QUARTER = Decimal("0.25")


def whole_assessment(rng: random.Random, domains: int = 3) -> Assessment:
    """A tree of three levels whose sums close, every number recognised without fault: six criteria in three groups of

    each domain, with two or three components each.
    """
    rows: list[tuple[Code, Decimal, Decimal]] = []
    for domain in range(1, domains + 1):
        below = [row for n in range(1, 7) for row in _criterion(rng, Code((domain, n)))]
        firsts = [row for row in below if len(row[0].parts) == 2]
        rows += [(Code((domain,)), *_sums(firsts)), *below]
    results = tuple(_result(rng, at, *row) for at, row in enumerate(rows))
    maximum, score = _sums([row for row in rows if len(row[0].parts) == 1])
    totals = Totals(max_score=_value(rng, maximum, 100, -20), score=_value(rng, score, 200, -20))
    return Assessment(Unit("Tuần Giáo", "district", "Điện Biên"), 2023, "year", "appraised", totals, results)


def _criterion(rng: random.Random, code: Code) -> list[tuple[Code, Decimal, Decimal]]:
    leaves = []
    for n in range(1, rng.choice((2, 2, 3)) + 1):
        maximum = Decimal(rng.randint(1, 4)) / 2
        share = Decimal(rng.choice((0, 2, 4, 4, 4, 4))) / 4
        score = (maximum * share / QUARTER).to_integral_value() * QUARTER
        if rng.random() < 0.15:
            score = (maximum * rng.randint(1, 999) / 1000).quantize(Decimal("0.001"))
        leaves.append((Code((*code.parts, n)), maximum, min(score, maximum)))
    return [(code, *_sums(leaves)), *leaves]


def _sums(rows: list[tuple[Code, Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    return sum((row[1] for row in rows), Decimal(0)), sum((row[2] for row in rows), Decimal(0))


def _result(rng: random.Random, at: int, code: Code, maximum: Decimal, score: Decimal) -> Result:
    lost = maximum - score
    deducted = _value(rng, lost, 300, at) if lost else None
    leaf = len(code.parts) == 3
    return Result(
        Value(code, Printed(str(code), Place(1, Box(10, 20.0 * at, 40, 20.0 * at + 12)), 0.96), "code"),
        max_score=_value(rng, maximum, 100, at),
        score=_value(rng, score, 200, at),
        deducted=deducted,
        deducted_stated=deducted is not None,
        deductions=(Deduction(deducted),) if deducted is not None and leaf else (),
    )


def _value(rng: random.Random, value: Decimal, x: float, at: int) -> Score:
    text = format(value.normalize(), "f").replace(".", ",") if value else "0"
    place = Place(1, Box(x, 20.0 * at, x + 40, 20.0 * at + 12))
    return Value(value, Printed(text, place, _confidence(rng)), "points")


def _confidence(rng: random.Random) -> float:
    """Of what was read right: mostly sure, with a tail."""
    return round(rng.choice((rng.uniform(0.93, 0.99), rng.uniform(0.93, 0.99), rng.uniform(0.6, 0.95))), 3)


def misread_assessment(
    assessment: Assessment, rng: random.Random, count: int
) -> tuple[Assessment, tuple[tuple[int, str], ...]]:
    """The assessment with so many of its numbers misread, and which: row and field."""
    places = [(at, name) for at, row in enumerate(assessment.results) for name, _ in row.scores()]
    chosen = rng.sample(places, min(count, len(places)))
    rows = list(assessment.results)
    done = []
    for at, name in chosen:
        value: Score = getattr(rows[at], name)
        wrong = _misread(value, rng)
        if wrong is None:
            continue
        items = tuple(replace(item, amount=wrong) if item.amount is value else item for item in rows[at].deductions)
        rows[at] = replace(rows[at], deductions=items, **{name: wrong})  # type: ignore[arg-type]
        done.append((at, name))
    return replace(assessment, results=tuple(rows)), tuple(done)


def with_own_error(assessment: Assessment, rng: random.Random) -> Assessment:
    """The assessment with one score that the report itself prints wrong, read as it is printed."""
    at = rng.randrange(len(assessment.results))
    row = assessment.results[at]
    if row.score is None:
        return assessment
    other = row.score.value + rng.choice((Decimal("0.25"), Decimal("0.5"), Decimal("-0.25"), Decimal("0.1")))
    if other < 0:
        return assessment
    text = format(other.normalize(), "f").replace(".", ",") if other else "0"
    changed = replace(row, score=replace(row.score, value=other, printed=replace(row.score.printed, text=text)))
    return replace(assessment, results=(*assessment.results[:at], changed, *assessment.results[at + 1 :]))


def _misread(value: Score, rng: random.Random) -> Score | None:
    """The number as an engine might have read it; None where nothing that reads as a number came of it."""
    text = value.printed.text
    for _ in range(8):
        wrong = rng.choice(_SLIPS)(text, rng)
        confidence = round(min(0.99, rng.betavariate(4, 2)), 3)
        others = [] if rng.random() < 0.3 else [Reading(text, round(rng.uniform(0.1, 0.6), 3))]
        if rng.random() < 0.5:
            others.append(Reading(rng.choice(_SLIPS)(text, rng), round(rng.uniform(0.1, 0.6), 3)))
        others.sort(key=lambda one: -one.confidence)
        printed = replace(value.printed, text=wrong, confidence=confidence, alternatives=tuple(others))
        read = parse_score(printed)
        if not isinstance(read, Refusal) and read.value != value.value and read.value < 1000:
            return read
    return None


def _lost(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[:at] + text[at + 1 :]


def _doubled(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    return text[: at + 1] + text[at:]


def _swapped(text: str, rng: random.Random) -> str:
    at = rng.randrange(max(1, len(text) - 1))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _other_digit(text: str, rng: random.Random) -> str:
    at = rng.choice([n for n, sign in enumerate(text) if sign.isdigit()])
    return text[:at] + rng.choice("0123456789") + text[at + 1 :]


def _lost_comma(text: str, _rng: random.Random) -> str:
    return text.replace(",", "", 1)


def _added(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice("0123456789,1") + text[at:]


_SLIPS = (_lost, _doubled, _swapped, _other_digit, _other_digit, _lost_comma, _lost_comma, _added)


def wrong_numbers(checked: Assessment, truth: Assessment) -> Iterator[tuple[int, str, str]]:
    """The numbers of the audited assessment that are not those of the truth: row, field, status of the row."""
    for at, (result, true) in enumerate(zip(checked.results, truth.results, strict=True)):
        for name in SCORE_FIELDS:
            found, wanted = getattr(result, name), getattr(true, name)
            if found is not None and (wanted is None or found.value != wanted.value):
                yield at, name, result.status
