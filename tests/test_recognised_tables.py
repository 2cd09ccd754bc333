"""Tables as recognition leaves them: marks, dots and letters lost. Every table here is made."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Document, Table
from extract.tables.read_tables import read_tables
from extract.tables.unit_reading import Context
from tests.tabling import document, table

Rows = list[list[str | None]]


def recognised(rows: Rows) -> Document:
    made = table(rows)
    cells = tuple(replace(cell, confidence=0.9) for cell in made.cells)
    return document(Table(made.rows, made.columns, cells))


def test_codes_totals_and_speakers_without_their_dots_and_marks() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm chuấn", "Huyên chấm", "Tinh chấm"],
        ["7", "Hiện đại hóa hành chính", "8", "7,75", "6,75"],
        ["71", "Ứng dụng công nghệ thông tin", "3", "3", "2,5"],
        ["7.2", "Dịch vụ công trực tuyến", "5", "4,75", "4,25"],
        ["", "TÔNG CỘNG", "8", "7,75", "6,75"],
    ]
    (reading,) = read_tables(recognised(rows), Context("Lạng Sơn", None, "2023-02-01"), 2022).own
    told = [
        (str(each.code.value), str(each.self_score.value), str(each.score.value))
        for each in reading.results
        if each.self_score and each.score
    ]
    assert told == [("7", "7.75", "6.75"), ("7.1", "3", "2.5"), ("7.2", "4.75", "4.25")]
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
