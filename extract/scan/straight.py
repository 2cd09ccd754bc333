"""Straightening a page: turned upright, skew taken out to a twentieth of a degree, warped ruling lines made straight.

The way back is kept, so that every box found on the straight picture is told in points of the original page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.clean import INK, Gray
from extract.scan.engines import Pixels
from normalize.place import Box

Floats = NDArray[np.float64]

MOST_SKEW = 8.0
"""Degrees; a sheet put in more crookedly than this is not what office scanners deliver."""
MOST_POINTS, FEW_POINTS = 40_000, 10_000


@dataclass(frozen=True, slots=True)
class Warp:
    """How far the original lies from the straight picture: polynomials in the place, in units of `size` pixels."""

    size: float
    down: tuple[float, ...] = ()
    across: tuple[float, ...] = ()

    def shift(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The pixels to add to a straight place to get the skewed one."""
        right = _terms(y / self.size, x / self.size) @ np.array(self.across) if self.across else np.zeros_like(x)
        below = _terms(x / self.size, y / self.size) @ np.array(self.down) if self.down else np.zeros_like(y)
        return right, below


def _terms(along: Floats, beside: Floats) -> Floats:
    """A line's course: a cubic along it, changing over the page."""
    return np.stack([along, along**2, along**3, along * beside, along**2 * beside, along * beside**2], axis=-1)


@dataclass(frozen=True, slots=True)
class Straight:
    """A straight, upright picture, and the way back to the page in points.

    `turn` is how many quarter turns clockwise the page was given, `back` the matrix from the straight picture to the
    turned one, `turned` the turned picture's width and height; `onto` that of the picture, where it is part of a page.
    """

    picture: Gray
    unit: float
    across: float
    down: float
    turn: int
    back: tuple[float, ...]
    turned: tuple[int, int]
    warp: Warp | None = None
    onto: tuple[float, ...] | None = None

    @property
    def dpi(self) -> int:
        return round(72 / self.across)

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the original page in points."""
        width, height = self.turned[0] * self.across, self.turned[1] * self.down
        return (height, width) if self.turn % 2 else (width, height)

    def box(self, at: Pixels) -> Box:
        """The place in points on the original page, origin at its top left corner."""
        xs: list[float] = [at.x0, at.x1, at.x1, at.x0]
        ys: list[float] = [at.y0, at.y0, at.y1, at.y1]
        if self.warp is not None:
            right, below = self.warp.shift(np.array(xs), np.array(ys))
            xs, ys = (right + xs).tolist(), (below + ys).tolist()
        # Four corners of every word: plain numbers are a good deal quicker here than arrays.
        places = [self._on_page(x, y) for x, y in zip(xs, ys, strict=True)]
        xs, ys = [x for x, _ in places], [y for _, y in places]
        return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))

    def _on_page(self, x: float, y: float) -> tuple[float, float]:
        """A place on the skewed, turned picture in points on the original page."""
        a, b, c, d, e, f = self.back
        x, y = a * x + b * y + c, d * x + e * y + f
        width, height = self.turned
        if self.turn == 1:
            x, y = y, width - x
        elif self.turn == 2:
            x, y = width - x, height - y
        elif self.turn == 3:
            x, y = height - y, x
        x, y = x * self.across, y * self.down
        if self.onto is None:
            return x, y
        a, b, c, d, e, f, g, h, i = self.onto
        far = g * x + h * y + i
        return (a * x + b * y + c) / far, (d * x + e * y + f) / far


def turned(picture: Gray, turn: int) -> Gray:
    """The picture after so many quarter turns clockwise."""
    codes = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return np.asarray(cv2.rotate(picture, codes[turn]), np.uint8) if turn else picture


def skew_of(picture: Gray) -> float:
    """The angle in degrees, to 0.05, by which the lines of text and the ruling lines fall to the right.

    At the right angle the ink of a line falls into few rows: the sum of squares over the rows is greatest.
    """
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(half < INK + 30)
    if len(ys) < 200:
        return 0.0
    # A fixed step over the rows would favour some; a seeded choice favours none and is the same every time.
    chosen = np.random.default_rng(7).choice(len(ys), min(len(ys), MOST_POINTS), replace=False)
    ys, xs = ys[chosen], xs[chosen]
    x, y = xs - half.shape[1] / 2, ys.astype(float)

    def sharpness(angle: float, step: int = 1) -> float:
        rows = (y[::step] - x[::step] * math.tan(math.radians(angle)) + 2000).astype(np.int64)
        counts = np.bincount(rows).astype(float)
        return float((counts**2).sum())

    # A part of the chosen points tells where to look closely.
    some = max(1, len(ys) // FEW_POINTS)
    best = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.01, 0.4), key=lambda angle: sharpness(angle, some))
    for step in (0.1, 0.05):
        best = max(np.arange(best - 4 * step, best + 4.01 * step, step), key=sharpness)
    return round(float(best), 3)


def straighten(picture: Gray, angle: float, across: float, down: float, turn: int) -> Straight:
    """The turned picture with the skew taken out, on a sheet of the same size."""
    height, width = picture.shape
    unit = 72 / across / 200
    if abs(angle) < 0.04:
        return Straight(picture, unit, across, down, turn, (1, 0, 0, 0, 1, 0), (width, height))
    forth = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    back = cv2.invertAffineTransform(forth)
    flat = cv2.warpAffine(picture, forth, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    values = tuple(float(value) for value in back.ravel())
    return Straight(np.asarray(flat, np.uint8), unit, across, down, turn, values, (width, height))


def outlines(mask: Gray) -> list[tuple[Any, tuple[int, int, int, int]]]:
    """The outlines of the shapes in a thinly filled mask, each with its left, top, width and height."""
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    boxes = (cv2.boundingRect(outline) for outline in found)
    return [(outline, (box[0], box[1], box[2], box[3])) for outline, box in zip(found, boxes, strict=True)]


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one ruling line: places along it and how far off its middle it runs there, in pixels."""

    along: tuple[float, ...]
    beside: tuple[float, ...]


def courses(mask: Gray, least: float) -> tuple[Course, ...]:
    """The courses of the horizontal lines in a mask that are at least so long."""
    found = []
    for outline, (x, y, width, height) in outlines(mask):
        if width < least or height > 0.05 * width + 12:
            continue
        shape = np.zeros((height, width), np.uint8)
        cv2.drawContours(shape, [outline], -1, 1, cv2.FILLED, offset=(-x, -y))
        part = (shape * mask[y : y + height, x : x + width]) > 0
        # A place every few pixels is enough, and columns where a letter sits on the line are voted down.
        at = np.arange(0, width, 8)
        columns = part[:, at]
        filled = columns.any(axis=0)
        thick = columns.sum(axis=0)
        good = filled & (thick <= np.median(thick[filled]) + 1)
        if good.sum() < 8:
            continue
        middle = (columns * np.arange(height)[:, None]).sum(axis=0)[good] / thick[good] + y
        found.append(Course(tuple((at[good] + x).astype(float)), tuple(middle.astype(float))))
    return tuple(found)


def warp_of(across: tuple[Course, ...], down: tuple[Course, ...], size: float) -> Warp | None:
    """The warp that makes the given lines straight; None where they are straight to a pixel already."""
    below = _fit(across, size)
    right = _fit(down, size)
    if below is None and right is None:
        return None
    return Warp(size, below or (), right or ())


def _fit(lines: tuple[Course, ...], size: float) -> tuple[float, ...] | None:
    """The least squares course over all lines, each with a height of its own."""
    if not lines:
        return None
    terms, offs = [], []
    for line in lines:
        along, beside = np.array(line.along), np.array(line.beside)
        middle = np.full_like(along, np.median(beside))
        own = _terms(along / size, middle / size)
        terms.append(own - own.mean(axis=0))
        offs.append(beside - beside.mean())
    matrix, off = np.concatenate(terms), np.concatenate(offs)
    if len(off) < 40:
        return None
    ridge = 1e-3 * len(off) * np.eye(matrix.shape[1])
    weights = np.linalg.solve(matrix.T @ matrix + ridge, matrix.T @ off)
    fitted = matrix @ weights
    before, after = (float(np.percentile(np.abs(rest), 95)) for rest in (off, off - fitted))
    if before < 1.5 or after > 0.7 * before:
        return None
    return tuple(float(weight) for weight in weights)


def unwarped(straight: Straight, warp: Warp) -> Straight:
    """The picture with the warp taken out."""
    height, width = straight.picture.shape
    # The warp is smooth: worked out on a coarse net and stretched.
    xs, ys = np.meshgrid(np.linspace(0, width - 1, 65), np.linspace(0, height - 1, 65))
    right, below = warp.shift(xs, ys)
    net_x = cv2.resize((right).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    net_y = cv2.resize((below).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    map_x = net_x + np.arange(width, dtype=np.float32)[None, :]
    map_y = net_y + np.arange(height, dtype=np.float32)[:, None]
    flat = cv2.remap(straight.picture, map_x, map_y, cv2.INTER_CUBIC, borderValue=255)
    return replace(straight, picture=np.asarray(flat, np.uint8), warp=warp)
