"""What goes to the terminal goes through here: plain text as it stands, tables that fit, colours only on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from cchc.wording import Wording

NONE = "—"
# What goes into a file or a pipe is not squeezed into the width of a terminal that is not there.
_FILE_WIDTH = 160
_GAP = 2  # between columns
# Control characters of a file name or a report would command the terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def console(stderr: bool = False) -> Console:
    """The terminal, or the file or pipe in its place. Square brackets and colons in texts mean themselves."""
    wide = None if Console(stderr=stderr).is_terminal else _FILE_WIDTH
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=wide)


def clean(text: str) -> str:
    """A text without characters that command a terminal.

    >>> clean("báo cáo\\x1b[2J.pdf")
    'báo cáo�[2J.pdf'
    """
    return _CONTROLS.sub("\ufffd", text)


def line(text: str, style: str = "") -> None:
    """A sentence; in a file or a pipe it stays one line, on a terminal it is broken between words."""
    out = console()
    out.print(Text(clean(text), style=style), soft_wrap=not out.is_terminal)


def table(*columns: tuple[str, bool], headed: bool = True) -> Table:
    """A table with these headings; True for a column of numbers, which are never cut nor broken."""
    made = Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        show_header=headed,
        header_style="bold",
    )
    for heading, is_number in columns:
        made.add_column(heading, justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    return made


def row(to: Table, *cells: str | Text, style: str | None = None) -> None:
    to.add_row(*(cell if isinstance(cell, Text) else Text(clean(cell)) for cell in cells), style=style)


def width(of: Table, left_out: int | None = None) -> int:
    """How wide a table must be at least: numbers whole, words unbroken, `min_width` kept; a column may be left out."""
    widths = (0 if number == left_out else _column_width(each) for number, each in enumerate(of.columns))
    return sum(widths) + _GAP * (len(of.columns) - 1)


def _column_width(column: Column) -> int:
    texts = [column.header, *column.cells]
    lines = [line for text in texts for line in (text.plain if isinstance(text, Text) else str(text)).splitlines()]
    pieces = lines if column.no_wrap else [word for line in lines for word in line.split()]
    return max([column.min_width or 0, *map(cell_len, pieces)])


def folded(name: str, width: int) -> str:
    """A file name in lines of a width, broken behind the signs that part its words.

    >>> folded("b-progress-song-hinh-2022.docx", 20).splitlines()
    ['b-progress-song-', 'hinh-2022.docx']
    """
    lines = [""]
    for piece in re.findall(r"[^-_. ]*[-_. ]?", clean(name)):
        while cell_len(piece) > width:
            room = width - cell_len(lines[-1])
            lines[-1] += piece[:room]
            piece = piece[room:]
            lines.append("")
        if cell_len(lines[-1]) + cell_len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def number(say: Wording, value: Decimal | None, none: str = "") -> str:
    """A score as people of the language write it, without zeros that say nothing."""
    return none if value is None else say.number(format(value.normalize(), "f"))


def date(say: Wording, iso: str | None) -> str:
    """A date, a month or a year as people of the language write it.

    >>> date(Wording("vi"), "2023-02-17"), date(Wording("vi"), "2023-02"), date(Wording("en"), "2023-02-17")
    ('17/02/2023', '02/2023', '2023-02-17')
    """
    return "/".join(reversed(iso.split("-"))) if iso and say.lang == "vi" else iso or ""


def names(paths: Sequence[str], shown: int = 6) -> str:
    """The file names of some paths, the first few of many."""
    some = ", ".join(path.replace("\\", "/").rsplit("/", 1)[-1] for path in paths[:shown])
    return some + (" ..." if len(paths) > shown else "")


def chunks(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
