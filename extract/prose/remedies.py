"""What is to be done about points lost, where a heading of its own says so."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.prose.cues import either
from extract.prose.flow import Flow
from extract.prose.responsible import Aside
from extract.prose.sections import Section
from extract.prose.tightening import tight
from normalize.typos import clean_text
from normalize.value import Value

_REMEDY = regex.compile(
    rf"(?:^|(?<=\n)|(?<=[.;]\s))(?:[-+*•–]\s*)?"
    rf"(?:\(?(?:\d{{1,2}}(?:\.\d{{1,2}})+\s*[.)]?|[a-zđ0-9]\s*[.)])\s*)?"
    rf"(?:(?:{either('remedy')})[^:\n.]{{0,40}}|(?:cách\s+)?khắc phục\s*):\s*",
    regex.IGNORECASE,
)


def remedy_of(flow: Flow, section: Section, asides: Sequence[Aside]) -> tuple[int, Value[str] | None]:
    """Where the reasons of the section end, and what is to be done about them, where a heading of its own says so."""
    text = flow.text[section.body : section.end]
    match = _REMEDY.search(text)
    if match is None:
        return section.end, None
    begins = section.body + match.end()
    limit = min([section.end, *[each.start for each in asides if each.start > begins and not each.note]])
    start, end = tight(flow.text, begins, limit)
    if end <= start:
        return section.body + match.start(), None
    return section.body + match.start(), clean_text(flow.printed(start, end), "prose-remedy")


def remedy_lines(text: str, section: Section) -> list[tuple[int, int]]:
    """The lines that say what was or will be done: points in them are hoped for, not given."""
    found = []
    for match in _REMEDY.finditer(text, section.body, section.end):
        stop = text.find("\n", match.end(), section.end)
        found.append((match.start(), section.end if stop < 0 else stop))
    return found


def opens_remedy(text: str) -> bool:
    return _REMEDY.match(text) is not None
