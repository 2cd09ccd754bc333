"""Tables that go on over the page end, made one; rows that the page end cut, joined.

A table goes on when nothing but running heads stands between its two parts and their columns agree. How such reports
are written: Word repeats the heading on the next page only where its author asked for it, so the second part mostly
begins with data; a row that does not fit is cut between two lines of its longest cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.document import Cell, Document, Paragraph, Table
from extract.grid import Grid, Row, grid_of, joined, renumbered
from normalize.text import fold
from patterns.columns import is_header_text

_BETWEEN = 12  # characters: a page number or a stray mark between two parts of a table


@dataclass(frozen=True, slots=True)
class StitchedTable:
    """A whole table: its heading rows, its body rows, and the paragraphs between it and the table before."""

    columns: int
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: tuple[Paragraph, ...]


def stitched_tables(document: Document) -> tuple[StitchedTable, ...]:
    """All tables of a document in reading order, parts over pages joined."""
    parts: list[list[Grid]] = []
    captions: list[tuple[Paragraph, ...]] = []
    pending: list[Paragraph] = []
    paged = document.page_count is not None
    for block in document.blocks():
        if isinstance(block, Paragraph):
            pending.append(block)
            continue
        for table in _with_nested(block):
            grid = grid_of(table)
            if parts and _goes_on(parts[-1], grid, pending, paged):
                parts[-1].append(grid)
            else:
                parts.append([grid])
                captions.append(tuple(pending))
            pending = []
    return tuple(_stitched(grids, caption) for grids, caption in zip(parts, captions, strict=True))


def _with_nested(table: Table) -> Iterable[Table]:
    """A table and those nested in its cells; a layout table of one or two cells only wraps its nested ones."""
    nested = [inner for cell in table.cells for inner in cell.nested]
    if not nested or len(table.cells) > 2:
        yield table
    for inner in nested:
        yield from _with_nested(inner)


def _goes_on(before: list[Grid], grid: Grid, between: Sequence[Paragraph], paged: bool) -> bool:
    last = before[-1]
    if any(len(paragraph.text.strip()) > _BETWEEN for paragraph in between):
        return False
    if not last.rows or not grid.rows or not _columns_agree(before[0], grid):
        return False
    if paged and not (last.ends_page and grid.starts_page):
        return False
    header = split_header(before[0])[0]
    own = split_header(grid)[0]
    return not own or not header or _same_text(header, own)


def _columns_agree(first: Grid, second: Grid) -> bool:
    if first.columns == second.columns:
        return True
    return first.edges is not None and second.edges is not None and _mapping(first, second) is not None


def _mapping(first: Grid, second: Grid) -> tuple[int, ...] | None:
    """For each column of the second part the column of the first in which its middle lies; None where two collide."""
    if first.edges is None or second.edges is None:
        return None
    found = []
    for left, right in second.edges:
        middle = (left + right) / 2
        hits = [number for number, (x0, x1) in enumerate(first.edges) if x0 - 1 <= middle <= x1 + 1]
        if not hits:
            return None
        found.append(hits[0])
    return tuple(found) if len(set(found)) == len(found) else None


def split_header(grid: Grid) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The heading rows of a table and the rest. A heading row holds words of column headings and no values."""
    count = _title_rows(grid)
    for row in grid.rows[count : count + 6]:
        texts = [cell.text for _, cell in row.filled()]
        if not texts:
            count += 1 if count else 0
            if not count:
                break
            continue
        if not is_header_text(texts):
            break
        count += 1
    while count and not any(True for _ in grid.rows[count - 1].filled()):
        count -= 1
    # a merged heading cell reaches down into the rows below it: they are heading too
    if count:
        deepest = max(
            (cell.row + cell.row_span for row in grid.rows[:count] for cell in row.cells if cell is not None),
            default=count,
        )
        count = max(count, min(deepest, count + 2))
    return grid.rows[:count], grid.rows[count:]


def _title_rows(grid: Grid) -> int:
    """How many rows at the top hold one title over all columns, where column headings follow them."""
    count = 0
    for row in grid.rows[:3]:
        cells = [cell for _, cell in row.filled()]
        if len(cells) != 1 or cells[0].column_span < grid.columns:
            break
        count += 1
    following = grid.rows[count : count + 1]
    heads = following and is_header_text([cell.text for _, cell in following[0].filled()])
    return count if heads else 0


def _same_text(first: Sequence[Row], second: Sequence[Row]) -> bool:
    def words(rows: Sequence[Row]) -> set[str]:
        return {fold(cell.text).replace(" ", "") for row in rows for _, cell in row.filled()}

    mine, theirs = words(first), words(second)
    return bool(theirs) and len(mine & theirs) >= 0.6 * len(theirs)


def _stitched(grids: list[Grid], caption: tuple[Paragraph, ...]) -> StitchedTable:
    first = grids[0]
    header, body = split_header(first)
    rows = list(body)
    for grid in grids[1:]:
        _, more = split_header(grid)
        aligned = [_aligned(row, first, grid) for row in more]
        if rows and aligned and is_cut_row(rows[-1], aligned[0]):
            rows[-1] = _row_joined(rows[-1], aligned[0])
            aligned = aligned[1:]
        rows.extend(renumbered(aligned, rows[-1].number + 1 if rows else len(header)))
    return StitchedTable(first.columns, header, tuple(rows), caption)


def _aligned(row: Row, first: Grid, grid: Grid) -> Row:
    if first.columns == grid.columns:
        return row
    mapping = _mapping(first, grid)
    assert mapping is not None  # _goes_on saw that the columns agree
    cells: list[Cell | None] = [None] * first.columns
    for source, target in enumerate(mapping):
        cell = row.own(source)
        cells[target] = replace(cell, column=target, column_span=1) if cell is not None else None
    return Row(row.number, tuple(cells))


def is_cut_row(before: Row, row: Row) -> bool:
    """Whether the first row of a page is the rest of the row above the page end.

    It is when every text in it goes on with a text above it, and most of them begin in the middle of a sentence (or
    it is one lone text): a row of its own begins with a code, a number or capitals.
    """
    texts = [(column, cell) for column, cell in row.filled() if cell.column_span == 1]
    if not texts or len(texts) < sum(1 for _ in row.filled()):
        return False
    if any(not before.text(column) and column > 0 for column, _ in texts):
        return False
    lower = [cell.text.lstrip()[:1].islower() or cell.text.lstrip()[:1] in ",.;)/-" for _, cell in texts]
    if all(lower):
        return True
    first_column = texts[0][0]
    if first_column == 0 and not lower[0] and _begins_row(texts[0][1].text):
        return False
    if len(texts) == 1:
        return first_column > 0 and len(texts[0][1].text.strip()) > 1
    return sum(lower) * 2 >= len(lower)


def _begins_row(text: str) -> bool:
    head = text.lstrip()[:6]
    return any(sign.isdigit() for sign in head) or text.strip()[:1] in "IVXABC-+"


def _row_joined(before: Row, rest: Row) -> Row:
    cells: list[Cell | None] = list(before.cells)
    for column, cell in rest.filled():
        above = before.own(column)
        cells[column] = joined(above, cell) if above is not None else replace(cell, row=before.number)
    return Row(before.number, tuple(cells))
