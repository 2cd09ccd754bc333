"""Criteria named in the running text of a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.prose.code_lists import further_codes
from extract.prose.cues import starts_with
from extract.prose.guards import brackets_of
from extract.prose.labels import WORD, parts_of
from extract.prose.numerals import Mention
from extract.prose.section_names import trimmed, worded_name
from extract.prose.sections import Section

_RUNNING = regex.compile(
    rf"(?x) (?<![\p{{L}}]) {WORD} (?: từ \s+ )? (?<code> \d{{1,2}} (?: [.,] \d{{1,2}} ){{1,4}} )"
    r" (?! \d | [.,]\d | / | \s* % )"
)
_SCORE_BEHIND = regex.compile(
    r"\s*[.,:]?\s*(?:[\"“][^\"”\n]*[\"”]\s*)?\((?:\p{L}+\s+){0,3}\d+(?:[.,]\d+)?\s*(?:(?:điểm|đ)?\s*/\s*\d|(?:điểm|đ)(?!\p{L}))"
)
_CITED = regex.compile(
    r"(?i)\s*(?:,\s*)?(?:phần|mục|phụ lục|của|tại|theo|kế hoạch|quyết định|công văn|nghị quyết|thông tư|nghị định|và)\b"
)
# a sentence that goes on about the whole again
_TURN = regex.compile(
    r"(?<=[.;]\s)(?:Phần|Ngoài ra|Riêng|Tổng|Bên cạnh đó|Còn lại|Như vậy|Nhìn chung"
    r"|Các (?:tiêu chí|TCTP|nội dung)(?: thành phần)? (?:còn lại|khác))(?!\p{L})"
)
# criteria listed in a sentence by their codes alone, behind a colon or a semicolon
_LISTED = regex.compile(r"(?<=[:;]\s)(?<code>\d{1,2}(?:\.\d{1,2}){1,3})\s*[.):]?\s+(?=\p{Lu})")
# ... and each with its points in a bracket: "các tiêu chí mất điểm: 1.2 (mất 0,5), 1.4 (mất 0,25)"
_LISTED_WITH_POINTS = regex.compile(
    r"(?<=(?:[:;,]|và)\s)(?<code>\d{1,2}(?:\.\d{1,2}){1,3})\s*(?=\((?:(?<cue>(?:bị\s+)?(?:trừ|mất)|đạt|được)|[-–])?\s*\d)"
)
_LOST = ("deducted", "total_deducted")
_ITEM_END = regex.compile(r"\)[^;.,\n]*")
# how the lines below a criterion begin that are still about it
_BELOW = ("reason", "remedy", "deducted", "total_deducted", "responsible")
_AT_CRITERION = regex.compile(r"\s*(?i:ở|tại|thuộc|của|trong|đối với|cho)?\s*(?i:các\s+)?$")


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
        and not _CITED.match(text, _list_end(text, hit, section.end))
        and (_amount_before(text, hit, mentions) is not None or _opens_clause(text, section, hit))
    ]
    listed = [
        hit
        for pattern in (_LISTED, _LISTED_WITH_POINTS)
        for hit in pattern.finditer(text, section.body, section.end)
        if _under(section, hit) or (pattern is _LISTED_WITH_POINTS and hit["cue"])
    ]
    hits = _without_listed(text, sorted([*hits, *listed], key=lambda hit: hit.start()), section.end)
    amounts = [_amount_before(text, hit, mentions) for hit in hits]
    starts = [
        hit.start() if amount is None else min(amount.lead_start, hit.start())
        for hit, amount in zip(hits, amounts, strict=True)
    ]
    found = []
    for at, (hit, amount) in enumerate(zip(hits, amounts, strict=True)):
        bound = starts[at + 1] if at + 1 < len(hits) else section.end
        end = (
            _item_end(text, hit.end(), bound) if hit.re is _LISTED_WITH_POINTS else _running_end(text, hit.end(), bound)
        )
        own = [each for each in mentions if hit.end() <= each.start < end and each.role not in ("rule", "change")]
        if amount is not None:
            found.append(replace(_running(text, hit, None, end), start=starts[at]))
        elif own and text.count("\n", hit.end(), own[0].start) <= 1:
            found.append(_running(text, hit, own[0], end))
    return tuple(found)


def _under(section: Section, hit: regex.Match[str]) -> bool:
    return bool(section.number) and parts_of(hit["code"])[: len(section.number)] == section.number


def _list_end(text: str, hit: regex.Match[str], end: int) -> int:
    """Where the codes listed behind the first one end: "tiêu chí 1.4 và tiêu chí 1.5 bị trừ ..."."""
    return further_codes(text, parts_of(hit["code"]), hit.end("code"), end)[1]


def _without_listed(text: str, hits: Sequence[regex.Match[str]], end: int) -> list[regex.Match[str]]:
    kept: list[regex.Match[str]] = []
    for hit in hits:
        if not kept or hit.start("code") >= _list_end(text, kept[-1], end):
            kept.append(hit)
    return kept


def _amount_before(text: str, hit: regex.Match[str], mentions: Sequence[Mention]) -> Mention | None:
    """The points that stand before the criterion: "bị trừ 1,5 điểm ở tiêu chí 3.2 do ..., bị trừ 1 điểm ở ..."."""
    lost = (each for each in mentions if each.bracket is None and each.role in _LOST and each.end <= hit.start())
    return next((each for each in lost if _AT_CRITERION.fullmatch(text, each.end, hit.start())), None)


def _opens_clause(text: str, section: Section, hit: regex.Match[str]) -> bool:
    """Whether what follows is said of the criterion: "thiếu hồ sơ của tiêu chí 1.6: trừ 1 điểm" only refers to it.

    Points in a bracket right behind the code are its own: "khắc phục tiêu chí 8.3.3 (đạt 0/1,5 điểm)".
    """
    if _SCORE_BEHIND.match(text, hit.end()):
        return True
    word = regex.search(r"[\p{L}\d]+\s*$", text[section.body : hit.start()])
    return word is None or hit[0][:1].isupper() or starts_with("before_criterion", word[0])


def _running(text: str, hit: regex.Match[str], first: Mention | None, end: int) -> Section:
    line_end = text.find("\n", hit.end())
    number = parts_of(hit["code"])
    also, listed = further_codes(text, number, hit.end("code"), end)
    name = (listed, listed) if also else trimmed(text, *worded_name(text, [first] if first else [], hit.end(), end))
    return Section(
        kind="running",
        number=number,
        code=hit.span("code"),
        also=also,
        start=hit.start(),
        name=name,
        body=name[1],
        line_end=end if line_end < 0 else min(line_end, end),
        end=end,
        worded=True,
    )


def _item_end(text: str, start: int, bound: int) -> int:
    """A criterion of a list goes on to the sign that parts it from the next one."""
    end = _ITEM_END.search(text, start, bound)
    return end.end() if end else bound


def _running_end(text: str, start: int, bound: int) -> int:
    turn = _TURN.search(text, start, bound)
    bound = turn.start() if turn else bound
    end = text.find("\n", start, bound)
    while 0 <= end < bound:
        line_end = text.find("\n", end + 1, bound)
        line = text[end + 1 : bound if line_end < 0 else line_end]
        if not any(starts_with(group, line) for group in _BELOW):
            return end
        end = line_end
    return bound
