"""The reader of typed PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.document import Block, Document, Page, Paragraph, Table
from extract.layout.gutters import stretches_of
from extract.layout.legacy_text import repair_pieces
from extract.layout.paragraphs import Line, is_labelled, joined_text, lines_of, paragraph_of, paragraphs_of
from extract.layout.running_heads import PageLines, running_lines
from extract.pdf.columns import unruled_tables
from extract.pdf.footnotes import parted_footnotes
from extract.pdf.grid import grids_of, without_underlines
from extract.pdf.marks import marks_of
from extract.pdf.safety import content_state, open_pdf
from extract.pdf.tables import inside, ruled_tables
from extract.pdf.triage import triage
from extract.pdf.words import pieces_of
from extract.source import Source
from normalize.place import Box

Recogniser = Callable[[bytes, int], Page]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page before its running heads are known."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    why: str | None = None
    warnings: tuple[str, ...] = ()


def read_pdf(source: Source, recogniser: Recogniser | None = None) -> Document:
    """Read a typed PDF.

    A page whose text cannot be trusted is given to `recogniser` (the bytes of the file, the page number from 1);
    without one it stands in the document as "needs-recognition" with the reason. Raises UnreadableFile "not-a-pdf",
    "truncated", "password", "broken-pdf", "no-pages" and UnsafeFile "too-many-pages", "decompression-bomb".
    """
    with open_pdf(source.data) as pdf:
        drafts = [_draft(page, number) for number, page in enumerate(pdf.pages, 1)]
    running = running_lines([PageLines(draft.number, draft.width, draft.height, draft.lines) for draft in drafts])
    pages: list[Page] = []
    for draft, aside in zip(drafts, running, strict=True):
        if draft.why is not None and recogniser is not None:
            page = recogniser(source.data, draft.number)
            pages.append(replace(page, notes=page.notes + draft.notes))
        elif draft.why is not None:
            pages.append(
                Page(
                    draft.number,
                    (),
                    draft.width,
                    draft.height,
                    notes=draft.notes,
                    method="needs-recognition",
                    why=draft.why,
                )
            )
        else:
            pages.append(_page(draft, aside))
    warnings = tuple(warning for draft in drafts for warning in draft.warnings)
    return Document(source.file, source.sha256, "pdf", joined_over_pages(pages), warnings)


def needs_recognition(page: Any, number: int) -> bool:
    """Whether a page of pdfplumber, counted from 1, has no text that can be trusted."""
    return _draft(page, number).why is not None


def _draft(page: Any, number: int) -> _Draft:
    blank = _Draft(number, float(page.width), float(page.height))
    try:
        state = content_state(page)
        if state != "sound":
            return replace(blank, why=state, warnings=(f"{state}: page {number}",))
        marks = marks_of(page)
    except Exception as error:
        # pdfminer lets every kind of error out of a broken page; the other pages are still read.
        return replace(blank, why="broken-page", warnings=(f"broken-page: page {number}: {str(error)[:100]}",))
    finally:
        page.close()
        # pdfminer keeps every object it has read, the inflated pages too: 500 pages would all stay in memory.
        page.pdf.doc._cached_objs.clear()
    # before anything looks for capitals or syllables, and before the triage: an old encoding is no garbage
    pieces, repairs = repair_pieces(pieces_of(marks.glyphs, marks.segments))
    warnings = list(repairs)
    if marks.lost:
        warnings.append(f"lost-letters: page {number}: {marks.lost}")
    if marks.turned:
        warnings.append(f"turned-page: page {number}: {marks.turned}")
    notes = tuple(_prose(lines_of(pieces_of(marks.stamped)), number))
    why = triage(marks, pieces)
    if why is not None:
        return _Draft(number, marks.width, marks.height, notes=notes, why=why, warnings=tuple(warnings))

    boxes_of_words = [piece.word.box for piece in pieces]

    def has_text(box: Box) -> bool:
        return any(inside(box, piece) for piece in pieces)

    tables = ruled_tables(grids_of(without_underlines(marks.segments, boxes_of_words), has_text), pieces, number)
    boxes = [table.place.box for table in tables if table.place.box is not None]
    loose = [piece for piece in pieces if not any(inside(box, piece) for box in boxes)]
    body, footnotes = parted_footnotes(lines_of(loose), marks.segments, tables)
    notes = (*notes, *paragraphs_of(footnotes, number))
    aligned, lines = unruled_tables(body, number)
    return _Draft(number, marks.width, marks.height, lines, tables + aligned, notes, warnings=tuple(warnings))


def _page(draft: _Draft, aside: frozenset[int]) -> Page:
    body = [line for index, line in enumerate(draft.lines) if index not in aside]
    running = tuple(paragraph_of([draft.lines[index]], draft.number) for index in sorted(aside))
    blocks: list[Block] = []
    rest = body
    bounds = _bounds(draft, body)
    for table in sorted(draft.tables, key=_top):
        middle = _top(table)
        above = [line for line in rest if (line.box.top + line.box.bottom) / 2 < middle]
        rest = [line for line in rest if (line.box.top + line.box.bottom) / 2 >= middle]
        blocks.extend(_prose(above, draft.number, bounds))
        blocks.append(_edged(table, draft, body))
    blocks.extend(_prose(rest, draft.number, bounds))
    return Page(draft.number, tuple(blocks), draft.width, draft.height, running, draft.notes)


def _top(table: Table) -> float:
    return table.place.box.top if table.place.box else 0.0


def _prose(lines: Sequence[Line], page: int, bounds: tuple[float, float] | None = None) -> list[Paragraph]:
    return [
        paragraph
        for stretch in stretches_of(lines)
        for paragraph in paragraphs_of(stretch.lines, page, None if stretch.half else bounds)
    ]


def _bounds(draft: _Draft, body: Sequence[Line]) -> tuple[float, float] | None:
    """The left and right edge of what is printed on the page."""
    boxes = [line.box for line in body] + [table.place.box for table in draft.tables if table.place.box is not None]
    return (min(box.x0 for box in boxes), max(box.x1 for box in boxes)) if boxes else None


def _edged(table: Table, draft: _Draft, body: Sequence[Line]) -> Table:
    """The table with its flags: whether nothing but running heads stands above or below it."""
    box = table.place.box
    if box is None:
        return table
    others = [other.place.box for other in draft.tables if other is not table and other.place.box is not None]
    spans = [line.box for line in body] + others
    above = any(other.bottom <= box.top + 2 for other in spans)
    below = any(other.top >= box.bottom - 2 for other in spans)
    return replace(table, starts_page=not above, ends_page=not below)


def joined_over_pages(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages in which a paragraph that the page end cuts is one, at the place of its first part.

    It is cut where the last block of a page is a paragraph without a closing sign and the next page begins with a small
    letter.
    """
    result = list(pages)
    for index in range(len(result) - 1):
        first, second = result[index], result[index + 1]
        if not first.blocks or not second.blocks:
            continue
        last, head = first.blocks[-1], second.blocks[0]
        if not isinstance(last, Paragraph) or not isinstance(head, Paragraph):
            continue
        if last.text.rstrip()[-1:] in ".;:!?" or not head.text[:1].islower() or is_labelled(head.text):
            continue
        whole = replace(
            last,
            text=joined_text([last.text, head.text]),
            runs=last.runs + head.runs,
            words=last.words + head.words,
        )
        result[index] = replace(first, blocks=(*first.blocks[:-1], whole))
        result[index + 1] = replace(second, blocks=second.blocks[1:])
    return tuple(result)
