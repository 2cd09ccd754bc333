"""Ruling lines of which a hard threshold or a second copy left rows of dots and dashes.

No piece says much alone. Over a whole table they do: the pieces are thinner than print, and fall into few rows and
columns of pixels; prose has no thin pieces longer than a letter is high.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.clean import Gray
from extract.scan.lines import FAINT, Strokes
from extract.scan.shapes import Shapes, shapes_of

LEAST_DASHES, LEAST_PIECES, LEAST_IN_WHITE = 0.06, 0.11, 0.045
"""A worn line has dashes, or pieces of any length, on at least this share of the table's width or height. Measured: the
thin bits of letters that happen to stand in one row of pixels stay below 0.07; dirt between the columns, below 0.03."""
WHITE = 0.02
"""A row of pixels with less print than this runs between the lines of text, or between the columns."""
_LONG_FLAT, _LONG_DOWN = 30, 40
_PIECES = 3


def with_worn_lines(picture: Gray, found: Strokes, unit: float) -> Strokes:
    """The strokes with worn lines drawn out over the whole of their table; as they are where the page has none."""
    dark = (picture < FAINT).astype(np.uint8)
    shapes = shapes_of(dark)
    lying, lying_long = _thin(shapes, unit, flat=True)
    standing, standing_long = _thin(shapes, unit, flat=False)
    if min(lying_long, standing_long) < _PIECES:
        return found
    flat = np.asarray(cv2.bitwise_or(shapes.where(lying), found.across), np.uint8)
    down = np.asarray(cv2.bitwise_or(shapes.where(standing), found.down), np.uint8)
    letters = np.asarray(cv2.subtract(dark, cv2.bitwise_or(flat, down)), np.uint8)
    dashes = np.asarray(cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((1, round(10 * unit)), np.uint8)), np.uint8)
    frame = _frame(dashes, _opened(down, _LONG_DOWN * unit))
    if frame is None:
        return found
    top, bottom, left, right = frame
    within = slice(left, right)
    ys = _courses(flat[:, within], dashes[:, within], letters[:, within], unit)
    ys = [y for y in ys if top <= y <= bottom]
    if len(ys) < 2:
        return found
    top, bottom = ys[0], ys[-1] + 1
    # Slashes and ones of a column stand one below the other too, but never between the lines of text.
    between = top + np.nonzero(letters[top:bottom, within].mean(axis=1) < WHITE / 2)[0]
    tall = np.ascontiguousarray(down[between].T)
    xs = _courses(tall, np.zeros_like(tall), np.ascontiguousarray(letters[top:bottom].T), unit)
    if len(xs) < 3:
        return found
    # The outer border may be lost altogether: the flat lines run up to where it was.
    xs = [left] * (xs[0] - left > 25 * unit) + xs + [right - 1] * (right - xs[-1] > 25 * unit)
    # A dash that crosses an upright line is no thin piece of its own; close to a line it is told by its length.
    crossing = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(8 * unit)), np.uint8))
    flat = np.asarray(cv2.bitwise_or(flat, crossing), np.uint8)
    return _drawn(letters, flat, down, xs, ys, found, unit)


def _thin(shapes: Shapes, unit: float, *, flat: bool) -> tuple[NDArray[np.bool_], int]:
    """Which shapes are pieces thinner than print in one direction, and how many of them are longer than a letter."""
    wide, high = shapes.stats[:, 2], shapes.stats[:, 3]
    across, along = (high, wide) if flat else (wide, high)
    thin = (across <= max(3, round(4 * unit))) & (along >= 2)
    thin[0] = False
    return thin, int((thin & (along >= (_LONG_FLAT if flat else _LONG_DOWN) * unit)).sum())


def _opened(pieces: Gray, length: float) -> Gray:
    return np.asarray(cv2.morphologyEx(pieces, cv2.MORPH_OPEN, np.ones((round(length), 1), np.uint8)), np.uint8)


def _frame(flat: Gray, down: Gray) -> tuple[int, int, int, int] | None:
    """First and last row, first and last column of pixels that hold dashes."""
    rows, columns = np.nonzero((flat | down).any(axis=1))[0], np.nonzero(flat.any(axis=0))[0]
    return (
        (int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1) if len(rows) * len(columns) else None
    )


def _courses(pieces: Gray, dashes: Gray, letters: Gray, unit: float) -> list[int]:
    """The rows of pixels on which enough pieces lie, less where no print does; rows close together are one line."""
    near = np.ones((max(3, round(4 * unit)) | 1, 1), np.uint8)

    def share(mask: Gray) -> NDArray[np.float64]:
        return np.asarray(cv2.dilate(mask, near).mean(axis=1), np.float64)

    ink = share(pieces)
    ink -= np.median(ink)  # the grain of a copy lies everywhere
    full = (
        (share(dashes) >= LEAST_DASHES) | (ink >= LEAST_PIECES) | ((ink >= LEAST_IN_WHITE) & (share(letters) < WHITE))
    )
    rows = np.nonzero(full)[0]
    if not len(rows):
        return []
    groups = np.split(rows, np.nonzero(np.diff(rows) > 8 * unit)[0] + 1)
    return [round(float(np.average(group, weights=ink[group] ** 2))) for group in groups]


def _drawn(letters: Gray, flat: Gray, down: Gray, xs: list[int], ys: list[int], found: Strokes, unit: float) -> Strokes:
    """The lines from crossing to crossing; not where nothing is left of one, nor where it would run through words."""
    across, upright = found.across.copy(), found.down.copy()
    near = max(2, round(3 * unit))
    for y in ys:
        for left, right in pairwise(xs):
            band = slice(max(0, y - near), y + near + 1), slice(left, right)
            if np.count_nonzero(flat[band].max(axis=0)[near:-near]) >= 0.02 * (right - left):
                across[y - 1 : y + 2, left : right + 1] = 1
                across[band] |= flat[band]
    for x in xs:
        for top, bottom in pairwise(ys):
            band = slice(top, bottom), slice(max(0, x - near), x + near + 1)
            through = letters[top + near : bottom - near, x - 1 : x + 2].any(axis=1)
            if down[band].any(axis=1).mean() >= 0.2 or through.sum() <= 8 * unit:
                upright[top : bottom + 1, x - 1 : x + 2] = 1
                upright[band] |= down[band]
    return Strokes(across, upright)
