"""A cleaned page, and what is read on it, in its pixels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.clean import Gray
from extract.scan.engines import Pixels
from extract.scan.straight import Straight
from normalize.value import Reading

BOLD = 1.2
"""Bold print has strokes at least so much thicker than the print of its page (measured: 1.3 to 1.45 times)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A cleaned page: `ink` without lines and specks, as it is; `smooth` the same, softened for the engine.

    `small` is the height of a small letter and `stroke` the thickness of the page's strokes, in pixels; 0 where no
    letters were found.
    """

    straight: Straight
    ink: Gray
    smooth: Gray
    small: float
    stroke: float

    @classmethod
    def of(cls, straight: Straight, cleaned: Gray, small: float) -> Sheet:
        # The hard edges that the evening of light leaves are softened: measured, half of the wrong digits go with them.
        smooth = cv2.GaussianBlur(cleaned, (0, 0), max(0.4, 0.03 * small))
        return cls(straight, cleaned, np.asarray(smooth, np.uint8), small, _stroke((cleaned < 128).astype(np.uint8)))


@dataclass(frozen=True, slots=True)
class SheetWord:
    """A word with its place in pixels of the sheet, and other readings of it."""

    text: str
    box: Pixels
    confidence: float
    others: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLine:
    words: tuple[SheetWord, ...]
    box: Pixels
    block: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def is_bold(sheet: Sheet, box: Pixels) -> bool:
    """Whether the print in a box has thicker strokes than the page has."""
    crop = (sheet.ink[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1] < 128).astype(np.uint8)
    return crop.size > 0 and sheet.stroke > 0 and _stroke(crop) > BOLD * sheet.stroke


def _stroke(ink: Gray) -> float:
    """The mean thickness of strokes in pixels: twice the ink over its outline."""
    inner = cv2.erode(ink, np.ones((3, 3), np.uint8))
    area = cv2.countNonZero(ink)
    outline = area - cv2.countNonZero(inner)
    return 2.0 * area / outline if outline else 0.0
