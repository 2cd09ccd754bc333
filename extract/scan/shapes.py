"""Connected shapes of ink on a picture, with their places and sizes."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.engines import Pixels

Mask = NDArray[np.uint8]
NARROW = 65_000
"""Labels of two bytes number a few more shapes than this."""


class Shapes(NamedTuple):
    """The shapes of a mask; 0 is the paper.

    `number` counts the paper too, `labels` tells for each pixel which shape it belongs to, `stats` holds left, top,
    width, height and area of each, `centres` its centre of gravity as x and y.
    """

    number: int
    labels: NDArray[Any]
    stats: NDArray[np.int32]
    centres: NDArray[np.float64]

    def where(self, chosen: NDArray[np.bool_]) -> Mask:
        """The mask of the chosen shapes; `chosen` has an entry for each, the paper first."""
        return np.asarray(np.take(chosen.astype(np.uint8), self.labels), np.uint8)


def shapes_of(ink: NDArray[Any]) -> Shapes:
    """The shapes of a mask (0 or 1); pixels that touch at a corner belong together."""
    # Narrow labels cost a third of wide ones, and a page has a few thousand shapes.
    found: Any = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U if _few(ink) else cv2.CV_32S)
    return Shapes(*found)


def _few(ink: NDArray[Any]) -> bool:
    """Whether narrow labels last, as they do not for the grain of a bad copy; libraries before 2025 do not look.

    Every label that is given out begins at a pixel with nothing on its left or above it.
    """
    if ink.size < NARROW:
        return True
    first = np.count_nonzero(ink[0]) + np.count_nonzero(ink[:, 0])
    return bool(first + np.count_nonzero(ink[1:, 1:] > (ink[:-1, 1:] | ink[1:, :-1])) < NARROW)


def extent_of(ink: NDArray[Any]) -> Pixels:
    """The rectangle that holds all of a mask; empty where nothing is set."""
    x, y, wide, high = cv2.boundingRect(ink)
    return Pixels(x, y, x + wide, y + high)
