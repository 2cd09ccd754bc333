"""Units of one scorecard held against it and against each other, when a run is through.

What comes out follows from the documents that are there, not from the order in which they came: a group is settled
anew as a whole, in one transaction, whenever one of its documents was stored. Each group is read once a run, so that a
run stays linear in its documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, select, update

from audit.renditions import compare_renditions
from audit.scorecards import Group, Scorecard, check_scorecard, group_of, infer_scorecard, scorecard_for
from load.bulk import insert_rows
from load.connect import writing
from load.models import AssessmentRow, DocumentRow, EvidenceRow, FindingRow, NormalisationRow, ResultRow, UnitRow
from load.models_beside import RenditionRow
from load.reading import BATCH, stored_reports
from load.rows import ReportRows
from load.scorecards import (
    UNITS,
    decided,
    keep_consensus,
    keep_national,
    settled,
    unit_of,
    unsettled,
)
from load.writing import one_writer
from normalize.codes import Code
from normalize.records import Assessment, Finding, Report, Result, Totals
from normalize.value import Printed, Value

RULES = ("scorecard-maximum", "scorecard-name", "differs-from-appraised")
_MOST_DIFFERING = 0.2
FROM_SCORECARD = "scorecard"


@dataclass(frozen=True, slots=True)
class Member:
    """An assessment of a group: its document, its position there, whether its document speaks for its report."""

    document: int
    sha256: str
    position: int
    speaks: bool
    assessment: Assessment
    rows: tuple[int, ...]


def settle(engine: Engine) -> int:
    """Settle every group that is noted; returns how many. A process that dies leaves whole groups behind."""
    with writing(engine) as connection:
        one_writer(connection)
        keep_national(connection)
        waiting = unsettled(connection)
    for group in waiting:
        with writing(engine) as connection:
            one_writer(connection)
            _settle(connection, group)
            settled(connection, group)
    return len(waiting)


def _settle(connection: Connection, group: Group) -> None:
    members = _members(connection, group)
    for at in range(0, len(members), BATCH):
        _forget(connection, members[at : at + BATCH])
    consensus = infer_scorecard([one.assessment for one in members if one.speaks])
    keep_consensus(connection, group, consensus)
    cards = (*decided(connection, group), *([consensus] if consensus is not None else []))
    appraised = _appraised(members)
    printed: dict[int, Report] = {}
    for member in members:
        card = scorecard_for(member.assessment, cards)
        other = appraised.get(_subject(member.assessment)) if member.assessment.basis == "self" else None
        against = other.assessment if other is not None and other.document != member.document else None
        found = _found(member.assessment, member.position, card, against)
        if found:
            if member.document not in printed:
                printed = {member.document: next(stored_reports(connection, [member.document])).report}
            _note_findings(connection, member, printed[member.document], card, against)
        if card is not None:
            _note_names(connection, member, card)


def _found(assessment: Assessment, number: int, card: Scorecard | None, other: Assessment | None) -> list[Finding]:
    """What a scorecard and the appraised report of the same unit say otherwise."""
    found = list(check_scorecard(assessment, card, number)) if card is not None else []
    told = {finding.code for finding in found if finding.rule == "scorecard-maximum"}
    differing = compare_renditions(_sure(assessment), _sure(other)) if other is not None else ()
    # so much that differs is another scorecard or another draft, not a slip
    few = other is not None and len(differing) <= _MOST_DIFFERING * _shared(assessment, other)
    for finding in differing if few else ():
        if finding.code not in told:
            place = finding.evidence[:1]  # the one in this document
            found.append(replace(finding, rule=RULES[2], severity="warning", assessment=number, evidence=place))
    return found


def _shared(one: Assessment, other: Assessment) -> int:
    """How many criteria both list."""
    return len({row.code.value for row in one.results} & {row.code.value for row in other.results})


def _sure(assessment: Assessment) -> Assessment:
    """Without the results that a person has yet to look at."""
    return replace(assessment, results=tuple(one for one in assessment.results if one.status != "review"))


def _subject(assessment: Assessment) -> tuple[Any, ...]:
    return assessment.unit, assessment.year, assessment.period


def _appraised(members: Sequence[Member]) -> dict[tuple[Any, ...], Member]:
    """The appraised assessment of each unit and period; of several the one with the most results."""
    found: dict[tuple[Any, ...], Member] = {}
    for member in sorted(members, key=lambda one: (-len(one.assessment.results), one.sha256, one.position)):
        if member.speaks and member.assessment.basis == "appraised" and member.assessment.unit.name:
            found.setdefault(_subject(member.assessment), member)
    return found


def _members(connection: Connection, group: Group) -> list[Member]:
    """The assessments of a group with their numbers and names, without where these stand in print."""
    speaker = select(RenditionRow.speaker_id).where(RenditionRow.member_id == DocumentRow.id).scalar_subquery()
    query = (
        select(*AssessmentRow.__table__.c, *UNITS, DocumentRow.sha256, speaker.label("speaker"))
        .join(UnitRow, UnitRow.id == AssessmentRow.unit_id)
        .join(DocumentRow, DocumentRow.id == AssessmentRow.document_id)
        .where(UnitRow.level == group.level, AssessmentRow.year == group.year)
        .order_by(DocumentRow.sha256, AssessmentRow.position)
    )
    if group.province is not None:
        query = query.where(UnitRow.province == group.province)
    heads = [row for row in connection.execute(query) if group_of(unit_of(row), row.year) == group]
    results: dict[tuple[int, int], list[Any]] = defaultdict(list)
    documents = list(dict.fromkeys(row.document_id for row in heads))
    for at in range(0, len(documents), BATCH):
        own = select(*ResultRow.__table__.c).where(ResultRow.document_id.in_(documents[at : at + BATCH]))
        for row in connection.execute(own.order_by(ResultRow.document_id, ResultRow.position)):
            results[row.document_id, row.assessment].append(row)
    named = _names_given(connection, documents)
    return [_member(head, results[head.document_id, head.position], named) for head in heads]


def _names_given(connection: Connection, documents: Sequence[int]) -> set[tuple[int, int]]:
    """The results whose name was taken from a scorecard before."""
    found: set[tuple[int, int]] = set()
    for at in range(0, len(documents), BATCH):
        own = select(EvidenceRow.document_id, EvidenceRow.owner_position).where(
            EvidenceRow.document_id.in_(documents[at : at + BATCH]), *_GIVEN
        )
        found.update((row.document_id, row.owner_position) for row in connection.execute(own))
    return found


_GIVEN = (EvidenceRow.owner == "results", EvidenceRow.field == "name", EvidenceRow.pattern == FROM_SCORECARD)


def _member(head: Any, rows: Sequence[Any], named: set[tuple[int, int]]) -> Member:
    results = tuple(_result(row, (head.document_id, row.position) in named) for row in rows)
    totals = Totals(max_score=_number(head.max_score), score=_number(head.score))
    assessment = Assessment(unit_of(head), head.year, head.period, head.basis, totals, results, head.doubts)
    speaks = head.speaker is None or head.speaker == head.document_id
    return Member(head.document_id, head.sha256, head.position, speaks, assessment, tuple(row.position for row in rows))


def _result(row: Any, name_given: bool) -> Result:
    return Result(
        Value(Code.of(row.code), Printed(row.code), ""),
        Value(row.name, Printed(row.name), "") if row.name is not None and not name_given else None,
        max_score=_number(row.max_score),
        self_score=_number(row.self_score),
        score=_number(row.score),
        deducted=_number(row.deducted),
        deducted_stated=row.deducted_stated,
        doubts=row.doubts,
        repaired=row.repaired,
    )


def _number(value: Decimal | None) -> Value[Decimal] | None:
    return None if value is None else Value(value, Printed(""), "")


def _forget(connection: Connection, members: Sequence[Member]) -> None:
    """Take back what an earlier settling noted for these assessments."""
    documents = sorted({member.document for member in members})
    own = {(member.document, member.position) for member in members}
    noted = select(FindingRow.document_id, FindingRow.position, FindingRow.assessment).where(
        FindingRow.document_id.in_(documents), FindingRow.rule.in_(RULES)
    )
    for row in connection.execute(noted).all():
        if (row.document_id, row.assessment) in own:
            here = (EvidenceRow.document_id == row.document_id, EvidenceRow.owner_position == row.position)
            connection.execute(delete(EvidenceRow).where(*here, EvidenceRow.owner == "findings"))
            here_too = (FindingRow.document_id == row.document_id, FindingRow.position == row.position)
            connection.execute(delete(FindingRow).where(*here_too))
    rows = {(member.document, position) for member in members for position in member.rows}
    given = select(EvidenceRow.document_id, EvidenceRow.position, EvidenceRow.owner_position)
    for row in connection.execute(given.where(EvidenceRow.document_id.in_(documents), *_GIVEN)).all():
        if (row.document_id, row.owner_position) in rows:
            step = (NormalisationRow.document_id == row.document_id, NormalisationRow.evidence == row.position)
            connection.execute(delete(NormalisationRow).where(*step))
            here = (EvidenceRow.document_id == row.document_id, EvidenceRow.position == row.position)
            connection.execute(delete(EvidenceRow).where(*here))
            result = (ResultRow.document_id == row.document_id, ResultRow.position == row.owner_position)
            connection.execute(update(ResultRow).where(*result).values(name=None))


def _note_findings(
    connection: Connection, member: Member, stored: Report, card: Scorecard | None, other: Assessment | None
) -> None:
    """The findings again, now of the report as it stands in the store, so that each has its place in print."""
    rows = ReportRows(member.document, {}, {})
    first = {table: _end(connection, table, member.document) for table in (FindingRow, EvidenceRow)}
    own = stored.assessments[member.position]
    for number, finding in enumerate(_found(own, member.position, card, other)):
        rows.finding(finding, first[FindingRow] + number, len(stored.assessments))
    for table, start in first.items():
        added = rows.tables.get(table, [])
        insert_rows(connection, table, [{**row, "position": row["position"] + start} for row in added])


def _note_names(connection: Connection, member: Member, card: Scorecard) -> None:
    """Names from the scorecard where the report gives none, marked so."""
    given: list[tuple[int, str, str]] = []
    for position, result in zip(member.rows, member.assessment.results, strict=True):
        name = card.name_for(result)
        if name is not None:
            given.append((position, name, card.step(result.code.value)))
    if not given:
        return
    rows = ReportRows(member.document, {}, {})
    for position, name, step in given:
        here = (ResultRow.document_id == member.document, ResultRow.position == position)
        connection.execute(update(ResultRow).where(*here).values(name=name))
        rows.evidence(ResultRow, position, "name", Value(name, Printed(""), FROM_SCORECARD, (step,)))
    evidence = _end(connection, EvidenceRow, member.document)
    steps = _end(connection, NormalisationRow, member.document)
    added = [{**row, "position": row["position"] + evidence} for row in rows.tables[EvidenceRow]]
    insert_rows(connection, EvidenceRow, added)
    told = [
        {**row, "position": row["position"] + steps, "evidence": row["evidence"] + evidence}
        for row in rows.tables[NormalisationRow]
    ]
    insert_rows(connection, NormalisationRow, told)


def _end(connection: Connection, table: Any, document: int) -> int:
    last = select(func.max(table.position)).where(table.document_id == document)
    found: int | None = connection.execute(last).scalar_one()
    return 0 if found is None else found + 1


def without_settling(report: Report) -> Report:
    """A stored report as its document alone gave it."""
    return replace(
        report,
        assessments=tuple(replace(one, results=tuple(map(_own_name, one.results))) for one in report.assessments),
        findings=tuple(finding for finding in report.findings if finding.rule not in RULES),
    )


def _own_name(result: Result) -> Result:
    given = result.name is not None and result.name.pattern == FROM_SCORECARD
    return replace(result, name=None) if given else result
