"""From a grid and the words on it to a `Table`."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Cell, Table, Word
from extract.layout.paragraphs import Line, Piece, lines_of
from extract.pdf.grid import Grid
from normalize.place import Box, Place
from normalize.text import nfc


def inside(box: Box, piece: Piece) -> bool:
    """Whether the middle of a word lies in the box."""
    word = piece.word.box
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x < box.x1 and box.top <= y < box.bottom


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another, edges included."""
    slack = 1.0
    return (
        inner.x0 >= outer.x0 - slack
        and inner.top >= outer.top - slack
        and inner.x1 <= outer.x1 + slack
        and inner.bottom <= outer.bottom + slack
    )


def ruled_tables(grids: Sequence[Grid], pieces: Sequence[Piece], page: int) -> tuple[Table, ...]:
    """The tables of the grids; a grid inside a field of another is nested in that cell."""
    owner: dict[int, int] = {}
    for inner, grid in enumerate(grids):
        for outer, other in enumerate(grids):
            if inner != outer and any(within(grid.box, field.box) for field in other.fields):
                owner[inner] = outer
    inner_tables = {
        index: [table_of(grids[inner], pieces, page) for inner in owner if owner[inner] == index]
        for index in range(len(grids))
    }
    return tuple(
        table_of(grid, pieces, page, inner_tables[index]) for index, grid in enumerate(grids) if index not in owner
    )


def table_of(grid: Grid, pieces: Sequence[Piece], page: int, nested: Sequence[Table] = ()) -> Table:
    """The grid filled with the words whose middle lies in each of its fields; empty cells are kept."""
    pieces = [piece for piece in pieces if inside(grid.box, piece)]
    cells = []
    for field in grid.fields:
        own = [piece for piece in pieces if inside(field.box, piece)]
        tables = tuple(table for table in nested if table.place.box and within(table.place.box, field.box))
        cells.append(
            cell_of(
                own,
                field.row,
                field.column,
                field.row_span,
                field.column_span,
                Place(page, _rounded(field.box)),
                tables,
            )
        )
    return Table(len(grid.ys) - 1, len(grid.xs) - 1, tuple(cells), Place(page, _rounded(grid.box)))


def cell_of(
    pieces: Sequence[Piece],
    row: int,
    column: int,
    row_span: int,
    column_span: int,
    place: Place,
    nested: tuple[Table, ...] = (),
) -> Cell:
    """A cell with its words in lines from top to bottom; upright text first, then text turned by a right angle."""
    lines = cell_lines(pieces)
    words: tuple[Word, ...] = tuple(piece.word for line in lines for piece in line.pieces)
    return Cell(
        row,
        column,
        _cell_text([line.text for line in lines]),
        row_span,
        column_span,
        place,
        bool(lines) and all(piece.bold for line in lines for piece in line.pieces),
        bool(lines) and all(piece.italic for line in lines for piece in line.pieces),
        words,
        nested=nested,
    )


def cell_lines(pieces: Sequence[Piece]) -> tuple[Line, ...]:
    """The lines of a cell. A turned word has a frame that differs from its box."""
    upright = [piece for piece in pieces if piece.frame == piece.word.box or _same_shape(piece)]
    turned = [piece for piece in pieces if piece not in upright]
    return (*lines_of(upright), *lines_of(turned))


def _same_shape(piece: Piece) -> bool:
    box, frame = piece.word.box, piece.frame
    return abs(box.x0 - frame.x0) < 0.1 and abs(box.top - frame.top) < 0.1


def _cell_text(lines: Sequence[str]) -> str:
    """Line ends are kept; a word divided by a soft hyphen is whole on its first line."""
    text = "\n".join(lines)
    return nfc(text.replace("\u00ad\n", "").replace("\u00ad", ""))


def _rounded(box: Box) -> Box:
    return Box(round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2))
