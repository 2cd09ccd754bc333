"""Scorecards: a tree of domains, criteria and component criteria whose maxima sum at every level."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from normalize.records import Level
from samples.vocabulary import words

# The words for the level itself and for the one above it.
LEVEL_WORDS = {
    "district": ("huyện", "tỉnh"),
    "commune": ("xã", "huyện"),
    "department": ("sở", "tỉnh"),
    "province": ("tỉnh", "Trung ương"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A domain (depth 1), criterion or component criterion; `domain` is the key of its vocabulary."""

    code: str
    name: str
    max_score: Decimal
    domain: str
    survey: bool = False
    children: tuple[Node, ...] = ()

    @property
    def depth(self) -> int:
        return self.code.count(".") + 1

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of print."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scorecard of a province for a level of unit from a year on."""

    level: Level
    year_from: int
    domains: tuple[Node, ...]

    @property
    def total(self) -> Decimal:
        return sum((one.max_score for one in self.domains), Decimal(0))

    def walk(self) -> Iterator[Node]:
        for domain in self.domains:
            yield from domain.walk()


def make_scorecard(rng: random.Random, level: Level, year: int) -> Scorecard:
    """A scorecard whose domains sum to 100 (in some, 70 or 80: the survey is counted apart)."""
    entries = list(words("criteria")["domain"])
    survey_apart = rng.random() < 0.3
    if survey_apart or rng.random() < 0.4:
        entries = entries[:-1]
    total = rng.choice((70, 80)) if survey_apart else 100
    maxima = _fitted([rng.randint(*entry["max"]) for entry in entries], total)
    domains = tuple(
        _domain(rng, number, entry, Decimal(maximum), level)
        for number, (entry, maximum) in enumerate(zip(entries, maxima, strict=True), 1)
    )
    return Scorecard(level, year, domains)


def _fitted(maxima: list[int], total: int) -> list[int]:
    """Brings the maxima to their sum, one point at a time from the largest or to the smallest."""
    while (gap := total - sum(maxima)) != 0:
        at = maxima.index(min(maxima) if gap > 0 else max(maxima))
        maxima[at] += 1 if gap > 0 else -1
    return maxima


def _domain(rng: random.Random, number: int, entry: Any, maximum: Decimal, level: str) -> Node:
    criteria = list(entry["criteria"])
    few = min(len(criteria), max(3, int(maximum)))
    chosen = sorted(rng.sample(range(len(criteria)), rng.randint(min(3, few), few)))
    code = str(number)
    parts = split(maximum, len(chosen), rng)
    children = tuple(
        _criterion(rng, f"{code}.{at}", criteria[index], part, entry["key"], level)
        for at, (index, part) in enumerate(zip(chosen, parts, strict=True), 1)
    )
    name = _worded(rng.choice(entry["names"]), level)
    return Node(code, name, maximum, entry["key"], bool(entry.get("survey")), children)


def _criterion(rng: random.Random, code: str, entry: Any, maximum: Decimal, domain: str, level: str) -> Node:
    names = entry.get("parts", ())
    survey = bool(entry.get("survey"))
    children: tuple[Node, ...] = ()
    if names and maximum >= Decimal("0.5") * len(names):
        deep = entry.get("deep", ())
        deep_at = rng.randrange(len(names)) if deep and rng.random() < 0.5 else -1
        built: list[Node] = []
        for at, (name, part) in enumerate(zip(names, split(maximum, len(names), rng), strict=True)):
            below: tuple[Node, ...] = ()
            if at == deep_at and part >= Decimal("0.5") * len(deep):
                shares = split(part, len(deep), rng)
                below = tuple(
                    Node(f"{code}.{at + 1}.{n}", _worded(text, level), share, domain, survey)
                    for n, (text, share) in enumerate(zip(deep, shares, strict=True), 1)
                )
            built.append(Node(f"{code}.{at + 1}", _worded(name, level), part, domain, survey, below))
        children = tuple(built)
    return Node(code, _worded(entry["name"], level), maximum, domain, survey, children)


def _worded(name: str, level: str) -> str:
    if level == "province":
        name = name.replace("UBND {tren}, Chủ tịch UBND {tren}", "Chính phủ, Thủ tướng Chính phủ")
    own, above = LEVEL_WORDS[level]
    return name.format(cap=own, tren=above)


def split(total: Decimal, count: int, rng: random.Random) -> list[Decimal]:
    """Splits a maximum into parts of whole half points (quarters where it is too small), each above zero."""
    step = Decimal("0.5") if total >= Decimal("0.5") * count else Decimal("0.25")
    if total < step * count:
        step = total / count
    units = int(total / step)
    rest = total - units * step
    shares = [1] * count
    for _ in range(units - count):
        # The larger of two drawn parts seldom grows: criteria of one domain weigh about alike.
        a, b = rng.randrange(count), rng.randrange(count)
        shares[min(a, b, key=lambda at: shares[at])] += 1
    parts = [step * share for share in shares]
    parts[0] += rest
    return parts
