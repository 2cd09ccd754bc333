"""From rulings to the grid of a table, whole or with gaps.

Word draws a border as a stroked line, as a thin filled rectangle a cell, or as a row of dots; the outer lines may be
missing, and where a row goes on over the page end its lower line is. So the grid is not made of closed boxes: every
small field between neighbouring lines is asked whether a line parts it from the next, and fields that nothing parts are
one cell.
Lengths are points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.shapes import Segment
from normalize.place import Box

_SNAP = 3.5  # the two strokes of a double line lie closer; no row is that low
_DOTS = 5.0  # the gap between the dots of a dotted line, and between the borders of neighbouring cells
_SHORTEST = 8.0
_OVERHANG = 6.0
_COVERED = 0.55  # the share of a field's side that a line must cover


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of the grid: its first row and column, how many it covers, and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: positions of its columns' and rows' lines, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    fields: tuple[Field, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


HasText = Callable[[Box], bool]


def grids_of(segments: Iterable[Segment], has_text: HasText) -> tuple[Grid, ...]:
    """The ruled tables of a page, from top to bottom. A frame around one field is no table, nor is one without text.

    `has_text` says whether words stand inside a box.
    """
    segments = list(segments)
    levels = joined_segments(segment for segment in segments if segment.across)
    uprights = joined_segments(segment for segment in segments if not segment.across)
    grids = []
    for across, down in _groups(levels, uprights):
        grid = _grid(across, down, has_text)
        if grid is not None and len(grid.fields) > 1 and has_text(grid.box):
            grids.append(grid)
    return tuple(sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])))


def joined_segments(segments: Iterable[Segment]) -> list[Segment]:
    """Segments on one line made one: dots, borders drawn cell by cell, the two strokes of a double line."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: segment.position):
        if rows and segment.position - rows[-1][0].position <= _SNAP:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    result: list[Segment] = []
    for row in rows:
        whole = sum(max(piece.end - piece.start, 0.1) for piece in row)
        position = sum(piece.position * max(piece.end - piece.start, 0.1) for piece in row) / whole
        open_ones: list[Segment] = []
        for piece in sorted(row, key=lambda piece: piece.start):
            if open_ones and piece.start - open_ones[-1].end <= _DOTS:
                last = open_ones[-1]
                open_ones[-1] = Segment(last.across, position, last.start, max(last.end, piece.end))
            else:
                open_ones.append(Segment(piece.across, position, piece.start, piece.end))
        result.extend(piece for piece in open_ones if piece.end - piece.start >= _SHORTEST)
    return result


def without_underlines(segments: Iterable[Segment], words: Sequence[Box]) -> list[Segment]:
    """The segments without those that underline words: they begin and end with words that stand right on them."""
    return [segment for segment in segments if not (segment.across and _underlines(segment, words))]


def _underlines(segment: Segment, words: Sequence[Box]) -> bool:
    if segment.end - segment.start < 6:
        return False
    above = [
        word
        for word in words
        if -0.1 * word.height <= word.bottom - segment.position <= 0.35 * word.height
        and word.x1 > segment.start
        and word.x0 < segment.end
    ]
    begins = any(abs(word.x0 - segment.start) < 1 for word in above)
    return begins and any(abs(word.x1 - segment.end) < 1 for word in above)


def _groups(levels: Sequence[Segment], uprights: Sequence[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Lines that touch each other, directly or through others."""
    lines = [*levels, *uprights]
    root = list(range(len(lines)))

    def find(index: int) -> int:
        while root[index] != index:
            root[index] = root[root[index]]
            index = root[index]
        return index

    for i, level in enumerate(levels):
        for j, upright in enumerate(uprights, len(levels)):
            meets = level.start - _SNAP <= upright.position <= level.end + _SNAP
            if meets and upright.start - _SNAP <= level.position <= upright.end + _SNAP:
                root[find(i)] = find(j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(find(index), ([], []))[0 if line.across else 1].append(line)
    return [(across, down) for across, down in groups.values() if across and down]


def _grid(across: Sequence[Segment], down: Sequence[Segment], has_text: HasText) -> Grid | None:
    left, right = min(line.start for line in across), max(line.end for line in across)
    top, bottom = min(line.start for line in down), max(line.end for line in down)
    xs = _positions([line.position for line in down])
    ys = _positions([line.position for line in across])
    box = Box(min(left, xs[0]), min(top, ys[0]), max(right, xs[-1]), max(bottom, ys[-1]))
    # Lines that reach beyond the last crossing line leave an open row or column there: the page cut it, or the table
    # has no outer border. It counts where words stand in it.
    if xs[0] - left > _OVERHANG and has_text(Box(left, box.top, xs[0], box.bottom)):
        xs.insert(0, left)
    if right - xs[-1] > _OVERHANG and has_text(Box(xs[-1], box.top, right, box.bottom)):
        xs.append(right)
    if ys[0] - top > _OVERHANG and has_text(Box(xs[0], top, xs[-1], ys[0])):
        ys.insert(0, top)
    if bottom - ys[-1] > _OVERHANG and has_text(Box(xs[0], ys[-1], xs[-1], bottom)):
        ys.append(bottom)
    if len(xs) < 2 or len(ys) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    parted_right = {
        (row, column)
        for row in range(rows)
        for column in range(columns - 1)
        if _covers(down, xs[column + 1], ys[row], ys[row + 1])
    }
    parted_below = {
        (row, column)
        for row in range(rows - 1)
        for column in range(columns)
        if _covers(across, ys[row + 1], xs[column], xs[column + 1])
    }
    fields = [
        Field(row, column, height, width, Box(xs[column], ys[row], xs[column + width], ys[row + height]))
        for row, column, height, width in _cells(rows, columns, parted_right, parted_below)
    ]
    return Grid(tuple(xs), tuple(ys), tuple(fields))


def _positions(values: Iterable[float]) -> list[float]:
    result: list[list[float]] = []
    for value in sorted(values):
        if result and value - result[-1][0] <= _SNAP:
            result[-1].append(value)
        else:
            result.append([value])
    return [sum(group) / len(group) for group in result]


def _covers(lines: Sequence[Segment], position: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(line.end, end) - max(line.start, start))
        for line in lines
        if abs(line.position - position) <= _SNAP
    )
    return covered >= _COVERED * (end - start)


def _cells(
    rows: int, columns: int, parted_right: set[tuple[int, int]], parted_below: set[tuple[int, int]]
) -> list[tuple[int, int, int, int]]:
    """Row, column and extent of each cell: fields joined along each row, then equal stretches of rows downwards."""
    cells: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], int] = {}  # (column, width) -> index in cells of the cell that ends in the row above
    for row in range(rows):
        starts = [0, *(column + 1 for column in range(columns - 1) if (row, column) in parted_right), columns]
        now: dict[tuple[int, int], int] = {}
        for start, end in pairwise(starts):
            key = (start, end - start)
            above = growing.get(key)
            if above is not None and not any((row - 1, column) in parted_below for column in range(start, end)):
                first_row, column, height, width = cells[above]
                cells[above] = (first_row, column, height + 1, width)
                now[key] = above
            else:
                now[key] = len(cells)
                cells.append((row, start, 1, end - start))
        growing = now
    return cells
