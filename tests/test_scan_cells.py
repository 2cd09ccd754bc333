"""Cells of numbers on a scan in which the plain reading found nothing."""

from __future__ import annotations

import cv2

from extract.scan.engines import Pixels
from extract.scan.sheet import Sheet
from extract.scan.straight import straighten
from extract.scan.text import digits_within
from tests.scanning import Gray, paper, write

SMALL = 14.0
CELL = Pixels(0, 0, 160, 120)


def found(picture: Gray) -> Pixels | None:
    return digits_within(Sheet.of(straighten(picture, 0.0, 0.36, 0.36, 0), picture, SMALL), CELL)


def cell(*texts: tuple[str, int]) -> Gray:
    """A cell with a text on each base line."""
    picture = paper(CELL.width, CELL.height)
    for text, base in texts:
        write(picture, text, 40, base)
    return picture


def test_a_numeral_is_found_among_specks_elsewhere_in_the_cell() -> None:
    clean = found(cell(("0,5", 40)))
    assert clean is not None
    assert 18 <= clean.height <= 26
    specked = cell(("0,5", 40))
    for x, y in ((20, 90), (140, 100), (80, 75)):
        cv2.rectangle(specked, (x, y), (x + 4, y + 4), 0, cv2.FILLED)
    assert found(specked) == clean


def test_a_digit_that_lost_a_piece_of_its_stroke_is_still_one() -> None:
    broken = cell(("1", 40))
    broken[30:33] = 255
    assert found(broken) is not None


def test_specks_alone_the_rest_of_a_line_and_several_lines_are_no_numeral() -> None:
    specks = paper(CELL.width, CELL.height)
    cv2.rectangle(specks, (80, 60), (85, 65), 0, cv2.FILLED)
    assert found(specks) is None
    line = paper(CELL.width, CELL.height)
    cv2.line(line, (2, 0), (2, 119), 0, 2)
    assert found(line) is None
    assert found(cell(("0,5", 40), ("1,5", 100))) is None
    assert found(paper(CELL.width, CELL.height)) is None
