"""Tables by their grid: from ruling lines to rows, columns and cells with spans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.clean import Gray
from extract.scan.engines import Pixels
from extract.scan.lines import Strokes
from extract.scan.straight import outlines

Bools = NDArray[np.bool_]

COVERED = 0.5
"""The share of a cell's side that must be drawn for the side to stand; copies lose a good part of a hairline."""
WORN = 0.2
ABSENT, WHOLE = 0.05, 0.8
"""A side of which less is drawn was never there, one of which more is drawn is whole: between them a line is worn."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the grid with its spans, and its inside in pixels."""

    row: int
    column: int
    row_span: int
    column_span: int
    inside: Pixels


@dataclass(frozen=True, slots=True)
class GridTable:
    """A table with its cells; `unclear` is the share of its cells' sides that are drawn in part only, `ruled` is false
    where its cells were told by the white between them."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    outside: Pixels
    unclear: float = 0.0
    ruled: bool = True


def tables_of(strokes: Strokes, unit: float, line_height: float) -> tuple[GridTable, ...]:
    """The ruled tables, top to bottom.

    A table has at least two cells; a lone frame (a receipt stamp, a boxed notice) is left to prose. `line_height`
    in pixels tells a row that was cut by the end of the page from the stubs of its lines.
    """
    union = cv2.bitwise_or(strokes.across, strokes.down)
    # Lines of one table may have gaps of three millimetres where a copy lost them.
    reach = max(5, round(25 * unit)) | 1
    joined = np.asarray(cv2.dilate(union, np.ones((reach, reach), np.uint8)), np.uint8)
    found = []
    for outline, (x, y, width, height) in outlines(joined):
        if width < 100 * unit or height < 25 * unit:
            continue
        mine = np.zeros((height, width), np.uint8)
        cv2.drawContours(mine, [outline], -1, 1, cv2.FILLED, offset=(-x, -y))
        across = strokes.across[y : y + height, x : x + width] * mine
        down = strokes.down[y : y + height, x : x + width] * mine
        table = _table(across, down, unit, line_height)
        if table is not None:
            found.append(_moved(table, x, y))
    return tuple(sorted(found, key=lambda table: (table.outside.y0, table.outside.x0)))


def _moved(table: GridTable, x: int, y: int) -> GridTable:
    cells = tuple(
        GridCell(cell.row, cell.column, cell.row_span, cell.column_span, cell.inside.moved(x, y))
        for cell in table.cells
    )
    return GridTable(table.rows, table.columns, cells, table.outside.moved(x, y), table.unclear)


def _table(across: Gray, down: Gray, unit: float, line_height: float) -> GridTable | None:
    xs = _positions(down, unit, flat=False)
    ys = _positions(across, unit, flat=True)
    if len(xs) < 2 or not ys:
        return None
    xs = _with_open_ends(xs, across, unit, 25 * unit, flat=True)
    ys = _with_open_ends(ys, down, unit, 0.7 * line_height, flat=False)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    flat, upright = _drawn(across, ys, xs, unit), _drawn(down.T, xs, ys, unit)
    tops, lefts = _sides(flat), _sides(upright).T
    shares = np.concatenate([flat.ravel(), upright.ravel()])
    unclear = float(((shares > ABSENT) & (shares < WHOLE)).mean())
    tops[[0, -1], :] = True
    lefts[:, [0, -1]] = True
    spans = _rectangles(tops, lefts)
    spans, xs, ys = _compressed(spans, xs, ys)
    if len(spans) < 2:
        return None
    cells = tuple(
        GridCell(row, column, tall, wide, Pixels(xs[column] + 1, ys[row] + 1, xs[column + wide], ys[row + tall]))
        for row, column, tall, wide in spans
    )
    return GridTable(len(ys) - 1, len(xs) - 1, cells, Pixels(xs[0], ys[0], xs[-1], ys[-1]), unclear)


def _positions(mask: Gray, unit: float, *, flat: bool) -> list[int]:
    """The middles of the lines in one direction; pieces that lie side by side are one line.

    Each piece stands with its length, so that a short stray one does not move a long line.
    """
    pieces = []
    for _, (x, y, width, height) in outlines(mask):
        middle, length = (y + height / 2, width) if flat else (x + width / 2, height)
        pieces.append((middle, length))
    pieces.sort()
    groups: list[list[tuple[float, int]]] = []
    for piece in pieces:
        if groups and piece[0] - _middle(groups[-1]) <= 8 * unit:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [round(_middle(group)) for group in groups]


def _middle(group: list[tuple[float, int]]) -> float:
    return sum(middle * length for middle, length in group) / sum(length for _, length in group)


def _with_open_ends(at: list[int], crossing: Gray, unit: float, least: float, *, flat: bool) -> list[int]:
    """The positions with the open ends closed: where crossing lines run on well past the last line, as they do when
    the page cut a row or a table was drawn without its outer border."""
    reach = np.nonzero(crossing.any(axis=0 if flat else 1))[0]
    if not len(reach):
        return at
    first, last = int(reach[0]), int(reach[-1])
    closed = list(at)
    if at[0] - first > least:
        closed.insert(0, first)
    if last - at[-1] > least:
        closed.append(last)
    return closed


def _drawn(mask: Gray, at: list[int], between: list[int], unit: float) -> NDArray[np.float64]:
    """For each line and each stretch between two crossing lines: the share of it that is drawn."""
    near = max(4, round(6 * unit))
    share = np.zeros((len(at), len(between) - 1))
    for number, middle in enumerate(at):
        band: Bools = np.asarray(mask[max(0, middle - near) : middle + near + 1]).max(axis=0) > 0
        for place, (start, end) in enumerate(pairwise(between)):
            margin = min(near, (end - start) // 4)
            part = band[start + margin : end - margin]
            share[number, place] = float(part.mean()) if len(part) else 0.0
    return share


def _sides(share: NDArray[np.float64]) -> Bools:
    """Which sides stand.

    A line that is drawn along most of its course is asked for less where it is worn: a span leaves no trace of it.
    """
    drawn: Bools = share >= COVERED
    usual: Bools = drawn.mean(axis=1) >= 0.6
    drawn |= usual[:, None] & (share >= WORN)
    return drawn


def _rectangles(tops: Bools, lefts: Bools) -> list[tuple[int, int, int, int]]:
    """Cells as (row, column, rows, columns): each grows right, then down, as long as no side stands in the way.

    A side that is missing on part of a cell only (a broken line) is taken as standing.
    """
    rows, columns = lefts.shape[0], tops.shape[1]
    taken = np.zeros((rows, columns), bool)
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row, column]:
                continue
            wide = 1
            while column + wide < columns and not taken[row, column + wide] and not lefts[row, column + wide]:
                wide += 1
            tall = 1
            while row + tall < rows and _goes_on(tops, lefts, taken, row + tall, column, wide):
                tall += 1
            taken[row : row + tall, column : column + wide] = True
            cells.append((row, column, tall, wide))
    return cells


def _goes_on(tops: Bools, lefts: Bools, taken: Bools, row: int, column: int, wide: int) -> bool:
    """Whether a cell of that width goes on into the row: no line above it, none within it."""
    if tops[row, column : column + wide].any() or taken[row, column : column + wide].any():
        return False
    inner = lefts[row, column + 1 : column + wide]
    return not inner.any()


def _compressed(
    spans: list[tuple[int, int, int, int]], xs: list[int], ys: list[int]
) -> tuple[list[tuple[int, int, int, int]], list[int], list[int]]:
    """The grid without lines at which no cell begins or ends: strokes that ruled nothing."""
    used_rows = sorted({row for row, *_ in spans} | {row + tall for row, _, tall, _ in spans})
    used_columns = sorted({column for _, column, *_ in spans} | {column + wide for _, column, _, wide in spans})
    row_at = {old: new for new, old in enumerate(used_rows)}
    column_at = {old: new for new, old in enumerate(used_columns)}
    renumbered = [
        (row_at[row], column_at[column], row_at[row + tall] - row_at[row], column_at[column + wide] - column_at[column])
        for row, column, tall, wide in spans
    ]
    return renumbered, [xs[old] for old in used_columns], [ys[old] for old in used_rows]


def without_lines(picture: Gray, strokes: Strokes, tables: tuple[GridTable, ...], unit: float) -> Gray:
    """The picture with the tables' lines painted white, the letters that touch them kept.

    Where ink goes on above and below a painted line, the line ran through a letter: that bit is put back.
    """
    frames = np.zeros_like(picture)
    for table in tables:
        if not table.ruled:
            frames[max(0, table.outside.y0) : table.outside.y1, max(0, table.outside.x0) : table.outside.x1] = 1
        for cell in table.cells:
            box = cell.inside
            cv2.rectangle(frames, (box.x0, box.y0), (box.x1, box.y1), 1, round(14 * unit))
    lines = cv2.bitwise_and(cv2.bitwise_or(strokes.across, strokes.down), frames)
    if not lines.any():
        return picture
    grown = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    cleaned = np.asarray(cv2.bitwise_or(picture, grown * 255), np.uint8)
    ink = (cleaned < 140).view(np.uint8)
    thick = max(5, round(7 * unit)) | 1
    across = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8))
    through = np.asarray(cv2.bitwise_and(across, grown)) > strokes.down
    np.copyto(cleaned, picture, where=through)
    return cleaned
