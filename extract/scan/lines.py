"""Ruling lines on a straight picture: masks of the long horizontal and vertical strokes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.clean import Gray
from extract.scan.straight import Straight, courses, outlines, unwarped, warp_of

FAINT = 190
"""Hairlines come out paler than letters: darker than this may belong to a line."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """Masks (0 or 1) of the horizontal and the vertical strokes that are long enough to rule a table."""

    across: Gray
    down: Gray


def strokes_of(picture: Gray, unit: float) -> Strokes:
    """The long strokes of an evened, straight picture.

    A stroke may step by a pixel on its way and have gaps of a few pixels, as hairlines on a copy have. The rows of
    serifs and the stems of letters make short strokes too: a short one counts only where it ends at strokes of the
    other direction.
    """
    dark = (picture < FAINT).astype(np.uint8)
    across = _long(dark, round(60 * unit), unit, flat=True)
    down = _long(dark, round(26 * unit), unit, flat=False)
    sure = _kept(across, np.zeros_like(across), dark, round(150 * unit), unit, flat=True)
    down = _kept(down, sure, dark, round(64 * unit), unit, flat=False)
    return Strokes(_kept(across, down, dark, round(150 * unit), unit, flat=True), down)


def _long(dark: Gray, length: int, unit: float, *, flat: bool) -> Gray:
    """What is left of the dark when only runs of that length along one direction stay."""
    step = (2, 1) if flat else (1, 2)
    gap = max(3, round(3 * unit)) | 1

    def bar(size: int) -> Gray:
        shape = (1, size) if flat else (size, 1)
        return np.ones(shape, np.uint8)

    # A stroke that steps sideways by a pixel is bridged by thickening it first.
    thick = cv2.dilate(dark, np.ones(step, np.uint8))
    joined = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, bar(gap))
    runs = cv2.morphologyEx(joined, cv2.MORPH_OPEN, bar(length))
    thin = np.asarray(cv2.bitwise_and(runs, cv2.dilate(dark, bar(gap))), np.uint8)
    return _without_solids(thin, unit, flat=flat)


def _kept(mask: Gray, crossing: Gray, dark: Gray, sure: int, unit: float, *, flat: bool) -> Gray:
    """The strokes that are long enough to be sure, or end at crossing strokes: at both ends, or, lying flat, at one
    with paper on both sides."""
    kept = np.zeros_like(mask)
    near = max(3, round((7 if flat else 4) * unit))
    for outline, (x, y, width, height) in outlines(mask):
        length = width if flat else height
        fits = length >= sure
        if not fits:
            ends = _ends(crossing, x, y, width, height, near, flat=flat)
            fits = ends == 2 or (flat and ends == 1 and _bare(dark, x, y, width, height, unit))
        if fits:
            cv2.drawContours(kept, [outline], -1, 1, cv2.FILLED)
    return kept * mask


def _ends(crossing: Gray, x: int, y: int, width: int, height: int, near: int, *, flat: bool) -> int:
    """At how many of its two ends a stroke meets crossing ones."""
    top, left = max(0, y - near), max(0, x - near)
    if flat:
        first = crossing[top : y + height + near, left : x + near]
        last = crossing[top : y + height + near, max(0, x + width - near) : x + width + near]
    else:
        first = crossing[top : y + near, left : x + width + near]
        last = crossing[max(0, y + height - near) : y + height + near, left : x + width + near]
    return int(first.any()) + int(last.any())


def _bare(dark: Gray, x: int, y: int, width: int, height: int, unit: float) -> bool:
    """Whether there is mostly paper above and below a flat stroke: at a row of serifs stand the letters."""
    near, far = max(2, round(3 * unit)), max(4, round(6 * unit))
    above = dark[max(0, y - far) : max(0, y - near), x : x + width]
    below = dark[y + height + near : y + height + far, x : x + width]
    return all(side.size == 0 or float(side.mean()) < 0.15 for side in (above, below))


def _without_solids(mask: Gray, unit: float, *, flat: bool) -> Gray:
    """Dark areas (a shadow at the edge, a filled cell, a picture) are no lines: what is thick goes."""
    size = max(8, round(12 * unit))
    kernel = np.ones((size, 1) if flat else (1, size), np.uint8)
    solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)
    if not solid.any():
        return np.asarray(mask, np.uint8)
    return np.asarray(cv2.subtract(mask, cv2.dilate(solid, np.ones((3, 3), np.uint8))), np.uint8)


def without_warp(straight: Straight) -> tuple[Straight, Strokes]:
    """The picture with the ruling lines made straight where they are not, and its strokes."""
    found = strokes_of(straight.picture, straight.unit)
    height, width = straight.picture.shape
    across = courses(found.across, 0.2 * width)
    down = courses(np.asarray(cv2.transpose(found.down), np.uint8), 0.12 * height)
    warp = warp_of(across, down, float(max(width, height)))
    if warp is None:
        return straight, found
    flat = unwarped(straight, warp)
    return flat, strokes_of(flat.picture, flat.unit)
