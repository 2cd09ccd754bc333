"""Renditions of one report: found when a document is stored, linked, the best one speaks, differences are findings.

What comes out follows from the documents that are there, not from the order in which they came: a group is worked out
anew whenever one of its documents is stored or replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select

from audit.renditions import compare_renditions
from load.bulk import insert_rows
from load.likeness import Numbers, Place, Traits, matched
from load.models import AssessmentRow, DocumentRow, EvidenceRow, FindingRow, ResultRow, UnitRow
from load.models_beside import RenditionRow
from load.reading import stored_reports
from load.rows import ReportRows
from normalize.records import Assessment, Finding, Report

RULE = "differs-between-renditions"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One document of a report that is there several times; `matched` says what it was known by."""

    file: str
    sha256: str
    method: str
    speaks: bool
    matched: str


def link(connection: Connection, document: int, also: Iterable[int] = ()) -> None:
    """Link a document that was just stored with the other renditions of its report.

    `also` are documents whose links must be looked at again: the group of what it replaced.
    """
    (own,) = _traits(connection, [document])
    near = sorted(_candidates(connection, own))
    kin = {other.document_id for other in _traits(connection, near) if matched(own, other)} | set(also)
    if kin:
        _regroup(connection, group_of(connection, {document, *kin}))


def link_all(connection: Connection) -> None:
    """Link all documents of a store, one after another."""
    for document in list(connection.execute(select(DocumentRow.id).order_by(DocumentRow.id)).scalars()):
        link(connection, document)


def group_of(connection: Connection, documents: set[int]) -> set[int]:
    """These documents and all that they are linked with."""
    speakers = select(RenditionRow.speaker_id).where(RenditionRow.member_id.in_(documents))
    members = select(RenditionRow.member_id).where(RenditionRow.speaker_id.in_(speakers))
    return documents | set(connection.execute(members).scalars())


def groups(connection: Connection) -> tuple[tuple[Rendition, ...], ...]:
    """The reports that are there several times, each with the rendition that speaks first."""
    query = (
        select(DocumentRow.file, DocumentRow.sha256, DocumentRow.method, *RenditionRow.__table__.c)
        .join(RenditionRow, RenditionRow.member_id == DocumentRow.id)
        .order_by(DocumentRow.file, DocumentRow.sha256)
    )
    found: dict[int, list[Rendition]] = {}
    for row in connection.execute(query):
        speaks = row.member_id == row.speaker_id
        rendition = Rendition(row.file, row.sha256, row.method, speaks, row.matched)
        found.setdefault(row.speaker_id, []).append(rendition)
    sorted_groups = (sorted(group, key=lambda one: not one.speaks) for group in found.values())
    return tuple(tuple(group) for group in sorted(sorted_groups, key=lambda group: (group[0].file, group[0].sha256)))


def _candidates(connection: Connection, own: Traits) -> set[int]:
    """Documents of the same number, of mostly the same units and years, or of the same total where no unit is known."""
    ways: list[Any] = []
    if own.number:
        ways.append(select(DocumentRow.id).where(DocumentRow.number == own.number, *_fitting(own)))
    mine = select(AssessmentRow.unit_id, AssessmentRow.year).where(AssessmentRow.document_id == own.document_id)
    assessed = connection.execute(mine.join(UnitRow).where(UnitRow.name != "")).all()
    if assessed:
        units, years = {row.unit_id for row in assessed}, {row.year for row in assessed if row.year is not None}
        same = AssessmentRow.unit_id.in_(units) & or_(AssessmentRow.year.in_(years), AssessmentRow.year.is_(None))
        several = func.count(AssessmentRow.unit_id.distinct()) * 2 >= len(units)
        ways.append(select(AssessmentRow.document_id).where(same).group_by(AssessmentRow.document_id).having(several))
    totals = {score for (_, code), (_, score) in own.numbers.items() if not code and score is not None}
    if len(totals) == 1:
        unknown = () if not own.units else (UnitRow.name == "",)
        same_total = select(AssessmentRow.document_id).where(AssessmentRow.score.in_(totals), *unknown)
        ways.append(same_total.join(UnitRow, UnitRow.id == AssessmentRow.unit_id))
    return {found for way in ways for found in connection.execute(way).scalars()} - {own.document_id}


def _fitting(own: Traits) -> list[Any]:
    """What a document of the same number must speak of: of the thousands that bear "12/BC-UBND" in an archive, those of

    one of the same units in one of the same years, or that leave open whom and when they assess.
    """
    of_it = select(1).select_from(AssessmentRow).where(AssessmentRow.document_id == DocumentRow.id)
    nothing = ~of_it.correlate(DocumentRow).exists()
    found = []
    if own.units:
        named = of_it.join(UnitRow).where(or_(UnitRow.name == "", UnitRow.name.in_(own.units)))
        found.append(or_(nothing, named.correlate(DocumentRow).exists()))
    if own.years:
        dated = of_it.where(or_(AssessmentRow.year.is_(None), AssessmentRow.year.in_(own.years)))
        found.append(or_(nothing, dated.correlate(DocumentRow).exists()))
    return found


def _traits(connection: Connection, documents: Sequence[int]) -> list[Traits]:
    if not documents:
        return []
    heads = select(*DocumentRow.__table__.c).where(DocumentRow.id.in_(documents)).order_by(DocumentRow.id)
    assessed = (
        select(*AssessmentRow.__table__.c, UnitRow.name)
        .join(UnitRow)
        .where(AssessmentRow.document_id.in_(documents))
        .order_by(AssessmentRow.document_id, AssessmentRow.position)
    )
    shown = (ResultRow.document_id, ResultRow.assessment, ResultRow.code, ResultRow.max_score, ResultRow.score)
    results = select(*shown, ResultRow.status).where(ResultRow.document_id.in_(documents))
    by_assessment: dict[tuple[int, int], list[Any]] = {}
    for result in connection.execute(results.order_by(ResultRow.document_id, ResultRow.position)):
        by_assessment.setdefault((result.document_id, result.assessment), []).append(result)
    assessments: dict[int, list[Any]] = {}
    for assessment in connection.execute(assessed):
        assessments.setdefault(assessment.document_id, []).append(assessment)
    return [_traits_of(head, assessments.get(head.id, []), by_assessment) for head in connection.execute(heads)]


def _traits_of(head: Any, assessments: list[Any], results: Mapping[tuple[int, int], list[Any]]) -> Traits:
    numbers: dict[Place, Numbers] = {}
    rows: list[Any] = []
    for assessment in assessments:
        unit = assessment.name if len(assessments) > 1 else ""
        if assessment.score is not None:
            numbers[unit, ""] = (assessment.max_score, assessment.score)
        own = results.get((head.id, assessment.position), [])
        numbers.update(((unit, row.code), (row.max_score, row.score)) for row in own if row.score is not None)
        rows += own
    return Traits(
        document_id=head.id,
        sha256=head.sha256,
        typed=head.method == "typed",
        number=head.number,
        date=head.date,
        issuer=head.issuer,
        units=frozenset(row.name for row in assessments if row.name),
        years=frozenset(row.year for row in assessments if row.year is not None),
        periods=frozenset(row.period for row in assessments if row.period),
        bases=frozenset(row.basis for row in assessments if row.basis),
        numbers=numbers,
        results=len(rows),
        review=sum(row.status == "review" for row in rows),
    )


def _regroup(connection: Connection, documents: set[int]) -> None:
    """Work out the groups among these documents anew, and with them who speaks and what differs."""
    connection.execute(delete(RenditionRow).where(RenditionRow.member_id.in_(documents)))
    traits = sorted(_traits(connection, sorted(documents)), key=lambda one: one.merit, reverse=True)
    links = {
        (one.document_id, other.document_id): how
        for at, one in enumerate(traits)
        for other in traits[at + 1 :]
        if (how := matched(one, other))
    }
    by_number = {document for pair, how in links.items() if how == "number" for document in pair}
    for group in _connected([one.document_id for one in traits], links):
        _forget_differences(connection, group)
        if len(group) == 1:
            continue
        rows = [
            {"member_id": one, "speaker_id": group[0], "matched": "number" if one in by_number else "content"}
            for one in group
        ]
        connection.execute(insert(RenditionRow), rows)
        _note_differences(connection, group)


def _connected(documents: Sequence[int], links: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The documents in groups that are linked, each in the given order."""
    group = {document: {document} for document in documents}
    for one, other in links:
        if group[one] is not group[other]:
            group[one] |= group[other]
            for document in group[other]:
                group[document] = group[one]
    seen: set[int] = set()
    for document in documents:
        if document not in seen:
            seen |= group[document]
            yield [one for one in documents if one in group[document]]


def _forget_differences(connection: Connection, group: Sequence[int]) -> None:
    noted = select(FindingRow.document_id, FindingRow.position).where(
        FindingRow.document_id.in_(group), FindingRow.rule == RULE
    )
    for document, position in connection.execute(noted).all():
        where = (EvidenceRow.owner == "findings", EvidenceRow.owner_position == position)
        connection.execute(delete(EvidenceRow).where(EvidenceRow.document_id == document, *where))
    connection.execute(delete(FindingRow).where(FindingRow.document_id.in_(group), FindingRow.rule == RULE))


def _note_differences(connection: Connection, group: Sequence[int]) -> None:
    """Findings of every other rendition against the one that speaks, after the document's own findings."""
    stored = {one.sha256: one.report for one in stored_reports(connection, group)}
    heads = select(DocumentRow.id, DocumentRow.sha256).where(DocumentRow.id.in_(group))
    reports = {row.id: stored[row.sha256] for row in connection.execute(heads)}
    for document in group[1:]:
        rows = ReportRows(document, {}, {})
        next_finding, next_evidence = (_end(connection, table, document) for table in (FindingRow, EvidenceRow))
        for number, finding in enumerate(differences(reports[group[0]], reports[document])):
            rows.finding(finding, next_finding + number, len(reports[document].assessments))
        for model, first in ((FindingRow, next_finding), (EvidenceRow, next_evidence)):
            added = rows.tables.get(model, [])
            insert_rows(connection, model, [{**row, "position": row["position"] + first} for row in added])


def _end(connection: Connection, table: type[FindingRow] | type[EvidenceRow], document: int) -> int:
    last = select(func.max(table.position)).where(table.document_id == document)
    found: int | None = connection.execute(last).scalar_one()
    return 0 if found is None else found + 1


def differences(best: Report, other: Report) -> Iterator[Finding]:
    """What the numbers of a rendition say otherwise than those of the best one, with the place in `other`.

    They are known to be of one report: a unit, time or basis that only one of them gives is that of both.
    """
    for position, assessment in enumerate(other.assessments):
        true = _counterpart(best, assessment)
        if true is not None:
            basis = assessment.basis or true.basis
            same = replace(assessment, unit=true.unit, year=true.year, period=true.period, basis=basis)
            for finding in compare_renditions(same, replace(true, basis=true.basis or basis)):
                # evidence is a place in the document that the finding stands with
                yield replace(finding, assessment=position, evidence=finding.evidence[:1])


def _counterpart(report: Report, assessment: Assessment) -> Assessment | None:
    if len(report.assessments) == 1:
        return report.assessments[0]
    same = [
        one
        for one in report.assessments
        if one.unit == assessment.unit and one.year == assessment.year and one.period == assessment.period
    ]
    return same[0] if len(same) == 1 else None
