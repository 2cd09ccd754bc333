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
    parts = [_parts(_lined(row)) for row in table.body]
    if all(len(rows) == 1 for rows in parts):
        return table
    rows = [row for each in parts for row in each]
    return replace(table, body=tuple(renumbered(rows, len(table.header))))


def holds_several(text: str) -> bool:
    """Whether a text names several criteria, each on a line of its own: the numbers beside it may be of all of them."""
    return len(_led_lines(text)) > 1


_NUMBER = r"[-–]?\d+(?:[.,]\d+)?(?:\s?/\s?\d+(?:[.,]\d+)?)?(?:\s?(?:điểm|đ)\b)?"
_NUMBERS = regex.compile(rf"{_NUMBER}(?:\s+{_NUMBER})+")
_NEXT_CODE = regex.compile(r"\s+(?=[1-9]\d?(?:\.[1-9]\d?){1,4}(?:[.:)]?\s+\p{Lu}|$|\s+[1-9]\d?\.))")


def _lined(row: Row) -> Row:
    """The row with the line ends that a text format has lost: as many codes in a cell as numbers beside them."""
    texts = {column: cell.text.strip() for column, cell in row.filled()}
    if any("\n" in text for text in texts.values()):
        return row
    led = {column: _NEXT_CODE.split(text) for column, text in texts.items() if _LED.match(text)}
    led = {column: parts for column, parts in led.items() if len(parts) > 1 and all(map(_LED.match, parts))}
    told = {column: regex.findall(_NUMBER, text) for column, text in texts.items() if _NUMBERS.fullmatch(text)}
    told = {column: numbers for column, numbers in told.items() if column not in led}
    if not told or len({len(parts) for parts in (*led.values(), *told.values())}) != 1 or not led:
        return row
    lines = {**led, **told}
    cells = [
        replace(cell, text="\n".join(lines[column])) if cell is not None and column in lines else cell
        for column, cell in enumerate(row.cells)
    ]
    return Row(row.number, tuple(cells))


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
        if len(lines) == height and not _goes_on(lines):
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
    """The part of a stacked cell; words that are not stacked are of all parts, a number reaches over them."""
    cell = row.cells[column]
    if cell is not None and column in split:
        return replace(cell, text=split[column][part].strip(), row_span=1)
    own = row.own(column)
    if own is None or part == 0 or column < min(split) or _is_number(own.text):
        return cell
    return replace(own, row_span=1)


_OPEN_END = regex.compile(r"(?:[-–,;(]|\b(?:và|của|với|các|do|chưa|không))$", regex.IGNORECASE)


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether the lines of a cell are one text that a narrow column broke: "Văn phòng HĐND -", "UBND"."""
    bare = [line.strip() for line in lines]
    return any(_OPEN_END.search(line) for line in bare[:-1]) or any(line[:1].islower() for line in bare[1:])


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
