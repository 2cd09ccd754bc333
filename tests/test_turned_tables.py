"""Tables on their side, codes with dashes, titles of agencies, numbers in words. Every table here is made."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.check import audited
from extract.report import read_report
from normalize.number_words import number_in_words
from normalize.records import Report, Result
from tests.tabling import document, table
from tests.test_score_tables import numbers
from tests.test_table_layouts import Rows

HEAD = ("UBND HUYỆN MAI SƠN", "Kết quả Chỉ số CCHC năm 2023 của huyện Mai Sơn")


def report(rows: Rows, *more: str) -> Report:
    return read_report(document(*HEAD, *more, table(rows)))


def told(result: Result) -> tuple[list[tuple[str, str | None]], list[str]]:
    """The items of a result and its agencies."""
    items = [(str(item.amount.value), item.reason.value if item.reason else None) for item in result.deductions]
    return items, [agency.name for agency in result.agencies]


def scores(rows: Rows) -> list[tuple[str | None, ...]]:
    (assessment,) = report(rows).assessments
    return [numbers(result) for result in assessment.results]


def left(rows: Rows) -> list[tuple[str, str]]:
    return [(refusal.why, refusal.printed.text) for refusal in report(rows).refusals]


def test_criteria_in_columns_are_read_as_rows() -> None:
    rows: Rows = [
        ["TT", "Nội dung", "1.1", "1.4.2", "3.2", "Tổng cộng"],
        ["1", "Điểm tối đa", "2", "1", "4", "7"],
        ["2", "Điểm tự chấm", "2", "1", "3,5", "6,5"],
        ["3", "Điểm thẩm định", "1,5", "1", "3,25", "5,75"],
        ["4", "Lý do", "Chậm 01 kỳ", "", "Trễ hạn", ""],
    ]
    (assessment,) = report(rows).assessments
    assert [numbers(result) for result in assessment.results] == [
        ("1.1", "2", "2", "1.5", "0.5"),
        ("1.4.2", "1", "1", "1", "0"),
        ("3.2", "4", "3.5", "3.25", "0.75"),
    ]
    assert [told(result)[0] for result in assessment.results] == [[("0.5", "Chậm 01 kỳ")], [], [("0.75", "Trễ hạn")]]
    assert assessment.totals.score is not None
    assert assessment.totals.score.value == Decimal("5.75")


def test_named_criteria_and_domains_in_columns() -> None:
    named: Rows = [
        ["Tiêu chí", "1.1. Kế hoạch", "1.2. Báo cáo", "1.3. Kiểm tra"],
        ["Điểm đạt/điểm tối đa", "1,5/2", "1/1", "2,5/3"],
    ]
    domains: Rows = [
        ["Lĩnh vực", "Lĩnh vực 1", "Lĩnh vực 2", "Lĩnh vực 3"],
        ["Điểm tối đa", "10", "5", "15"],
        ["Điểm đạt", "8,5", "5", "12,25"],
    ]
    assert scores(named) == [
        ("1.1", "2", None, "1.5", "0.5"),
        ("1.2", "1", None, "1", "0"),
        ("1.3", "3", None, "2.5", "0.5"),
    ]
    assert scores(domains) == [
        ("1", "10", None, "8.5", "1.5"),
        ("2", "5", None, "5", "0"),
        ("3", "15", None, "12.25", "2.75"),
    ]


def test_a_turned_table_of_names_alone_is_told() -> None:
    rows: Rows = [
        ["Nội dung", "Kế hoạch", "Báo cáo", "Kiểm tra"],
        ["Điểm tối đa", "2", "1", "3"],
        ["Điểm đạt", "1,5", "1", "2,5"],
    ]
    assert left(rows) == [("table-not-read", "Điểm tối đa | Điểm đạt")]


def test_codes_with_dashes() -> None:
    rows: Rows = [
        ["Mã tiêu chí", "Nội dung", "Điểm tối đa", "Mức điểm", "Điểm đạt"],
        ["1-1-2", "Kế hoạch", "2", "0-2", "1,5"],
        ["1-4", "Báo cáo", "1", "0-1", "1"],
        ["3–2–1", "Công khai", "3", "1-3", "2"],
    ]
    assert scores(rows) == [
        ("1.1.2", "2", None, "1.5", "0.5"),
        ("1.4", "1", None, "1", "0"),
        ("3.2.1", "3", None, "2", "1"),
    ]


BY_AGENCY: Rows = [
    ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Lý do"],
    ["A. PHÒNG NỘI VỤ (02 tiêu chí)", None, None, None, None],
    ["1.1", "Kế hoạch", "1", "0,5", "Chậm"],
    ["5.1", "Tuyển dụng", "1", "0,75", "Thiếu hồ sơ"],
    ["B. VĂN PHÒNG HĐND VÀ UBND", None, None, None, None],
    ["3.1", "Công khai", "2", "1", "Thiếu"],
    ["7.1", "Trực tuyến", "2", "1", "Đạt 41%"],
]


def test_agencies_over_their_criteria() -> None:
    (assessment,) = report(BY_AGENCY).assessments
    assert [(str(result.code.value), told(result)[1]) for result in assessment.results] == [
        ("1.1", ["Phòng Nội vụ"]),
        ("5.1", ["Phòng Nội vụ"]),
        ("3.1", ["Văn phòng HĐND và UBND"]),
        ("7.1", ["Văn phòng HĐND và UBND"]),
    ]


def test_a_list_that_goes_by_agencies_has_no_code_out_of_place() -> None:
    assert [finding.rule for finding in audited(report(BY_AGENCY)).findings] == []


def test_criteria_listed_beside_their_agency() -> None:
    rows: Rows = [
        ["TT", "Cơ quan chủ trì", "Tiêu chí mất điểm", "Thời gian"],
        ["1", "Phòng Nội vụ", "- TC 1.1: Kế hoạch (mất 0,5 điểm)\n- TC 5.2: Tuyển dụng (mất 1 điểm)", "Quý II"],
        ["2", "Phòng Tư pháp", "- TC 2.1: Rà soát (mất 0,25 điểm)\n- TC 2.3: Theo dõi", "Quý III"],
        ["3", "Thanh tra", "- TC 4.1: Kiểm tra (mất 0,5 điểm)", "Quý III"],
    ]
    found = report(rows)
    (assessment,) = found.assessments
    assert [(numbers(result), told(result)) for result in assessment.results] == [
        (("1.1", None, None, None, "0.5"), ([("0.5", None)], ["Phòng Nội vụ"])),
        (("5.2", None, None, None, "1"), ([("1", None)], ["Phòng Nội vụ"])),
        (("4.1", None, None, None, "0.5"), ([("0.5", None)], ["Thanh tra huyện"])),
    ]
    assert left(rows) == [("numbers-left", "- TC 2.1: Rà soát (mất 0,25 điểm)\n- TC 2.3: Theo dõi")]


def test_points_said_again_in_words() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Lý do"],
        ["1.1", "Kế hoạch", "02 điểm", "1,5 điểm (Một phẩy năm điểm)", "Chậm"],
        ["1.2", "Báo cáo", "01 điểm", "Không điểm", "Thiếu"],
        ["1.3", "Kiểm tra", "03 điểm", "2,25 (Hai phẩy hai mươi lăm)", "Ít"],
        ["1.4", "Đối thoại", "03 điểm", "2 điểm (Ba điểm)", "Chậm"],
    ]
    (assessment,) = report(rows).assessments
    assert [(numbers(result), result.doubts) for result in assessment.results] == [
        (("1.1", "2", None, "1.5", "0.5"), ()),
        (("1.2", "1", None, "0", "1"), ()),
        (("1.3", "3", None, "2.25", "0.75"), ()),
        (("1.4", "3", None, None, None), ("unread-score",)),
    ]


def test_verdicts_with_their_points() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Kết quả thẩm định", "Lý do"],
        ["1.1", "Kế hoạch", "1", "Đạt (1 điểm)", ""],
        ["1.2", "Báo cáo", "2", "Đạt một phần (1,5 điểm)", "Chậm"],
        ["1.3", "Kiểm tra", "1", "Không đạt (0 điểm)", "Chưa có"],
        ["1.4", "Đối thoại", "1", "Không đạt (0,5 điểm)", "Thiếu"],
    ]
    (assessment,) = report(rows).assessments
    assert [(numbers(result), result.doubts) for result in assessment.results] == [
        (("1.1", "1", None, "1", "0"), ()),
        (("1.2", "2", None, "1.5", "0.5"), ()),
        (("1.3", "1", None, "0", "1"), ()),
        (("1.4", "1", None, None, None), ("unread-score",)),
    ]


def test_pairs_with_their_share() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm đạt/tối đa (tỷ lệ)", "Lý do"],
        ["1.1", "Kế hoạch", "1,5/2 (75%)", "Chậm"],
        ["1.2", "Báo cáo", "2,5/3 (83,3%)", "Thiếu"],
        ["1.3", "Kiểm tra", "1/2 (80%)", "Ít"],
    ]
    (assessment,) = report(rows).assessments
    assert [(numbers(result), result.doubts) for result in assessment.results] == [
        (("1.1", "2", None, "1.5", "0.5"), ()),
        (("1.2", "3", None, "2.5", "0.5"), ()),
        (("1.3", None, None, None, None), ("unread-score",)),
    ]


def rounds(last: str) -> list[tuple[str | None, tuple[str, ...]]]:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Vòng 1", "Vòng 2", last],
        ["1.1", "Kế hoạch", "2", "2", "1", "1,5", "1,5"],
        ["1.2", "Báo cáo", "1", "1", "0", "0,5", "1"],
        ["1.3", "Kiểm tra", "3", "3", "2", "2", "2"],
    ]
    (assessment,) = report(rows).assessments
    return [(numbers(result)[3], result.doubts) for result in assessment.results]


def test_the_score_behind_the_rounds_counts() -> None:
    assert rounds("Điểm chốt") == [("1.5", ()), ("1", ()), ("2", ())]


def test_a_score_behind_the_rounds_that_is_not_called_final_is_doubted_where_it_differs() -> None:
    assert rounds("Điểm đạt") == [("1.5", ()), ("1", ("which-score",)), ("2", ())]


def test_points_left_beside_a_bonus_are_doubted() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm chuẩn", "Điểm trừ", "Điểm thưởng", "Điểm còn lại"],
        ["1.1", "Kế hoạch", "2", "0,5", "0", "1,5"],
        ["1.2", "Báo cáo", "4", "1", "0,5", "3,5"],
        ["1.3", "Kiểm tra", "1", "0", "0", "1"],
    ]
    (assessment,) = report(rows).assessments
    assert [finding.rule for finding in audited(report(rows)).findings] == []
    assert [(numbers(result), result.doubts) for result in assessment.results] == [
        (("1.1", "2", None, "1.5", "0.5"), ("unknown-column",)),
        (("1.2", "4", None, "3.5", "1"), ("unknown-column",)),
        (("1.3", "1", None, "1", "0"), ("unknown-column",)),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("một trăm linh năm điểm", "105"),
        ("Bằng chữ: chín mươi hai phẩy không bảy điểm", "92.07"),
        ("mười lăm điểm", "15"),
        ("ba điểm rưỡi", "3.5"),
        ("hai mươi", "20"),
    ],
)
def test_numbers_in_words(text: str, number: str) -> None:
    assert number_in_words(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "Không", "Năm", "điểm", "không phẩy", "ba phòng", "hai ba", "trăm điểm"])
def test_other_words_are_no_numbers(text: str) -> None:
    assert number_in_words(text) is None


def test_a_rounded_total_is_not_the_total() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1,25"],
        ["1.2", "Báo cáo", "2", "1,5"],
        ["", "Tổng cộng", "4", "2,75"],
        ["", "Tổng điểm làm tròn", "4", "3"],
    ]
    (assessment,) = report(rows).assessments
    assert assessment.totals.score is not None
    assert assessment.totals.score.value == Decimal("2.75")


def test_a_labelled_department_is_the_unit_and_its_province_where_it_lies() -> None:
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"], ["1.1", "Kế hoạch", "2", "1"], ["1.2", "A", "1", "1"]]
    found = read_report(
        document("HỘI ĐỒNG THẨM ĐỊNH", "BẢNG ĐIỂM CCHC NĂM 2022", "Đơn vị: Sở Công Thương tỉnh Hòa Bình", table(rows))
    )
    (assessment,) = found.assessments
    assert (assessment.unit.name, assessment.unit.level) == ("Sở Công Thương", "department")


def test_units_beside_bare_codes_of_criteria() -> None:
    rows: Rows = [
        ["Đơn vị", "1.1", "1.2", "2.1"],
        ["Điểm tối đa", "2", "1", "3"],
        ["Xã Tà Hộc", "1,5", "1", "2,5"],
        ["Xã Chiềng Chăn", "1", "0,5", "3"],
        ["Xã Mường Bon", "2", "1", "2"],
    ]
    found = read_report(document("UBND HUYỆN MAI SƠN", "Điểm Chỉ số CCHC năm 2023 của các xã", table(rows)))
    assert [(one.unit.name, [numbers(result)[3] for result in one.results]) for one in found.assessments] == [
        ("Tà Hộc", ["1.5", "1", "2.5"]),
        ("Chiềng Chăn", ["1", "0.5", "3"]),
        ("Mường Bon", ["2", "1", "2"]),
    ]
    assert {(str(result.code.value), result.name) for one in found.assessments for result in one.results} == {
        ("1.1", None),
        ("1.2", None),
        ("2.1", None),
    }


def test_numbers_of_the_first_item_are_not_surely_those_of_its_domain() -> None:
    rows: Rows = [
        ["Lĩnh vực", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Lý do"],
        ["1. Chỉ đạo (10 điểm)", "a) Kế hoạch", "2", "1,5", "Chậm"],
        ["", "b) Báo cáo", "1", "1", ""],
        ["2. Thể chế (5 điểm)", "a) Rà soát", "2", "1", "Thiếu"],
        ["", "b) Ban hành", "3", "2", "Chậm"],
    ]
    (assessment,) = report(rows).assessments
    assert [(str(result.code.value), result.doubts) for result in assessment.results] == [
        ("1", ("several-criteria",)),
        ("2", ("several-criteria",)),
    ]


def test_codes_below_a_heading_of_losses_are_those_of_each_unit() -> None:
    rows: Rows = [
        ["TT", "Xã", "Tiêu chí bị trừ", "Điểm trừ", "Lý do"],
        ["1", "Tà Hộc", "1.1", "0,5", "Chậm"],
        ["", "", "3.2", "1", "Trễ"],
        ["2", "Nà Bó", "1.1", "0,25", "Chậm"],
        ["", "", "2.1", "0,5", "Thiếu"],
    ]
    found = read_report(document("UBND HUYỆN MAI SƠN", "Điểm trừ CCHC năm 2023 của các xã", table(rows)))
    assert [(one.unit.name, [numbers(result)[::4] for result in one.results]) for one in found.assessments] == [
        ("Tà Hộc", [("1.1", "0.5"), ("3.2", "1")]),
        ("Nà Bó", [("1.1", "0.25"), ("2.1", "0.5")]),
    ]


def test_points_of_half_a_year_are_no_maxima() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Số điểm tối đa", "Điểm 6 tháng", "Điểm năm"],
        ["1.1", "Kế hoạch", "2", "1", "1,5"],
        ["1.2", "Báo cáo", "1", "0,5", "1"],
    ]
    assert scores(rows) == [("1.1", "2", None, "1.5", "0.5"), ("1.2", "1", None, "1", "0")]


def test_a_table_of_ticks_is_told() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Mức 1: 2 điểm", "Mức 2: 1 điểm", "Ghi chú"],
        ["1.1", "Kế hoạch", "x", "", ""],
        ["1.2", "Báo cáo", "", "x", "Chậm"],
        ["3.1", "Đúng hạn", "", "x", "Trễ"],
    ]
    assert [why for why, _ in left(rows)] == ["table-not-read"]
