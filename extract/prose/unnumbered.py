"""Domains that a report does not number: in bullets, under headings of their own, or one after another in a sentence.

Their code is the usual number of the domain, which is doubtful in a scorecard that numbers otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extract.prose.codes import SCORED, heads_section
from extract.prose.cues import domain_named
from extract.prose.list_numbers import FROM_NAME, Criterion
from extract.prose.numerals import Mention
from extract.prose.section_names import name_end_of, plain_name
from extract.prose.sections import Section, before_signature, lines_of
from normalize.codes import Code

_MARK = regex.compile(
    r"(?:[-+*•–—►▪✓➢]\s*|\(?[a-zđ]\s*[.)]\s*|(?i:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám)),\s+)?"
    r"(?i:(?:về\s+)?(?:lĩnh vực\s+|nội dung\s+)?)"
)
# what parts the clauses of a sentence that goes through the domains
_CLAUSE = regex.compile(r"\n|[.;:]\s+|(?<=\)),\s+(?=\p{L}+\s+\p{L})|(?i:trong đó|cụ thể|gồm)\s*[,:]?\s*")
_BULLETS = regex.compile(r"(?:\n[-+*•–][^\n]*)+")
_LONGEST_HEADING = 120
_FEWEST = 2
_WHOLE = 7


def unnumbered_domains(text: str, mentions: Sequence[Mention]) -> tuple[Criterion, ...]:
    """The domains of the first way of listing them that gives any; none where one stands twice."""
    for sections, fewest in (
        (_lines(text, mentions), 1),
        (_under_headings(text, mentions), _FEWEST),
        (_clauses(text, mentions), _FEWEST),
    ):
        found = [each for section in sections if (each := _criterion(text, section, mentions)) is not None]
        if len(found) >= fewest:
            return _certain_whole(found) if len({each.code for each in found}) == len(found) else ()
    return ()


def _certain_whole(found: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """Without the doubt where all domains stand in their usual order: no scorecard numbers those otherwise."""
    whole = [each.code.parts for each in found] == [(at,) for at in range(1, len(found) + 1)]
    return tuple(replace(each, doubts=()) if whole and len(found) >= _WHOLE else each for each in found)


def _criterion(text: str, section: Section, mentions: Sequence[Mention]) -> Criterion | None:
    domain = domain_named(text[slice(*section.name)])
    own = [each for each in mentions if section.holds(each.start)]
    if domain is None or not any(each.role in SCORED and heads_section(section, each) for each in own):
        return None
    return Criterion(section, Code((domain,)), True, (FROM_NAME,))


def _lines(text: str, mentions: Sequence[Mention]) -> Iterator[Section]:
    """Every line as a section, its name as its code: "- Lĩnh vực cải cách thể chế: đạt 6,5/6,5 điểm".

    One that ends with a colon goes on over the bullets below it.
    """
    for start, end in lines_of(text):
        below = _BULLETS.match(text, end) if text[end - 1] == ":" and text[start] not in "-+*•–" else None
        yield _section(text, mentions, start, end, below.end() if below else end)


def _under_headings(text: str, mentions: Sequence[Mention]) -> list[Section]:
    """Short lines that name a domain and say no points, each with the text below it up to the next one."""
    starts = []
    for start, end in lines_of(text):
        line = text[start:end]
        points = any(start <= each.start < end for each in mentions)
        if len(line) <= _LONGEST_HEADING and not points and line[-1] not in ".;" and domain_named(line) is not None:
            starts.append((start, end))
    stops = [*[start for start, _ in starts[1:]], len(text)]
    return [
        _section(text, mentions, start, end, before_signature(text, end, stop))
        for (start, end), stop in zip(starts, stops, strict=False)
    ]


def _clauses(text: str, mentions: Sequence[Mention]) -> Iterator[Section]:
    """ "Công tác chỉ đạo bị trừ 3 điểm do ...; cải cách thủ tục hành chính bị trừ 4,5 điểm do ..."."""
    cuts = [0, *[match.end() for match in _CLAUSE.finditer(text)], len(text)]
    for start, end in pairwise(cuts):
        if text[start:end].strip():
            yield _section(text, mentions, start, end, end)


def _section(text: str, mentions: Sequence[Mention], start: int, line_end: int, end: int) -> Section:
    label = _MARK.match(text, start, line_end)
    after = label.end() if label else start
    stop = name_end_of(text, mentions, after, line_end)
    name = plain_name(text, after, stop)
    return Section("running", (), name, start, name, stop, line_end, end)
