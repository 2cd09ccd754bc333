"""Domains numbered by the list they stand in: a report about four of eight domains counts them 1 to 4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from extract.prose.cues import domain_named
from extract.prose.labels import parts_of
from extract.prose.numerals import Mention
from extract.prose.sections import Section
from normalize.codes import Code

# The code of a domain is what its name or what stands below it says, not the number in front of it.
FROM_NAME = "code-from-name"
LIST_NUMBER = "number-of-list"
_REFERRED = regex.compile(
    r"(?<!\p{L})(?i:tiêu chí(?: thành phần)?|tctp|tc)\s+(?:số\s+)?(?<code>\d{1,2}(?:\.\d{1,2}){1,4})(?!\d|\s*/)"
)
# A list of so many domains is hardly a choice of them, nor one that holds nearly all points.
_FEWEST, _MOST_CHOSEN = 3, 5
_NEARLY_ALL = Decimal(90)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A section that is a criterion, with its code and the doubts of its numbering; `headed` by a score of its own."""

    section: Section
    code: Code
    scored: bool
    doubts: tuple[str, ...] = ()
    headed: bool = False


def by_what_is_below(text: str, criteria: list[Criterion]) -> list[Criterion]:
    """The number a list gives a domain is replaced where all codes below belong to the domain it names.

    "2. Cải cách thủ tục hành chính: 12,1/13 điểm", and below it "Tiêu chí 3.2.2": domain 3. Codes of another domain
    than the one named leave a doubt.
    """
    heads = [at for at, each in enumerate(criteria) if len(each.code.parts) == 1]
    found = list(criteria)
    for at, end in pairwise([*heads, len(criteria)]):
        domains = {each.code.parts[0] for each in criteria[at + 1 : end]}
        head = criteria[at]
        named = domain_named(text[slice(*head.section.name)])
        if not head.scored or head.section.worded or len(domains) != 1 or named == head.code.parts[0]:
            continue
        if domains == {named} and named is not None:
            found[at] = replace(head, code=Code((named,)))
        elif domains != {head.code.parts[0]}:
            found[at] = _doubted(head)
    return found


def doubted_selection(text: str, criteria: Sequence[Criterion], mentions: Sequence[Mention]) -> tuple[Criterion, ...]:
    """A doubt on domains under other numbers than usual, where the list counts 1, 2, 3 and jumps in the usual order.

    "1. Chỉ đạo, điều hành; 2. Cải cách thủ tục hành chính; 3. Tài chính công" may be three domains of eight that lost
    points. A complete list has its scorecard's own numbers.
    """
    criteria = [_doubted_reference(text, each) for each in criteria]
    heads = [at for at, each in enumerate(criteria) if _is_counted(each)]
    heads = heads or [at for at, each in enumerate(criteria) if each.section.kind == "roman" and each.scored]
    counted = [criteria[at] for at in heads]
    named = [domain_named(text[slice(*each.section.name)]) for each in counted]
    if 2 * sum(each is None for each in named) > len(named):
        return _without_codes(text, criteria, heads)
    if [each.code.parts for each in counted] != [(at,) for at in range(1, len(counted) + 1)]:
        return tuple(criteria)
    whole = all(each is not None for each in named)
    chosen = whole and _FEWEST <= len(counted) <= _MOST_CHOSEN and _maxima(counted, mentions) < _NEARLY_ALL
    if not chosen or any(a >= b for a, b in pairwise(each or 0 for each in named)):
        return tuple(criteria)
    found = list(criteria)
    for at, domain in zip(heads, named, strict=True):
        each = criteria[at]
        below = any(other.code.under(each.code) for other in criteria)
        if domain is not None and domain > each.code.parts[0] and not below:
            found[at] = _doubted(each)
    return tuple(found)


def _without_codes(text: str, criteria: Sequence[Criterion], heads: Sequence[int]) -> tuple[Criterion, ...]:
    """A doubt on what a list only counts: "1. Tiêu chí sáng kiến: 0,5/1 điểm" is no domain 1."""
    found = list(criteria)
    for at in heads:
        each = criteria[at]
        below = any(other.code.under(each.code) for other in criteria)
        if domain_named(text[slice(*each.section.name)]) is None and each.scored and not below:
            found[at] = _doubted(each)
    return tuple(found)


def _doubted_reference(text: str, criterion: Criterion) -> Criterion:
    """A doubt on a number over words about a criterion of another domain: "2. Khắc phục tiêu chí 3.3.1, đạt 0,5/1"."""
    section = criterion.section
    named = _REFERRED.search(text, section.name[0], section.line_end) if _is_counted(criterion) else None
    if named is None or not criterion.scored or parts_of(named["code"])[:1] == criterion.code.parts:
        return criterion
    return _doubted(criterion)


def _doubted(criterion: Criterion) -> Criterion:
    return replace(criterion, doubts=tuple(dict.fromkeys((*criterion.doubts, LIST_NUMBER))))


def _is_counted(criterion: Criterion) -> bool:
    section = criterion.section
    return len(criterion.code.parts) == 1 and section.kind == "number" and not section.worded


def _maxima(criteria: Sequence[Criterion], mentions: Sequence[Mention]) -> Decimal:
    """What the domains could give together, as far as the first fraction of each says it."""
    firsts = [
        next((m.second for m in mentions if m.second is not None and each.section.holds(m.start)), None)
        for each in criteria
    ]
    return sum((each for each in firsts if each is not None), Decimal(0))
