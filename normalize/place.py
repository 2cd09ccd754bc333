"""Where something stands: a page and a box on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch), origin at the top left of the page as a person sees it."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A page, counted from 1 (None where the format has no pages), and a box on it (None where it has none)."""

    page: int | None = None
    box: Box | None = None


NOWHERE = Place()
