"""From glyphs to words, by the gaps a reader sees.

A word is never split because its font changes: programs take the letters with Vietnamese marks from another font and
write them after the rest of the line ("Y BAN NHÂN DÂN", then "Ủ"), so only place decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from extract.document import Word
from extract.layout.paragraphs import Piece
from extract.pdf.shapes import Glyph, Segment
from normalize.place import Box
from normalize.text import nfc

# Shares of the letter size. A blank of Times is 0.25 wide, squeezed by justification hardly below 0.15.
_SAME_LINE = 0.25
_GAP_WITH_BLANKS = 0.35
_GAP_WITHOUT_BLANKS = 0.17
_REAL_BLANK = 0.07
_LINE = 20  # glyphs: a line of prose, in which no blank at all means that blanks are not written
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


def pieces_of(glyphs: Sequence[Glyph], walls: Sequence[Segment] = ()) -> tuple[Piece, ...]:
    """The words of a page. `walls` are its rulings: letters on the two sides of one never make a word."""
    spaced = _has_blanks(glyphs)
    upright = [wall for wall in walls if not wall.across]
    pieces: list[Piece] = []
    for angle in (0, 90, 180, 270):
        facing = [glyph for glyph in glyphs if glyph.angle == angle]
        for row in _rows(facing):
            # some programs place the words of justified lines and write blanks in the others only
            tight = not spaced or (len(row) >= _LINE and not _has_blanks(row))
            loose = _GAP_WITHOUT_BLANKS if tight else _GAP_WITH_BLANKS
            pieces.extend(_words(row, loose, upright if angle == 0 else ()))
    return tuple(_raised(pieces))


def _has_blanks(glyphs: Sequence[Glyph]) -> bool:
    return sum(not glyph.text.strip() for glyph in glyphs) * 25 > len(glyphs)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs on one foot line, left to right. The span of a row is measured from its first, so rows cannot creep."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - rows[-1][0].baseline <= _SAME_LINE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda glyph: (glyph.frame.x0, glyph.frame.x1)) for row in rows]


def _words(row: Sequence[Glyph], loose: float, walls: Sequence[Segment]) -> list[Piece]:
    pieces: list[Piece] = []
    word: list[Glyph] = []
    blank = False
    for glyph in row:
        if not glyph.text.strip():
            blank = True
            continue
        if word:
            last = word[-1]
            size = min(last.size, glyph.size)
            gap = glyph.frame.x0 - last.frame.x1
            if _twice(last, glyph):
                continue
            parted = gap > loose * size or (blank and gap > _REAL_BLANK * size) or gap < -0.6 * size
            if parted or (gap > _REAL_BLANK * size and _walled(last, glyph, walls)):
                pieces.append(_piece(word))
                word = []
        word.append(glyph)
        blank = False
    if word:
        pieces.append(_piece(word))
    return pieces


def _twice(first: Glyph, second: Glyph) -> bool:
    """The same letter drawn again a hair beside itself: bold made by hand."""
    near = 0.12 * first.size
    return (
        first.text == second.text
        and abs(first.frame.x0 - second.frame.x0) < near
        and abs(first.frame.top - second.frame.top) < near
    )


def _walled(first: Glyph, second: Glyph, walls: Sequence[Segment]) -> bool:
    middle = first.baseline - 0.3 * first.size
    return any(
        first.box.x1 - 1 <= wall.position <= second.box.x0 + 1 and wall.start <= middle <= wall.end for wall in walls
    )


def _piece(glyphs: Sequence[Glyph]) -> Piece:
    box, frame = glyphs[0].box, glyphs[0].frame
    for glyph in glyphs[1:]:
        box, frame = box.union(glyph.box), frame.union(glyph.frame)
    box = _rounded(box)
    if glyphs[0].angle == 0:
        frame = box  # one object: 500 pages hold half a million words
    fonts = Counter(glyph.font for glyph in glyphs)
    return Piece(
        Word(nfc("".join(glyph.text for glyph in glyphs)), box),
        frame,
        median(glyph.size for glyph in glyphs),
        sum(glyph.bold for glyph in glyphs) * 2 > len(glyphs),
        sum(glyph.italic for glyph in glyphs) * 2 > len(glyphs),
        fonts.most_common(1)[0][0],
    )


def _rounded(box: Box) -> Box:
    return Box(round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2))


def _raised(pieces: Sequence[Piece]) -> list[Piece]:
    """Small digits that hang high on a word become raised digits of it: a note mark must not lengthen a number."""
    result = list(pieces)
    for small in pieces:
        text = small.word.text.translate(_RAISED)
        if len(text) > 3 or any(sign in small.word.text for sign in text):
            continue
        for index, base in enumerate(result):
            if base is small or small.size > 0.8 * base.size:
                continue
            gap = small.frame.x0 - base.frame.x1
            lift = base.frame.bottom - small.frame.bottom
            if -0.1 * base.size < gap < 0.15 * base.size and 0.2 * base.size < lift < 0.8 * base.size:
                word = Word(base.word.text + text, base.word.box.union(small.word.box))
                result[index] = Piece(word, base.frame.union(small.frame), base.size, base.bold, base.italic, base.font)
                result.remove(small)
                break
    return result
