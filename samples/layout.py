"""A report before it has a format: blocks in reading order, which each renderer draws in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; newlines are forced line ends. `level` > 0 asks for automatic numbering at that depth.

    `label` is the number as it must appear ("2.1."): Word generates it, the other formats print it.
    """

    text: str
    align: Align = "justify"
    bold: bool = False
    italic: bool = False
    indent: bool = False
    label: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The two columns above a report (Decree 30/2020, annex I): issuer and number left, motto and date right."""

    left: tuple[Para, ...]
    right: tuple[Para, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its top left corner; `columns` and `rows` are its spans."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    bold: bool = False
    italic: bool = False
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: each row lists the cells that start in it, widths are shares of the page width.

    `head` rows belong to the heading and come again on each page where `repeat` is set; `cut` allows a row to be cut
    by the page end; `breaks` are rows before which a page ends for certain.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 1
    repeat: bool = False
    cut: bool = True
    breaks: tuple[int, ...] = ()
    size: float = 11.0

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Each cell with the row and column it starts at."""
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in taken:
                    c += 1
                yield r, c, cell
                taken.update((r + i, c + j) for i in range(cell.rows) for j in range(cell.columns))
                c += cell.columns


Block = Para | Letterhead | PageBreak | Grid


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole report ready to be drawn; `numbered` asks for page numbers at the top centre from page 2 on."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    numbered: bool = True
    font: str = "Times New Roman"
    size: float = 13.0
    dialect: Literal["tabs", "pipes", "tags"] = "tabs"
    seal: bool = True
    rules: Literal["lines", "boxes"] = "lines"

    def texts(self) -> Iterator[str]:
        """Every text that is printed."""
        for block in self.blocks:
            if isinstance(block, Letterhead):
                yield from (para.text for para in (*block.left, *block.right))
            elif isinstance(block, Para):
                yield block.text
            elif isinstance(block, Grid):
                yield from (cell.text for _, _, cell in block.placed())
