"""Points and ranks that the running text gives units while the report gave no assessment: they are told, not lost."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract.document import Document, Paragraph
from extract.heading.names import named_units
from extract.heading.period import sentences
from extract.heading.read_heading import HeadingFacts
from normalize.decimals import decimal_of
from normalize.text import nfc, squeeze
from normalize.value import Printed, Refusal
from patterns.catalogue import pattern

_LEAST, _MOST = 30, 110
"""Points of a whole index; a domain holds fewer, counts and years are more."""
_SEVERAL = 2
_POINTS = regex.compile(r"(?<![0-9.,/])(?<value>[0-9]{2,3}(?:[.,][0-9]{1,4})?)(?:\s*/\s*[0-9]{2,3})?\s*điểm\b", regex.I)
_OFFICE = regex.compile(r"\b(?:[Ss]ở|Ban|Thanh tra|Văn phòng)\s+(?:\p{Lu}|Quản lý|tỉnh|UBND)")
_BOUND = regex.compile(r"\b(?:từ|đến|dưới|trên|khoảng|gần|hơn|tối thiểu|ít nhất)\s+(?:mức\s+)?$", regex.I)


def unread_prose(document: Document, facts: HeadingFacts) -> Iterator[Refusal]:
    """One refusal, kind "table", reason "prose-not-read", for a text of the reform's scores that gave no assessment.

    It stands where the text gives its own unit an index or a rank and no points, or several units their points.
    """
    totals = facts.totals
    own = totals.index_percent or totals.rank
    if own is not None:
        yield Refusal(own.printed, "table", "prose-not-read")
        return
    found: list[Printed] = []
    spoken = False
    for paragraph in _paragraphs(document):
        for sentence in sentences(nfc(paragraph.text)):
            spoken = spoken or pattern("speaks-of-scores", "headings").search(sentence) is not None
            found += [paragraph.printed] * _given(sentence)
    if spoken and len(found) >= _SEVERAL:
        first = found[0]
        yield Refusal(Printed(squeeze(first.text)[:200], first.place, first.confidence), "table", "prose-not-read")


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    return (block for block in document.blocks() if isinstance(block, Paragraph))


def _given(sentence: str) -> int:
    """How many points a sentence gives behind the name of a unit or an office."""
    if any(pattern(name, "headings").search(sentence) for name in ("another-index", "part-of-the-whole")):
        return 0
    count = 0
    for match in _POINTS.finditer(sentence):
        before = sentence[: match.start()]
        value = decimal_of(match["value"])
        whole = value is not None and _LEAST <= value <= _MOST and not _BOUND.search(before)
        count += whole and bool(_OFFICE.search(before) or named_units(before))
    return count
