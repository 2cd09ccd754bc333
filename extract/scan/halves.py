"""Two pages copied side by side on one sheet: the white between them is found, and each is read by itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.document import Page
from extract.scan.clean import INK, Gray

_LANDSCAPE = 1.15
_MIDDLE = 0.4, 0.6
_GUTTER = 0.025
"""The white between two pages, the inner margins of both, is at least so wide; a share of the sheet's width."""
_FOLD = 0.008
"""The shadow of the fold within it is no wider."""
_CLEAN = 0.004
"""A column of pixels with less ink than this holds no print, but dirt."""
_FILLED = 0.55
"""The print of a page spreads over so much of its half across, and so much of the sheet's height in one of the two."""
_LINES = 12
"""And each half holds so many lines of print: two heads over a landscape table, two signatures below one hold fewer."""


def gutter_of(even: Gray) -> int | None:
    """Where the sheet is cut into two pages, in pixels from its left; None where it is one page.

    Nothing may cross the cut over the whole height: a heading over the sheet's width or a wide table does.
    """
    height, width = even.shape
    if width < _LANDSCAPE * height:
        return None
    ink = even[::2, ::2] < INK
    columns = ink.mean(axis=0)
    first, last = (round(share * len(columns)) for share in _MIDDLE)
    free = _closed(columns < _CLEAN, round(_FOLD * len(columns)))
    runs = [run for run in _runs(free) if run[1] > first and run[0] < last]
    wide = [run for run in runs if run[1] - run[0] >= _GUTTER * len(columns)]
    if not wide:
        return None
    # The cut nearest to the middle of the sheet.
    start, end = min(wide, key=lambda run: abs((run[0] + run[1]) / 2 - len(columns) / 2))
    halves = ink[:, : (start + end) // 2], ink[:, (start + end) // 2 :]
    if not all(_is_page(half) for half in halves) or max(map(_spread, halves)) < _FILLED:
        return None
    return start + end


def side_by_side(left: Page, right: Page) -> Page:
    """Two pages of one sheet as one page, what stands on the left one first."""
    return replace(
        left,
        blocks=left.blocks + right.blocks,
        running=left.running + right.running,
        notes=left.notes + right.notes,
        why=left.why if left.why == right.why else None,
    )


def _closed(free: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """The free columns, the narrow dark stretches among them taken for free too."""
    closed = free.copy()
    for start, end in _runs(~free):
        if end - start <= most:
            closed[start:end] = True
    return closed


def _is_page(half: NDArray[np.bool_]) -> bool:
    columns = np.nonzero(half.mean(axis=0) >= _CLEAN)[0]
    if not len(columns) or columns[-1] - columns[0] < _FILLED * half.shape[1]:
        return False
    return len(_runs(half.mean(axis=1) > 0.01)) >= _LINES


def _spread(half: NDArray[np.bool_]) -> float:
    """The share of the height over which the print of a half goes."""
    rows = np.nonzero(half.mean(axis=1) > 0.01)[0]
    return float(rows[-1] - rows[0]) / half.shape[0] if len(rows) else 0.0


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches of a mask that hold, as first place and the one behind the last."""
    edges = np.nonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))[0]
    return [(int(start), int(end)) for start, end in pairwise(edges)][::2]
