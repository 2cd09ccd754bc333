"""Rows of print read on a cleaned page: row by row, numerals checked, specks and strokes of stamps left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import regex

from extract.document import Word
from extract.scan.clean import Gray
from extract.scan.engines import Engine, Layout, Pixels, ReadLine, ReadWord
from extract.scan.glyphs import glyphs_of, roman_of
from extract.scan.numerals import as_signs, framed, may_be_numeral, parts_of, read_numeral
from extract.scan.rows import LetterRow, rows_of
from extract.scan.shapes import extent_of, shapes_of
from extract.scan.sheet import Sheet, SheetLine, SheetWord
from normalize.text import nfc, plain
from normalize.value import Reading

_STROKES = frozenset({"I", "II", "III", "H", "HI", "IH", "IL", "Il", "ll", "lI", "IIl", "M"})
"""What one to three strokes of a Roman number are read as."""
_FIVE = regex.compile(r"V[IỊỈÌÍĨil1H|]{1,4}")
"""And what they are read as behind a V."""


def ink_within(sheet: Sheet, inside: Pixels) -> Pixels | None:
    """The rectangle of the print inside a cell; None where the cell is blank.

    What touches the cell's edge and is thin is the rest of a ruling line, what is smaller than a dot is dirt.
    """
    edge = 2
    crop = sheet.ink[inside.y0 + edge : inside.y1 - edge, inside.x0 + edge : inside.x1 - edge]
    if crop.size == 0:
        return None
    small = sheet.small or 14.0
    dark = (crop < 150).view(np.uint8)
    used = extent_of(dark)
    if not used.width:
        return None
    own = shapes_of(dark[used.y0 : used.y1, used.x0 : used.x1]).stats[1:]
    x, y, wide, high, area = (own[:, column] for column in range(5))
    x, y = x + used.x0, y + used.y0
    flat_edge = ((y <= 2) | (y + high >= crop.shape[0] - 2)) & (high <= 0.35 * small) & (wide >= 0.8 * small)
    tall_edge = ((x <= 2) | (x + wide >= crop.shape[1] - 2)) & (wide <= 0.35 * small) & (high >= 0.8 * small)
    # A lone 1 in a narrow column may touch the edge; the rest of a line runs along most of it.
    line_like = flat_edge | (tall_edge & (high >= 0.6 * crop.shape[0]))
    print_like = ~line_like & (area >= (0.16 * small) ** 2)
    body = print_like & ((high >= 0.6 * small) | ((wide >= 0.35 * small) & (wide >= 1.5 * high)))
    if not body.any():
        return None
    # Dots and marks count when they stand near the letters: a speck in the corner does not widen the cell's text.
    reach = 1.2 * small
    x0, y0 = x[body].min() - reach, y[body].min() - reach
    x1, y1 = (x + wide)[body].max() + reach, (y + high)[body].max() + reach
    part = print_like & (x >= x0) & (y >= y0) & (x + wide <= x1) & (y + high <= y1)
    left, top = inside.x0 + edge, inside.y0 + edge
    return Pixels(
        left + int(x[part].min()),
        top + int(y[part].min()),
        left + int((x + wide)[part].max()),
        top + int((y + high)[part].max()),
    )


def digits_within(sheet: Sheet, inside: Pixels) -> Pixels | None:
    """The rectangle around what may be the digits of one line in a cell, whatever specks stand elsewhere in it; None
    where nothing is as tall as a digit, or more than one line is."""
    small = sheet.small or 14.0
    edge = 3
    crop = sheet.ink[inside.y0 + edge : inside.y1 - edge, inside.x0 + edge : inside.x1 - edge]
    if crop.size == 0:
        return None
    # A digit that lost a piece of its stroke is still one.
    bridge = np.ones((max(1, round(0.4 * small)), 2), np.uint8)
    joined = np.asarray(cv2.morphologyEx((crop < 150).astype(np.uint8), cv2.MORPH_CLOSE, bridge), np.uint8)
    x, y, wide, high, area = (shapes_of(joined).stats[1:, column] for column in range(5))
    inner = (x > 0) & (y > 0) & (x + wide < crop.shape[1]) & (y + high < crop.shape[0])
    tall = inner & (high >= 1.1 * small) & (high <= 2.2 * small) & (wide <= 2.2 * small) & (wide >= 0.15 * small)
    if not tall.any():
        return None
    top, base = y[tall].min(), (y + high)[tall].max()
    if base - top > 2.4 * small:
        return None
    reach = 1.2 * small
    on_line = (y + high > top + small) & (y < base) & (area >= (0.16 * small) ** 2) & (high <= 2.2 * small)
    beside = (x + wide > x[tall].min() - reach) & (x < (x + wide)[tall].max() + reach)
    part = inner & on_line & beside
    return Pixels(
        inside.x0 + edge + int(x[part].min()),
        inside.y0 + edge + int(top),
        inside.x0 + edge + int((x + wide)[part].max()),
        inside.y0 + edge + int((y + high)[part].max()),
    )


def read_lines(engine: Engine, sheet: Sheet, box: Pixels) -> tuple[SheetLine, ...]:
    """The lines of print in a rectangle of the sheet, numerals checked against their shapes.

    Each row of letters is read by itself: left to find the lines, the engine cuts off the marks above high vowels and
    reads "thẩm" as "thâm". Only where the rows read badly it is given the block as a whole, and the surer reading is
    taken.
    """
    box = _within(sheet, box.grown(1))
    crop = sheet.smooth[box.y0 : box.y1, box.x0 : box.x1]
    rows = rows_of(sheet.ink[box.y0 : box.y1, box.x0 : box.x1], crop, sheet.small or 14.0)
    found = _with_doubt([_read_row(engine, sheet, row.moved(box.x0, box.y0)) for row in rows], rows)
    if len(rows) != 1 and _sure(found) < 0.25 * sum(len(line.text) for line in found) + 1:
        whole = [_checked(engine, sheet, line) for line in _plain(engine, sheet, crop, box, "block")]
        if _sure(whole) > _sure(found):
            found = whole
    return tuple(line for line in found if line.words)


def _with_doubt(found: Sequence[SheetLine], rows: Sequence[LetterRow]) -> list[SheetLine]:
    """The lines, those above and below a row that stayed unread made doubtful: the text has a hole there."""
    holes = {at for at, line in enumerate(found) if not line.words and len(rows[at].letters) >= 3}
    return [
        replace(line, words=tuple(replace(word, confidence=min(word.confidence, 0.4)) for word in line.words))
        if {at - 1, at + 1} & holes
        else line
        for at, line in enumerate(found)
    ]


def _read_row(engine: Engine, sheet: Sheet, row: LetterRow) -> SheetLine:
    """One row of letters; letters that the engine passed over are asked for again, and else make their neighbours
    doubtful."""
    line = _joined(_plain(engine, sheet, row.picture, row.box, "line"), row.box)
    unread = row.unread([word.box for word in line.words])
    again: tuple[tuple[Layout, float], ...] = (("line", 1.5), ("block", 1.0))
    for layout, scale in again:
        if unread:
            other = _joined(_plain(engine, sheet, row.picture, row.box, layout, scale), row.box)
            still = row.unread([word.box for word in other.words])
            if len(still) < len(unread):
                line, unread = other, still
    checked = _checked(engine, sheet, line)
    if not unread:
        return checked
    if all(may_be_numeral(parts_of(word.text)[1]) for word in line.words):
        read = read_numeral(engine, sheet.ink, row.box.grown(1), sheet.small or 14.0, None)
        if read is not None:
            return SheetLine((SheetWord(read.text, row.box, read.confidence, read.others),), row.box)
    return replace(checked, words=tuple(_doubted(word, unread, sheet.small) for word in checked.words))


def _joined(lines: Sequence[ReadLine], box: Pixels) -> ReadLine:
    """What was read on one row as one line."""
    return ReadLine(tuple(word for line in lines for word in line.words), box)


def _doubted(word: SheetWord, unread: Sequence[Pixels], small: float) -> SheetWord:
    """A word beside letters that were not read is not to be believed."""
    beside = any(word.box.x0 - 2 * small < letter.x1 and letter.x0 < word.box.x1 + 2 * small for letter in unread)
    return replace(word, confidence=min(word.confidence, 0.4)) if beside else word


def _within(sheet: Sheet, box: Pixels) -> Pixels:
    height, width = sheet.ink.shape
    return Pixels(max(0, box.x0), max(0, box.y0), min(width, box.x1), min(height, box.y1))


def _plain(engine: Engine, sheet: Sheet, crop: Gray, box: Pixels, layout: Layout, scale: float = 1.0) -> list[ReadLine]:
    """What the engine reads, in pixels of the sheet; `scale` enlarges the picture first."""
    frame = 10
    found = engine.read(framed(crop, frame, scale, 0.0), layout, dpi=round(sheet.straight.dpi * scale))
    lines = []
    for line in found:
        words = tuple(ReadWord(word.text, _back(word.box, scale, frame, box), word.confidence) for word in line.words)
        lines.append(ReadLine(words, _back(line.box, scale, frame, box), line.block))
    return lines


def _back(at: Pixels, scale: float, frame: int, box: Pixels) -> Pixels:
    """A place in a framed and enlarged picture as one on the sheet."""
    sides = (round(side / scale) - frame for side in (at.x0, at.y0, at.x1, at.y1))
    return Pixels(*sides).moved(box.x0, box.y0)


def _sure(lines: Sequence[SheetLine]) -> float:
    """How much a reading says and how surely: letters weighted with the confidence of their words."""
    return sum(len(word.text) * (word.confidence - 0.4) for line in lines for word in line.words)


def _checked(engine: Engine, sheet: Sheet, line: ReadLine) -> SheetLine:
    words = _with_points([_word(engine, sheet, word) for word in line.words])
    if len(words) > 2 and words[0].text.isdigit() and _point_behind(sheet, words[0].box):
        words[0] = replace(words[0], text=words[0].text + ".")
    return SheetLine(tuple(word for word in words if not _is_dirt(sheet, word)), line.box, line.block)


_POINTS = regex.compile(r"(?<word>\p{L}{4})(?<closing>\P{L}*)")


def _with_points(words: Sequence[SheetWord]) -> list[SheetWord]:
    """The words with "điểm" behind a number where only its marks were misread or a speck stands at it: "điếm"."""
    result = list(words)
    for number, word in enumerate(words[1:], 1):
        match = _POINTS.fullmatch(word.text)
        if match is not None and plain(match["word"]) == "diem" and words[number - 1].text[-1:].isdigit():
            closing = "".join(sign for sign in match["closing"] if sign in ".,;:)")
            result[number] = replace(word, text="điểm" + closing)
    return result


def _point_behind(sheet: Sheet, box: Pixels) -> bool:
    """Whether a point stands behind the number that opens a line: engines drop that of "1. Công tác"."""
    small = sheet.small or 14.0
    glyphs = glyphs_of(
        sheet.ink, _within(sheet, Pixels(box.x0, box.y0, box.x1 + round(0.45 * small), box.y1 + 1)), small
    )
    return glyphs is not None and glyphs.after == 1


def _word(engine: Engine, sheet: Sheet, word: ReadWord) -> SheetWord:
    box = word.box
    text = nfc(as_signs(word.text))
    head, body, tail = parts_of(text)
    if body in _STROKES or _FIVE.fullmatch(body):
        strokes = roman_of(sheet.ink, box.grown(1), sheet.small or 14.0)
        if strokes is not None and strokes != body and strokes.startswith("V") == body.startswith("V"):
            return SheetWord(head + strokes + tail, box, min(word.confidence, 0.6), (Reading(text, word.confidence),))
    if not may_be_numeral(body):
        return SheetWord(text, box, word.confidence)
    read = read_numeral(engine, sheet.ink, box.grown(2), sheet.small or 14.0, ReadWord(text, box, word.confidence))
    if read is None:
        return SheetWord(text, box, min(word.confidence, 0.5))
    # Brackets and closing signs come from the plain reading: the second knows digits only.
    others = tuple(Reading(head + parts_of(one.text)[1] + tail, one.confidence) for one in read.others)
    return SheetWord(head + (parts_of(read.text)[1] or body) + tail, box, read.confidence, others)


def _is_dirt(sheet: Sheet, word: SheetWord) -> bool:
    """Whether a "word" without letters or digits is a speck, the rest of a line or of a stamp."""
    if any(sign.isalnum() for sign in word.text):
        return False
    if word.text in {"-", "–", "+", "•", "*"}:
        return word.confidence < 0.5
    small = sheet.small or 14.0
    return word.confidence < 0.7 or word.box.height < 0.3 * small or word.box.height > 4 * small


def as_word(sheet: Sheet, word: SheetWord) -> Word:
    return Word(word.text, sheet.straight.box(word.box), round(word.confidence, 3))
