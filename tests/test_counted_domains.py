"""Titles of domains that a list of lost criteria counts in Roman numbers while it leaves domains out."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Table
from extract.tables.read_tables import read_tables
from extract.tables.rows import TableReading
from extract.tables.unit_reading import Context
from tests.tabling import document, table

HEAD: list[str | None] = ["TT", "Tiêu chí", "Điểm chuẩn", "Điểm đạt", "Lý do mất điểm"]
Rows = list[list[str | None]]
FIRST: Rows = [
    ["I", "Chỉ đạo, điều hành", "8", "7", ""],
    ["1.2", "Kiểm tra công tác cải cách", "2", "1", "Kiểm tra 03/08 phòng"],
]
IMPACT: Rows = [
    ["1.3", "Tuyên truyền", "1", "1", ""],
    ["II", "Tài chính công", "6", "4,5", ""],
    ["6.1", "Giải ngân vốn", "3", "2", "Giải ngân 66%"],
    ["6.4", "Tự chủ", "3", "2,5", "Không tăng đơn vị tự chủ"],
]


def reading_of(rows: Rows, confidence: float | None = None) -> TableReading:
    made = table([HEAD, *rows])
    cells = tuple(replace(cell, confidence=confidence) for cell in made.cells)
    found = document(Table(made.rows, made.columns, cells))
    (reading,) = read_tables(found, Context("Lạng Sơn", None, "2023-02-01"), 2022).own
    return reading


def codes(rows: Rows, confidence: float | None = None) -> list[tuple[str, str]]:
    reading = reading_of(rows, confidence)
    return [(str(one.code.value), str(one.score.value) if one.score else "") for one in reading.results]


def test_a_title_goes_by_the_criteria_below_it() -> None:
    survey: Rows = [["III", "Điều tra xã hội học", "30", "21,5", ""]]
    assert codes([*FIRST, *IMPACT, *survey]) == [
        ("1", "7"), ("1.2", "1"), ("1.3", "1"), ("6", "4.5"), ("6.1", "2"), ("6.4", "2.5"),
    ]  # fmt: skip


def test_the_survey_among_the_titles_is_a_total() -> None:
    totals = reading_of([*FIRST, *IMPACT, ["III", "Điều tra xã hội học", "30", "21,5", ""]]).totals
    assert totals.survey_score is not None
    assert str(totals.survey_score.value) == "21.5"


def test_a_worn_number_of_a_title_is_what_its_name_and_its_criteria_say() -> None:
    worn: Rows = [["m", *IMPACT[1][1:]], *IMPACT[2:]]
    last: Rows = [["V", "Hiện đại hóa hành chính", "5", "4", ""], ["7.1", "Ký số", "5", "4", "Chưa ký đủ"]]
    assert codes([*FIRST, *worn, *last], 0.9) == [
        ("1", "7"), ("1.2", "1"), ("6", "4.5"), ("6.1", "2"), ("6.4", "2.5"), ("7", "4"), ("7.1", "4"),
    ]  # fmt: skip


def test_a_title_without_criteria_goes_by_its_name_in_such_a_list() -> None:
    alone: Rows = [["III", "Hiện đại hóa hành chính", "9", "9", ""]]
    assert codes([*FIRST, *IMPACT, *alone])[-1] == ("7", "9")


def test_one_criterion_of_another_domain_below_a_title_of_its_own_name_is_a_slip_of_the_report() -> None:
    slip: Rows = [
        ["II", "Cải cách thể chế", "4", "3", ""],
        ["3.1", "Rà soát văn bản", "2", "1", "Chậm 02 tháng"],
    ]
    assert ("2", "3") in codes([*FIRST, *slip])
