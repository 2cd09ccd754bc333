"""Tables without ruling lines, or of which too few lines are left: columns parted by white gutters, rows by numerals.

Nothing is read yet: letters are shapes here, and a numeral is a short piece of print in a narrow column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.clean import Gray
from extract.scan.engines import Pixels
from extract.scan.grid import GridCell, GridTable
from extract.scan.lines import Strokes
from extract.scan.shapes import shapes_of

LEAST_COLUMNS, LEAST_ROWS = 3, 4
"""Two columns are a letterhead, a signature or a list; three lines of numerals may stand below each other by chance."""
GUTTER, WORD = 0.7, 1.2
"""A gutter is at least so wide, and print with smaller gaps is one piece, in heights of a small letter."""
TALL = 8.0
"""A gutter runs on for so many heights of a small letter, three lines of print, before anything crosses it."""
CROSSED = 0.25
"""The share of lines of print that may run across a gutter: rows of domains, headings over several columns."""
THIN, LOW = 0.4, 0.72
"""No letter but an upright stroke is so narrow; no digit is so low against the print of its table."""
NARROW = 6.2
"""A column of numerals is no wider, in heights of a small letter: "100,00"."""


@dataclass(frozen=True, slots=True)
class _Region:
    """A stretch of the page with columns: its pieces of print and the cuts between the columns, both ends included."""

    pieces: tuple[Pixels, ...]
    cuts: tuple[int, ...]
    top: int
    bottom: int

    def column(self, piece: Pixels, slack: float) -> tuple[int, int]:
        """The first and last column that a piece stands in."""
        middle = (piece.x0 + piece.x1) // 2
        own = max(0, int(np.searchsorted(self.cuts, middle, "right")) - 1)
        first = last = min(own, len(self.cuts) - 2)
        while first > 0 and piece.x0 < self.cuts[first] - slack:
            first -= 1
        while last < len(self.cuts) - 2 and piece.x1 > self.cuts[last + 1] + slack:
            last += 1
        return first, last


def open_tables(picture: Gray, strokes: Strokes, taken: Sequence[GridTable], small: float) -> tuple[GridTable, ...]:
    """The tables of a straight page outside those `taken` already, top to bottom.

    `small` is the height of a small letter in pixels.
    """
    pieces = _print_of(picture, strokes, taken, small)
    if len(pieces) < 2 * LEAST_ROWS:
        return ()
    found = []
    for top, bottom in _stretches(picture.shape, pieces, small):
        region = _region(pieces, top, bottom, picture.shape[1], small)
        table = _table(region, strokes, small) if region is not None else None
        if table is not None:
            found.append(table)
    return tuple(found)


def _print_of(picture: Gray, strokes: Strokes, taken: Sequence[GridTable], small: float) -> tuple[Pixels, ...]:
    """The pieces of print outside the tables that are taken; no rest of a ruling line, no mark, no point."""
    lines = cv2.dilate(cv2.bitwise_or(strokes.across, strokes.down), np.ones((3, 3), np.uint8))
    ink = ((picture < 140) & (lines == 0)).astype(np.uint8)
    for table in taken:
        box = table.outside.grown(4)
        ink[max(0, box.y0) : max(0, box.y1), max(0, box.x0) : max(0, box.x1)] = 0
    # White rows are left out, but one beside each stretch of print: most of a page is white or in tables.
    used = cv2.dilate(ink.max(axis=1, keepdims=True), np.ones((3, 1), np.uint8)).ravel() > 0
    if not used.any():
        return ()
    row = np.nonzero(used)[0].tolist()
    return tuple(
        Pixels(piece.x0, row[piece.y0], piece.x1, row[piece.y1 - 1] + 1)
        for piece in _pieces(_letters_in(ink[used], small), small)
    )


def _letters_in(ink: Gray, small: float) -> Gray:
    shapes = shapes_of(ink)
    labels, stats = shapes.labels, shapes.stats
    wide, high = stats[:, 2], stats[:, 3]
    keep = (high >= 0.55 * small) & (high <= 3.5 * small) & (wide <= 10 * small)
    # A thin upright is a letter only beside others: what stands alone is the rest of a line.
    thin = keep & (wide <= 0.25 * small)
    keep &= ~thin
    keep[0] = False
    body = shapes.where(keep)
    near = cv2.dilate(body, np.ones((1, round(small) | 1), np.uint8))
    if thin.any():
        beside = np.zeros(len(stats), bool)
        beside[labels[near > 0]] = True
        keep |= thin & beside & (high <= 1.9 * small)
        body = shapes.where(keep)
    return np.asarray(body, np.uint8)


def _pieces(letters: Gray, small: float) -> tuple[Pixels, ...]:
    """Stretches of print along a line without a gap wider than one between words."""
    closed = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, max(3, round(WORD * small)) | 1), np.uint8))
    stats = shapes_of(np.asarray(closed, np.uint8)).stats
    return tuple(Pixels(x, y, x + wide, y + high) for x, y, wide, high, _ in stats[1:].tolist())


def _stretches(shape: tuple[int, ...], pieces: Sequence[Pixels], small: float) -> list[tuple[int, int]]:
    """Where on the page two gutters and more run side by side with print on both sides; top and bottom."""
    filled = np.zeros(shape[:2], np.uint8)
    for piece in pieces:
        filled[piece.y0 : piece.y1, piece.x0 : piece.x1] = 1
    kernel = np.ones((round(TALL * small), max(3, round(GUTTER * small))), np.uint8)
    white = cv2.morphologyEx(1 - filled, cv2.MORPH_OPEN, kernel)
    around = cv2.dilate(filled, np.ones((round(TALL * small) | 1, 1), np.uint8))
    step = max(2, round(small / 2))
    rows = []
    for y in range(0, shape[0], step):
        ink = np.nonzero(around[y])[0]
        if not len(ink):
            continue
        inner = white[y, ink[0] : ink[-1] + 1]
        if np.count_nonzero(np.diff(inner.astype(np.int8)) == 1) >= LEAST_COLUMNS - 1:
            rows.append(y)
    groups: list[list[int]] = []
    for y in rows:
        if groups and y - groups[-1][-1] <= TALL * small:
            groups[-1].append(y)
        else:
            groups.append([y])
    return [(group[0], group[-1] + step) for group in groups if group[-1] - group[0] >= TALL * small]


def _region(pieces: Sequence[Pixels], top: int, bottom: int, width: int, small: float) -> _Region | None:
    """The columns of a stretch; None where there are too few."""
    own = tuple(piece for piece in pieces if piece.y0 < bottom and piece.y1 > top)
    if not own:
        return None
    own = _without_titles(own, _cuts(own, width, small), small)
    own = _without_rests(own, _cuts(own, width, small), small)
    cuts = _cuts(own, width, small)
    if len(cuts) - 1 < LEAST_COLUMNS:
        return None
    reach = round(0.6 * small)  # marks stand above the letters, and points below them
    return _Region(own, cuts, min(piece.y0 for piece in own) - reach, max(piece.y1 for piece in own) + reach)


def _without_rests(pieces: tuple[Pixels, ...], cuts: tuple[int, ...], small: float) -> tuple[Pixels, ...]:
    """The print without what stands in columns that hold neither digits nor words: rests of a worn line."""
    columns = [[piece for piece in pieces if left <= piece.x0 and piece.x1 <= right] for left, right in pairwise(cuts)]
    usual = float(np.median([piece.height for piece in pieces])) if pieces else 0.0
    dirt = [
        column
        for column in columns
        if all(piece.width <= THIN * small for piece in column) or all(piece.height < LOW * usual for piece in column)
    ]
    rests = {piece for column in dirt for piece in column}
    return tuple(piece for piece in pieces if piece not in rests)


def _without_titles(pieces: tuple[Pixels, ...], cuts: tuple[int, ...], small: float) -> tuple[Pixels, ...]:
    """The print from the first line that stands in several columns to the last one and what goes on below it: a
    letterhead, a title and a signature above and below a table are none of it."""
    lines: list[list[Pixels]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y0 + piece.y1):
        if lines and piece.y0 + piece.y1 - lines[-1][-1].y0 - lines[-1][-1].y1 <= 1.8 * small:
            lines[-1].append(piece)
        else:
            lines.append([piece])

    def crossed(line: Sequence[Pixels]) -> bool:
        return any(piece.x0 < cut < piece.x1 for piece in line for cut in cuts[1:-1])

    def columns(line: Sequence[Pixels]) -> int:
        return len({int(np.searchsorted(cuts, piece.x0)) for piece in line})

    full = [at for at, line in enumerate(lines) if not crossed(line) and columns(line) >= LEAST_COLUMNS]
    if not full:
        return ()
    end = full[-1] + 1
    while end < len(lines) and not crossed(lines[end]):
        if min(piece.y0 for piece in lines[end]) - max(piece.y1 for piece in lines[end - 1]) > 1.5 * small:
            break
        end += 1
    return tuple(piece for line in lines[full[0] : end] for piece in line)


def _cuts(pieces: Sequence[Pixels], width: int, small: float) -> tuple[int, ...]:
    """Where the columns are parted, both ends included: where fewest pieces of print run across, and at most a third
    as many as in the columns on both sides."""
    if not pieces:
        return ()
    count = np.zeros(width + 1, np.int64)
    for piece in pieces:
        count[piece.x0 : piece.x1] += 1
    first, last = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    rows = np.zeros(max(piece.y1 for piece in pieces) + 1, bool)
    for piece in pieces:
        rows[(piece.y0 + piece.y1) // 2] = True
    most = max(2, round(CROSSED * len(_runs(np.convolve(rows, np.ones(max(3, round(small))), "same") > 0))))
    cuts = [first - round(small), last + round(small)]
    for level in range(most + 1):
        for start, end in _runs(count[first:last] <= level):
            left, right = first + start, first + end
            if end - start < GUTTER * small or any(left <= cut <= right for cut in cuts):
                continue
            before = max(cut for cut in cuts if cut < left)
            behind = min(cut for cut in cuts if cut > right)
            peaks = count[max(0, before) : left].max(initial=0), count[right:behind].max(initial=0)
            if min(peaks) >= max(2, 3 * level):
                cuts.append((left + right) // 2)
    return tuple(sorted(cuts))


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches of a mask that hold, as first place and the one behind the last."""
    edges = np.nonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))[0]
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _table(region: _Region, strokes: Strokes, small: float) -> GridTable | None:
    """The region as rows and columns; None where no narrow column beside the first holds enough entries."""
    columns = len(region.cuts) - 1
    held = [(piece, *region.column(piece, 0.5 * small)) for piece in region.pieces]
    alone = [[piece for piece, first, last in held if first == last == column] for column in range(columns)]
    narrow = [column for column in range(columns) if _is_narrow(alone[column], small)]
    anchors = _anchors([alone[column] for column in narrow], small)
    filled = [column for column in narrow if column and len(alone[column]) >= LEAST_ROWS]
    if not filled or len(anchors) < LEAST_ROWS:
        return None
    ys = _rows(region, anchors, strokes, small)
    if len(ys) - 1 < LEAST_ROWS:
        return None
    cells = []
    for row, (top, bottom) in enumerate(pairwise(ys)):
        spans = [
            (first, last) for piece, first, last in held if first < last and top <= (piece.y0 + piece.y1) / 2 < bottom
        ]
        column = 0
        while column < columns:
            last = max([last for first, last in spans if first <= column <= last] + [column])
            inside = Pixels(region.cuts[column], top + 1, region.cuts[last + 1], bottom)
            cells.append(GridCell(row, column, 1, last + 1 - column, inside))
            column = last + 1
    outside = Pixels(region.cuts[0], ys[0], region.cuts[-1], ys[-1])
    return GridTable(len(ys) - 1, columns, tuple(cells), outside, ruled=False)


def _is_narrow(pieces: Sequence[Pixels], small: float) -> bool:
    return len(pieces) >= 2 and float(np.percentile([piece.width for piece in pieces], 75)) <= NARROW * small


def _anchors(columns: Sequence[Sequence[Pixels]], small: float) -> list[tuple[int, int]]:
    """The lines on which numerals stand, as top and bottom; the lines of the heading are one."""
    usual = [float(np.median([piece.width for piece in column])) for column in columns]
    entries = [
        ((piece.y0 + piece.y1) / 2, piece, piece.width <= 1.6 * width)
        for column, width in zip(columns, usual, strict=True)
        for piece in column
        if piece.height <= 2.6 * small
    ]
    entries.sort(key=lambda entry: entry[0])
    lines: list[list[tuple[float, Pixels, bool]]] = []
    for entry in entries:
        if lines and entry[0] - lines[-1][-1][0] <= 0.9 * small:
            lines[-1].append(entry)
        else:
            lines.append([entry])
    told = [(min(p.y0 for _, p, _ in line), max(p.y1 for _, p, _ in line)) for line in lines]
    heading = 0
    while heading < len(lines) and sum(usual for _, _, usual in lines[heading]) < 0.5 * len(lines[heading]):
        heading += 1
    return [(told[0][0], told[heading - 1][1]), *told[heading:]] if 1 < heading < len(told) else told


def _rows(region: _Region, anchors: Sequence[tuple[int, int]], strokes: Strokes, small: float) -> list[int]:
    """The cuts between the rows, both ends included: at ruling lines where there are enough of them, else in the
    widest gap between two lines of numerals, else right above the lower one."""
    left, right = max(0, region.cuts[0]), region.cuts[-1]
    across = strokes.across[:, left:right].mean(axis=1) >= 0.3
    ruled = [(start + end) // 2 for start, end in _runs(across)]
    ruled = [y for y in ruled if region.top + small < y < region.bottom - small]
    if len(ruled) >= 0.6 * (len(anchors) - 1):
        return [region.top, *ruled, region.bottom]
    lines = np.zeros(region.bottom + 1, bool)
    for piece in region.pieces:
        lines[max(0, piece.y0) : piece.y1] = True
    cuts = [region.top]
    for (_, upper), (lower, _) in pairwise(anchors):
        gaps = [(end - start, upper + (start + end) // 2) for start, end in _runs(~lines[upper:lower])]
        if not gaps:
            cuts.append(max(upper, lower - 2))
            continue
        widest = max(gaps)
        others = [gap for gap in gaps if gap is not widest]
        clear = not others or widest[0] >= 1.3 * max(others)[0]
        cuts.append(widest[1] if clear else gaps[-1][1])
    return [*cuts, region.bottom]
