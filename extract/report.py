"""A document to a report: the heading, the tables, the prose, put together into assessments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.document import Document
from extract.heading import HeadingFacts, read_heading
from extract.prose import read_prose
from extract.ranking import Context, UnitReading
from extract.rows import TableReading
from extract.tables import TablesReading, largest, read_tables
from normalize.codes import Code
from normalize.records import SCORE_FIELDS, Assessment, Basis, Report, Result, Totals


def read_report(document: Document) -> Report:
    """Everything a report says, with the place of each value. A report without scores has no assessments."""
    facts = read_heading(document)
    issued = facts.heading.date.value if facts.heading.date else None
    context = Context(facts.unit.province, facts.rows_level, issued)
    tables = read_tables(document, context, facts.year)
    prose = read_prose(document)
    refusals = [refusal for reading in tables.own for refusal in reading.refusals]
    refusals += [refusal for unit in tables.units for refusal in unit.reading.refusals]
    if not tables.own:
        refusals += prose.refusals
    assessments = [_of_unit(facts, reading) for reading in _merged_units(tables.units)]
    own = _own_assessment(facts, tables, prose.results)
    if own is not None:
        assessments.insert(0, own)
    return Report(facts.heading, tuple(assessments), tuple(refusals), (), tables.scorecard)


def _own_assessment(facts: HeadingFacts, tables: TablesReading, prose: Sequence[Result]) -> Assessment | None:
    """The assessment of the unit the heading names: its tables first, prose where they say nothing."""
    results = merged_results([*(reading.results for reading in tables.own)])
    coded = {result.code.value for result in results}
    spoken = [r for r in prose if r.code.value not in coded and (not results or any(True for _ in r.scores()))]
    if tables.units and not results:
        spoken = [r for r in spoken if any(True for _ in r.scores())]
    results = (*results, *spoken) if results else tuple(spoken)
    totals = facts.totals
    main = largest(tables.own)
    if main is not None:
        totals = filled_totals(main.totals, totals)
    has_totals = totals.score is not None or totals.self_score is not None or totals.deducted is not None
    alone = main.by_self if main is not None else _only_self(results)
    if alone:
        results, totals = _own_scores(results), own_total(totals)
    scored = any(True for result in results for _ in result.scores())
    if not (scored or (results and has_totals) or (has_totals and not tables.units)):
        return None
    return Assessment(
        unit=facts.unit,
        year=facts.year,
        period=facts.period,
        basis="self" if alone else _basis(facts.basis, main),
        totals=totals,
        results=results,
        doubts=facts.doubts,
    )


def _basis(stated: Basis | None, main: TableReading | None) -> Basis | None:
    """An appraised column beside the unit's own says that the scores are appraised, whatever the title says."""
    if main is not None and main.columns is not None and main.columns.scores and main.columns.self_score is not None:
        return "appraised"
    return stated


def _only_self(results: Sequence[Result]) -> bool:
    """Whether a report gives a unit's own scores and no appraised ones."""
    return any(result.self_score is not None for result in results) and all(result.score is None for result in results)


def _own_scores(results: Sequence[Result]) -> tuple[Result, ...]:
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
    for name in (
        "max_score",
        "self_score",
        "score",
        "appraised_score",
        "survey_score",
        "deducted",
        "index_percent",
        "rank",
    ):
        if getattr(first, name) is None and getattr(second, name) is not None:
            changes[name] = getattr(second, name)
    return replace(first, **changes)


def _merged_units(readings: Sequence[UnitReading]) -> tuple[UnitReading, ...]:
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
        merged = replace(
            before.reading,
            results=merged_results([before.reading.results, reading.reading.results]),
            totals=filled_totals(before.reading.totals, reading.reading.totals),
            refusals=(*before.reading.refusals, *reading.reading.refusals),
        )
        found[key] = UnitReading(before.unit, merged)
    return tuple(found.values())


def _of_unit(facts: HeadingFacts, unit: UnitReading) -> Assessment:
    basis: Basis | None = "self" if unit.reading.by_self else facts.basis or "appraised"
    if basis == "self" and not unit.reading.by_self:
        basis = "appraised"
    return Assessment(
        unit=unit.unit,
        year=facts.year,
        period=facts.period,
        basis=basis,
        totals=unit.reading.totals,
        results=unit.reading.results,
        doubts=tuple(doubt for doubt in facts.doubts if not doubt.startswith("unit")),
    )
