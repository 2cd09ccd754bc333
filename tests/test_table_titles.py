"""Titles of domains inside and above score tables, and what they say of points. Every table here is made."""

from __future__ import annotations

from extract.report import read_report
from tests.tabling import document, table
from tests.test_score_tables import numbers
from tests.test_table_habits import results
from tests.test_table_layouts import Rows


def test_titles_over_whole_rows_tell_the_points_of_their_domains() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí thành phần", "Điểm đạt/Điểm chuẩn", "Cơ quan chủ trì"],
        ["Lĩnh vực 1. Công tác chỉ đạo, điều hành: 2,5/3 điểm", None, None, None],
        ["1", "1.1. Kế hoạch", "2/2", "Sở Nội vụ"],
        ["2", "1.2. Báo cáo", "0,5/1", "Sở Nội vụ"],
        ["Lĩnh vực 2. Cải cách thể chế: 1/1 điểm", None, None, None],
        ["3", "2.1. Rà soát văn bản", "1/1", "Sở Tư pháp"],
    ]
    found = results(rows)
    assert [(numbers(result)[0], result.name and result.name.value, numbers(result)[1:4]) for result in found] == [
        ("1", "Công tác chỉ đạo, điều hành", ("3", None, "2.5")),
        ("1.1", "Kế hoạch", ("2", None, "2")),
        ("1.2", "Báo cáo", ("1", None, "0.5")),
        ("2", "Cải cách thể chế", ("1", None, "1")),
        ("2.1", "Rà soát văn bản", ("1", None, "1")),
    ]


def test_roman_titles_merged_over_codes_and_names() -> None:
    rows: Rows = [["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm"]]
    for number, name in (("I", "Chỉ đạo"), ("II", "Thể chế"), ("III", "Thủ tục"), ("IV", "Bộ máy")):
        rows += [[f"{number}. {name}", None, "3", "2"], ["1", "Kế hoạch", "1", "1"], ["2", "Báo cáo", "2", "1"]]
    assert [(str(result.code.value), result.name and result.name.value) for result in results(rows)[:4]] == [
        ("1", "Chỉ đạo"),
        ("1.1", "Kế hoạch"),
        ("1.2", "Báo cáo"),
        ("2", "Thể chế"),
    ]


def test_a_table_a_domain_under_its_title() -> None:
    head: list[str | None] = ["Mã", "Nội dung", "Điểm tối đa", "Điểm tự chấm"]
    first: Rows = [head, ["1.1", "Kế hoạch", "2", "1,5"], ["1.2", "Báo cáo", "1", "1"], ["", "Cộng", "3", "2,5"]]
    second: Rows = [head, ["2.1", "Rà soát", "1", "1"], ["2.2", "Công bố", "1", "-"], ["", "Cộng", "2", "1"]]
    titles = ("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH (3 điểm)", "II. CẢI CÁCH THỂ CHẾ (2 điểm)")
    expected = [
        ("1", "3", None, "2.5"),
        ("1.1", "2", None, "1.5"),
        ("1.2", "1", None, "1"),
        ("2", "2", None, "1"),
        ("2.1", "1", None, "1"),
        ("2.2", "1", None, None),
    ]
    (whole,) = read_report(document("BẢNG TỰ CHẤM ĐIỂM", titles[0], table(first), titles[1], table(second))).assessments
    assert [numbers(result)[:4] for result in whole.results] == expected
    assert {result.status for result in whole.results} == {"ok"}
    anew = [[[row[0] and row[0][-1], *row[1:]] for row in rows] for rows in (first, second)]
    anew = [[head, *rows[1:]] for rows in anew]
    (whole,) = read_report(
        document("BẢNG TỰ CHẤM ĐIỂM", titles[0], table(anew[0]), titles[1], table(anew[1]))
    ).assessments
    assert [numbers(result)[:4] for result in whole.results] == expected


def test_a_line_calls_the_unit_that_a_council_assesses() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Thẩm định"],
        ["1.1", "Kế hoạch", "2", "1", "1"],
        ["1.2", "Họp", "1", "1", "0"],
    ]
    lines = ("HỘI ĐỒNG THẨM ĐỊNH TỈNH ĐẮK LẮK", "BIỂU THẨM ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2023")
    made = document(*lines, "Đơn vị được thẩm định: Sở Nông nghiệp và Phát triển nông thôn", table(rows))
    (assessment,) = read_report(made).assessments
    unit = assessment.unit
    assert (unit.name, unit.level) == ("Sở Nông nghiệp và Phát triển nông thôn", "department")


def test_codes_behind_the_names_beside_a_column_that_counts() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí mất điểm", "Điểm tối đa", "Điểm đạt"],
        ["I. Sở Nội vụ", None, None, None],
        ["1", "Ban hành kế hoạch (tiêu chí 1.1.2)", "1", "0,5"],
        ["2", "Chế độ báo cáo (TC 1.2)", "1", "0,5"],
        ["II. Sở Tư pháp", None, None, None],
        ["3", "Rà soát văn bản (2.3.1)", "2", "1"],
    ]
    found = results(rows)
    assert [(numbers(result)[:4], result.name and result.name.value) for result in found] == [
        (("1.1.2", "1", None, "0.5"), "Ban hành kế hoạch"),
        (("1.2", "1", None, "0.5"), "Chế độ báo cáo"),
        (("2.3.1", "2", None, "1"), "Rà soát văn bản"),
    ]


def test_headings_that_say_whose_points_they_are_and_marks_of_notes() -> None:
    rows: Rows = [
        ["STT", "Nội dung", "Khung điểm", "Điểm tự đánh giá", "Điểm UBND tỉnh công nhận"],
        ["1.1", "Kế hoạch", "2", "2,0 (*)", "1,5**"],
        ["1.2", "Báo cáo", "1", "1", "0,5"],
    ]
    expected = [("1.1", "2", "2", "1.5", "0.5"), ("1.2", "1", "1", "0.5", "0.5")]
    assert [(numbers(result), result.doubts) for result in results(rows)] == [(each, ()) for each in expected]
    helped: Rows = [[*rows[0][:4], "Điểm của Tổ giúp việc"], *rows[1:]]
    assert [numbers(result) for result in results(helped)] == expected


def test_the_title_below_the_menu_of_a_web_page() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1"],
        ["1.2", "Họp", "1", "1"],
    ]
    title = "Kết quả chấm điểm Chỉ số cải cách hành chính năm 2023 của UBND xã Long Điền A"
    made = document("- Trang chủ", "- Tin tức", "UBND HUYỆN CHỢ MỚI", "TRANG THÔNG TIN ĐIỆN TỬ", title, table(rows))
    (assessment,) = read_report(made).assessments
    assert (assessment.unit.name, assessment.unit.level, assessment.year) == ("Long Điền A", "commune", 2023)
