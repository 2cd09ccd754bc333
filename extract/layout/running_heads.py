"""Running heads, feet and page numbers: lines that belong to the paper and not to the report.

Decree 30/2020 puts the page number at the top centre from the second page on; older documents and annexes put it
below, to the right, or write "Trang 2/6". A line that stands at the same height on most pages is a running head.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.layout.paragraphs import Line
from normalize.text import fold

_NUMBER = regex.compile(r"^(?:[-–—~]\s*)?(?:trang\s+|page\s+)?(\d{1,4})(?:\s*[/|]\s*\d{1,4})?(?:\s*[-–—~])?\.?$")
_ZONE = 0.12  # of the page height, above and below
_SAME_HEIGHT = 6.0


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page outside its tables, and what it takes to judge them. `number` counts from 1."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def running_lines(pages: Sequence[PageLines]) -> tuple[frozenset[int], ...]:
    """For each page the indexes of its lines that are running heads, feet or page numbers."""
    found: list[set[int]] = [set() for _ in pages]
    numbers = _page_numbers(pages)
    repeated = _repeated(pages)
    for place, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            if not _in_zone(page, line):
                continue
            if (place, index) in numbers or _key(page, line) in repeated:
                found[place].add(index)
    return tuple(frozenset(indexes) for indexes in found)


def _in_zone(page: PageLines, line: Line) -> bool:
    return line.box.bottom < page.height * _ZONE or line.box.top > page.height * (1 - _ZONE)


def _outermost(page: PageLines, index: int) -> bool:
    """Whether a line is among the first two or last two of its page."""
    return index < 2 or index >= len(page.lines) - 2


def _page_numbers(pages: Sequence[PageLines]) -> set[tuple[int, int]]:
    """Lone numbers in the margin that count with the pages: the number of the page, or ahead of it by as much twice."""
    candidates: list[tuple[int, int, int]] = []
    for place, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            match = _NUMBER.match(fold(line.text))
            if match and _in_zone(page, line) and _outermost(page, index):
                candidates.append((place, index, int(match[1]) - page.number))
    ahead = Counter(shift for _, _, shift in candidates)
    return {
        (place, index)
        for place, index, shift in candidates
        if shift == 0 or ahead[shift] > 1 or _centred(pages[place], pages[place].lines[index])
    }


def _centred(page: PageLines, line: Line) -> bool:
    return abs(line.centre - page.width / 2) < 0.03 * page.width and line.box.width < 0.1 * page.width


def _key(page: PageLines, line: Line) -> tuple[str, int, int]:
    """Text with the page number masked, and height; odd and even heads are two texts."""
    text = regex.sub(rf"(?<!\d){page.number}(?!\d)", "#", fold(line.text))
    from_top = line.box.top < page.height / 2
    height = line.box.top if from_top else page.height - line.box.bottom
    return text, round(height / _SAME_HEIGHT), 1 if from_top else -1


def _repeated(pages: Sequence[PageLines]) -> set[tuple[str, int, int]]:
    counts: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        counts.update({_key(page, line) for line in page.lines if _in_zone(page, line)})
    least = 2 if len(pages) <= 4 else 3
    return {key for key, count in counts.items() if count >= least and count * 4 >= len(pages) and key[0]}
