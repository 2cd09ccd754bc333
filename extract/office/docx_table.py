"""Tables of Word: the grid of `w:tc` with its spans, walked once from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.document import Block, Cell, Paragraph, Run, Table
from extract.layout.layout_table import is_layout
from extract.layout.line_joining import rejoin
from extract.layout.runs import all_bold, all_italic
from extract.office.docx_styles import Styles, W, switch, value_of
from extract.office.docx_text import Reading
from extract.tables.table_text import check_columns, text_of_blocks

# Content controls and custom XML may stand around rows and cells.
_AROUND = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")

ReadBlocks = Callable[[etree._Element, Reading], list[Block]]


@dataclass(slots=True)
class _Open:
    """A cell in the making; it grows while the rows below continue it."""

    row: int
    column: int
    column_span: int
    row_span: int = 1
    blocks: list[Block] = field(default_factory=list)


def read_table(node: etree._Element, reading: Reading, read_blocks: ReadBlocks) -> list[Block]:
    """One `w:tbl`; the blocks of its cells where it only lays out a page or frames a text.

    Raises UnsafeFile "too-many-columns".
    """
    cells, rows = _cells(node, reading, read_blocks)
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    if rows == 1 and len(cells) == 1:
        return cells[0].blocks
    texts = [text_of_blocks(cell.blocks) for cell in cells]
    if is_layout(rows, columns, texts, _is_ruled(node, reading.styles)):
        by_column = sorted(cells, key=lambda cell: (cell.column, cell.row))
        return [block for cell in by_column for block in rejoin(cell.blocks, full_line=1)]
    made = (_finished(cell, text) for cell, text in zip(cells, texts, strict=True))
    return [Table(rows, columns, tuple(made))] if cells else []


def _cells(node: etree._Element, reading: Reading, read_blocks: ReadBlocks) -> tuple[list[_Open], int]:
    cells: list[_Open] = []
    # the cells that a row below may continue, by their first column
    above: dict[int, _Open] = {}
    number = 0
    for row in _children(node, "tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        column = _count(properties, "gridBefore", 0)
        here: dict[int, _Open] = {}
        before: _Open | None = None
        for cell in _children(row, "tc"):
            properties = cell.find(f"{W}tcPr")
            if properties is not None and properties.find(f"{W}cellDel") is not None:
                continue
            span = _count(properties, "gridSpan", 1)
            check_columns(column + span)
            merge = None if properties is None else properties.find(f"{W}vMerge")
            continues = merge is not None and value_of(properties, "vMerge") != "restart"
            if value_of(properties, "hMerge") == "continue" and before is not None:
                before.column_span += span
            elif continues and column in above:
                before = here[column] = above[column]
                before.row_span += 1
                # Nothing of a covered cell is shown, and its automatic number is not counted; programs differ in that
                # (LibreOffice counts it), so that the codes below it are in doubt.
                if any(reading.numbering.counts(part, reading.styles) for part in cell.iter(f"{W}p")):
                    reading.warn("numbered-covered-cell")
                if any((text.text or "").strip() for text in cell.iter(f"{W}t")):
                    reading.warn("hidden-merged-text")
            else:
                before = _Open(number, column, span, blocks=read_blocks(cell, reading))
                cells.append(before)
                if merge is not None:
                    here[column] = before
            column += span
        above = here
        number += 1
    return cells, number


def _children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _AROUND:
            yield from _children(child, name)


def _count(properties: etree._Element | None, name: str, otherwise: int) -> int:
    try:
        return max(otherwise, int(value_of(properties, name) or otherwise))
    except ValueError:
        return otherwise


def _finished(cell: _Open, text: str) -> Cell:
    runs = list(_runs(cell.blocks))
    nested = tuple(block for block in cell.blocks if isinstance(block, Table))
    return Cell(
        cell.row,
        cell.column,
        text,
        cell.row_span,
        cell.column_span,
        bold=all_bold(runs),
        italic=all_italic(runs),
        nested=nested,
    )


def _runs(blocks: list[Block]) -> Iterator[Run]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs


def _is_ruled(node: etree._Element, styles: Styles) -> bool:
    """Whether lines are drawn between the cells: by the table, by its style, or by most of its cells."""
    properties = node.find(f"{W}tblPr")
    own = None if properties is None else properties.find(f"{W}tblBorders")
    if own is None:
        chain = styles.chain(value_of(properties, "tblStyle"))
        own = next((found for style in chain if (found := style.find(f"{W}tblPr/{W}tblBorders")) is not None), None)
    if own is not None and _drawn(own) >= 3:
        return True
    cells = list(node.iter(f"{W}tc"))
    ruled = sum(1 for cell in cells if (found := cell.find(f"{W}tcPr/{W}tcBorders")) is not None and _drawn(found) >= 2)
    return 2 * ruled > len(cells)


def _drawn(borders: etree._Element) -> int:
    return sum(1 for side in _SIDES if switch(borders, side) and value_of(borders, side) != "nil")
