"""Where the name of a section begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.prose.numerals import Mention

_SENTENCE_END = regex.compile(r"[.!?]\s+(?=[\p{Lu}\"“(-])")
# What ends the name of a criterion in running text; "về" may open it.
_NAME_STOPS = regex.compile(
    r"[;:(\n]|\.\s|(?<!\p{L})(?i:(?:chưa|không) đạt điểm|(?:chưa|không) đạt tối đa|bị trừ)(?!\p{L})"
)
_FAILED = regex.compile(r"(?i:chưa|không|chậm|thiếu|còn|chỉ(?! đạo| số| tiêu| thị)|mới|do|vì|bị)(?!\p{L})")
# "TCVN ISO 9001:2015" goes on.
_COLON = regex.compile(r"(?<!\d):|:(?!\d)")
_BRACKETED_NAME = regex.compile(r"\s*\((?<name>[^()\n]+)\)")
_OPENING = regex.compile(r"\s*(?:(?i:về|là|đối với)\s+|[:\-–]\s*)+")
# what was lost may stand before the name: "Bị trừ 1,5 điểm ở lĩnh vực thể chế"
_LED = regex.compile(
    r"(?i:(?:bị\s+)?(?:trừ|mất)\s+\d+(?:[.,]\d+)?\s*(?:điểm|đ)\s+)?(?i:ở|tại|đối với)\s+(?=\p{L}+\s+\p{L})"
)
_SUBJECT = regex.compile(
    r",\s*(?:UBND\s+)?(?i:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|tỉnh|sở|đơn vị)(?:\s+(?i:đã|chỉ|được))*\s*$"
)
_QUOTED = regex.compile(r"\s*[:\-–]?\s*[\"“](?<name>[^\"”\n]+)[\"”]")


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


def worded_name(text: str, mentions: Sequence[Mention], start: int, end: int) -> tuple[int, int]:
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
    start += len(text[start:end]) - len(text[start:end].lstrip())
    stops = [end, *[each.lead_start for each in mentions if start <= each.start < end][:1]]
    stop = _NAME_STOPS.search(text, start, end)
    stops += [stop.start()] if stop else []
    stop_at = max(start, min(stops))
    return (start, start) if _FAILED.match(text, start, stop_at) else (start, stop_at)


def plain_name(text: str, start: int, end: int) -> tuple[int, int]:
    """A heading that is half a sentence, without what is said of it: "Ở lĩnh vực thể chế, thị xã" (đạt 9 điểm)."""
    start, end = trimmed(text, start, end)
    lead = _LED.match(text, start, end)
    subject = _SUBJECT.search(text, start, end)
    return trimmed(text, lead.end() if lead else start, subject.start() if subject else end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    drop = " \t:;,.-–—*_\"“”'"
    while start < end and text[start] in drop:
        start += 1
    while end > start and text[end - 1] in drop:
        end -= 1
    return start, end
