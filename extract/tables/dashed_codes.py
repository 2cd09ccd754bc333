"""Codes with dashes for dots, "1-1-2": taken for codes only as a column of them that counts upwards."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import regex

from extract.document import Cell
from extract.tables.column_roles import labels_of
from extract.tables.grid import Row
from extract.tables.stitching import StitchedTable
from normalize.codes import Code, parse_code
from normalize.value import Printed, Refusal
from patterns.columns import roles_of

_DASHED = regex.compile(r"^(?:(?i:tiêu chí|tctp|tc)\s*)?[1-9]\d?(?:\s?[-–−]\s?[1-9]\d?){1,4}\.?$")
_DASH = regex.compile(r"\s?[-–−]\s?")
_LEAST = 3
_OF_CODES = frozenset({"code", "ordinal", "name"})


def with_dotted_codes(table: StitchedTable) -> StitchedTable:
    """The table with dots in a column of dashed codes; the table itself where no column is one.

    A range of points ("0-1"), a date ("12-5") or a share is no code: the column is headed as one of codes, or is the
    first, most of its cells are codes, some have three numbers or the heading says "Mã", and they rise.
    """
    labels = labels_of(table)
    for column in range(table.columns):
        roles = {role for role, _ in roles_of(labels[column])}
        if (roles & _OF_CODES or column == 0) and _is_of_codes(table, column, "code" in roles):
            return replace(table, body=tuple(_dotted(row, column) for row in table.body))
    return table


def _is_of_codes(table: StitchedTable, column: int, told: bool) -> bool:
    cells = [cell for row in table.body if (cell := row.own(column)) is not None and cell.column_span == 1]
    texts = [cell.text.strip() for cell in cells if cell.text.strip()]
    codes = [code for text in texts if (code := _code(text)) is not None]
    if len(codes) < _LEAST or 2 * len(codes) <= len(texts) or not (told or any(len(code.parts) > 2 for code in codes)):
        return False
    steps = list(pairwise(codes))
    return len(set(codes)) == len(codes) and sum(a < b for a, b in steps) >= 0.6 * len(steps)


def _code(text: str) -> Code | None:
    if not _DASHED.match(text):
        return None
    code = parse_code(Printed(_DASH.sub(".", text)))
    return None if isinstance(code, Refusal) else code.value


def _dotted(row: Row, column: int) -> Row:
    def dotted(cell: Cell | None) -> Cell | None:
        if cell is None or cell.column != column or _code(cell.text.strip()) is None:
            return cell
        return replace(cell, text=_DASH.sub(".", cell.text.strip()))

    return Row(row.number, tuple(dotted(cell) for cell in row.cells))
