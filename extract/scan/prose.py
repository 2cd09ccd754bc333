"""The prose of a scanned page: the bands between its tables, in lines, paragraphs and running heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extract.document import Block, Page, Paragraph, Table
from extract.layout.gutters import columns_of
from extract.layout.paragraphs import Line, Piece, line_of, lines_of, paragraph_of, paragraphs_of
from extract.layout.running_heads import PageLines, running_lines
from extract.scan.engines import Engine, Pixels
from extract.scan.grid import GridTable
from extract.scan.sheet import Sheet, SheetLine, is_bold
from extract.scan.text import as_word, ink_within, read_lines
from normalize.place import Box

SMALL_TO_SIZE = 1 / 0.46
"""The size of a serif type over the height of its small letters."""


def read_prose(engine: Engine, sheet: Sheet, tables: Sequence[GridTable]) -> tuple[SheetLine, ...]:
    """The lines outside the tables, block by block, top to bottom."""
    found: list[SheetLine] = []
    free = _without(sheet, tables)
    for band in _bands(free, tables):
        for block in blocks_of(free, band):
            box = ink_within(free, block)
            if box is not None:
                found.extend(read_lines(engine, free, box))
    return tuple(found)


def _without(sheet: Sheet, tables: Sequence[GridTable]) -> Sheet:
    """The sheet with its tables painted white."""
    ink, smooth = sheet.ink.copy(), sheet.smooth.copy()
    for table in tables:
        box = table.outside.grown(4)
        part = slice(max(0, box.y0), max(0, box.y1)), slice(max(0, box.x0), max(0, box.x1))
        ink[part] = 255
        smooth[part] = 255
    return replace(sheet, ink=ink, smooth=smooth)


def _bands(free: Sheet, tables: Sequence[GridTable]) -> Iterator[Pixels]:
    """The stretches of the page above, between and below the tables; a table with print beside it parts nothing."""
    height, width = free.ink.shape
    top = 0
    for table in sorted(tables, key=lambda table: table.outside.y0):
        box = table.outside
        if ink_within(free, Pixels(0, box.y0, width, box.y1)) is not None:
            continue
        if box.y0 - top > free.small:
            yield Pixels(0, top, width, box.y0)
        top = max(top, box.y1)
    if height - top > free.small:
        yield Pixels(0, top, width, height)


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


def page_of(
    sheet: Sheet, prose: Sequence[SheetLine], tables: Sequence[tuple[GridTable, Table]], number: int | None
) -> Page:
    """The page with its blocks in reading order; page numbers and running heads set aside.

    What reads like the strokes of a signature or a receipt stamp is kept as a note and stands in nobody's way.

    Lines and paragraphs are judged as they stand on the straight picture; the boxes handed on are those on the
    page as it was put in.
    """
    straight = sheet.straight
    scrawl = [line for line in prose if _is_scrawl([(word.text, word.confidence) for word in line.words])]
    stamps = [table for _, table in tables if _is_scrawl(_words_of(table))]
    tables = [(grid, table) for grid, table in tables if table not in stamps]
    lines = lines_of([piece for line in prose if line not in scrawl for piece in _pieces(sheet, line)])
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
    notes = [paragraph_of([line_of(_pieces(sheet, line))], number) for line in scrawl]
    notes += [_as_note(table) for table in stamps]
    page_width, page_height = straight.page
    return Page(number, tuple(blocks), page_width, page_height, running, tuple(notes), method="ocr")


def _is_scrawl(words: Sequence[tuple[str, float]]) -> bool:
    """Whether words are what an engine makes of strokes that are no print: unsure on average, or a lone stray sign."""
    letters = sum(sign.isalnum() for text, _ in words for sign in text)
    if not words or letters == 0:
        return bool(words)
    mean = sum(confidence * len(text) for text, confidence in words) / sum(len(text) for text, _ in words)
    return mean < 0.4 or (letters == 1 and mean < 0.9 and not words[0][0][:1].isdigit())


def _words_of(table: Table) -> list[tuple[str, float]]:
    return [(word.text, word.confidence or 0.0) for cell in table.cells for word in cell.words]


def _as_note(table: Table) -> Paragraph:
    text = " ".join(cell.text.replace("\n", " ") for cell in table.cells if cell.text)
    words = tuple(word for cell in table.cells for word in cell.words)
    return Paragraph(text, table.place, words=words, confidence=min(word.confidence or 0.0 for word in words))


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
    bold = is_bold(sheet, line.box)
    pieces = []
    for word in words:
        box = word.box
        top, bottom = (line.box.y0, line.box.y1) if line.box.height < 4 * sheet.small else (box.y0, box.y1)
        frame = Box(box.x0 * straight.across, top * straight.down, box.x1 * straight.across, bottom * straight.down)
        pieces.append(Piece(as_word(sheet, word), frame, size, bold=bold))
    return pieces
