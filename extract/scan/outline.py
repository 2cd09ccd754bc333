"""A sheet photographed on something darker: its four corners are found and it is laid flat."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.clean import Gray
from extract.scan.render import Picture, Pixmap

Corners = NDArray[np.float32]

_LOOKED_AT = 600
"""Corners are looked for on a picture of so many pixels: two of its pixels are a hair on paper."""
_RING, _DARK = 0.02, 0.7
"""So much of the outermost ring of the picture, this wide, is not paper; a scanned page is paper up to its edge."""
_STEP = 5
_LEAST, _MOST = 0.2, 0.97
"""The sheet's share of the picture."""
_FOUR_SIDED = 0.93
"""The sheet fills so much of its four corners: a hand or a second sheet on it makes another shape."""
_LONG = 3400
"""A flattened sheet is no larger, in pixels: A4 at 290 dots per inch."""
_A4 = 842.0
"""The long side of an A4 sheet in points; its sides are as 1 to the root of 2."""


def laid_flat(picture: Picture) -> Picture:
    """The sheet alone, without perspective, with the way back to the picture; the picture itself where it is all
    paper or no four corners show."""
    corners = _corners(picture)
    if corners is None:
        return picture
    top, right, bottom, left = (
        float(np.linalg.norm(corners[first] - corners[last])) for first, last in ((0, 1), (1, 2), (2, 3), (3, 0))
    )
    wide, high = max(top, bottom), max(left, right)
    if 1.2 <= max(wide, high) / min(wide, high) <= 1.65:
        long = max(wide, high, min(wide, high) * 2**0.5)
        wide, high = (long / 2**0.5, long) if high >= wide else (long, long / 2**0.5)
        points = _A4 / long, _A4 / long
    else:
        points = picture.across, picture.down
    scale = min(1.0, _LONG / max(wide, high))
    columns, rows = round(wide * scale), round(high * scale)
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    forth = cv2.getPerspectiveTransform(corners, flat)
    pixels = cv2.warpPerspective(picture.pixels, forth, (columns, rows), flags=cv2.INTER_CUBIC)
    across, down = points[0] / scale, points[1] / scale
    back = np.diag([picture.across, picture.down, 1.0]) @ np.linalg.inv(forth) @ np.diag([1 / across, 1 / down, 1.0])
    return replace(picture, pixels=np.asarray(pixels, np.uint8), across=across, down=down, onto=_values(back))


def _values(matrix: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(value) for value in matrix.ravel())


def _corners(picture: Picture) -> Corners | None:
    """The corners of the sheet in pixels, from the top left one clockwise; None where there is no outline."""
    rows, columns = picture.pixels.shape[:2]
    scale = _LOOKED_AT / max(rows, columns)
    if scale >= 1:
        return None
    if not _may_be_dark_around(picture.pixels):
        return None
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    small = cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA)
    gray: Gray = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) if small.ndim == 3 else small, np.uint8)
    threshold, bright = cv2.threshold(gray, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    wide = max(2, round(_RING * min(size)))
    ring = np.ones(gray.shape, bool)
    ring[wide:-wide, wide:-wide] = False
    if float((gray[ring] <= threshold).mean()) < _DARK:
        return None
    # Tables and pictures on the sheet are dark too: they are closed, and what still shows is inside the outline.
    reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (13, 13))
    bordered = cv2.copyMakeBorder(np.asarray(bright, np.uint8), 13, 13, 13, 13, cv2.BORDER_CONSTANT, value=0)
    sheet = cv2.morphologyEx(bordered, cv2.MORPH_CLOSE, reach)[13:-13, 13:-13]
    sheet = cv2.morphologyEx(sheet, cv2.MORPH_OPEN, reach)
    found, _ = cv2.findContours(np.ascontiguousarray(sheet), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return None
    largest = max(found, key=cv2.contourArea)
    area = cv2.contourArea(largest)
    if not _LEAST <= area / gray.size <= _MOST:
        return None
    hull = cv2.convexHull(largest)
    around = cv2.arcLength(hull, True)
    for share in np.arange(0.01, 0.06, 0.005):
        four = cv2.approxPolyDP(hull, float(share) * around, True)
        if len(four) <= 4:
            break
    if len(four) != 4 or not _FOUR_SIDED <= area / cv2.contourArea(four) <= 2 - _FOUR_SIDED:
        return None
    return _clockwise((four.reshape(4, 2).astype(np.float32) + 0.5) / np.float32(scale))


def _may_be_dark_around(pixels: Pixmap) -> bool:
    """Whether the outermost ring may be dark, told by single pixels: nearly all pages are scans with paper there."""
    few = pixels[::_STEP, ::_STEP]
    gray = few if few.ndim == 2 else few[:, :, 1]
    threshold, _ = cv2.threshold(np.ascontiguousarray(gray), 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    wide = max(1, round(_RING * min(gray.shape)))
    ring = np.ones(gray.shape, bool)
    ring[wide:-wide, wide:-wide] = False
    return float((gray[ring] <= threshold).mean()) >= _DARK / 2


def _clockwise(corners: Corners) -> Corners:
    """The corners from the one nearest the top left of the picture on."""
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]), kind="stable")
    turning = corners[order]
    return np.asarray(np.roll(turning, -int(turning.sum(axis=1).argmin()), axis=0), np.float32)
