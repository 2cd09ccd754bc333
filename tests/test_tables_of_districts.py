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


def told(result: Result) -> tuple[list[tuple[str, str | None]], list[str]]:
    """The items of a result and its agencies."""
    items = [(str(item.amount.value), item.reason.value if item.reason else None) for item in result.deductions]
    return items, [agency.name for agency in result.agencies]


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


def test_a_criterion_over_several_rows_has_a_reason_an_amount_and_an_agency_in_each() -> None:
    rows: Rows = [
        ["Mã", "Tên tiêu chí", "Điểm chuẩn", "Điểm đạt", "Điểm mất", "Nguyên nhân", "Số điểm trừ", "Cơ quan chủ trì"],
        ["1.5.1", "Tuyên truyền", "2", "1,25", "0,75", "Thiếu chuyên mục", "0,5", "Phòng Tư pháp"],
        ["", "", "", "", "", "Báo cáo không có số liệu", "0,25", "Phòng Nội vụ"],
        ["5.2", "Đào tạo", "1", "0,8", "0,2", "Đạt 80% kế hoạch", "0,2", "Phòng Nội vụ"],
        ["", "", "", "", "", "Các tiêu chí còn lại đạt điểm tối đa", "", "Phòng Nội vụ"],
    ]
    assert [(numbers(result), told(result)) for result in results(rows)] == [
        (
            ("1.5.1", "2", None, "1.25", "0.75"),
            ([("0.5", "Thiếu chuyên mục"), ("0.25", "Báo cáo không có số liệu")], ["Phòng Tư pháp", "Phòng Nội vụ"]),
        ),
        (("5.2", "1", None, "0.8", "0.2"), ([("0.2", "Đạt 80% kế hoạch")], ["Phòng Nội vụ"])),
    ]


def test_amounts_in_the_rows_below_are_added_up() -> None:
    rows: Rows = [
        ["Tiêu chí", "Điểm đạt/tối đa", "Lý do trừ điểm", "Điểm trừ", "Cơ quan chủ trì"],
        ["3.2. Giải quyết hồ sơ", "3/4", "Đất đai trễ hạn", "-0,75", "Phòng Nội vụ"],
        ["", "", "Hộ tịch trễ hạn", "-0,25", ""],
        ["3.3. Công khai", "1/1", "", "", "Phòng Tư pháp"],
    ]
    assert [(numbers(result), told(result)) for result in results(rows)] == [
        (
            ("3.2", "4", None, "3", "1"),
            ([("0.75", "Đất đai trễ hạn"), ("0.25", "Hộ tịch trễ hạn")], ["Phòng Nội vụ"]),
        ),
        (("3.3", "1", None, "1", None), ([], ["Phòng Tư pháp"])),
    ]


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


STACKED: Rows = [
    ["STT", "Tiêu chí", "Điểm đạt/Điểm tối đa", "Số điểm mất", "Nguyên nhân", "Cơ quan chịu trách nhiệm"],
    ["1", "1.1.1. Kế hoạch", "0,5/1", "0,5", "Ban hành chậm", "Phòng Nội vụ"],
    ["2", "3.2.1. Công bố\n3.2.2. Công khai", "0,75/1\n0/0,5", "0,25\n0,5", "Chưa cập nhật", "Văn phòng HĐND -\nUBND"],
    ["3", "4.1.2. Sắp xếp bộ máy", "1/1,5", "0,5", "Vượt 01 cấp phó", "Phòng Nội vụ"],
]


def test_the_words_beside_several_criteria_are_of_each_of_them() -> None:
    expected = [
        (("1.1.1", "1", None, "0.5", "0.5"), ([("0.5", "Ban hành chậm")], ["Phòng Nội vụ"])),
        (("3.2.1", "1", None, "0.75", "0.25"), ([("0.25", "Chưa cập nhật")], ["Văn phòng HĐND và UBND"])),
        (("3.2.2", "0.5", None, "0", "0.5"), ([("0.5", "Chưa cập nhật")], ["Văn phòng HĐND và UBND"])),
        (("4.1.2", "1.5", None, "1", "0.5"), ([("0.5", "Vượt 01 cấp phó")], ["Phòng Nội vụ"])),
    ]
    assert [(numbers(result), told(result)) for result in results(STACKED)] == expected
    flat: Rows = [[text and text.replace("\n", " ") for text in row] for row in STACKED]
    assert [(numbers(result), told(result)) for result in results(flat)] == expected


def test_the_agency_of_a_group_is_that_of_each_criterion_in_it() -> None:
    rows: Rows = [
        ["STT", "Cơ quan chủ trì", "Tiêu chí bị trừ điểm", "Điểm tối đa", "Điểm đạt", "Điểm bị trừ"],
        ["1", "Phòng Nội vụ", "1.1.3. Báo cáo", "1", "0,75", "0,25"],
        ["", "", "4.2.1. Biên chế", "1,5", "1", "0,5"],
        ["2", "Phòng Tư pháp", "2.1. Rà soát văn bản", "2", "1", "1"],
        ["Tổng", "", "", "", "", "1,75"],
    ]
    assert [(str(result.code.value), told(result)[1]) for result in results(rows)] == [
        ("1.1.3", ["Phòng Nội vụ"]),
        ("4.2.1", ["Phòng Nội vụ"]),
        ("2.1", ["Phòng Tư pháp"]),
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


def test_pairs_with_the_maximum_first_and_the_opinion_of_the_second_round() -> None:
    rows: Rows = [
        ["Tiêu chí", "Điểm chuẩn/Điểm đạt", "Ý kiến lần 1", "Ý kiến lần 2"],
        ["1.3 Kiểm tra", "2/1,25", "Ban hành chậm", "Giữ nguyên"],
        ["3.1 Kiểm soát TTHC", "3/2,5", "", "Cập nhật chậm"],
    ]
    assert [(numbers(result), told(result)[0]) for result in results(rows)] == [
        (("1.3", "2", None, "1.25", "0.75"), [("0.75", "Ban hành chậm")]),
        (("3.1", "3", None, "2.5", "0.5"), [("0.5", "Cập nhật chậm")]),
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


def test_codes_close_behind_their_label_and_the_office_that_mends() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Thang điểm", "Số điểm đạt", "Số điểm không đạt", "Cơ quan khắc phục"],
        ["1", "TC1.1.2: Mức độ hoàn thành kế hoạch", "1,5đ", "1,0đ", "0,5đ", "Phòng Nội vụ"],
        ["2", "TC3.1.1: Cập nhật TTHC", "1đ", "0đ", "1đ", "Phòng Tư pháp"],
    ]
    assert [(numbers(result), told(result)[1]) for result in results(rows)] == [
        (("1.1.2", "1.5", None, "1", "0.5"), ["Phòng Nội vụ"]),
        (("3.1.1", "1", None, "0", "1"), ["Phòng Tư pháp"]),
    ]


def test_codes_with_their_points_in_one_cell() -> None:
    rows: Rows = [
        ["STT", "Lĩnh vực", "Tiêu chí (điểm đạt/điểm tối đa)", "Nguyên nhân", "Cơ quan chủ trì"],
        ["1", "Chỉ đạo, điều hành", "1.2.1 (0,5/1)", "Báo cáo chậm", "Phòng Nội vụ"],
        ["", "", "1.4.2 (0/1,5 điểm)", "Chưa có sáng kiến", "Phòng Nội vụ"],
        ["2", "Cải cách TTHC", "3.3.1: 2,25/3", "Trễ hạn 41 hồ sơ", "Phòng Tư pháp"],
    ]
    assert [(numbers(result), told(result)) for result in results(rows)] == [
        (("1.2.1", "1", None, "0.5", "0.5"), ([("0.5", "Báo cáo chậm")], ["Phòng Nội vụ"])),
        (("1.4.2", "1.5", None, "0", "1.5"), ([("1.5", "Chưa có sáng kiến")], ["Phòng Nội vụ"])),
        (("3.3.1", "3", None, "2.25", "0.75"), ([("0.75", "Trễ hạn 41 hồ sơ")], ["Phòng Tư pháp"])),
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
