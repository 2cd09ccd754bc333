"""Tables of web pages: cells laid on a grid as browsers do (HTML standard, 4.9.12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex
from lxml import etree

from extract.document import Block, Cell, Paragraph, Run, Table
from extract.layout.layout_table import is_layout
from extract.layout.line_joining import rejoin
from extract.layout.runs import all_bold, all_italic
from extract.tables.table_text import check_columns, text_of_blocks

_SECTIONS = {"thead", "tbody", "tfoot"}
_LINES = regex.compile(
    r"border(?:-(?:top|left|right|bottom))?\s*:[^;]*\b(?:solid|double|dotted|dashed)", regex.IGNORECASE
)
_HIDDEN = regex.compile(r"display\s*:\s*none", regex.IGNORECASE)
_MAX_FRAME = 12


def build_table(node: etree._Element, read_blocks: Callable[[etree._Element], list[Block]]) -> list[Block]:
    """One `<table>`, or the blocks of its cells where it only lays out a page.

    Raises UnsafeFile "too-many-columns".
    """
    rows = list(_rows(node))
    placed: list[tuple[int, int, int, int, list[Block]]] = []
    # for each column, the first row that no cell from above covers any more
    free: dict[int, int] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in {"td", "th"} or _HIDDEN.search(cell.get("style", "")):
                continue
            while free.get(column, 0) > number:
                column += 1
            across, down = _span(cell.get("colspan")), _span(cell.get("rowspan"), len(rows) - number)
            check_columns(column + across)
            down = max(1, min(down, len(rows) - number))
            placed.append((number, column, down, across, read_blocks(cell)))
            for covered in range(column, column + across):
                free[covered] = number + down
            column += across
    return _finished(node, len(rows), placed)


def _finished(node: etree._Element, rows: int, placed: list[tuple[int, int, int, int, list[Block]]]) -> list[Block]:
    if not placed:
        return []
    columns = max(column + across for _, column, _, across, _ in placed)
    texts = [text_of_blocks(blocks) for *_, blocks in placed]
    if len(placed) == 1 or _frames_tables(placed):
        return [block for *_, blocks in placed for block in blocks]
    if is_layout(rows, columns, texts, _is_ruled(node)):
        by_column = sorted(placed, key=lambda cell: (cell[1], cell[0]))
        return [block for *_, blocks in by_column for block in rejoin(blocks, full_line=1)]
    cells = []
    for (row, column, down, across, blocks), text in zip(placed, texts, strict=True):
        runs: list[Run] = [run for block in blocks if isinstance(block, Paragraph) for run in block.runs]
        nested = tuple(block for block in blocks if isinstance(block, Table))
        cells.append(Cell(row, column, text, down, across, bold=all_bold(runs), italic=all_italic(runs), nested=nested))
    return [Table(rows, columns, tuple(cells))]


def _frames_tables(placed: list[tuple[int, int, int, int, list[Block]]]) -> bool:
    """Whether the cells only hold the parts of a page: a few cells, and in one of them a bigger table."""
    if len(placed) > _MAX_FRAME:
        return False
    return any(isinstance(block, Table) and len(block.cells) > len(placed) for *_, blocks in placed for block in blocks)


def _rows(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag in _SECTIONS:
            yield from _rows(child)
        elif child.tag == "tr" and not _HIDDEN.search(child.get("style", "")) and not _is_ruler(child):
            yield child


def _is_ruler(row: etree._Element) -> bool:
    """The last row that Word adds to fix the widths of misaligned columns: no height, no text."""
    return row.get("height") == "0" and not text_inside(row)


def text_inside(node: etree._Element) -> str:
    """All text inside an element, without blanks at its ends."""
    return "".join(str(text) for text in node.itertext()).strip()


def _span(text: str | None, rest: int = 1) -> int:
    """A span; 0 means to the end."""
    try:
        number = int(text or 1)
    except ValueError:
        return 1
    return rest if number == 0 else max(1, number)


def _is_ruled(node: etree._Element) -> bool:
    if node.get("border", "0").strip().rstrip("px") not in {"", "0"}:
        return True
    cells = list(node.iter("td", "th"))
    return 2 * sum(1 for cell in cells if _LINES.search(cell.get("style", ""))) > len(cells)
