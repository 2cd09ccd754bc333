"""The workbook: LibreOffice recalculates its live formulae to the values that the archive holds."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from answers_truth import Truth, plant
from building import build_assessment, build_document, build_report, build_result, build_unit, deduction

from compare.answers import Answers, answers
from compare.labels import keys
from compare.sheets import all_sheets
from compare.table import TOTAL
from compare.workbook import write_workbook
from load.store import Store

soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Answers, Truth, Path]:
    folder = Path(tmp_path_factory.mktemp("kho số liệu"))
    with Store.open(folder / "x.db") as store:
        truth = plant(store)
        (folder / "Hà Tĩnh-Cẩm Xuyên-2021.pdf").write_bytes(b"%PDF-1.4")
        found = answers(store, 2021, province="Hà Tĩnh", level="district", first=2018, folder=folder)
    write_workbook(found, folder / "bảng.xlsx", "vi")
    return found, truth, folder


def recalculated(path: Path, folder: Path) -> Any:
    """The workbook as LibreOffice saves it after it has computed every formula."""
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(out / path.name, data_only=True)


def column(sheet: Any, head: str) -> list[Any]:
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(head)].value for row in sheet.iter_rows(min_row=2)]


def near(value: Any, expected: Decimal | None) -> bool:
    return expected is not None and abs(Decimal(str(value)) - expected) < Decimal("0.0001")


@soffice
def test_recalculated_to_the_same_values(filled: tuple[Answers, Truth, Path]) -> None:
    found, _, folder = filled
    book = recalculated(folder / "bảng.xlsx", folder)
    cells = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [value for value in cells if isinstance(value, str) and value.startswith(("#", "Err:"))]
    (block,) = found.comparison.blocks
    sheet = book.worksheets[0]
    for number, line in enumerate(block.lines):
        total = line.cells[TOTAL]
        assert column(sheet, "Đơn vị")[number] == line.unit.name
        assert near(column(sheet, "Cộng các lĩnh vực")[number], total.points.score)
        assert near(column(sheet, "Tổng điểm ghi trong văn bản")[number], total.points.score)
        assert near(column(sheet, "Tỷ lệ đạt")[number], total.share)
        assert total.mean is not None
        assert near(column(sheet, "So với trung bình")[number], total.mean.share)
        assert total.best is not None
        assert near(column(sheet, "So với cao nhất")[number], total.best.share)
    assert near(column(sheet, "Tỷ lệ đạt")[len(block.lines)], block.means[TOTAL].share)
    assert near(column(sheet, "Tỷ lệ đạt")[len(block.lines) + 1], block.bests[TOTAL].share)
    heads = ("Loại lý do", "Điểm trừ")
    kinds = dict(zip(*(column(book["Loại lý do"], head) for head in heads), strict=True))
    told = next(sheet for sheet in all_sheets(found, "vi") if sheet.key == "kinds")
    assert len(kinds) == len(told.rows)
    assert all(near(kinds[row.cells[0]], row.cells[1]) for row in told.rows)  # type: ignore[arg-type]
    names = column(book["Cơ quan chủ trì"], "Cơ quan")
    points = column(book["Cơ quan chủ trì"], "Điểm trừ")
    assert names == [one.agency for one in found.agencies]
    assert all(near(number, one.points) for number, one in zip(points, found.agencies, strict=True))
    assert near(column(book["Điểm trừ"], "Điểm trừ")[-1], sum((loss.amount for loss in found.losses), Decimal(0)))


def test_sheets_are_frozen_linked_and_formatted(filled: tuple[Answers, Truth, Path]) -> None:
    _, _, folder = filled
    book = openpyxl.load_workbook(folder / "bảng.xlsx")
    assert book.sheetnames == [
        "So sánh Hà Tĩnh", "Tỷ lệ Hà Tĩnh", "Lặp lại", "Điểm trừ", "Loại lý do", "Cam kết khắc phục", "Cơ quan chủ trì",
        "Cần kiểm tra", "Phạm vi số liệu", "Nguồn",
    ]  # fmt: skip
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"D2", "A2"}
    linked = {
        (cell.value, cell.hyperlink.target) for row in book["Điểm trừ"].iter_rows() for cell in row if cell.hyperlink
    }
    uri = (folder / "Hà Tĩnh-Cẩm Xuyên-2021.pdf").resolve().as_uri()
    assert {target for _, target in linked} <= {f"{uri}#page=1"}
    assert book.worksheets[0]["D2"].number_format == "[$-42A]#,##0.00##"
    assert book.worksheets[0].conditional_formatting


def test_texts_stay_texts_and_absent_is_blank(tmp_path: Path) -> None:
    unit = build_unit("=CMD|A1")
    bad = build_result("1.1", "2", None, "0.5", name="=1+1", deductions=(deduction("0.5", "+HYPERLINK(A1)"),))
    with Store.open(tmp_path / "x.db") as store:
        store.add_report(build_document("a.pdf"), build_report(build_assessment(bad, unit=unit, year=2020)))
        found = answers(store, 2020)
    for lang in ("vi", "en"):
        write_workbook(found, tmp_path / "x.xlsx", lang)
        book = openpyxl.load_workbook(tmp_path / "x.xlsx")
        formulae = [c.value for s in book.worksheets for r in s.iter_rows() for c in r if c.data_type == "f"]
        assert not [text for text in formulae if "CMD" in text or "HYPERLINK" in text or text == "=1+1"]
        assert book.worksheets[0]["B2"].value == "=CMD|A1"


def test_every_heading_has_words(filled: tuple[Answers, Truth, Path]) -> None:
    found, _, _ = filled
    for sheet in all_sheets(found, "en"):
        assert f"sheet-{sheet.key}" in keys()
        assert {f"col-{key}" for key, _ in sheet.columns} <= keys()
        assert all(len(row.cells) == len(sheet.columns) for row in sheet.rows)
