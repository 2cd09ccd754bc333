"""Codes that change their kind with the level, in one column: A, I, 1, 2, II, 1, B, I, 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.grid import Row
from extract.tables.stitching import StitchedTable
from normalize.codes import Code, parse_code
from normalize.value import Printed, Refusal

_KINDS = (
    regex.compile(r"^[A-HK]$"),
    regex.compile(r"^[IVX]{1,5}$"),
    regex.compile(r"^\d{1,2}$"),
)
_HEADS = 4  # letters over Roman numbers that begin anew under each: parts of a report are two or three


def with_outline_codes(table: StitchedTable) -> StitchedTable:
    """The table with whole codes in its first column; the table itself where that column is no such outline."""
    marks = [row.text(0).strip(" .)") for row in table.body]
    codes = _codes(marks)
    if codes is None:
        return table
    rows = [row if code is None else _with(row, code) for row, code in zip(table.body, codes, strict=True)]
    return replace(table, body=tuple(rows))


def _codes(marks: Sequence[str]) -> list[Code | None] | None:
    """The code of each row; None where a number does not follow the one before it on its level."""
    found: list[Code | None] = []
    above: list[int] = []
    letters = romans_anew = 0
    for mark in marks:
        if not mark:
            found.append(None)
            continue
        # "C" and "D" are letters here, "I" is a number: only A to H stand above it
        level = next((level for level, kind in enumerate(_KINDS) if kind.match(mark)), None)
        if level is None or level > len(above):
            return None
        number = _number(mark, level)
        expected = above[level] + 1 if level < len(above) else 1
        if number != expected:
            return None
        above = [*above[:level], number]
        letters += level == 0
        romans_anew += level == 1 and number == 1
        found.append(Code(tuple(above)))
    return found if letters >= _HEADS and romans_anew >= _HEADS else None


def _number(mark: str, level: int) -> int | None:
    if level == 0:
        return "ABCDEFGHK".index(mark) + 1
    code = parse_code(Printed(mark))
    return None if isinstance(code, Refusal) else code.value.parts[0]


def _with(row: Row, code: Code) -> Row:
    cell = row.own(0)
    assert cell is not None  # it holds the mark
    return Row(row.number, (replace(cell, text=str(code)), *row.cells[1:]))
