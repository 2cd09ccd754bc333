"""The numbered sections of a report: where each begins and ends, its printed number and its name.

Only the label decides here; which sections are criteria is decided by `codes`, with the scores in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from extract.prose.code_lists import Further, further_codes
from extract.prose.cues import domain_named, starts_with, without
from extract.prose.labels import Kind, labelled, parts_of
from extract.prose.numerals import Mention
from extract.prose.section_names import name_end_of, plain_name, worded_name

_FEWEST_LETTERS = 3
_OWN_LABEL = regex.compile(r"\W*(\d{1,2})\s*[.)/:]")
_DAMAGED = regex.compile(r"(?<code>\d{1,2})\s*[,;]?\s+(?=\p{Lu})")
# "1! Công tác", "3i Thực hiện", "AI Cải cách": all that recognition may leave of "1.", "3." and "4."
_WORN = regex.compile(r"(?P<code>\d{1,2}|\p{Lu}[\p{Lu}l|!1]?)\s?[!|il,;:'’`]?\s+(?=\p{Lu}\p{Ll})")
_FEWEST_WORN = 3
_NAMED_BELOW = regex.compile(r"\s*[.:]?\s*\n[-+*•–\s]*(?i:nội dung|tên tiêu chí|tên)\s*:\s*(?<name>[^\n]+)")
# the whole again, or the end of the letter: no words about the last domain
_SIGNATURE = regex.compile(
    r"(?m)^(?:\W*)(?:Nơi nh[aậ]n\b|TM\.|KT\.|T/M|TL\.|TUQ\.|Trên đây là|Nhận được (?:công văn|văn bản)"
    r"|Tổng (?:cộng|số điểm|điểm)\b[^\n]{0,30}/\s*100\b|Tổng cộng\s*:\s*(?:điểm\s+)?(?:tự|thẩm|huyện|đơn vị)(?!\p{L}))"
)
_WORTH_FIRST = regex.compile(r"\s*\((?:[^()\n]*\d[^()\n]*)\)\s*[:.\-–]\s*(?=[\p{Lu}\"“])")
# 1. Tiêu chí "Mức độ hoàn thành kế hoạch" (tiêu chí thành phần 1.1.2)
# 2. Cải cách thủ tục hành chính (lĩnh vực 3): the list's own number, then the domain's
_CODE_ASIDE = regex.compile(
    r"\s*\(\s*(?:(?:(?i:tiêu chí thành phần|tiêu chí|tctp|tc|mã số|mã)\s*(?i:số\s+)?)?"
    r"(?<code>\d{1,2}(?:\.\d{1,2}){1,4})"
    r"|(?i:thuộc\s+)?(?i:lĩnh vực)\s*(?i:số\s+|thứ\s+)?(?<code>\d{1,2}))\s*\)"
)
_QUOTED_DOMAIN = regex.compile(
    r"\s*(?i:chỉ số thành phần|lĩnh vực|tiêu chí|nội dung)\s*:?\s*[\"“](?<name>[^\"”\n]+)[\"”]"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered stretch of the flow: its label, name and body. `line_end` is where its first line ends.

    `number` is the printed number as its parts; that of a roman label has one. `also` are the codes listed behind it.
    """

    kind: Kind
    number: tuple[int, ...]
    code: tuple[int, int]
    start: int
    name: tuple[int, int]
    body: int
    line_end: int
    end: int
    worded: bool = False
    also: tuple[Further, ...] = ()

    def holds(self, at: int) -> bool:
        return self.start <= at < self.end


def sections_of(text: str, mentions: Sequence[Mention]) -> tuple[Section, ...]:
    """All labelled sections in printed order; each ends where the next one, of whatever kind, begins."""
    found = []
    for start, end in lines_of(text):
        label = labelled(text, start, end)
        if label is not None:
            kind, match = label
            found.append(_section(text, mentions, kind, match, start, end))
    if not any(section.kind == "number" and len(section.number) == 1 for section in found):
        # Where nothing is numbered "1.", the style "1)" or "1/" carries the sections.
        found = [replace(section, kind="number") if section.kind == "list" else section for section in found]
    found = _lettered(text, found) or [
        section
        for section, below in zip(found, [*found[1:], None], strict=False)
        if section.kind not in ("list", "letter") or _heads_criteria(text, section, below)
    ]
    found = _with_damaged_labels(text, mentions, _with_worn_domains(text, mentions, found))
    found = _without_inner_headings(text, found)
    stops = [*[section.start for section in found[1:]], len(text)]
    return tuple(
        replace(section, end=before_signature(text, section.line_end, stop))
        for section, stop in zip(found, stops, strict=False)
    )


def _heads_criteria(text: str, section: Section, below: Section | None) -> bool:
    """Whether a line says who answers for the criteria that stand right below it: "b) Phòng Tư pháp phụ trách:"."""
    follows = below is not None and below.worded and len(below.number) > 1 and below.start == section.line_end + 1
    closed = text[section.start : section.line_end].rstrip().endswith(":")
    return follows and closed and starts_with("unit", text[slice(*section.name)])


def _lettered(text: str, found: Sequence[Section]) -> list[Section]:
    """The sections of a report that has no labels but one list from "a)" on, counted; none otherwise.

    Domains in such a list go by their names.
    """
    letters = [section for section in found if section.kind == "letter"]
    names = [each.number for each in letters]
    if len(letters) < _FEWEST_LETTERS or len(letters) < len(found) or names[0] != (1,) or len(set(names)) < len(names):
        return []
    if 2 * sum(_names(text, each) for each in letters) > len(letters):
        return []
    return [replace(section, kind="number", number=(at,)) for at, section in enumerate(letters, start=1)]


def _without_inner_headings(text: str, found: list[Section]) -> list[Section]:
    """Without the headings that order the words about one domain: "1.1. Nội dung mất điểm:" below "1."; their text is

    the domain's own.
    """
    kept: list[Section] = []
    for section in found:
        above = kept[-1] if kept else None
        below = above is not None and (
            (section.number[:-1] in (above.number, _listed_as(text, above)) and len(section.number) > 1)
            or (above.kind == "roman" and len(section.number) == 1 and section.kind == "number" and _names(text, above))
        )
        if not (below and not section.worded and not without("inner_heading", text[slice(*section.name)]).strip(" ,-")):
            kept.append(section)
    return kept


def _listed_as(text: str, section: Section) -> tuple[int, ...]:
    """The list's own number before the code of a criterion: "1. TCTP 1.3.2 - Kiểm tra", and below it "1.1. Kết quả"."""
    label = _OWN_LABEL.match(text, section.start, section.code[0]) if section.worded else None
    return (int(label[1]),) if label else section.number


def _names(text: str, section: Section) -> bool:
    return domain_named(text[slice(*section.name)]) is not None


def _with_worn_domains(text: str, mentions: Sequence[Mention], found: list[Section]) -> list[Section]:
    """With the domains of a letter of which no number kept its full stop: lines that begin with numbers that rise, name
    domains, and have scores below them. A sign that is no number any more is the one missing between two."""
    if any(_names(text, each) for each in found if len(each.number) == 1):
        return found
    lines = lines_of(text)
    worn = []
    for (start, end), (_, below) in zip(lines, [*lines[1:], lines[-1]], strict=True):
        match = _WORN.match(text, start, end)
        if match is not None and (text[:end].endswith(":") or any(end < each.start < below for each in mentions)):
            named = domain_named(text[match.end() : end].partition("(")[0].partition(":")[0]) is not None
            worn.append((int(match["code"]) if match["code"].isdigit() else 0, named, match, start, end))
    numbers = [number for number, named, *_ in worn if named and number]
    if len(numbers) < _FEWEST_WORN or any(before >= after for before, after in pairwise(numbers)):
        return found
    added, last = [], 0
    for at, (number, named, match, start, end) in enumerate(worn):
        after = next((each for each, *_ in worn[at + 1 :] if each), 0)
        if (number and named) or number == last + 1 or (not number and named and after == last + 2):
            last = number or last + 1
            added.append(replace(_section(text, mentions, "number", match, start, end), number=(last,)))
    return sorted([*found, *added], key=lambda section: section.start)


def _with_damaged_labels(text: str, mentions: Sequence[Mention], found: list[Section]) -> list[Section]:
    """With the headings whose full stop recognition lost ("7 Hiện đại hóa"), where the numbers around ask for them."""
    numbers = [section for section in found if section.kind == "number"]
    added = []
    for start, end in lines_of(text):
        match = _DAMAGED.match(text, start, end)
        if match is None:
            continue
        before = max((each for each in numbers if each.start < start), key=lambda each: each.start, default=None)
        after = min((each for each in numbers if each.start > start), key=lambda each: each.start, default=None)
        number = int(match["code"])
        joined = _joined_code(number, before, after)
        if joined is not None:
            added.append(replace(_section(text, mentions, "number", match, start, end), number=joined))
            continue
        follows = after is not None and after.number in ((number + 1,), (number, 1))
        if follows and (before.number[0] if before else 0) == number - 1:
            added.append(_section(text, mentions, "number", match, start, end))
    return sorted([*found, *added], key=lambda section: section.start) if added else found


def _joined_code(number: int, before: Section | None, after: Section | None) -> tuple[int, ...] | None:
    """7.1 for a label "71" that stands between 6 and 7.2: the full stop inside it was lost."""
    code = divmod(number, 10)
    if number < 11 or before is None or after is None or after.number != (code[0], code[1] + 1):
        return None
    return code if before.number in ((code[0] - 1,), (code[0],), (code[0], code[1] - 1)) else None


def lines_of(text: str) -> list[tuple[int, int]]:
    """The logical paragraphs of a flow, as stretches."""
    ends = [-1, *[at for at, sign in enumerate(text) if sign == "\n"], len(text)]
    return [(before + 1, end) for before, end in pairwise(ends) if end > before + 1]


def _section(
    text: str, mentions: Sequence[Mention], kind: Kind, match: regex.Match[str], start: int, end: int
) -> Section:
    worded = match.groupdict().get("word") is not None
    name_start, name_end = match.end(), name_end_of(text, mentions, match.end(), end)
    # "Tiêu chí 1.2.3 (0,5 điểm): Thực hiện ...": what the criterion is worth stands before its name.
    worth = _WORTH_FIRST.match(text, match.end(), end)
    after = worth.end() if worth and any(worth.start() < each.start < worth.end() for each in mentions) else match.end()
    quoted = _QUOTED_DOMAIN.match(text, after, end)
    if quoted:
        name_start, name_end = quoted.start("name"), quoted.end()
    elif worded:
        name_start, name_end = worded_name(text, mentions, after, end)
    elif after > match.end():
        name_start, name_end = after, name_end_of(text, mentions, after, end)
    if after > match.end() and starts_with(
        "reason", text[name_start:name_end]
    ):  # "(2 điểm, thẩm định 1): Lý do trừ: ..."
        name_start = name_end = after
    below = _NAMED_BELOW.match(text, match.end()) if worded and not text[match.end() : end].strip(" .:") else None
    if below is not None:
        name_start, name_end = below.span("name")
    aside = _CODE_ASIDE.search(text, match.end(), min(end, name_end + 60)) if kind in ("number", "list") else None
    if aside is not None and not text[name_end : aside.start()].strip(' "”:.,'):
        name_end = min(name_end, aside.start())
        match, worded = aside, True
    number = parts_of(match["code"])
    also, listed = further_codes(text, number, match.end("code"), end) if len(number) > 1 else ((), 0)
    if also:
        name_start = name_end = listed
    return Section(
        kind=kind,
        number=number,
        code=match.span("code"),
        also=also,
        start=start,
        name=plain_name(text, name_start, name_end),
        body=max(name_end, aside.end()) if aside is match else name_end,
        line_end=end,
        end=end,
        worded=worded,
    )


def before_signature(text: str, start: int, end: int) -> int:
    signature = _SIGNATURE.search(text, start, end)
    return signature.start() if signature else end
