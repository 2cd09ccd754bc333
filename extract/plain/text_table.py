"""Tables of plain text: fields between tabs, or between pipes as in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.document import Cell, Run, Table
from extract.layout.layout_table import is_layout
from extract.layout.runs import all_bold, all_italic, join_runs, text_of, trim
from extract.plain.inline_markup import parse_inline
from extract.tables.table_text import check_columns

_DIVIDER = regex.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_PIPE = regex.compile(r"(?<!\\)\|")
# Pages of law portals saved as text have pipes between the cells, but none before the first one.
_SPACED_PIPE = regex.compile(r"(?<=\S\s*)\s\|(?=\s|$)")
# What a cell cut by a line end goes on with: a small letter, or punctuation ("0,2439/1" and ",5 điểm" below it).
_GOES_ON = regex.compile(r"^\s*(?:\p{Ll}(?!\s*[.)])|[,.;:)%]\s*\S)")


def is_pipe_line(line: str) -> bool:
    """
    >>> is_pipe_line("| 1.1 | Kế hoạch |"), is_pipe_line("1.1 | Kế hoạch | 0,5"), is_pipe_line("a|b|c")
    (True, True, False)
    """
    stripped = line.strip()
    pipes = _PIPE if stripped.startswith("|") else _SPACED_PIPE
    return len(pipes.findall(stripped)) >= 2


def pipe_table(lines: Sequence[str]) -> Table | list[str]:
    """A Markdown table; the line under its heading is not a row. Lines of prose if it only lays out a letterhead."""
    return _table_or_prose([_pipe_fields(line) for line in lines if not _DIVIDER.match(line)])


_BORDER = regex.compile(r"^\s*\+(?:[-=:]{2,}\+)+\s*$")


def is_border(line: str) -> bool:
    """A line of a table drawn with signs: "+-----+------+"."""
    return _BORDER.match(line) is not None


def drawn_table(lines: Sequence[str]) -> Table | list[str]:
    """A table drawn with "+--+" and "|": what stands between two borders is one row, its cells of several lines."""
    rows: list[list[str]] = []
    within: list[list[str]] = []
    for line in lines:
        if not is_border(line):
            within.append(_pipe_fields(line))
            continue
        if within:
            width = max(len(fields) for fields in within)
            parts = [[fields[n].strip() for fields in within if n < len(fields)] for n in range(width)]
            rows.append(["\n".join(part for part in column if part) for column in parts])
        within = []
    return _table_or_prose(rows)


def _pipe_fields(line: str) -> list[str]:
    stripped = line.strip().removeprefix("|")
    if stripped.endswith("|") and not stripped.endswith("\\|"):
        stripped = stripped[:-1]
    return [field.replace("\\|", "|") for field in _PIPE.split(stripped)]


def tab_table(lines: Sequence[str]) -> Table | list[str]:
    """A table of lines with tabs, short ones padded on the right; lines of prose if it only lays out a letterhead.

    A cell that was cut by a line end is joined: the line is short of fields and the next one goes on in the middle.
    A line without any tab between two rows is a row of its own over all columns.
    """
    rows = [line.split("\t") for line in lines]
    if all(sum(1 for field in row if field.strip()) <= 1 for row in rows):
        # indented text, unless it stands at the place of a column: then nothing says which table it belongs to
        return [line.strip() for line in lines]
    width = max(len(row) for row in rows)
    return _table_or_prose(_join_cut_rows(rows, width))


def rows_table(rows: Sequence[list[str]]) -> Table | list[str]:
    """A table of rows of fields; lines of prose if it only lays out a letterhead."""
    return _table_or_prose(rows)


def _table_or_prose(rows: Sequence[list[str]]) -> Table | list[str]:
    width = max((len(row) for row in rows), default=0)
    texts = [field for row in rows for field in row]
    if is_layout(len(rows), width, texts, ruled=False):
        columns = [[row[index] for row in rows if index < len(row)] for index in range(width)]
        return [line for column in columns for line in [*(field.strip() for field in column), ""]]
    return _table(rows)


def _join_cut_rows(rows: Sequence[list[str]], width: int) -> list[list[str]]:
    joined: list[list[str]] = []
    for row in rows:
        before = joined[-1] if joined else None
        if (
            before is not None
            and len(before) + len(row) - 1 <= width
            and len(before) < width
            and before[-1].strip()
            and _GOES_ON.match(row[0])
        ):
            joined[-1] = [*before[:-1], f"{before[-1]}\n{row[0]}", *row[1:]]
        else:
            joined.append(list(row))
    return joined


def _table(rows: Sequence[Sequence[str]]) -> Table:
    width = max((len(row) for row in rows), default=0)
    check_columns(width)
    cells = []
    for number, row in enumerate(rows):
        whole = len(row) == 1 and width > 1 and row[0].strip()
        if whole:
            cells.append(_cell(number, 0, row[0], width))
            continue
        padded = [*row, *[""] * (width - len(row))]
        cells.extend(_cell(number, column, field) for column, field in enumerate(padded))
    return Table(len(rows), width, tuple(cells))


def _cell(row: int, column: int, field: str, span: int = 1) -> Cell:
    runs: tuple[Run, ...] = trim(join_runs(parse_inline(field)))
    return Cell(row, column, text_of(runs), column_span=span, bold=all_bold(runs), italic=all_italic(runs))
