"""Cleaning and straightening of scanned pages."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.scan.clean import INK, evened, letters_of, without_colour, without_speckles
from extract.scan.engines import Pixels
from extract.scan.lines import without_warp
from extract.scan.shapes import shapes_of
from extract.scan.straight import skew_of, straighten, turned
from extract.scan.upright import is_sideways
from tests.scanning import Gray, paper, ruled, write


def page_of_lines() -> Gray:
    picture = paper(1200, 900)
    for at in range(18):
        write(picture, "Cai cach hanh chinh nam nay dat ket qua tot hon", 120, 100 + 42 * at)
    return picture


def rotated(picture: Gray, angle: float) -> Gray:
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), borderValue=255), np.uint8)


@pytest.mark.parametrize("angle", [-3.0, -0.7, 0.0, 0.4, 2.2])
def test_skew_is_found_to_a_tenth_of_a_degree(angle: float) -> None:
    assert skew_of(rotated(page_of_lines(), -angle)) == pytest.approx(angle, abs=0.1)


def test_places_are_told_on_the_page_as_it_was() -> None:
    picture = page_of_lines()
    skewed = rotated(picture, -2.0)
    straight = straighten(skewed, 2.0, 0.36, 0.36, 0)
    box = straight.box(Pixels(590, 440, 610, 460))
    assert (box.x0 + box.x1) / 2 == pytest.approx(600 * 0.36, abs=1)
    corner = straight.box(Pixels(1000, 440, 1020, 460))
    assert (corner.top + corner.bottom) / 2 == pytest.approx((450 + 410 * np.sin(np.radians(2))) * 0.36, abs=1)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_places_of_a_turned_page(turn: int) -> None:
    picture = paper(300, 200)
    picture[20:30, 40:60] = 0
    upright = turned(picture, turn)
    ys, xs = np.nonzero(upright < INK)
    straight = straighten(upright, 0.0, 0.5, 0.5, turn)
    box = straight.box(Pixels(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    assert (box.x0, box.top, box.x1, box.bottom) == (20.0, 10.0, 30.0, 15.0)
    assert straight.page == (150.0, 100.0)


def test_sideways_pages_are_told() -> None:
    picture = page_of_lines()
    assert not is_sideways(picture)
    assert not is_sideways(turned(picture, 2))
    assert is_sideways(turned(picture, 1))
    assert is_sideways(turned(picture, 3))


def test_warped_rules_are_made_straight() -> None:
    flat = ruled(1400, 900, [100, 400, 800, 1300], [100, 300, 500, 800])
    y, x = np.mgrid[0:900, 0:1400].astype(np.float32)
    bent = cv2.remap(flat, x, y + (12 * np.sin(x / 450)).astype(np.float32), cv2.INTER_LINEAR, borderValue=255)
    straight, strokes = without_warp(straighten(np.asarray(bent, np.uint8), 0.0, 0.36, 0.36, 0))
    assert straight.warp is not None
    rows = np.nonzero(strokes.across.sum(axis=1) > 400)[0]
    assert len(rows) <= 4 * 6


def test_uneven_light_goes() -> None:
    shade = np.linspace(0.55, 1.0, 1200)[None, :]
    even = evened((page_of_lines() * shade).astype(np.uint8), 1.0)
    assert float((even[:, :60] > 240).mean()) > 0.99
    heights = [letters_of(shapes_of((one < INK).astype(np.uint8))).small for one in (even, page_of_lines())]
    assert heights[0] == pytest.approx(heights[1], abs=1)


def test_specks_go_and_points_stay() -> None:
    picture = paper(400, 120)
    write(picture, "1.4", 40, 80)
    clean = picture.copy()
    for x, y in ((250, 30), (300, 90), (352, 60)):
        picture[y : y + 3, x : x + 3] = 0
    assert np.array_equal(without_speckles(picture, 15.0), clean)


def test_a_red_seal_is_lifted_off_the_print() -> None:
    picture = np.full((300, 500, 3), 255, np.uint8)
    cv2.circle(picture, (250, 150), 90, (215, 60, 60), 8)
    cv2.putText(picture, "0,75", (120, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 3)
    print_only = np.full((300, 500), 255, np.uint8)
    cv2.putText(print_only, "0,75", (120, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)
    lifted = without_colour(picture, 1.0)
    wrong = (lifted < INK) != (print_only < INK)
    assert float(wrong.mean()) < 0.001


def test_a_red_word_is_text() -> None:
    picture = np.full((100, 400, 3), 255, np.uint8)
    cv2.putText(picture, "0,75", (40, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (200, 0, 0), 2)
    assert int((without_colour(picture, 1.0) < INK).sum()) > 100
