"""What must be read from a sample: the same form as the gold records, so that one scorer measures both.

Scores are points as `Decimal`. A report with one assessment is written with the keys `assessment` and `results`, one
with several (a ranking of districts) with `assessments`, each with its own `results`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from normalize.records import Level


def plain_decimal(value: Decimal | None) -> str | None:
    """The canonical text of a score: a point, no closing zeros, no exponent.

    >>> plain_decimal(Decimal("10.50")), plain_decimal(Decimal("10")), plain_decimal(Decimal("0.00"))
    ('10.5', '10', '0')
    """
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def squeezed(text: str | None) -> str | None:
    """The text with its lines joined, as texts stand in the export."""
    return None if text is None else " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency by its official name; `checked` is False where the print does not settle one official name."""

    name: str
    role: str = "lead"
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """Points lost and why, as one entry of the report."""

    amount: Decimal
    reason: str | None = None
    agencies: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a unit got for one criterion, as the report prints it (its own mistakes included).

    `stated` is whether the deduction is printed; where it is not, the truth holds max_score - score, marked as derived.
    `domain` is the domain the row stands under, where the report shows one.
    """

    code: str
    name: str | None = None
    max_score: Decimal | None = None
    self_score: Decimal | None = None
    score: Decimal | None = None
    deducted: Decimal | None = None
    stated: bool = False
    items: tuple[Item, ...] = ()
    agencies: tuple[Agency, ...] = ()
    survey: bool = False
    remedy: str | None = None
    deadline: str | None = None
    domain: str | None = None

    def record(self) -> dict[str, Any]:
        derived = not self.stated and self.max_score is not None and self.score is not None
        deducted = self.deducted
        if derived and self.max_score is not None and self.score is not None and self.score < self.max_score:
            deducted = self.max_score - self.score
        record: dict[str, Any] = {
            "code": self.code,
            "name": squeezed(self.name),
            "max_score": plain_decimal(self.max_score),
            "self_score": plain_decimal(self.self_score),
            "score": plain_decimal(self.score),
            "deducted": plain_decimal(deducted),
            "deductions": [_item(item) for item in self.items],
            "agencies": [{"name": one.name, "role": one.role, "checked": one.checked} for one in self.agencies],
            "survey": self.survey,
        }
        if derived:
            record["deducted_is_derived"] = True
        for key in ("domain", "remedy", "deadline"):
            if (value := getattr(self, key)) is not None:
                record[key] = squeezed(value)
        return record


def _item(item: Item) -> dict[str, Any]:
    record: dict[str, Any] = {"amount": plain_decimal(item.amount), "reason": squeezed(item.reason)}
    if item.agencies:
        record["agencies"] = [{"name": one.name, "role": one.role, "checked": one.checked} for one in item.agencies]
    return record


@dataclass(frozen=True, slots=True)
class Marks:
    """One unit's assessment. `totals` holds only what the report prints, under the names of the export."""

    unit: str | None
    level: Level
    province: str | None
    year: int
    period: str = "year"
    basis: str = "appraised"
    district: str | None = None
    totals: Mapping[str, Decimal | str] = field(default_factory=dict)
    results: tuple[Criterion, ...] = ()

    def head(self) -> dict[str, Any]:
        record: dict[str, Any] = {
            "unit": self.unit,
            "level": self.level,
            "province": self.province,
            "year": self.year,
            "period": self.period,
            "basis": self.basis,
            "totals": {
                key: value if isinstance(value, str) else plain_decimal(value) for key, value in self.totals.items()
            },
        }
        if self.district:
            record["district"] = self.district
        return record


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake of the report itself, put there on purpose.

    `rule` is the constraint it breaks, `kind` how the mistake came about, `expected` and `found` the numbers (or codes)
    at that place. `also` names the other constraints the same mistake breaks, as "rule code".
    """

    rule: str
    kind: str
    code: str | None
    expected: str
    found: str
    assessment: int = 0
    also: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "kind": self.kind,
            "code": self.code,
            "expected": self.expected,
            "found": self.found,
            "assessment": self.assessment,
            "also": list(self.also),
        }


@dataclass(frozen=True, slots=True)
class Paper:
    """The head of a report. `date` is ISO, or YYYY-MM or YYYY where the report leaves the day blank."""

    number: str | None
    date: str | None
    issuer: str | None
    title: str | None = None
    kind: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that must be read from one file.

    `titles` are domain headings that carry a code and no number: whether they become results is left open, so a
    scorer must neither ask for them nor count them as too much. `slips` are the typing mistakes, printed and meant.
    """

    name: str
    family: str
    paper: Paper
    assessments: tuple[Marks, ...]
    planted: tuple[Planted, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    slips: tuple[tuple[str, str], ...] = ()
    scorecard: tuple[Criterion, ...] = ()
    scorecard_facts: Mapping[str, Any] = field(default_factory=dict)
    habits: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        paper = self.paper
        record: dict[str, Any] = {
            "family": self.family,
            "document": {
                "number": paper.number,
                "date": paper.date,
                "issuer": paper.issuer,
                "title": paper.title,
                "kind": paper.kind,
                "parent": paper.parent,
            },
        }
        if len(self.assessments) == 1:
            record["assessment"] = self.assessments[0].head()
            record["results"] = [one.record() for one in self.assessments[0].results]
        else:
            record["assessments"] = [
                {**marks.head(), "results": [one.record() for one in marks.results]} for marks in self.assessments
            ]
        if self.scorecard:
            record["scorecard"] = {
                **self.scorecard_facts,
                "criteria": [
                    {"code": one.code, "name": one.name, "max_score": plain_decimal(one.max_score)}
                    for one in self.scorecard
                ],
            }
        record["planted"] = [one.record() for one in self.planted]
        record["titles"] = [{"code": code, "name": name} for code, name in self.titles]
        record["slips"] = [{"printed": printed, "meant": meant} for printed, meant in self.slips]
        record["habits"] = dict(self.habits)
        record["findings"] = [f"{one.rule} {one.code}: {one.found}, expected {one.expected}" for one in self.planted]
        return record

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.name}.json"
        path.write_text(json.dumps(self.record(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return path
