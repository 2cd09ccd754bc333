"""Single cases: estimates, units of now, printed ranks, losses told by several documents, deadlines, kinds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from building import (
    agency,
    build_assessment,
    build_document,
    build_report,
    build_result,
    build_unit,
    deduction,
    score,
    words,
)

from compare.answers import answers
from compare.audited import Audited
from compare.history import Scope
from compare.kinds import kinds_of
from compare.promises import late_deadlines
from compare.ranks import rank_differences
from compare.sheets import checks_sheet
from compare.side_by_side import side_by_side
from compare.table import TOTAL
from load.store import Store
from normalize.codes import Code
from normalize.records import Assessment, Finding, Level, Totals, Unit

A, B, C = (build_unit(name) for name in ("Mường Ảng", "Nậm Pồ", "Tủa Chùa"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "x.db")


def add(
    store: Store, file: str, *assessments: Assessment, number: str | None = "1/BC-UBND", date: str = "2020-02-01"
) -> None:
    store.add_report(build_document(file), build_report(*assessments, number=number, date=date))


def total(unit: Unit, points: str, most: str = "100", year: int = 2019, **more: object) -> Assessment:
    return build_assessment(unit=unit, year=year, max_score=most, score=points, **more)  # type: ignore[arg-type]


# Comparison


def test_an_estimate_is_shown_and_not_counted(store: Store) -> None:
    add(store, "a.pdf", total(A, "80"))
    add(store, "b.pdf", total(B, "90"))
    add(store, "c6.pdf", total(C, "97", period="6m"))
    add(store, "c9.pdf", total(C, "99", period="9m"))
    add(store, "d9.pdf", total(A, "99", period="9m"))
    found = side_by_side(store, 2019)
    (block,) = found.blocks
    assert [(line.unit, line.file, line.rank, line.counted) for line in block.lines] == [
        (B, "b.pdf", 1, True), (A, "a.pdf", 2, True), (C, "c9.pdf", None, False),
    ]  # fmt: skip
    assert (block.means[TOTAL].points, block.bests[TOTAL].points) == (Decimal(85), Decimal(90))
    assert [one.sentence("en") for one in found.coverage] == ["2 of 3 districts, 1 estimate for 9 months"]


def test_expected_units_that_are_missing_are_part_of_the_coverage(store: Store) -> None:
    add(store, "a.pdf", total(A, "80", basis="self"), number=None)
    (coverage,) = side_by_side(store, 2019, expected=(A, B, C)).coverage
    assert coverage.sentence("en") == "1 of 3 districts, 1 from drafts, 1 with own scores only"
    assert coverage.missing == (B, C)


def test_provinces_of_now(store: Store) -> None:
    for name, points in (("Kon Tum", "80"), ("Quảng Ngãi", "90"), ("Hà Tĩnh", "70")):
        add(store, f"{name}.pdf", total(build_unit(name, "province", name), points))
    then = side_by_side(store, 2019)
    assert {line.unit.name for block in then.blocks for line in block.lines} == {"Kon Tum", "Quảng Ngãi", "Hà Tĩnh"}
    (block,) = side_by_side(store, 2019, by="across", units="now").blocks
    told = {line.unit.name: (line.cells[TOTAL].share, line.rank, len(line.parts)) for line in block.lines}
    assert told == {"Quảng Ngãi": (Decimal("0.85"), 1, 2), "Hà Tĩnh": (Decimal("0.7"), 2, 0)}
    merged = next(line for line in block.lines if line.unit.name == "Quảng Ngãi")
    assert merged.cells[TOTAL].points.score is None


def test_a_ninth_domain_of_satisfaction_is_part_of_the_impact(store: Store) -> None:
    rows = (
        build_result("8", "10", "6", name="Tác động của CCHC đến phát triển kinh tế - xã hội"),
        build_result("9", "10", "9", name="Mức độ hài lòng của người dân"),
        build_result("7", "5", "4", name="Việc khác"),
    )
    add(store, "a.pdf", build_assessment(*rows, unit=A))
    (block,) = side_by_side(store, 2019, by="across").blocks
    assert block.lines[0].cells["impact"].points.score == Decimal(15)
    assert block.strange == ("Việc khác",)


def test_other_maxima_are_another_scorecard(store: Store) -> None:
    def rows(most: str) -> Assessment:
        return build_assessment(*(build_result(f"1.{n}", most, "1") for n in range(1, 6)), unit=A if most == "2" else B)

    add(store, "a.pdf", rows("2"))
    add(store, "b.pdf", rows("3"))
    found = side_by_side(store, 2019, by="criteria")
    assert sorted(line.unit.name or "" for block in found.blocks for line in block.lines) == ["Mường Ảng", "Nậm Pồ"]
    assert [len(block.lines) for block in found.blocks] == [1, 1]


# Ranks


def ranked(unit: Unit, points: str, rank: str) -> Assessment:
    return build_assessment(unit=unit, totals=Totals(score("100"), score=score(points), rank=words(rank)))


def test_printed_ranks_that_do_not_follow_from_the_scores(store: Store) -> None:
    add(store, "f.pdf", ranked(A, "90", "2/3"), ranked(B, "80", "1/3"), ranked(C, "70", "3/3"))
    found = [(one.unit, one.printed, one.computed, one.listed, one.of) for one in rank_differences(store, 2019)]
    assert found == [(B, 1, 2, 3, 3), (A, 2, 1, 3, 3)]


@pytest.mark.parametrize("ranks", [("1", "2", "2"), ("1", "2", "3"), ("1", "3", "2")])
def test_ties_may_be_numbered_either_way(store: Store, ranks: tuple[str, str, str]) -> None:
    add(store, "f.pdf", *(ranked(u, p, r) for u, p, r in zip((A, B, C), ("90", "80", "80"), ranks, strict=True)))
    assert rank_differences(store, 2019) == ()


# Losses


def test_each_point_is_counted_once_and_the_rest_of_a_loss_is_kept(store: Store) -> None:
    rows = (
        build_result("1", "10", "7", "3"),
        build_result("1.1", "5", "3", "2", deductions=(deduction("1.5", "Ban hành chậm"),)),
        build_result("1.2", "5", "4.5", "0.5"),
        build_result("2", "10", "10", "0"),
    )
    add(store, "a.pdf", build_assessment(*rows, unit=A))
    told = Audited(store, Scope())
    assert [(str(one.code), one.amount, one.reason) for one in told.losses] == [
        ("1", Decimal("0.5"), None), ("1.1", Decimal("1.5"), "Ban hành chậm"), ("1.1", Decimal("0.5"), None),
        ("1.2", Decimal("0.5"), None),
    ]  # fmt: skip
    assert sum(one.amount for one in told.losses) == Decimal(3)
    assert len(told.without_reason) == 3


def test_reasons_of_a_plan_complete_the_amounts_of_an_annex(store: Store) -> None:
    annex = (build_result("1.1", "5", "3", "2"), build_result("1.2", "5", "4", "1"), build_result("2.1", "5", "5", "0"))
    plan = (
        build_result(
            "1.1", "5", "3", deductions=(deduction("2", "Không có sáng kiến"),), agencies=(agency("Phòng Nội vụ"),)
        ),
    )
    add(store, "annex.pdf", build_assessment(*annex, unit=A))
    add(store, "plan.pdf", build_assessment(*plan, unit=A, max_score=None))
    told = Audited(store, Scope()).losses
    assert [(str(one.code), one.file, one.kind, one.leads, one.told_by) for one in told] == [
        ("1.1", "annex.pdf", "initiatives", ("Phòng Nội vụ",), "plan.pdf"),
        ("1.2", "annex.pdf", "no-reason", (), None),
    ]


def test_not_listed_is_kept_only_where_the_losses_add_up(store: Store) -> None:
    plan = build_result("1.1", "5", "3", "2", remedy="Khắc phục", deductions=(deduction("2", "Chậm"),))
    rest = build_result("1.2", "5", "4", "1", deductions=(deduction("1", "Chậm"),))
    both = build_result("1.3", "5", "5", "0")
    for unit, lost in ((A, "1"), (B, "4")):
        add(store, f"{unit.name}-19.pdf", build_assessment(plan, both, unit=unit, year=2019))
        add(store, f"{unit.name}-20.pdf", build_assessment(rest, both, unit=unit, year=2020, deducted=lost))
    found = {one.unit: (one.outcome, one.why) for one in Audited(store, Scope()).promises}
    assert found == {A: ("kept", ""), B: ("unknown", "not-listed")}


def test_reports_that_share_no_criterion_prove_nothing(store: Store) -> None:
    plan = build_result("1.1", "5", "3", "2", remedy="Khắc phục")
    add(store, "19.pdf", build_assessment(plan, unit=A, year=2019))
    add(store, "20.pdf", build_assessment(build_result("1.2", "5", "4", "1"), unit=A, year=2020, deducted="1"))
    (found,) = Audited(store, Scope()).promises
    assert (found.outcome, found.why) == ("unknown", "scorecard-unknown")


def test_a_reason_without_an_amount(store: Store) -> None:
    row = build_result("1.1", "5", None, None, remedy="Tích cực tuyên truyền")
    add(store, "a.pdf", build_assessment(row, unit=A))
    assert [(one.unit, str(one.code), one.text) for one in Audited(store, Scope()).without_amount] == [
        (A, "1.1", "Tích cực tuyên truyền")
    ]


def test_deadlines_before_their_plan_are_listed(store: Store) -> None:
    finding = Finding("deadline-before-plan", "warning", "source", Code((4, 2)), "2024-01", "2023")
    row = build_result("4.2", "5", "4", "1", deductions=(deduction("1", "Chậm"),))
    report = build_report(build_assessment(row, unit=A), findings=(finding,))
    store.add_report(build_document("a.pdf"), report)
    assert [(one.file, one.code, one.issued, one.deadline) for one in late_deadlines(store)] == [
        ("a.pdf", "4.2", "2024-01", "2023")
    ]
    assert [one.code for one in answers(store, 2019).deadlines] == ["4.2"]


# Kinds


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("Tài liệu kiểm chứng không đảm bảo", "evidence"),
        ("Gửi báo cáo trễ 03 ngày", "late"),
        ("Bộ phận Một cửa còn 35 hồ sơ đất đai trễ hẹn", "overdue"),
        ("Tỷ lệ hồ sơ thanh toán trực tuyến đạt 12%", "online"),
        ("KHÔNG CÓ SÁNG KIẾN", "initiatives"),
        ("Số lượng tin, bài tuyên truyền chưa đạt kế hoạch", "publicity"),
        ("Bố trí biên chế vượt số được giao", "staffing"),
        ("Giải ngân vốn đầu tư công đạt 80%", "finance"),
        ("Chưa ban hành kế hoạch kiểm tra", "not-done"),
        ("Kế hoạch chưa cụ thể", "quality"),
        ("Điều tra xã hội học", "survey"),
        ("Xem phụ lục", "unclassified"),
    ],
)
def test_the_main_kind_of_a_reason(reason: str, kind: str) -> None:
    assert kinds_of(reason)[0] == kind


def test_the_share_of_unclassified_reasons(store: Store) -> None:
    items = (deduction("1", "Xem phụ lục"), deduction("1", "Chậm"), deduction("1"))
    add(store, "a.pdf", build_assessment(build_result("1.1", "5", "2", "3", deductions=items), unit=A))
    assert Audited(store, Scope()).unclassified == Decimal("0.5")
    assert Audited(store, Scope(first=2050)).unclassified is None


@pytest.mark.parametrize("level", ["province", "commune", "department"])
def test_a_scope_without_documents_answers_nothing(store: Store, level: Level) -> None:
    add(store, "a.pdf", total(A, "80"))
    found = answers(store, 2019, level=level)
    assert (found.comparison.blocks, found.losses, found.recurring, found.promises) == ((), (), (), ())


def test_a_table_without_any_reason_is_one_thing_to_check(store: Store) -> None:
    bare = (build_result("1.1", "5", "3", "2"), build_result("1.2", "5", "4", "1"))
    told = (
        build_result("1.1", "5", "3", "2", deductions=(deduction("2", "Chậm"),)),
        build_result("1.2", "5", "4", "1"),
    )
    add(store, "bare.pdf", build_assessment(*bare, unit=A))
    add(store, "told.pdf", build_assessment(*told, unit=B))
    sheet = checks_sheet(answers(store, 2019), "en")
    at = [sheet.at(key) for key in ("unit", "code", "what")]
    assert [tuple(row.cells[one] for one in at) for row in sheet.rows] == [
        ("Mường Ảng", None, "The document gives no reason at all: 2 losses, 3 points"),
        ("Nậm Pồ", "1.2", "1 points lost, no reason given"),
    ]
