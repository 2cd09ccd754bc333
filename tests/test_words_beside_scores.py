"""Reasons, amounts and agencies that tables of districts have beside their scores. Every table here is made."""

from __future__ import annotations

from normalize.records import Result
from tests.test_score_tables import numbers
from tests.test_table_layouts import Rows
from tests.test_tables_of_districts import results


def told(result: Result) -> tuple[list[tuple[str, str | None]], list[str]]:
    """The items of a result and its agencies."""
    items = [(str(item.amount.value), item.reason.value if item.reason else None) for item in result.deductions]
    return items, [agency.name for agency in result.agencies]


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
