"""Recognised pages whose tables cannot be relied on: numerals stand in columns and no table was found there, or most
numerals of the tables that were found are unsure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from extract.document import Document, Page, Paragraph, Table, Word
from normalize.place import Place
from normalize.value import Printed, Refusal

_LEAST_LINES = 4
"""So many lines hold numerals at the same two places: in prose numerals stand anywhere."""
_PLACE = 14.0
"""Numerals of a column stand within so many points of each other, from line to line and along it."""
_LEAST_NUMERALS = 8
_UNSURE, _MOSTLY = 0.5, 0.55
"""A numeral of no more confidence is unsure, and a page with such a share of them unclear. Measured: 0 to 0.1 on clean
and coarse scans, 0.4 on thick copies that still read, 0.6 to 0.8 where a threshold took thin strokes or filled gaps."""
_DIGITS = regex.compile(r"\d")
_SCORE = regex.compile(r"-?\d{1,3}(?:[.,]\d{1,2})?%?")


def unread_tables(document: Document) -> Iterator[Refusal]:
    """One refusal, kind "table", reason "table-not-read", for every recognised page with columns of numerals outside
    its tables: what stands there was read as prose, and its scores are lost. And one, reason "table-unclear", where
    most numerals of its tables are unsure: rows and columns may be lost with them."""
    for page in document.pages:
        if page.method != "ocr":
            continue
        if words := _in_columns(page):
            yield Refusal(_printed(page, words), "table", "table-not-read")
        elif words := _unclear(page):
            yield Refusal(_printed(page, words), "table", "table-unclear")


def _printed(page: Page, words: Sequence[Word]) -> Printed:
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    text = " ".join(word.text for word in words)[:200]
    sure = min((word.confidence for word in words if word.confidence is not None), default=None)
    return Printed(text, Place(page.number, box), sure)


def _unclear(page: Page) -> list[Word]:
    """The numerals of the page's tables, where most of them are unsure; else none."""
    tables = [block for block in page.blocks if isinstance(block, Table)]
    words = [word for table in tables for cell in table.cells for word in cell.words if _DIGITS.search(word.text)]
    unsure = sum(word.confidence is not None and word.confidence <= _UNSURE for word in words)
    return words if len(words) >= _LEAST_NUMERALS and unsure >= _MOSTLY * len(words) else []


def _in_columns(page: Page) -> list[Word]:
    """The lone numerals of the prose that stand in two columns and more; empty where there are too few lines."""
    prose = [block for block in (*page.blocks, *page.notes) if isinstance(block, Paragraph)]
    words = [word for paragraph in prose for word in paragraph.words if _SCORE.fullmatch(word.text)]
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.top + word.box.bottom):
        middle = word.box.top + word.box.bottom
        if lines and middle - lines[-1][0].box.top - lines[-1][0].box.bottom <= _PLACE:
            lines[-1].append(word)
        else:
            lines.append([word])
    pairs: Counter[tuple[int, int]] = Counter()
    for line in lines:
        places = sorted({round((word.box.x0 + word.box.x1) / 2 / _PLACE) for word in line})
        pairs.update({(first, last) for first, last in combinations(places, 2) if last - first > 1})
    good = [pair for pair, count in pairs.items() if count >= _LEAST_LINES]
    if not good:
        return []
    columns = {place for pair in good for place in pair}
    return [word for line in lines for word in line if round((word.box.x0 + word.box.x1) / 2 / _PLACE) in columns]
