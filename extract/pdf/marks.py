"""What a PDF page draws, in the coordinates of a reader's eye: glyphs, ruling segments and pictures.

pdfplumber's `page.layout` is walked itself and not its dictionaries: the order of painting is kept (text under a
picture is an old recognition) and a page takes half the time. `page.annots` is never asked: signed documents have
annotations that refer back to their page, and it follows them for ever.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import regex
from pdfminer.pdftypes import PDFStream, resolve1

from extract.pdf.annotations import overlays_of
from extract.pdf.shapes import Glyph, Marks, Picture, Segment, frame_of
from normalize.place import Box

_LOST = "\ufffd"
_SUBSET = regex.compile(r"^[A-Z]{6}\+")
_CID = regex.compile(r"\(cid:\d+\)")
_BOLD = regex.compile(r"(?i)bold|black|heavy|demi(?!r)|[-,]bd\b|-B$")
_ITALIC = regex.compile(r"(?i)italic|oblique|[-,]it\b|-I$")
# Word's bullets come from Symbol and Wingdings, whose letters stand in the private use area.
_SYMBOLS = str.maketrans(
    {
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "\uf0e0": "→",
        "\uf0b1": "±",
        "\uf0a3": "≤",
        "\uf0b3": "≥",
        "\uf02d": "-",
        "\uf02b": "+",
        "\uf076": "❖",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
        "\u200b": None,
        "\u2060": None,
        "\ufeff": None,
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\u00d0": "Đ",  # the Icelandic letter that old keyboard drivers put for Đ
    }
)
_MODE_3 = regex.compile(rb"(?<![\d.])3\s+Tr\b")
_PRIVATE = regex.compile(r"\p{Co}|\p{Cc}")


def marks_of(page: Any) -> Marks:
    """The marks of a pdfplumber page, cut to its crop box; a page drawn sideways as a whole is turned upright."""
    layout = page.layout
    eye = _Eye.of(page, float(layout.width), float(layout.height))
    glyphs: list[Glyph] = []
    segments: list[Segment] = []
    pictures: list[Picture] = []
    lost = 0
    for item in _walk(layout):
        kind = type(item).__name__
        if kind == "LTChar":
            glyph = _glyph(item, eye)
            if glyph is None:
                continue
            lost += _LOST in glyph.text
            _append(glyphs, glyph)
        elif kind in ("LTRect", "LTLine", "LTCurve"):
            segments.extend(_segments(item, eye))
        elif kind == "LTImage":
            box = eye.box(*item.bbox)
            width, height = item.srcsize
            pixels = (int(width or 0), int(height or 0))
            if min(box.width, box.height) <= 3 < max(box.width, box.height):
                segments.append(_thin(box))
            else:
                pictures.append(Picture(box, pixels, len(glyphs)))
    stamped: list[Glyph] = []
    for overlay in overlays_of(page):
        drawn: list[Glyph] = []
        for item in _walk(overlay.items):
            if type(item).__name__ == "LTChar" and (glyph := _glyph(item, eye)) is not None:
                _append(drawn, glyph)
        (stamped if _is_stamp(overlay.kind, drawn) else glyphs).extend(drawn)
    marks = Marks(
        eye.width,
        eye.height,
        tuple(glyphs),
        tuple(segments),
        tuple(pictures),
        lost,
        0,
        tuple(stamped),
        _invisible(page) if pictures else False,
    )
    return _upright(marks)


def _invisible(page: Any) -> bool:
    """Whether the page or a form on it switches to text rendering mode 3."""
    streams = [resolve1(stream) for stream in page.page_obj.contents]
    forms = resolve1((resolve1(page.page_obj.resources) or {}).get("XObject")) or {}
    for form in forms.values() if isinstance(forms, dict) else ():
        stream = resolve1(form)
        if isinstance(stream, PDFStream) and getattr(stream.attrs.get("Subtype"), "name", "") == "Form":
            streams.append(stream)
    return any(isinstance(stream, PDFStream) and _MODE_3.search(stream.get_data()) for stream in streams)


def _is_stamp(kind: str, glyphs: Sequence[Glyph]) -> bool:
    """A signature field with a few signs and a digit is the document number or the day; more is who signed and when."""
    text = "".join(glyph.text for glyph in glyphs).strip()
    if kind == "Sig":
        return len(text) > 20 or not any(sign.isdigit() for sign in text)
    return kind == "Stamp"


@dataclass(frozen=True, slots=True)
class _Eye:
    """From PDF coordinates (origin below left) to those of a person who looks at the page as displayed."""

    width: float
    height: float
    left: float
    up: float

    @classmethod
    def of(cls, page: Any, width: float, height: float) -> _Eye:
        media = [float(edge) for edge in page.page_obj.mediabox]
        try:
            crop = [float(edge) for edge in page.page_obj.cropbox]
        except (TypeError, ValueError):
            crop = media
        x0, y0, x1, y1 = media
        corners = [(crop[0], crop[1]), (crop[2], crop[3])]
        turn = page.rotation
        if turn == 90:
            corners = [(y - y0, x1 - x) for x, y in corners]
        elif turn == 180:
            corners = [(x1 - x, y1 - y) for x, y in corners]
        elif turn == 270:
            corners = [(y1 - y, x - x0) for x, y in corners]
        else:
            corners = [(x - x0, y - y0) for x, y in corners]
        left, right = sorted(min(max(x, 0.0), width) for x, _ in corners)
        low, high = sorted(min(max(y, 0.0), height) for _, y in corners)
        if right - left < 10 or high - low < 10:
            return cls(width, height, 0.0, height)
        return cls(right - left, high - low, left, high)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        return Box(round(x0 - self.left, 2), round(self.up - y1, 2), round(x1 - self.left, 2), round(self.up - y0, 2))


def _walk(item: Any) -> Iterator[Any]:
    for child in item:
        if type(child).__name__ == "LTFigure":
            yield from _walk(child)
        else:
            yield child


def _glyph(item: Any, eye: _Eye) -> Glyph | None:
    raw = str(item.get_text())
    text = _CID.sub(_LOST, raw).translate(_SYMBOLS)
    text = _PRIVATE.sub(_LOST, text)
    if not text:
        return None
    box = eye.box(*item.bbox)
    if box.x1 < 0 or box.x0 > eye.width or box.bottom < 0 or box.top > eye.height:
        return None
    a, b, c, d, e, f = item.matrix
    angle = (0 if a >= 0 else 180) if abs(a) >= abs(b) else (90 if b > 0 else 270)
    foot = frame_of(Box(e - eye.left, eye.up - f, e - eye.left, eye.up - f), angle, eye.width, eye.height).top
    size = max(box.height if angle in (0, 180) else box.width, 1.0)
    font = item.fontname.decode("latin-1") if isinstance(item.fontname, bytes) else str(item.fontname)
    font = _SUBSET.sub("", font)
    slant = abs(c * a + d * b) / (math.hypot(a, b) * math.hypot(c, d) or 1.0) > 0.1
    frame = frame_of(box, angle, eye.width, eye.height)
    return Glyph(
        text,
        box,
        frame,
        round(foot, 2),
        size,
        font,
        bool(_BOLD.search(font)),
        slant or bool(_ITALIC.search(font)),
        angle,
    )


def _append(glyphs: list[Glyph], glyph: Glyph) -> None:
    """Add a glyph; a mark drawn by itself (a decomposed ề) goes to the letter it stands on."""
    if glyphs and all(unicodedata.combining(sign) for sign in glyph.text):
        last = glyphs[-1]
        if abs(last.baseline - glyph.baseline) < last.size and abs(last.frame.x1 - glyph.frame.x0) < last.size * 1.2:
            glyphs[-1] = replace(last, text=unicodedata.normalize("NFC", last.text + glyph.text))
            return
    glyphs.append(glyph)


def _visible(color: Any) -> bool:
    """Whether a line of this colour shows on white paper: 1, (1,) and (1, 1, 1) are white, four zeros in CMYK too."""
    parts = list(color) if isinstance(color, list | tuple) else [color]
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    if not numbers or len(numbers) != len(parts):
        return True
    if len(numbers) == 4:
        return max(numbers) > 0.02
    return min(numbers) < 0.98


def _thin(box: Box) -> Segment:
    if box.width >= box.height:
        return Segment(True, (box.top + box.bottom) / 2, box.x0, box.x1)
    return Segment(False, (box.x0 + box.x1) / 2, box.top, box.bottom)


def _segments(item: Any, eye: _Eye) -> Iterator[Segment]:
    """The straight, level or upright pieces of a path; a thin filled rectangle is one line."""
    box = eye.box(*item.bbox)
    drawn = (item.stroke and _visible(item.stroking_color)) or (item.fill and _visible(item.non_stroking_color))
    if not drawn:
        return
    if min(box.width, box.height) <= 3:
        if max(box.width, box.height) > 0:
            yield _thin(box)
        return
    if not (item.stroke and _visible(item.stroking_color)):
        return
    if type(item).__name__ == "LTRect":
        yield Segment(True, box.top, box.x0, box.x1)
        yield Segment(True, box.bottom, box.x0, box.x1)
        yield Segment(False, box.x0, box.top, box.bottom)
        yield Segment(False, box.x1, box.top, box.bottom)
        return
    points = [eye.box(x, y, x, y) for x, y in item.pts]
    for first, second in pairwise(points):
        piece = Box(
            min(first.x0, second.x0), min(first.top, second.top), max(first.x0, second.x0), max(first.top, second.top)
        )
        if min(piece.width, piece.height) <= 1 < max(piece.width, piece.height):
            yield _thin(piece)


def _upright(marks: Marks) -> Marks:
    """Turn a page whose text stands sideways as a whole (a wide table put on an upright page)."""
    letters = [glyph for glyph in marks.glyphs if glyph.text.strip()]
    for angle in (90, 180, 270):
        if len(letters) >= 40 and sum(glyph.angle == angle for glyph in letters) > 0.8 * len(letters):
            return _turned(marks, angle)
    return marks


def _turned(marks: Marks, angle: int) -> Marks:
    old_width, old_height = marks.width, marks.height
    width, height = (old_height, old_width) if angle in (90, 270) else (old_width, old_height)

    def turn(box: Box) -> Box:
        return frame_of(box, angle, old_width, old_height)

    glyphs = []
    for glyph in marks.glyphs:
        box, rest = turn(glyph.box), (glyph.angle - angle) % 360
        frame = frame_of(box, rest, width, height)
        baseline = glyph.baseline if rest == 0 else frame.bottom - 0.2 * glyph.size
        glyphs.append(replace(glyph, box=box, frame=frame, baseline=baseline, angle=rest))
    segments = []
    for piece in marks.segments:
        along = Box(piece.start, piece.position, piece.end, piece.position)
        if not piece.across:
            along = Box(piece.position, piece.start, piece.position, piece.end)
        segments.append(_thin(turn(along)))
    pictures = tuple(replace(picture, box=turn(picture.box)) for picture in marks.pictures)
    return Marks(
        width, height, tuple(glyphs), tuple(segments), pictures, marks.lost, angle, marks.stamped, marks.invisible
    )
