"""Numerals on a scan, checked against the shapes that stand there.

An engine loses a comma or a slash and is sure of it: "0,5/1" comes out as "0,51". The shapes are counted apart from
the engine: digits and slashes are tall, commas and points are low on the line. A reading that does not account for
every shape is not believed, whatever confidence the engine gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import regex
from numpy.typing import NDArray

from extract.engines import Engine, Layout, Pixels, ReadWord
from extract.scan_clean import Gray
from normalize.value import Reading

SIGNS = "0123456789,./-"

SURE = 0.9
"""A plain reading below this is held against a second one, even where it fits the shapes."""

_SHAPE = regex.compile(
    r"[-–—]?\s?(?!0\d\d)\d{1,4}(?:[.,]\d{1,4})?(?:/\d{1,4}(?:[.,]\d{1,4})?)?%?"  # 0,75 -0,5 07/10 1,86/2,5
    r"|\d{1,2}(?:[.,]\d{1,2}){1,4}[.:]?"  # 1.4.2 5.4.3.4
    r"|[.,]\d{1,4}(?:/\d{1,4}(?:[.,]\d{1,4})?)?"  # the rest of a numeral cut by the line end
    r"|\d{1,4}[.,](?:/)?"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}"  # dates
    r"|\d{1,3}(?:\.\d{3}){1,3}(?:,\d{1,3})?"  # counts and money
)
_PARTS = regex.compile(r"(?P<head>[(\[“\"]*)(?P<body>[^()\[\]“”\"]*?)(?P<tail>[)\]”\".,;:]*)")
_SIGNS_ONLY = regex.compile(r"[-–—\d.,/⁄|lIOoSB'’`]+")
_MINUS = regex.compile(r"^[~−–—](?=\d)")
_FRACTION_SLASH = "\N{FRACTION SLASH}"


_UNIT = regex.compile(r"(?<=^[\d.,]*[,./]\d+)[dảàáãạăâåðđ]$")


def as_signs(text: str) -> str:
    """The text with a slash for the fraction slash, a hyphen for a minus read as a tilde or dash, and the đ for "điểm"
    that stands close behind a score.

    Engines put others for the ordinary signs; before a digit no report prints a tilde, behind a score no ả.

    >>> as_signs("0,5⁄1"), as_signs("~0,25"), as_signs("0/1ả"), as_signs("½"), as_signs("A–B"), as_signs("1a")
    ('0,5/1', '-0,25', '0/1đ', '½', 'A–B', '1a')
    """
    return _UNIT.sub("đ", _MINUS.sub("-", text.replace(_FRACTION_SLASH, "/")))


def looks_numeral(text: str) -> bool:
    """Whether a reading has the form of a number, a pair, a percentage or a code.

    >>> [looks_numeral(text) for text in ("0,75/1", "1.4.2", "-0,5", "17/19", "064", "", "05/1/2")]
    [True, True, True, True, False, False, False]
    """
    return _SHAPE.fullmatch(text.strip()) is not None


def may_be_numeral(text: str) -> bool:
    """Whether a word is made of digits, their signs and letters they are taken for, with at least one digit.

    >>> [may_be_numeral(text) for text in ("0,5", "0/l", "V1", "CCHC", "9001:2015")]
    [True, True, False, False, False]
    """
    return _SIGNS_ONLY.fullmatch(text) is not None and any(sign.isdigit() for sign in text)


def parts_of(text: str) -> tuple[str, str, str]:
    """What opens, what stands in, and what closes a word.

    >>> parts_of("(0,5);"), parts_of("1.4.2."), parts_of("Nam")
    (('(', '0,5', ');'), ('', '1.4.2', '.'), ('', 'Nam', ''))
    """
    match = _PARTS.fullmatch(text)
    return (match["head"], match["body"], match["tail"]) if match else ("", text, "")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The shapes of one line of a numeral, and its picture with every other speck gone.

    `tall` counts digits, slashes and brackets, `touching` how many more there may be because some run together, `odd`
    the shapes that are neither a sign nor a speck or that hang below the line, `low` the commas and points between
    them, `before` and `after` the low shapes in front of the first and behind the last tall one, `flat` the dashes.
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
        tall = sum(sign.isdigit() or sign in "/()" for sign in inner)
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
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
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
            flat, keep[number] = flat + 1, True
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
    """One, two or three strokes of I ("III" comes out as "II", "II" as "H"); None where anything else stands there."""
    crop = (picture[max(0, box.y0) : box.y1, max(0, box.x0) : box.x1] < 150).astype(np.uint8)
    if crop.size == 0:
        return None
    _, _, stats, _ = cv2.connectedComponentsWithStats(crop, connectivity=8)
    tall = [(int(wide), int(high)) for _, _, wide, high, _ in stats[1:] if high >= 1.1 * small]
    narrow = all(wide <= 0.65 * high for wide, high in tall)
    return "I" * len(tall) if narrow and 1 <= len(tall) <= 3 else None


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


def framed(picture: Gray, frame: int, scale: float, blur: float) -> Gray:
    """A picture with a white frame, enlarged and smoothed: a lone digit is read only with paper around it."""
    padded = cv2.copyMakeBorder(picture, frame, frame, frame, frame, cv2.BORDER_CONSTANT, value=255)
    if scale != 1:
        padded = cv2.resize(padded, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    if blur:
        padded = cv2.GaussianBlur(padded, (0, 0), blur)
    return np.ascontiguousarray(padded)


@dataclass(frozen=True, slots=True)
class NumeralReading:
    """The reading of a numeral that is believed most, its confidence, and the others, the best first."""

    text: str
    confidence: float
    others: tuple[Reading, ...] = ()


def read_numeral(
    engine: Engine, picture: Gray, box: Pixels, small: float, first: ReadWord | None
) -> NumeralReading | None:
    """A numeral read until a reading accounts for the shapes; None where the box holds no numeral.

    `first` is what the plain reading gave. A sure first reading of a good form that fits the shapes is taken as it
    is; else the numeral is read with digits and their signs alone, enlarged, up to four times.
    """
    glyphs = glyphs_of(picture, box, small)
    if glyphs is None:
        return None
    readings: list[Reading] = []
    if first is not None:
        readings.append(Reading(as_signs(first.text), first.confidence))
        if first.confidence >= SURE and _fits(readings[0].text, glyphs) == 1:
            return NumeralReading(readings[0].text, first.confidence)
    bracketed = first is not None and any(sign in "()" for sign in first.text)
    for attempt in _attempts(engine, glyphs, small, SIGNS + "()" if bracketed else SIGNS):
        readings.append(attempt)
        fitting = [reading for reading in readings if _fits(reading.text, glyphs) == 1]
        same = [reading for reading in fitting if _value(reading.text) == _value(fitting[0].text)]
        if len(same) >= 2 or (fitting and len(same) == len(fitting) and fitting[-1].confidence >= 0.85):
            break
    return _chosen(readings, glyphs)


def _attempts(engine: Engine, glyphs: Glyphs, small: float, only: str) -> Iterator[Reading]:
    scale = max(1.0, 30 / small)
    ways: tuple[tuple[int, float, float, Layout], ...] = (
        (10, scale, 0.75 * scale, "line"),
        (10, 1.0, 0.5, "block"),
        (6, 1.5, 0.8, "line"),
        (14, scale * 1.4, scale, "line"),
    )
    for frame, factor, blur, layout in ways:
        found = engine.read(framed(glyphs.picture, frame, factor, blur), layout, dpi=200, only=only)
        yield _joined([word for line in found for word in line.words])
    if glyphs.tall == 1:
        found = engine.read(framed(glyphs.picture, 20, scale, 1.0), "character", dpi=200, only=only)
        yield _joined([word for line in found for word in line.words])


def _joined(words: list[ReadWord]) -> Reading:
    """The words of a numeral as one, with the confidence of the weakest."""
    text = "".join(as_signs(word.text) for word in words)
    return Reading(
        text.strip("-_ ") if text.strip("-_ ") else "", min((word.confidence for word in words), default=0.0)
    )


def _fits(text: str, glyphs: Glyphs) -> float:
    return glyphs.trust(text) if looks_numeral(_bare(text)) else 0.0


def _bare(text: str) -> str:
    """The numeral without brackets and closing signs; what is nothing else stays."""
    return parts_of(text.strip())[1] or text


def _value(text: str) -> str:
    """What makes two readings the same: comma and point are one, closing points nothing."""
    return _bare(text).lstrip("-–— ").replace(",", ".")


def _chosen(readings: list[Reading], glyphs: Glyphs) -> NumeralReading | None:
    """The reading to believe: it fits the shapes, more than one attempt gave it, it is sure.

    Where attempts that fit disagree, or none fits, the confidence is cut: a person shall look.
    """
    spoken = [reading for reading in readings if any(sign.isdigit() for sign in reading.text)]
    if not spoken:
        return None

    def support(reading: Reading) -> tuple[float, bool, int, float]:
        same = sum(_value(other.text) == _value(reading.text) for other in spoken)
        return _fits(reading.text, glyphs), looks_numeral(_bare(reading.text)), same, reading.confidence

    best = max(spoken, key=support)
    sure = max(reading.confidence for reading in spoken if _value(reading.text) == _value(best.text))
    rivals = [reading for reading in spoken if _value(reading.text) != _value(best.text)]
    trust = _fits(best.text, glyphs)
    equals = [rival.confidence for rival in rivals if _fits(rival.text, glyphs) == trust]
    if trust < 1:
        sure = min(0.3 + 0.2 * trust, sure / 2)
    elif equals:
        sure = min(sure, *equals, 0.9) / 2
    elif rivals:
        sure *= 0.9
    others: dict[str, Reading] = {}
    for rival in sorted(rivals, key=support, reverse=True):
        others.setdefault(rival.text, rival)
    return NumeralReading(best.text, sure, tuple(others.values()))
