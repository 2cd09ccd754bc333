"""Units side by side in one year: scores by domain, shares of the maximum, ranks, and the points lost by domain.

The comparison is by domain and by share of the maximum, which is sound across scorecards as far as their domains are
the same; `Domain.names` shows where reports name one number differently. Codes below domains are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from compare.choice import Candidate, Question, candidates, domains_of, known_units, unplaced
from compare.domains import Points, Scored, by_domain, closes, domain_loss, domain_score
from load.store import Store
from normalize.records import Basis, Level, Period, Unit


@dataclass(frozen=True, slots=True)
class Domain:
    """A column: the number of the domain and its names as reports have them, the most frequent first."""

    number: int
    names: tuple[str, ...]

    @property
    def name(self) -> str | None:
        return self.names[0] if self.names else None


@dataclass(frozen=True, slots=True)
class UnitScores:
    """A row: one unit by the document `file`, `others` being those that speak of it too and were not taken.

    `domains` and `lost` hold every domain of the comparison. `lost_total` is the deduction as a whole;
    `lost_complete` says that the points lost by domain add up to it. `rank` counts from 1 among the units of
    the same level, ties share it. `names` are those of the domains as this report (or else its neighbours) has them;
    `appraised` and `survey` the parts of the total; `draft` says that the document carries no number yet,
    `estimate` that it speaks of a part of the year only.
    """

    unit: Unit
    file: str
    sha256: str
    number: str | None
    date: str | None
    basis: Basis | None
    total: Points
    share: Decimal | None
    rank: int | None
    domains: Mapping[int, Points]
    lost: Mapping[int, Points]
    lost_total: Decimal | None
    lost_complete: bool
    others: tuple[str, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    draft: bool = False
    period: Period = "year"
    appraised: Decimal | None = None
    survey: Decimal | None = None
    printed_rank: str | None = None
    document_id: int = 0
    position: int = 0
    estimate: bool = False

    @property
    def review(self) -> bool:
        """Whether a person must look at any of the scores."""
        return self.total.review or any(points.review for points in self.domains.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table, rows by level and rank. `missing` are units known to the store, or expected by the caller, that
    have no report for this year; `unplaced` the files whose unit, year or period was not found.
    """

    question: Question
    domains: tuple[Domain, ...]
    rows: tuple[UnitScores, ...]
    missing: tuple[Unit, ...] = ()
    unplaced: tuple[str, ...] = ()


def compare(
    store: Store,
    year: int,
    province: str | None = None,
    level: Level | None = None,
    period: Period = "year",
    basis: Basis | None = None,
    expected: Iterable[Unit] = (),
    beside: Collection[Unit] = (),
) -> Comparison:
    """Compare the units of a province or level in a year. `expected` are units that should have reported.

    Where all units of a province and level are among those `beside`, nothing is read of them.
    """
    question = Question(year, period, province, level, basis)
    with store.reading() as connection:
        found = candidates(connection, question)
        if beside:
            asked = {_card(unit) for unit in found.keys() - beside}
            found = {unit: several for unit, several in found.items() if _card(unit) in asked}
        results = domains_of(connection, [several[0] for several in found.values()])
        known = known_units(connection, question)
        left_out = unplaced(connection, question)
    scored = {unit: by_domain(results.get((best[0].document_id, best[0].position), [])) for unit, best in found.items()}
    maxima = _agreed_maxima(scored)
    domains = _domains(scored)
    numbers = [domain.number for domain in domains]
    rows = [_row(several, scored[unit], numbers, maxima.get(_card(unit), {})) for unit, several in found.items()]
    missing = sorted((known | set(expected)) - set(found), key=_unit_order)
    return Comparison(question, domains, tuple(_ranked(rows)), tuple(missing), left_out)


def _row(
    several: list[Candidate],
    rows: Mapping[int, list[Scored]],
    numbers: list[int],
    maxima: Mapping[int, Decimal],
) -> UnitScores:
    best = several[0]
    domains = {number: domain_score(rows.get(number, []), maxima.get(number)) for number in numbers}
    total = _total(best, domains)
    lost = {number: domain_loss(rows.get(number, [])) for number in numbers}
    lost_whole = lost_total(best)
    complete = closes(lost_whole, lost)
    if complete:
        nothing = Points(Decimal(0), None, "closed")
        lost = {number: points if points.score is not None else nothing for number, points in lost.items()}
    share = total.share
    if share is None and best.index_percent is not None:
        share = best.index_percent / 100
    return UnitScores(
        best.unit,
        best.file,
        best.sha256,
        best.number,
        best.date,
        best.basis,
        total,
        share,
        None,
        domains,
        lost,
        lost_whole,
        complete,
        tuple(dict.fromkeys(other.file for other in several[1:])),
        {number: name for number in rows if (name := _own_name(rows[number]))},
        best.draft,
        best.period or "year",
        best.appraised,
        best.survey,
        best.rank,
        best.document_id,
        best.position,
    )


def _own_name(rows: Iterable[Scored]) -> str | None:
    return next((row.name for row in rows if len(row.code.parts) == 1 and row.name), None)


def _total(best: Candidate, domains: Mapping[int, Points]) -> Points:
    """The total as printed; else the sum of the domains where their maxima add up to the printed maximum."""
    score = best.self_score if best.score is None and best.basis == "self" else best.score
    if score is not None:
        above = best.max_score is not None and score > best.max_score
        return Points(score, best.max_score, "printed", best.doubtful or above)
    scores = [points.score for points in domains.values() if points.score is not None]
    maxima = [points.maximum for points in domains.values() if points.score is not None and points.maximum is not None]
    if scores and len(scores) == len(maxima) and sum(maxima, Decimal(0)) == best.max_score:
        review = best.doubtful or any(points.review for points in domains.values() if points.score is not None)
        return Points(sum(scores, Decimal(0)), best.max_score, "summed", review)
    return Points(None, best.max_score, "incomplete" if scores else "not-listed", best.doubtful)


def lost_total(best: Candidate) -> Decimal | None:
    """The deduction as a whole: as printed, else maximum minus score."""
    if best.deducted is not None:
        return best.deducted
    if best.max_score is None or best.score is None or best.score > best.max_score:
        return None
    return best.max_score - best.score


def _agreed_maxima(
    scored: Mapping[Unit, Mapping[int, list[Scored]]],
) -> dict[tuple[str | None, str | None], dict[int, Decimal]]:
    """The maxima of domains that the reports of one province and level print, where all of them print the same."""
    seen: dict[tuple[str | None, str | None], dict[int, set[Decimal]]] = {}
    for unit, domains in scored.items():
        for number, rows in domains.items():
            printed = {row.maximum for row in rows if len(row.code.parts) == 1 and row.maximum is not None}
            seen.setdefault(_card(unit), {}).setdefault(number, set()).update(printed)
    return {
        card: {number: next(iter(maxima)) for number, maxima in domains.items() if len(maxima) == 1}
        for card, domains in seen.items()
    }


def _domains(scored: Mapping[Unit, Mapping[int, list[Scored]]]) -> tuple[Domain, ...]:
    names: dict[int, Counter[str]] = {}
    for domains in scored.values():
        for number, rows in domains.items():
            named = names.setdefault(number, Counter())
            named.update(row.name for row in rows if len(row.code.parts) == 1 and row.name)
    return tuple(
        Domain(number, tuple(sorted(named, key=lambda name: (-named[name], name))))
        for number, named in sorted(names.items())
    )


def _card(unit: Unit) -> tuple[str | None, str | None]:
    """Units of one province and level are scored by one scorecard in a year."""
    return unit.province, unit.level


def _ranked(rows: list[UnitScores]) -> list[UnitScores]:
    """The rows with ranks, by level, rank and name."""
    ranked: list[UnitScores] = []
    for level in {row.unit.level for row in rows}:
        group = [row for row in rows if row.unit.level == level]
        found = merits(group)
        places = places_of(found)
        ranked += [replace(row, rank=places.get(row.unit)) for row in group]
    return sorted(ranked, key=lambda row: (row.unit.level or "", row.rank or len(rows) + 1, _unit_order(row.unit)))


def places_of(merits: Mapping[Unit, Fraction]) -> dict[Unit, int]:
    """Places from 1, the highest merit first; equal ones share a place."""
    first: dict[tuple[int, int], int] = {}
    ordered = sorted(merits.items(), key=lambda item: item[1], reverse=True)
    for place, (_, merit) in enumerate(ordered, start=1):
        first.setdefault(merit.as_integer_ratio(), place)
    return {unit: first[merit.as_integer_ratio()] for unit, merit in ordered}


def merits(group: list[UnitScores]) -> dict[Unit, Fraction]:
    """What units are ranked by: the exact share of the maximum; the total where no unit has a share."""
    shares = {row.unit: merit for row in group if (merit := _exact_share(row)) is not None}
    if shares:
        return shares
    return {row.unit: Fraction(row.total.score) for row in group if row.total.score is not None}


def _exact_share(row: UnitScores) -> Fraction | None:
    if row.total.score is not None and row.total.maximum:
        return Fraction(row.total.score) / Fraction(row.total.maximum)
    return None if row.share is None else Fraction(row.share)


def _unit_order(unit: Unit) -> tuple[str, str, str, str]:
    return unit.level or "", unit.province or "", unit.district or "", unit.name or ""
