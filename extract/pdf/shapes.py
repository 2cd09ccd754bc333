"""The shapes a PDF page is made of: glyphs, straight pieces of rulings, pictures. Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.place import Box


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn letter. `angle` is the direction it reads in: 0, 90 (upwards), 180 or 270 (downwards).

    `frame` is its box with the page turned so that it reads from left to right, `baseline` the height of its foot
    there.
    """

    text: str
    box: Box
    frame: Box
    baseline: float
    size: float
    font: str
    bold: bool
    italic: bool
    angle: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of a ruling, `across` where horizontal: its position and where it begins and ends, in points."""

    across: bool
    position: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on the page, the size of its raster, and how many glyphs were painted before it."""

    box: Box
    pixels: tuple[int, int]
    glyphs_before: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything drawn on a page; `lost` counts the glyphs for which the file gives no letter.

    `stamped` are the letters of seals and signatures laid over the page; `turned` is the angle a sideways page was
    turned by. `invisible` says that text is written in the mode that draws nothing, as recognition programs do.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    segments: tuple[Segment, ...]
    pictures: tuple[Picture, ...]
    lost: int = 0
    turned: int = 0
    stamped: tuple[Glyph, ...] = ()
    invisible: bool = False


def frame_of(box: Box, angle: int, width: float, height: float) -> Box:
    """The box on the page turned so that text of this angle reads from left to right."""
    if angle == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if angle == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if angle == 270:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box
