"""Connected shapes of a mask, many and few."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.scan.engines import Pixels
from extract.scan.shapes import extent_of, shapes_of


@pytest.mark.parametrize(("side", "shapes"), [(20, 100), (600, 90_000)])
def test_shapes_are_counted_however_many_they_are(side: int, shapes: int) -> None:
    ink = np.zeros((side, side), np.uint8)
    ink[::2, ::2] = 1
    assert shapes_of(ink).number == shapes + 1


def test_shapes_are_those_of_wide_labels() -> None:
    ink = (np.random.default_rng(3).random((400, 500)) < 0.3).astype(np.uint8)
    found = shapes_of(ink)
    number, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    assert found.number == number
    assert (found.labels == labels).all()
    assert (found.stats == stats).all()


def test_chosen_shapes_make_a_mask() -> None:
    ink = np.array([[1, 0, 1], [1, 0, 1]], np.uint8)
    assert shapes_of(ink).where(np.array([False, False, True])).tolist() == [[0, 0, 1], [0, 0, 1]]


def test_the_extent_of_a_mask() -> None:
    ink = np.zeros((10, 12), np.uint8)
    assert extent_of(ink).width == 0
    ink[2:5, 3:9] = 1
    assert extent_of(ink) == Pixels(3, 2, 9, 5)
