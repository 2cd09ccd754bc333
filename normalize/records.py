"""What a report says, as values: the records that the audit checks and the store keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from normalize.codes import Code
from normalize.value import Printed, Refusal, Value

Level = Literal["province", "district", "commune", "department"]
Period = Literal["year", "6m", "9m", "q1", "q2", "q3", "q4"]
Basis = Literal["appraised", "self", "survey"]
Role = Literal["lead", "support", "performer"]
Status = Literal["ok", "repaired", "review"]
Score = Value[Decimal]

SCORE_FIELDS = ("max_score", "self_score", "score", "deducted")


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit assessed, by its bare name ("Tuần Giáo"), and the province (district) it belonged to at the time."""

    name: str | None
    level: Level | None
    province: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """An agency (cơ quan) by its official name and what it does: lead (chủ trì), support (phối hợp), performer."""

    name: str
    role: Role
    printed: Printed


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points lost (điểm trừ), positive whatever the sign in print, with the reason and agencies where given."""

    amount: Score
    reason: Value[str] | None = None
    agencies: tuple[Responsibility, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a unit got for one criterion.

    `deducted_stated` is False where no deduction is printed and `deducted` was computed as max_score - score.
    `domain` is the domain the row stands under in print, which may contradict the code. `doubts` are stable keys
    that say why a person must look; with any of them the status is "review".
    """

    code: Value[Code]
    name: Value[str] | None = None
    max_score: Score | None = None
    self_score: Score | None = None
    score: Score | None = None
    deducted: Score | None = None
    deducted_stated: bool = False
    survey: bool = False
    deductions: tuple[Deduction, ...] = ()
    agencies: tuple[Responsibility, ...] = ()
    remedy: Value[str] | None = None
    deadline: Value[str] | None = None
    domain: Code | None = None
    doubts: tuple[str, ...] = ()
    repaired: bool = False

    @property
    def status(self) -> Status:
        return "review" if self.doubts else "repaired" if self.repaired else "ok"

    @property
    def confidence(self) -> float | None:
        """The confidence of the weakest number; None where nothing was measured."""
        measured = [value.confidence for _, value in self.scores() if value.confidence is not None]
        return min(measured) if measured else None

    def scores(self) -> Iterator[tuple[str, Score]]:
        """The numbers that are there, with their field names."""
        for name in SCORE_FIELDS:
            value = getattr(self, name)
            if value is not None:
                yield name, value


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of an assessment; `rank` as printed without blanks ("3/15" or "3")."""

    max_score: Score | None = None
    self_score: Score | None = None
    score: Score | None = None
    appraised_score: Score | None = None
    survey_score: Score | None = None
    deducted: Score | None = None
    index_percent: Score | None = None
    rank: Value[str] | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One unit's scores for one period in one report."""

    unit: Unit
    year: int | None
    period: Period | None
    basis: Basis | None
    totals: Totals = field(default_factory=Totals)
    results: tuple[Result, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of a report says. `date` is ISO, YYYY-MM or YYYY where the day is left blank.

    `parent` is the number of the document that an annex was issued with ("Kèm theo Văn bản số ...").
    """

    number: Value[str] | None = None
    date: Value[str] | None = None
    issuer: Value[str] | None = None
    title: Value[str] | None = None
    kind: Value[str] | None = None
    parent: Value[str] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree. `rule` is a stable key, `expected` and `found` the two numbers as text.

    `blame` says where the fault lies: the report itself (source), our reading of it, or cannot tell. `also` names the
    constraints ("rule code") that the same fault breaks; it is not part of the export.
    """

    rule: str
    severity: Literal["error", "warning", "info"]
    blame: Literal["source", "reading", "unknown"]
    code: Code | None = None
    expected: str | None = None
    found: str | None = None
    evidence: tuple[Printed, ...] = ()
    assessment: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScorecardRow:
    """A criterion of a scorecard decision (family H): not a score, but what may be scored."""

    code: Value[Code]
    name: Value[str] | None
    max_score: Score | None


@dataclass(frozen=True, slots=True)
class Validity:
    """Whose scorecard a decision sets, and from which year on; None where the decision does not say."""

    province: str | None
    level: Level | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `refusals` are the texts that stood where a value was due and gave none.

    `validity` belongs to the `scorecard`, where the report is a decision that sets one.
    """

    heading: Heading
    assessments: tuple[Assessment, ...]
    refusals: tuple[Refusal, ...] = ()
    findings: tuple[Finding, ...] = ()
    scorecard: tuple[ScorecardRow, ...] = ()
    validity: Validity | None = None
