"""Layouts of score tables that officers use, each to its whole reading. Every table here is made."""

from __future__ import annotations

import pytest

from extract.tables.columns import recognise_columns
from extract.tables.read_tables import read_tables
from extract.tables.stitching import stitched_tables
from extract.tables.unit_reading import Context
from tests.tabling import document, paged, table
from tests.test_score_tables import ANYWHERE, numbers, own

Rows = list[list[str | None]]


def doubts(rows: Rows, *above: str) -> list[tuple[str, ...]]:
    (reading,) = read_tables(document(*above, table(rows)), ANYWHERE, None).own
    return [result.doubts for result in reading.results]


def reasons(rows: Rows) -> list[list[tuple[str, str | None]]]:
    (reading,) = read_tables(document(table(rows)), ANYWHERE, None).own
    return [
        [(str(item.amount.value), item.reason.value if item.reason else None) for item in result.deductions]
        for result in reading.results
    ]


def test_the_rest_of_a_cut_row_is_no_heading_though_it_speaks_like_one() -> None:
    head: list[str | None] = ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Ý kiến"]
    first = table([head, ["1.1", "Tham mưu ban", "2", "1,5", "Chưa có sáng"]], 1, ends_page=True)
    rest: Rows = [["", "hành văn bản", "", "", "kiến được công nhận"], ["1.2", "Báo cáo", "1", "0,5", "Thiếu"]]
    (reading,) = read_tables(paged((first,), (table(rest, 2, starts_page=True),)), ANYWHERE, None).own
    assert [(numbers(result), result.name.value if result.name else None) for result in reading.results] == [
        (("1.1", "2", None, "1.5", "0.5"), "Tham mưu ban hành văn bản"),
        (("1.2", "1", None, "0.5", "0.5"), "Báo cáo"),
    ]


def test_rules_of_scoring_at_the_top_of_a_page_are_rows_of_their_own() -> None:
    head: list[str | None] = ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]
    first = table([head, ["1.1", "Tỷ lệ hồ sơ đúng hạn", "2", "1,5"]], 1, ends_page=True)
    rest: Rows = [["", "- Đạt từ 90%: 2 điểm", "2", ""], ["1.2", "Báo cáo", "1", "0,5"]]
    (only,) = stitched_tables(paged((first,), (table(rest, 2, starts_page=True),)))
    assert [row.text(1) for row in only.body] == ["Tỷ lệ hồ sơ đúng hạn", "- Đạt từ 90%: 2 điểm", "Báo cáo"]


def test_losses_told_one_by_one_in_a_cell() -> None:
    found = reasons(
        [
            ["TT", "Tiêu chí", "Điểm tối đa", "Điểm thẩm định", "Điểm trừ", "Ý kiến thẩm định"],
            ["1.1", "Kế hoạch", "2", "1,25", "0,75", "Trừ 0,25 điểm do gửi chậm; trừ 0,5 điểm do thiếu chỉ tiêu"],
            ["1.2", "Báo cáo", "2", "1,25", "0,75", "- Gửi chậm (trừ 0,25đ)\n- Thiếu số liệu (trừ 0,5đ)"],
            ["1.3", "Kiểm tra", "2", "1,25", "0,75", "- Gửi chậm: -0,25 điểm\n- Thiếu biên bản: -0,5 điểm"],
            ["1.4", "Tuyên truyền", "2", "1", "1", "Trừ 0,25 điểm do gửi chậm; trừ 0,5 điểm do thiếu tin"],
        ]
    )
    assert found == [
        [("0.25", "gửi chậm"), ("0.5", "thiếu chỉ tiêu")],
        [("0.25", "Gửi chậm"), ("0.5", "Thiếu số liệu")],
        [("0.25", "Gửi chậm"), ("0.5", "Thiếu biên bản")],
        # the parts do not sum to what was lost: the cell stays whole
        [("1", "Trừ 0,25 điểm do gửi chậm; trừ 0,5 điểm do thiếu tin")],
    ]


def test_words_that_say_that_nothing_was_scored() -> None:
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]]
    rows += [[f"1.{n}", "Kế hoạch", "2", text] for n, text in enumerate(("1", "KĐG", "-", "Không đánh giá", "x"), 1)]
    assert [score for _, _, _, score, _ in own(document(table(rows)))] == ["1", None, None, None, None]
    assert doubts(rows) == [()] * 5


@pytest.mark.parametrize(
    ("headings", "score"),
    [
        (["Năm 2021", "Năm 2022"], "1"),
        (["2022", "2021"], "1.5"),
        (["Điểm đạt năm trước", "Điểm đạt"], "1"),
        (["Điểm đạt năm 2022", "Điểm đạt năm 2021"], "1.5"),
        (["Hội đồng thẩm định", "Sở Nội vụ thẩm định"], "1.5"),
        (["Thẩm định", "Phúc tra"], "1"),
        (["Điểm đạt", "Điểm trung bình của tỉnh"], "1.5"),
        (["Điểm đạt", "Điểm phấn đấu năm 2023"], "1.5"),
    ],
)
def test_which_of_two_columns_is_the_score(headings: list[str | None], score: str) -> None:
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", *headings]]
    rows += [["1.1", "Kế hoạch", "2", "1,5", "1"], ["1.2", "Báo cáo", "2", "1,5", "1"]]
    assert [held for _, _, _, held, _ in own(document(table(rows)), 2022)] == [score, score]


def test_scores_of_equal_standing_that_differ_ask_for_a_person() -> None:
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", "Điểm đánh giá", "Điểm đạt"]]
    rows += [["1.1", "Kế hoạch", "2", "1,5", "1"], ["1.2", "Báo cáo", "2", "1", "1"]]
    assert doubts(rows) == [("which-score",), ()]


def test_a_column_of_numbers_under_an_unknown_heading_is_not_passed_over() -> None:
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Ban thi đua"]]
    rows += [
        ["1.1", "Kế hoạch", "2", "2", "1"],
        ["1.2", "Báo cáo", "2", "1", "1"],
        ["1.3", "Kiểm tra", "2", "2", "1,5"],
    ]
    assert doubts(rows) == [("unknown-column",), (), ("unknown-column",)]


def test_counts_taken_for_scores_put_the_whole_table_in_doubt() -> None:
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", "Kết quả đạt được"]]
    rows += [[f"1.{n}", "Kế hoạch", "2", str(7 * n)] for n in range(1, 4)]
    assert doubts(rows) == [("column-above-maximum-score",)] * 3


def test_the_parts_of_maximum_and_score_add_up() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", None, None, "Điểm đạt được", None, None],
        ["", "", "Thẩm định", "ĐTXHH", "Tổng", "Thẩm định", "ĐTXHH", "Tổng"],
        ["1", "Chỉ đạo, điều hành", "8", "2", "10", "7", "1,5", "8,5"],
        ["1.1", "Kế hoạch", "8", "", "8", "7", "", "7"],
        ["1.2", "Chất lượng", "", "2", "2", "", "1,5", "1,5"],
    ]
    assert own(document(table(rows))) == [
        ("1", "10", None, "8.5", "1.5"),
        ("1.1", "8", None, "7", "1"),
        ("1.2", "2", None, "1.5", "0.5"),
    ]


def test_own_and_appraised_pairs_side_by_side() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Tự chấm/Tối đa", "Thẩm định/Tối đa"],
        ["1.1", "Kế hoạch", "2/2", "1,5/2"],
        ["1.2", "Báo cáo", "1/1", "0,5/1"],
    ]
    assert own(document(table(rows))) == [("1.1", "2", "2", "1.5", "0.5"), ("1.2", "1", "1", "0.5", "0.5")]


def test_group_labels_of_a_text_without_merged_cells_reach_to_the_right() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm", "", "", "Ghi chú"],
        ["", "", "Tối đa", "Của huyện tự chấm", "Đạt", ""],
        ["1.1", "Kế hoạch", "2", "2", "1,5", ""],
        ["1.2", "Báo cáo", "1", "1", "0,5", ""],
    ]
    (only,) = stitched_tables(document(table(rows)))
    assert recognise_columns(only).labels[2:5] == ("Điểm Tối đa", "Điểm Của huyện tự chấm", "Điểm Đạt")
    assert own(document(table(rows))) == [("1.1", "2", "2", "1.5", "0.5"), ("1.2", "1", "1", "0.5", "0.5")]


def test_a_difference_to_the_own_score_is_no_deduction() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Thẩm định", "Chênh lệch"],
        ["1.1", "Kế hoạch", "2", "2", "1,5", "0,5"],
        ["1.2", "Báo cáo", "1", "1", "0,5", "0,5"],
        ["1.3", "Kiểm tra", "1", "0,5", "0,5", "0"],
    ]
    (reading,) = read_tables(document(table(rows)), ANYWHERE, None).own
    assert [result.deducted_stated for result in reading.results] == [False] * 3


def test_the_total_is_that_of_the_whole_not_of_the_last_domain() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["", "Tổng cộng", "5", "3,5"],
        ["1.1", "Kế hoạch", "2", "1,5"],
        ["", "Cộng", "2", "1,5"],
        ["2.1", "Rà soát", "3", "2"],
        ["", "Cộng", "3", "2"],
    ]
    (reading,) = read_tables(document(table(rows)), ANYWHERE, None).own
    assert reading.totals.score is not None
    assert str(reading.totals.score.value) == "3.5"


def test_counts_measured_in_units_are_no_scores() -> None:
    rows: Rows = [
        ["STT", "Nội dung", "Đơn vị tính", "Kết quả"],
        ["1", "Ban hành văn bản", "", ""],
        ["1.1", "Kế hoạch", "văn bản", "12"],
        ["1.2", "Công văn", "văn bản", "45"],
    ]
    found = read_tables(document("Công tác cải cách hành chính", table(rows)), Context(None, None, None), None)
    assert (found.own, found.units, found.scorecard) == ((), (), ())


def test_one_point_printed_with_three_decimals_is_no_thousand() -> None:
    rows: Rows = [["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]]
    rows += [["1.1", "Kế hoạch", "1.000", "0.500"], ["1.2", "Báo cáo", "2,000", "1,250"]]
    (reading,) = read_tables(document(table(rows)), ANYWHERE, None).own
    assert reading.results[0].max_score is not None
    assert reading.results[0].max_score.steps == ("three-decimals",)


def test_domains_that_the_row_numbers_count_over_names_led_by_codes() -> None:
    rows: Rows = [["STT", "Tên tiêu chí", "Điểm chuẩn", "Điểm đạt", "Điểm trừ"]]
    for domain, roman in ((1, "I"), (2, "II"), (4, "IV"), (5, "V")):
        rows += [[roman, "Lĩnh vực nào đó", "3", "2", "1"]]
        rows += [[str(n), f"Tiêu chí {domain}.{n}. Việc {n}", "1,5", "1", "0,5"] for n in (1, 2)]
    assert own(document(table(rows))) == [
        row
        for domain in (1, 2, 4, 5)
        for row in (
            (f"{domain}", "3", None, "2", "1"),
            (f"{domain}.1", "1.5", None, "1", "0.5"),
            (f"{domain}.2", "1.5", None, "1", "0.5"),
        )
    ]
    rows[4][0] = "III"  # the parts of a table that its codes do not follow
    assert [code for code, *_ in own(document(table(rows)))] == [
        f"{domain}.{n}" for domain in (1, 2, 4, 5) for n in (1, 2)
    ]
