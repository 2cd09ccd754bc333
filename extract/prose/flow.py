"""The prose of a document as one text, with the way back from any stretch of it to the place on the page.

Readers disagree on where a paragraph ends: plain text breaks a sentence over two paragraphs, a PDF may hand on one
paragraph a line. Here a line that plainly goes on is joined with the next, so that what follows sees whole sentences.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from extract.document import Document, Paragraph
from normalize.place import Box, Place
from normalize.text import squeeze
from normalize.value import Printed

# A new item begins here, whatever stands before it.
_LABEL = regex.compile(
    r"(?:[-+*•–—►▪✓]\s*\p{L}|[-+*•–—►▪✓]\s*[\[(]\d|[-+•–—]\s|[\[(]?\d{1,2}(?:\.\d{1,2}){0,4}\s*[.):/\]]\s*[\p{L}\"“]|\d{1,2}(?:\.\d{1,2}){1,4}\s+\p{Lu}"
    r"|\d{1,2}\s*[-–]\s+\p{L}|[IVX]{1,5}(?:\s*[.):/-]\s*\p{L}|\s+\p{Lu}{2,}\s+\p{Lu}{2,})|\(?[a-zđA-ZĐ]\s*[.)]\s"
    r"|(?i:lĩnh vực|tiêu chí(?: thành phần)?|phần|mục|chương)\s+[\dIVX])"
)
# A point between the numbers of a recognised code that came out as another sign: "tiêu chí 3.3:1", not "3.3:1 điểm".
_WORN_CODE = regex.compile(
    r"(?<!\p{L})(?i:tiêu chí(?: thành phần)?|tctp|tc)\s+(?:số\s+)?\d{1,2}(?:\.\d{1,2}){0,2}[:;*'’·]"
    r"(?:\d{1,2}[.:;*'’·]){0,2}\d{1,2}(?<=\d\D\d{1,2}\D\d{1,2})(?!\d|[.,]\d|\s*/|\s*%|\s*(?:điểm|đ)(?!\p{L}))"
)
_WORN_DOT = regex.compile(r"(?<=\d)[:;*'’·](?=\d)")
# A colon behind a round of appraisal that came out as a full stop: "vòng 1. 0,5 điểm"
_WORN_COLON = regex.compile(
    r"(?<=(?<!\p{L})(?i:vòng|lần)\s[1-3])[.;](?=\s\d{1,2}(?:[.,]\d{1,4})?\s*(?:điểm|đ)(?!\p{L}))"
)
# The first Roman number as recognition may have it: "L. Công tác chỉ đạo"
_WORN_ONE = regex.compile(r"^L(?=\.\s+\p{Lu}\p{L}+\s)")
_ENDS = regex.compile(r"[.;:!?…/]\)?[\"”']?$|\./\.$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph's stretch of the flow."""

    start: int
    end: int
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Flow:
    """The joined text: logical paragraphs, one a line, and the paragraphs they came from."""

    text: str
    pieces: tuple[Piece, ...]

    def printed(self, start: int, end: int) -> Printed:
        """What stands from `start` to `end`, with the narrowest place and the weakest confidence known for it."""
        touched = [piece for piece in self._from(start) if piece.start < end and piece.end > start]
        places, confidences = [], []
        for piece in touched:
            place, confidence = _narrow(piece, start - piece.start, end - piece.start)
            places.append(place)
            if confidence is not None:
                confidences.append(confidence)
        return Printed(self.text[start:end], _union(places), min(confidences, default=None))

    def _from(self, start: int) -> Iterable[Piece]:
        at = bisect_right(self.pieces, start, key=lambda piece: piece.start)
        return self.pieces[max(0, at - 1) :]


def flow_of(document: Document) -> Flow:
    """All paragraphs outside tables, in reading order."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for paragraph in _lines(document):
        text = paragraph.text
        if parts:
            glue = " " if _goes_on(parts[-1], text) else "\n"
            parts.append(glue)
            length += 1
        pieces.append(Piece(length, length + len(text), paragraph))
        parts.append(text)
        length += len(text)
    return Flow("".join(parts), tuple(pieces))


def _lines(document: Document) -> Iterable[Paragraph]:
    """The paragraphs with squeezed text; one with line ends inside gives one for each line."""
    for block in document.blocks():
        if not isinstance(block, Paragraph):
            continue
        for line in block.text.splitlines():
            text = squeeze(line)
            if block.confidence is not None:
                text = _WORN_CODE.sub(lambda code: _WORN_DOT.sub(".", code[0]), text)
                text = _WORN_ONE.sub("I", _WORN_COLON.sub(":", text))
            if text:
                yield Paragraph(text, block.place, (), block.words, block.align, block.confidence)


def _goes_on(before: str, after: str) -> bool:
    """Whether a line is the middle of a sentence that the next one continues."""
    if _ENDS.search(before) or _LABEL.match(after):
        return False
    if before[-1].isdigit() and after[0].isdigit():  # "5. Cán bộ: 13/14", and below it "01 công chức ..."
        return False
    return after[0].islower() or after[0] in "(,;" or before.endswith((",", "-", "–")) or after[0].isdigit()


def _narrow(piece: Piece, start: int, end: int) -> tuple[Place, float | None]:
    """The boxes of the words that the stretch touches; the paragraph's place where it has no words."""
    paragraph = piece.paragraph
    boxes: list[Box] = []
    confidences: list[float] = []
    cursor = 0
    for word in paragraph.words:
        text = squeeze(word.text)
        at = paragraph.text.find(text, cursor) if text else -1
        if at < 0:
            continue
        cursor = at + len(text)
        if at < end and cursor > start:
            boxes.append(word.box)
            if word.confidence is not None:
                confidences.append(word.confidence)
    if not boxes:
        return paragraph.place, paragraph.confidence
    box = boxes[0]
    for each in boxes[1:]:
        box = box.union(each)
    return Place(paragraph.place.page, box), min(confidences, default=paragraph.confidence)


def _union(places: list[Place]) -> Place:
    """One place for several: the page of the first, and the boxes on that page together."""
    if not places:
        return Place()
    first = places[0]
    box = first.box
    for place in places[1:]:
        if place.page == first.page and place.box is not None:
            box = place.box if box is None else box.union(place.box)
    return Place(first.page, box)
