"""Sheets that hold more or less than a page: photographs, two pages side by side, print that fell apart."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract.document import Page, Paragraph
from extract.scan.broken import BROKEN, stems, thickened
from extract.scan.engines import Pixels
from extract.scan.glyphs import roman_of
from extract.scan.halves import gutter_of, side_by_side
from extract.scan.outline import laid_flat
from extract.scan.render import Picture, with_square_pixels
from extract.scan.shapes import Shapes, shapes_of
from extract.scan.straight import straighten
from normalize.place import Place
from tests.scanning import Gray, paper, ruled, write


def printed(width: int, height: int, lines: int = 20) -> Gray:
    """A page of lines of print within margins."""
    page = paper(width, height)
    for line in range(lines):
        write(page, "Cong tac chi dao dieu hanh 2,25" * 2, 60, 80 + line * (height - 120) // lines, 0.7)
    page[:, width - 60 :] = 255
    return page


def as_picture(pixels: Gray) -> Picture:
    rows, columns = pixels.shape[:2]
    return Picture(pixels, 72 / 150, 72 / 150, columns * 72 / 150, rows * 72 / 150)


def photographed(page: Gray) -> tuple[Gray, np.ndarray]:
    """The page askew on a dark table, and the places of its corners."""
    height, width = page.shape
    corners = np.array([[150, 120], [840, 180], [900, 1150], [90, 1100]], np.float32)
    forth = cv2.getPerspectiveTransform(
        np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32), corners
    )
    ground = np.full((1280, 1000), 50, np.uint8)
    return cv2.warpPerspective(page, forth, (1000, 1280), dst=ground, borderMode=cv2.BORDER_TRANSPARENT), corners


def test_a_photographed_sheet_is_laid_flat_and_its_places_lead_back() -> None:
    picture, corners = photographed(printed(800, 1131))
    given = as_picture(picture)
    flat = laid_flat(given)
    rows, columns = flat.pixels.shape
    assert rows / columns == pytest.approx(2**0.5, rel=0.01)
    assert (flat.pixels[5:-5, 5:-5] < 100).mean() < 0.2  # the table is gone
    assert (flat.width, flat.height) == (given.width, given.height)
    straight = replace(straighten(flat.pixels, 0.0, flat.across, flat.down, 0), onto=flat.onto)
    box = straight.box(Pixels(0, 0, columns, rows))
    wanted = corners * 72 / 150
    assert [box.x0, box.top, box.x1, box.bottom] == pytest.approx(
        [wanted[:, 0].min(), wanted[:, 1].min(), wanted[:, 0].max(), wanted[:, 1].max()], abs=4
    )


@pytest.mark.parametrize("picture", [printed(800, 1131), np.full((1131, 800), 40, np.uint8)], ids=["scan", "black"])
def test_a_scan_is_no_photograph(picture: Gray) -> None:
    given = as_picture(picture)
    assert laid_flat(given) is given


def test_two_pages_on_a_sheet_are_cut_between_them() -> None:
    sheet = np.hstack([printed(800, 1131), printed(800, 1131)])
    cut = gutter_of(sheet)
    assert cut is not None
    assert 700 < cut < 900
    cv2.line(sheet, (cut, 0), (cut, 1130), 60, 5)  # the fold
    assert gutter_of(sheet) is not None


def test_a_landscape_page_is_one_page() -> None:
    table = ruled(1600, 1131, [60, 300, 760, 1540], list(range(200, 1000, 40)))
    assert gutter_of(table) is None
    titled = np.hstack([printed(800, 1131), printed(800, 1131)])
    write(titled, "BANG TONG HOP KET QUA CHI SO CAI CACH HANH CHINH", 400, 40)
    assert gutter_of(titled) is None
    signatures = np.hstack([printed(800, 1131, 5), printed(800, 1131, 5)])
    assert gutter_of(signatures) is None
    assert gutter_of(printed(800, 1131)) is None


def test_pages_of_a_sheet_are_read_one_after_the_other() -> None:
    left, right = (
        Page(1, (Paragraph(text, Place(1)),), 842, 595, method="ocr", why=why)
        for text, why in (("một", None), ("hai", "blank"))
    )
    assert side_by_side(left, right) == Page(1, (*left.blocks, *right.blocks), 842, 595, method="ocr")


def ink_of(picture: Gray) -> Shapes:
    return shapes_of((picture < 128).view(np.uint8))


def test_strokes_of_broken_print_are_joined() -> None:
    assert stems(ink_of(printed(800, 1131)), 14) < BROKEN
    stripes = paper(800, 1131)
    for x in range(60, 700, 12):
        stripes[100:118, x : x + 3] = 0
    assert stems(ink_of(stripes), 14) == 1.0
    assert (thickened(stripes, 14) < 128).sum() > (stripes < 128).sum()


def test_the_dots_of_a_fax_are_made_square() -> None:
    fax = Picture(paper(1728, 1143), 72 / 204, 72 / 98, 610.0, 840.0)
    square = with_square_pixels(fax)
    assert square.pixels.shape == (2379, 1728)
    assert (square.width, square.height) == (610.0, 840.0)
    assert square.down == pytest.approx(square.across)
    scan = as_picture(paper(800, 1131))
    assert with_square_pixels(scan) is scan


@pytest.mark.parametrize(("five", "strokes"), [(False, 1), (False, 3), (True, 0), (True, 1), (True, 2), (True, 3)])
def test_strokes_of_roman_numbers_are_counted(five: bool, strokes: int) -> None:
    picture = paper(120, 40)
    if five:
        cv2.line(picture, (5, 8), (14, 30), 0, 2)
        cv2.line(picture, (14, 30), (23, 8), 0, 2)
    for number in range(strokes):
        cv2.rectangle(picture, (32 + 12 * number, 8), (34 + 12 * number, 30), 0, cv2.FILLED)
    assert roman_of(picture, Pixels(0, 0, 120, 40), 14.0) == "V" * five + "I" * strokes


def test_wide_letters_are_no_strokes() -> None:
    picture = paper(120, 40)
    write(picture, "VX", 5, 30, 1.0)
    assert roman_of(picture, Pixels(0, 0, 120, 40), 14.0) is None
