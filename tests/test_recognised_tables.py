"""Tables as recognition leaves them: marks, dots and letters lost. Every table here is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Document, Table
from extract.tables.read_tables import read_tables
from extract.tables.unit_reading import Context
from normalize.decimals import is_ambiguous
from normalize.records import Result
from tests.tabling import document, table

Rows = list[list[str | None]]


def recognised(rows: Rows) -> Document:
    made = table(rows)
    cells = tuple(replace(cell, confidence=0.9) for cell in made.cells)
    return document(Table(made.rows, made.columns, cells))


def scored(results: Sequence[Result]) -> list[tuple[str, str, str]]:
    """Code, own score and awarded score of the results that have both."""
    return [
        (str(each.code.value), str(each.self_score.value), str(each.score.value))
        for each in results
        if each.self_score and each.score
    ]


def test_codes_totals_and_speakers_without_their_dots_and_marks() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm chuấn", "Huyên chấm", "Tinh chấm"],
        ["7", "Hiện đại hóa hành chính", "8", "7,75", "6,75"],
        ["71", "Ứng dụng công nghệ thông tin", "3", "3", "2,5"],
        ["7.2", "Dịch vụ công trực tuyến", "5", "4,75", "4,25"],
        ["", "TÔNG CỘNG", "8", "7,75", "6,75"],
    ]
    (reading,) = read_tables(recognised(rows), Context("Lạng Sơn", None, "2023-02-01"), 2022).own
    assert scored(reading.results) == [("7", "7.75", "6.75"), ("7.1", "3", "2.5"), ("7.2", "4.75", "4.25")]
    assert reading.results[1].code.steps == ("lost-dots: '71' -> '7.1'",)
    assert reading.totals.score is not None
    assert str(reading.totals.score.value) == "6.75"


def test_units_whose_marks_were_misread_are_found_in_the_register() -> None:
    rows: Rows = [
        ["TT", "Đơn vị", "Điểm thẩm định", "Xếp hạng"],
        ["1", "Xã Khuât Xá", "81,5", "1"],
        ["2", "Xã Tú Đoan", "80", "2"],
        ["", "Trung binh", "80,75", ""],
    ]
    found = read_tables(recognised(rows), Context("Lạng Sơn", "commune", "2023-02-01"), 2022).units
    assert [unit.unit.name for unit in found] == ["Khuất Xá", "Tú Đoạn"]
    departments: Rows = [rows[0], ["1", "Sở Nôi vu", "90", "1"], ["2", "Sở Tư phap", "88", "2"]]
    found = read_tables(recognised(departments), Context("Lạng Sơn", "department", "2023-02-01"), 2022).units
    assert [unit.unit.name for unit in found] == ["Sở Nội vụ", "Sở Tư pháp"]


def test_a_row_that_numbers_the_columns_is_none_of_values_though_half_misread() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Lý do"],
        ["?", "(2", "(3)", "(4", "(S)"],
        ["1.1", "Kế hoạch", "2", "1,5", "Ban hành chậm"],
        ["1.2", "Báo cáo", "1", "1", ""],
    ]
    (reading,) = read_tables(recognised(rows), Context(None, None, None), None).own
    assert [(str(one.code.value), one.doubts) for one in reading.results] == [("1.1", ()), ("1.2", ())]


def test_a_roman_number_whose_strokes_ran_together_follows_the_one_before() -> None:
    rows: Rows = [["TT", "Nội dung", "Điểm tối đa", "Điểm đạt"]]
    for roman, name in zip(("I", "II", "III", "IV", "V", "VỊ", "VH", "VIn"), "abcdefgh", strict=True):
        rows += [[roman, f"Lĩnh vực {name}", "3", "2,5"], ["1", "Kế hoạch", "1", "1"], ["2", "Báo cáo", "2", "1,5"]]
        rows += [["2.1", "Báo cáo quý", "2", "1,5"]]
    expected = [f"{domain}{below}" for domain in range(1, 9) for below in ("", ".1", ".2", ".2.1")]
    (reading,) = read_tables(recognised(rows), Context(None, None, None), None).own
    assert [str(one.code.value) for one in reading.results] == expected
    typed = read_tables(document(table(rows)), Context(None, None, None), None).own
    assert "6" not in [str(one.code.value) for reading in typed for one in reading.results]
    for row in rows:
        row[0] = {"VỊ": "V", "VH": "VII", "VIn": "VIII"}.get(str(row[0]), row[0])
    (reading,) = read_tables(recognised(rows), Context(None, None, None), None).own
    assert [str(one.code.value) for one in reading.results] == expected


def test_what_is_left_of_a_star_behind_a_code_is_no_part_of_it() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1", "Chỉ đạo, điều hành", "5", "4"],
        ["1.1”", "Kế hoạch", "2", "1,5"],
        ["1.2(°)", "Báo cáo", "2", "1,5"],
        ["1.3(9)", "Kiểm tra", "1", "1"],
        ["2", "Thể chế", "4", "3"],
        ["2.1", "Văn bản", "2", "1,5"],
        ["2.2", "Rà soát", "2", "1,5"],
    ]
    (reading,) = read_tables(recognised(rows), Context(None, None, None), None).own
    assert [str(one.code.value) for one in reading.results] == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"]
    assert reading.results[1].code.steps == ("mark-behind: '1.1”' -> '1.1'",)


def test_a_maximum_cut_by_the_line_end_in_a_table_of_three_decimals() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm đạt/Điểm tối đa"],
        ["1.1", "Kế hoạch", "0,753/1,50\n0 điểm"],
        ["1.2", "Báo cáo", "0,251/1,12\n5 điểm"],
        ["1.3", "Họp", "1,250/1,750 điểm"],
    ]
    (reading,) = read_tables(recognised(rows), Context(None, None, None), None).own
    found = [(str(one.max_score.value), is_ambiguous(one.max_score)) for one in reading.results if one.max_score]
    assert found == [("1.500", False), ("1.125", False), ("1.750", False)]
    rows = [rows[0], ["1.1", "Kế hoạch", "0,2/1,12\n5 điểm"], ["1.2", "Báo cáo", "0,25/1,50\n0 điểm"]]
    (reading,) = read_tables(recognised(rows), Context(None, None, None), None).own
    assert [is_ambiguous(one.max_score) for one in reading.results if one.max_score] == [True, False]


def test_a_unit_over_its_column_and_the_total_are_found_under_marks_misread() -> None:
    rows: Rows = [
        ["TT", "Lĩnh vực", "Điểm tối đa", "Bắc Sơn", "Chỉ\nLăng", "Cao Lộc"],
        ["1", "Công tác chỉ đạo, điều hành", "9,5", "8,18", "8,32", "8,55"],
        ["2", "Xây dựng văn bản quy phạm pháp luật", "7", "5,1", "5,9", "6,93"],
        ["3", "Cải cách thủ tục hành chính", "14", "9,94", "12,66", "9,88"],
        ["4", "Cải cách tổ chức bộ máy", "6", "5,41", "4,56", "4,6"],
        ["5", "Cải cách chế độ công vụ", "12", "11,4", "8,76", "8,96"],
        ["6", "Cải cách tài chính công", "8", "6,27", "6,63", "6,87"],
        ["", "'Tổng điểm", "56,5", "46,3", "46,83", "45,79"],
    ]
    found = read_tables(recognised(rows), Context("Lạng Sơn", "district", "2023-02-05"), 2022).units
    told = [
        (unit.unit.name, unit.doubts, unit.reading.totals.score and str(unit.reading.totals.score.value))
        for unit in found
    ]
    assert told == [("Bắc Sơn", (), "46.3"), ("Chi Lăng", ("unit-by-likeness",), "46.83"), ("Cao Lộc", (), "45.79")]


def test_a_group_over_both_scores_whose_marks_were_misread() -> None:
    """Without its mark "thẩm đinh" says nothing of appraisal, and both columns would be the unit's own."""
    rows: Rows = [
        ["TT", "Tiêu chí", "Thang điểm", "Kết quả tự chấm và thẩm đinh", "Kết quả tự chấm và thẩm đinh"],
        ["TT", "Tiêu chí", "Thang điểm", "Điếểmtự đánhgiá", "Điếm Hội đồng thẩm đinh -"],
        ["1", "Chỉ đạo, điều hành", "4", "3,5", "2,75"],
        ["1.1", "Kế hoạch", "2", "2", "1,5"],
        ["1.2", "Kiểm tra", "2", "1,5", "1,25"],
    ]
    (reading,) = read_tables(recognised(rows), Context("Lạng Sơn", None, "2023-02-01"), 2022).own
    assert scored(reading.results) == [("1", "3.5", "2.75"), ("1.1", "2", "1.5"), ("1.2", "1.5", "1.25")]
