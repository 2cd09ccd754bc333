"""An Excel workbook written row by row: memory stays flat however many rows there are."""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from traceback import clear_frames
from types import TracebackType
from typing import Any, cast

import openpyxl
from lxml.etree import SerialisationError
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from load.flat import Cell, Column, FlatRow
from load.records import Language

# The limits of the format: letters in a cell, rows in a sheet.
CELL_LETTERS = 32_767
SHEET_ROWS = 1_048_576
_FORMATS = {"text": "@", "score": "0.00##", "whole": "0", "share": "0%", "flag": "General"}
_TITLES = {
    "vi": {
        "documents": "Văn bản",
        "results": "Kết quả",
        "deductions": "Điểm trừ",
        "findings": "Phát hiện",
        "corrections": "Sửa",
    },
    "en": {
        "documents": "Documents",
        "results": "Results",
        "deductions": "Deductions",
        "findings": "Findings",
        "corrections": "Corrections",
    },
}
_FLAGS = {"vi": ("không", "có"), "en": ("no", "yes")}
# Control characters that no XML file may hold; line ends and tabs stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Workbook:
    """Sheets with fixed columns and a frozen heading; the file is written when the `with` block ends without error.

    A table longer than a sheet can be goes on in a second one, with a number after its name.
    """

    def __init__(self, path: Path, tables: Mapping[str, tuple[Column, ...]], lang: Language) -> None:
        self.path, self.tables, self.lang = path, tables, lang
        self.book = openpyxl.Workbook(write_only=True)
        self.sheets = {table: self._sheet(table, 1) for table in tables}
        self.rows = dict.fromkeys(tables, 1)

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if kind is not None:
            self._let_go(error)
            return
        try:
            with _room():
                self.book.save(self.path)
        except OSError as failure:
            self._let_go(failure)
            raise OSError(failure.errno, failure.strerror) from None
        self.book.close()

    def _let_go(self, error: BaseException | None) -> None:
        """Drop what is half made. On a full disk the library's sheets fail once more at this, loudly: not told."""
        usual, sys.unraisablehook = sys.unraisablehook, lambda _failure: None
        try:
            self.sheets.clear()
            while error is not None:
                clear_frames(error.__traceback__)
                error = error.__cause__ or error.__context__
            self.book = openpyxl.Workbook(write_only=True)
            gc.collect()
        finally:
            sys.unraisablehook = usual

    def write(self, table: str, row: FlatRow) -> None:
        """Append a row; keys that are no column are passed over."""
        number = self.rows[table]
        if number % (SHEET_ROWS - 1) == 0:
            self.sheets[table] = self._sheet(table, number // (SHEET_ROWS - 1) + 1)
        self.rows[table] += 1
        sheet = self.sheets[table]
        cells = [self._cell(sheet, column, row.get(column.key)) for column in self.tables[table]]
        with _room():
            sheet.append(cells)

    def _sheet(self, table: str, number: int) -> Any:
        title = _TITLES[self.lang][table]
        sheet: Any = self.book.create_sheet(title if number == 1 else f"{title} {number}")
        sheet.freeze_panes = "A2"
        columns = self.tables[table]
        for index, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = column.width
        heading = []
        for column in columns:
            cell = _text(sheet, column.title(self.lang))
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="DDE6F0")
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            heading.append(cell)
        sheet.append(heading)
        return sheet

    def _cell(self, sheet: Any, column: Column, value: Cell) -> Any:
        if value is None:
            return None
        if isinstance(value, bool):
            return _text(sheet, _FLAGS[self.lang][value])
        if isinstance(value, str):
            return _text(sheet, value)
        cell = WriteOnlyCell(sheet, cast(Any, value))  # a Decimal is written with its own digits
        cell.number_format = _FORMATS[column.kind]
        return cell


@contextmanager
def _room() -> Iterator[None]:
    """What the writer of XML says of a full disk, as the error of the system that it is."""
    try:
        yield
    except SerialisationError as error:
        number = errno.ENOSPC if "ENOSPC" in str(error) else errno.EIO
        raise OSError(number, os.strerror(number)) from error


def _text(sheet: Any, text: str) -> Any:
    """A cell that is text whatever it begins with, also after it was edited."""
    clean = _CONTROLS.sub("\ufffd", text)
    if len(clean) > CELL_LETTERS:
        clean = clean[: CELL_LETTERS - 1] + "…"
    cell = WriteOnlyCell(sheet, clean)
    cell.data_type = "s"
    cell.number_format = _FORMATS["text"]
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if clean.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    return cell
