"""What several tables of a report say of one unit, put together; and which tables belong to which unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from extract.heading.read_heading import HeadingFacts
from extract.tables.read_tables import TablesReading
from extract.tables.rows import TableReading
from extract.tables.unit_reading import UnitReading
from normalize.codes import Code
from normalize.records import SCORE_FIELDS, Result, Totals, Unit

_TOTALS = (
    "max_score", "self_score", "score", "appraised_score", "survey_score", "deducted", "index_percent", "rank",
)  # fmt: skip


def by_unit(tables: TablesReading, facts: HeadingFacts) -> TablesReading:
    """The tables of several units, each under a caption that names its own, as readings of those units.

    A table without such a caption goes with the one before it, in doubt. Where the captions name one unit only, all
    tables are those of the report.
    """
    assessed = facts.many_units or facts.rows_level == "department" or _scored_alike(tables.own)
    captioned = [_captioned(reading, assessed) for reading in tables.own]
    named = {unit for unit in captioned if unit is not None}
    if len(named) < 2 and not (named and (facts.many_units or facts.unit.name is None)):
        return tables
    units: list[UnitReading] = []
    rest: list[TableReading] = []
    current: Unit | None = None
    for reading, unit in zip(tables.own, captioned, strict=True):
        current = unit or current
        if current is None:
            rest.append(reading)
            continue
        doubts = () if unit is not None else ("unit-of-table-before",)
        results = tuple(replace(result, doubts=(*result.doubts, *doubts)) for result in reading.results)
        units.append(UnitReading(current, replace(reading, results=results), doubts))
    return replace(tables, own=tuple(rest), units=(*tables.units, *units))


def _captioned(reading: TableReading, assessed: bool) -> Unit | None:
    """The unit of a caption; departments above a table are as often those who must act as those assessed."""
    unit = reading.unit
    return None if unit is not None and unit.level == "department" and not assessed else unit


def _scored_alike(readings: Sequence[TableReading]) -> bool:
    """Whether tables of several departments hold the same criteria: then each was scored, not only told what to do."""
    held = [
        (reading.unit, {result.code.value for result in reading.results})
        for reading in readings
        if reading.unit is not None and reading.unit.level == "department"
    ]
    if len({unit for unit, _ in held}) < 2:
        return False
    shared = set.intersection(*(codes for _, codes in held))
    return all(2 * len(shared) >= len(codes) for _, codes in held)


def totals_of_tables(readings: Sequence[TableReading], results: Sequence[Result]) -> tuple[Totals, tuple[str, ...]]:
    """The totals that the tables of one unit state, and doubts where two of them differ.

    The total row of a table that holds only some of the domains is no total of the report, unless its maximum is that
    of all domains: it closes the last table of a series.
    """
    domains = {result.code.value.domain for result in results}
    totals = Totals()
    doubts: list[str] = []
    for reading in sorted(readings, key=lambda reading: -len(reading.results)):
        held = {result.code.value.domain for result in reading.results}
        if held < domains and not _is_of_all(reading.totals, domains, results):
            continue
        doubts.extend(conflicts_of(totals, reading.totals))
        totals = filled_totals(totals, reading.totals)
    if any(reading.beside for reading in readings):
        doubts.append("points-beside")
    return totals, tuple(dict.fromkeys(doubts))


def _is_of_all(totals: Totals, domains: Set[Code], results: Sequence[Result]) -> bool:
    """Whether a total has the maximum of all domains together, each of which states its own."""
    maxima = {result.code.value: result.max_score.value for result in results if result.max_score is not None}
    whole = [maxima[domain] for domain in domains if domain in maxima]
    return totals.max_score is not None and len(whole) == len(domains) and totals.max_score.value == sum(whole)


def conflicts_of(first: Totals, second: Totals) -> tuple[str, ...]:
    """The totals that two tables state differently."""
    pairs = ((name, getattr(first, name), getattr(second, name)) for name in _TOTALS)
    return tuple(
        f"total-conflict:{name}"
        for name, mine, theirs in pairs
        if mine is not None and theirs is not None and mine.value != theirs.value
    )


def own_scores(results: Sequence[Result]) -> tuple[Result, ...]:
    """A report that gives only the unit's own scores: they are its `score`, and the basis says whose they are."""
    return tuple(
        replace(result, score=result.self_score, self_score=None)
        if result.score is None and result.self_score is not None
        else result
        for result in results
    )


def own_total(totals: Totals) -> Totals:
    """The total of a unit's own scores, under both names: nothing else was given."""
    score = totals.score or totals.self_score
    return replace(totals, score=score, self_score=totals.self_score or totals.score)


def merged_results(groups: Sequence[Sequence[Result]]) -> tuple[Result, ...]:
    """The results of several tables of one unit. The same code in two tables is one result, the fuller table leading;

    numbers that differ between them put it in doubt.
    """
    if not groups:
        return ()
    ordered = sorted(range(len(groups)), key=lambda number: (-len(groups[number]), number))
    leading = groups[ordered[0]]
    others: dict[Code, Result] = {}
    for number in ordered[1:]:
        for result in groups[number]:
            others.setdefault(result.code.value, result)
    merged = [_merge(result, others.pop(result.code.value, None)) for result in leading]
    known = {result.code.value for result in leading}
    rest = [
        result for group in groups for result in group if result.code.value not in known and result.code.value in others
    ]
    return (*merged, *rest)


def _merge(result: Result, other: Result | None) -> Result:
    if other is None:
        return result
    changes: dict[str, object] = {}
    doubts = list(result.doubts)
    for name in SCORE_FIELDS:
        mine, theirs = getattr(result, name), getattr(other, name)
        if mine is None and theirs is not None and name != "deducted":
            changes[name] = theirs
        elif mine is not None and theirs is not None and mine.value != theirs.value:
            doubts.append("differs-between-tables")
    if not result.agencies and other.agencies:
        changes["agencies"] = other.agencies
    if result.name is None and other.name is not None:
        changes["name"] = other.name
    if result.remedy is None and other.remedy is not None:
        changes["remedy"] = other.remedy
    changes["doubts"] = tuple(dict.fromkeys(doubts))
    return replace(result, **changes)  # type: ignore[arg-type] # the names are fields of Result


def filled_totals(first: Totals, second: Totals) -> Totals:
    """The totals of a total row, completed from the prose."""
    changes = {}
    for name in _TOTALS:
        if getattr(first, name) is None and getattr(second, name) is not None:
            changes[name] = getattr(second, name)
    return replace(first, **changes)


def merged_units(readings: Sequence[UnitReading]) -> tuple[UnitReading, ...]:
    """One reading a unit: a ranking and a table by domains of the same document speak of the same units."""
    found: dict[tuple[object, ...], UnitReading] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for reading in readings:
        unit = (reading.unit.name, reading.unit.level, reading.unit.district)
        # communes may share a name: the second in one table is another unit, in another table the same
        seen[(*unit, id(reading.reading.columns))] += 1
        key = (*unit, seen[(*unit, id(reading.reading.columns))])
        before = found.get(key)
        if before is None:
            found[key] = reading
            continue
        mine, theirs = before.reading, reading.reading
        merged = replace(
            mine,
            results=merged_results([mine.results, theirs.results]),
            totals=filled_totals(mine.totals, theirs.totals),
            refusals=(*mine.refusals, *theirs.refusals),
            by_self=mine.by_self and theirs.by_self,
        )
        conflicts = conflicts_of(mine.totals, theirs.totals)
        found[key] = UnitReading(
            before.unit, merged, tuple(dict.fromkeys((*before.doubts, *reading.doubts, *conflicts)))
        )
    return tuple(found.values())
