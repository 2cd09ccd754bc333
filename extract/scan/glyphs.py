"""The shapes of a numeral, counted apart from the engine: digits and slashes are tall, commas and points low."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.clean import Gray
from extract.scan.engines import Pixels
from extract.scan.shapes import shapes_of


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The shapes of one line of a numeral, and its picture with every other speck gone.

    `tall` counts digits, slashes and brackets, `touching` how many more there may be because some run together, `odd`
    the shapes that are neither a sign nor a speck or that hang below the line, `low` the commas and points between
    them, `before` and `after` the low shapes in front of the first and behind the last tall one, `flat` the dashes; a
    dash in front of all others is not in the picture.
    """

    tall: int
    touching: int
    odd: int
    low: int
    before: int
    after: int
    flat: int
    picture: Gray

    def trust(self, text: str) -> float:
        """How far a reading accounts for the shapes: 1 wholly, 0 not at all, between where some shapes run together
        and the reading has fewer signs than their widths speak for.

        A point behind the last digit is left out of account: a speck on the line looks like one.
        """
        if text.strip()[:1] in {"-", "–", "—"} and not self.flat:
            return 0.0
        body = text.strip(" -–—").rstrip(".,:;")
        inner = body.lstrip(".,")
        tall = sum(sign.isdigit() or sign in "/()đ" for sign in inner)
        low = sum(sign in ".," for sign in inner)
        if not self.low <= low <= self.low + self.odd or len(body) - len(inner) > self.before:
            return 0.0
        if tall == self.tall + self.touching and not self.odd:
            return 1.0
        return 0.5 if self.tall <= tall <= self.tall + self.touching + self.odd else 0.0


def glyphs_of(picture: Gray, box: Pixels, small: float) -> Glyphs | None:
    """The shapes within a box on the cleaned page; None where nothing tall stands there.

    `small` is the height of a small letter in pixels; digits are about half as high again.
    """
    crop = picture[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1]
    if crop.size == 0:
        return None
    # Faint print breaks: the pieces of a 5 or a slash lie one above the other and are joined upright only.
    ink = cv2.morphologyEx((crop < 150).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((4, 1), np.uint8))
    count, labels, stats, _ = shapes_of(ink)
    heights = [int(stats[number, cv2.CC_STAT_HEIGHT]) for number in range(1, count)]
    high = sorted(height for height in heights if height >= small)
    if not high:
        return None
    digit = high[len(high) // 2]
    tall = [number for number in range(1, count) if stats[number, cv2.CC_STAT_HEIGHT] >= 0.72 * digit]
    bottoms = sorted(int(stats[number, cv2.CC_STAT_TOP]) + int(stats[number, cv2.CC_STAT_HEIGHT]) for number in tall)
    base = bottoms[len(bottoms) // 2]
    widths = [int(stats[number, cv2.CC_STAT_WIDTH]) for number in tall]
    # A digit with a comma or point stuck to it hangs below the line or is too wide for one.
    hanging = sum(
        _hangs(stats[number], base, small) or width > _widest(widths, at, digit)
        for at, (number, width) in enumerate(zip(tall, widths, strict=True))
    )
    keep = np.zeros(count, bool)
    keep[tall] = True
    touching = sum(
        int(width / (0.7 * digit))
        for at, width in enumerate(widths)
        if width > max(0.9 * digit, 1.15 * _widest(widths, at, digit))
    )
    first = min(int(stats[number, cv2.CC_STAT_LEFT]) for number in tall)
    last = max(int(stats[number, cv2.CC_STAT_LEFT]) + int(stats[number, cv2.CC_STAT_WIDTH]) for number in tall)
    low = before = after = flat = odd = 0
    for number in range(1, count):
        if keep[number]:
            continue
        x, y, width, height, area = (int(value) for value in stats[number])
        if area < (0.08 * small) ** 2:
            continue
        beside = _distance(stats, tall, x, width)
        middle = y + height / 2
        if width >= 1.6 * height and width >= 0.3 * small and base - 0.8 * digit < middle < base - 0.2 * digit:
            # In front of the digits it is a minus: the engine makes a digit of it or doubts the others for it.
            flat, keep[number] = flat + 1, x + width / 2 > first
        elif abs(middle - base) <= 0.4 * small and beside <= 0.5 * small:
            keep[number] = True
            if x + width / 2 < first:
                before += 1
            elif x + width / 2 > last:
                after += 1
            else:
                low += 1
        elif area > (0.3 * small) ** 2:
            # A piece of a broken digit or slash: how many signs stand here cannot be told.
            odd, keep[number] = odd + 1, True
    clean = crop.copy()
    gone = ~keep
    gone[0] = False
    if gone.any():
        rim = cv2.dilate(gone[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        clean[rim & ~(keep[labels] & (labels > 0))] = 255
    return Glyphs(len(tall), touching, odd + hanging, low, before, after, flat, _tight(clean, stats, keep))


def without_last(glyphs: Glyphs) -> Glyphs | None:
    """The shapes without the last tall one, the đ behind a score; None where it does not stand by itself."""
    ink = (glyphs.picture < 150).astype(np.uint8)
    stats = shapes_of(ink).stats
    shapes = [(int(x), int(wide)) for x, _, wide, high, _ in stats[1:] if high >= 0.6 * ink.shape[0]]
    if glyphs.tall < 2 or len(shapes) < 2:
        return None
    x, wide = max(shapes)
    if max(left + width for left, width in shapes if left != x) > x or wide > 0.95 * ink.shape[0]:
        return None
    rest = np.ascontiguousarray(glyphs.picture[:, : max(1, x - 1)])
    return replace(glyphs, tall=glyphs.tall - 1, after=0, picture=rest)


def _widest(widths: list[int], at: int, digit: float) -> float:
    """How wide a single sign may be: a quarter wider than the narrowest other digit of its line (a one or a slash is
    none), whatever the type; alone, as wide as it is high."""
    others = [width for place, width in enumerate(widths) if place != at and width > 0.5 * digit]
    return max(0.7 * digit, 1.25 * min(others)) if others else 0.95 * digit


def _hangs(shape: NDArray[Any], base: int, small: float) -> bool:
    """Whether a full shape goes below the line, as a digit with a comma stuck to it; slashes and brackets are thin."""
    _, top, wide, high, area = (int(value) for value in shape)
    return top + high - base > 0.22 * small and area > 0.38 * wide * high


def roman_of(picture: Gray, box: Pixels, small: float) -> str | None:
    """One to three strokes of I, alone or behind a V; None where anything else stands there.

    Engines miscount them: "III" comes out as "II", "II" as "H", "VII" as "VI".
    """
    crop = (picture[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1] < 150).astype(np.uint8)
    if crop.size == 0:
        return None
    shapes = sorted(tuple(shape) for shape in shapes_of(crop).stats[1:].tolist())
    tall = [wide <= 0.65 * high for _, _, wide, high, _ in shapes if high >= 1.1 * small]
    five = "V" if tall and not tall[0] else ""
    strokes = tall[len(five) :]
    return five + "I" * len(strokes) if all(strokes) and (1 if not five else 0) <= len(strokes) <= 3 else None


def _distance(stats: NDArray[Any], tall: list[int], x: int, width: int) -> float:
    """How far a shape stands from the nearest tall one, along the line."""
    gaps = []
    for number in tall:
        left = int(stats[number, cv2.CC_STAT_LEFT])
        right = left + int(stats[number, cv2.CC_STAT_WIDTH])
        gaps.append(max(left - (x + width), x - right, 0))
    return min(gaps)


def _tight(clean: Gray, stats: NDArray[Any], keep: NDArray[np.bool_]) -> Gray:
    """The picture cut to the shapes that stay, with their soft rims."""
    own = stats[1:][keep[1:]]
    x0, y0 = int(own[:, cv2.CC_STAT_LEFT].min()), int(own[:, cv2.CC_STAT_TOP].min())
    x1 = int((own[:, cv2.CC_STAT_LEFT] + own[:, cv2.CC_STAT_WIDTH]).max())
    y1 = int((own[:, cv2.CC_STAT_TOP] + own[:, cv2.CC_STAT_HEIGHT]).max())
    return clean[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2]
