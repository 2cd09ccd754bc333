"""Ranks as decisions print them (family F) set against those that follow from the scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import regex

from compare.choice import Candidate, Question, candidates
from load.store import Store
from normalize.records import Basis, Level, Period, Unit

# Fewer units than these are no ranking.
LEAST = 3
_RANK = regex.compile(r"(?<rank>\d{1,4})(?:/(?<of>\d{1,4}))?")
By = Literal["share", "index", "score"]


@dataclass(frozen=True, slots=True)
class RankDifference:
    """A unit whose printed rank is not the one that its score gives it; `by` says what the computed rank follows from.

    `listed` are the units that the document ranks, `of` the number that it prints beside the rank ("3/15").
    """

    unit: Unit
    year: int
    file: str
    sha256: str
    printed: int
    computed: int
    by: By
    merit: Decimal
    listed: int
    of: int | None


def printed_rank(text: str | None) -> tuple[int, int | None] | None:
    """The rank and the number of units beside it.

    >>> printed_rank("3/15"), printed_rank("07"), printed_rank("khá"), printed_rank(None)
    ((3, 15), (7, None), None, None)
    """
    match = _RANK.fullmatch(text.strip()) if text else None
    return (int(match["rank"]), int(match["of"]) if match["of"] else None) if match else None


def rank_differences(
    store: Store,
    year: int,
    province: str | None = None,
    level: Level | None = None,
    period: Period = "year",
    basis: Basis | None = None,
) -> tuple[RankDifference, ...]:
    """The differences of the documents that rank units of one level and province, by file and printed rank.

    Units that share a score share the best of their places (1, 2, 2, 4); a document that numbers them on (1, 2, 3, 4)
    or closely (1, 2, 2, 3) does not differ by that.
    """
    with store.reading() as connection:
        found = candidates(connection, Question(year, period, province, level, basis))
    groups: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for several in found.values():
        for one in several:
            groups[one.sha256, one.unit.level or "", one.unit.province or ""].append(one)
    differences = [row for group in groups.values() for row in _of_document(year, group)]
    return tuple(sorted(differences, key=lambda row: (row.file, row.printed, row.unit.name or "")))


def _of_document(year: int, group: list[Candidate]) -> Iterable[RankDifference]:
    by = _basis_of(group)
    ranked = [(one, rank) for one in group if (rank := printed_rank(one.rank)) is not None]
    if by is None or len(ranked) < LEAST or len(ranked) < len(group):
        return
    merits = {one.unit: _merit(one, by) for one in group}
    ordered = sorted(merits.values(), reverse=True)
    distinct = sorted(set(ordered), reverse=True)
    for one, (place, of) in ranked:
        merit = merits[one.unit]
        first = ordered.index(merit) + 1
        allowed = {*range(first, first + ordered.count(merit)), distinct.index(merit) + 1}
        if place not in allowed:
            shown = Decimal(merit.numerator) / Decimal(merit.denominator)
            yield RankDifference(one.unit, year, one.file, one.sha256, place, first, by, shown, len(group), of)


def _basis_of(group: list[Candidate]) -> By | None:
    """What all units of the document have: a share of the maximum, an index, or a score with one maximum or none."""
    if all(one.score is not None and one.max_score for one in group):
        return "share"
    if all(one.index_percent is not None for one in group):
        return "index"
    same = len({one.max_score for one in group}) == 1
    return "score" if same and all(one.score is not None for one in group) else None


def _merit(one: Candidate, by: By) -> Fraction:
    if by == "index":
        return Fraction(one.index_percent or 0)
    score = Fraction(one.score or 0)
    return score / Fraction(one.max_score or 1) if by == "share" else score
