"""Print of which a hard threshold took the thin strokes: letters fall apart into their stems."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.clean import Gray
from extract.scan.shapes import Shapes

BROKEN = 0.18
"""So many of the shapes as tall as letters are lone stems. Measured: at most 0.01 of whole print with serifs and 0.11
of print without (l, i, 1); 0.2 to 0.7 where the hairlines are gone."""
STEM = 0.3
"""A stem is no wider than this; in heights of a small letter, as is the thickening below."""
THICKER = 0.13


def thickened(even: Gray, small: float) -> Gray:
    """The evened picture with thicker strokes, so that letters that fell apart close again."""
    size = max(2, round(THICKER * small))
    return np.asarray(cv2.erode(even, np.ones((size, size), np.uint8)), np.uint8)


def stems(shapes: Shapes, small: float) -> float:
    """The share of narrow uprights among the shapes of the height of letters."""
    wide, high = shapes.stats[1:, cv2.CC_STAT_WIDTH], shapes.stats[1:, cv2.CC_STAT_HEIGHT]
    letters = (high >= 0.75 * small) & (high < 2.4 * small) & (wide < 3 * small)
    return float((letters & (wide < STEM * small)).sum() / max(int(letters.sum()), 1))
