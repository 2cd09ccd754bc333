"""What each column holds: by its heading, its content, its arithmetic."""

from __future__ import annotations

import pytest

from extract.tables.column_roles import Columns
from extract.tables.columns import recognise_columns
from extract.tables.stitching import stitched_tables
from patterns.columns import column_patterns, is_header_text, is_number_row, roles_of
from tests.tabling import document, table


@pytest.mark.parametrize("entry", column_patterns(), ids=lambda entry: f"{entry.role}-{entry.weight}")
def test_every_example_of_a_heading_gets_its_role_before_all_others(entry) -> None:  # type: ignore[no-untyped-def]
    for example in entry.examples:
        found = roles_of(example)
        assert found, example
        assert max(found, key=lambda item: item[1])[0] == entry.role, (example, found)
    for example in entry.counter_examples:
        found = roles_of(example)
        assert not found or max(found, key=lambda item: item[1])[0] != entry.role, (example, found)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"], True),
        (["Tối đa", "Tự chấm", "Thẩm định"], True),
        (["(1)", "(2)", "(3)", "(4)"], True),
        (["1", "2", "3", "4=2-3"], True),
        (["1.1", "Kế hoạch", "2,00", "1,5"], False),
        (["I", "CHỈ ĐẠO, ĐIỀU HÀNH", "10", "9"], False),
        (["I", "LĨNH VỰC CHỈ ĐẠO ĐIỀU HÀNH"], False),
        (["1", "Tiêu chí về kế hoạch", "2", "1"], False),
        (["TT", "Huyện, thành phố", "Thể chế", "Tài chính công", "Tổng điểm"], True),
    ],
)
def test_heading_rows_are_told_from_rows_of_values(texts: list[str], expected: bool) -> None:
    assert is_header_text(texts) is expected


def test_a_row_that_numbers_the_columns() -> None:
    assert is_number_row(["1", "2", "3", "4"])
    assert not is_number_row(["1", "5", "2"])
    assert not is_number_row(["2", "1,5", "0,5"])


@pytest.mark.parametrize(
    "texts",
    [
        ["l", "(2)", "3)", "(4", "@", "(6)", "7", "(8)"],
        ["1", "(2", "\ufffd", "4)", "\ufffd", "(6)", "(T)"],
        ["(1)", "(2)", "(3)", "(4)", "(5)=(3)-(4)", "(6)"],
        ["q)", "(2)", "(3", "4)", "(5)=(3)-(4)"],
        ["1", "(2)", "4", "(6)", "(ì", "(8)"],
        ["1", "2", "á", "4", "5", "6"],
    ],
)
def test_a_misread_row_of_column_numbers_is_one(texts: list[str]) -> None:
    assert is_number_row(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["1", "Kế hoạch", "(3)", "(4)", "(5)"],
        ["1.1", "(2)", "(3)", "(4)"],
        ["2", "(1)", "(2)", "(1)"],
        ["1", "2", "2", "1", "1"],
        ["4", "5", "6", "7", "8"],
        ["1", "2", "2", "3", "(1)"],
    ],
)
def test_a_row_of_values_is_no_row_of_column_numbers(texts: list[str]) -> None:
    assert not is_number_row(texts)


def columns_of(rows: list[list[str | None]], year: int | None = None) -> Columns:
    (only,) = stitched_tables(document(table(rows)))
    return recognise_columns(only, year)


def test_the_notes_hold_the_deduction_where_arithmetic_says_so() -> None:
    found = columns_of(
        [
            ["Tiêu chí", "Điểm đạt/tối đa", "Ghi chú"],
            ["1.1 Kế hoạch", "0,75/1", "0,25"],
            ["1.2. Báo cáo", "1,5/2", "0,5"],
            ["1.3: Kiểm tra", "2/2", ""],
        ]
    )
    assert (found.code, found.glued, found.pair, found.deducted) == (0, True, 1, 2)


def test_notes_that_do_not_close_are_no_deductions() -> None:
    found = columns_of(
        [
            ["Tiêu chí", "Điểm đạt/tối đa", "Ghi chú"],
            ["1.1 Kế hoạch", "0,75/1", "3"],
            ["1.2. Báo cáo", "1,5/2", "4"],
            ["1.3: Kiểm tra", "2/2", "5"],
        ]
    )
    assert found.deducted is None


def test_rounds_of_appraisal_keep_their_order() -> None:
    found = columns_of(
        [
            ["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Thẩm định vòng 1", "Thẩm định vòng 2"],
            ["1.1", "Kế hoạch", "2", "2", "1", "1,5"],
            ["1.2", "Báo cáo", "1", "1", "1", ""],
        ]
    )
    assert (found.max_score, found.self_score, found.scores) == (2, 3, (4, 5))


def test_columns_of_another_year_are_left_out() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt năm 2021", "Điểm đạt năm 2022"],
        ["1.1", "Kế hoạch", "2", "1", "1,5"],
        ["1.2", "Báo cáo", "1", "1", "0,5"],
    ]
    assert columns_of(rows, 2022).scores == (4,)
    assert columns_of(rows, 2021).scores == (3,)


def test_columns_without_headings_are_settled_by_the_sum_or_stay_in_doubt() -> None:
    closing = columns_of([["1.1", "Kế hoạch năm", "2", "1,5", "0,5"], ["1.2", "Báo cáo quý", "1", "0,5", "0,5"]])
    assert (closing.max_score, closing.scores, closing.deducted, closing.doubts) == (2, (3,), 4, ())
    open_ended = columns_of([["1.1", "Kế hoạch năm", "2", "1,5"], ["1.2", "Báo cáo quý", "1", "0,5"]])
    assert (open_ended.max_score, open_ended.scores, open_ended.doubts) == (2, (3,), ("columns-without-heading",))


def test_a_domain_to_the_left_of_its_codes_is_no_name() -> None:
    found = columns_of(
        [
            ["STT", "Nội dung", "Tiêu chí thành phần", "Kết quả", "Nguyên nhân"],
            ["1", "Chỉ đạo điều hành", "1.2", "0,5/1", "Chậm tiến độ báo cáo"],
            ["", "", "1.3", "1/2", "Thiếu minh chứng"],
            ["2", "Cải cách thể chế", "2.1", "0/1", "Không ban hành kế hoạch"],
        ]
    )
    assert (found.code, found.domain, found.name, found.ordinal, found.pair) == (2, 1, None, 0, 3)


@pytest.mark.parametrize(
    ("recognised", "role"),
    [("Thang .điếm", "max_score"), ('Kết quả thẩm "định', "score"), ("' Điếm tự . chấm", "self_score")],
)
def test_specks_in_a_recognised_heading(recognised: str, role: str) -> None:
    assert next(iter(roles_of(recognised)))[0] == role
