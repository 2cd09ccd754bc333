"""Criteria named where nothing is numbered as one, and those that another place charges an agency with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extract.prose.cues import domain_named, starts_with
from extract.prose.flow import Flow
from extract.prose.labels import parts_of
from extract.prose.numerals import Mention
from extract.prose.responsible import charged_in
from extract.prose.running import running_criteria
from extract.prose.sections import Section, lines_of
from normalize.records import Responsibility

_CHARGE = regex.compile(
    r"(?<!\p{L})(?i:chủ trì|phụ trách|chịu trách nhiệm|trách nhiệm|khắc phục|tham mưu|giao)(?!\p{L})"
)
_CODES = regex.compile(
    r"(?<!\p{L})(?i:tiêu chí(?: thành phần)?|tctp|tc)\s+(?:số\s+)?(?<code>\d{1,2}(?:\.\d{1,2}){1,4})"
    r"(?:\s*(?:,|;|và|,\s*và)\s*(?:(?i:tiêu chí(?: thành phần)?|tctp|tc)\s+)?(?<code>\d{1,2}(?:\.\d{1,2}){1,4}))*"
)

# "- TCTP 1.1.2: ..." in a list, and behind the list who mends it all: "Đơn vị khắc phục: Phòng Nội vụ."
_BULLET_CODE = regex.compile(
    r"[-+*•–]\s*(?i:(?:tiêu chí(?: thành phần)?|tctp|tc)\s+)?(?<code>\d{1,2}(?:\.\d{1,2}){1,4})(?!\d)"
)
_BEHIND_LIST = regex.compile(
    r"(?i:(?:cơ quan|đơn vị|phòng|bộ phận)\s+(?:chủ trì|phụ trách|chịu trách nhiệm|thực hiện|khắc phục)|trách nhiệm)"
    r"(?:\s\p{Ll}+){0,4}\s*:\s*"
)

Agencies = tuple[Responsibility, ...]


def named_outside(
    flow: Flow, sections: Sequence[Section], taken: Sequence[Section], mentions: Sequence[Mention]
) -> Iterator[tuple[Section, Agencies]]:
    """The criteria in running text before the first section and in sections that are none themselves, with who is

    charged with them. Points of earlier years and those hoped for are no results.
    """
    starts = {each.start for each in taken}
    first = min((each.start for each in sections), default=len(flow.text))
    opening = Section("part", (), (0, 0), 0, (0, 0), 0, 0, first)
    for section in (opening, *sections):
        if (section.start in starts and section is not opening) or _planned(flow.text, sections, section):
            continue
        own = [each for each in mentions if section.holds(each.start) and each.start >= section.code[1]]
        headed = charged_in(flow, *section.name) if section.name[1] > section.name[0] else ()
        parts = running_criteria(flow.text, replace(section, body=section.code[1]), own) if own else ()
        for part in parts:
            if all(each.earlier for each in own if part.holds(each.start)):
                continue
            line = max(section.start, flow.text.rfind("\n", 0, part.start) + 1)
            lead = min([part.start, *[each.start for each in parts if each.start >= line]])
            charged = charged_in(flow, line, lead) if _CHARGE.search(flow.text, line, lead) else ()
            yield part, charged or headed


def assigned_by_code(flow: Flow) -> dict[tuple[int, ...], Agencies]:
    """Who is charged with a criterion by its code alone: "2. Thanh tra Sở chủ trì khắc phục tiêu chí 2.3, 3.1"."""
    found: dict[tuple[int, ...], Agencies] = {}
    for start, end in lines_of(flow.text):
        for match in _CODES.finditer(flow.text, start, end):
            lead = max(start, flow.text.rfind(";", start, match.start()) + 1)
            if not _CHARGE.search(flow.text, lead, match.start()):
                continue
            agencies = charged_in(flow, lead, match.start())
            for code in match.captures("code"):
                if agencies:
                    found.setdefault(parts_of(code), agencies)
    return found


def assigned_behind_list(flow: Flow) -> dict[tuple[int, ...], Agencies]:
    """Who is charged with all criteria of a list, by a line of its own behind it that is no item of the list."""
    found: dict[tuple[int, ...], Agencies] = {}
    listed: list[tuple[int, ...]] = []
    for start, end in lines_of(flow.text):
        item = _BULLET_CODE.match(flow.text, start, end)
        if item is not None:
            listed.append(parts_of(item["code"]))
            continue
        said = _BEHIND_LIST.match(flow.text, start, end)
        if said is not None and (agencies := charged_in(flow, said.end(), end)):
            found |= {code: agencies for code in listed if code not in found}
        listed = []
    return found


def _planned(text: str, sections: Sequence[Section], section: Section) -> bool:
    """Whether a section stands under a heading over what is to be done."""
    above = [each for each in sections if each.kind in ("part", "roman") and each.start <= section.start]
    name = text[slice(*above[-1].name)] if above else ""
    return starts_with("plans", name) and domain_named(name) is None
