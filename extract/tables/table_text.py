"""What all readers of tables share: the text of a cell, and how wide a table may be."""

from __future__ import annotations

from collections.abc import Iterable

from extract.document import Block, Paragraph
from normalize.errors import UnsafeFile

# The widest real tables (a province's own, one column a department) have some 60 columns; Word allows 63.
MAX_COLUMNS = 256


def check_columns(columns: int) -> None:
    """Raises UnsafeFile "too-many-columns" for a table no report holds."""
    if columns > MAX_COLUMNS:
        raise UnsafeFile("too-many-columns", f"{columns} > {MAX_COLUMNS}")


def text_of_blocks(blocks: Iterable[Block]) -> str:
    """The text of a cell: one line a paragraph; of a nested table one line a row, its cells with tabs between."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        rows: dict[int, list[str]] = {}
        for cell in block.cells:
            rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
        lines.extend("\t".join(row).strip() for _, row in sorted(rows.items()))
    return "\n".join(line for line in lines if line.strip())
