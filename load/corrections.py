"""Corrections of people: kept beside the documents, put into each new reading of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select, update

from extract.document import Document, Page
from load.correcting import (
    Correction,
    Site,
    can_hold,
    canonical,
    corrected,
    number_of,
    sites_for,
)
from load.models import DocumentRow, EvidenceRow, PageRow
from load.models_corrections import CorrectionRow
from load.reading import StoredReport
from load.rows import TOTAL_FIELDS
from normalize.errors import UsageError
from normalize.records import SCORE_FIELDS, Deduction, Report, Result, Unit

__all__ = ["Correction", "corrections", "decide", "put_in", "stored_document"]


def corrections(connection: Connection, sha256: str | None = None) -> tuple[Correction, ...]:
    """All decisions in the order they were made, or those on one document."""
    query = select(*CorrectionRow.__table__.c).order_by(CorrectionRow.id)
    if sha256 is not None:
        query = query.where(CorrectionRow.sha256 == sha256)
    return tuple(_correction(row) for row in connection.execute(query))


def newest(made: Iterable[Correction]) -> tuple[Correction, ...]:
    """Of several decisions on one place the last, in the order in which places were first decided on."""
    return tuple({one.place: one for one in made}.values())


def put_in(connection: Connection, sha256: str, report: Report, as_read: Report) -> Report:
    """The report with the corrections that people made to it; which of them found their place is noted."""
    kept = newest(corrections(connection, sha256))
    if not kept:
        return report
    report, done = corrected(report, as_read, kept)
    for before, after in zip(kept, done, strict=True):
        if after != before:
            changes = {"as_read": after.as_read, "as_audited": after.as_audited, "placed": after.placed}
            connection.execute(update(CorrectionRow).where(CorrectionRow.id == after.id).values(changes))
    return report


def decide(
    connection: Connection,
    stored: StoredReport,
    code: str,
    field: str,
    value: str,
    who: str,
    why: str,
    when: datetime,
    unit: str | None = None,
    year: int | None = None,
) -> None:
    """Keep a decision. Raises UsageError "correct-place", "correct-several", "correct-field", "correct-value"."""
    text = canonical(field, value)
    site = _site(stored.report, unit, year, code, field)
    assessment = stored.report.assessments[site.assessment]
    made = Correction(
        stored.sha256, assessment.unit, assessment.year, assessment.period, code,
        number_of(stored.report, site, code), field, text, who, why, when,
    )  # fmt: skip
    before = [one for one in corrections(connection, stored.sha256) if one.place == made.place]
    as_read, as_audited = (before[-1].as_read, before[-1].as_audited) if before else (None, None)
    key = {"unit": made.unit.name, "level": made.unit.level, "province": made.unit.province}
    row = {
        **{name: text or "" for name, text in {**key, "district": made.unit.district}.items()},
        **{name: getattr(made, name) for name in ("sha256", "year", "period", "code", "number", "field", "value")},
        "as_read": as_read,
        "as_audited": as_audited,
        "placed": True,
        "who": who,
        "why": why,
        "decided_at": when,
    }
    connection.execute(insert(CorrectionRow), row)


def _site(report: Report, unit: str | None, year: int | None, code: str, field: str) -> Site:
    said = ", ".join(str(part) for part in (unit, year, code or "total") if part)
    try:
        sites = sites_for(report, unit, year, code)
    except ValueError as error:
        raise UsageError("correct-place", said) from error
    if not sites:
        raise UsageError("correct-place", said)
    if len(sites) > 1:
        places = (report.assessments[site.assessment] for site in sites)
        names = dict.fromkeys(f"{one.unit.name or '?'} {one.year or '?'}" for one in places)
        raise UsageError("correct-several", ", ".join(names))
    if not can_hold(report, sites[0], field):
        raise UsageError("correct-field", field)
    return sites[0]


def stored_document(connection: Connection, document_id: int) -> tuple[Document, int | None]:
    """A document as far as it is stored (its pages without their texts), and the run that read it."""
    row = connection.execute(select(*DocumentRow.__table__.c).where(DocumentRow.id == document_id)).one()
    query = select(*PageRow.__table__.c).where(PageRow.document_id == document_id).order_by(PageRow.position)
    pages = tuple(
        Page(page.page, (), page.width, page.height, method=page.method, why=page.why)
        for page in connection.execute(query)
    )
    return Document(row.file, row.sha256, row.media, pages, row.warnings), row.run_id


def as_it_was_read(connection: Connection, document_id: int, report: Report) -> Report:
    """A stored report with the numbers that stood there before the audit."""
    query = select(*EvidenceRow.__table__.c).where(
        EvidenceRow.document_id == document_id, EvidenceRow.value_read.is_not(None)
    )
    read = {(row.owner, row.owner_position, row.field): row.value_read for row in connection.execute(query)}

    def values(owner: str, position: int, of: Any, names: Sequence[str]) -> dict[str, Any]:
        before = {name: getattr(of, name) for name in names}
        return {
            name: replace(value, value=read.get((owner, position, name), value.value))
            for name, value in before.items()
            if value is not None and isinstance(value.value, Decimal)
        }

    assessments, at, items = [], 0, 0
    for index, assessment in enumerate(report.assessments):
        results: list[Result] = []
        for result in assessment.results:
            deductions: list[Deduction] = []
            for item in result.deductions:
                deductions.append(replace(item, **values("deductions", items, item, ("amount",))))
                items += 1
            own = values("results", at, result, SCORE_FIELDS)
            results.append(replace(result, deductions=tuple(deductions), **own))
            at += 1
        totals = replace(assessment.totals, **values("assessments", index, assessment.totals, TOTAL_FIELDS))
        assessments.append(replace(assessment, totals=totals, results=tuple(results)))
    return replace(report, assessments=tuple(assessments))


def _correction(row: Any) -> Correction:
    unit = Unit(row.unit or None, row.level or None, row.province or None, row.district or None)
    return Correction(
        row.sha256, unit, row.year, row.period, row.code, row.number, row.field, row.value, row.who, row.why,
        row.decided_at, row.as_read, row.as_audited, row.placed, row.id,
    )  # fmt: skip
