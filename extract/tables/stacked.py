"""Rows that stack several criteria, a line each: "1.1 Kế hoạch / 1.2 Báo cáo" beside "1 / 1,5" and "0,5 / 1,5".

A row is taken apart only where as many numbers stand below each other as criteria do: nothing else
tells which is whose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from extract.document import Cell
from extract.tables.grid import Row, renumbered
from extract.tables.stitching import StitchedTable
from normalize.decimals import parse_pair, parse_score
from normalize.value import Printed, Refusal
from patterns.columns import is_unscored

_LED = regex.compile(
    r"^(?:[-+*•]\s*)?(?:(?:tiêu chí|tctp|tc)\s+)?[1-9]\d?(?:\.[1-9]\d?){1,4}(?![\d,/%])", regex.IGNORECASE
)


def unstacked(table: StitchedTable) -> StitchedTable:
    """The table with a row for each criterion of a stack; the table itself where it stacks none."""
    parts = [_parts(row) for row in table.body]
    if all(len(rows) == 1 for rows in parts):
        return table
    rows = [row for each in parts for row in each]
    return replace(table, body=tuple(renumbered(rows, len(table.header))))


def holds_several(text: str) -> bool:
    """Whether a text names several criteria, each on a line of its own: the numbers beside it may be of all of them."""
    return len(_led_lines(text)) > 1


def _parts(row: Row) -> list[Row]:
    stacks = {column: _led_lines(cell.text) for column, cell in row.filled()}
    heights = {len(lines) for lines in stacks.values() if len(lines) > 1}
    if len(heights) != 1:
        return [row]
    height = heights.pop()
    split = {column: lines for column, lines in stacks.items() if len(lines) == height}
    numbers = 0
    for column, cell in row.filled():
        lines = [line for line in cell.text.split("\n") if line.strip()]
        if column in split or (len(lines) < 2 and (column < min(split) or not all(map(_is_number, lines)))):
            continue
        if len(lines) == height:
            split[column] = lines
            numbers += all(map(_is_number, lines))
        elif all(map(_is_number, lines)):
            return [row]  # a number too many or too few: whose they are is not known
    if not numbers:
        return [row]
    return [
        Row(row.number, tuple(_cell(row, column, split, part) for column in range(len(row.cells))))
        for part in range(height)
    ]


def _cell(row: Row, column: int, split: Mapping[int, Sequence[str]], part: int) -> Cell | None:
    """The part of a stacked cell; a cell that is not stacked reaches over all parts."""
    cell = row.cells[column]
    return replace(cell, text=split[column][part].strip(), row_span=1) if cell is not None and column in split else cell


def _led_lines(text: str) -> list[str]:
    """The lines of a cell that begin with codes, each with those that go on; none where the first does not."""
    found: list[str] = []
    for line in text.split("\n"):
        if _LED.match(line.strip()):
            found.append(line)
        elif found:
            found[-1] += f"\n{line}"
        elif line.strip():
            return []
    return found


def _is_number(line: str) -> bool:
    printed = Printed(line.strip())
    read = (parse_score(printed), parse_pair(printed))
    return is_unscored(line) or not all(isinstance(each, Refusal) for each in read)
