"""A sheet of a workbook as the screen shows it: texts, spans and lines of its visible cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extract.layout.runs import clean
from extract.sheet.number_format import displayed
from extract.tables.table_text import check_columns

_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with something in it, or with lines around it; row and column count visible ones from 0."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    bold: bool = False
    italic: bool = False
    align: str | None = None
    ruled: bool = False
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible cells of a sheet, row by row; covered cells of merged ranges are left out."""

    cells: tuple[SheetCell, ...]

    @property
    def ruled(self) -> bool:
        """Whether the sheet draws lines around some of its filled cells."""
        return any(cell.ruled and cell.text for cell in self.cells)


def read_sheet(cells: Any, formulas: Any, warnings: list[str]) -> Sheet:
    """The sheet of openpyxl `cells` (values); `formulas` is the same sheet with formulas, None where it has none.

    Raises UnsafeFile "too-many-columns".
    """
    # openpyxl keeps only the cells that the file holds; its rows would make all up to the last one
    held = cells._cells
    spans, covered = _merged(cells)
    seen_rows, seen_columns = _visible_rows(cells), _visible_columns(cells)
    found: list[SheetCell] = []
    hidden = False
    for place in sorted(held):
        if place in covered:
            continue
        cell = held[place]
        text = clean(_text(cell, place, formulas, cells.title, warnings), cell.font.name if cell.font else None).strip()
        rows, columns = spans.get(place, (1, 1))
        down = [row for row in range(place[0], place[0] + rows) if row in seen_rows]
        across = [column for column in range(place[1], place[1] + columns) if column in seen_columns]
        if not down or not across:
            hidden = hidden or bool(text)
            continue
        ruled = _is_ruled(cell, held, place, (rows, columns))
        if text or ruled:
            found.append(
                _made(cell, text, (seen_rows[down[0]], seen_columns[across[0]]), len(down), len(across), ruled)
            )
    filled = [cell.column for cell in found if cell.text]
    check_columns(max(filled, default=0) - min(filled, default=0) + 1)
    if hidden:
        warnings.append(f"hidden-cells:{cells.title}")
    return Sheet(tuple(found))


def _made(cell: Any, text: str, place: tuple[int, int], rows: int, columns: int, ruled: bool) -> SheetCell:
    font, horizontal = cell.font, cell.alignment.horizontal
    align = {"center": "center", "centerContinuous": "center", "right": "right", "justify": "justify"}.get(horizontal)
    bold, italic, name = (font.b, font.i, font.name) if font else (False, False, None)
    return SheetCell(*place, text, rows, columns, bool(bold), bool(italic), align, ruled, name)


def _text(cell: Any, place: tuple[int, int], formulas: Any, title: str, warnings: list[str]) -> str:
    if cell.value is None and formulas is not None:
        formula = formulas.cell(*place).value
        if formula is not None:
            # written by a program that does not calculate: the cell is not empty, its value is just not in the file
            warnings.append(f"formula-without-value:{title}!{cell.coordinate}")
            return str(getattr(formula, "text", formula))
        return ""
    return displayed(cell.value, cell.number_format)


def _merged(cells: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Spans of merged ranges by their first cell, and the cells they cover that the file holds."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for area in cells.merged_cells.ranges:
        spans[area.min_row, area.min_col] = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        if area.size["rows"] * area.size["columns"] <= len(cells._cells):
            covered.update((row, column) for row, column in _places(area))
        else:
            covered.update(place for place in cells._cells if _inside(area, place))
        covered.discard((area.min_row, area.min_col))
    return spans, covered


def _places(area: Any) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    ]


def _inside(area: Any, place: tuple[int, int]) -> bool:
    return bool(area.min_row <= place[0] <= area.max_row and area.min_col <= place[1] <= area.max_col)


def _visible_rows(cells: Any) -> dict[int, int]:
    """New numbers, from 0 and without gaps for hidden ones, of the rows up to the last that holds a cell."""
    last = max((row for row, _ in cells._cells), default=0)
    dimensions = cells.row_dimensions
    numbers = (number for number in range(1, last + 1) if not (number in dimensions and dimensions[number].hidden))
    return {number: index for index, number in enumerate(numbers)}


def _visible_columns(cells: Any) -> dict[int, int]:
    hidden: set[int] = set()
    for dimension in cells.column_dimensions.values():
        if dimension.hidden:
            # one entry stands for a group of neighbours
            hidden.update(range(dimension.min or 0, (dimension.max or 0) + 1))
    last = max((column for _, column in cells._cells), default=0)
    numbers = (number for number in range(1, last + 1) if number not in hidden)
    return {number: index for index, number in enumerate(numbers)}


def _is_ruled(cell: Any, held: Any, place: tuple[int, int], span: tuple[int, int]) -> bool:
    """Whether at least two sides of a cell (of a merged one: its far corner too) are drawn."""
    corner = held.get((place[0] + span[0] - 1, place[1] + span[1] - 1))
    drawn = {side for each in (cell, corner) if each is not None for side in _SIDES if _drawn(each, side)}
    return len(drawn) >= 2


def _drawn(cell: Any, side: str) -> bool:
    line = getattr(cell.border, side, None)
    return line is not None and line.style not in {None, "none"}
