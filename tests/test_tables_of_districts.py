"""Tables as districts and their offices type them, each to its whole reading. Every table here is made."""

from __future__ import annotations

from extract.report import read_report
from extract.tables.read_tables import read_tables
from normalize.records import Result
from tests.tabling import document, table
from tests.test_score_tables import ANYWHERE, numbers
from tests.test_table_layouts import Rows


def results(*blocks: Rows | str) -> tuple[Result, ...]:
    made = document(*(block if isinstance(block, str) else table(block) for block in blocks))
    (reading,) = read_tables(made, ANYWHERE, None).own
    return reading.results


SCORED: Rows = [
    ["TT", "Mã tiêu chí", "Nội dung", "Điểm tối đa", "Điểm đạt", "Điểm trừ"],
    ["1", "3.1", "Công khai", "1", "0,75", "0,25"],
    ["2", "5.1", "Vị trí việc làm", "1,5", "1", "0,5"],
]


def test_counted_units_are_no_criteria() -> None:
    staff: Rows = [
        ["TT", "Cơ quan, đơn vị", "Biên chế giao", "Có mặt", "Thiếu"],
        ["1", "Phòng Nội vụ", "8", "7", "1"],
        ["2", "Phòng Tư pháp", "4", "4", "0"],
        ["3", "Thanh tra huyện", "6", "5", "1"],
    ]
    found = results("Biểu 1", SCORED, "Biểu 2. Số lượng người làm việc", staff)
    assert [numbers(result) for result in found] == [
        ("3.1", "1", None, "0.75", "0.25"),
        ("5.1", "1.5", None, "1", "0.5"),
    ]


def test_tasks_done_of_those_given_are_no_scores() -> None:
    tasks: Rows = [
        ["TT", "Nhiệm vụ", "Số nhiệm vụ giao", "Hoàn thành", "Thời hạn"],
        ["1.1", "Kế hoạch tuyên truyền", "9", "8/9", "15/12/2023"],
        ["1.2", "Rà soát thủ tục", "27", "25/27", "Quý IV"],
        ["1.3", "Kiểm tra", "4", "4/4", "30/11/2023"],
    ]
    found = results("Biểu 1", SCORED, "Biểu 2. Tiến độ các nhiệm vụ", tasks)
    assert [str(result.code.value) for result in found] == ["3.1", "5.1"]


def test_whole_pairs_under_a_heading_of_points_are_scores() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm hoàn thành", "Thời hạn"],
        ["1.1", "Kế hoạch", "1/2", "Quý I"],
        ["1.2", "Kiểm tra", "0/1", "Quý II"],
    ]
    assert [numbers(result) for result in results(rows)] == [
        ("1.1", "2", None, "1", "1"),
        ("1.2", "1", None, "0", "1"),
    ]


def test_two_roman_numbers_before_the_names_of_domains_are_domains() -> None:
    rows: Rows = [
        ["TT", "Nội dung tiêu chí", "Điểm chuẩn", "Tự chấm", "HĐTĐ chấm"],
        ["I", "Công tác chỉ đạo, điều hành", "20", "18", "15"],
        ["1", "Kế hoạch của phòng", "10", "10", "10"],
        ["2", "Báo cáo định kỳ", "10", "8", "5"],
        ["II", "Cải cách thủ tục hành chính", "30", "27", "24,5"],
        ["1", "Hồ sơ đúng hạn", "30", "27", "24,5"],
    ]
    assert [(numbers(result), result.doubts) for result in results(rows)] == [
        (("1", "20", "18", "15", "5"), ()),
        (("1.1", "10", "10", "10", "0"), ()),
        (("1.2", "10", "8", "5", "5"), ()),
        (("2", "30", "27", "24.5", "5.5"), ()),
        (("2.1", "30", "27", "24.5", "5.5"), ()),
    ]


def test_a_pair_with_what_was_lost_behind_it() -> None:
    rows: Rows = [
        ["Mã tiêu chí", "Tên tiêu chí", "Kết quả đạt được", "Nguyên nhân"],
        ["1.1", "Kế hoạch", "0,75/1đ", "Chậm 02 nhiệm vụ"],
        ["1.2", "Kiểm tra", "0/1,5 (mất 1,5)", "Chưa khắc phục"],
        ["1.3", "Sáng kiến", "1/2 đ (-1 điểm)", "Ít sáng kiến"],
    ]
    found = results(rows)
    assert [(numbers(result), result.deducted_stated, result.doubts) for result in found] == [
        (("1.1", "1", None, "0.75", "0.25"), False, ()),
        (("1.2", "1.5", None, "0", "1.5"), True, ()),
        (("1.3", "2", None, "1", "1"), True, ()),
    ]


def test_two_columns_of_the_same_round_are_rivals() -> None:
    rows: Rows = [
        ["Mã số", "Nội dung", "Điểm tối đa", "Lần 1", "Lần 2", "Lần 2"],
        ["1.1", "Kế hoạch", "3", "3", "3", "0"],
        ["1.2", "Kiểm tra", "2", "1", "1,5", "1,5"],
    ]
    assert [result.doubts for result in results(rows)] == [("which-score",), ()]


def test_of_two_years_side_by_side_the_later_one_is_reported_on_and_notes_are_no_reasons() -> None:
    rows: Rows = [
        ["STT", "Lĩnh vực", "Điểm tối đa", "Điểm đạt", None, "Tăng (+), giảm (-)", "Ghi chú"],
        ["", "", "", "Năm 2021", "Năm 2022", "", ""],
        ["1", "Chỉ đạo, điều hành", "9,5", "7,25", "8,5", "+1,25", "Khắc phục được nội dung kiểm tra"],
        ["2", "Cải cách thể chế", "8", "7,5", "7", "-0,5", ""],
        ["3", "Cải cách thủ tục hành chính", "14", "11,75", "12,9", "+1,15", ""],
    ]
    title = "Biểu so sánh Chỉ số cải cách hành chính năm 2021 và năm 2022 của huyện Đồng Văn"
    (assessment,) = read_report(document("UBND HUYỆN ĐỒNG VĂN", title, table(rows))).assessments
    assert assessment.year == 2022
    assert [(numbers(result), result.deductions) for result in assessment.results] == [
        (("1", "9.5", None, "8.5", "1"), ()),
        (("2", "8", None, "7", "1"), ()),
        (("3", "14", None, "12.9", "1.1"), ()),
    ]


def test_the_line_of_an_annex_says_which_of_several_districts_of_one_name_is_meant() -> None:
    line = "(Ban hành kèm theo Kế hoạch số 145/KH-UBND ngày 30/3/2022 của UBND huyện Châu Thành, tỉnh Tiền Giang)"
    made = document("UBND HUYỆN CHÂU THÀNH", "Kết quả chấm điểm CCHC năm 2021", line, table(SCORED))
    (assessment,) = read_report(made).assessments
    unit = assessment.unit
    assert (unit.name, unit.level, unit.province, assessment.doubts) == ("Châu Thành", "district", "Tiền Giang", ())


def test_domains_that_count_anew_with_lettered_items_and_a_total_merged_over_the_codes() -> None:
    rows: Rows = [
        ["STT", "Nội dung", "Điểm tối đa", "Xã tự chấm", "Tổ thẩm định chấm"],
        ["I", "Chỉ đạo, điều hành CCHC", "20", "19", "17"],
        ["1", "Kế hoạch", "5", "5", "5"],
        ["2", "Chế độ báo cáo", "15", "14", "12"],
        ["a)", "Báo cáo quý", "10", "9", "7"],
        ["b)", "Báo cáo năm", "5", "5", "5"],
        ["II", "Cải cách thủ tục hành chính", "30", "28", "26"],
        ["1", "Niêm yết", "10", "10", "8"],
        ["2", "Hồ sơ đúng hạn", "20", "18", "18"],
        ["Tổng cộng (I+II)", None, "50", "47", "43"],
    ]
    assert [(numbers(result)[0], numbers(result)[3]) for result in results(rows)] == [
        ("1", "17"),
        ("1.1", "5"),
        ("1.2", "12"),
        ("1.2.1", "7"),
        ("1.2.2", "5"),
        ("2", "26"),
        ("2.1", "8"),
        ("2.2", "18"),
    ]


def test_the_appraised_part_and_the_survey_make_up_the_total() -> None:
    rows: Rows = [
        ["TT", "Lĩnh vực", "Thang điểm", "Điểm tự ĐG", "Điểm Bộ Nội vụ TĐ", "Điểm ĐTXHH", "Tổng điểm đạt"],
        ["1", "Chỉ đạo điều hành", "9,5", "8,5", "6,25", "1,52", "7,77"],
        ["2", "Cải cách thể chế", "10", "9", "5,5", "3,01", "8,51"],
        ["3", "Cải cách TTHC", "13", "12", "9,75", "2,05", "11,8"],
    ]
    assert [(numbers(result), result.doubts) for result in results(rows)] == [
        (("1", "9.5", "8.5", "7.77", "1.73"), ()),
        (("2", "10", "9", "8.51", "1.49"), ()),
        (("3", "13", "12", "11.8", "1.2"), ()),
    ]


def test_numbers_below_a_title_of_points_lost_are_doubted_where_no_heading_calls_them_points_got() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Số điểm", "Lý do"],
        ["1.1", "Kế hoạch", "0,5", "Chậm"],
        ["1.2", "Báo cáo", "0,25", "Thiếu"],
        ["3.1", "Công khai", "1", "Thiếu"],
    ]
    found = results("Các tiêu chí bị trừ điểm Chỉ số CCHC năm 2023", rows)
    assert [result.doubts for result in found] == [("score-without-known-heading",)] * 3
    assert [result.doubts for result in results("Kết quả Chỉ số CCHC năm 2023", rows)] == [()] * 3
    units: Rows = [
        ["STT", "Xã, thị trấn", "Chỉ đạo điều hành", "Cải cách thể chế", "Cải cách TTHC", "Cộng"],
        ["1", "Xã Tà Hộc", "1,25", "0,5", "1,75", "3,5"],
        ["2", "Xã Chiềng Chăn", "0,5", "0", "0,75", "1,25"],
    ]
    made = document("UBND HUYỆN MAI SƠN", "Tổng hợp điểm bị trừ Chỉ số CCHC năm 2023 của các xã", table(units))
    for assessment in read_report(made).assessments:
        assert all("score-without-known-heading" in result.doubts for result in assessment.results)


def test_a_loss_in_the_column_of_the_points_got_is_no_score() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Điểm", "Cơ quan chủ trì"],
        ["1.1", "Kế hoạch", "0,5/1", "Phòng Nội vụ"],
        ["1.2", "Báo cáo", "Đạt 0,75 điểm/1 điểm", "Phòng Nội vụ"],
        ["3.1", "Công khai", "trừ 0,5 điểm", "Phòng Nội vụ"],
    ]
    assert [numbers(result) for result in results(rows)] == [
        ("1.1", "1", None, "0.5", "0.5"),
        ("1.2", "1", None, "0.75", "0.25"),
        ("3.1", None, None, None, "0.5"),
    ]
