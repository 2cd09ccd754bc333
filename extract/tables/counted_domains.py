"""Roman numbers that count the domains a table shows, not the domains of the scorecard: "IV" over 6.1.2 and 6.3.1.

A list of lost criteria leaves out the domains that lost nothing, and the titles of the others are counted on. Which
domain a title stands for its criteria say by their whole codes, and its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.tables.coded_row import CodedRow, printed_rest
from extract.tables.column_roles import Columns
from normalize.codes import Code
from normalize.text import fold
from normalize.value import Value
from patterns.domains import usual_domain

_STROKES = 4


def with_counted_domains(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """Titles named as the one domain that all their criteria are of get its number; one of the same list without

    criteria goes by its name, and has no code where that names no domain ("V. Điều tra xã hội học").
    """
    found = _with_worn_titles(found, columns)
    heads = [position for position, coded in enumerate(found) if coded.roman and coded.code is not None]
    if not heads:
        return found
    below = {
        head: _domains_of(found[head + 1 : end]) for head, end in zip(heads, [*heads[1:], len(found)], strict=True)
    }
    taken = [domain for domains in below.values() for domain in set(domains)]
    result = list(found)
    for head, domains in below.items():
        if len(set(domains)) == 1 and taken.count(domains[0]) == 1 and _stands_for(found[head], domains, columns):
            result[head] = _renumbered(found[head], domains[0])
    if result == found:
        return found
    for head, domains in below.items():
        if domains:
            continue
        usual = _usual(found[head], columns)
        result[head] = replace(found[head], code=None) if usual is None else _renumbered(found[head], usual)
    return result


def _with_worn_titles(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """Recognised titles whose number is a stroke or two and no code, where their name and the next criterion agree."""
    if not any(coded.roman for coded in found):
        return found
    known = {coded.code.value.parts for coded in found if coded.code is not None}
    result = list(found)
    for position, coded in enumerate(found[:-1]):
        printed = coded.row.printed(columns.code)
        below = _domains_of(found[position + 1 : position + 2])
        if coded.code is not None or printed.confidence is None or not 0 < len(printed.text.strip()) <= _STROKES:
            continue
        if below and below == [_usual(coded, columns)] and (below[0],) not in known:
            step = f"domain-of-criteria: {printed.text!r} -> {below[0]}"
            code = Value(Code((below[0],)), printed, "domain-of-criteria", (step,))
            result[position] = CodedRow(coded.row, code, None, roman=True)
    return result


def _domains_of(rows: Sequence[CodedRow]) -> list[int]:
    """The domains that the whole codes of criteria name."""
    return [one.code.value.parts[0] for one in rows if one.code is not None and len(one.code.value.parts) > 1]


def _stands_for(head: CodedRow, domains: Sequence[int], columns: Columns) -> bool:
    """Whether a title is of the domain of its criteria rather than of its own number, where these differ."""
    assert head.code is not None  # it is a head
    if head.code.value.parts == (domains[0],):
        return False
    return _usual(head, columns) == domains[0]


def _usual(head: CodedRow, columns: Columns) -> int | None:
    return usual_domain(fold(printed_rest(head, columns).text))


def _renumbered(head: CodedRow, domain: int) -> CodedRow:
    assert head.code is not None  # it is a head
    if head.code.value.parts == (domain,):
        return head
    step = f"domain-of-criteria: {head.code.value} -> {domain}"
    return replace(head, code=replace(head.code, value=Code((domain,))).with_step(step))
