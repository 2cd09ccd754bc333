"""Which numbered sections are criteria, and under what code.

A report numbers its own parts (I, II, III; 1, 2) and its domains (1 to 8) with the same signs. The scores decide: the
part that holds them is the assessment, and codes follow the numbering of the scored sections in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from extract.prose.cues import domain_named, starts_with
from extract.prose.list_numbers import Criterion, by_what_is_below, doubted_selection
from extract.prose.numerals import USUAL_MAXIMUM, Mention
from extract.prose.running import running_criteria
from extract.prose.sections import Section
from normalize.codes import Code

SCORED = frozenset({"score", "self", "appraised", "full", "deducted", "total_deducted"})
_FEW = 3


def criteria_of(text: str, sections: Sequence[Section], mentions: Sequence[Mention]) -> tuple[Criterion, ...]:
    """The criteria among the sections, in printed order; none where no section has a score or a deduction."""
    weak_counts = _weak_counts(sections, mentions)
    foreign = {section.start: _of_other_criteria(text, section, mentions) for section in sections}
    headed = {
        section.start: _has_score(section, [m for m in mentions if m not in foreign[section.start]], weak_counts)
        for section in sections
    }
    romans = _roman_domains(text, sections, headed)
    found: list[Criterion] = []
    for part in _parts(sections, romans):
        part = [
            (section, roman)
            for section, roman in part
            if not under_aside(text, sections, section)
            and not (roman is None and _measures_another(text, section, mentions))
        ]
        coded = [
            replace(
                _coded(text, section, headed[section.start], roman),
                headed=headed[section.start] and _is_headed(section, mentions),
            )
            for section, roman in part
        ]
        found.extend(_kept(text, by_what_is_below(text, _without_shared_prefix(text, coded))))
    return doubted_selection(text, found, mentions)


def _measures_another(text: str, section: Section, mentions: Sequence[Mention]) -> bool:
    """Whether the points of a section that names no domain are more than one is worth: "2. Điểm số phục vụ người dân

    trên Cổng Dịch vụ công: 91,24 điểm", "3. Cuộc thi tìm hiểu CCHC: giải nhất 95,5 điểm".
    """
    if section.worded or section.kind != "number" or len(section.number) > 1:
        return False
    own = [each for each in mentions if section.holds(each.start) and each.start >= section.body]
    first = next((each for each in own if each.role in SCORED or each.role == "bare"), None)
    if first is None or (first.second if first.second is not None else first.first) <= USUAL_MAXIMUM:
        return False
    return domain_named(text[slice(*section.name)]) is None


def _of_other_criteria(text: str, section: Section, mentions: Sequence[Mention]) -> list[Mention]:
    """The numbers of criteria that a section names and that are not below it: "4. Cục Thuế: tiêu chí 8.3.3 (0/1,5)"."""
    if section.kind != "number" or len(section.number) != 1:
        return []
    own = [each for each in mentions if section.holds(each.start) and each.start >= section.code[1]]
    named = running_criteria(text, replace(section, body=section.code[1]), own)
    charged = any(_in_charge(text, section, part) for part in named)
    parts = [part for part in named if charged or part.number[:1] != section.number]
    return [each for each in own if any(part.holds(each.start) for part in parts)]


def _in_charge(text: str, section: Section, part: Section) -> bool:
    """Whether the heading says who must act, and only then on what: "1. Trưởng phòng Nội vụ khắc phục tiêu chí 1.3"."""
    if not section.name[0] < part.start < section.name[1]:
        return False
    return domain_named(text[section.name[0] : part.start]) is None


def _has_score(section: Section, mentions: Sequence[Mention], weak_counts: bool) -> bool:
    own = [each for each in mentions if section.holds(each.start) and each.start >= section.code[1]]
    if any(each.role in SCORED for each in own):
        return True
    if any(each.role in ("none", "all") for each in own) and (len(section.number) > 1 or section.worded):
        return True
    return weak_counts and any(each.role == "weak" and heads_section(section, each) for each in own)


def _weak_counts(sections: Sequence[Section], mentions: Sequence[Mention]) -> bool:
    """Whether fractions without unit behind headings are scores: only beside others, or beside points lost.

    One lone "Số xã đạt chuẩn: 17/19" is a count.
    """
    weak = [
        each for each in mentions if each.role == "weak" and any(heads_section(section, each) for section in sections)
    ]
    return len(weak) > 1 or (bool(weak) and any(each.role in SCORED for each in mentions))


def heads_section(section: Section, mention: Mention) -> bool:
    """Whether the number is the first thing said after the name, on its line or at the start of the next.

    "3. Cải cách ...: 10.5/16". On the next line a fraction without unit must be called a result or have decimals.
    """
    if section.code[1] <= mention.start < section.name[0]:  # "1.2.3 (0,5 điểm): Thực hiện ..."
        return True
    if mention.lead_start > section.body + 3 or mention.start < section.body:
        return False
    if mention.start < section.line_end or mention.role != "weak":
        return True
    return mention.cue.lower().startswith("kết quả") or "." in f"{mention.first}{mention.second}"


def under_aside(text: str, sections: Sequence[Section], section: Section) -> bool:
    """Whether the part around a section is about plans, remedies or requests, and the section names no domain."""
    if len(section.number) > 1 and not section.worded and section.kind == "number":
        heads = [each for each in sections if len(each.number) == 1 and each.start < section.start]
        if heads and heads[-1].number == section.number[:1] and starts_with("plans", text[slice(*heads[-1].name)]):
            return domain_named(text[slice(*heads[-1].name)]) is None
    above = [each for each in sections if each.kind in ("part", "roman") and each.start < section.start]
    if not above or domain_named(text[slice(*section.name)]) is not None or len(section.number) > 1:
        return False
    return (
        starts_with("section_end", text[slice(*above[-1].name)]) and domain_named(text[slice(*above[-1].name)]) is None
    )


def _is_headed(section: Section, mentions: Sequence[Mention]) -> bool:
    return any(
        each.shape == "pair" and each.role in SCORED and section.holds(each.start) and heads_section(section, each)
        for each in mentions
    )


def _roman_domains(text: str, sections: Sequence[Section], scored: dict[int, bool]) -> bool:
    """Whether roman numbers label domains rather than parts of the report."""
    romans = [section for section in sections if section.kind == "roman"]
    numbers = [section for section in sections if section.kind == "number" and len(section.number) == 1]
    if len(_domains(text, [each for each in numbers if scored[each.start]])) >= _FEW:
        return False
    own = [each for each in romans if not _is_aside(text, each)]
    if len(own) < _FEW:  # two domains of a letter about few: each part names one, and another than the other
        return len(own) > 1 and len(_domains(text, own)) == len(own)
    return len(_domains(text, romans)) >= _FEW or sum(scored[each.start] for each in own) >= _FEW


def _domains(text: str, sections: Sequence[Section]) -> set[int]:
    named = (domain_named(text[slice(*section.name)]) for section in sections)
    return {number for number in named if number is not None}


def _parts(sections: Sequence[Section], romans: bool) -> list[list[tuple[Section, Section | None]]]:
    """The numbered sections by the part they stand in; with roman domains each with the domain above it."""
    part = 0
    roman: Section | None = None
    placed: list[tuple[int, Section, Section | None]] = []
    for section in sections:
        if section.kind == "part" or (section.kind == "roman" and not romans):
            part += 1
            roman = None
        elif section.kind == "roman":
            roman = section
            placed.append((part, section, None))
        else:
            placed.append((part, section, roman))
    return [[(each[1], each[2]) for each in group] for _, group in groupby(placed, key=lambda each: each[0])]


def _coded(text: str, section: Section, scored: bool, roman: Section | None) -> Criterion:
    """A number under a roman domain that does not begin with it counts within the domain."""
    inside = roman is not None and section.number[0] != roman.number[0]
    inside = inside or (roman is not None and len(section.number) == 1)
    parts = (*roman.number, *section.number) if roman is not None and inside and not section.worded else section.number
    return Criterion(section, Code(parts), scored)


def _without_shared_prefix(text: str, criteria: list[Criterion]) -> list[Criterion]:
    """Drops the number of the chapter: domains as 2.1 to 2.8 under the report's own section 2."""
    scored = [each for each in criteria if each.scored and len(each.code.parts) > 1]
    prefixes = {each.code.parts[0] for each in scored}
    if len(prefixes) != 1 or any(
        each.scored and len(each.code.parts) == 1 and not _is_aside(text, each.section) for each in criteria
    ):
        return criteria
    prefix = prefixes.pop()
    seconds = [each for each in scored if len(each.code.parts) == 2]
    agreeing = {
        each.code.parts[1] for each in seconds if domain_named(text[slice(*each.section.name)]) == each.code.parts[1]
    }
    if len(agreeing) < _FEW:
        return criteria
    inside = [each for each in criteria if each.code.parts[0] == prefix and len(each.code.parts) > 1]
    return [replace(each, code=Code(each.code.parts[1:])) for each in inside]


def _kept(text: str, criteria: list[Criterion]) -> list[Criterion]:
    """The scored sections, those above them, and unscored ones that stand among them or name a domain after them."""
    scored = [
        at
        for at, each in enumerate(criteria)
        if each.scored
        and not _is_unit(text, each.section)
        and (len(each.code.parts) > 1 or each.headed or not _is_aside(text, each.section))
        and not is_total(text, each.section)
    ]
    if not scored:
        return []
    first, last = scored[0], scored[-1]
    codes = {criteria[at].code for at in scored}
    kept = []
    for at, each in enumerate(criteria):
        if at in scored:
            kept.append(each)
        elif each.scored or _is_aside(text, each.section) or _heads_another(criteria, at):
            continue
        elif (
            any(code.under(each.code) for code in codes)
            or (first < at < last and _is_short(each.section))
            or (domain_named(text[slice(*each.section.name)]) == each.code.parts[0] and len(each.code.parts) == 1)
        ):
            kept.append(each)
    return _in_order(kept)


def _heads_another(criteria: Sequence[Criterion], at: int) -> bool:
    """Whether a heading counts by itself: "5. Lĩnh vực tài chính công", and below it "a) Tiêu chí 6.2.4"."""
    below = criteria[at + 1] if at + 1 < len(criteria) else None
    return below is not None and below.section.worded and not below.code.under(criteria[at].code)


def _in_order(criteria: list[Criterion]) -> list[Criterion]:
    """Unscored repetitions of a code are dropped: headings of another list in the same part."""
    scored = {each.code for each in criteria if each.scored}
    seen: set[Code] = set()
    kept = []
    for each in criteria:
        if each.scored or (each.code not in scored and each.code not in seen):
            kept.append(each)
            seen.add(each.code)
    return kept


def _is_short(section: Section) -> bool:
    return 0 < section.name[1] - section.name[0] <= 200


def _is_unit(text: str, section: Section) -> bool:
    name = text[slice(*section.name)]
    return len(section.number) == 1 and starts_with("unit", name) and domain_named(name) is None


def is_total(text: str, section: Section) -> bool:
    name = text[slice(*section.name)]
    return starts_with("totals", name) and domain_named(name) is None


def _is_aside(text: str, section: Section) -> bool:
    name = text[slice(*section.name)]
    return (
        is_total(text, section)
        or _is_unit(text, section)
        or (starts_with("section_end", name) and domain_named(name) is None)
        or (not name and not section.worded)
    )
