"""Cleaning a page's picture: coloured stamps out, light evened, speckles off, letters left alone.

All lengths are pixels; they scale with `unit`, which is 1 at 200 dpi.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.render import Pixmap
from extract.scan.shapes import Shapes, shapes_of

Gray = NDArray[np.uint8]

GLUED, TALL_TO_SMALL = 0.1, 1.42
"""Where so much of the ink is in shapes twice as wide as high, thick print runs together: what stands alone are digits
and capitals, so much higher than small letters. Measured: at most 0.03 where letters stand apart."""

INK = 128
"""In an evened picture paper is 255 and letters are near 0: darker than this is ink."""


def without_colour(pixels: Pixmap, unit: float) -> Gray:
    """The page in gray, red and blue stamps and signatures lifted off.

    Ink of a colour is bright in its own channel, black print is dark in all three: under a seal the brightest channel
    shows the letters without the seal. Only large coloured shapes are lifted: a coloured word is text.
    """
    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    red, green, blue = cv2.split(pixels)
    brightest = np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
    chroma = cv2.subtract(brightest, cv2.min(cv2.min(red, green), blue))
    coloured = (chroma > 50).astype(np.uint8)
    if not coloured.any():
        return gray
    stamp = _large_shapes(coloured, unit)
    if not stamp.any():
        return gray
    lifted = gray.copy()
    for own, others in ((red, blue), (blue, red)):
        ink = (stamp > 0) & (chroma > 40) & (own >= others)
        if ink.any():
            lifted[ink] = _above_seal(brightest[ink])
    return lifted


def _above_seal(levels: Gray) -> Gray:
    """Brightness under a seal with the seal's own ink made paper: print under it is clearly darker than the ink."""
    own = float(np.median(levels))
    return np.clip((levels / own - 0.5) * (255 / 0.38), 0, 255).astype(np.uint8)


def _large_shapes(coloured: Gray, unit: float) -> Gray:
    """The places of coloured shapes that are higher than two lines of text."""
    half = cv2.resize(coloured, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    reach = max(3, round(5 * unit)) | 1
    joined = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    shapes = shapes_of(joined)
    stats = shapes.stats
    tall, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    keep = (tall > 35 * unit) & (wide > 25 * unit)
    keep[0] = False
    grown = cv2.dilate(shapes.where(keep), np.ones((5, 5), np.uint8))
    height, width = coloured.shape
    return np.asarray(cv2.resize(grown, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


def evened(gray: Gray, unit: float) -> Gray:
    """The picture with paper at 255 and print near 0, whatever shade lay over the page.

    The paper's brightness is taken from the surroundings (print is thin: the brightest of a neighbourhood is paper),
    then the page is divided by it; the grain of paper and the show-through of the other side end up white.
    """
    small = cv2.resize(gray, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    reach = max(5, round(9 * unit)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    paper = cv2.GaussianBlur(paper, (0, 0), 6 * unit)
    paper = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    flat = np.asarray(cv2.divide(gray, np.maximum(paper, 40).astype(np.uint8), scale=255), np.uint8)
    dark = _print_level(flat)
    low, high = dark, min(240.0, max(dark + 50, 215.0))
    levels = np.clip((np.arange(256) - low) * 255 / (high - low), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(flat, levels), np.uint8)


def without_border(even: Gray, unit: float) -> Gray:
    """The evened picture without the black margins that a copier leaves where its lid stood open.

    They are solid, thicker than any stroke, and run out of the picture; unless they go, the page is straightened along
    them and not along its lines.
    """
    size = max(7, round(9 * unit)) | 1
    # A white row around the picture would part the margin from the edge: the opening must not eat it from there.
    dark = cv2.copyMakeBorder((even < INK).astype(np.uint8), size, size, size, size, cv2.BORDER_REPLICATE)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))[size:-size, size:-size]
    if not solid.any():
        return even
    shapes = shapes_of(solid)
    stats = shapes.stats
    height, width = even.shape
    left, top, wide, high = (stats[:, column] for column in range(4))
    margin = (left == 0) | (top == 0) | (left + wide == width) | (top + high == height)
    margin &= (wide > 100 * unit) | (high > 100 * unit)
    margin[0] = False
    if not margin.any():
        return even
    grown = cv2.dilate(shapes.where(margin), np.ones((7, 7), np.uint8))
    cleaned = even.copy()
    cleaned[grown > 0] = 255
    return cleaned


def _print_level(flat: Gray) -> float:
    """How dark the print is: the darker third of what Otsu's threshold parts from the paper, whatever the contrast."""
    sample = np.ascontiguousarray(flat[::2, ::2])
    threshold, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    histogram = cv2.calcHist([sample], [0], None, [256], [0, 256]).ravel()[: round(threshold) + 1]
    if histogram.sum() < 50:
        return 0.0
    return float(np.searchsorted(histogram.cumsum(), histogram.sum() * 0.3))


@dataclass(frozen=True, slots=True)
class Letters:
    """The size of the print: the height of a small letter in pixels, and from how many shapes it was taken."""

    small: float
    count: int


def letters_of(shapes: Shapes) -> Letters:
    """The height of small letters (x-height) from the shapes on the page; 0 where nothing looks like letters."""
    tall, wide, area = (
        shapes.stats[1:, column] for column in (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA)
    )
    fits = (tall >= 6) & (tall <= 120) & (wide >= 3) & (wide < 4 * tall) & (tall < 4 * wide)
    heights = tall[fits]
    if len(heights) < 10:
        return Letters(0.0, len(heights))
    # Weighted by ink: the marks over vowels are as many as the vowels, but small.
    counts = np.bincount(heights, weights=area[fits], minlength=124)
    smooth = np.convolve(counts, [0.5, 1.0, 0.5], "same")
    # Capitals, digits and letters with marks make a second summit: the lowest one is that of small letters.
    summit = smooth.max()
    lowest = next(
        at
        for at in range(6, len(smooth) - 1)
        if smooth[at] >= 0.4 * summit and smooth[at - 1] <= smooth[at] >= smooth[at + 1]
    )
    lines = (tall >= 6) & (tall <= 120) & (wide < 15 * tall)
    glued = float(area[lines & (wide >= 2 * tall)].sum() / area[lines].sum())
    higher = smooth[round(1.25 * lowest) : round(1.6 * lowest)].max(initial=0.0)
    if glued >= GLUED and higher < 0.8 * smooth[lowest]:
        return Letters(lowest / TALL_TO_SMALL, len(heights))
    return Letters(float(lowest), len(heights))


def without_speckles(picture: Gray, small: float) -> Gray:
    """The evened picture without the specks of a photocopy.

    A speck is as small as a dot and lonely. Dots, commas and the marks of Vietnamese vowels are small too but stand
    within half a letter of one, or a little further behind it on the line; what is far smaller than a dot goes wherever
    it stands. `small` is the height of a small letter in pixels.
    """
    ink = (picture < 170).astype(np.uint8)
    shapes = shapes_of(ink)
    if shapes.number < 2:
        return picture
    labels, stats = shapes.labels, shapes.stats
    left, top, wide, high, area = (stats[:, column] for column in range(5))
    dot = (0.27 * small) ** 2
    tiny = (0.11 * small) ** 2
    large = area > dot
    large[0] = False
    reach = max(3, round(0.5 * small)) * 2 + 1
    near = np.asarray(cv2.dilate(shapes.where(large), np.ones((reach, reach), np.uint8)), np.uint8)
    points = np.zeros_like(near)
    _allow_points(points, stats[large & (high >= 0.7 * small) & (high < 3 * small)], small)
    at = top + high // 2, left + wide // 2
    on_line, beside = points[at] > 0, near[at] > 0
    # A point of a coarse or black and white scan is no bigger than dirt: its place tells it.
    speck = (area <= np.where(on_line, tiny / 2, tiny)) | ((area <= dot) & ~beside & ~on_line)
    speck[0] = False
    cleaned = picture.copy()
    for number in np.nonzero(speck)[0]:
        # The soft rim of a speck lies beyond the threshold; letters within it stay.
        x, y, width, height = (int(value) for value in stats[number, :4])
        part = slice(max(0, y - 1), y + height + 1), slice(max(0, x - 1), x + width + 1)
        own = labels[part]
        cleaned[part][(own == number) | (own == 0)] = 255
    return cleaned


def _allow_points(near: Gray, letters: NDArray[Any], small: float) -> None:
    """Opens the place of a point or comma behind each letter: on its base line, further off than other marks stand."""
    for left, top, wide, high, _area in letters.tolist():
        base = top + high
        corner = left + wide + round(0.9 * small), base + round(0.3 * small)
        cv2.rectangle(near, (left + wide, base - round(0.3 * small)), corner, 1, cv2.FILLED)
