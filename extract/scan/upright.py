"""Whether the lines of a page run up and down: the sheet lay sideways on the glass."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.clean import INK, Gray
from extract.scan.shapes import shapes_of

SIDEWAYS = 0.4
"""Of upright letters 66 to 100 in 100 have their nearest neighbour beside them (measured on clean, coarse and copied
pages); of sideways ones the same share has it above or below."""
ASKED = 300


def is_sideways(even: Gray) -> bool:
    """Whether the nearest neighbour of most letters stands above or below them.

    Letters of a word stand closer than lines do, whatever columns and tables the page has.
    """
    half = cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (half < INK + 30).astype(np.uint8)
    _, _, stats, centres = shapes_of(ink)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    longer, shorter = np.maximum(wide, high), np.minimum(wide, high)
    letter = (longer >= 6) & (longer <= 60) & (shorter >= 4)
    letter[0] = False
    places = centres[letter]
    if len(places) < 40:
        return False
    chosen = np.random.default_rng(7).choice(len(places), min(ASKED, len(places)), replace=False)
    x, y = places.astype(np.float32).T
    far = np.abs(x[chosen, None] - x)
    far += np.abs(y[chosen, None] - y)
    far[np.arange(len(chosen)), chosen] = np.inf
    nearest = far.argmin(axis=1)
    beside = np.abs(x[chosen] - x[nearest]) > np.abs(y[chosen] - y[nearest])
    return float(beside.mean()) < SIDEWAYS
