"""Reports and documents built by hand, with sensible defaults, for the tests of what comes after the reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from extract.document import Document, Page, Paragraph
from normalize.codes import Code
from normalize.place import NOWHERE, Box, Place
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
    ScorecardRow,
    Totals,
    Unit,
)
from normalize.value import Printed, Reading, Refusal, Value

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


def full_report() -> Report:
    """A report that uses every field there is."""
    doubtful = Value(
        Decimal("0.5"),
        Printed("0,51", Place(2, Box(10.125, 20, 30, 40)), 0.62, (Reading("0,5/1", 0.6), Reading("0,57", 0.125))),
        "pair",
        ("joined: 0,\n51 -> 0,51", "repair: 0.51 -> 0.5"),
    )
    rich = build_result(
        "1.5.1",
        "1",
        None,
        "0.5",
        self_score="1.00",
        name="Mức độ hoàn thành kế hoạch tuyên truyền",
        deductions=(
            deduction("0.3", "chưa có thời gian", (agency("Phòng Nội vụ", "lead"),)),
            deduction("0.2"),
        ),
        agencies=(
            agency("Phòng Văn hóa và Thông tin", "lead", "Phòng Văn Hóa-Thông tin"),
            agency("Phòng Nội vụ", "support"),
        ),
        remedy="Đôn đốc các xã",
        deadline="Quý I/2020",
        survey=True,
        doubts=("score-low-confidence", "children-score"),
    )
    rich = replace(rich, score=doubtful, domain=Code((2,)))
    unplaced = Assessment(Unit(None, None), None, None, None, doubts=("unit-unknown",))
    totals = Totals(
        score("100"), score("95.5"), score("79.42", steps=("unit: điểm -> ",)), score("70"), score("9.42"),
        score("20.58"), score("79.42", "79,42 %"), words("3/15"),
    )  # fmt: skip
    finding = Finding(
        "items-sum", "error", "reading", Code((1, 5, 1)), "0.5", "0.51", (printed("0,51"), Printed("0,5")), 1
    )
    return Report(
        Heading(
            words("1356/UBND-NV", "Số: 1356 /UBND – NV"), words("2020-10"), words("UBND huyện Tuần Giáo"),
            words("Về việc khắc phục"), words("Công văn"), words("33/BC-VPUB"),
        ),
        (unplaced, build_assessment(rich, build_result("1.10"), totals=totals)),
        refusals=(Refusal(printed("0,24o"), "score", "letters"), Refusal(Printed("", NOWHERE), "code", "empty")),
        findings=(finding, Finding("domains-total", "warning", "source", assessment=0)),
        scorecard=(ScorecardRow(Value(Code((1, 1)), printed("1,1"), "dotted"), words("Kế hoạch"), score("2")),),
    )  # fmt: skip
