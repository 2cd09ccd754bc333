"""Footnotes: small lines at the foot of a page below a short rule.

Reports cite the decisions they speak of in footnotes; left in the text they would part a paragraph, or a table, that
goes on over the page end.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.document import Table
from extract.layout.paragraphs import Line
from extract.pdf.shapes import Segment

# Word draws two inches, LibreOffice a quarter of the text's width; lengths are points.
_SHORTEST, _LONGEST = 80.0, 220.0
_SMALLER = 0.93  # of the size of the text above


def parted_footnotes(
    lines: Sequence[Line], segments: Sequence[Segment], tables: Sequence[Table]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of the body and those of the footnotes."""
    if not lines:
        return (), ()
    left = min(line.box.x0 for line in lines)
    for rule in segments:
        if not rule.across or not _SHORTEST <= rule.end - rule.start <= _LONGEST or abs(rule.start - left) > 12:
            continue
        notes = [line for line in lines if line.box.top >= rule.position - 1]
        body = [line for line in lines if line.box.top < rule.position - 1]
        if not notes or any(table.place.box and table.place.box.bottom > rule.position for table in tables):
            continue
        above = median([line.size for line in body] or [cell_size(tables)])
        if all(line.size <= _SMALLER * above for line in notes) and notes[0].text[:1] in "0123456789¹²³[(*":
            return tuple(body), tuple(notes)
    return tuple(lines), ()


def cell_size(tables: Sequence[Table]) -> float:
    """The usual height of the words in the tables; 0 without any."""
    heights = [word.box.height for table in tables for cell in table.cells for word in cell.words]
    return median(heights) if heights else 0.0
