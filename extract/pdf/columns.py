"""Tables without rulings: rows whose words keep to the same columns, with numbers in one of them.

Kept narrow on purpose. Prose that becomes a table loses its sentences; a table that stays prose is still read line
by line. So there must be three rows or more, three columns or more, free gutters through all rows, and a column of
numbers.
Lengths are points; sizes are those of the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extract.document import Cell, Table
from extract.layout.paragraphs import Line, Piece
from extract.pdf.tables import cell_of
from normalize.place import Box, Place

_NUMBER = regex.compile(r"^[-–+]?\s?\d{1,3}(?:[.,]\d+)?%?(?:\s?/\s?\d+(?:[.,]\d+)?)?(?:\s?(?:điểm|đ))?$")
_GUTTER = 0.9
_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_WRAPPED = 6  # lines of a long name between two rows that hold numbers
_HEADER_LINES = 5


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[Line, ...]


def unruled_tables(lines: Sequence[Line], page: int) -> tuple[tuple[Table, ...], tuple[Line, ...]]:
    """The tables found in these lines by alignment alone, and the lines left over, in order."""
    tables: list[Table] = []
    rest: list[Line] = []
    index = 0
    while index < len(lines):
        found = _table_at(lines, index, page) if _is_row(lines[index]) else None
        if found is None:
            rest.append(lines[index])
            index += 1
            continue
        first, end, table = found
        del rest[len(rest) - (index - first) :]
        tables.append(table)
        index = end
    return tuple(tables), tuple(rest)


def _stretches(line: Line) -> list[tuple[float, float, str]]:
    """The line in pieces parted by wide gaps: where each begins and ends, and its text."""
    groups: list[list[Piece]] = [[line.pieces[0]]]
    for before, after in pairwise(line.pieces):
        if after.frame.x0 - before.frame.x1 >= _GUTTER * line.size:
            groups.append([])
        groups[-1].append(after)
    return [(group[0].frame.x0, group[-1].frame.x1, " ".join(piece.word.text for piece in group)) for group in groups]


def _is_row(line: Line) -> bool:
    parts = _stretches(line)
    return len(parts) >= _LEAST_COLUMNS and any(_NUMBER.match(text) for _, _, text in parts[1:])


def _table_at(lines: Sequence[Line], start: int, page: int) -> tuple[int, int, Table] | None:
    """First line, end and table of the longest table whose first row with numbers is line `start`."""
    rows = [start]
    columns = _columns([lines[start]])
    end = start + 1
    while end < len(lines) and end - rows[-1] <= _WRAPPED:
        if lines[end].box.top - lines[end - 1].box.bottom > 2.5 * lines[end].size:
            break
        if _is_row(lines[end]):
            wider = _columns([*(lines[row] for row in rows), lines[end]])
            if len(wider) < max(_LEAST_COLUMNS, len(columns) - 1):
                break
            columns = wider
            rows.append(end)
        elif not _fits(lines[end], columns):
            break
        end += 1
    while end - 1 > rows[-1] and not _continues(lines[end - 1], columns):
        end -= 1
    found = [lines[row] for row in rows]
    if len(rows) < _LEAST_ROWS or len(columns) < _LEAST_COLUMNS or not _has_numbers(found, columns):
        return None
    first = start
    while first > 0 and start - first < _HEADER_LINES and _heads(lines[first - 1], lines[first], columns):
        first -= 1
    groups = [_Row(tuple(lines[first:start]))] if first < start else []
    for row, after in pairwise([*rows, end]):
        groups.append(_Row(tuple(lines[row:after])))
    return first, end, _table(groups, columns, page)


def _columns(rows: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches of the rows laid over each other: columns are what a gutter parts in every row."""
    spans = sorted((x0, x1) for row in rows for x0, x1, _ in _stretches(row))
    columns = [spans[0]]
    for x0, x1 in spans[1:]:
        if x0 - columns[-1][1] < 0.5 * rows[0].size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _fits(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether each stretch of the line keeps to one column."""
    return all(sum(x0 < right and x1 > left for left, right in columns) == 1 for x0, x1, _ in _stretches(line))


def _continues(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line after the last row is the rest of its long name: in an inner column, not at the left margin."""
    return _fits(line, columns) and line.box.x0 > columns[0][1]


def _heads(line: Line, below: Line, columns: Sequence[tuple[float, float]]) -> bool:
    near = below.box.top - line.box.bottom < 1.5 * line.size
    return near and len(_stretches(line)) >= 2 and _fits(line, columns)


def _has_numbers(rows: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a column behind the first holds numbers in nearly every row."""
    for left, right in columns[1:]:
        texts = [text for row in rows for x0, x1, text in _stretches(row) if x0 < right and x1 > left]
        numbers = sum(bool(_NUMBER.match(text)) for text in texts)
        if numbers >= _LEAST_ROWS and numbers >= 0.7 * len(rows):
            return True
    return False


def _table(groups: Sequence[_Row], columns: Sequence[tuple[float, float]], page: int) -> Table:
    # headings and long names may reach further than the rows with numbers
    spans = [(line.box.x0, line.box.x1) for group in groups for line in group.lines]
    edges = [min(columns[0][0], *(left for left, _ in spans)) - 1]
    edges += [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    edges.append(max(columns[-1][1], *(right for _, right in spans)) + 1)
    tops = [min(line.box.top for line in group.lines) for group in groups]
    tops.append(max(line.box.bottom for line in groups[-1].lines))
    cells: list[Cell] = []
    for row, group in enumerate(groups):
        for column, (left, right) in enumerate(pairwise(edges)):
            own = [
                piece
                for line in group.lines
                for piece in line.pieces
                if left <= (piece.frame.x0 + piece.frame.x1) / 2 < right
            ]
            box = Box(round(left, 2), round(tops[row], 2), round(right, 2), round(tops[row + 1], 2))
            cells.append(cell_of(own, row, column, 1, 1, Place(page, box)))
    whole = Box(round(edges[0], 2), round(tops[0], 2), round(edges[-1], 2), round(tops[-1], 2))
    return Table(len(groups), len(columns), tuple(cells), Place(page, whole))
