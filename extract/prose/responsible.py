"""Who is responsible for points lost: brackets, sentences and headings that name agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extract.prose.cues import phrase_pattern
from extract.prose.flow import Flow
from extract.prose.guards import brackets_of
from extract.prose.numerals import Mention
from extract.prose.sections import Section
from normalize.agencies import find_agencies
from normalize.records import Responsibility, Role
from normalize.text import fold

_NOTE = regex.compile(r"\(\s*\*?\s*(?:các\s+)?nội dung này", regex.IGNORECASE)
_OFFICE = (
    r"(?=(?:phòng|sở|ubnd|ủy ban|uỷ ban|văn phòng|ban|trung tâm|chi nhánh|chi cục|cục|vụ|thanh tra|công an|công chức"
    r"|các)\s)"
)
_RESPONSIBLE = regex.compile(
    r"(?<!\p{L})(?:(?:(?:cơ quan|đơn vị|phòng|bộ phận|thuộc)?\s*(?:chịu\s+)?trách nhiệm"
    r"(?:\s+(?:chính|thực hiện|khắc phục|tham mưu|chủ trì|giải trình|theo dõi|thuộc về|thuộc|chính thuộc về))?"
    r"|(?:cơ quan|đơn vị|bộ phận)\s+(?:chủ trì|phụ trách|tham mưu|phối hợp|thực hiện|khắc phục)"
    r"|(?:(?<=\n)|(?<=[\n;.]\s)|(?<=\n[-+*•–]\s))(?:chủ trì|phụ trách|phối hợp|thực hiện|tham mưu))\s*:\s*"
    # the colon came out as a full stop in recognition
    rf"|(?<=[.;]\s)(?:(?:cơ quan|đơn vị)\s+)?(?:chịu\s+)?trách nhiệm\s*[.;,]\s+{_OFFICE}"
    rf"|(?:trách nhiệm(?:\s+chính)?\s+(?:thuộc về|thuộc|của|do)|(?:nội dung|tiêu chí|lĩnh vực) này do)\s+{_OFFICE})",
    regex.IGNORECASE,
)
# "Văn phòng UBND tỉnh chủ trì, phối hợp với Sở Nội vụ khắc phục.": a sentence that only says who must act
_ACTS = regex.compile(
    rf"(?:(?<=\n)|(?<=[.;:]\s))(?:[-+*•–]\s*)?(?i:{_OFFICE})[^.;:\n]{{3,160}}?"
    r"(?<!\p{L})(?i:chủ trì|phụ trách|chịu trách nhiệm|có trách nhiệm|làm đầu mối)(?!\p{L})[^.;:\n]*"
)
# behind a loss: "tin bài ít - Phòng Văn hóa và Thông tin."
_DASHED = regex.compile(rf"(?<=[^\s:])\s[-–]\s(?<name>(?i:{_OFFICE})[^\n;]+?)(?=\s*[.;]?\s*(?:\n|$))")
_FAILS = regex.compile(r"(?<!\p{L})(?i:chưa|không|chậm|thiếu|còn|quá hạn)(?!\p{L})")
# "Giao Phòng Nội vụ chủ trì, phối hợp với ... khắc phục các nội dung: ...", in the paragraph that holds the points.
_ASSIGNED = regex.compile(rf"(?:(?<=\n)|(?<=[.;:]\s))(?:[-+*•–]\s*)?(?i:giao)\s+(?i:{_OFFICE})")
# "2. Thanh tra Sở chủ trì khắc phục ..."
_NAMED_FIRST = regex.compile(
    rf"[\s\d.)(•+*–-]*(?i:(?:giao|đề nghị|yêu cầu)\s+)?(?<name>(?i:{_OFFICE}).+?)"
    r"\s*,?\s*(?i:chủ trì|phụ trách|tham mưu|chịu trách nhiệm|có trách nhiệm)(?!\p{L})"
)
_ASSIGNED_END = regex.compile(r"(?i:khắc phục|tham mưu|rà soát|tổ chức|triển khai|đôn đốc|theo dõi)(?!\p{L})|[:.;\n]")
_SUPPORT_BEFORE = regex.compile(r"phối hợp(?: với)?\s*:?\s*$", regex.IGNORECASE)
_SUPPORT_AFTER = regex.compile(r"\s*(?:huyện|tỉnh|xã)?\s*phối hợp(?! với)", regex.IGNORECASE)
_BREAK = regex.compile(r"\n|[.!?]\s+(?=[\p{Lu}\"“(-])")


@dataclass(frozen=True, slots=True)
class Aside:
    """A bracket that names who is responsible, or a note: no part of a reason. `note` serves the last item only."""

    start: int
    end: int
    agencies: tuple[Responsibility, ...]
    note: bool


def asides_of(flow: Flow, section: Section, mentions: Sequence[Mention]) -> tuple[Aside, ...]:
    """The brackets of a section that hold agencies and little else."""
    found = []
    for start, end in brackets_of(flow.text[section.start : section.end]):
        start, end = start + section.start, end + section.start
        text = flow.text[start:end]
        note = _NOTE.match(text) is not None
        agencies = _with_roles(text, find_agencies(flow.printed(start + 1, end - 1), "lead"))
        amount = any(start < each.start < end for each in mentions)
        if note or (agencies and not amount and _mostly(agencies, text)) or (agencies and amount):
            found.append(Aside(start, end, agencies, note))
    found += [
        Aside(start, end, _with_roles(flow.text[said:end], find_agencies(flow.printed(said, end), role)), False)
        for start, said, end, role in _statements(flow.text, section)
    ]
    found += [
        Aside(match.start(), match.end(), agencies, False)
        for match in _DASHED.finditer(flow.text, section.body, section.end)
        if _ends_line(flow.text, section, match.start(), mentions)
        and _mostly(agencies := charged_in(flow, *match.span("name")), match["name"])
    ]
    found += [
        Aside(start, end, charged_in(flow, start, end), False) for start, end in _acting(flow.text, section, mentions)
    ]
    found += [
        Aside(start, end, _with_roles(flow.text[said:named], find_agencies(flow.printed(said, named), "lead")), False)
        for start, said, named, end in _assignments(flow.text, section, mentions)
    ]
    return tuple(sorted((each for each in found if each.note or each.agencies), key=lambda each: each.start))


def charged_in(flow: Flow, start: int, end: int) -> tuple[Responsibility, ...]:
    """The agencies a stretch names, with what they do; one no list knows is told by the word behind it."""
    found = find_agencies(flow.printed(start, end), "lead")
    named = _NAMED_FIRST.match(flow.text, start, end) if not found else None
    if named is not None:
        start, end = named.span("name")
        found = find_agencies(flow.printed(start, end), "lead")
    return _with_roles(flow.text[start:end], found)


def agencies_above(
    flow: Flow, sections: Sequence[Section], criteria: Sequence[Section]
) -> dict[int, tuple[Responsibility, ...]]:
    """The agencies of criteria listed by who must act, by the position of the criterion: "2. Phòng Tư pháp" and below

    it "- Tiêu chí 2.1.2: ...".
    """
    places = {section.start: at for at, section in enumerate(criteria)}
    found: dict[int, tuple[Responsibility, ...]] = {}
    charged: tuple[Responsibility, ...] = ()
    for section in sorted([*sections, *criteria], key=lambda each: each.start):
        if section.start in places:
            found[places[section.start]] = charged
        else:
            agencies = find_agencies(flow.printed(*section.name), "lead") if section.name[1] > section.name[0] else ()
            charged = agencies if agencies and _mostly(agencies, flow.text[slice(*section.name)]) else ()
    return {at: agencies for at, agencies in found.items() if agencies}


def _statements(text: str, section: Section) -> Iterator[tuple[int, int, int, Role]]:
    """Sentences that name who is responsible: "Trách nhiệm: Phòng Nội vụ." """
    matches = list(_RESPONSIBLE.finditer(text, section.body, section.end))
    for match, bound in zip(matches, [*[each.start() for each in matches[1:]], section.end], strict=False):
        stop = _BREAK.search(text, match.end(), bound)
        end = stop.start() if stop else bound
        yield match.start(), match.end(), end, "support" if "phối" in match[0].lower() else "lead"


def _acting(text: str, section: Section, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Sentences behind the points that only say who must act on them: "Sở Nội vụ chủ trì tham mưu khắc phục." """
    first = min((each.start for each in mentions), default=section.end)
    for match in _ACTS.finditer(text, min(first, section.end), section.end):
        points = any(match.start() <= each.start < match.end() for each in mentions)
        if not points and not _FAILS.search(match[0]):
            yield match.span()


def _assignments(text: str, section: Section, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, int, int]]:
    """Where an assignment begins, names its agencies from and to, and ends: before the points it is about."""
    for match in _ASSIGNED.finditer(text, section.body, section.end):
        line_end = text.find("\n", match.end(), section.end)
        line_end = section.end if line_end < 0 else line_end
        first = min((each.lead_start for each in mentions if match.end() <= each.start < line_end), default=None)
        stop = _ASSIGNED_END.search(text, match.end(), line_end)
        bulleted = match[0][:1] in "-+*•–"
        if first is None and (bulleted or _ends_line(text, section, match.start(), mentions)):
            sentence = _BREAK.search(text, match.end(), line_end)
            end = sentence.start() if sentence else line_end
            yield match.start(), match.end(), min(stop.start(), end) if stop else end, end
            continue
        if first is None or stop is None or stop.start() > first:
            continue
        colon = text.find(":", stop.start(), first)
        yield match.start(), match.end(), stop.start(), colon + 1 if colon >= 0 else stop.start()


def _ends_line(text: str, section: Section, at: int, mentions: Sequence[Mention]) -> bool:
    """Whether points stand before this place on its line: "... (trừ 0,5 điểm). Giao Phòng Nội vụ." """
    line = text.rfind("\n", section.start, at) + 1
    return any(max(line, section.start) <= each.start < at for each in mentions)


def _with_roles(text: str, agencies: Sequence[Responsibility]) -> tuple[Responsibility, ...]:
    """ "Phòng Nội vụ chủ trì, phối hợp với Văn phòng", "Phòng Nội vụ (Văn phòng phối hợp)": who supports."""
    found: list[Responsibility] = []
    at = 0
    for each in agencies:
        start = text.find(each.printed.text, at)
        before, after = text[at : max(at, start)], text[start + len(each.printed.text) :] if start >= 0 else ""
        listed = bool(found) and found[-1].role == "support" and not any(sign.isalpha() for sign in before)
        supports = listed or _SUPPORT_BEFORE.search(before) or _SUPPORT_AFTER.match(after)
        found.append(replace(each, role="support") if supports else each)
        at = start + len(each.printed.text) if start >= 0 else at
    return tuple(found)


def _mostly(agencies: Sequence[Responsibility], text: str) -> bool:
    """Whether agencies and the words of responsibility fill the bracket."""
    rest = fold(text)
    for each in agencies:
        rest = rest.replace(fold(each.printed.text), " ")
    rest = phrase_pattern("agency").sub(" ", phrase_pattern("support").sub(" ", rest))
    letters = sum(sign.isalpha() for sign in rest)
    return letters * 3 <= sum(sign.isalpha() for sign in text)
