"""Rankings of communes as districts type them: points and losses by domain. Every table here is made."""

from __future__ import annotations

from extract.report import read_report
from tests.tabling import document, table
from tests.test_score_tables import numbers
from tests.test_table_layouts import Rows


def test_domains_under_a_group_label_in_a_format_without_merged_cells() -> None:
    rows: Rows = [
        ["TT", "Đơn vị", "Điểm các lĩnh vực", "", "", "Tổng điểm", "Xếp thứ"],
        ["", "", "1. Chỉ đạo điều hành (15đ)", "2. Cải cách TTHC (25đ)", "3. Chính quyền số (15đ)", "", ""],
        ["1", "UBND xã Tân An", "13,5", "20,25", "14", "47,75", "2"],
        ["2", "UBND xã Phú Lộc", "12", "18,5", "12,75", "43,25", "3"],
        ["3", "UBND xã Yên Hòa", "14", "21", "14,5", "49,5", "1"],
    ]
    made = document("UBND HUYỆN NẬM NHÙN", "Kết quả chấm điểm CCHC của các xã năm 2022", table(rows))
    found = [[numbers(result)[:4] for result in assessment.results] for assessment in read_report(made).assessments]
    assert found == [
        [("1", "15", None, "13.5"), ("2", "25", None, "20.25"), ("3", "15", None, "14")],
        [("1", "15", None, "12"), ("2", "25", None, "18.5"), ("3", "15", None, "12.75")],
        [("1", "15", None, "14"), ("2", "25", None, "21"), ("3", "15", None, "14.5")],
    ]


def test_a_heading_with_the_points_to_be_had_is_over_points_and_over_no_codes() -> None:
    rows: Rows = [
        ["STT", "Tên xã", "Lĩnh vực 1 (10 điểm)", "Lĩnh vực 2 (10 điểm)", "Lĩnh vực 3 (15 điểm)", "Tổng điểm"],
        ["1", "Xã Tân An", "8,5", "7", "11,25", "26,75"],
        ["2", "Xã Phú Lộc", "9", "8", "12", "29"],
        ["3", "Xã Yên Hòa", "7,25", "6", "10", "23,25"],
    ]
    made = document("UBND HUYỆN MƯỜNG TÈ", "Kết quả Chỉ số cải cách hành chính các xã năm 2023", table(rows))
    found = [[numbers(result)[:4] for result in assessment.results] for assessment in read_report(made).assessments]
    assert found == [
        [("1", "10", None, "8.5"), ("2", "10", None, "7"), ("3", "15", None, "11.25")],
        [("1", "10", None, "9"), ("2", "10", None, "8"), ("3", "15", None, "12")],
        [("1", "10", None, "7.25"), ("2", "10", None, "6"), ("3", "15", None, "10")],
    ]


def test_points_lost_by_domain_are_no_scores() -> None:
    rows: Rows = [
        ["STT", "Xã, thị trấn", "Số điểm bị trừ theo lĩnh vực", None, None, "Tổng điểm trừ"],
        ["", "", "Chỉ đạo điều hành", "Cải cách thể chế", "Cải cách TTHC", ""],
        ["1", "Xã Tà Hộc", "1,25", "0,5", "1,75", "3,5"],
        ["2", "Xã Chiềng Chăn", "0,5", "0", "0,75", "1,25"],
    ]
    made = document("UBND HUYỆN MAI SƠN", "Điểm trừ Chỉ số CCHC năm 2023 của các xã", table(rows))
    found = read_report(made).assessments
    assert [[numbers(result) for result in assessment.results] for assessment in found] == [
        [("1", None, None, None, "1.25"), ("2", None, None, None, "0.5"), ("3", None, None, None, "1.75")],
        [("1", None, None, None, "0.5"), ("2", None, None, None, "0"), ("3", None, None, None, "0.75")],
    ]
    totals = [assessment.totals for assessment in found]
    assert [(str(each.deducted and each.deducted.value), each.score) for each in totals] == [
        ("3.5", None),
        ("1.25", None),
    ]
