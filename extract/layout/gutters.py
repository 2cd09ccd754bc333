"""The order in which a person reads lines: the left column of a letterhead before its right one.

Decree 30/2020 and Circular 01/2011 before it put the issuer and number left, the national heading, place and date
right; at the end the recipients left, the signature right. Neither has rulings. A band of lines with one gutter
through all of them is such a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extract.layout.paragraphs import Line, line_of

_NUMBERS = regex.compile(r"^[\d.,/%\s–-]+(?:điểm|đ|%)?$")


@dataclass(frozen=True, slots=True)
class _Gap:
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def within(self, other: _Gap) -> _Gap:
        return _Gap(max(self.left, other.left), min(self.right, other.right))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines to be read from top to bottom: over the whole width of the page, or one of two columns (`half`)."""

    lines: tuple[Line, ...]
    half: bool = False


def columns_of(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """The lines (top to bottom, over the whole width) in stretches to be read one after the other."""
    return tuple(stretch.lines for stretch in stretches_of(lines))


def stretches_of(lines: Sequence[Line]) -> tuple[Stretch, ...]:
    """As `columns_of`, and which stretches are a column of two."""
    stretches: list[Stretch] = []
    plain: list[Line] = []
    index = 0
    while index < len(lines):
        band = _band(lines, index, index - len(plain))
        if band is None:
            plain.append(lines[index])
            index += 1
            continue
        first, end, gap = band
        for _ in range(index - first):
            plain.pop()
        if plain:
            stretches.append(Stretch(tuple(plain)))
            plain = []
        left, right = _halves(lines[first:end], gap)
        stretches.extend(Stretch(half, half=True) for half in (left, right) if half)
        index = end
    if plain:
        stretches.append(Stretch(tuple(plain)))
    return tuple(stretches)


def _band(lines: Sequence[Line], index: int, free: int) -> tuple[int, int, _Gap] | None:
    """First line, end and gutter of the two-column block whose first line with text on both sides is `index`.

    Lines before `free` belong to the block above already.
    """
    for gap in _gaps(lines[index]):
        both = [index]
        end = index + 1
        common = gap
        while end < len(lines) and _near(lines[end - 1], lines[end]):
            line = lines[end]
            joint = next(
                (g for g in (common.within(other) for other in _gaps(line)) if g.width >= 0.8 * line.size), None
            )
            if joint is not None:
                common = joint
                both.append(end)
            elif not (line.box.x0 >= common.left or line.box.x1 <= common.right):
                break
            end += 1
        while end - 1 > both[-1] and not _belongs(lines, both, end - 1, common):
            end -= 1
        end = _trimmed(lines, both, end, common)
        first = index
        while first > free and _near(lines[first - 1], lines[first]) and _belongs(lines, both, first - 1, common):
            first -= 1
        if _is_block(lines, first, end, both, common):
            return first, end, common
    return None


def _trimmed(lines: Sequence[Line], both: Sequence[int], end: int, gap: _Gap) -> int:
    """The end of the band without what follows the first line that is prose again."""
    for index in range(both[-1] + 1, end):
        if not _belongs(lines, both, index, gap):
            return index
    return end


def _gaps(line: Line) -> list[_Gap]:
    """Holes in a line as wide as a letter is high, the widest first."""
    holes = [
        _Gap(before.frame.x1, after.frame.x0)
        for before, after in pairwise(line.pieces)
        if after.frame.x0 - before.frame.x1 >= 0.9 * line.size
    ]
    return sorted(holes, key=lambda hole: -hole.width)


def _near(above: Line, below: Line) -> bool:
    """Signatures leave room for the stamp: up to eight lines."""
    return below.box.top - above.box.bottom < 8 * above.size


def _belongs(lines: Sequence[Line], both: Sequence[int], index: int, gap: _Gap) -> bool:
    """Whether a line with text on one side only is part of the block."""
    line = lines[index]
    if line.box.x0 >= gap.left:
        # A short title centred on the page begins right of the gutter too, but off the axis of the right column.
        right = [part for part in (_part(lines[other], gap, right=True) for other in both) if part is not None]
        on_axis = any(abs(part.centre - line.centre) < 2.5 * line.size for part in right)
        return on_axis or any(abs(part.box.x0 - line.box.x0) < 3 for part in right)
    if line.box.x1 > gap.right or line.box.x1 > gap.left + gap.width * 0.6:
        return False
    left = [part for part in (_part(lines[other], gap, right=False) for other in both) if part is not None]
    if not left:
        return False
    neighbour = lines[index - 1] if index > both[0] else lines[index + 1]
    if abs(line.box.top - neighbour.box.top) > 2.6 * line.size or line.size > max(part.size for part in left) + 0.4:
        return False
    centred = any(abs(part.centre - line.centre) < 1.2 * line.size for part in left)
    return centred or any(abs(part.box.x0 - line.box.x0) < 3 for part in left)


def _part(line: Line, gap: _Gap, right: bool) -> Line | None:
    middle = (gap.left + gap.right) / 2
    pieces = [piece for piece in line.pieces if ((piece.frame.x0 + piece.frame.x1) / 2 > middle) == right]
    return line_of(pieces) if pieces else None


def _halves(lines: Sequence[Line], gap: _Gap) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    left = tuple(part for part in (_part(line, gap, right=False) for line in lines) if part is not None)
    right = tuple(part for part in (_part(line, gap, right=True) for line in lines) if part is not None)
    return left, right


def _is_block(lines: Sequence[Line], first: int, end: int, both: Sequence[int], gap: _Gap) -> bool:
    """Whether the band is two columns and not prose with rivers, a list with labels, or names with numbers behind."""
    left, right = _halves(lines[first:end], gap)
    size = max(line.size for line in left + right)
    if len(both) < 2 and not (gap.width >= 2.5 * size and end - first >= 2 and len(left) + len(right) >= 3):
        return False
    page = max(line.box.x1 for line in lines) - min(line.box.x0 for line in lines)
    widths = [max(line.box.x1 for line in half) - min(line.box.x0 for line in half) for half in (left, right)]
    if min(widths) < 0.12 * page:
        return False
    if sum(bool(_NUMBERS.match(line.text)) for line in right) * 2 > len(right):
        return False
    if gap.width >= 2 * size:
        return True
    # Justified prose ends flush on both sides; the centred lines of a letterhead do not.
    starts = {round(line.box.x0 / 3) for line in left}
    ends = {round(line.box.x1 / 3) for line in right}
    return len(starts) > 1 or len(ends) > 1 or len(both) != end - first
