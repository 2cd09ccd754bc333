"""A table as rows of cells by column, whatever spans it was printed with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extract.document import Cell, Table
from normalize.place import Box
from normalize.value import Printed


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the grid: for every column the cell that covers it, or None.

    A cell that spans several columns or rows stands at each position it covers; `own` tells where it begins.
    """

    number: int
    cells: tuple[Cell | None, ...]

    def cell(self, column: int | None) -> Cell | None:
        """The cell that covers the column; None outside the table."""
        return self.cells[column] if column is not None and 0 <= column < len(self.cells) else None

    def own(self, column: int | None) -> Cell | None:
        """The cell that begins in this row and column; None where a merged cell only goes on."""
        cell = self.cell(column)
        return cell if cell is not None and cell.row == self.number and cell.column == column else None

    def text(self, column: int | None) -> str:
        """The text that begins in this row and column, "" where none does."""
        cell = self.own(column)
        return cell.text.strip() if cell else ""

    def printed(self, column: int | None) -> Printed:
        cell = self.own(column)
        return cell.printed if cell else Printed("")

    def filled(self) -> Iterator[tuple[int, Cell]]:
        """The cells that begin in this row and hold text, with their columns."""
        for column in range(len(self.cells)):
            cell = self.own(column)
            if cell is not None and cell.text.strip():
                yield column, cell

    @property
    def page(self) -> int | None:
        return next((cell.place.page for cell in self.cells if cell is not None), None)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table by rows. `edges` are the left and right edges of each column in points, None where unknown."""

    columns: int
    rows: tuple[Row, ...]
    edges: tuple[tuple[float, float], ...] | None
    starts_page: bool = False
    ends_page: bool = False

    @property
    def page(self) -> int | None:
        return next((row.page for row in self.rows if row.page is not None), None)


def grid_of(table: Table) -> Grid:
    """Lay the cells out on their rows and columns; cells that leave the grid are cut to it."""
    places: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                places[row][column] = cell
    rows = tuple(Row(number, tuple(cells)) for number, cells in enumerate(places))
    return Grid(table.columns, rows, _edges(table), table.starts_page, table.ends_page)


def _edges(table: Table) -> tuple[tuple[float, float], ...] | None:
    """Column edges from the boxes of the cells that stand in one column alone."""
    boxes: dict[int, Box] = {}
    for cell in table.cells:
        if cell.column_span == 1 and cell.place.box is not None:
            box = boxes.get(cell.column)
            boxes[cell.column] = box.union(cell.place.box) if box else cell.place.box
    if len(boxes) < table.columns:
        return None
    return tuple((boxes[column].x0, boxes[column].x1) for column in range(table.columns))


def renumbered(rows: Iterable[Row], start: int) -> list[Row]:
    """The same rows as a part of a longer grid, from row `start` on; a merged cell stays one cell over its rows."""
    moved: dict[int, Cell] = {}
    result = []
    for number, row in enumerate(rows, start):
        for cell in row.cells:
            if cell is not None and id(cell) not in moved:
                moved[id(cell)] = replace(cell, row=number)
        result.append(Row(number, tuple(moved[id(cell)] if cell is not None else None for cell in row.cells)))
    return result


def joined(first: Cell, second: Cell) -> Cell:
    """A cell cut by the page end, whole again; it keeps the place of its first part."""
    text = f"{first.text.rstrip()}\n{second.text.lstrip()}".strip()
    measured = [cell.confidence for cell in (first, second) if cell.confidence is not None and cell.text.strip()]
    place = first.place if first.text.strip() else second.place
    return replace(
        first,
        text=text,
        place=place,
        words=first.words + second.words,
        confidence=min(measured) if measured else None,
        alternatives=second.alternatives
        if not first.text.strip()
        else first.alternatives
        if not second.text.strip()
        else (),
        bold=first.bold and second.bold,
    )
