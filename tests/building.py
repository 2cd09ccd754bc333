"""Reports and documents built by hand, with sensible defaults, for the tests of what comes after the reading."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from extract.document import Document, Page, Paragraph
from normalize.codes import Code
from normalize.place import Box, Place
from normalize.records import (
    Assessment,
    Basis,
    Deduction,
    Finding,
    Heading,
    Level,
    Period,
    Report,
    Responsibility,
    Result,
    Role,
    Score,
    Totals,
    Unit,
)
from normalize.value import Printed, Value

TUAN_GIAO = Unit("Tuần Giáo", "district", "Điện Biên")


def printed(text: str, page: int | None = 1, confidence: float | None = None) -> Printed:
    """A text on a page, in a box that follows from its length."""
    return Printed(text, Place(page, Box(72.0, 100.5, 72.0 + 5 * len(text), 112.25)), confidence)


def score(
    number: str, as_printed: str | None = None, *, confidence: float | None = None, steps: tuple[str, ...] = ()
) -> Score:
    """A score as a report prints it: "0.75" from "0,75" unless said otherwise."""
    text = number.replace(".", ",") if as_printed is None else as_printed
    return Value(Decimal(number), printed(text, confidence=confidence), "bare", steps)


def maybe(number: str | None) -> Score | None:
    return None if number is None else score(number)


def words(text: str, as_printed: str | None = None, steps: tuple[str, ...] = ()) -> Value[str]:
    return Value(text, printed(text if as_printed is None else as_printed), "cell", steps)


def agency(name: str, role: Role = "lead", as_printed: str | None = None) -> Responsibility:
    return Responsibility(name, role, printed(as_printed or name))


def deduction(amount: str, reason: str | None = None, agencies: tuple[Responsibility, ...] = ()) -> Deduction:
    return Deduction(score(amount), words(reason) if reason else None, agencies)


def build_result(
    code: str,
    max_score: str | None = "1",
    score: str | None = "0.75",
    deducted: str | None = None,
    *,
    self_score: str | None = None,
    name: str | None = None,
    deductions: tuple[Deduction, ...] = (),
    agencies: tuple[Responsibility, ...] = (),
    survey: bool = False,
    doubts: tuple[str, ...] = (),
    remedy: str | None = None,
    deadline: str | None = None,
) -> Result:
    """A result; `deducted` counts as stated where it is given."""
    return Result(
        code=Value(Code.of(code), printed(code + "."), "dotted"),
        name=words(name) if name else None,
        max_score=maybe(max_score),
        self_score=maybe(self_score),
        score=maybe(score),
        deducted=maybe(deducted),
        deducted_stated=deducted is not None,
        survey=survey,
        deductions=deductions,
        agencies=agencies,
        remedy=words(remedy) if remedy else None,
        deadline=words(deadline) if deadline else None,
        domain=Code.of(code).domain,
        doubts=doubts,
    )


def build_assessment(
    *results: Result,
    unit: Unit = TUAN_GIAO,
    year: int | None = 2019,
    period: Period | None = "year",
    basis: Basis | None = "appraised",
    max_score: str | None = "100",
    score: str | None = None,
    deducted: str | None = None,
    totals: Totals | None = None,
) -> Assessment:
    totals = totals or Totals(max_score=maybe(max_score), score=maybe(score), deducted=maybe(deducted))
    return Assessment(unit, year, period, basis, totals, results)


def build_unit(name: str, level: Level = "district", province: str | None = "Điện Biên") -> Unit:
    return Unit(name, level, province)


def build_report(
    *assessments: Assessment,
    number: str | None = "1356/UBND-NV",
    date: str | None = "2020-10-30",
    findings: tuple[Finding, ...] = (),
) -> Report:
    """A report; without assessments one of Tuần Giáo with two results."""
    some = assessments or (
        build_assessment(
            build_result("1.4.2", "1", "0.75", "0.25", name="Có sáng kiến", deductions=(deduction("0.25", "Vòng 1"),)),
            build_result("1.10", "2", "2", name="Kiểm tra"),
        ),
    )
    heading = Heading(
        number=words(number, "1356 /UBND – NV") if number else None,
        date=words(date) if date else None,
        issuer=words("UBND huyện Tuần Giáo"),
        title=words("Phân tích điểm trừ Chỉ số CCHC"),
        kind=words("Công văn"),
    )
    return Report(heading, some, findings=findings)


def build_document(file: str = "003.pdf", content: str | None = None, pages: Iterable[Page] | None = None) -> Document:
    """A document whose hash follows from its content, or from its file name."""
    digest = sha256((content or file).encode()).hexdigest()
    page = Page(1, (Paragraph("Kính gửi"),), 595.3, 841.9)
    return Document(file, digest, "pdf", tuple(pages or (page,)))
