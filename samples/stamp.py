"""The round red seal over the signature, as it lies on signed documents, with the letters it covers showing through."""

from __future__ import annotations

import math
import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samples.fonts import find_family

Picture = NDArray[np.uint8]
RADIUS_MM = 18


def draw_seal(
    page: Picture, dpi: int, rng: random.Random, words: str = "ỦY BAN NHÂN DÂN * CỘNG HÒA XÃ HỘI *"
) -> Picture:
    """The page with a seal over the lower right part, where signatures stand, and a scrawl in blue beside it."""
    height, width = page.shape[:2]
    radius = round(RADIUS_MM / 25.4 * dpi)
    ink = Image.new("RGBA", (2 * radius + 4, 2 * radius + 4), (0, 0, 0, 0))
    colour = (rng.randint(190, 225), rng.randint(20, 60), rng.randint(30, 60), rng.randint(150, 215))
    pen = ImageDraw.Draw(ink)
    line = max(2, round(dpi / 90))
    for inset in (0, round(radius * 0.06), round(radius * 0.36)):
        pen.ellipse((inset, inset, 2 * radius - inset, 2 * radius - inset), outline=colour, width=line)
    _ring_of_letters(ink, words, radius, colour)
    _star(pen, radius, radius * 0.3, colour)
    ink = ink.rotate(rng.uniform(-25, 25), resample=Image.Resampling.BICUBIC)
    place = _signature(page, rng)
    paper = Image.fromarray(page).convert("RGBA")
    at = (
        int(np.clip(place[0] - radius, 0, max(width - 2 * radius - 4, 0))),
        int(np.clip(place[1] - radius, 0, max(height - 2 * radius - 4, 0))),
    )
    _scrawl(paper, (place[0] + radius // 2, place[1]), dpi, rng)
    # Ink on paper darkens what lies below it: letters stay visible under the seal.
    layer = Image.new("RGBA", paper.size, (255, 255, 255, 255))
    layer.alpha_composite(ink, at)
    mixed = np.minimum(np.asarray(paper.convert("RGB")), np.asarray(layer.convert("RGB")))
    return np.asarray(mixed, dtype=np.uint8).copy()


def _signature(page: Picture, rng: random.Random) -> tuple[int, int]:
    """The middle of the seal: on the last lines of print in the right half of the page."""
    height, width = page.shape[:2]
    right = page[: int(height * 0.93), int(width * 0.55) :].min(axis=2)
    printed = np.flatnonzero((right < 128).any(axis=1))
    bottom = int(printed[-1]) if len(printed) else int(height * 0.7)
    return int(width * rng.uniform(0.6, 0.7)), min(bottom, int(height * 0.9))


def _ring_of_letters(ink: Image.Image, words: str, radius: int, colour: tuple[int, int, int, int]) -> None:
    family = find_family()
    if family is None:
        return
    font = ImageFont.truetype(str(family.bold), max(8, round(radius * 0.2)))
    for number, letter in enumerate(words):
        angle = 2 * math.pi * number / len(words)
        tile = Image.new("RGBA", (round(radius * 0.4),) * 2, (0, 0, 0, 0))
        middle = tile.width / 2
        ImageDraw.Draw(tile).text((middle, middle), letter, font=font, fill=colour, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = radius + 0.78 * radius * math.sin(angle), radius - 0.78 * radius * math.cos(angle)
        ink.alpha_composite(tile, (max(0, round(x - middle)), max(0, round(y - middle))))


def _star(pen: ImageDraw.ImageDraw, centre: int, size: float, colour: tuple[int, int, int, int]) -> None:
    points = [
        (
            centre + (size if n % 2 == 0 else size * 0.4) * math.sin(math.pi * n / 5),
            centre - (size if n % 2 == 0 else size * 0.4) * math.cos(math.pi * n / 5),
        )
        for n in range(10)
    ]
    pen.polygon(points, outline=colour)


def _scrawl(paper: Image.Image, start: tuple[int, int], dpi: int, rng: random.Random) -> None:
    """A signature of nobody: a few loops in blue."""
    pen = ImageDraw.Draw(paper)
    x, y = start
    points = [(x + step * dpi / 60, y + math.sin(step / 3) * dpi * 0.12 * rng.uniform(0.6, 1.2)) for step in range(60)]
    pen.line(points, fill=(30, 40, 150, 255), width=max(2, round(dpi / 80)), joint="curve")
