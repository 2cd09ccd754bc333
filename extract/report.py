"""A document to a report: the heading, the tables, the prose, put together into assessments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Document
from extract.heading.read_heading import HeadingFacts, read_heading
from extract.prose.beside_tables import explained, without_repeated
from extract.prose.read_prose import read_prose
from extract.tables.merging import (
    by_unit,
    filled_totals,
    merged_results,
    merged_units,
    own_scores,
    own_total,
    totals_of_tables,
)
from extract.tables.read_tables import TablesReading, largest, read_tables
from extract.tables.rows import TableReading
from extract.tables.unit_reading import Context, UnitReading
from extract.tables.years import by_year
from extract.unit_parts import Parted, doubted_below_units, read_rest, read_unit_parts, unit_parts
from extract.unread_numbers import unread_numbers
from extract.unread_prose import unread_prose
from extract.unread_tables import unread_tables
from normalize.records import Assessment, Basis, Report, Result, Totals, Validity


def read_report(document: Document) -> Report:
    """Everything a report says, with the place of each value. A report without scores has no assessments."""
    facts = read_heading(document)
    context = Context(facts.unit.province, facts.rows_level, _time_of_units(facts))
    tables = by_unit(read_tables(document, context, facts.year), facts)
    parted = Parted() if tables.own or tables.units else unit_parts(document, facts)
    spoken = read_unit_parts(document, facts, parted)
    prose = read_prose(document, facts.year)
    if spoken:
        prose = replace(prose, results=read_rest(document, facts, parted))
    elif parted.parts:
        prose = replace(prose, results=doubted_below_units(document, facts, parted, prose.results))
    refusals = [refusal for reading in tables.own for refusal in reading.refusals]
    refusals += [refusal for unit in tables.units for refusal in unit.reading.refusals]
    if not tables.own:
        refusals += prose.refusals
    refusals += [*tables.unread, *unread_tables(document)]
    assessments = [_of_unit(facts, reading) for reading in merged_units(tables.units)]
    assessments += spoken
    assessments[:0] = _own_assessments(facts, tables, prose.results)
    refusals += unread_numbers(document, assessments)
    if not (assessments or tables.scorecard or refusals):
        refusals += unread_prose(document, facts)
    validity = Validity(facts.unit.province, facts.rows_level, facts.year) if tables.scorecard else None
    return Report(facts.heading, tuple(assessments), tuple(refusals), (), tables.scorecard, validity)


def _time_of_units(facts: HeadingFacts) -> str | None:
    """When the units of a report existed: at the end of the year it speaks of, where it was issued later.

    A decision of October 2025 ranks the districts of 2024, which were abolished between.
    """
    issued = facts.heading.date.value if facts.heading.date else None
    assessed = None if facts.year is None else f"{facts.year}-12-31"
    if issued is None or assessed is None:
        return issued or assessed
    return min(issued, assessed)


def _own_assessments(facts: HeadingFacts, tables: TablesReading, prose: Sequence[Result]) -> list[Assessment]:
    """The assessment of the unit the heading names; one a year where its tables are of several years."""
    years = by_year(tables.own, facts.year)
    if len(years) == 1:
        own = _own_assessment(facts, tables, prose)
        return [] if own is None else [own]
    found = []
    for year, readings in sorted(years.items(), key=lambda item: item[0] or 0):
        # what the heading and the prose say is of the whole, and of no one year
        of_year = replace(facts, year=year, totals=Totals())
        assessment = _own_assessment(of_year, replace(tables, own=readings, units=()), ())
        if assessment is not None:
            found.append(assessment)
    return found


def _own_assessment(facts: HeadingFacts, tables: TablesReading, prose: Sequence[Result]) -> Assessment | None:
    """The assessment of the unit the heading names: its tables first, prose where they say nothing."""
    results = merged_results([*(reading.results for reading in tables.own)])
    coded = {result.code.value for result in results}
    spoken = [r for r in prose if r.code.value not in coded and (not results or any(True for _ in r.scores()))]
    spoken = without_repeated(spoken, results)
    results = explained(results, prose)
    if tables.units and not results:
        spoken = [r for r in spoken if any(True for _ in r.scores())]
    results = (*results, *spoken) if results else tuple(spoken)
    stated, doubts = totals_of_tables(tables.own, results)
    totals = filled_totals(stated, facts.totals)
    main = largest(tables.own)
    has_totals = totals.score is not None or totals.self_score is not None or totals.deducted is not None
    # "Chỉ số PAR INDEX của tỉnh đạt 86,45%, xếp thứ 39/63": the one total of some reports
    has_totals = has_totals or (totals.index_percent is not None and totals.rank is not None and not facts.many_units)
    alone = all(reading.by_self for reading in tables.own) if tables.own else _only_self(results)
    if alone:
        results, totals = own_scores(results), own_total(totals)
    basis: Basis | None = "self" if alone else _basis(facts.basis, main)
    if basis == "self":
        totals = own_total(totals)
    scored = any(True for result in results for _ in result.scores())
    if not (scored or (results and has_totals) or (has_totals and not tables.units)):
        return None
    return Assessment(
        unit=facts.unit,
        year=facts.year,
        period=facts.period,
        basis=basis,
        totals=totals,
        results=results,
        doubts=(*facts.doubts, *doubts),
    )


def _basis(stated: Basis | None, main: TableReading | None) -> Basis | None:
    """An appraised column beside the unit's own says that the scores are appraised, whatever the title says."""
    if main is not None and main.columns is not None and main.columns.scores and main.columns.self_score is not None:
        return "appraised"
    return stated


def _only_self(results: Sequence[Result]) -> bool:
    """Whether a report gives a unit's own scores and no appraised ones."""
    return any(result.self_score is not None for result in results) and all(result.score is None for result in results)


def _of_unit(facts: HeadingFacts, unit: UnitReading) -> Assessment:
    basis: Basis | None = "self" if unit.reading.by_self else facts.basis or "appraised"
    results, totals = unit.reading.results, unit.reading.totals
    if unit.reading.by_self:
        results, totals = own_scores(results), own_total(totals)
    elif basis == "self":
        basis = "appraised"
    return Assessment(
        unit=unit.unit,
        year=facts.year,
        period=facts.period,
        basis=basis,
        totals=totals,
        results=results,
        doubts=(*(doubt for doubt in facts.doubts if not doubt.startswith("unit")), *unit.doubts),
    )
