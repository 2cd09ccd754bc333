"""Pictures of pages drawn for the tests of recognition, and an engine that says what it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.cache import Key
from extract.scan.engines import Layout, Pixels, ReadLine, ReadWord

Gray = NDArray[np.uint8]
RECORDED = Path(__file__).parent / "recorded" / "recognised"
FONT = cv2.FONT_HERSHEY_SIMPLEX


def paper(width: int, height: int) -> Gray:
    return np.full((height, width), 255, np.uint8)


def ruled(width: int, height: int, xs: list[int], ys: list[int]) -> Gray:
    """A table of full ruling lines, two pixels thick."""
    picture = paper(width, height)
    for x in xs:
        cv2.line(picture, (x, ys[0]), (x, ys[-1]), 0, 2)
    for y in ys:
        cv2.line(picture, (xs[0], y), (xs[-1], y), 0, 2)
    return picture


def write(picture: Gray, text: str, x: int, base: int, scale: float = 0.9) -> None:
    cv2.putText(picture, text, (x, base), FONT, scale, 0, 2, cv2.LINE_AA)


@dataclass
class Told:
    """An engine that gives its readings one after the other, the last one for ever."""

    readings: list[tuple[str, float]]
    name: str = "told"
    version: str = "1"
    asked: list[tuple[Layout, str]] = field(default_factory=list)

    def read(self, picture: Gray, layout: Layout, *, dpi: int, only: str = "") -> tuple[ReadLine, ...]:
        text, confidence = self.readings[min(len(self.asked), len(self.readings) - 1)]
        self.asked.append((layout, only))
        height, width = picture.shape
        box = Pixels(0, 0, width, height)
        return (ReadLine((ReadWord(text, box, confidence),), box),) if text else ()

    def upright(self, picture: Any, *, dpi: int) -> int | None:
        return None


def recorded_key(content: str, page: int) -> Key:
    """The key under which recorded recognition lies: whatever engine and code it was made with."""
    return Key(content, page, "recorded-1", "recorded")
