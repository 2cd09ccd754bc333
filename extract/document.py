"""The one intermediate document. After the readers nobody knows what format a report had.

Readers build it, nobody edits it. Lengths are points, the origin is the top left corner of the page as a person
sees it (a rotated page is turned once, by its reader).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from normalize.place import NOWHERE, Box, Place
from normalize.value import Printed, Reading

Media = Literal["pdf", "docx", "doc", "rtf", "odt", "xlsx", "xls", "html", "txt", "image"]
Method = Literal["typed", "ocr", "needs-recognition"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; `confidence` is a share from 0 to 1, None where it was not measured."""

    text: str
    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, its lines joined by the reader where it can tell; list labels are part of the text.

    `align` is "left", "center", "right", "justify" or None where unknown.
    """

    text: str
    place: Place = NOWHERE
    runs: tuple[Run, ...] = ()
    words: tuple[Word, ...] = ()
    align: str | None = None
    confidence: float | None = None

    @property
    def printed(self) -> Printed:
        return Printed(self.text, self.place, self.confidence)

    @property
    def bold(self) -> bool:
        """Whether every visible run is bold."""
        return bool(self.runs) and all(run.bold for run in self.runs if run.text.strip())


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table at its top left row and column, from 0; the line ends inside it are kept as newlines.

    `nested` are tables that stand inside it (their text is in `text` too).
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    place: Place = NOWHERE
    bold: bool = False
    italic: bool = False
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    alternatives: tuple[Reading, ...] = ()
    nested: tuple[Table, ...] = ()

    @property
    def printed(self) -> Printed:
        return Printed(self.text, self.place, self.confidence, self.alternatives)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of `rows` x `columns` grid positions; a merged cell stands once, at its top left position.

    `starts_page` and `ends_page` say that nothing but running heads stands above or below it on its page: such a
    table may go on from, or to, the neighbouring page. They are False where the format has no pages.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    place: Place = NOWHERE
    starts_page: bool = False
    ends_page: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its blocks in reading order, and the running heads and page numbers set aside from them.

    `number` counts from 1; None where the format has no pages (the whole document is then one page). A page whose
    method is "needs-recognition" has no blocks; `why` says what was found in place of text. `name` is that of a sheet.
    """

    number: int | None
    blocks: tuple[Block, ...]
    width: float | None = None
    height: float | None = None
    running: tuple[Paragraph, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    method: Method = "typed"
    why: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as a reader handed it on. `warnings` are stable keys with detail: what was lost or doubtful."""

    file: str
    sha256: str
    media: Media
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()

    @property
    def method(self) -> Literal["typed", "ocr", "mixed"]:
        kinds = {"ocr" if page.method != "typed" else "typed" for page in self.pages}
        return "mixed" if len(kinds) > 1 else "ocr" if kinds == {"ocr"} else "typed"

    @property
    def page_count(self) -> int | None:
        return None if any(page.number is None for page in self.pages) else len(self.pages)

    def blocks(self) -> Iterator[Block]:
        for page in self.pages:
            yield from page.blocks
