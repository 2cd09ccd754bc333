"""Numerals on a scan, checked against the shapes that stand there.

An engine loses a comma or a slash and is sure of it: "0,5/1" comes out as "0,51". The shapes are counted apart from
the engine: digits and slashes are tall, commas and points are low on the line. A reading that does not account for
every shape is not believed, whatever confidence the engine gives it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import regex

from extract.scan.clean import Gray
from extract.scan.engines import Engine, Layout, Pixels, ReadWord
from extract.scan.glyphs import Glyphs, glyphs_of, without_last
from normalize.value import Reading

SIGNS = "0123456789,./-"

SURE = 0.9
"""A plain reading below this is held against a second one, even where it fits the shapes."""

ENOUGH, AGREED = 0.9, 0.93
"""Readings that agree are asked for until they are so sure together, and never count for more than the second."""
SPOKEN = 0.78

_SHAPE = regex.compile(
    r"[-–—]?\s?(?!0\d\d)\d{1,4}(?:[.,]\d{1,4})?(?:/(?!0\d\d)\d{1,4}(?:[.,]\d{1,4})?)?%?"  # 0,75 -0,5 07/10 1,86/2,5
    r"|\d{1,2}(?:[.,]\d{1,2}){1,4}[.:]?"  # 1.4.2 5.4.3.4
    r"|[.,]\d{1,4}(?:/\d{1,4}(?:[.,]\d{1,4})?)?"  # the rest of a numeral cut by the line end
    r"|\d{1,4}[.,](?:/)?"
    r"|(?!0\d)\d{1,4}(?:[.,]\d{1,4})?/|/(?!0\d)\d{1,4}(?:[.,]\d{1,4})?"  # half a pair, by a blank or a line end
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

    >>> [looks_numeral(text) for text in ("0,75/1", "1.4.2", "-0,5", "17/19", "0,5/", "/2", "064", "0/025", "05/1/2")]
    [True, True, True, True, True, True, False, False, False]
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
    said = first.text if first is not None else ""
    only = SIGNS + ("()" if any(sign in "()" for sign in said) else "")
    # The đ behind a score is no digit: the numeral in front of it is read alone.
    bare = without_last(glyphs) if said.endswith("đ") else None
    for attempt in _attempts(engine, bare or glyphs, small, only):
        readings.append(replace(attempt, text=attempt.text + "đ") if bare and attempt.text else attempt)
        fitting = [reading for reading in readings if _fits(reading.text, glyphs) == 1]
        same = [reading for reading in fitting if _value(reading.text) == _value(fitting[0].text)]
        agreed = len(same) >= 2 and _together(same) >= ENOUGH
        if agreed or (fitting and len(same) == len(fitting) and fitting[-1].confidence >= 0.85):
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
    # How sure a dash is says nothing of the digits behind it.
    sure = min((word.confidence for word in words if any(map(str.isalnum, word.text))), default=0.0)
    return Reading(text.strip("-_ "), sure)


def _fits(text: str, glyphs: Glyphs) -> float:
    return glyphs.trust(text) if looks_numeral(_bare(text)) else 0.0


def _bare(text: str) -> str:
    """The numeral without brackets, closing signs and the đ for "điểm"; what is nothing else stays."""
    return (parts_of(text.strip())[1] or text).removesuffix("đ")


def _value(text: str) -> str:
    """What makes two readings the same: comma and point are one, closing points nothing."""
    return _bare(text).lstrip("-–— ").replace(",", ".")


def _together(same: list[Reading]) -> float:
    """How sure readings of pictures prepared in different ways are that agree, and that account for every shape.

    They err together now and then: agreement alone never makes a number certain.
    """
    doubt = math.prod(1 - reading.confidence for reading in same)
    return min(AGREED, 1 - doubt)


def _is_spoken_alike(readings: list[Reading]) -> bool:
    """Whether at least three sure readings, and no unsure one, say one numeral that has not lost a comma: one that
    sticks to a digit is passed over by each of them."""
    parts = _bare(readings[0].text).lstrip("-–— ").split("/")
    whole = all(len(part) == 1 or any(sign in ".," for sign in part) for part in parts)
    return whole and len(readings) >= 3 and all(reading.confidence >= SPOKEN for reading in readings)


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
    if trust and not rivals and _is_spoken_alike(readings):
        sure = ENOUGH  # thick digits that run together: their widths say less than reading after reading does
    elif trust < 1:
        sure = min(0.3 + 0.2 * trust, sure / 2)
    elif equals:
        sure = min(sure, *equals, 0.9) / 2
    elif rivals:
        sure *= 0.9
    elif len(fitting := [each for each in readings if _value(each.text) == _value(best.text)]) >= 2:
        sure = max(sure, _together(fitting))
    others: dict[str, Reading] = {}
    for rival in sorted(rivals, key=support, reverse=True):
        others.setdefault(rival.text, rival)
    return NumeralReading(best.text, sure, tuple(others.values()))
