"""Tables and documents for tests, written as people write them: rows of texts."""

from __future__ import annotations

from extract.document import Block, Cell, Document, Page, Paragraph, Table
from normalize.place import Box, Place

WIDTH, HEIGHT = 80.0, 20.0


def table(
    rows: list[list[str | None]], page: int | None = None, starts_page: bool = False, ends_page: bool = False
) -> Table:
    """A table of texts; None is a place that the cell to its left, or else the one above, covers (a merged cell)."""
    columns = len(rows[0])
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        assert len(row) == columns, f"row {number} has {len(row)} cells, not {columns}"
        for column, text in enumerate(row):
            if text is None:
                continue
            width = next((n for n in range(1, columns - column) if row[column + n] is not None), columns - column)
            box = Box(column * WIDTH, number * HEIGHT, (column + width) * WIDTH, (number + 1) * HEIGHT)
            place = Place(page, box if page is not None else None)
            cells.append(Cell(number, column, text, 1, width, place))
    return Table(len(rows), columns, tuple(cells), Place(page), starts_page, ends_page)


def document(*blocks: Block | str, media: str = "docx") -> Document:
    """A document without pages; texts become paragraphs."""
    made = tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Document("made.docx", "0" * 64, "docx", (Page(None, made),))


def paged(*pages: tuple[Block | str, ...]) -> Document:
    """A document of pages, each a tuple of blocks."""
    made = tuple(
        Page(number, tuple(Paragraph(block, Place(number)) if isinstance(block, str) else block for block in blocks))
        for number, blocks in enumerate(pages, 1)
    )
    return Document("made.pdf", "0" * 64, "pdf", made)
