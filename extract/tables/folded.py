"""Tables folded to save paper: the same headings twice or more side by side, the rows going on in the next set."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Cell
from extract.tables.column_roles import labels_of
from extract.tables.grid import Row, renumbered
from extract.tables.stitching import StitchedTable
from normalize.text import fold
from patterns.columns import roles_of

_LEAST = 3  # columns of a set: two labels that come again ("Đạt", "Chưa đạt") are no table of their own


def unfolded(table: StitchedTable) -> StitchedTable:
    """The table with its sets of columns one below the other; the table itself where its headings do not repeat."""
    labels = [fold(label) for label in labels_of(table)]
    width = next((n for n in range(_LEAST, len(labels) // 2 + 1) if _repeats(labels, n)), None)
    if width is None or not all(labels) or not all(_cut_clean(row, width) for row in (*table.header, *table.body)):
        return table
    header = tuple(_part(row, 0, width) for row in table.header)
    parts = [_part(row, start, width) for start in range(0, len(labels), width) for row in table.body]
    rows = [row for row in parts if any(True for _ in row.filled())]
    body = [moved for number, row in enumerate(rows, len(header)) for moved in renumbered([row], number)]
    return replace(table, columns=width, header=header, body=tuple(body))


def _repeats(labels: list[str], width: int) -> bool:
    return len(labels) % width == 0 and all(_alike(labels[n], labels[n % width]) for n in range(len(labels)))


def _alike(first: str, second: str) -> bool:
    """Whether two headings are the same, or both are of units: "Sở, ban, ngành" and "Huyện, thành phố" side by side."""
    return first == second or (_is_of_units(first) and _is_of_units(second))


def _is_of_units(label: str) -> bool:
    return max(roles_of(label), key=lambda item: item[1], default=(None, 0))[0] == "unit"


def _cut_clean(row: Row, width: int) -> bool:
    """Whether no cell reaches over the seam of two sets; titles over the whole table are let pass."""
    return all(
        cell.column // width == (cell.column + cell.column_span - 1) // width or cell.column_span >= len(row.cells)
        for _, cell in row.filled()
    )


def _part(row: Row, start: int, width: int) -> Row:
    cells: list[Cell | None] = []
    for cell in row.cells[start : start + width]:
        whole = cell is not None and cell.column_span > width
        if cell is None or whole:
            cells.append(None)
        else:
            cells.append(replace(cell, column=cell.column - start))
    return Row(row.number, tuple(cells))
