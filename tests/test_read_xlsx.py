"""Workbooks: what the sheet shows."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, Side

from extract.document import Document, Paragraph, Table
from extract.sheet.number_format import displayed
from extract.sheet.read_xlsx import read_xlsx
from extract.source import Source
from normalize.errors import UnsafeFile
from normalize.place import Place

LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def read(book: openpyxl.Workbook) -> Document:
    buffer = io.BytesIO()
    book.save(buffer)
    return read_xlsx(Source.of(buffer.getvalue(), Path("a.xlsx")))


def fill(sheet: Any, rows: list[list[object]], top: int = 1, ruled: bool = True) -> None:
    for number, row in enumerate(rows, start=top):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if ruled:
                cell.border = BOX


def places(table: object) -> list[tuple[int, int, int, int, str]]:
    assert isinstance(table, Table)
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def test_a_sheet_with_letterhead_table_and_signature() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["C1"] = "UBND TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    sheet["A3"] = "KẾT QUẢ CHẤM ĐIỂM\nnăm 2023"
    sheet["A3"].font, sheet["A3"].alignment = Font(bold=True), Alignment(horizontal="center")
    sheet.merge_cells("A3:D3")
    fill(sheet, [["TT", "Tên", "Điểm", None], [None, None, "Chuẩn", "Đạt"], [1.1, "Kế hoạch", 2, 0.75]], top=5)
    for area in ("A5:A6", "B5:B6", "C5:D5"):
        sheet.merge_cells(area)
    sheet["C9"] = "KT. CHỦ TỊCH"
    blocks = read(book).pages[0].blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "UBND TỈNH A",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾT QUẢ CHẤM ĐIỂM năm 2023",
        "KT. CHỦ TỊCH",
    ]
    assert isinstance(blocks[2], Paragraph)
    assert (blocks[2].bold, blocks[2].align, blocks[2].place) == (True, "center", Place(1))
    assert places(blocks[3]) == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 2, 1, "Tên"),
        (0, 2, 1, 2, "Điểm"),
        (1, 2, 1, 1, "Chuẩn"),
        (1, 3, 1, 1, "Đạt"),
        (2, 0, 1, 1, "1.1"),
        (2, 1, 1, 1, "Kế hoạch"),
        (2, 2, 1, 1, "2"),
        (2, 3, 1, 1, "0.75"),
    ]


def test_a_sheet_without_lines() -> None:
    book = openpyxl.Workbook()
    fill(book.active, [["Bảng điểm"], ["Mã", "Điểm"], ["1.1", 0.5], [], ["1.2", 1]], ruled=False)
    title, first, second = read(book).pages[0].blocks
    assert isinstance(title, Paragraph)
    assert title.text == "Bảng điểm"
    assert places(first) == [(0, 0, 1, 1, "Mã"), (0, 1, 1, 1, "Điểm"), (1, 0, 1, 1, "1.1"), (1, 1, 1, 1, "0.5")]
    assert places(second) == [(0, 0, 1, 1, "1.2"), (0, 1, 1, 1, "1")]


def test_hidden_rows_columns_and_sheets_are_left_out_and_told() -> None:
    book = openpyxl.Workbook()
    fill(book.active, [["a", "ẩn", "b"], ["ẩn", "ẩn", "ẩn"], ["c", "ẩn", "d"]])
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("Nháp").sheet_state = "hidden"
    fill(book.create_sheet("Hai"), [["x", "1"]])
    document = read(book)
    assert [page.number for page in document.pages] == [1, 3]
    assert places(document.pages[0].blocks[0]) == [
        (0, 0, 1, 1, "a"),
        (0, 1, 1, 1, "b"),
        (1, 0, 1, 1, "c"),
        (1, 1, 1, 1, "d"),
    ]
    assert document.warnings == ("hidden-cells:Sheet", "hidden-sheet:Nháp")


def test_a_formula_without_its_value_is_never_an_empty_cell() -> None:
    book = openpyxl.Workbook()
    fill(book.active, [["1.1", 2, 0.5, "=B1-C1"]])
    document = read(book)
    assert places(document.pages[0].blocks[0])[3] == (0, 3, 1, 1, "=B1-C1")
    assert document.warnings == ("formula-without-value:Sheet!D1",)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.75, "General", "0.75"),
        (0.1 + 0.2, "General", "0.3"),
        (20.580999999999996, "General", "20.581"),
        (1e-7, "General", "0.0000001"),
        (123456789012, "General", "123456789012"),
        (1.1, "0.00", "1.10"),
        (0.745, "0.00", "0.75"),
        (0.5, "#.##", "0.5"),
        (12340, "#,##0", "12340"),
        (0.955, "0.0%", "95.5%"),
        (0.95, "0%", "95%"),
        (3, "00", "03"),
        (-0.5, "General", "-0.5"),
        (-0.5, "0.00_);[Red](0.00)", "-0.50"),
        (-0.001, "0.00", "0.00"),
        (0, '0.0;-0.0;"-"', "-"),
        (0.5, '0.0" điểm"', "0.5 điểm"),
        (5, "@", "5"),
        (5, ";;;", ""),
        (0.5, "# ?/?", "0.5"),
        (1.25, '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', "1.25"),
        (7, "[$-42A]0.0", "7.0"),
        (True, "General", "TRUE"),
        ("1,5", "General", "1,5"),
        (None, "0.00", ""),
        (datetime.datetime(2023, 3, 5), "dd/mm/yyyy", "05/03/2023"),
        (datetime.datetime(2023, 3, 5, 14, 30), "dd/mm/yyyy h:mm", "05/03/2023 14:30"),
        (datetime.datetime(2023, 4, 1), "d-mmm", "01/04"),
    ],
)
def test_numbers_are_shown_by_their_format(value: object, number_format: str, text: str) -> None:
    assert displayed(value, number_format) == text


def test_a_sheet_no_report_holds_is_refused() -> None:
    book = openpyxl.Workbook()
    fill(book.active, [["x"] * 1000], ruled=False)
    with pytest.raises(UnsafeFile) as caught:
        read(book)
    assert caught.value.reason == "too-many-columns"
