"""A person's corrections put into a report: each finds its place by unit, time and code; the audit comes afterwards.

What was printed stays with the value, and so do the steps that led to it: the correction is one more of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from audit.check import audited
from audit.mending import recomputed
from audit.readings import is_computed
from load.columns import plain_decimal
from load.rows import TOTAL_FIELDS
from normalize.codes import Code
from normalize.decimals import decimal_of
from normalize.errors import UsageError
from normalize.records import SCORE_FIELDS, Assessment, Report, Result, Unit
from normalize.text import squeeze
from normalize.value import Printed, Value

# The code under which the totals of an assessment are corrected.
TOTALS = ""
# The pattern of a value that a person gave.
CORRECTED = "correction"
# A field of a result that says that a person has looked at it: its doubts fall, what contradicts stays a finding.
STATUS, SEEN = "status", "ok"
TEXTS = ("name", "remedy", "deadline")
ITEMS = ("amount", "reason")
# Doubts that the audit gives anew where they hold.
_OF_THE_AUDIT = ("contradiction-", "unclosed-", "low-confidence-", "code-out-of-order")


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's decision on one field of a document; see `load.models_corrections.CorrectionRow`."""

    sha256: str
    unit: Unit
    year: int | None
    period: str | None
    code: str
    number: int
    field: str
    value: str
    who: str
    why: str
    decided_at: datetime
    as_read: str | None = None
    as_audited: str | None = None
    placed: bool = True
    id: int = 0

    @property
    def place(self) -> tuple[object, ...]:
        return (self.sha256, self.unit, self.year, self.period, self.code, self.number, self.field)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a correction belongs: positions of the assessment and of its result, None for the totals."""

    assessment: int
    result: int | None


def corrected(
    report: Report, as_read: Report, corrections: Sequence[Correction]
) -> tuple[Report, tuple[Correction, ...]]:
    """The report with the corrections in it, audited anew, and the corrections with what stood in their places."""
    done: list[Correction] = []
    for correction in corrections:
        site = _site_of(report, correction)
        if site is None:
            done.append(replace(correction, placed=False))
            continue
        before = _value_at(report, site, correction.field)
        if before is None or before.pattern != CORRECTED:
            as_it_was = _value_at(as_read, site, correction.field) if _alike(report, as_read) else before
            correction = replace(correction, as_read=_said(as_it_was), as_audited=_said(before))
        done.append(replace(correction, placed=True))
        report = _with(report, site, correction, before)
    report = audited(replace(report, assessments=tuple(_without_old_doubts(one) for one in report.assessments)))
    for correction in corrections:
        site = _site_of(report, correction) if correction.field == STATUS else None
        if site is not None:
            report = _with_result(report, site, replace(_result_at(report, site), doubts=()))
    return report, tuple(done)


def canonical(field: str, text: str) -> str:
    """The value of a correction as it is kept: a plain decimal, a text on one line, "" for what is not there.

    Raises UsageError "correct-field" for a field that cannot be corrected, "correct-value" for a value it cannot have.
    """
    name, _, place = field.partition(".")
    if place and (name not in ITEMS or not place.isdecimal() or int(place) < 1):
        raise UsageError("correct-field", field)
    if name == STATUS:
        if text != SEEN:
            raise UsageError("correct-value", f"{field}: {text}")
        return SEEN
    if name in (*TEXTS, "reason", "rank"):
        return squeeze(text)
    if name not in (*SCORE_FIELDS, *TOTAL_FIELDS, "amount"):
        raise UsageError("correct-field", field)
    number = decimal_of(text)
    if number is None and (text.strip() or name == "amount"):
        raise UsageError("correct-value", f"{field}: {text}")
    return "" if number is None else plain_decimal(number)


def sites_for(report: Report, unit: str | None, year: int | None, code: str) -> tuple[Site, ...]:
    """The places in a report that a code means, of one unit and year or of all. ValueError for what is no code."""
    wanted = None if code == TOTALS else Code.of(code)
    found = []
    for index, assessment in enumerate(report.assessments):
        if unit is not None and squeeze(unit).casefold() != (assessment.unit.name or "").casefold():
            continue
        if year is not None and year != assessment.year:
            continue
        if wanted is None:
            found.append(Site(index, None))
        found += [Site(index, at) for at, one in enumerate(assessment.results) if one.code.value == wanted]
    return tuple(found)


def can_hold(report: Report, site: Site, field: str) -> bool:
    """Whether the place has such a field: an item only where the result has it, a status only with a result."""
    if site.result is None:
        return field in TOTAL_FIELDS
    name, number = _item(field)
    if name in ITEMS:
        return number < len(_result_at(report, site).deductions)
    return field in (*SCORE_FIELDS, *TEXTS, STATUS)


def number_of(report: Report, site: Site, code: str) -> int:
    """Which of several places with the same unit, time and code it is."""
    assessment = report.assessments[site.assessment]
    return _same(report, assessment.unit, assessment.year, assessment.period, code).index(site)


def _site_of(report: Report, correction: Correction) -> Site | None:
    same = _same(report, correction.unit, correction.year, correction.period, correction.code)
    if not same and len(report.assessments) == 1:  # the head is read otherwise by now: there is only one unit anyway
        one = report.assessments[0]
        same = _same(report, one.unit, one.year, one.period, correction.code)
    site = same[correction.number] if correction.number < len(same) else None
    return site if site is not None and can_hold(report, site, correction.field) else None


def _same(report: Report, unit: Unit, year: int | None, period: str | None, code: str) -> list[Site]:
    return [
        site
        for site in sites_for(report, None, None, code)
        if (one := report.assessments[site.assessment]).unit == unit and (one.year, one.period) == (year, period)
    ]


def _alike(report: Report, other: Report) -> bool:
    def shape(one: Report) -> list[int]:
        return [len(assessment.results) for assessment in one.assessments]

    return shape(report) == shape(other)


def _result_at(report: Report, site: Site) -> Result:
    assert site.result is not None
    return report.assessments[site.assessment].results[site.result]


def _value_at(report: Report, site: Site, field: str) -> Value[Any] | None:
    if field == STATUS:
        return Value(_result_at(report, site).status, Printed(""), "")
    if site.result is None:
        return getattr(report.assessments[site.assessment].totals, field, None)
    result, (name, number) = _result_at(report, site), _item(field)
    if name in ITEMS:
        return getattr(result.deductions[number], name) if number < len(result.deductions) else None
    return getattr(result, field, None)


def _item(field: str) -> tuple[str, int]:
    """The name and place, from 0, in "amount", "reason.2".

    >>> _item("amount"), _item("reason.2"), _item("max_score")
    (('amount', 0), ('reason', 1), ('max_score', 0))
    """
    name, _, number = field.partition(".")
    return name, int(number) - 1 if number else 0


def _said(value: Value[Any] | None) -> str | None:
    if value is None:
        return None
    return plain_decimal(value.value) if isinstance(value.value, Decimal) else str(value.value)


def _with(report: Report, site: Site, correction: Correction, before: Value[Any] | None) -> Report:
    if correction.field == STATUS or (before is not None and before.pattern == CORRECTED and _is(before, correction)):
        return report
    value = _value(correction, before)
    if site.result is not None:
        assessment = report.assessments[site.assessment]
        return _with_result(report, site, _changed(_result_at(report, site), correction.field, value, assessment))
    assessment = report.assessments[site.assessment]
    totals = replace(assessment.totals, **{correction.field: value})
    return _with_assessment(report, site, replace(assessment, totals=totals))


def _is(value: Value[Any], correction: Correction) -> bool:
    return (_said(value) or "") == correction.value


def _value(correction: Correction, before: Value[Any] | None) -> Value[Any] | None:
    """The value a person gave, with what was printed in its place; the doubts of a recognition do not concern it."""
    if not correction.value:
        return None
    name, _ = _item(correction.field)
    is_text = name in (*TEXTS, "reason", "rank")
    value: Any = correction.value if is_text else Decimal(correction.value)
    printed = replace(before.printed, confidence=None, alternatives=()) if before else Printed("")
    step = f"correction: {_said(before) or '-'} -> {correction.value} ({correction.who})"
    return Value(value, printed, CORRECTED, (*(before.steps if before else ()), step))


def _changed(result: Result, field: str, value: Value[Any] | None, assessment: Assessment) -> Result:
    doubts = tuple(doubt for doubt in result.doubts if not _concerns(doubt, field))
    result = replace(result, doubts=doubts)
    name, number = _item(field)
    change: dict[str, Any] = {name: value}
    if name in ITEMS:
        items = list(result.deductions)
        items[number] = replace(items[number], **change)
        return replace(result, deductions=tuple(items))
    lost = result.deducted
    if lost is not None:  # read from the store, an item that is the whole loss is an object of its own
        whole = [replace(item, amount=lost) if item.amount == lost else item for item in result.deductions]
        result = replace(result, deductions=tuple(whole))
    if field == "deducted":
        amount = value
        items = [
            replace(item, amount=amount) if amount is not None and item.amount is lost else item
            for item in result.deductions
        ]
        return replace(result, deducted=value, deducted_stated=value is not None, deductions=tuple(items))
    changed = replace(result, **change)
    maximum, score = changed.max_score, changed.score
    computes = any(one.deducted is not None and is_computed(one.deducted) for one in assessment.results)
    if lost is None and computes and maximum is not None and score is not None and score.value <= maximum.value:
        changed = replace(changed, deducted=Value(maximum.value - score.value, score.printed, "max-minus-score"))
    return recomputed(changed)


def _concerns(doubt: str, field: str) -> bool:
    """Whether a doubt names this field: "unread-max-score" does "max_score", but not "score".

    >>> _concerns("unread-max-score", "max_score"), _concerns("unread-max-score", "score")
    (True, False)
    >>> _concerns("which-score", "score"), _concerns("two-scores", "score")
    (True, True)
    """
    dashed = field.replace("_", "-")
    longer = [name.replace("_", "-") for name in SCORE_FIELDS if name.endswith(field) and name != field]
    if any(doubt.endswith(name) for name in longer):
        return False
    return doubt.endswith((dashed, f":{field}", f"{dashed}s"))


def _without_old_doubts(assessment: Assessment) -> Assessment:
    results = tuple(
        replace(result, doubts=tuple(doubt for doubt in result.doubts if not doubt.startswith(_OF_THE_AUDIT)))
        if any(doubt.startswith(_OF_THE_AUDIT) for doubt in result.doubts)
        else result
        for result in assessment.results
    )
    doubts = tuple(doubt for doubt in assessment.doubts if not doubt.startswith(_OF_THE_AUDIT))
    return replace(assessment, results=results, doubts=doubts)


def _with_result(report: Report, site: Site, result: Result) -> Report:
    assessment = report.assessments[site.assessment]
    results = list(assessment.results)
    results[site.result or 0] = result
    return _with_assessment(report, site, replace(assessment, results=tuple(results)))


def _with_assessment(report: Report, site: Site, assessment: Assessment) -> Report:
    assessments = list(report.assessments)
    assessments[site.assessment] = assessment
    return replace(report, assessments=tuple(assessments))
