"""What else a numeral may have been before recognition misread it: near readings with their cost.

The rules and their costs are `patterns/confusions.toml`. Nothing is decided here: a reading is offered, and only the
arithmetic of the report can prefer it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from normalize.text import squeeze
from patterns.catalogue import load_toml

_NUMERAL = regex.compile(
    r"(?!00|0\d\d)\d{1,3}(?:[.,]\d{1,4})?(?:/(?!00|0\d\d)\d{1,3}(?:[.,]\d{1,2})?)?"  # 12,96 0,75/1 07/10
    r"|[1-9]\d?(?:\.[1-9]\d?){1,3}\.?"  # 1.4.2 5.4.3.4
)
MOST_COST = 2.6
"""Beyond two usual slips in one numeral every number is near every other."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A way of misreading: what was read, what was meant, and how unlikely the slip is."""

    name: str
    read: regex.Pattern[str]
    meant: str
    cost: float

    def undone(self, text: str) -> Iterator[str]:
        """The texts with the slip undone at one place each."""
        for match in self.read.finditer(text):
            yield text[: match.start()] + self.meant + text[match.end() :]


@dataclass(frozen=True, slots=True, order=True)
class NearReading:
    """A text that may have been printed where another was read: the cost of the slips between, and their names."""

    cost: float
    text: str
    slips: tuple[str, ...]


@cache
def confusions() -> tuple[Confusion, ...]:
    """The rules of `patterns/confusions.toml`; digits that look alike are one rule for each pair."""
    found: list[Confusion] = []
    for table in load_toml("confusions")["confusion"]:
        if "look_alikes" in table:
            groups = table["look_alikes"]
            pairs = sorted({(one, other) for group in groups for one in group for other in group})
            found.extend(
                Confusion(table["name"], regex.compile(one), other, table["cost"])
                for one, other in pairs
                if one != other
            )
        else:
            found.append(Confusion(table["name"], regex.compile(table["read"]), table["meant"], table["cost"]))
    return tuple(found)


def confusable_readings(text: str, most: int = 24) -> tuple[NearReading, ...]:
    """The numerals (number, pair, code) that may have been printed where `text` was read, the likeliest first.

    The text itself is not among them. At most `most` are given, none dearer than `MOST_COST`.

    >>> [near.text for near in confusable_readings("0,51")][:2]
    ['0.51', '0,5/1']
    >>> [near.text for near in confusable_readings("05")][:2]
    ['0,5', '0.5']
    >>> confusable_readings("Phòng Nội vụ")
    ()
    """
    start = squeeze(text)
    if len(start) > 16 or not any(sign.isalnum() for sign in start):
        return ()
    cheapest: dict[str, float] = {start: 0.0}
    waiting: list[NearReading] = [NearReading(0.0, start, ())]
    found: list[NearReading] = []
    while waiting and len(found) < most:
        here = heapq.heappop(waiting)
        if here.cost > cheapest[here.text]:
            continue
        if here.slips and _NUMERAL.fullmatch(here.text):
            found.append(here)
        if len(here.slips) == 3:
            continue
        for slip in confusions():
            cost = round(here.cost + slip.cost, 3)
            if cost > MOST_COST:
                continue
            for other in slip.undone(here.text):
                if cost < cheapest.get(other, MOST_COST + 1):
                    cheapest[other] = cost
                    heapq.heappush(waiting, NearReading(cost, other, (*here.slips, slip.name)))
    return tuple(found)
