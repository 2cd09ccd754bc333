"""What charts are drawn with: boxes, lines, dots and texts in pixels; as SVG here, as pictures in pictures.py."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal

Anchor = Literal["start", "middle", "end"]
INK, SOFT, GRID = "#1c2833", "#5d6d7e", "#d5dce4"
# The fill of a cell without a number.
HATCHED = "hatched"


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A filled rectangle; `hint` is shown where the mouse rests on it."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    hint: str = ""

    @property
    def svg(self) -> str:
        fill = "url(#hatch)" if self.fill == HATCHED else self.fill
        place = f'x="{self.x:.1f}" y="{self.y:.1f}" width="{self.width:.1f}" height="{self.height:.1f}"'
        return f'<rect {place} fill="{fill}">{_hint(self.hint)}</rect>'


@dataclass(frozen=True, slots=True)
class LineMark:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: int = 1
    hint: str = ""

    @property
    def svg(self) -> str:
        ends = f'x1="{self.x1:.1f}" y1="{self.y1:.1f}" x2="{self.x2:.1f}" y2="{self.y2:.1f}"'
        return f'<line {ends} stroke="{self.colour}" stroke-width="{self.width}">{_hint(self.hint)}</line>'


@dataclass(frozen=True, slots=True)
class DotMark:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str

    @property
    def svg(self) -> str:
        return f'<circle cx="{self.x:.1f}" cy="{self.y:.1f}" r="{self.radius:g}" fill="{self.fill}"/>'


@dataclass(frozen=True, slots=True)
class TextMark:
    """A line of text that starts, ends or has its middle at `x`; `y` is the line it stands on."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    size: int = 12
    colour: str = INK

    @property
    def svg(self) -> str:
        place = f'x="{self.x:.1f}" y="{self.y:.1f}" text-anchor="{self.anchor}" font-size="{self.size}"'
        return f'<text {place} fill="{self.colour}">{escape(self.text)}</text>'


Mark = BoxMark | LineMark | DotMark | TextMark


def _hint(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""
