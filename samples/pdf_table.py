"""Ruled tables over pages, as Word draws them: a cut row goes on over the page, a merged cell may span the cut."""

from __future__ import annotations

from dataclasses import dataclass

from samples.layout import Cell, Grid
from samples.render_pdf import Flow, Piece, draw_line, lines_of, pieces_of

PAD = 3.0
SPACING = 1.18


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a row on one page."""

    row: int
    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Text:
    """A cell with its lines already broken."""

    row: int
    column: int
    cell: Cell
    lines: list[list[Piece]]


def draw_grid(flow: Flow, grid: Grid) -> None:
    """Draws the table from where the pen is; the pen ends below it."""
    scale = flow.room / sum(grid.widths)
    edges = [flow.left]
    for width in grid.widths:
        edges.append(edges[-1] + width * scale)
    step = grid.size * SPACING
    texts = [_broken(flow, grid, r, c, cell, edges) for r, c, cell in grid.placed()]
    heights = _heights(grid, texts, step)
    bands = _bands(flow, grid, texts, heights, step)
    for page in sorted({band.page for band in bands}):
        if page > flow.page:
            flow.new_page()
        _draw_page(flow, grid, texts, bands, edges, step, page)
        flow.y = max(band.bottom for band in bands if band.page == page)
    flow.y += 8


def _broken(flow: Flow, grid: Grid, row: int, column: int, cell: Cell, edges: list[float]) -> Text:
    room = edges[column + cell.columns] - edges[column] - 2 * PAD
    lines: list[list[Piece]] = []
    for part in cell.text.split("\n") if cell.text else []:
        lines.extend(lines_of(pieces_of(flow, part, cell.bold, cell.italic), room, grid.size))
    return Text(row, column, cell, lines)


def _heights(grid: Grid, texts: list[Text], step: float) -> list[float]:
    heights = [step + 2 * PAD] * len(grid.rows)
    for text in texts:
        if text.cell.rows == 1:
            heights[text.row] = max(heights[text.row], len(text.lines) * step + 2 * PAD)
    for text in texts:
        last = text.row + text.cell.rows
        # Two lines more than needed: what the edges of a page may cost a merged cell that is cut.
        lacking = (len(text.lines) + 2) * step + 2 * PAD - sum(heights[text.row : last])
        if text.cell.rows > 1 and lacking > 0:
            heights[last - 1] += lacking
    return heights


def _bands(flow: Flow, grid: Grid, texts: list[Text], heights: list[float], step: float) -> list[Band]:
    """Where each row comes to stand. A row is cut only between lines, and only where at least one fits on each side."""
    page, y = flow.page, flow.y
    bands: list[Band] = []
    head = sum(heights[: grid.head])
    if y + head + heights[min(grid.head, len(heights) - 1)] > flow.bottom:
        page, y = page + 1, 57.0
    for row, height in enumerate(heights):
        left = height
        if row in grid.breaks and row >= grid.head:
            page, y = _next_page(grid, bands, heights, page)
        while left > 0.1:
            space = flow.bottom - y
            if left <= space:
                bands.append(Band(row, page, y, y + left))
                y += left
                break
            fits = int((space - 2 * PAD) // step)
            if grid.cut and fits >= 1 and left > 2 * step + 2 * PAD:
                top = fits * step + 2 * PAD
                bands.append(Band(row, page, y, y + top))
                left = max(left - fits * step, step + 2 * PAD)
            elif left > flow.bottom - 57.0 - head:
                bands.append(Band(row, page, y, flow.bottom))
                left = max(left - max(fits, 0) * step, step + 2 * PAD)
            page, y = _next_page(grid, bands, heights, page)
    return bands


def _next_page(grid: Grid, bands: list[Band], heights: list[float], page: int) -> tuple[int, float]:
    y = 57.0
    if grid.repeat:
        for row in range(grid.head):
            bands.append(Band(row, page + 1, y, y + heights[row]))
            y += heights[row]
    return page + 1, y


def _draw_page(
    flow: Flow, grid: Grid, texts: list[Text], bands: list[Band], edges: list[float], step: float, page: int
) -> None:
    for text in texts:
        rows = range(text.row, text.row + text.cell.rows)
        heads = text.row < grid.head
        own = [band for band in bands if band.row in rows]
        here = [band for band in own if band.page == page]
        if not here:
            continue
        top, bottom = min(band.top for band in here), max(band.bottom for band in here)
        x0, x1 = edges[text.column], edges[text.column + text.cell.columns]
        for edge in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            flow.rule(*edge)
        before = 0 if heads else sum(_capacity(own, one, step) for one in sorted({b.page for b in own}) if one < page)
        room = _capacity(own, page, step)
        y = top + PAD
        for line in text.lines[before : before + room]:
            if line:
                draw_line(flow, line, x0 + PAD, y, x1 - x0 - 2 * PAD, grid.size, text.cell.align)
            y += step


def _capacity(bands: list[Band], page: int, step: float) -> int:
    """How many lines a cell with these bands has room for on a page."""
    here = [band for band in bands if band.page == page]
    return int((max(band.bottom for band in here) - min(band.top for band in here) - 2 * PAD + 0.5) // step)
