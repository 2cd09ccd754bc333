"""The lines of a report's head, and where the running text begins.

A letterhead (Decree 30/2020, Circular 01/2011) comes as paragraphs column by column or line by line, as a table without
borders, or run together in one paragraph: here it becomes lines of one kind each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extract.document import Document, Paragraph, Table
from extract.heading.broken_lines import whole_lines
from extract.heading.head_lines import Line, LineKind, bare_letters, finds, read_head
from extract.heading.portals import tells_properties
from normalize.text import nfc

_LAYOUT_ROWS, _LAYOUT_COLUMNS = 6, 4
# paragraphs and tables that may stand above a letterhead
_ABOVE_LETTERHEAD = 30
_SHORT = 30
_LAYOUT_SIGNS = regex.compile(
    r"cong hoa xa hoi|doc lap\s*[-–—]|dang cong san viet nam|^\s*so\s*:.*/|kinh gui", regex.I | regex.M
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head's lines, the addressees under "Kính gửi", the paragraphs of the running text, and the tables."""

    lines: tuple[Line, ...]
    addressees: tuple[Line, ...]
    body: tuple[Paragraph, ...]
    tables: tuple[Table, ...]

    def of(self, kind: LineKind) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == kind)


def split_head(document: Document) -> Head:
    """The head of a document: what stands before the first running text or score table."""
    lines: list[Line] = []
    addressees: list[Line] = []
    body: list[Paragraph] = []
    tables: list[Table] = []
    in_head = True
    blocks = whole_lines(tuple(document.blocks()))
    start = _letterhead(blocks)
    body.extend(block for block in blocks[:start] if isinstance(block, Paragraph) and block.text.strip())
    tables.extend(block for block in blocks[:start] if isinstance(block, Table))
    for block in blocks[start:]:
        if isinstance(block, Table):
            if in_head and _is_layout(block):
                rest = read_head(_cells(block), lines, addressees)
                in_head = rest is None
            else:
                rest = read_head(_title_rows(block), lines, addressees) if in_head else None
                body.extend([rest] if rest is not None else [])
                tables.append(block)
                in_head = False
        elif not block.text.strip():
            continue
        elif in_head:
            rest = read_head((block,), lines, addressees)
            if rest is not None:
                in_head = False
                body.append(rest)
        else:
            body.append(block)
    return Head(_joined(lines), tuple(addressees), tuple(body), tuple(tables))


def _title_rows(table: Table) -> Iterator[Paragraph]:
    """The titles that a table begins with, each merged over its whole width: the name of the report, whose it is."""
    for row in range(table.rows):
        cells = [cell for cell in table.cells if cell.row == row and cell.text.strip()]
        if len(cells) != 1 or cells[0].column_span < table.columns or table.columns < 3:
            return
        yield Paragraph(cells[0].text, cells[0].place)


def _letterhead(blocks: Sequence[Paragraph | Table]) -> int:
    """Where the letterhead begins: after what a web page or a covering note has above it, else at the first block."""
    for motto, block in enumerate(blocks[:_ABOVE_LETTERHEAD]):
        if isinstance(block, Table):
            if tells_properties(block):
                continue
            if not _is_layout(block):
                return 0
            return motto if _is_foreign(blocks[:motto]) else 0
        if finds("motto", bare_letters(nfc(block.text))[:300]):
            start = next((at for at in range(motto) if _leads_to(blocks[at : motto + 1])), motto)
            return start if _is_foreign(blocks[:start]) else 0
    return 0


def _is_foreign(blocks: Sequence[Paragraph | Table]) -> bool:
    """Whether running text stands here without a head of its own: then the letterhead below it is the report's.

    So do a mark or two: "DỰ THẢO", "Mẫu số 01", the name of the site.
    """
    if any(tells_properties(block) for block in blocks):
        return True
    above: list[Line] = []
    rest = read_head((each for each in blocks if isinstance(each, Paragraph)), above, [])
    if rest is None:
        return bool(above) and all(_is_mark(line) for line in above)
    return not any(line.kind in ("number", "date", "about") for line in above)


def _is_mark(line: Line) -> bool:
    """Whether a line above a letterhead may be a mark; a date without a place is that of a draft."""
    undated = line.kind in ("text", "kind") or (line.kind == "date" and bare_letters(line.text[:4]).lower() == "ngay")
    return undated and len(line.text) < _SHORT


def _leads_to(blocks: Sequence[Paragraph | Table]) -> bool:
    """Whether the first block names an office and nothing but lines of a head follow."""
    lines: list[Line] = []
    if any(isinstance(each, Table) for each in blocks):
        return False
    rest = read_head((each for each in blocks if isinstance(each, Paragraph)), lines, [])
    return rest is None and bool(lines) and lines[0].kind == "office"


def _joined(lines: list[Line]) -> tuple[Line, ...]:
    """Annex lines cut by a line end, and a subject ("Về việc") that goes on in the next line, made one.

    What stands above the number and is nothing else goes on with the office's name ("SỞ KẾ HOẠCH", "VÀ ĐẦU TƯ").
    """
    found: list[Line] = []
    first = next((at for at, line in enumerate(lines) if line.kind in ("number", "kind", "about")), 0)
    letterhead = first if lines and lines[first].kind == "number" else 0
    for at, line in enumerate(lines):
        if at < letterhead and line.kind == "text" and any(each.kind == "office" for each in lines[:at]):
            line = replace(line, kind="office")
        last = found[-1] if found else None
        about = next((at for at in range(len(found) - 1, -1, -1) if found[at].kind == "about"), None)
        if last is not None and line.kind == "annex" and last.text.count("(") > last.text.count(")"):
            found[-1] = replace(last, text=f"{last.text} {line.text}")
        elif about is not None and line.kind == "text" and (last is found[about] or line.text[:1].islower()):
            found[about] = replace(found[about], text=f"{found[about].text} {line.text}")
        else:
            found.append(line)
    return tuple(found)


def _cells(table: Table) -> Iterator[Paragraph]:
    """A layout table's cells column by column: the issuer's column first."""
    for cell in sorted(table.cells, key=lambda cell: (cell.column, cell.row)):
        if cell.text.strip():
            yield Paragraph(cell.text, cell.place, confidence=cell.confidence)


def _is_layout(table: Table) -> bool:
    if table.rows > _LAYOUT_ROWS or table.columns > _LAYOUT_COLUMNS:
        return False
    return any(_LAYOUT_SIGNS.search(bare_letters(nfc(cell.text))) for cell in table.cells)
