"""Justified lines whose blanks are not written: words are told by their gaps, line by line."""

from __future__ import annotations

from extract.pdf.shapes import Glyph
from extract.pdf.words import pieces_of
from normalize.place import Box


def line(text: str, top: float, written_blanks: bool) -> list[Glyph]:
    """A line of 13 point letters, 6 points wide, with gaps of 3.8 points between words."""
    glyphs = []
    x = 85.0
    for letter in text:
        width = 3.8 if letter == " " else 6.0
        box = Box(x, top, x + width, top + 13)
        if letter != " " or written_blanks:
            glyphs.append(Glyph(letter, box, box, top + 10, 13.0, "Serif", False, False, 0))
        x += width
    return glyphs


def test_lines_with_and_without_blanks_on_one_page() -> None:
    first, second = "Ngày 25 Chủ tịch ban hành Quyết định công bố", "Theo đó huyện đạt điểm thẩm định như sau này"
    pieces = pieces_of(line(first, 100, False) + line(second, 120, True) + line(second, 140, True))
    words = [piece.word.text for piece in pieces]
    assert words == [*first.split(), *second.split(), *second.split()]
