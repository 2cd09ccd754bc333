"""Tables over pages: which parts belong together, which rows were cut."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Table
from extract.tables.stitching import StitchedTable, stitched_tables
from tests.tabling import document, paged, table

HEAD: list[str | None] = ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Ý kiến thẩm định"]


def texts(stitched: StitchedTable) -> list[list[str]]:
    return [[row.text(column).replace("\n", " ") for column in range(stitched.columns)] for row in stitched.body]


def test_a_table_goes_on_over_the_page_and_its_cut_row_is_whole() -> None:
    first = table([HEAD, ["1.1", "Kế hoạch", "2", "1,5", "Ban hành chậm so với"]], 1, ends_page=True)
    second = table([["", "", "", "", "quy định của tỉnh"], ["1.2", "Báo cáo", "1", "1", ""]], 2, starts_page=True)
    (only,) = stitched_tables(paged((first,), (second,)))
    assert texts(only) == [
        ["1.1", "Kế hoạch", "2", "1,5", "Ban hành chậm so với quy định của tỉnh"],
        ["1.2", "Báo cáo", "1", "1", ""],
    ]


def test_a_page_that_begins_with_a_criterion_whose_words_sound_like_headings_goes_on() -> None:
    head: list[str | None] = ["STT", "Tiêu chí", "Điểm thẩm định/ điểm tối đa", "Tồn tại, hạn chế", "Đơn vị phụ trách"]
    first = table([head, ["1", "1.1.1.", "Đạt 0,25 / 0,5 điểm", "Chậm báo cáo", "Phòng Nội vụ"]], 1, ends_page=True)
    rest: list[str | None] = [
        "",
        "3.4.1.",
        "Đạt 1,25 / 1,5 điểm",
        "Nguyên nhân, hạn chế: chậm hạn",
        "Đơn vị phụ trách: VP",
    ]
    second = table([rest], 2, starts_page=True)
    (only,) = stitched_tables(paged((first,), (second,)))
    assert [row[1] for row in texts(only)] == ["1.1.1.", "3.4.1."]


def test_a_repeated_heading_is_dropped() -> None:
    first = table([HEAD, ["1.1", "Kế hoạch", "2", "1,5", ""]], 1, ends_page=True)
    second = table([HEAD, ["1.2", "Báo cáo", "1", "1", ""]], 2, starts_page=True)
    (only,) = stitched_tables(paged((first,), (second,)))
    assert [row[0] for row in texts(only)] == ["1.1", "1.2"]


def test_a_row_of_its_own_at_the_top_of_a_page_stays_its_own() -> None:
    first = table([HEAD, ["1.1", "Kế hoạch", "2", "1,5", "Ban hành chậm"]], 1, ends_page=True)
    second = table([["", "Điểm thưởng", "", "", "Không có"]], 2, starts_page=True)
    (only,) = stitched_tables(paged((first,), (second,)))
    assert texts(only) == [
        ["1.1", "Kế hoạch", "2", "1,5", "Ban hành chậm"],
        ["", "Điểm thưởng", "", "", "Không có"],
    ]


def test_a_scale_below_a_criterion_is_no_rest_of_its_name() -> None:
    first = table([HEAD, ["1.1", "Kiểm tra các phòng", "2", "1,5", ""]], 1, ends_page=True)
    second = table([["", "Từ 80% trở lên: 2 điểm; dưới 80%: 1,5 điểm", "", "", ""]], 2, starts_page=True)
    (only,) = stitched_tables(paged((first,), (second,)))
    assert [row[1] for row in texts(only)] == ["Kiểm tra các phòng", "Từ 80% trở lên: 2 điểm; dưới 80%: 1,5 điểm"]


def test_a_number_cut_by_the_page_end_is_joined() -> None:
    first = table([HEAD, ["4.2", "Tinh giản biên chế", "1,5", "0,24", "Chưa đạt"]], 1, ends_page=True)
    second = table([["", "", "", "39", "tỷ lệ giao"]], 2, starts_page=True)
    (only,) = stitched_tables(paged((first,), (second,)))
    assert only.body[0].text(3) == "0,24\n39"


def test_another_heading_begins_another_table() -> None:
    first = table([HEAD, ["1.1", "Kế hoạch", "2", "1,5", ""]])
    second = table([["STT", "Đơn vị", "Tổng điểm", "Xếp hạng", "Ghi chú"], ["1", "Ba Bể", "85", "2", ""]])
    assert len(stitched_tables(document(first, second))) == 2


def test_prose_between_two_tables_parts_them() -> None:
    first = table([HEAD, ["1.1", "Kế hoạch", "2", "1,5", ""]])
    second = table([["1.2", "Báo cáo", "1", "1", ""]])
    assert len(stitched_tables(document(first, "Phần thứ hai: kết quả điều tra xã hội học", second))) == 2
    assert len(stitched_tables(document(first, second))) == 1


def test_a_table_in_the_middle_of_a_page_does_not_go_on() -> None:
    first = table([HEAD, ["1.1", "Kế hoạch", "2", "1,5", ""]], 1)
    second = table([["1.2", "Báo cáo", "1", "1", ""]], 2)
    assert len(stitched_tables(paged((first,), (second,)))) == 2


def test_a_title_row_above_the_headings_is_no_data() -> None:
    title: list[str | None] = ["BẢNG ĐIỂM CHI TIẾT", None, None, None, None]
    (only,) = stitched_tables(document(table([title, HEAD, ["1.1", "Kế hoạch", "2", "1,5", ""]])))
    assert texts(only) == [["1.1", "Kế hoạch", "2", "1,5", ""]]


def test_the_title_of_a_domain_over_all_columns_begins_no_table_on_the_next_page() -> None:
    first = table([HEAD, ["2.6", "Tác động", "2", "1,5", "Điều tra"]], 1, ends_page=True)
    title: list[str | None] = ["Lĩnh vực 3: CẢI CÁCH THỦ TỤC HÀNH CHÍNH", None, None, None, None]
    second = table([title, ["3.1", "Rà soát", "1", "1", ""]], 2, starts_page=True)
    (only,) = stitched_tables(paged((first,), (second,)))
    assert [row.text(0) for row in only.body] == ["2.6", "Lĩnh vực 3: CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "3.1"]


def recognised(rows: list[list[str | None]], page: int, starts_page: bool = False, ends_page: bool = False) -> Table:
    made = table(rows, page, starts_page=starts_page, ends_page=ends_page)
    return replace(made, cells=tuple(replace(cell, confidence=0.9) for cell in made.cells))


def test_a_repeated_heading_that_lost_its_marks_is_dropped_with_its_misread_numbers() -> None:
    numbers: list[str | None] = ["(1)", "(2)", "(3)", "(4)", "(5)"]
    first = recognised([HEAD, numbers, ["1.1", "Kế hoạch", "2", "1,5", ""]], 1, ends_page=True)
    again: list[str | None] = ["TT.", "Tiêu chi", "Điêm tối đa", "Điểm đat", "Ý kiến thâm định"]
    second = recognised(
        [again, ["q)", "(2", "3)", "\ufffd", "(5)"], ["1.2", "Báo cáo", "1", "1", "Ban hành"]], 2, True, True
    )
    third = recognised([["1", "(2", "3)", "\ufffd", "(5)"], ["", "", "", "", "và gửi chậm"]], 3, True)
    (only,) = stitched_tables(paged((first,), (second,), (third,)))
    assert texts(only) == [["1.1", "Kế hoạch", "2", "1,5", ""], ["1.2", "Báo cáo", "1", "1", "Ban hành và gửi chậm"]]
