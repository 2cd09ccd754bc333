"""Plain text and Markdown as earlier digitisation left them: tab-separated and pipe tables among paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extract.document import Block, Document, Page, Paragraph, Run, Table
from extract.layout.line_joining import paragraphs_of
from extract.layout.runs import lines_of
from extract.plain.aligned_table import aligned_rows, is_aligned_line
from extract.plain.inline_markup import parse_inline
from extract.plain.text_decoding import decode_text
from extract.plain.text_table import drawn_table, is_border, is_pipe_line, pipe_table, rows_table, tab_table
from extract.source import Source

_LINE_END = regex.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_HEADING = regex.compile(r"^ {0,3}#{1,6}[ \t]+(?P<text>.*?)[ \t]*#*$")
_RULE = regex.compile(r"^ {0,3}(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$")
_FENCE = regex.compile(r"^ {0,3}(?:```|~~~)\w*[ \t]*$")
_BULLET = regex.compile(r"^[ \t]*[*•·+][ \t]+(?=\S)")
_CELL_END = regex.compile(r"(?:^|\s)\|\s*$")  # what is left of a letterhead's cell
_HTML_TABLE = regex.compile(r"<table\b", regex.IGNORECASE)
_HTML_TABLE_END = regex.compile(r"</table\s*>", regex.IGNORECASE)


def read_text(source: Source) -> Document:
    """The text as one page without a number; a blank line between two tables keeps them apart, as page ends did.

    What is no valid Unicode is read as an old code page with a warning. Raises UnsafeFile "too-many-columns".
    """
    text, warnings = decode_text(source.data)
    blocks = tuple(text_blocks(text))
    return Document(source.file, source.sha256, "txt", (Page(None, blocks),), warnings)


def text_blocks(text: str) -> Iterator[Block]:
    """Paragraphs and tables of a plain text, in order."""
    lines = _LINE_END.split(text)
    position = 0
    pending: list[str] = []
    while position < len(lines):
        end = _table_end(lines, position)
        if end > position:
            yield from _paragraphs(pending)
            pending = []
            yield from _table(lines[position:end])
            position = end
        else:
            pending.append(lines[position])
            position += 1
    yield from _paragraphs(pending)


def _table_end(lines: Sequence[str], start: int) -> int:
    """Where the table that starts at this line ends; `start` itself if none does."""
    line = lines[start]
    if _HTML_TABLE.search(line):
        depth = 0
        for index in range(start, len(lines)):
            depth += len(_HTML_TABLE.findall(lines[index])) - len(_HTML_TABLE_END.findall(lines[index]))
            if depth <= 0:
                return index + 1
        return len(lines)
    if is_border(line):
        end = start
        while end < len(lines) and (is_border(lines[end]) or lines[end].lstrip().startswith("|")):
            end += 1
        return end if end - start >= 3 and is_border(lines[end - 1]) else start
    if is_pipe_line(line):
        end = start
        while end < len(lines) and is_pipe_line(lines[end]):
            end += 1
        return end if end - start >= 2 else start
    if "\t" in line.strip(" "):
        end = start
        while end < len(lines) and lines[end].strip(" ") and not _starts_prose(lines, end):
            end += 1
        return end
    if is_aligned_line(line):
        end = start
        while end < len(lines) and lines[end].strip() and "\t" not in lines[end]:
            end += 1
        while end > start and not is_aligned_line(lines[end - 1]) and not lines[end - 1].startswith("  "):
            end -= 1  # prose right below
        return end if aligned_rows(lines[start:end]) else start
    return start


def _starts_prose(lines: Sequence[str], index: int) -> bool:
    """A line without a tab belongs to the table only if the table goes on right below it."""
    while index < len(lines) and lines[index].strip(" "):
        if "\t" in lines[index]:
            return False
        index += 1
    return True


def _table(lines: Sequence[str]) -> Iterator[Block]:
    if _HTML_TABLE.search(lines[0]):
        # only here does plain text need the reader of web pages
        from extract.web.read_html import html_blocks

        yield from html_blocks("\n".join(lines))
        return
    if is_border(lines[0]):
        made = drawn_table(lines)
    elif is_aligned_line(lines[0]) and not is_pipe_line(lines[0]):
        made = rows_table(aligned_rows(lines))
    else:
        made = pipe_table(lines) if is_pipe_line(lines[0]) else tab_table(lines)
    if isinstance(made, Table):
        yield made
    else:
        yield from _paragraphs(made)


def _paragraphs(lines: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs of consecutive lines."""
    return paragraphs_of(_styled_lines(lines))


def _styled_lines(lines: Sequence[str]) -> Iterator[tuple[Run, ...]]:
    """Lines with their styles, marks paired within a stretch without empty lines."""
    block: list[str] = []
    for line in [*(_CELL_END.sub("", each) for each in lines), ""]:
        if line.strip():
            heading = _HEADING.match(line)
            if _RULE.match(line) or _FENCE.match(line):
                continue
            block.append(f"<b>{heading['text']}</b>" if heading else _BULLET.sub("- ", line))
        elif block:
            yield from (styled for styled in lines_of(parse_inline("\n".join(block))) if styled)
            yield ()
            block = []
