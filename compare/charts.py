"""Charts without a library: drawn once, as SVG for screens and print and as pictures for papers (compare/pictures.py).

No network is needed; a title and texts make them readable by screen readers too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from compare.marks import GRID, HATCHED, INK, SOFT, BoxMark, DotMark, LineMark, Mark, TextMark

FONT = "'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
# Red, white and blue are told apart by the colour-blind too.
_LOW, _MIDDLE, _HIGH = (202, 0, 32), (247, 247, 247), (5, 113, 176)
# Shares apart by less than this do not get the full red and blue.
LEAST_SPAN = 0.1
LINES = ("#0571b0", "#ca0020", "#4d9221", "#8856a7", "#b35806", "#01665e", "#636363", "#c51b7d", "#8c6d00",
         "#00a0a0", "#7f3f00", "#4a4a8a")  # fmt: skip
# Room above a drawing for its title.
TITLE = 34
# Room below it for a note.
NOTE = 24


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing in pixels: its marks stand below the title, the `note` below them.

    `size` is that of the whole, `svg` a whole file.
    """

    width: int
    height: int
    title: str
    marks: tuple[Mark, ...]
    note: str = ""

    @property
    def size(self) -> tuple[int, int]:
        wide = max(self.width, 9 * len(self.title), 7 * len(self.note) + 16)
        return wide, self.height + TITLE + (NOTE if self.note else 0)

    @property
    def words(self) -> tuple[TextMark, ...]:
        """The title above the drawing, and below it what it rests on."""
        title = TextMark(8, 20, self.title, "start", 15)
        return (title, TextMark(8, self.size[1] - 8, self.note, "start", 11, SOFT)) if self.note else (title,)

    @property
    def svg(self) -> str:
        width, height = self.size
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        about = f'height="{height}" role="img" font-family="{FONT}" font-size="12" fill="{INK}">'
        paper = f'<rect width="{width}" height="{height}" fill="#fff"/>'
        words = "".join(mark.svg for mark in self.words)
        body = f'<g transform="translate(0 {TITLE})">{"".join(mark.svg for mark in self.marks)}</g>'
        return f"{head} {about}<title>{escape(self.title)}</title>{_HATCH}{paper}{words}{body}</svg>\n"


_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="{GRID}" stroke-width="2"/>'
    "</pattern></defs>"
)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A share with the text that stands in its cell; None where there is no number."""

    share: float | None
    text: str
    hint: str = ""


def heat_map(
    title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[HeatCell]]], scale: str = ""
) -> Chart:
    """Units (rows) by domains (columns). Colours span the shares shown, so that differences are seen."""
    shares = [cell.share for _, cells in rows for cell in cells if cell.share is not None]
    low, high = _span(shares)
    left, top, wide, tall = _label_width([name for name, _ in rows]), 64, 86, 26
    body: list[Mark] = []
    for number, name in enumerate(columns):
        x = left + number * wide + wide / 2
        parts = _wrapped(name, 13, 4)
        for line, part in enumerate(parts, start=-len(parts)):
            body.append(TextMark(x, top + 5 + 14 * line, part, "middle", 11, SOFT))
    for row, (name, cells) in enumerate(rows):
        y = top + row * tall
        body.append(TextMark(left - 8, y + 17, name, "end"))
        for number, cell in enumerate(cells):
            x = left + number * wide
            fill, ink = (HATCHED, SOFT) if cell.share is None else _heat(cell.share, low, high)
            body.append(BoxMark(x, y, wide - 2, tall - 2, fill, cell.hint))
            body.append(TextMark(x + wide / 2 - 1, y + 16, cell.text, "middle", 11, ink))
    if shares:
        body += _scale(left, top + tall * len(rows) + 14, scale)
    width = max(left + wide * len(columns), left + 160 + 7 * len(scale))
    return Chart(width + 12, top + tall * len(rows) + 48, title, tuple(body))


def _span(shares: Sequence[float]) -> tuple[float, float]:
    """What the colours span: the shares shown, but ten points at least, for small differences must not look large.

    >>> _span([0.2, 0.9]), _span([]), [round(end, 2) for end in _span([0.8, 0.82])]
    ((0.2, 0.9), (0.0, 1.0), [0.76, 0.86])
    """
    if not shares:
        return 0.0, 1.0
    low, high = min(shares), max(shares)
    room = max(0.0, LEAST_SPAN - (high - low)) / 2
    return low - room, high + room


def _scale(x: int, y: int, told: str) -> list[Mark]:
    """The colours from low to high in nine steps, and what they span."""
    steps = [_heat(step / 8, 0.0, 1.0)[0] for step in range(9)]
    boxes: list[Mark] = [BoxMark(x + 16 * at, y, 16, 12, fill) for at, fill in enumerate(steps)]
    return [*boxes, TextMark(x + 152, y + 11, told, "start", 11, SOFT)]


def rank_slope(title: str, years: Sequence[int], lines: Sequence[tuple[str, Sequence[int | None]]]) -> Chart:
    """Ranks over years, the first on top; names stand at the last known rank, moved apart where they would meet."""
    ranks = [rank for _, points in lines for rank in points if rank is not None]
    most = max(ranks, default=1)
    left, top, tall, names = 46, 40, 24, _label_width([name for name, _ in lines])
    wide = max(90, min(170, 760 // max(len(years) - 1, 1)))
    body: list[Mark] = []
    for number, year in enumerate(years):
        x = left + number * wide
        body.append(LineMark(x, top - 8, x, top + (most - 1) * tall + 8, GRID))
        body.append(TextMark(x, top - 16, str(year), "middle", 12, SOFT))
    shown = [rank for rank in range(1, most + 1) if rank in (1, most) or rank % 5 == 0]
    body += [TextMark(left - 14, top + (rank - 1) * tall + 4, str(rank), "end", 11, SOFT) for rank in shown]
    ends: list[tuple[int, float, str, str]] = []
    for number, (name, points) in enumerate(lines):
        colour = LINES[number % len(LINES)]
        known = [(left + at * wide, top + (rank - 1) * tall) for at, rank in enumerate(points) if rank is not None]
        for at in range(len(points) - 1):
            here, there = points[at], points[at + 1]
            if here is not None and there is not None:
                y1, y2 = top + (here - 1) * tall, top + (there - 1) * tall
                body.append(LineMark(left + at * wide, y1, left + (at + 1) * wide, y2, colour, 2, name))
        body += [DotMark(x, y, 4, colour) for x, y in known]
        last = next((rank for rank in reversed(points) if rank is not None), None)
        if last is not None:
            ends.append((last, top + (last - 1) * tall, name, colour))
    x = left + (len(years) - 1) * wide + 12
    lowest = -100.0
    for _, y, name, colour in sorted(ends):
        lowest = max(float(y), lowest + 15)
        body.append(TextMark(x, lowest + 4, name, "start", 12, colour))
    height = max(top + (most - 1) * tall, int(lowest)) + 24
    return Chart(x + names, height, title, tuple(body))


def loss_bars(title: str, bars: Sequence[tuple[str, Decimal, str]], pale: Sequence[str] = ()) -> Chart:
    """Points lost by kind, the most first; the text beside a bar gives points and share. `pale` are drawn grey."""
    left, top, tall, wide = _label_width([name for name, _, _ in bars]), 12, 28, 420
    most = max((points for _, points, _ in bars), default=Decimal(0)) or Decimal(1)
    body: list[Mark] = [LineMark(left, top - 4, left, top + tall * len(bars), SOFT)]
    for number, (name, points, told) in enumerate(bars):
        y, length = top + number * tall, float(points / most) * wide
        fill = "#a6b1bc" if name in pale else "#c0504d"
        body.append(TextMark(left - 8, y + 15, name, "end"))
        body.append(BoxMark(left, y, length, tall - 8, fill))
        body.append(TextMark(left + length + 6, y + 15, told, "start", 11, SOFT))
    return Chart(left + wide + 150, top + tall * len(bars) + 10, title, tuple(body))


def _heat(share: float, low: float, high: float) -> tuple[str, str]:
    """The colour of a cell and of the text on it."""
    place = 0.5 if high <= low else (share - low) / (high - low)
    start, end, part = (_LOW, _MIDDLE, place * 2) if place < 0.5 else (_MIDDLE, _HIGH, place * 2 - 1)
    # Full red and blue would drown the text: three quarters of the way is enough to see.
    softened = [_between(_between(a, b, part), 247, 0.25) for a, b in zip(start, end, strict=True)]
    red, green, blue = softened
    dark = 0.299 * red + 0.587 * green + 0.114 * blue < 140
    return f"#{red:02x}{green:02x}{blue:02x}", "#ffffff" if dark else INK


def _between(first: int, second: int, part: float) -> int:
    return round(first + (second - first) * part)


def _label_width(names: Sequence[str]) -> int:
    """Room for the longest name, in pixels: seven for a letter, as the font has them on the average."""
    return min(max((len(name) for name in names), default=6) * 7 + 20, 300)


def _wrapped(text: str, letters: int, lines: int) -> list[str]:
    """The text in lines of so many letters; what does not fit is cut with an ellipsis.

    >>> _wrapped("Hiện đại hóa, chính quyền số", 13, 4)
    ['Hiện đại hóa,', 'chính quyền', 'số']
    """
    found: list[str] = []
    for word in text.split():
        if found and len(found[-1]) + 1 + len(word) <= letters:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found if len(found) <= lines else [*found[: lines - 1], found[lines - 1] + "…"]
