"""What a generated report is about: a unit, its scorecard and scores, and the officer who writes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from normalize.records import Level
from samples.habits import Writer
from samples.layout import Block
from samples.scorecard import Scorecard
from samples.scoring import Scored
from samples.truth import Criterion, Item, Marks, Paper
from samples.vocabulary import DEPARTMENTS, Named, Province, document_number, provinces, written_agency

CCHC = "cải cách hành chính"


@dataclass(frozen=True, slots=True)
class Subject:
    """The unit a report is about, in its province, for a year."""

    province: Province
    level: Level
    unit: Named
    year: int
    district: Named | None = None

    @property
    def issuer(self) -> str:
        """Who writes when the unit itself does."""
        return self.unit.full if self.level == "department" else f"UBND {self.unit.running}"

    @property
    def called(self) -> str:
        """As it stands in a sentence: "huyện Ba Bể", "Sở Tư pháp"."""
        return self.unit.full if self.level == "department" else self.unit.running

    @property
    def name(self) -> str:
        """The unit as the truth names it: bare, a department by its full name."""
        return self.unit.full if self.level == "department" else self.unit.name

    def marks(self, **facts: Any) -> Marks:
        district = self.district.name if self.district else None
        return Marks(self.name, self.level, self.province.unit.name, self.year, district=district, **facts)


@dataclass(slots=True)
class Case:
    """Everything a family needs to compose a report."""

    rng: random.Random
    writer: Writer
    subject: Subject
    scorecard: Scorecard
    scored: tuple[Scored, ...]
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def year(self) -> int:
        return self.subject.year

    def pick(self, *choices: Any) -> Any:
        return self.rng.choice(choices)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def own(self, text: str) -> str:
        """A fixed text with this officer's abbreviations: part of the truth, so drawn before the truth is made."""
        return self.writer.abbreviated(text)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before its mistakes are planted: what is printed, and how to draw it once they are.

    `mistakes` are the kinds of planted errors that can show in this report.
    """

    paper: Paper
    marks: tuple[Marks, ...]
    draw: Callable[[tuple[Marks, ...]], list[Block]]
    mistakes: tuple[str, ...] = ()
    landscape: bool = False
    titles: tuple[tuple[str, str], ...] = ()
    scorecard: tuple[Criterion, ...] = ()
    scorecard_facts: dict[str, Any] = field(default_factory=dict)


def draw_subject(rng: random.Random, level: Level) -> Subject:
    """A unit of that level, of a province and a year in which the province had such units."""
    choices = [one for one in provinces() if one.districts or level != "district"]
    province = rng.choice(choices)
    year = rng.choice([one for one in range(2018, 2027) if province.since <= one <= province.until])
    if level == "province":
        return Subject(province, level, province.unit, year)
    if level == "department":
        title, _, name = rng.choice(DEPARTMENTS).partition(" ")
        return Subject(province, level, Named(title, name), year)
    if not province.districts:
        return Subject(province, level, rng.choice(province.communes), year)
    district = rng.choice(province.districts)
    if level == "commune":
        return Subject(province, level, rng.choice(district.communes), year, district.unit)
    return Subject(province, level, district.unit, year)


def result_of(case: Case, one: Scored, *, fields: frozenset[str], name: str | None = None) -> Criterion:
    """The result as a report with these fields prints it ("max", "self", "score", "deducted", "reason", "lead" ...)."""
    node = one.node
    lost = one.lost
    stated = "deducted" in fields
    items: tuple[Item, ...] = ()
    if "score" in fields and lost and one.leaf:
        joined = _joined(case, [text for _, text in one.reasons]) if "reason" in fields else ""
        items = (Item(lost, joined or None),)
    agencies = tuple(
        replace(agency, role=role) for role in ("lead", "performer") if role in fields for agency in one.agencies
    )
    if case.chance(case.facts.setdefault("unassigned", case.pick(0.0, 0.0, 0.1))):
        agencies = ()
    return Criterion(
        code=node.code,
        name=name if name is not None else case.own(node.name),
        max_score=node.max_score if "max" in fields else None,
        self_score=one.self_score if "self" in fields else None,
        score=one.score if "score" in fields else None,
        deducted=lost if stated else None,
        stated=stated,
        items=items,
        agencies=agencies,
        survey=node.survey,
        remedy=one.remedy if "remedy" in fields and lost else None,
    )


def _joined(case: Case, reasons: list[str]) -> str:
    """Several reasons in one cell: in a row, or a line each behind a dash."""
    style: str = case.facts.setdefault("reasons", case.pick("; ", "; ", ". ", "\n- ", "\n+ "))
    if "\n" in style and len(reasons) > 1:
        return style.strip("\n") + style.join(case.own(text) for text in reasons)
    return ("; " if "\n" in style else style).join(case.own(text) for text in reasons)


def rounded(value: Decimal, places: int = 2) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def agencies_written(case: Case, result: Criterion, role: str) -> str:
    """The agencies of a role as this officer writes them, in one cell."""
    names = [one.name for one in result.agencies if one.role == role]
    gap: str = case.pick("; ", ", ", ", ")
    return gap.join(
        written_agency(name, case.rng, case.subject.level) if one_checked else name
        for name, one_checked in ((one.name, one.checked) for one in result.agencies if one.name in names)
    )


def reference(case: Case) -> str:
    """A document named in running text: a number that is no score."""
    return f"{case.pick('Quyết định', 'Công văn', 'Báo cáo')} số {document_number(case.rng)}"
