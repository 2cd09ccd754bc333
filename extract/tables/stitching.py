"""Tables that go on over the page end, made one; rows that the page end cut, joined.

A table goes on when nothing but running heads stands between its two parts and their columns agree. How such reports
are written: Word repeats the heading on the next page only where its author asked for it, so the second part mostly
begins with data; a row that does not fit is cut between two lines of its longest cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from extract.document import Cell, Document, Paragraph, Table
from extract.tables.grid import Grid, Row, grid_of, joined, renumbered
from extract.tables.header_rows import split_header, title_rows
from normalize.text import fold, plain, squeeze
from patterns.columns import is_number_row

_BETWEEN = 12  # characters: a page number or a stray mark between two parts of a table


@dataclass(frozen=True, slots=True)
class StitchedTable:
    """A whole table: its heading rows, its body rows, and what stands above it: the paragraphs between it and the table
    before, and the rows that are its title.
    """

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
    return not own or not header or _repeated(header, grid) > 0 or not _is_own_heading(before, grid, own)


def _is_own_heading(before: list[Grid], grid: Grid, own: Sequence[Row]) -> bool:
    """Whether the heading found at the top of a part is one: not the rest of a cut row, and as wide as the table.

    A lone text over all columns heads none of them: it is the title of a domain ("Lĩnh vực 3: ...").
    """
    last = _aligned(before[-1].rows[-1], before[0], before[-1])
    if is_cut_row(last, _aligned(grid.rows[0], before[0], grid)):
        return False
    several = [row for row in own if len(list(row.filled())) > 1]
    covered = {
        column for row in several for column, cell in enumerate(row.cells) if cell is not None and cell.text.strip()
    }
    return 2 * len(covered) > grid.columns


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


def _repeated(header: Sequence[Row], grid: Grid) -> int:
    """How many rows at the top of a later part repeat heading rows; what follows is data, whatever it looks like."""
    count = 0
    numbered = any(is_number_row([cell.text for _, cell in row.filled()]) for row in header)
    for row in grid.rows[: len(header) + 2]:
        texts = [cell.text for _, cell in row.filled()]
        if not texts or not (_same_text(header, [row]) or ((count or numbered) and is_number_row(texts))):
            break
        count += 1
    return count


def _same_text(first: Sequence[Row], second: Sequence[Row]) -> bool:
    """Whether most texts of some rows stand in others; of recognised ones without marks, which are misread first."""

    def words(rows: Sequence[Row]) -> set[str]:
        cells = [cell for row in rows for _, cell in row.filled()]
        texts = [(fold if cell.confidence is None else plain)(cell.text) for cell in cells]
        return {"".join(filter(str.isalnum, text)) or text for text in texts}

    mine, theirs = words(first), words(second)
    return bool(theirs) and len(mine & theirs) >= 0.6 * len(theirs)


def _stitched(grids: list[Grid], caption: tuple[Paragraph, ...]) -> StitchedTable:
    first = grids[0]
    header, body = split_header(first)
    titles = header[: title_rows(first)]
    above = [cell for row in titles for _, cell in row.filled()]
    caption = (*caption, *(Paragraph(cell.text, cell.place) for cell in above))
    header = _spread(header[len(titles) :])
    rows = list(body)
    for grid in grids[1:]:
        aligned = [_aligned(row, first, grid) for row in grid.rows[_repeated(header, grid) :]]
        if rows and aligned and is_cut_row(rows[-1], aligned[0]):
            rows[-1] = _row_joined(rows[-1], aligned[0])
            aligned = aligned[1:]
        following = renumbered(aligned, rows[-1].number + 1 if rows else len(header))
        rows.extend(_merged_on(rows[-1], following) if rows else following)
    return StitchedTable(first.columns, header, tuple(rows), caption)


def _spread(header: tuple[Row, ...]) -> tuple[Row, ...]:
    """Headings of two storeys where the format knows no merged cells: a group label stands over its first column only.

    It reaches over the empty places to its right that have a heading of their own below, as its first column has.
    """
    if not header or any(cell.column_span > 1 or cell.row_span > 1 for row in header for _, cell in row.filled()):
        return header
    result = []
    for row, below in zip(header, [*header[1:], None], strict=True):
        cells = list(row.cells)
        group: Cell | None = None
        for column in range(len(cells)):
            under = below is not None and bool(below.text(column))
            if row.text(column):
                group = cells[column] if under else None
            elif group is not None and under:
                cells[column] = group
            else:
                group = None
        result.append(Row(row.number, tuple(cells)))
    return tuple(result)


def _merged_on(before: Row, rows: list[Row]) -> list[Row]:
    """The first rows of a page, under a cell merged over rows that the page end cut: print leaves its rest empty.

    It goes on where the empty rest is merged itself, or where the cell above was merged and reaches the page end.
    """
    if not rows:
        return rows
    cells: dict[int, Cell] = {}
    for column, cell in enumerate(rows[0].cells):
        above = before.cell(column)
        if cell is None or above is None or cell.text.strip() or not above.text.strip():
            continue
        if cell.row_span > 1 or above.row < before.number:
            cells[id(cell)] = above
    return [
        Row(row.number, tuple(cells.get(id(cell), cell) if cell is not None else None for cell in row.cells))
        for row in rows
    ]


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
    it is one lone text): a row of its own begins with a code, a number, a dash or capitals, and its numbers are whole.
    """
    texts = [(column, cell) for column, cell in row.filled() if cell.column_span == 1]
    if not texts or len(texts) < sum(1 for _ in row.filled()):
        return False
    if any(not _above(before, column) and column > 0 for column, _ in texts):
        return False
    shown = [cell.text.strip() for _, cell in texts]
    lower = [text[:1].islower() or text[:1] in ",.;)/" for text in shown]
    if all(lower):
        return True
    first_column = texts[0][0]
    if _begins_row(shown[0]) and (first_column == 0 or (len(texts) > 1 and not shown[0].isdecimal())):
        return False
    if any(_is_whole_number(text) and _is_whole_number(_above(before, column)) for column, text in _pairs(texts)):
        return False
    if len(texts) == 1:
        told = _is_next_item(before, first_column, shown[0]) or _SCALE.match(squeeze(shown[0]))
        return first_column > 0 and len(shown[0]) > 1 and not told
    return sum(lower) * 2 >= len(lower)


def _above(before: Row, column: int) -> str:
    cell = before.cell(column)
    return cell.text.strip() if cell is not None else ""


def _pairs(texts: Sequence[tuple[int, Cell]]) -> Iterable[tuple[int, str]]:
    return ((column, cell.text.strip()) for column, cell in texts)


# a digit or two may be the end of a number above; a numeral with a sign inside stands by itself
_WHOLE = regex.compile(r"^[-–]?\s*\d+[.,]\d+$|^\d+(?:[.,]\d+)?\s*/\s*\d")
_ITEM = regex.compile(
    r"^(?:[-+*•–]\s|[a-zđ]\)|\d+(?:\.\d+)*[.):\s]|[IVX]+[.):\s]|[A-D][.)])|^\d+(?:\.\d+)*$|^[IVXA-D]+$"
)

# how many points what is worth, in a row of its own below a criterion: "Đạt 100%: 2 điểm; dưới 90%: 0 điểm"
_SCALE = regex.compile(r"\p{Lu}[^:;]{2,80}:\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)(?!\p{L})")


def _is_whole_number(text: str) -> bool:
    return _WHOLE.match(text) is not None


def _is_next_item(before: Row, column: int, text: str) -> bool:
    """Whether a lone text begins an item in the column of names, as rows above it without a code do."""
    uncoded = column > 0 and not any(before.text(number) for number in range(column))
    return uncoded and bool(_ITEM.match(text))


def _begins_row(text: str) -> bool:
    return _ITEM.match(text) is not None


def _row_joined(before: Row, rest: Row) -> Row:
    cells: list[Cell | None] = list(before.cells)
    for column, cell in rest.filled():
        above = before.own(column)
        if above is None and _above(before, column):
            continue  # a cell merged over rows above keeps its first part
        cells[column] = joined(above, cell) if above is not None else replace(cell, row=before.number)
    return Row(before.number, tuple(cells))
