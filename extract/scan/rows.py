"""The rows of letters in a block, found from their shapes: a count to hold the engine's lines against, and single-line
pictures to read where the two disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.clean import Gray
from extract.scan.engines import Pixels
from extract.scan.shapes import shapes_of


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One row of letters with its marks: its place, and its picture with the other rows' ink gone.

    `letters` are the places of the shapes as tall as letters: a row of left, top, right and bottom for each.
    """

    box: Pixels
    picture: Gray
    letters: NDArray[Any]

    def moved(self, dx: int, dy: int) -> LetterRow:
        return LetterRow(self.box.moved(dx, dy), self.picture, self.letters + np.array([dx, dy, dx, dy]))

    def unread(self, words: Sequence[Pixels]) -> tuple[Pixels, ...]:
        """The letters that stand in no word: the engine passed over them."""
        middles = ((self.letters[:, 0] + self.letters[:, 2]) / 2)[:, None]
        first, last = np.array([(word.x0 - 2, word.x1 + 2) for word in words]).reshape(-1, 2).T
        read = ((first <= middles) & (middles <= last)).any(axis=1)
        return tuple(Pixels(*letter) for letter in self.letters[~read].tolist())


def rows_of(ink: Gray, picture: Gray, small: float) -> tuple[LetterRow, ...]:
    """The rows of letters in a block, top to bottom.

    Rows are told by where letters stand (most of them on the base line), so that the marks over one row and under
    another, which touch in tight print, make no row of their own. `small` is the height of a small letter in pixels.
    """
    dark = (ink < 140).view(np.uint8)
    _, labels, stats, _ = shapes_of(dark)
    top, high = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_HEIGHT]
    letters = np.nonzero((high >= 0.75 * small) & (high < 2.3 * small))[0]
    letters = letters[letters > 0]
    if not len(letters):
        return ()
    bases = _bases((top + high)[letters], dark.shape[0], small)
    if not len(bases):  # letters that stand on no common line: a scrawl
        return ()
    middles = np.array([base - 0.6 * small for base in bases])
    row_of = np.abs(middles[None, :] - (top + high / 2)[:, None]).argmin(axis=1)
    rows = []
    for number in range(len(bases)):
        own = row_of == number
        own[0] = False
        if not own.any():
            continue
        # Only the row's own rectangle is looked at: a page of prose has fifty rows.
        sides = stats[own]
        left, upper = int(sides[:, 0].min()), int(sides[:, 1].min())
        right, lower = int((sides[:, 0] + sides[:, 2]).max()), int((sides[:, 1] + sides[:, 3]).max())
        box = Pixels(max(0, left - 2), max(0, upper - 2), right + 2, lower + 2)
        part = slice(max(0, box.y0 - 1), box.y1 + 1), slice(max(0, box.x0 - 1), box.x1 + 1)
        alone = picture[part]
        if len(bases) > 1:
            mine = np.take(own, labels[part])
            others = (labels[part] > 0) & ~mine
            if others.any():
                alone = alone.copy()
                alone[(cv2.dilate(others.view(np.uint8), np.ones((3, 3), np.uint8)) > 0) & ~mine] = 255
        x, y = box.x0 - part[1].start, box.y0 - part[0].start
        places = stats[letters[own[letters]], :4].copy()
        places[:, 2:] += places[:, :2]
        rows.append(LetterRow(box, alone[y : y + box.height, x : x + box.width], places))
    return tuple(rows)


def _bases(bottoms: NDArray[Any], height: int, small: float) -> list[int]:
    """The base lines: where many letters end, at least one and a half small letters apart."""
    ends = np.bincount(bottoms, minlength=height + 4).astype(float)
    crowd = np.convolve(ends, np.ones(5), "same")
    near = int(1.5 * small)
    taken = np.zeros(len(crowd), bool)
    bases: list[int] = []
    for at in np.argsort(-crowd, kind="stable").tolist():
        if crowd[at] < (2 if bases and len(bottoms) > 12 else 1):
            break
        if not taken[at]:
            bases.append(at)
            taken[max(0, at - near) : at + near + 1] = True
    return sorted(bases)
