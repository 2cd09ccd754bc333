"""A report as rows: numbers them in printed order and keeps beside every value what was printed and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from extract.document import Document, Page
from load.columns import code_key, storable
from load.models import (
    AssessmentRow,
    Base,
    CriterionRow,
    DeductionRow,
    EvidenceRow,
    FindingRow,
    NormalisationRow,
    PageRow,
    RefusalRow,
    ResponsibilityRow,
    ResultRow,
    ScorecardRow,
)
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
from normalize.value import Printed, Value

Row = dict[str, Any]
UnitKey = tuple[str, str, str, str]

HEADING_FIELDS = tuple(part.name for part in fields(Heading))
TOTAL_FIELDS = tuple(part.name for part in fields(Totals))
RESULT_FIELDS = ("code", "name", "max_score", "self_score", "score", "deducted", "remedy", "deadline")


def unit_key(unit: Unit) -> UnitKey:
    """The key of a unit in the store, where what is absent is ""."""
    name, level, province, district = unit.name or "", unit.level or "", unit.province or "", unit.district or ""
    return storable(name), level, storable(province), storable(district)


def units_of(report: Report) -> set[UnitKey]:
    return {unit_key(assessment.unit) for assessment in report.assessments}


def agencies_of(report: Report) -> set[str]:
    """The names of all agencies a report holds to account."""
    return {
        storable(agency.name)
        for assessment in report.assessments
        for result in assessment.results
        for agencies in (result.agencies, *(deduction.agencies for deduction in result.deductions))
        for agency in agencies
    }


@dataclass(slots=True)
class ReportRows:
    """The rows of one document, table by table, as they are numbered.

    `as_read` is the report before the audit repaired it: the numbers that stood there then are kept beside those that
    the audit put there. It must have the same assessments, results and deductions in the same order.
    """

    document_id: int
    units: Mapping[UnitKey, int]
    agencies: Mapping[str, int]
    tables: dict[type[Base], list[Row]] = field(default_factory=dict)

    def add(self, table: type[Base], **values: Any) -> int:
        """A row at the end of its table; its position in the document."""
        rows = self.tables.setdefault(table, [])
        rows.append({"document_id": self.document_id, "position": len(rows), **values})
        return len(rows) - 1

    def evidence(
        self,
        owner: type[Base] | str,
        position: int,
        name: str,
        value: Value[Any] | None,
        read: Value[Any] | None = None,
    ) -> None:
        """Where a value came from, and the steps that made it; nothing for a value that is absent."""
        if value is None:
            return
        number = value.value if isinstance(value.value, Decimal) else None
        before = read.value if read is not None and isinstance(read.value, Decimal) else number
        evidence = self.printed(owner, position, name, value.printed, value.pattern, before, number)
        for step in value.steps:
            rule = step.partition(":")[0].strip()
            self.add(NormalisationRow, evidence=evidence, rule=rule, step=step)

    def printed(
        self,
        owner: type[Base] | str,
        position: int,
        name: str,
        printed: Printed,
        pattern: str | None = None,
        value_read: Decimal | None = None,
        value_audited: Decimal | None = None,
    ) -> int:
        box = printed.place.box
        return self.add(
            EvidenceRow,
            owner=owner if isinstance(owner, str) else owner.__tablename__,
            owner_position=position,
            field=name,
            page=printed.place.page,
            x0=box.x0 if box else None,
            top=box.top if box else None,
            x1=box.x1 if box else None,
            bottom=box.bottom if box else None,
            printed=printed.text,
            pattern=pattern,
            confidence=printed.confidence,
            alternatives=[[storable(other.text), other.confidence] for other in printed.alternatives] or None,
            value_read=value_read,
            value_audited=value_audited,
        )

    def finding(self, finding: Finding, position: int, assessments: int) -> None:
        """A finding that stands at this position of its document, which has so many assessments."""
        self.add(
            FindingRow,
            assessment=finding.assessment if finding.assessment < assessments else None,
            rule=finding.rule,
            severity=finding.severity,
            blame=finding.blame,
            code=str(finding.code) if finding.code else None,
            expected=finding.expected,
            found=finding.found,
            also=getattr(finding, "also", ()) or None,
        )
        for printed in finding.evidence:
            self.printed(FindingRow, position, "evidence", printed)


def rows_of(
    document: Document,
    report: Report,
    findings: Iterable[Finding],
    as_read: Report,
    document_id: int,
    units: Mapping[UnitKey, int],
    agencies: Mapping[str, int],
) -> dict[type[Base], list[Row]]:
    """All rows of a document but its own, table by table, in printed order.

    `as_read` is the report before the audit repaired it; a number that stands at the same place in both keeps both
    its values.
    """
    rows = ReportRows(document_id, units, agencies)
    for page in document.pages:
        _page(rows, page)
    for name in HEADING_FIELDS:
        rows.evidence("documents", 0, name, getattr(report.heading, name))
    for index, assessment in enumerate(report.assessments):
        _assessment(rows, assessment, _same(as_read.assessments, report.assessments, index))
    for number, finding in enumerate(findings):
        rows.finding(finding, number, len(report.assessments))
    for refusal in report.refusals:
        position = rows.add(RefusalRow, kind=refusal.kind, why=refusal.why)
        rows.printed(RefusalRow, position, "refused", refusal.printed)
    if report.scorecard:
        _scorecard(rows, report)
    return rows.tables


def _page(rows: ReportRows, page: Page) -> None:
    rows.add(PageRow, page=page.number, width=page.width, height=page.height, method=page.method, why=page.why)


def _assessment(rows: ReportRows, assessment: Assessment, read: Assessment | None) -> None:
    totals = assessment.totals
    position = rows.add(
        AssessmentRow,
        unit_id=rows.units[unit_key(assessment.unit)],
        year=assessment.year,
        period=assessment.period,
        basis=assessment.basis,
        doubts=assessment.doubts,
        **{name: plain(getattr(totals, name)) for name in TOTAL_FIELDS},
    )
    for name in TOTAL_FIELDS:
        before = getattr(read.totals, name) if read else None
        rows.evidence(AssessmentRow, position, name, getattr(totals, name), before)
    for index, result in enumerate(assessment.results):
        _result(rows, result, position, _same(read.results, assessment.results, index) if read else None)


def _result(rows: ReportRows, result: Result, assessment: int, read: Result | None) -> None:
    position = rows.add(
        ResultRow,
        assessment=assessment,
        code=str(result.code.value),
        code_key=code_key(result.code.value),
        domain=str(result.domain) if result.domain else None,
        **{name: plain(getattr(result, name)) for name in RESULT_FIELDS if name != "code"},
        deducted_stated=result.deducted_stated,
        survey=result.survey,
        status=result.status,
        repaired=result.repaired,
        doubts=result.doubts,
    )
    for name in RESULT_FIELDS:
        rows.evidence(ResultRow, position, name, getattr(result, name), getattr(read, name) if read else None)
    for agency in result.agencies:
        _responsibility(rows, agency, position, None)
    for index, deduction in enumerate(result.deductions):
        _deduction(rows, deduction, position, _same(read.deductions, result.deductions, index) if read else None)


def _deduction(rows: ReportRows, deduction: Deduction, result: int, read: Deduction | None) -> None:
    position = rows.add(DeductionRow, result=result, amount=deduction.amount.value, reason=plain(deduction.reason))
    rows.evidence(DeductionRow, position, "amount", deduction.amount, read.amount if read else None)
    rows.evidence(DeductionRow, position, "reason", deduction.reason)
    for agency in deduction.agencies:
        _responsibility(rows, agency, result, position)


def _responsibility(rows: ReportRows, agency: Responsibility, result: int, deduction: int | None) -> None:
    key = rows.agencies[storable(agency.name)]
    position = rows.add(ResponsibilityRow, result=result, deduction=deduction, agency_id=key, role=agency.role)
    rows.printed(ResponsibilityRow, position, "agency", agency.printed)


def _scorecard(rows: ReportRows, report: Report) -> None:
    # A decision that sets a scorecard scores nobody: its head says whose scorecard it is.
    known = report.validity or Validity(None, None, None)
    row = {"province": known.province, "level": known.level, "year": known.year}
    rows.tables[ScorecardRow] = [{"document_id": rows.document_id, **row}]
    for criterion in report.scorecard:
        _criterion(rows, criterion)


def _criterion(rows: ReportRows, criterion: Criterion) -> None:
    code, name, maximum = criterion.code, criterion.name, criterion.max_score
    position = rows.add(
        CriterionRow,
        code=str(code.value),
        code_key=code_key(code.value),
        name=plain(name),
        max_score=plain(maximum),
    )
    named: tuple[tuple[str, Value[Any] | None], ...] = (("code", code), ("name", name), ("max_score", maximum))
    for key, value in named:
        rows.evidence(CriterionRow, position, key, value)


def plain(value: Value[Any] | None) -> Any:
    """The value without its derivation, which stands in the evidence."""
    return None if value is None else value.value


def _same(before: tuple[Any, ...], after: tuple[Any, ...], index: int) -> Any:
    """What stood at this place before the audit; None where rows were added or taken away, so that none is mistaken."""
    return before[index] if len(before) == len(after) else None
