"""Tables of several units one below the other or side by side. Every table here is made."""

from __future__ import annotations

from extract.tables.read_tables import read_tables
from extract.tables.unit_reading import Context
from tests.tabling import document, table
from tests.test_score_tables import ANYWHERE, Numbers, numbers
from tests.test_table_habits import results
from tests.test_table_layouts import Rows

DEPARTMENTS = Context("Đồng Tháp", "department", None)


def by_unit(rows: Rows, context: Context = ANYWHERE) -> list[tuple[str | None, list[Numbers]]]:
    units = read_tables(document(table(rows)), context, None).units
    return [(each.unit.name, [numbers(result) for result in each.reading.results]) for each in units]


LOST: Rows = [
    ["STT", "Đơn vị", "Tiêu chí thành phần", "Điểm tối đa", "Điểm thẩm định", "Điểm trừ", "Lý do"],
    ["1", "Sở Nội vụ", "1.1. Kế hoạch", "2", "1", "1", "Chậm"],
    ["", "", "2.1. Rà soát", "1", "0,5", "0,5", "Thiếu"],
    ["2", "Sở Tư pháp", "1.1. Kế hoạch", "2", "1,5", "0,5", "Chậm"],
    ["", "", "3.2. Công khai", "1", "0", "1", "Thiếu"],
]


def test_a_column_names_the_unit_of_each_block_of_criteria() -> None:
    assert by_unit(LOST, DEPARTMENTS) == [
        ("Sở Nội vụ", [("1.1", "2", None, "1", "1"), ("2.1", "1", None, "0.5", "0.5")]),
        ("Sở Tư pháp", [("1.1", "2", None, "1.5", "0.5"), ("3.2", "1", None, "0", "1")]),
    ]


def test_units_that_share_no_criterion_are_those_who_must_act() -> None:
    parted = [*LOST[:3], ["2", "Sở Tư pháp", "2.2. Công bố", "2", "1,5", "0,5", "Chậm"], LOST[4]]
    assert by_unit(parted) == []
    (reading,) = read_tables(document(table(parted)), ANYWHERE, None).own
    assert [str(result.code.value) for result in reading.results] == ["1.1", "2.1", "2.2", "3.2"]


def test_a_row_with_the_name_of_a_unit_opens_its_block() -> None:
    rows: Rows = [["Mã", "Nội dung", "Điểm chuẩn", "Tự chấm", "Thẩm định"]]
    for number, name, score in (("I", "UBND xã Ia Grai", "2"), ("II", "UBND xã Ia Hrung", "2,5")):
        rows += [[number, name, "3", "3", score], ["1", "Chỉ đạo", "3", "3", score], ["1.1", "Kế hoạch", "2", "2", "2"]]
        rows += [["1.2", "Báo cáo", "1", "1", score.replace("2", "0", 1)]]
    units = read_tables(document(table(rows)), ANYWHERE, None).units
    assert [
        (
            each.unit.name,
            [numbers(result)[:4] for result in each.reading.results],
            each.reading.totals.score and str(each.reading.totals.score.value),
        )
        for each in units
    ] == [
        ("Ia Grai", [("1", "3", "3", "2"), ("1.1", "2", "2", "2"), ("1.2", "1", "1", "0")], "2"),
        ("Ia Hrung", [("1", "3", "3", "2.5"), ("1.1", "2", "2", "2"), ("1.2", "1", "1", "0.5")], "2.5"),
    ]


def test_a_ranking_folded_into_two_sets_of_columns() -> None:
    rows: Rows = [["STT", "Đơn vị", "Tổng điểm", "Xếp hạng"] * 2]
    rows += [["1", "Xã Tuệ Tĩnh", "95,5", "1", "3", "Xã Kẻ Sặt", "90", "3"]]
    rows += [["2", "Xã Mao Điền", "92", "2", "", "", "", ""]]
    units = read_tables(document(table(rows)), ANYWHERE, None).units
    totals = [(each.unit.name, each.reading.totals.score, each.reading.totals.rank) for each in units]
    assert [(name, str(score.value), rank.value) for name, score, rank in totals if score and rank] == [
        ("Tuệ Tĩnh", "95.5", "1"),
        ("Mao Điền", "92", "2"),
        ("Kẻ Sặt", "90", "3"),
    ]


def test_items_of_points_beside_are_no_criteria() -> None:
    rows: Rows = [
        ["TT", "Nội dung", "Điểm tối đa", "Điểm đạt"],
        ["1", "Chỉ đạo", "3", "2"],
        ["1.1", "Kế hoạch", "2", "1"],
        ["1.2", "Báo cáo", "1", "1"],
        ["B", "ĐIỂM THƯỞNG", "2", "1"],
        ["1", "Sáng kiến được công nhận", "2", "1"],
    ]
    assert [(numbers(result)[0], result.doubts) for result in results(rows)] == [("1", ()), ("1.1", ()), ("1.2", ())]


def test_a_second_appraisal_that_is_blank_in_some_rows() -> None:
    rows: Rows = [
        ["TT", "Nội dung", "Điểm tối đa", "Đơn vị tự chấm", "Kết quả phúc tra của Sở Nội vụ"],
        ["1.1", "Kế hoạch", "2", "2", "1"],
        ["1.2", "Báo cáo", "1", "1", ""],
        ["1.3", "Kiểm tra", "1", "1", "0,5"],
    ]
    expected = [("1.1", "2", "2", "1"), ("1.2", "1", "1", None), ("1.3", "1", "1", "0.5")]
    assert [numbers(result)[:4] for result in results(rows)] == expected
    unknown = [[*rows[0][:4], "Bảng B"], *rows[1:]]
    doubts = [result.doubts for result in results([*unknown, ["1.4", "Họp", "1", "1", "1"]])]
    assert doubts == [("unknown-column",), ("unknown-column",), ("unknown-column",), ()]


def test_a_whole_number_in_brackets_is_filled_in() -> None:
    rows: Rows = [
        ["TT", "Tên tiêu chí", "Mã tiêu chí", "Điểm bị trừ"],
        ["1", "Kế hoạch", "1.1", "(3)"],
        ["2", "Báo cáo", "1.2", "(0,25)"],
    ]
    assert [numbers(result) for result in results(rows)] == [
        ("1.1", None, None, None, "3"),
        ("1.2", None, None, None, "0.25"),
    ]


def test_points_under_an_unknown_heading_beside_the_own_ones() -> None:
    rows: Rows = [
        ["TT", "Nội dung", "Mức điểm", "Tự cho điểm", "Điểm bảng C", "Ghi chú"],
        ["1.1", "Kế hoạch", "2", "2", "1", "-1"],
        ["1.2", "Báo cáo", "1", "1", "1", ""],
        ["1.3", "Kiểm tra", "1", "1", "0,5", "-0,5"],
    ]
    expected = [("1.1", "2", "2", "1"), ("1.2", "1", "1", "1"), ("1.3", "1", "1", "0.5")]
    assert [(numbers(result)[:4], result.doubts) for result in results(rows)] == [(each, ()) for each in expected]
    without_notes = [row[:5] for row in rows]
    assert [numbers(result)[:4] for result in results(without_notes)] == expected
    assert [result.doubts for result in results(without_notes)] == [("unknown-column",), (), ("unknown-column",)]


def test_points_and_opinions_of_two_rounds() -> None:
    rows: Rows = [
        ["TT", "Nội dung", "Điểm tối đa", "Tự chấm", "Thẩm định lần 1", None, "Lần 2 (sau giải trình)", None],
        ["", "", "", "", "Điểm", "Lý do trừ", "Điểm", "Ý kiến"],
        ["1.1", "Kế hoạch", "2", "2", "1", "Chậm", "1,5", "Chấp nhận"],
        ["1.2", "Báo cáo", "1", "1", "1", "", "1", ""],
    ]
    expected = [("1.1", "2", "2", "1.5", "0.5"), ("1.2", "1", "1", "1", "0")]
    assert [(numbers(result), result.doubts) for result in results(rows)] == [(each, ()) for each in expected]


def test_who_must_act_stands_left_of_the_criteria_and_rows_are_counted() -> None:
    rows: Rows = [
        ["STT", "Đơn vị", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1", "Sở Nội vụ", "1.1 Kế hoạch", "2", "1"],
        ["2", "", "1.2 Báo cáo", "1", "0,5"],
        ["3", "Sở Tư pháp", "2.1 Rà soát văn bản", "1", "0"],
        ["4", "", "2.2 Công bố văn bản", "1", "0"],
    ]
    found = results(rows)
    assert [str(result.code.value) for result in found] == ["1.1", "1.2", "2.1", "2.2"]
    assert [result.domain for result in found] == [None] * 4
    assert [each.name for each in found[0].agencies] == ["Sở Nội vụ"]


def test_the_row_of_maxima_in_a_cell_too_narrow_for_its_words() -> None:
    rows: Rows = [["STT", "Đơn vị", "1.1", "1.2", "2.1", "Tổng điểm"]]
    rows += [["", "Điểm\nchuẩ\nn", "2", "1", "3", "6"]]
    rows += [["1", "Tuần\nGiáo", "1,5", "1", "2", "4,5"], ["2", "Mường Chà", "2", "0,5", "3", "5,5"]]
    units = read_tables(document(table(rows)), ANYWHERE, None).units
    assert [(each.unit.name, [numbers(result)[:4] for result in each.reading.results]) for each in units] == [
        ("Tuần Giáo", [("1.1", "2", None, "1.5"), ("1.2", "1", None, "1"), ("2.1", "3", None, "2")]),
        ("Mường Chà", [("1.1", "2", None, "2"), ("1.2", "1", None, "0.5"), ("2.1", "3", None, "3")]),
    ]


def test_criteria_that_begin_like_an_office_open_no_block() -> None:
    rows: Rows = [["Mã", "Tiêu chí", "Điểm tối đa", "Điểm trừ"]]
    for name in ("Sở Y tế", "Sở Xây dựng"):
        rows += [[f"Đơn vị: {name}", None, None, None], ["1.1", "Ban hành kế hoạch", "1", "0,5"]]
        rows += [["1.2", "Phòng chống tham nhũng", "1", "1"]]
    expected = [("1.1", "1", None, None, "0.5"), ("1.2", "1", None, None, "1")]
    assert by_unit(rows, DEPARTMENTS) == [("Sở Y tế", expected), ("Sở Xây dựng", expected)]


def test_letters_over_roman_numbers_over_arabic_ones() -> None:
    rows: Rows = [["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm"]]
    for letter in "ABCD":
        rows += [[letter, "Lĩnh vực", "3", "2"], ["I", "Kế hoạch", "2", "1"], ["1", "Ban hành", "1", "1"]]
        rows += [["2", "Thực hiện", "1", "0"], ["II", "Báo cáo", "1", "1"]]
    codes = [str(result.code.value) for result in results(rows)]
    assert codes == [f"{n}{end}" for n in range(1, 5) for end in ("", ".1", ".1.1", ".1.2", ".2")]


def test_a_unit_without_criteria_of_its_own_among_others() -> None:
    rows: Rows = [*LOST, ["3", "Sở Y tế", "Không bị trừ điểm", "", "", "", ""]]
    assert by_unit(rows, DEPARTMENTS)[2:] == [("Sở Y tế", [])]
