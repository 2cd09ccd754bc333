"""Recognised rows of domains whose code was misread. Every table here is made."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Document, Table
from extract.tables.read_tables import read_tables
from extract.tables.unit_reading import Context
from tests.tabling import document, table

HEAD: list[str | None] = ["STT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]
Rows = list[list[str | None]]


def scan(rows: Rows) -> Document:
    made = table([HEAD, *rows])
    cells = tuple(replace(cell, confidence=0.9) for cell in made.cells)
    return document(Table(made.rows, made.columns, cells))


def codes(found: Document) -> list[tuple[str, str]]:
    (reading,) = read_tables(found, Context("Lạng Sơn", None, "2023-02-01"), 2022).own
    return [(str(one.code.value), str(one.score.value) if one.score else "") for one in reading.results]


FIRST: Rows = [
    ["I", "CHỈ ĐẠO, ĐIỀU HÀNH", "4", "3"],
    ["1.1", "Kế hoạch cải cách", "2", "1"],
    ["1.2", "Chế độ báo cáo", "2", "2"],
    ["II", "CẢI CÁCH THỂ CHẾ", "3", "2"],
    ["2.1", "Xây dựng văn bản", "1", "1"],
    ["2.2", "Rà soát văn bản", "2", "1"],
]
THIRD: Rows = [
    ["3.1", "Công khai thủ tục", "5", "4"],
    ["3.2", "Một cửa liên thông", "6", "5"],
]
READ = [("1", "3"), ("1.1", "1"), ("1.2", "2"), ("2", "2"), ("2.1", "1"), ("2.2", "1")]


def test_a_domain_is_the_one_whose_criteria_begin_behind_it() -> None:
    for misread in ("1", "\ufffd", "IH", "2", "m1", '"H'):
        rows: Rows = [*FIRST, [misread, "KIỂM SOÁT TTHC", "11", "9"], *THIRD]
        assert codes(scan(rows)) == [*READ, ("3", "9"), ("3.1", "4"), ("3.2", "5")]


def test_the_first_domain_and_one_without_any_code() -> None:
    rows: Rows = [["F", *FIRST[0][1:]], *FIRST[1:], ["", "Cải cách thủ tục hành chính", "11", "9"], *THIRD]
    assert codes(scan(rows)) == [*READ, ("3", "9"), ("3.1", "4"), ("3.2", "5")]


def test_what_is_no_domain_stays_without_a_code() -> None:
    total: Rows = [*FIRST, ["", "Cộng", "7", "5"], *THIRD]
    assert codes(scan(total)) == [*READ, ("3.1", "4"), ("3.2", "5")]
    gap: Rows = [*FIRST, ["1", "CẢI CÁCH TỔ CHỨC BỘ MÁY", "11", "9"], ["4.1", "Biên chế", "5", "4"]]
    assert ("4", "9") not in codes(scan(gap))


def test_typed_codes_are_what_they_say() -> None:
    rows: Rows = [HEAD, *FIRST, ["5", "KIỂM SOÁT TTHC", "11", "9"], *THIRD]
    assert ("5", "9") in codes(document(table(rows)))
