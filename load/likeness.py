"""Whether two documents are one report: a draft, the signed paper scanned, a second scan of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from normalize.text import plain

Matched = Literal["number", "content"]
Numbers = tuple[Decimal | None, Decimal | None]
# What is known of a number: the unit's name ("" where a document has but one), and the code ("" for the total).
Place = tuple[str, str]

# Shares of the numbers both have that must be the same; a scan may lose or misread more than a draft differs.
SAME_UNDER_ONE_NUMBER = Decimal("0.5")
SAME_BY_CONTENT = Decimal("0.8")
SAME_WITHOUT_PLACE = Decimal("0.95")
# Share of the longer document's numbers that must be in both: a letter is no rendition of its annex.
COVERED_TYPED = Decimal("0.8")
COVERED_SCANNED = Decimal("0.5")
FEWEST_BY_CONTENT = 5
FEWEST_WITHOUT_PLACE = 10
FEWEST_LOSSES = 3


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells a report: its head, the units and times it speaks of, its numbers (maximum, score) by place."""

    document_id: int
    sha256: str
    typed: bool
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    units: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    periods: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    numbers: Mapping[Place, Numbers] = field(default_factory=dict)
    results: int = 0
    review: int = 0

    @property
    def merit(self) -> tuple[bool, bool, int, int, str]:
        """What decides who speaks: that there is something, typed over scanned, more results, fewer to review."""
        return (bool(self.numbers), self.typed, self.results, -self.review, self.sha256)


def matched(one: Traits, other: Traits) -> Matched | None:
    """By what two documents are known as renditions of one report; None where they are not.

    The same number counts where issuer, date, units, year, period and basis do not speak against it and the scores
    agree for the most part: a number is given anew each year, and an annex bears that of its letter. Without a number
    on one side (a draft has none yet) or where a scan may have misread it, the content must be nearly all the same.
    """
    traits = ("units", "years", "periods", "bases")
    if not all(_meet(getattr(one, trait), getattr(other, trait)) for trait in traits):
        return None
    if one.issuer and other.issuer and plain(one.issuer) != plain(other.issuer) and one.typed and other.typed:
        return None
    if one.number and one.number == other.number:
        return "number" if _same_day(one, other) and _fits_number(one, other) else None
    if one.number and other.number and one.typed and other.typed:
        return None
    return "content" if _fits_content(one, other) else None


def _fits_number(one: Traits, other: Traits) -> bool:
    if not one.numbers or not other.numbers:
        return True  # a scan of which nothing could be read is still that scan
    shared, same = _shared(one, other)
    enough = len(shared) * 2 >= min(len(one.numbers), len(other.numbers))
    return enough and len(same) >= SAME_UNDER_ONE_NUMBER * len(shared)


def _fits_content(one: Traits, other: Traits) -> bool:
    shared, same = _shared(one, other)
    covered = COVERED_TYPED if one.typed and other.typed else COVERED_SCANNED
    if len(shared) < FEWEST_BY_CONTENT or len(shared) < covered * max(len(one.numbers), len(other.numbers)):
        return False
    if one.units and other.units and one.years and other.years:
        return len(same) >= SAME_BY_CONTENT * len(shared)
    # Units of one scorecard share its maxima and many full marks; what was lost is each unit's own.
    losses = [place for place in same if one.numbers[place][0] != one.numbers[place][1]]
    enough = len(shared) >= FEWEST_WITHOUT_PLACE and len(losses) >= FEWEST_LOSSES
    return enough and len(same) >= SAME_WITHOUT_PLACE * len(shared)


def _shared(one: Traits, other: Traits) -> tuple[list[Place], list[Place]]:
    """The places both have a score at, and those of them with the same score."""
    shared = [
        place for place, (_, score) in one.numbers.items() if score is not None and _score(other, place) is not None
    ]
    return shared, [place for place in shared if one.numbers[place][1] == _score(other, place)]


def _score(traits: Traits, place: Place) -> Decimal | None:
    return traits.numbers.get(place, (None, None))[1]


def _same_day(one: Traits, other: Traits) -> bool:
    """Whether the dates do not contradict each other; one may be left in part ("2020-10")."""
    if not one.date or not other.date or not (one.typed and other.typed):
        return True
    return one.date.startswith(other.date) or other.date.startswith(one.date)


def _meet(one: frozenset[str] | frozenset[int], other: frozenset[str] | frozenset[int]) -> bool:
    """Whether two sets share at least half of the larger; an empty one is unknown and fits anything."""
    return not one or not other or 2 * len(one & other) >= max(len(one), len(other))
