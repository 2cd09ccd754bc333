"""From words with boxes to lines and paragraphs, whoever found the words.

Nothing here knows of PDF or of recognition: a reader hands over `Piece`s and gets `Paragraph`s in reading order.
Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex

from extract.document import Paragraph, Run, Word
from normalize.place import Box, Place
from normalize.text import nfc

_LABEL = regex.compile(
    r"^(?:[-–—•▪●○◦➢✓❖+*]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[a-zđ]|[IVX]{1,5}|[A-H])[.)/:]|\d{1,2}\s?[-–](?=\s+\p{Lu})|\d{1,2}(?:\.\d{1,2}){1,4})(?=\s|\p{L}|$)"
)
_HARD_LABEL = regex.compile(r"^(?:[-–—•▪●○◦➢✓❖+*]\s|(?:Phần|Chương|Mục|Điều|Phụ lục|PHẦN|CHƯƠNG|PHỤ LỤC)\s+[\dIVX]+)")
# Lines of a letterhead and a signature that stand for themselves (Decree 30/2020, annex I).
_FORM = regex.compile(
    r"^(?:(?:TM|KT|TL|TUQ|Q)\. |(?:PHÓ )?(?:CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|CHÁNH|TRƯỞNG|BÍ THƯ|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG)\b"
    r"|CỘNG H(?:ÒA|OÀ)|Độc lập ?[-–]|Số:|V/v\b|Về việc\b|Nơi nhận|Kính gửi)"
)
_ALWAYS_FIRST = regex.compile(r"^(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập ?[-–] ?Tự do|Số: ?\d*|Nơi nhận:|Kính gửi:)")
_ENDED = regex.compile(r"[.;:!?…]['\"”’)\]]*$|\./\.?$")
_OPEN_HYPHEN = regex.compile(r"[\p{L}\d][-–/]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word with its looks. `frame` is its box with the page turned so that it reads from left to right."""

    word: Word
    frame: Box
    size: float
    bold: bool = False
    italic: bool = False
    font: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one height, from left to right."""

    pieces: tuple[Piece, ...]
    box: Box
    size: float

    @property
    def text(self) -> str:
        return " ".join(piece.word.text for piece in self.pieces)

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)

    @property
    def italic(self) -> bool:
        return all(piece.italic for piece in self.pieces)

    @property
    def centre(self) -> float:
        return (self.box.x0 + self.box.x1) / 2


def line_of(pieces: Sequence[Piece]) -> Line:
    ordered = tuple(sorted(pieces, key=lambda piece: piece.frame.x0))
    box = ordered[0].frame
    for piece in ordered[1:]:
        box = box.union(piece.frame)
    return Line(ordered, box, median(piece.size for piece in ordered))


def lines_of(pieces: Sequence[Piece]) -> tuple[Line, ...]:
    """Group words into lines from top to bottom: a word belongs to a line whose first word it overlaps by half."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.frame.top + piece.frame.bottom, piece.frame.x0)):
        for members in reversed(lines[-2:]):
            anchor = members[0].frame
            overlap = min(anchor.bottom, piece.frame.bottom) - max(anchor.top, piece.frame.top)
            if overlap >= 0.5 * min(anchor.height, piece.frame.height):
                members.append(piece)
                break
        else:
            lines.append([piece])
    return tuple(line_of(members) for members in lines)


def joined_text(lines: Sequence[str]) -> str:
    """Lines of one paragraph as one text.

    A compound broken after its hyphen closes up, a dash between blanks keeps them, a soft hyphen goes.

    >>> joined_text(["Văn phòng HĐND-", "UBND huyện"])
    'Văn phòng HĐND-UBND huyện'
    >>> joined_text(["kinh tế -", "xã hội"])
    'kinh tế - xã hội'
    """
    text = ""
    for line in lines:
        if text.endswith("\u00ad"):
            text = text[:-1] + line
        elif not text or _OPEN_HYPHEN.search(text):
            text += line
        else:
            text += " " + line
    return nfc(text.replace("\u00ad", ""))


def is_labelled(text: str) -> bool:
    """Whether a text begins with the label of a list or heading: "1.", "1.4.2", "a)", "-"; never with a date or number.

    >>> is_labelled("a) Ban hành kế hoạch"), is_labelled("0,5 điểm"), is_labelled("năm 2019")
    (True, False, False)
    """
    return _LABEL.match(text) is not None


def paragraph_of(lines: Sequence[Line], page: int | None, align: str | None = None) -> Paragraph:
    """The paragraph that these lines make."""
    pieces = [piece for line in lines for piece in line.pieces]
    box = pieces[0].word.box
    for piece in pieces[1:]:
        box = box.union(piece.word.box)
    measured = [piece.word.confidence for piece in pieces if piece.word.confidence is not None]
    return Paragraph(
        joined_text([line.text for line in lines]),
        Place(page, box),
        _runs(lines),
        tuple(piece.word for piece in pieces),
        align,
        min(measured) if measured else None,
    )


def _runs(lines: Sequence[Line]) -> tuple[Run, ...]:
    """Stretches of one style; the texts of the runs together are the text of the paragraph."""
    runs: list[Run] = []
    for line in lines:
        for piece in line.pieces:
            text = piece.word.text
            if runs:
                last = runs[-1]
                at_line_start = piece is line.pieces[0]
                glue = "" if at_line_start and (_OPEN_HYPHEN.search(last.text) or last.text.endswith("\u00ad")) else " "
                runs[-1] = last = Run(last.text.removesuffix("\u00ad") + glue, last.bold, last.italic, last.font)
                if (last.bold, last.italic, last.font) == (piece.bold, piece.italic, piece.font):
                    runs[-1] = Run(last.text + text, last.bold, last.italic, last.font)
                    continue
            runs.append(Run(text, piece.bold, piece.italic, piece.font))
    return tuple(Run(nfc(run.text.replace("\u00ad", "")), run.bold, run.italic, run.font) for run in runs)


def paragraphs_of(
    lines: Sequence[Line], page: int | None, bounds: tuple[float, float] | None = None
) -> tuple[Paragraph, ...]:
    """The paragraphs of one column of lines; `bounds` are the edges of the page's print, for `align`.

    A new paragraph begins after a wider gap; where the line before had room for the first word of the next; at a list
    label or an indented line after an ended one; where bold begins or ends with a capital letter.
    """
    if not lines:
        return ()
    left = min(line.box.x0 for line in lines)
    right = max(line.box.x1 for line in lines)
    usual = _usual_step(lines)
    groups: list[list[Line]] = [[lines[0]]]
    reaches = _axis_reaches(lines)
    for line, reach in zip(lines[1:], reaches[1:], strict=True):
        if _begins(groups[-1][-1], line, left, right, usual, reach):
            groups.append([line])
        else:
            groups[-1].append(line)
    if bounds is not None:
        left, right = min(left, bounds[0]), max(right, bounds[1])
    return tuple(paragraph_of(group, page, _align(group, left, right)) for group in groups)


def _usual_step(lines: Sequence[Line]) -> float:
    """The distance from line to line inside a paragraph, in sizes of the letter: the lower quarter of what is there."""
    steps = sorted((below.box.bottom - above.box.bottom) / above.size for above, below in pairwise(lines))
    steps = [step for step in steps if 0.8 <= step <= 2.2]
    return steps[len(steps) // 4] if steps else 1.3


def _axis_reaches(lines: Sequence[Line]) -> list[float]:
    """For each line the right edge of the widest among the centred lines it stands in a row with."""
    reaches = [line.box.x1 for line in lines]
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for index in order:
            other = index - order.step
            if _concentric(lines[index], lines[other]):
                reaches[index] = max(reaches[index], reaches[other])
    return reaches


def _begins(last: Line, line: Line, left: float, right: float, usual: float, reach: float) -> bool:
    """Whether `line` begins a paragraph after the line `last`; `reach` is the right edge of its centred neighbours."""
    text, before = line.text, last.text
    step = (line.box.bottom - last.box.bottom) / max(last.size, 1.0)
    low = text[:1].islower()
    ended = bool(_ENDED.search(before))
    if step > max(usual + 0.9, usual * 1.6) or step < 0:
        return True
    first_word = line.pieces[0].frame.width + 0.3 * last.size
    room = right - last.box.x1
    wide = step > usual + 0.3
    if _ALWAYS_FIRST.match(text):
        return True
    if _concentric(last, line):
        room = 2 * (reach - last.box.x1)  # a centred line leaves room on both sides
        restyled = (last.bold, last.italic) != (line.bold, line.italic) or abs(last.size - line.size) > 0.6
        opened = text.startswith("(") and before.count("(") <= before.count(")")
        recast = before.isupper() and not text.isupper()
        spare = room > first_word + 1.2 * last.size and not (low and not ended)
        return spare or restyled or wide or opened or recast or bool(_FORM.match(text))
    labelled = bool(_LABEL.match(text))
    if _HARD_LABEL.match(text) and (ended or room > 0.5 * last.size or wide):
        return True
    if room > first_word + 0.3 * last.size:
        return not (low and not ended and not wide and room < first_word + 2 * last.size)
    if low and not ended and not labelled:
        return False
    if wide or abs(last.size - line.size) > 1.5 or (last.bold != line.bold and not low):
        return True
    indented = line.box.x0 - last.box.x0 > 0.8 * line.size and line.box.x0 - left > 0.8 * line.size
    return (indented and (ended or not low)) or (labelled and ended)


def _concentric(above: Line, below: Line) -> bool:
    """Whether two lines of different length stand on one axis, as the lines of a title do."""
    return abs(above.centre - below.centre) < 0.6 * above.size and abs(above.box.x0 - below.box.x0) > 0.8 * above.size


def _align(group: Sequence[Line], left: float, right: float) -> str | None:
    middle = (left + right) / 2
    slack = 2.0
    if all(abs(line.centre - middle) < max(line.size, 0.03 * (right - left)) for line in group) and any(
        line.box.x0 - left > 1.5 * line.size for line in group
    ):
        return "center"
    if len(group) == 1:
        line = group[0]
        return "right" if right - line.box.x1 < slack and line.box.x0 - left > 0.4 * (right - left) else "left"
    full = [line for line in group[:-1] if right - line.box.x1 < slack]
    return "justify" if len(group) > 2 and len(full) == len(group) - 1 else "left"
