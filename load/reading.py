"""Rows back into reports: what was stored comes out as the same values with the same derivations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Row, select

from load.agency_merges import merged_names
from load.models import (
    AgencyRow,
    AssessmentRow,
    Base,
    CriterionRow,
    DeductionRow,
    DocumentRow,
    EvidenceRow,
    FindingRow,
    NormalisationRow,
    RefusalRow,
    ResponsibilityRow,
    ResultRow,
    ScorecardRow,
    UnitRow,
)
from load.rows import HEADING_FIELDS, RESULT_FIELDS, TOTAL_FIELDS
from normalize.codes import Code
from normalize.place import Box, Place
from normalize.records import (
    Assessment,
    Deduction,
    Finding,
    Heading,
    Report,
    Responsibility,
    Result,
    Totals,
    Unit,
    Validity,
)
from normalize.records import (
    ScorecardRow as Criterion,
)
from normalize.value import Printed, Reading, Refusal, Value

T = TypeVar("T")
# Documents whose rows are in memory at once; a batch costs one query a table.
BATCH = 50
# Findings that rest on other documents, in the order in which they follow those of the document itself.
BESIDE = ("differs-between-renditions", "scorecard-maximum", "scorecard-name", "differs-from-appraised")


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A document of the store with what was read from it; the findings are in `report.findings`."""

    file: str
    sha256: str
    media: str
    method: str
    pages: int | None
    report: Report


@dataclass(slots=True)
class DocumentRows:
    """The rows of one document by table and by the row they belong to, each list in printed order."""

    assessments: list[Row[Any]] = field(default_factory=list)
    results: dict[int, list[Row[Any]]] = field(default_factory=lambda: defaultdict(list))
    deductions: dict[int, list[Row[Any]]] = field(default_factory=lambda: defaultdict(list))
    agencies: dict[tuple[int, int | None], list[Row[Any]]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Row[Any]] = field(default_factory=list)
    refusals: list[Row[Any]] = field(default_factory=list)
    scorecard: Row[Any] | None = None
    criteria: list[Row[Any]] = field(default_factory=list)
    evidence: dict[tuple[str, int], list[Row[Any]]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    names: Mapping[str, str] = field(default_factory=dict)  # of agencies that people merged

    def value(self, owner: str, position: int, name: str, value: T | None) -> Value[T] | None:
        """The value of a field with its derivation; None where the report has none."""
        if value is None:
            return None
        for row in self.evidence[owner, position]:
            if row.field == name:
                return Value(value, _printed(row), row.pattern, tuple(self.steps[row.position]))
        return Value(value, Printed(""), "")

    def printed(self, owner: str, position: int) -> tuple[Printed, ...]:
        return tuple(_printed(row) for row in self.evidence[owner, position])


def stored_reports(connection: Connection, ids: Sequence[int] | None = None) -> Iterator[StoredReport]:
    """Documents by file name and content, all or those with these ids; memory holds one batch of them."""
    after = ("", "")
    documents = select(*DocumentRow.__table__.c).order_by(DocumentRow.file, DocumentRow.sha256).limit(BATCH)
    if ids is not None:
        documents = documents.where(DocumentRow.id.in_(ids))
    while batch := connection.execute(documents.where(_later(after))).all():
        rows = _rows(connection, [document.id for document in batch])
        for document in batch:
            report = _report(document, rows[document.id])
            yield StoredReport(
                document.file, document.sha256, document.media, document.method, document.page_count, report
            )
        after = (batch[-1].file, batch[-1].sha256)


def _later(after: tuple[str, str]) -> Any:
    file, sha256 = after
    return (DocumentRow.file > file) | ((DocumentRow.file == file) & (DocumentRow.sha256 > sha256))


def _rows(connection: Connection, ids: list[int]) -> dict[int, DocumentRows]:
    found: dict[int, DocumentRows] = {document: DocumentRows() for document in ids}
    for row in _of(connection, AssessmentRow, ids, UnitRow):
        found[row.document_id].assessments.append(row)
    for row in _of(connection, ResultRow, ids):
        found[row.document_id].results[row.assessment].append(row)
    for row in _of(connection, DeductionRow, ids):
        found[row.document_id].deductions[row.result].append(row)
    names = merged_names(connection)
    for row in _of(connection, ResponsibilityRow, ids, AgencyRow):
        found[row.document_id].names = names
        found[row.document_id].agencies[row.result, row.deduction].append(row)
    for row in _of(connection, FindingRow, ids):
        found[row.document_id].findings.append(row)
    for row in _of(connection, RefusalRow, ids):
        found[row.document_id].refusals.append(row)
    for row in connection.execute(select(*ScorecardRow.__table__.c).where(ScorecardRow.document_id.in_(ids))):
        found[row.document_id].scorecard = row
    for row in _of(connection, CriterionRow, ids):
        found[row.document_id].criteria.append(row)
    for row in _of(connection, EvidenceRow, ids):
        found[row.document_id].evidence[row.owner, row.owner_position].append(row)
    for row in _of(connection, NormalisationRow, ids):
        found[row.document_id].steps[row.evidence].append(row.step)
    return found


def _of(connection: Connection, table: type[Base], ids: list[int], shared: type[Base] | None = None) -> Iterator[Any]:
    """The rows of these documents in printed order; columns of a shared table come with its name before them."""
    columns: list[Any] = list(table.__table__.c)
    source: Any = table.__table__
    if shared is not None:
        columns += [column.label(f"{shared.__tablename__}_{column.name}") for column in shared.__table__.c]
        source = source.join(shared.__table__)
    owner = table.__table__.c.document_id
    query = select(*columns).select_from(source).where(owner.in_(ids)).order_by(owner, table.__table__.c.position)
    return iter(connection.execute(query))


def _report(document: Any, rows: DocumentRows) -> Report:
    heading = {name: rows.value("documents", 0, name, getattr(document, name)) for name in HEADING_FIELDS}
    return Report(
        heading=Heading(**heading),
        assessments=tuple(_assessment(row, rows) for row in rows.assessments),
        refusals=tuple(Refusal(rows.printed("refusals", row.position)[0], row.kind, row.why) for row in rows.refusals),
        findings=tuple(_finding(row, rows) for row in sorted(rows.findings, key=_beside)),
        scorecard=tuple(_criterion(row, rows) for row in rows.criteria),
        validity=_validity(rows.scorecard),
    )


def _validity(row: Any) -> Validity | None:
    """Whose scorecard a decision sets; None where the document sets none, or says nothing of it."""
    known = Validity(row.province, row.level, row.year) if row is not None else None
    return None if known == Validity(None, None, None) else known


def _beside(row: Any) -> int:
    """Where a finding stands in the list: what other documents say comes after what the document itself says."""
    return 1 + BESIDE.index(row.rule) if row.rule in BESIDE else 0


def _assessment(row: Any, rows: DocumentRows) -> Assessment:
    totals = {name: rows.value("assessments", row.position, name, getattr(row, name)) for name in TOTAL_FIELDS}
    unit = Unit(row.units_name or None, row.units_level or None, row.units_province or None, row.units_district or None)
    results = tuple(_result(result, rows) for result in rows.results[row.position])
    return Assessment(unit, row.year, row.period, row.basis, Totals(**totals), results, row.doubts)


def _result(row: Any, rows: DocumentRows) -> Result:
    def value(name: str, held: T | None) -> Value[T] | None:
        return rows.value("results", row.position, name, held)

    fields: dict[str, Any] = {name: value(name, getattr(row, name)) for name in RESULT_FIELDS if name != "code"}
    return Result(
        code=cast(Value[Code], value("code", Code.of(row.code))),
        **fields,
        deducted_stated=row.deducted_stated,
        survey=row.survey,
        deductions=tuple(_deduction(deduction, rows) for deduction in rows.deductions[row.position]),
        agencies=_agencies(rows, row.position, None),
        domain=Code.of(row.domain) if row.domain else None,
        doubts=row.doubts,
        repaired=row.repaired,
    )


def _deduction(row: Any, rows: DocumentRows) -> Deduction:
    amount = rows.value("deductions", row.position, "amount", row.amount)
    reason = rows.value("deductions", row.position, "reason", row.reason)
    return Deduction(cast(Value[Decimal], amount), reason, _agencies(rows, row.result, row.position))


def _agencies(rows: DocumentRows, result: int, deduction: int | None) -> tuple[Responsibility, ...]:
    return tuple(
        Responsibility(
            rows.names.get(row.agencies_name, row.agencies_name),
            row.role,
            *rows.printed("responsibilities", row.position),
        )
        for row in rows.agencies[result, deduction]
    )


def _finding(row: Any, rows: DocumentRows) -> Finding:
    return Finding(
        rule=row.rule,
        severity=row.severity,
        blame=row.blame,
        code=Code.of(row.code) if row.code else None,
        expected=row.expected,
        found=row.found,
        evidence=rows.printed("findings", row.position),
        assessment=row.assessment or 0,
        **({"also": row.also} if row.also else {}),
    )


def _criterion(row: Any, rows: DocumentRows) -> Criterion:
    code = rows.value("scorecard_criteria", row.position, "code", Code.of(row.code))
    return Criterion(
        cast(Value[Code], code),
        rows.value("scorecard_criteria", row.position, "name", row.name),
        rows.value("scorecard_criteria", row.position, "max_score", row.max_score),
    )


def _printed(row: Any) -> Printed:
    box = None if row.x0 is None else Box(row.x0, row.top, row.x1, row.bottom)
    readings = tuple(Reading(text, confidence) for text, confidence in row.alternatives or ())
    return Printed(row.printed, Place(row.page, box), row.confidence, readings)
