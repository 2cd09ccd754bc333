"""Tables turned on their side: a criterion a column, "Điểm tối đa", "Điểm đạt", "Lý do" a row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Cell
from extract.tables.column_roles import NUMERIC, TEXTUAL
from extract.tables.grid import Row
from extract.tables.stitching import StitchedTable
from extract.tables.total_rows import is_called_total
from normalize.codes import parse_code, split_code
from normalize.text import fold
from normalize.value import Printed, Refusal
from patterns.columns import roles_of

_LEAST = 2  # criteria, and rows of numbers
_OF_CODES = "Mã tiêu chí"
_BESIDE = TEXTUAL | {"name", "note", "difference", "ordinal", "code"}


def upright(table: StitchedTable) -> StitchedTable:
    """The table with a row for each criterion; the table itself where its columns are none, or a row is of a unit.

    A row that counts the columns (1, 2, 3) is none of codes: those have two numbers or a word before them.
    """
    rows = [row for row in (*table.header, *table.body) if any(True for _ in row.filled())]
    at = next((number for number, row in enumerate(rows[:3]) if _first_code(row) is not None), None)
    first = _first_code(rows[at]) if at is not None else None
    if at is None or first is None or not _are_headings([_label(row, first) for row in rows[at + 1 :]]):
        return table
    lines = rows[at:]
    heads = [_cell(row.cell(_labelled(row, first)), 0, n) for n, row in enumerate(lines)]
    if heads[0] is not None and not any(split_code(cell.text) for _, cell in lines[0].filled()):
        heads[0] = replace(heads[0], text=_OF_CODES)  # "Lĩnh vực" over "Lĩnh vực 1" names no domains
    header = Row(0, tuple(heads))
    body = tuple(
        Row(number, tuple(_cell(row.own(column), number, n) for n, row in enumerate(lines)))
        for number, column in enumerate(range(first, table.columns), 1)
    )
    return replace(table, columns=len(lines), header=(header,), body=body)


def _first_code(row: Row) -> int | None:
    """The column of the first criterion in a row that names one in each column behind its own heading."""
    cells = list(row.filled())
    while cells and not _is_criterion(cells[0][1].text):
        cells.pop(0)
    heads = [cell for _, cell in cells if not is_called_total(cell.text)]
    if len(heads) < _LEAST or not all(_is_criterion(cell.text) for cell in heads) or not cells[0][0]:
        return None
    return cells[0][0] if len({fold(cell.text) for cell in heads}) == len(heads) else None


def _is_criterion(text: str) -> bool:
    code = parse_code(Printed(text))
    if isinstance(code, Refusal):
        return split_code(text) is not None
    return len(code.value.parts) > 1 or any(map(str.isalpha, text))


def _labelled(row: Row, first: int) -> int:
    """The column left of the criteria that holds the heading of a row, behind a number that counts it."""
    return max(range(first), key=lambda column: (sum(map(str.isalpha, row.text(column))), -column))


def _label(row: Row, first: int) -> str:
    return row.text(_labelled(row, first))


def _are_headings(labels: Sequence[str]) -> bool:
    """Whether the rows say what their numbers are, two of them points at least, or one a score of its maximum."""
    roles = [{role for role, _ in roles_of(label)} for label in labels]
    if not all(each & (NUMERIC | _BESIDE) for each in roles):
        return False
    numbers = sum(bool(each & NUMERIC) for each in roles)
    return numbers >= _LEAST or (numbers == 1 and any("pair" in each for each in roles))


def _cell(cell: Cell | None, row: int, column: int) -> Cell | None:
    return None if cell is None else replace(cell, row=row, column=column, row_span=1, column_span=1)
