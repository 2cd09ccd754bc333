"""The prose of a scanned page: the bands between its tables, in lines, paragraphs and running heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.document import Block, Page, Paragraph, Table
from extract.engines import Engine, Layout, Pixels
from extract.gutters import columns_of
from extract.paragraphs import Line, Piece, lines_of, paragraph_of, paragraphs_of
from extract.running_heads import PageLines, running_lines
from extract.scan_cells import Sheet, SheetLine, as_word, ink_within, read_lines
from extract.scan_grid import GridTable
from normalize.place import Box

SMALL_TO_SIZE = 1 / 0.46
"""The size of a serif type over the height of its small letters."""


def read_prose(engine: Engine, sheet: Sheet, tables: Sequence[GridTable]) -> tuple[SheetLine, ...]:
    """The lines outside the tables, block by block, top to bottom."""
    found: list[SheetLine] = []
    for band in _bands(sheet, tables):
        for block in blocks_of(sheet, band):
            box = ink_within(sheet, block)
            if box is not None:
                layout: Layout = "line" if box.height < 2.6 * (sheet.small or 14.0) else "block"
                found.extend(read_lines(engine, sheet, box, layout))
    return tuple(found)


def blocks_of(sheet: Sheet, band: Pixels) -> tuple[Pixels, ...]:
    """A stretch of the page cut where two columns stand side by side: letterhead, signature.

    The page falls into strips at its white rows; lines of two columns that stand at different heights make one strip
    with a gutter through it. Strips without a gutter that follow each other are one block.
    """
    small = sheet.small or 14.0
    ink = sheet.ink[band.y0 : band.y1, band.x0 : band.x1] < 140
    blocks: list[Pixels] = []
    plain: list[tuple[int, int]] = []

    def close() -> None:
        if plain:
            blocks.append(Pixels(band.x0, band.y0 + plain[0][0], band.x1, band.y0 + plain[-1][1]))
            plain.clear()

    for first, end in _strips(ink, small):
        gutter = _gutter(ink[first:end], small)
        if gutter is None:
            plain.append((first, end))
            continue
        close()
        top, bottom = band.y0 + first, band.y0 + end
        blocks.append(Pixels(band.x0, top, band.x0 + gutter, bottom))
        blocks.append(Pixels(band.x0 + gutter, top, band.x1, bottom))
    close()
    return tuple(blocks)


def _strips(ink: NDArray[np.bool_], small: float) -> Iterator[tuple[int, int]]:
    """Stretches of rows with ink; a gap narrower than a quarter of a small letter parts a mark from its letter."""
    rows = np.nonzero(ink.any(axis=1))[0]
    if not len(rows):
        return
    gaps = np.nonzero(np.diff(rows) > 0.3 * small)[0]
    starts = [int(rows[0]), *(int(rows[gap + 1]) for gap in gaps)]
    ends = [*(int(rows[gap]) + 1 for gap in gaps), int(rows[-1]) + 1]
    yield from zip((max(0, start - 1) for start in starts), (end + 1 for end in ends), strict=True)


def _gutter(strip: NDArray[np.bool_], small: float) -> int | None:
    """The middle of the widest white gap of a strip, where it is wide enough to part columns."""
    columns = np.nonzero(strip.any(axis=0))[0]
    if len(columns) < 2:
        return None
    steps = np.diff(columns)
    widest = int(steps.argmax())
    if steps[widest] < 3 * small:
        return None
    return int(columns[widest] + steps[widest] // 2)


def _bands(sheet: Sheet, tables: Sequence[GridTable]) -> Iterator[Pixels]:
    """The stretches of the page above, between and below the tables."""
    height, width = sheet.ink.shape
    top = 0
    for table in sorted(tables, key=lambda table: table.outside.y0):
        if table.outside.y0 - top > sheet.small:
            yield Pixels(0, top, width, table.outside.y0)
        top = max(top, table.outside.y1)
    if height - top > sheet.small:
        yield Pixels(0, top, width, height)


def page_of(
    sheet: Sheet, prose: Sequence[SheetLine], tables: Sequence[tuple[GridTable, Table]], number: int | None
) -> Page:
    """The page with its blocks in reading order; page numbers and running heads set aside.

    Lines and paragraphs are judged as they stand on the straight picture; the boxes handed on are those on the
    page as it was put in.
    """
    straight = sheet.straight
    lines = lines_of([piece for line in prose for piece in _pieces(sheet, line)])
    height, width = sheet.ink.shape
    frame = PageLines(number or 1, width * straight.across, height * straight.down, lines)
    aside = running_lines([frame])[0]
    body = [line for index, line in enumerate(lines) if index not in aside]
    blocks: list[Block] = []
    rest = body
    for grid, table in tables:
        top, bottom = grid.outside.y0 * straight.down, grid.outside.y1 * straight.down
        above = [line for line in rest if _middle(line) < top]
        rest = [line for line in rest if _middle(line) >= top]
        blocks.extend(_paragraphs(above, number))
        others = [other.outside for other, _ in tables if other is not grid]
        blocks.append(
            Table(
                table.rows,
                table.columns,
                table.cells,
                table.place,
                starts_page=not any(_middle(line) < top for line in body)
                and not any(other.y1 <= grid.outside.y0 + 4 for other in others),
                ends_page=not any(_middle(line) > bottom for line in body)
                and not any(other.y0 >= grid.outside.y1 - 4 for other in others),
            )
        )
    blocks.extend(_paragraphs(rest, number))
    running = tuple(paragraph_of([lines[index]], number) for index in sorted(aside))
    page_width, page_height = straight.page
    return Page(number, tuple(blocks), page_width, page_height, running, method="ocr")


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _paragraphs(lines: Sequence[Line], number: int | None) -> list[Paragraph]:
    return [paragraph for column in columns_of(lines) for paragraph in paragraphs_of(column, number)]


def _pieces(sheet: Sheet, line: SheetLine) -> list[Piece]:
    """The words of a line with the looks that paragraphs are told by.

    All words of a line get the line's top and bottom, so that a word without tall letters is not taken for another
    line's.
    """
    straight = sheet.straight
    size = (sheet.small or 14.0) * SMALL_TO_SIZE * straight.down
    words = line.words
    bold = _bold(sheet, line)
    pieces = []
    for word in words:
        box = word.box
        top, bottom = (line.box.y0, line.box.y1) if line.box.height < 4 * sheet.small else (box.y0, box.y1)
        frame = Box(box.x0 * straight.across, top * straight.down, box.x1 * straight.across, bottom * straight.down)
        pieces.append(Piece(as_word(sheet, word), frame, size, bold=bold))
    return pieces


def _bold(sheet: Sheet, line: SheetLine) -> bool:
    """Whether the strokes of a line are thicker than the page's: ink over outline, against the height of letters."""
    box = line.box
    crop = (sheet.ink[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1] < 128).astype(np.uint8)
    if crop.size == 0:
        return False
    return stroke(crop) > 0.235 * sheet.small


def stroke(ink: np.ndarray) -> float:
    """The mean thickness of strokes in pixels: twice the ink over its outline."""
    inner = cv2.erode(ink, np.ones((3, 3), np.uint8))
    area = int(ink.sum())
    outline = area - int(inner.sum())
    return 2.0 * area / outline if outline else 0.0
