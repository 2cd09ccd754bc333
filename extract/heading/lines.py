"""The lines of a report's head, and where the running text begins.

A letterhead (Decree 30/2020, Circular 01/2011) comes as paragraphs column by column or line by line, as a table without
borders, or run together in one paragraph: here it becomes lines of one kind each.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

import regex

from extract.document import Document, Paragraph, Table
from extract.heading.broken_lines import whole_lines
from extract.heading.kinds import kind_of_line
from extract.heading.portals import tells_properties
from normalize.document_numbers import find_document_numbers
from normalize.place import Place
from normalize.text import nfc, squeeze
from normalize.value import Printed
from patterns.catalogue import Pattern, pattern, patterns

LineKind = Literal["motto", "number", "date", "annex", "about", "kind", "addressee", "office", "decider", "text"]

# a title of several lines stays below this; a paragraph above it is running text
_LONGEST_TITLE = 420
_LAYOUT_ROWS, _LAYOUT_COLUMNS = 6, 4
# paragraphs and tables that may stand above a letterhead
_ABOVE_LETTERHEAD = 30
_SHORT = 30
# a wide gap parts two columns, unless a pen was to fill it: "ngày      tháng 12", "Số:       /BC-UBND"
_BREAK = regex.compile(
    r"[\n\t]|(?<=\S)\s{2,}+(?=\p{Lu}[\p{L}\s.'-]{1,30},\s*ngày\s)"
    r"|(?<!ngày|tháng|năm|[Ss]ố|[:.…]|\s)\s{6,}+(?!tháng|năm|[/\-–])"
)
_RULE = regex.compile(r"[\s\-–—_=*.~•]+")
_LAYOUT_SIGNS = regex.compile(
    r"cong hoa xa hoi|doc lap\s*[-–—]|dang cong san viet nam|^\s*so\s*:.*/|kinh gui", regex.I | regex.M
)
_OFFICE = regex.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong|hdnd|so|phong|ban|van phong|trung tam|chi cuc|cuc|thanh tra|bo|huyen uy|tinh uy"
    r"|thanh uy|thi uy|dang uy|dang bo|doan|to|lien doan|tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong"
    r"|thi tran|dac khu)\b",
    regex.IGNORECASE,
)
_BODY_END = regex.compile(r"[.;:]\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the head: its text without blanks around it, what it is, and where it stands."""

    text: str
    kind: LineKind
    place: Place
    confidence: float | None = None

    @property
    def printed(self) -> Printed:
        return Printed(self.text, self.place, self.confidence)


@dataclass(frozen=True, slots=True)
class Head:
    """The head's lines, the addressees under "Kính gửi", the paragraphs of the running text, and the tables."""

    lines: tuple[Line, ...]
    addressees: tuple[Line, ...]
    body: tuple[Paragraph, ...]
    tables: tuple[Table, ...]

    def of(self, kind: LineKind) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == kind)


def bare_letters(text: str) -> str:
    """The text with each letter's diacritics taken off, letter for letter: positions stay.

    >>> bare_letters("Số: 5/QĐ-UBND")
    'So: 5/QD-UBND'
    """
    return "".join(_bare_letter(letter) for letter in text)


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
                rest = _read_head(_cells(block), lines, addressees)
                in_head = rest is None
            else:
                rest = _read_head(_title_rows(block), lines, addressees) if in_head else None
                body.extend([rest] if rest is not None else [])
                tables.append(block)
                in_head = False
        elif not block.text.strip():
            continue
        elif in_head:
            rest = _read_head((block,), lines, addressees)
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
        if _finds("motto", bare_letters(nfc(block.text))[:300]):
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
    rest = _read_head((each for each in blocks if isinstance(each, Paragraph)), above, [])
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
    rest = _read_head((each for each in blocks if isinstance(each, Paragraph)), lines, [])
    return rest is None and bool(lines) and lines[0].kind == "office"


def _read_head(blocks: Iterable[Paragraph], lines: list[Line], addressees: list[Line]) -> Paragraph | None:
    """Take over the lines of the blocks; the rest of the block where the running text begins is returned."""
    for block in blocks:
        pieces = list(_pieces(nfc(block.text)))
        for at, piece in enumerate(pieces):
            kind = _kind(piece, lines)
            if kind is None and addressees and piece.lstrip()[:1] in "-–+*•" and len(piece) < _LONGEST_TITLE:
                addressees.append(Line(squeeze(piece), "addressee", block.place, block.confidence))
            elif kind is None or (addressees and kind == "text"):
                if not lines and not addressees and len(pieces) == 1:
                    return block
                return replace(block, text=" ".join(pieces[at:]), words=() if at else block.words)
            elif kind == "addressee":
                addressees.append(Line(squeeze(piece), "addressee", block.place, block.confidence))
            else:
                lines.append(Line(squeeze(piece), kind, block.place, block.confidence))
    return None


def _kind(piece: str, before: list[Line]) -> LineKind | None:
    """What a line of the head is; None where the running text begins with it."""
    bare = bare_letters(piece)
    if _finds("motto", bare) and len(piece) < 60:
        return "motto"
    if _line("addressee", bare):
        return "addressee"
    if _line("annex", bare) or _open_bracket(before):
        return "annex"
    if _line("about", bare):
        return "about"
    if _line("place-and-date", bare):
        return "date"
    if regex.match(r"s[oố]\s*[:.…\d/]", piece, regex.I) and find_document_numbers(piece):
        return "number"
    if any(line.kind == "text" for line in before) and _line("caption", bare):
        return None
    if _line("basis-line", bare) or _line("first-section", bare) or _line("recipients", bare):
        return None
    if kind_of_line(piece):
        return "kind"
    titled = any(line.kind in ("kind", "about") for line in before)
    if titled and _line("decider", bare):
        return "decider"
    if not titled and _OFFICE.match(bare) and not _is_count(piece) and len(piece) < 120 and _is_office(piece, before):
        return "office"
    if (
        len(piece) > _LONGEST_TITLE
        or piece.lstrip()[:1] in "-–+*•"
        or (_BODY_END.search(piece) and not piece.isupper())
    ):
        return None
    return "text"


def _is_count(text: str) -> bool:
    """Without marks "sở" (department) and "số" (number) are one word: CHỈ SỐ CCHC names no department."""
    return text[:2].casefold() == "số"


def _is_office(piece: str, before: list[Line]) -> bool:
    """Offices stand before the number and date, in capitals; typed-over letterheads also in small letters."""
    letters = [letter for letter in piece if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    early = not any(line.kind in ("text", "annex") for line in before)
    return early and (capitals > 0.8 * len(letters) or (len(piece) < 60 and not any(char.isdigit() for char in piece)))


def _open_bracket(before: list[Line]) -> bool:
    """Whether the annex line before is cut within its bracket."""
    if not before or before[-1].kind != "annex":
        return False
    text = before[-1].text
    return text.count("(") > text.count(")")


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


def _pieces(text: str) -> Iterator[str]:
    """The lines of a paragraph, cut where two parts of a letterhead run together; rules (-----) are left out."""
    for line in _BREAK.split(text):
        cuts = {0, len(line)}
        bare = bare_letters(line)
        if len(bare) < _LONGEST_TITLE or any(each.regex.search(bare[:300]) for each in _of("motto")):
            for each in _of("motto"):
                for match in each.regex.finditer(bare):
                    cuts |= {match.start(), match.end()}
            for each in _of("cut"):
                cuts |= {
                    match.end()
                    for match in each.regex.finditer(bare)
                    if each.name != "before-office" or not _is_count(line[match.end() :])
                }
        ordered = sorted(cuts)
        for start, end in pairwise(ordered):
            piece = line[start:end].strip().strip("*_").strip()
            if piece and not _RULE.fullmatch(piece):
                yield piece


def _cells(table: Table) -> Iterator[Paragraph]:
    """A layout table's cells column by column: the issuer's column first."""
    for cell in sorted(table.cells, key=lambda cell: (cell.column, cell.row)):
        if cell.text.strip():
            yield Paragraph(cell.text, cell.place, confidence=cell.confidence)


def _is_layout(table: Table) -> bool:
    if table.rows > _LAYOUT_ROWS or table.columns > _LAYOUT_COLUMNS:
        return False
    return any(_LAYOUT_SIGNS.search(bare_letters(nfc(cell.text))) for cell in table.cells)


def _line(name: str, bare: str) -> bool:
    return pattern(name, "headings").search(bare) is not None


def _finds(kind: str, text: str) -> bool:
    return any(each.search(text) for each in _of(kind))


@cache
def _of(kind: str) -> tuple[Pattern, ...]:
    return tuple(each for each in patterns("headings") if each.kind == kind)


@cache
def _bare_letter(letter: str) -> str:
    if letter in "đðɖ":
        return "d"
    if letter in "ĐÐƉ":
        return "D"
    return unicodedata.normalize("NFD", letter)[:1]
