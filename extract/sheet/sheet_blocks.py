"""A sheet taken apart: which of its rows are a table, which are lines of a letterhead, a title or a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.document import Block, Cell, Paragraph, Run, Table
from extract.layout.line_joining import goes_on
from extract.layout.runs import lines_of, paragraph
from extract.sheet.xlsx_sheet import Sheet, SheetCell
from normalize.place import Place

_Row = list[SheetCell]


def sheet_blocks(sheet: Sheet, page: int) -> Iterator[Block]:
    """Paragraphs and tables in the order of the rows.

    Where lines are drawn they say what the table is; else it is the rows with several filled cells, up to an empty one.
    """
    rows: dict[int, _Row] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, []).append(cell)
    place = Place(page)
    for stretch, is_table in _stretches(rows, sheet.ruled):
        if is_table:
            made = _table(stretch, place)
            if made is not None:
                yield made
        else:
            for row in stretch:
                yield from _paragraphs(row, place)


def _stretches(rows: dict[int, _Row], ruled: bool) -> Iterator[tuple[list[_Row], bool]]:
    waiting: list[_Row] = []
    kind = False
    end = -1
    for number in sorted(rows):
        row = rows[number]
        # a row belongs to the table while a merged cell from above reaches into it
        is_table = _is_table_row(row, ruled, inside=kind and number <= end)
        broken = number > end + 1 if waiting else False
        if waiting and (is_table != kind or broken):
            yield from _checked(waiting, kind)
            waiting = []
        waiting.append(row)
        kind = is_table
        end = max([number, *(cell.row + cell.row_span - 1 for cell in row)], default=number)
    if waiting:
        yield from _checked(waiting, kind)


def _checked(rows: list[_Row], is_table: bool) -> Iterator[tuple[list[_Row], bool]]:
    """One ruled row of one cell is a frame around a line, no table."""
    yield rows, is_table and sum(1 for row in rows for cell in row if cell.text) > 1


def _is_table_row(row: _Row, ruled: bool, inside: bool) -> bool:
    if ruled:
        return inside or any(cell.ruled for cell in row)
    return inside or sum(1 for cell in row if cell.text) >= 2


def _paragraphs(row: _Row, place: Place) -> Iterator[Paragraph]:
    for cell in row:
        for line in _lines(cell):
            made = paragraph(line, cell.align, place)
            if made:
                yield made


def _lines(cell: SheetCell) -> Iterator[tuple[Run, ...]]:
    before: tuple[Run, ...] = ()
    for line in lines_of([Run(cell.text, cell.bold, cell.italic, cell.font)]):
        if before and line and goes_on(before[-1].text, line[0].text):
            before = (*before, Run(" "), *line)
        else:
            yield before
            before = line
    yield before


def _table(rows: Sequence[_Row], place: Place) -> Table | None:
    """The rows as a table, without empty columns at its sides."""
    filled = [cell for row in rows for cell in row if cell.text]
    if not filled:
        return None
    left = min(cell.column for cell in filled)
    right = max(cell.column + cell.column_span for cell in filled)
    while rows and not any(cell.text for cell in rows[-1]):
        rows = rows[:-1]
    top = rows[0][0].row
    cells = tuple(_cell(cell, top, left, right, place) for row in rows for cell in row if left <= cell.column < right)
    bottom = max(cell.row + cell.row_span for cell in cells)
    return Table(bottom, right - left, cells, place)


def _cell(cell: SheetCell, top: int, left: int, right: int, place: Place) -> Cell:
    return Cell(
        cell.row - top,
        cell.column - left,
        cell.text,
        cell.row_span,
        min(cell.column + cell.column_span, right) - cell.column,
        place,
        bold=cell.bold and bool(cell.text),
        italic=cell.italic and bool(cell.text),
    )
