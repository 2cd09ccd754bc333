"""Word files (DOCX): body, tables, text boxes, notes, running heads, with tracked changes accepted.

The XML is walked directly: `docx.Document` parses parts before anyone could refuse them, and its `Table.cell()` makes
a table of 2,000 rows quadratic.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from extract.document import Block, Document, Media, Page, Paragraph, Run
from extract.layout.line_joining import paragraphs_of, rejoin
from extract.layout.runs import join_runs, lines_of
from extract.office.docx_numbering import Numbering
from extract.office.docx_styles import Styles, W
from extract.office.docx_table import read_table
from extract.office.docx_text import MC, Line, Reading, read_line
from extract.office.office_package import Package
from extract.source import Source
from normalize.errors import UnreadableFile

_AROUND = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}


def read_docx(source: Source) -> Document:
    """The document as one page without a number: Word files have no pages of their own.

    Automatic numbers stand at the head of their paragraphs. Notes are set apart in `Page.notes`, headers and footers
    in `Page.running`. Warnings: "hidden-text", "hidden-merged-text", "numbered-covered-cell" (automatic numbers below
    it may be one too low), "unknown-symbol", "field-lost:<kind>", "lost-part:<path>". Raises UnreadableFile
    "broken-docx" or "password", UnsafeFile "zip-bomb", "external-entities" or "too-many-columns".
    """
    return read_word(source, "docx")


def read_word(source: Source, media: Media) -> Document:
    """`read_docx` for a file that was of another medium before its conversion."""
    package = Package(source.data, source.file)
    path = package.main_part("word/document.xml")
    root = package.part(path)
    body = root.find(f"{W}body")
    if body is None:
        raise UnreadableFile("broken-docx", f"{source.file}: no body")
    lost: list[str] = []
    styles = Styles(_part(package, path, "styles", lost), _part(package, path, "theme", lost))
    reading = Reading(styles, Numbering(_part(package, path, "numbering", lost), styles))
    blocks = tuple(rejoin(read_blocks(body, reading)))
    # notes and running heads count their own numbers; the body's come first
    notes = [note for kind in ("footnotes", "endnotes") for note in _notes(_part(package, path, kind, lost), reading)]
    running = [
        paragraph
        for kind in ("header", "footer")
        for head in package.related(path, kind)
        for paragraph in _running(_open(package, head, lost), reading)
    ]
    page = Page(None, blocks, running=_distinct(running), notes=tuple(notes))
    return Document(source.file, source.sha256, media, (page,), (*reading.warnings, *lost))


def read_blocks(node: etree._Element, reading: Reading) -> list[Block]:
    """Paragraphs and tables of the body, a cell, a text box, a note."""
    blocks: list[Block] = []
    # runs of a paragraph whose end was deleted: they go on in the next one
    carried: list[Run] = []
    for child in _block_nodes(node):
        if child.tag == f"{W}tbl":
            blocks.extend(read_table(child, reading, read_blocks))
            continue
        line = read_line(child, reading)
        for box in line.boxes:
            blocks.extend(read_blocks(box, reading))
        line.runs[:0] = carried
        carried = line.runs if line.joins_next else []
        if not line.joins_next:
            blocks.extend(_paragraphs(line))
    if carried:
        blocks.extend(paragraphs_of(lines_of(join_runs(carried))))
    return blocks


def _block_nodes(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in _AROUND:
            yield from _block_nodes(child)
        elif child.tag == f"{MC}AlternateContent":
            branch = next(iter(child), None)
            if branch is not None:
                yield from _block_nodes(branch)


def _paragraphs(line: Line) -> Iterator[Paragraph]:
    return paragraphs_of(lines_of(join_runs(line.runs)), line.align)


def _part(package: Package, path: str, kind: str, lost: list[str]) -> etree._Element | None:
    found = next(package.related(path, kind), None)
    return None if found is None else _open(package, found, lost)


def _open(package: Package, path: str, lost: list[str]) -> etree._Element | None:
    """A part that the text can do without: where it is broken, the rest is read and the loss is noted."""
    try:
        return package.part(path)
    except UnreadableFile as error:
        if error.reason != "broken-docx":
            raise
        lost.append(f"lost-part:{path}")
        return None


def _notes(root: etree._Element | None, reading: Reading) -> Iterator[Paragraph]:
    for note in () if root is None else root:
        # separators between text and notes are notes of their own types
        if note.get(f"{W}type", "normal") == "normal":
            yield from (block for block in read_blocks(note, reading) if isinstance(block, Paragraph))


def _running(root: etree._Element | None, reading: Reading) -> Iterator[Paragraph]:
    if root is not None:
        yield from (block for block in read_blocks(root, reading) if isinstance(block, Paragraph))


def _distinct(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Each text once: the same head is kept for first, even and odd pages of every section."""
    return tuple({paragraph.text: paragraph for paragraph in reversed(paragraphs)}.values())[::-1]
