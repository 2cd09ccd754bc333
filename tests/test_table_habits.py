"""Habits of those who type score tables, each to its whole reading. Every table here is made."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Document, Page
from extract.report import read_report
from extract.tables.read_tables import read_tables
from normalize.place import Place
from normalize.records import Result
from tests.tabling import document, table
from tests.test_score_tables import ANYWHERE, numbers
from tests.test_table_layouts import Rows, reasons


def results(rows: Rows) -> tuple[Result, ...]:
    (reading,) = read_tables(document(table(rows)), ANYWHERE, None).own
    return reading.results


def test_two_scores_told_apart_only_by_who_speaks() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm chuẩn", "Điểm đánh giá", None],
        ["", "", "", "Của huyện", "Của tỉnh"],
        ["1.1", "Kế hoạch", "2", "2", "1,5"],
        ["1.2", "Báo cáo", "1", "1", "1"],
    ]
    assert [numbers(result) for result in results(rows)] == [
        ("1.1", "2", "2", "1.5", "0.5"),
        ("1.2", "1", "1", "1", "0"),
    ]


def test_amount_and_reason_in_one_cell_of_the_deductions() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Điểm bị trừ, lý do"],
        ["1.1", "Kế hoạch", "2", "1,5", "-0,5 (Ban hành chậm 05 ngày)"],
        ["1.2", "Báo cáo", "1", "0,75", "Trừ 0,25 điểm do gửi trễ"],
        ["1.3", "Kiểm tra", "1", "1", ""],
    ]
    assert reasons(rows) == [[("0.5", "Ban hành chậm 05 ngày")], [("0.25", "gửi trễ")], []]


def test_the_title_of_a_part_is_no_heading() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Điểm thẩm định"],
        ["A", "ĐIỂM CHUẨN", "", "", ""],
        ["1.1", "Kế hoạch", "2", "2", "1,5"],
        ["1.2", "Báo cáo", "1", "1", "1"],
    ]
    found = results(rows)
    assert [(numbers(result), result.name and result.name.value) for result in found] == [
        (("1.1", "2", "2", "1.5", "0.5"), "Kế hoạch"),
        (("1.2", "1", "1", "1", "0"), "Báo cáo"),
    ]


def test_a_sheet_named_after_a_unit_holds_the_scores_of_that_unit() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1"],
        ["1.2", "Họp", "1", "1"],
    ]
    pages = []
    for number, name in enumerate(("Tổng hợp", "H. Tuần Giáo", "Mường Chà"), 1):
        made = table(rows)
        cells = tuple(replace(cell, place=Place(number)) for cell in made.cells)
        pages.append(Page(number, (replace(made, cells=cells, place=Place(number)),), name=name))
    found = read_tables(Document("made.xlsx", "0" * 64, "xlsx", tuple(pages)), ANYWHERE, None).own
    assert [reading.unit.name if reading.unit else None for reading in found] == [None, "Tuần Giáo", "Mường Chà"]


def test_a_department_with_its_province_is_the_department() -> None:
    title = "Kết quả tự chấm điểm Chỉ số cải cách hành chính năm 2022 của Sở Tư pháp tỉnh Lạng Sơn"
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm"], ["1.1", "Kế hoạch", "2", "1"], ["1.2", "Họp", "1", "1"]]
    (assessment,) = read_report(document("BÁO CÁO", title, table(rows))).assessments
    unit = assessment.unit
    assert (unit.name, unit.level, unit.province) == ("Sở Tư pháp", "department", "Lạng Sơn")


def test_points_in_brackets_behind_names() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí bị trừ điểm", "Nguyên nhân", "Giải pháp"],
        ["1", "Tiêu chí 1.2: Kế hoạch (đạt 0,5/1 điểm)", "Ban hành chậm", "Ban hành sớm"],
        ["2", "Tiêu chí 2.1: Báo cáo (trừ 0,25 điểm)", "Gửi trễ", "Gửi đúng hạn"],
    ]
    found = results(rows)
    assert [(numbers(result), result.name and result.name.value) for result in found] == [
        (("1.2", "1", None, "0.5", "0.5"), "Kế hoạch"),
        (("2.1", None, None, None, "0.25"), "Báo cáo"),
    ]


def test_points_under_a_domain_are_no_codes() -> None:
    rows: Rows = [["STT", "Huyện"], ["", ""]]
    for number in range(1, 4):
        rows[0] += [f"Lĩnh vực {number} (10 điểm)", None]
        rows[1] += ["Điểm", "Tỷ lệ %"]
    rows[0] += ["Tổng điểm", "Chỉ số CCHC"]
    rows[1] += ["", ""]
    rows += [["1", "Tuần Giáo", "9,10", "91", "8", "80", "7,10", "71", "24,20", "80,67%"]]
    rows += [["2", "Mường Chà", "9,20", "92", "8", "80", "7,20", "72", "24,40", "81,33%"]]
    units = read_tables(document(table(rows)), ANYWHERE, None).units
    assert [
        (
            each.unit.name,
            [numbers(result)[:4] for result in each.reading.results],
            each.reading.totals.score and str(each.reading.totals.score.value),
            each.reading.totals.index_percent and str(each.reading.totals.index_percent.value),
        )
        for each in units
    ] == [
        (
            "Tuần Giáo",
            [("1", "10", None, "9.1"), ("2", "10", None, "8"), ("3", "10", None, "7.1")],
            "24.20",
            "80.67",
        ),
        (
            "Mường Chà",
            [("1", "10", None, "9.2"), ("2", "10", None, "8"), ("3", "10", None, "7.2")],
            "24.40",
            "81.33",
        ),
    ]


def test_departments_over_tables_of_the_same_criteria_were_each_scored() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1"],
        ["1.2", "Họp", "1", "1"],
    ]
    made = document("Đơn vị: Sở Nội vụ", table(rows), "Đơn vị: Sở Tư pháp", table(rows))
    assert [each.unit.name for each in read_report(made).assessments] == ["Sở Nội vụ", "Sở Tư pháp"]


def test_the_maximum_behind_the_name() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí (điểm tối đa)", "Tự chấm", "Thẩm định"],
        ["1.1", "Kế hoạch (2 điểm)", "2", "1,5"],
        ["1.2", "Báo cáo (1 điểm)", "1", "1"],
    ]
    found = results(rows)
    assert [(numbers(result), result.name and result.name.value) for result in found] == [
        (("1.1", "2", "2", "1.5", "0.5"), "Kế hoạch"),
        (("1.2", "1", "1", "1", "0"), "Báo cáo"),
    ]


def test_roman_domains_over_criteria_that_count_from_one() -> None:
    rows: Rows = [["STT", "Tiêu chí", "Điểm chuẩn", "Điểm thẩm định"]]
    for roman, name in zip(("I", "II", "III", "IV"), ("Chỉ đạo", "Thể chế", "Thủ tục", "Bộ máy"), strict=True):
        rows += [[roman, name, "3", "2"], ["1", "Kế hoạch", "1", "1"], ["2", "Báo cáo", "2", "1"]]
    codes = [str(result.code.value) for result in results(rows)]
    assert codes == ["1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "3.2", "4", "4.1", "4.2"]


def test_codes_in_a_column_a_level() -> None:
    head: list[str | None] = ["LV", "TC", "TCTP", "Nội dung", "Điểm tối đa", "Điểm đạt"]
    full: Rows = [head, ["1", "", "", "Chỉ đạo", "3", "2"], ["", "1.1", "", "Kế hoạch", "3", "2"]]
    full += [["", "", "1.1.1", "Ban hành", "2", "1"], ["", "", "1.1.2", "Thực hiện", "1", "1"]]
    full += [["2", "", "", "Thể chế", "1", "1"], ["", "2.1", "", "Rà soát", "1", "1"]]
    within: Rows = [head, ["1", "", "", "Chỉ đạo", "3", "2"], ["", "1", "", "Kế hoạch", "3", "2"]]
    within += [["", "", "1", "Ban hành", "2", "1"], ["", "", "2", "Thực hiện", "1", "1"]]
    within += [["2", "", "", "Thể chế", "1", "1"], ["", "1", "", "Rà soát", "1", "1"]]
    expected = [
        ("1", "3", None, "2", "1"),
        ("1.1", "3", None, "2", "1"),
        ("1.1.1", "2", None, "1", "1"),
        ("1.1.2", "1", None, "1", "0"),
        ("2", "1", None, "1", "0"),
        ("2.1", "1", None, "1", "0"),
    ]
    assert [numbers(result) for result in results(full)] == expected
    assert [numbers(result) for result in results(within)] == expected


def test_one_column_a_criterion_and_one_row_a_unit() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Lĩnh vực 1", None, "Lĩnh vực 2", "Tổng điểm"],
        ["", "", "1.1", "1.2", "2.1", ""],
        ["", "Điểm tối đa", "2", "1", "3", "6"],
        ["1", "Tuần Giáo", "1,5", "1", "2", "4,5"],
        ["2", "Mường Chà", "2", "0,5", "3", "5,5"],
    ]
    units = read_tables(document(table(rows)), ANYWHERE, None).units
    assert [(each.unit.name, [numbers(result)[:4] for result in each.reading.results]) for each in units] == [
        ("Tuần Giáo", [("1.1", "2", None, "1.5"), ("1.2", "1", None, "1"), ("2.1", "3", None, "2")]),
        ("Mường Chà", [("1.1", "2", None, "2"), ("1.2", "1", None, "0.5"), ("2.1", "3", None, "3")]),
    ]


def test_points_with_their_loss_in_one_cell() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt (điểm trừ)"],
        ["1.1", "Kế hoạch", "2", "1,5\n(-0,5)"],
        ["1.2", "Báo cáo", "1", "1"],
    ]
    assert [numbers(result) for result in results(rows)] == [
        ("1.1", "2", None, "1.5", "0.5"),
        ("1.2", "1", None, "1", "0"),
    ]


def test_a_column_of_scores_that_no_rule_reads_asks_for_a_person() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm thẩm định"],
        ["1.1", "Kế hoạch", "2", "1,5 hay 1,25"],
        ["1.2", "Báo cáo", "1", "1 hay 0,5"],
    ]
    assert [result.doubts for result in results(rows)] == [("unread-column",), ("unread-column",)]


def test_lettered_domains_over_criteria_that_count_from_one() -> None:
    rows: Rows = [["TT", "Nội dung", "Điểm tối đa", "Điểm thẩm định"]]
    for letter, name in zip("ABCD", ("Chỉ đạo", "Thể chế", "Thủ tục", "Bộ máy"), strict=True):
        rows += [[letter, name, "3", "2"], ["1", "Kế hoạch", "1", "1"], ["2", "Báo cáo", "2", "1"]]
    codes = [str(result.code.value) for result in results(rows)]
    assert codes == ["1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "3.2", "4", "4.1", "4.2"]


def test_a_row_with_scores_whose_code_is_unread_is_refused_not_passed_over() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1,5"],
        ["1.2 (*)", "Báo cáo", "1", "1"],
        ["1.3/2", "Kiểm tra", "1", "1"],
        ["1.4", "Họp", "1", "0"],
    ]
    (reading,) = read_tables(document(table(rows)), ANYWHERE, None).own
    assert [str(result.code.value) for result in reading.results] == ["1.1", "1.2", "1.4"]
    assert [(refusal.printed.text, refusal.kind) for refusal in reading.refusals] == [("1.3/2", "code")]


def test_own_totals_beside_own_scores_of_domains_and_a_row_of_maxima() -> None:
    rows: Rows = [["STT", "Đơn vị"], ["", ""], ["", "Điểm tối đa"]]
    for name, points in (("Chỉ đạo điều hành", "10"), ("Thể chế", "5"), ("Thủ tục hành chính", "8")):
        rows[0] += [name, None]
        rows[1] += ["TĐG", "TĐ"]
        rows[2] += [points, points]
    rows[0] += ["Tổng điểm", None]
    rows[1] += ["TĐG", "TĐ"]
    rows[2] += ["23", "23"]
    rows += [["1", "Tuần Giáo", "9", "8", "5", "4", "7", "6", "21", "18"]]
    rows += [["2", "Mường Chà", "8", "7", "4", "4", "7", "7", "19", "18"]]
    units = read_tables(document(table(rows)), ANYWHERE, None).units
    assert [[numbers(result)[:4] for result in each.reading.results] for each in units] == [
        [("1", "10", "9", "8"), ("2", "5", "5", "4"), ("3", "8", "7", "6")],
        [("1", "10", "8", "7"), ("2", "5", "4", "4"), ("3", "8", "7", "7")],
    ]
    totals = [each.reading.totals for each in units]
    assert [(str(t.self_score.value), str(t.score.value)) for t in totals if t.self_score and t.score] == [
        ("21", "18"),
        ("19", "18"),
    ]


def test_provinces_in_a_ranking_of_the_ministry() -> None:
    title = "Công bố Chỉ số cải cách hành chính năm 2022 của các tỉnh, thành phố trực thuộc Trung ương"
    rows: Rows = [["Xếp hạng", "Tỉnh, thành phố", "PAR INDEX 2022 (%)"]]
    rows += [["1", "Quảng Ninh", "90,10"], ["2", "Hải Phòng", "89,50"], ["3", "Long An", "88,40"]]
    found = read_report(document("Hà Nội, ngày 19 tháng 04 năm 2023", "QUYẾT ĐỊNH", title, table(rows))).assessments
    assert [(each.unit.name, each.unit.level, each.totals.rank and each.totals.rank.value) for each in found] == [
        ("Quảng Ninh", "province", "1"),
        ("Hải Phòng", "province", "2"),
        ("Long An", "province", "3"),
    ]


def test_the_own_score_of_the_whole_year_beside_its_quarters() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", None, None],
        ["", "", "", "Quý I", "Quý II", "Cả năm"],
        ["1.1", "Kế hoạch", "2", "0,5", "1", "1,5"],
        ["1.2", "Báo cáo", "1", "0,5", "0,5", "1"],
    ]
    found = results(rows)
    assert [(numbers(result)[2], result.doubts) for result in found] == [("1.5", ()), ("1", ())]
    only_quarters = results([[*row[:4], row[4]] for row in rows])
    assert [result.doubts for result in only_quarters] == [("several-self-columns",)] * 2


def test_a_caption_may_say_the_points_of_its_unit() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1"],
        ["1.2", "Họp", "1", "1"],
    ]
    made = document("1. Huyện Tuần Giáo: 2 điểm", table(rows), "2. Huyện Mường Chà (đạt 2 điểm)", table(rows))
    assert [each.unit.name for each in read_report(made).assessments] == ["Tuần Giáo", "Mường Chà"]


def test_the_same_criteria_under_captions_of_several_years() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1"],
        ["1.2", "Họp", "1", "1"],
    ]
    later: Rows = [rows[0], ["1.1", "Kế hoạch", "2", "2"], ["1.2", "Họp", "1", "0,5"]]
    title = "Kết quả Chỉ số cải cách hành chính của UBND huyện Tuần Giáo các năm 2020 và 2021"
    made = document("BÁO CÁO", title, "1. Kết quả năm 2020", table(rows), "2. Kết quả năm 2021", table(later))
    assert [
        (each.unit.name, each.year, [numbers(result)[3] for result in each.results])
        for each in read_report(made).assessments
    ] == [("Tuần Giáo", 2020, ["1", "1"]), ("Tuần Giáo", 2021, ["2", "0.5"])]
