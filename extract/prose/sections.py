"""The numbered sections of a report: where each begins and ends, its printed number and its name.

Only the label decides here; which sections are criteria is decided by `codes`, with the scores in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import regex

from extract.prose.cues import domain_named, starts_with, without
from extract.prose.guards import brackets_of
from extract.prose.numerals import Mention

Kind = Literal["part", "roman", "number", "list", "running"]

_LETTER = r"[\p{L}\"“”'(]"
_WORD = (
    r"(?<word>(?i:lĩnh\ vực|tiêu\ chí\ thành\ phần|tiêu\ chí|tctp|tc|chỉ\ số\ thành\ phần|chỉ\ số"
    r"|nội\ dung|tiểu\ mục|mục)\s+(?i:số\s+)?)"
)
_BULLET = r"(?:[-+*•–—►▪✓➢]\s*)"
_ORDINALS = "nhất|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín"
_NUMBERED = rf"(?x) {_BULLET}? {_WORD}? (?<code> \d{{1,2}} (?: \. \s? \d{{1,2}} ){{1,4}} )"
_WORDED_ALONE = rf"(?x) {_BULLET}? {_WORD} (?<code> \d{{1,2}} (?: \. \d{{1,2}} ){{1,4}} )"
_LABELS: tuple[tuple[Kind, regex.Pattern[str]], ...] = (
    ("part", regex.compile(r"(?x) (?<code> [A-H] ) \s* [.):/] \s* (?= \p{Lu} )")),
    ("part", regex.compile(r"(?xi) phần \s+ (?: thứ \s+ )? (?<code> [ivx]{1,4} | \d | nhất | hai | ba | tư ) \b")),
    (
        "roman",
        regex.compile(
            rf"(?x) (?! V \s* / \s* [vV]\b ) (?: (?i: lĩnh\ vực | mục ) \s+ )?"
            # a title in capitals needs no dot, which recognition loses: "II KẾT QUẢ CHẤM ĐIỂM"
            rf" (?<code> [IVX]{{1,5}} )"
            rf" (?: \s* [.):/\-–] \s* (?= {_LETTER} ) | \s+ (?= \p{{Lu}}{{2,}} \s+ \p{{Lu}}{{2,}} ) )"
        ),
    ),
    (
        "number",
        regex.compile(
            rf"(?xi) {_BULLET}? (?: lĩnh\ vực | nội\ dung | chỉ\ số\ thành\ phần ) \s+ thứ \s+ (?<code> {_ORDINALS} )"
            rf" \s* [.:,\-–] \s* (?= {_LETTER} )"
        ),
    ),
    # a code of several parts: 7.2 Áp dụng, - 1.4.2. Tên, Tiêu chí 2.3 "..."
    ("number", regex.compile(rf"{_NUMBERED} \s* [.):\-–] \s* (?= {_LETTER} )")),
    ("number", regex.compile(rf"{_NUMBERED} \s* (?= \p{{Lu}} | [\"“(] )")),
    (
        "number",
        regex.compile(
            rf"(?x) {_BULLET}? {_WORD} (?<code> \d{{1,2}} (?: [.,] \d{{1,2}} ){{0,4}} ) (?! \d | [.,]\d | / )"
            rf" \s* [.):\-–]? \s* (?= {_LETTER} )"
        ),
    ),
    # "Tiêu chí 1.2.2" alone, its words on the lines below
    ("number", regex.compile(rf"{_WORDED_ALONE} \s* [.:]? \s* $")),
    ("number", regex.compile(rf"(?x) (?<code> \d{{1,2}} ) \s* (?: [.:] | [-–] (?= \s )) \s* (?= {_LETTER} )")),
    ("list", regex.compile(rf"(?x) {_BULLET}? \(? (?<code> \d{{1,2}} ) \s* [)/] \s* (?= {_LETTER} )")),
)
_DAMAGED = regex.compile(r"(?<code>\d{1,2})\s*[,;]?\s+(?=\p{Lu})")
_WORDED = regex.compile(
    rf"(?x) {_WORD} (?<code> \d{{1,2}} (?: [.,] \d{{1,2}} ){{1,4}} ) (?! \d | [.,]\d | / )"
    rf" \s* [.):\-–]? \s* (?= {_LETTER} )"
)
_RUNNING = regex.compile(
    rf"(?x) (?<![\p{{L}}]) {_WORD} (?<code> \d{{1,2}} (?: [.,] \d{{1,2}} ){{1,4}} ) (?! \d | [.,]\d | / | \s* % )"
)
_NAMED_BELOW = regex.compile(r"\s*[.:]?\s*\n[-+*•–\s]*(?i:nội dung|tên tiêu chí|tên)\s*:\s*(?<name>[^\n]+)")
_CITED = regex.compile(
    r"(?i)\s*(?:,\s*)?(?:phần|mục|phụ lục|của|tại|theo|kế hoạch|quyết định|công văn|nghị quyết|thông tư|nghị định|và)\b"
)
_SENTENCE_END = regex.compile(r"[.!?]\s+(?=[\p{Lu}\"“(-])")
# the whole again, or the end of the letter: no words about the last domain
_SIGNATURE = regex.compile(
    r"(?m)^(?:\W*)(?:Nơi nh[aậ]n\b|TM\.|KT\.|T/M|TL\.|TUQ\.|Trên đây là|Nhận được (?:công văn|văn bản)"
    r"|Tổng (?:cộng|số điểm|điểm)\b[^\n]{0,30}/\s*100\b)"
)
# What ends the name of a criterion in running text; "về" may open it.
_NAME_STOPS = regex.compile(
    r"[;:(\n]|\.\s|(?<!\p{L})(?i:(?:chưa|không) đạt điểm|(?:chưa|không) đạt tối đa|bị trừ)(?!\p{L})"
)
_FAILED = regex.compile(r"(?i:chưa|không|chậm|thiếu|còn|chỉ|mới|do|vì|bị)(?!\p{L})")
# "TCVN ISO 9001:2015" goes on.
_COLON = regex.compile(r"(?<!\d):|:(?!\d)")
_BRACKETED_NAME = regex.compile(r"\s*\((?<name>[^()\n]+)\)")
_WORTH_FIRST = regex.compile(r"\s*\((?:[^()\n]*\d[^()\n]*)\)\s*[:.\-–]\s*(?=[\p{Lu}\"“])")
# "2. Lĩnh vực 3. Cải cách thủ tục hành chính": the list's own number, then the domain's
_LABEL_AGAIN = regex.compile(r"\s*(?i:lĩnh vực)\s+(?<code>\d{1,2})\s*[:.\-–]\s*(?=[\p{Lu}\"“])")
# criteria listed in a sentence by their codes alone, behind a colon or a semicolon
_LISTED = regex.compile(r"(?<=[:;]\s)(?<code>\d{1,2}(?:\.\d{1,2}){1,3})\s*[.):]?\s+(?=\p{Lu})")
_AT_CRITERION = regex.compile(r"\s*(?i:ở|tại|thuộc|của|trong|đối với)?\s*(?i:các\s+)?$")
_TURNING_TO = regex.compile(r"\s*(?i:đối với|về|tại)\s+")
# 1. Tiêu chí "Mức độ hoàn thành kế hoạch" (tiêu chí thành phần 1.1.2)
_CODE_ASIDE = regex.compile(
    r"\s*\(\s*(?i:tiêu chí thành phần|tiêu chí|tctp|tc|mã số|mã)\s*(?i:số\s+)?(?<code>\d{1,2}(?:\.\d{1,2}){1,4})\s*\)"
)
_OPENING = regex.compile(r"\s*(?:(?i:về|là|đối với)\s+|[:\-–]\s*)+")
_QUOTED_DOMAIN = regex.compile(
    r"\s*(?i:chỉ số thành phần|lĩnh vực|tiêu chí|nội dung)\s*:?\s*[\"“](?<name>[^\"”\n]+)[\"”]"
)
_QUOTED = regex.compile(r"\s*[:\-–]?\s*[\"“](?<name>[^\"”\n]+)[\"”]")


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered stretch of the flow: its label, name and body. `line_end` is where its first line ends.

    `number` is the printed number as its parts; that of a roman label has one.
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

    def holds(self, at: int) -> bool:
        return self.start <= at < self.end


def sections_of(text: str, mentions: Sequence[Mention]) -> tuple[Section, ...]:
    """All labelled sections in printed order; each ends where the next one, of whatever kind, begins."""
    found = []
    for start, end in lines_of(text):
        labelled = _labelled(text, start, end)
        if labelled is not None:
            kind, match = labelled
            found.append(_section(text, mentions, kind, match, start, end))
    if not any(section.kind == "number" and len(section.number) == 1 for section in found):
        # Where nothing is numbered "1.", the style "1)" or "1/" carries the sections.
        found = [replace(section, kind="number") if section.kind == "list" else section for section in found]
    found = [section for section in found if section.kind != "list"]
    found = _without_inner_headings(text, _with_damaged_labels(text, mentions, found))
    stops = [*[section.start for section in found[1:]], len(text)]
    return tuple(
        replace(section, end=before_signature(text, section.line_end, stop))
        for section, stop in zip(found, stops, strict=False)
    )


def _without_inner_headings(text: str, found: list[Section]) -> list[Section]:
    """Without the headings that order the words about one domain: "1.1. Nội dung mất điểm:" below "1."; their text is

    the domain's own.
    """
    kept: list[Section] = []
    for section in found:
        above = kept[-1] if kept else None
        below = above is not None and (
            (section.number[:-1] == above.number and len(section.number) > 1)
            or (above.kind == "roman" and len(section.number) == 1 and section.kind == "number" and _names(text, above))
        )
        if not (below and not section.worded and not without("inner_heading", text[slice(*section.name)]).strip(" ,-")):
            kept.append(section)
    return kept


def _names(text: str, section: Section) -> bool:
    return domain_named(text[slice(*section.name)]) is not None


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


def running_criteria(text: str, section: Section, mentions: Sequence[Mention]) -> tuple[Section, ...]:
    """Criteria named in the running text of a section: 'Tiêu chí 2.3 "..." đạt 3/4 điểm'.

    Each goes on to the next one, or to the end of its line and the lines of reasons and remedies below it. A code that
    no number follows in its sentence or the next is a mere reference.
    """
    brackets = brackets_of(text[section.body : section.end])
    hits = [
        hit
        for hit in _RUNNING.finditer(text, section.body, section.end)
        if not any(start < hit.start() - section.body < end for start, end in brackets)
        and not _CITED.match(text, hit.end())
        and _opens_clause(text, section, hit)
        and not _amount_before(text, hit, mentions)
    ]
    listed = [
        hit
        for hit in _LISTED.finditer(text, section.body, section.end)
        if section.number and _parts(hit["code"])[: len(section.number)] == section.number
    ]
    hits = sorted([*hits, *listed], key=lambda hit: hit.start())
    bounds = [*[hit.start() for hit in hits[1:]], section.end]
    found = []
    for hit, bound in zip(hits, bounds, strict=False):
        end = _running_end(text, hit.end(), bound)
        own = [each for each in mentions if hit.end() <= each.start < end and each.role not in ("rule", "change")]
        if own and text.count("\n", hit.end(), own[0].start) <= 1:
            found.append(_running(text, hit, own[0], end))
    return tuple(found)


def _amount_before(text: str, hit: regex.Match[str], mentions: Sequence[Mention]) -> bool:
    """Whether the points stand before the criterion: "bị trừ 1,5 điểm ở tiêu chí 3.2 do ..., bị trừ 1 điểm ở ..."."""
    return any(each.end <= hit.start() and _AT_CRITERION.fullmatch(text, each.end, hit.start()) for each in mentions)


def _opens_clause(text: str, section: Section, hit: regex.Match[str]) -> bool:
    """Whether what follows is said of the criterion: "thiếu hồ sơ của tiêu chí 1.6: trừ 1 điểm" only refers to it."""
    word = regex.search(r"[\p{L}\d]+\s*$", text[section.body : hit.start()])
    return word is None or hit[0][:1].isupper() or starts_with("before_criterion", word[0])


def lines_of(text: str) -> list[tuple[int, int]]:
    """The logical paragraphs of a flow, as stretches."""
    ends = [-1, *[at for at, sign in enumerate(text) if sign == "\n"], len(text)]
    return [(before + 1, end) for before, end in pairwise(ends) if end > before + 1]


def _labelled(text: str, start: int, end: int) -> tuple[Kind, regex.Match[str]] | None:
    line = text[start:end].lstrip("*_ ")
    for kind, label in _LABELS:
        match = label.match(line)
        if match is not None:
            match = label.match(text, start + text[start:end].index(line), end) or match
            # "4.1. Tiêu chí thành phần 3.1.1: ...": the report's own number, then the criterion's.
            turning = _TURNING_TO.match(text, match.end(), end)
            at = turning.end() if turning else match.end()
            inner = _WORDED.match(text, at, end) if kind in ("number", "list") else None
            again = _LABEL_AGAIN.match(text, match.end(), end)  # "2. Lĩnh vực 3. ...", "II. LĨNH VỰC 2: ..."
            return ("number", inner) if inner is not None else (kind, again or match)
    return None


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
        name_start, name_end = _worded_name(text, mentions, after, end)
    elif after > match.end():
        name_start, name_end = after, name_end_of(text, mentions, after, end)
    below = _NAMED_BELOW.match(text, match.end()) if worded and not text[match.end() : end].strip(" .:") else None
    if below is not None:
        name_start, name_end = below.span("name")
    aside = _CODE_ASIDE.search(text, name_end, min(end, name_end + 60)) if kind in ("number", "list") else None
    if aside is not None and not text[name_end : aside.start()].strip(' "”:.,'):
        match, worded = aside, True
    return Section(
        kind=kind,
        number=_parts(match["code"]),
        code=match.span("code"),
        start=start,
        name=trimmed(text, name_start, name_end),
        body=max(name_end, aside.end()) if aside is match else name_end,
        line_end=end,
        end=end,
        worded=worded,
    )


def name_end_of(text: str, mentions: Sequence[Mention], start: int, end: int) -> int:
    """The name goes on to a colon, a bracket that is no part of it, the first score with its cue, or its full stop."""
    stops = [end]
    colon = _COLON.search(text, start, end)
    stops += [colon.start()] if colon else []
    stops += [each.lead_start for each in mentions if start < each.start < end and each.lead_start > start][:1]
    stop = _SENTENCE_END.search(text, start, end)
    stops += [stop.start()] if stop else []
    bracket = regex.compile(r"\s\(?\(").search(text, start, min(stops))
    if bracket and _closes_name(text, bracket.start() + 1, end):
        stops.append(bracket.start())
    return min(stops)


def _closes_name(text: str, bracket: int, end: int) -> bool:
    """Whether a bracket in a heading ends the name: nothing but a sign or the line's end follows it."""
    close = text.find(")", bracket, end)
    return close < 0 or text[close + 1 : end].strip()[:1] in ("", ":", ".", ";", "-", "–", ",", "(")


def _running(text: str, hit: regex.Match[str], first: Mention, end: int) -> Section:
    line_end = text.find("\n", hit.end())
    name = trimmed(text, *_worded_name(text, [first], hit.end(), end))
    return Section(
        kind="running",
        number=_parts(hit["code"]),
        code=hit.span("code"),
        start=hit.start(),
        name=name,
        body=name[1],
        line_end=end if line_end < 0 else min(line_end, end),
        end=end,
        worded=True,
    )


def _worded_name(text: str, mentions: Sequence[Mention], start: int, end: int) -> tuple[int, int]:
    """The name behind "Tiêu chí 2.3": quoted, in brackets, or up to a colon, a bracket or the cue of its score.

    Empty where the words say at once what failed: "Tiêu chí 2.3 chưa đạt điểm tối đa".
    """
    quoted = _QUOTED.match(text, start, end)
    if quoted:
        return quoted.span("name")
    bracket = _BRACKETED_NAME.match(text, start, end)
    if bracket and not any(bracket.start() < each.start < bracket.end() for each in mentions):
        return bracket.span("name")
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening else start
    stops = [end, *[each.lead_start for each in mentions if start <= each.start < end][:1]]
    stop = _NAME_STOPS.search(text, start, end)
    stops += [stop.start()] if stop else []
    stop_at = max(start, min(stops))
    return (start, start) if _FAILED.match(text, start, stop_at) else (start, stop_at)


def _running_end(text: str, start: int, bound: int) -> int:
    end = text.find("\n", start, bound)
    while 0 <= end < bound:
        line_end = text.find("\n", end + 1, bound)
        line = text[end + 1 : bound if line_end < 0 else line_end]
        if not any(starts_with(group, line) for group in ("reason", "remedy", "deducted", "total_deducted")):
            return end
        end = line_end
    return bound


def before_signature(text: str, start: int, end: int) -> int:
    signature = _SIGNATURE.search(text, start, end)
    return signature.start() if signature else end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    drop = " \t:;,.-–—*_\"“”'"
    while start < end and text[start] in drop:
        start += 1
    while end > start and text[end - 1] in drop:
        end -= 1
    return start, end


_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_ROMAN = {"i": 1, "v": 5, "x": 10}


def _parts(code: str) -> tuple[int, ...]:
    """The numbers of a label; a letter counts from A."""
    low = code.lower()
    if low[0].isdigit():
        return tuple(int(part) for part in regex.split(r"[.,]\s?", low))
    if low in _WORDS:
        return (_WORDS[low],)
    if all(sign in _ROMAN for sign in low):
        values = [_ROMAN[sign] for sign in low]
        return (sum(-a if a < b else a for a, b in pairwise([*values, 0])),)
    return (ord(low[0]) - ord("a") + 1,)
