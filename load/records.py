"""What was read from a document in the form of `records.schema.json`, the public interface of the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from importlib.resources import files
from typing import Any, Literal

from audit.messages import message
from load.columns import plain_decimal
from load.correcting import Correction
from load.reading import StoredReport
from load.rows import HEADING_FIELDS, RESULT_FIELDS, TOTAL_FIELDS
from load.store import Store
from normalize.records import Assessment, Deduction, Finding, Responsibility, Result, Unit
from normalize.value import Printed, Value

VERSION = 1
Language = Literal["vi", "en"]
Message = Callable[[Finding, Language], str]
Record = dict[str, Any]

# Points and shares finer than this come from the arithmetic of rendering, not from the page.
BOX_DIGITS = 2
CONFIDENCE_DIGITS = 4


def worded(finding: Finding, lang: Language) -> str:
    """The sentence of the audit's catalogue; the bare facts for a rule that this version does not know (any more)."""
    try:
        return message(finding, lang)
    except KeyError:
        return f"{finding.rule}: expected {finding.expected}, found {finding.found}"


def schema_text() -> str:
    """The JSON schema of a record."""
    return files("load").joinpath("records.schema.json").read_text(encoding="utf-8")


def records(store: Store, lang: Language = "vi", words: Message = worded) -> Iterator[Record]:
    """One record a document, by file name and content, results in printed order; a few documents are in memory.

    `words` writes the sentence of a finding in the language.
    """
    made: dict[str, list[Correction]] = {}
    for correction in store.corrections():
        made.setdefault(correction.sha256, []).append(correction)
    for stored in store.reports():
        yield record(stored, lang, words, made.get(stored.sha256, ()))


def record(
    stored: StoredReport, lang: Language = "vi", words: Message = worded, made: Sequence[Correction] = ()
) -> Record:
    """The record of one document; with `corrections` where people made some."""
    heading = stored.report.heading
    return {
        "version": VERSION,
        "source": {
            "file": stored.file,
            "sha256": stored.sha256,
            "media": stored.media,
            "method": stored.method,
            "pages": stored.pages,
        },
        "document": {name: _text(getattr(heading, name)) for name in HEADING_FIELDS if name != "parent"},
        "assessments": [_assessment(assessment) for assessment in stored.report.assessments],
        "findings": [_finding(finding, words(finding, lang)) for finding in stored.report.findings],
        **({"corrections": [_correction(one) for one in made]} if made else {}),
    }


def _assessment(assessment: Assessment) -> Record:
    totals = assessment.totals
    numbers = {name: _number(getattr(totals, name)) for name in TOTAL_FIELDS if name != "rank"}
    return {
        "unit": _unit(assessment.unit),
        "year": assessment.year,
        "period": assessment.period,
        "basis": assessment.basis,
        "totals": {**numbers, "rank": _text(totals.rank)},
        "results": [_result(result) for result in assessment.results],
    }


def _unit(unit: Unit) -> Record:
    return {"name": unit.name, "level": unit.level, "province": unit.province, "district": unit.district}


def _correction(made: Correction) -> Record:
    """A correction with what stood in its place; the code "total" is that of the totals."""
    return {
        "unit": _unit(made.unit),
        "year": made.year,
        "period": made.period,
        "code": made.code or "total",
        "field": made.field,
        "value": made.value or None,
        "as_read": made.as_read,
        "as_audited": made.as_audited,
        "placed": made.placed,
        "by": made.who,
        "why": made.why,
        "at": made.decided_at.isoformat(),
    }


def _result(result: Result) -> Record:
    confidence = result.confidence
    return {
        "code": str(result.code.value),
        "name": _text(result.name),
        "max_score": _number(result.max_score),
        "self_score": _number(result.self_score),
        "score": _number(result.score),
        "deducted": _number(result.deducted),
        "deducted_stated": result.deducted_stated,
        "survey": result.survey,
        "deductions": [_deduction(deduction) for deduction in result.deductions],
        "agencies": [_agency(agency) for agency in result.agencies],
        "remedy": _text(result.remedy),
        "deadline": _text(result.deadline),
        "status": result.status,
        "confidence": None if confidence is None else round(confidence, CONFIDENCE_DIGITS),
        "evidence": dict(_evidence_of(result)),
    }


def _deduction(deduction: Deduction) -> Record:
    return {
        "amount": _number(deduction.amount),
        "reason": _text(deduction.reason),
        "agencies": [_agency(agency) for agency in deduction.agencies],
    }


def _agency(agency: Responsibility) -> Record:
    return {"name": agency.name, "role": agency.role, "as_written": agency.printed.text}


def _finding(finding: Finding, message: str) -> Record:
    return {
        "rule": finding.rule,
        "code": str(finding.code) if finding.code else None,
        "severity": finding.severity,
        "blame": finding.blame,
        "expected": finding.expected,
        "found": finding.found,
        "message": message,
        "evidence": [_printed(printed) for printed in finding.evidence],
    }


def _evidence_of(result: Result) -> Iterator[tuple[str, Record]]:
    """What was printed, by field. The second deduction has `amount.2` and `reason.2`, and so on.

    A deduction that no one printed has no evidence: it was computed.
    """
    for name in RESULT_FIELDS:
        value = getattr(result, name)
        if value is not None and (name != "deducted" or result.deducted_stated):
            yield name, _printed(value.printed)
    for number, deduction in enumerate(result.deductions, start=1):
        suffix = "" if number == 1 else f".{number}"
        yield f"amount{suffix}", _printed(deduction.amount.printed)
        if deduction.reason is not None:
            yield f"reason{suffix}", _printed(deduction.reason.printed)


def _printed(printed: Printed) -> Record:
    box = printed.place.box
    return {
        "page": printed.place.page,
        "box": [round(side, BOX_DIGITS) for side in (box.x0, box.top, box.x1, box.bottom)] if box else None,
        "text": printed.text,
    }


def _number(value: Value[Decimal] | None) -> str | None:
    return None if value is None else plain_decimal(value.value)


def _text(value: Value[str] | None) -> str | None:
    return None if value is None else value.value
