"""A picture of a page to a Page: cleaned, straightened, its tables read by their grid, its prose by layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.document import Page, Table
from extract.scan.broken import BROKEN, stems, thickened
from extract.scan.cells import ReadCell, cell_of, read_cells
from extract.scan.clean import INK, Gray, evened, letters_of, without_border, without_colour, without_speckles
from extract.scan.engines import Engine, Pixels
from extract.scan.grid import GridTable, tables_of, without_lines
from extract.scan.halves import gutter_of, side_by_side
from extract.scan.lines import Strokes, without_warp
from extract.scan.open_rows import LEAST_NUMERALS, numerals_of, with_whole_rows, without_rests
from extract.scan.open_tables import open_tables
from extract.scan.outline import laid_flat
from extract.scan.own_type import in_own_type
from extract.scan.prose import page_of, read_prose
from extract.scan.render import PLAIN_DPI, Picture, with_square_pixels
from extract.scan.shapes import shapes_of
from extract.scan.sheet import Sheet, SheetLine
from extract.scan.straight import Straight, skew_of, straighten, turned
from extract.scan.text import read_lines
from extract.scan.upright import is_sideways
from extract.scan.worn_lines import with_worn_lines
from normalize.place import Place

POOR = 0.55
"""A page of which the words come out with less confidence than this on average may stand on its head."""
FEW_CELLS = 6
UNCLEAR = 0.05
"""A page with fewer ruled cells, or with a greater share of lines that are drawn in part, is looked at again for lines
that are worn to dots. Measured: below 0.01 on scans with whole lines, above 0.1 where a threshold ate into them."""
MORE = 1.3
"""So many times as many cells must the white between columns show as the lines do, where the lines are worn."""
WORN = 0.85
"""No cell between worn lines is believed more: where a line is gone altogether, two rows or columns are read as one."""
COARSE, FINE, LARGE = 13.0, 16.0, 20.0
"""Small letters lower than so many pixels (13 points at 150 dpi) are enlarged: a point of two pixels is lost. Higher
ones than the last (11 points at 300 dpi) are made smaller, but no page below 200 dpi for its large print."""


def page_of_picture(picture: Picture, number: int | None, engine: Engine) -> Page:
    """Everything on a picture of a page, with boxes in points of the picture as it was given."""
    picture = laid_flat(with_square_pixels(picture))
    unit = picture.dpi / 200
    even = without_border(evened(without_colour(picture.pixels, unit), unit), unit)
    turn = _best_turn(engine, picture, even) if is_sideways(even) else 0
    page, sure = _read_sheet(engine, picture, turned(even, turn), turn, number)
    if sure < POOR and turn == 0:
        other, better = _read_sheet(engine, picture, turned(even, 2), 2, number)
        if better > sure + 0.1:
            return other
    return page


def _read_sheet(engine: Engine, picture: Picture, even: Gray, turn: int, number: int | None) -> tuple[Page, float]:
    """The sheet read at one orientation: as one page, or as two that stand on it side by side."""
    cut = gutter_of(even)
    if cut is None:
        return _read(engine, picture, even, turn, number)
    width = even.shape[1]
    ends = (0, cut), (cut, width)
    parts = [_part(picture, turn, start, end, width) for start, end in ends]
    left, right = (
        _read(engine, part, np.ascontiguousarray(even[:, start:end]), turn, number)
        for part, (start, end) in zip(parts, ends, strict=True)
    )
    return side_by_side(left[0], right[0]), min(left[1], right[1])


def _part(picture: Picture, turn: int, start: int, end: int, width: int) -> Picture:
    """The stretch of a turned picture between two of its columns, with its place on the page."""
    right = start if turn in (0, 3) else width - end
    x, y = (0.0, right * picture.down) if turn % 2 else (right * picture.across, 0.0)
    onto = np.array(picture.onto or (1, 0, 0, 0, 1, 0, 0, 0, 1), float).reshape(3, 3)
    values = (onto @ np.array([[1, 0, x], [0, 1, y], [0, 0, 1]])).ravel()
    return replace(picture, onto=tuple(float(value) for value in values))


def _read(engine: Engine, picture: Picture, even: Gray, turn: int, number: int | None) -> tuple[Page, float]:
    """The page read at one orientation, and the mean confidence of its words (1 for a blank page)."""
    sheet, grids, worn = _sheet(picture, even, turn)
    if not sheet.small:
        return Page(number, (), picture.width, picture.height, method="ocr", why="blank"), 1.0
    most = WORN if worn else 1.0
    read = [(grid, read_cells(engine, sheet, grid)) for grid in grids]
    read = [one for one in read if one[0].ruled or numerals_of(_table(sheet, *one, number, most)) >= LEAST_NUMERALS]
    prose = read_prose(engine, sheet, [grid for grid, _ in read])
    read, prose = _in_own_type(sheet, read, prose)
    tables = [(grid, _table(sheet, grid, cells, number, most)) for grid, cells in read]
    page = page_of(sheet, prose, tables, number)
    confidences = [word.confidence for line in prose for word in line.words]
    confidences += [word.confidence or 0.0 for _, table in tables for cell in table.cells for word in cell.words]
    sure = float(np.mean(confidences)) if len(confidences) >= 5 else 1.0
    return replace(page, width=picture.width, height=picture.height), sure


def _in_own_type(
    sheet: Sheet, read: Sequence[tuple[GridTable, Sequence[ReadCell]]], prose: Sequence[SheetLine]
) -> tuple[list[tuple[GridTable, list[ReadCell]]], tuple[SheetLine, ...]]:
    """The cells and the prose of a page with all their numerals held against each other."""
    lines = [line for _, cells in read for cell in cells for line in cell.lines] + list(prose)
    words = iter(in_own_type(sheet, [word for line in lines for word in line.words]))
    checked = iter([replace(line, words=tuple(next(words) for _ in line.words)) for line in lines])
    tables = [
        (grid, [replace(cell, lines=tuple(next(checked) for _ in cell.lines)) for cell in cells])
        for grid, cells in read
    ]
    return tables, tuple(checked)


def _sheet(picture: Picture, even: Gray, turn: int) -> tuple[Sheet, tuple[GridTable, ...], bool]:
    """The cleaned page, its tables, and whether their lines are worn."""
    across, down = (picture.down, picture.across) if turn % 2 else (picture.across, picture.down)
    shapes = shapes_of((even < INK).view(np.uint8))
    small = letters_of(shapes).small
    scale = _scale(small, picture.dpi)
    if scale != 1:
        way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        even = np.asarray(cv2.resize(even, None, fx=scale, fy=scale, interpolation=way), np.uint8)
        across, down, small = across / scale, down / scale, small * scale
        shapes = shapes_of((even < INK).view(np.uint8))
    if stems(shapes, small) >= BROKEN:
        even = thickened(even, small)
    straight = replace(straighten(even, skew_of(even), across, down, turn), onto=picture.onto)
    straight, strokes = without_warp(straight)
    line_height = 2 * (small or 14.0 * straight.unit)
    grids, worn = tables_of(strokes, straight.unit, line_height), False
    if _cells(grids) < FEW_CELLS or max(grid.unclear for grid in grids) > UNCLEAR:
        drawn = with_worn_lines(straight.picture, strokes, straight.unit)
        more = tables_of(drawn, straight.unit, line_height) if drawn is not strokes else ()
        if _cells(more) >= max(FEW_CELLS, _cells(grids) + 1):
            strokes, grids, worn = drawn, more, True
    spotless = without_speckles(straight.picture, small or 14.0)
    grids = _with_open(grids, spotless, strokes, small or 14.0)
    clean = without_lines(spotless, strokes, grids, straight.unit)
    return Sheet.of(straight, clean, small), grids, worn


def _scale(small: float, dpi: float) -> float:
    """How far a picture with small letters of that height is enlarged or reduced before it is read."""
    if 0 < small < COARSE:
        return FINE / small
    # The engine reduces lines of print itself: what is finer than it needs costs time alone.
    return max(FINE / small, PLAIN_DPI / dpi) if small > LARGE and dpi > PLAIN_DPI else 1.0


def _with_open(grids: tuple[GridTable, ...], picture: Gray, strokes: Strokes, small: float) -> tuple[GridTable, ...]:
    """The tables with those that have no lines; these stand in place of ruled ones of which too little is left."""
    whole = _cells(grids) >= FEW_CELLS and max(grid.unclear for grid in grids) <= UNCLEAR
    found = open_tables(picture, strokes, grids if whole else (), small)
    if not whole and _cells(found) < MORE * _cells(grids):
        return grids
    kept = [grid for grid in grids if not any(_meet(grid.outside, table.outside) for table in found)]
    return tuple(sorted((*kept, *found), key=lambda table: (table.outside.y0, table.outside.x0)))


def _meet(one: Pixels, other: Pixels) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0) and min(one.y1, other.y1) > max(one.y0, other.y0)


def _cells(grids: Sequence[GridTable]) -> int:
    return sum(len(grid.cells) for grid in grids)


def _table(sheet: Sheet, grid: GridTable, read: Sequence[ReadCell], number: int | None, most: float) -> Table:
    """The table as it is read; no cell is given more confidence than `most`."""
    most = most if grid.ruled else min(most, WORN)
    cells = tuple(
        cell if cell.confidence is None else replace(cell, confidence=min(cell.confidence, most))
        for cell in (cell_of(sheet, one, number) for one in read)
    )
    if most < 1:
        cells = tuple(map(without_rests, cells))
    table = Table(grid.rows, grid.columns, cells, Place(number, sheet.straight.box(grid.outside)))
    return table if grid.ruled else with_whole_rows(table)


def _best_turn(engine: Engine, picture: Picture, even: Gray) -> int:
    """Which quarter turn makes the lines of a sideways page readable, told by reading a piece of it both ways."""
    return max((1, 3), key=lambda turn: _readable(engine, picture, turned(even, turn)))


def _readable(engine: Engine, picture: Picture, even: Gray) -> float:
    """The mean confidence of the words in the densest strip of a page."""
    straight = straighten(even, skew_of(even), picture.across, picture.down, 0)
    strip = _densest_strip(straight)
    small = letters_of(shapes_of((straight.picture < INK).view(np.uint8))).small
    sheet = Sheet.of(straight, straight.picture, small or 14.0)
    words = [word.confidence for line in read_lines(engine, sheet, strip) for word in line.words]
    return float(np.mean(words)) if words else 0.0


def _densest_strip(straight: Straight) -> Pixels:
    height, width = straight.picture.shape
    strips = 8
    tall = height // strips
    ink = [int((straight.picture[at * tall : (at + 1) * tall] < INK).sum()) for at in range(1, strips - 1)]
    first = (1 + int(np.argmax(ink))) * tall
    return Pixels(0, first, width, first + tall)
