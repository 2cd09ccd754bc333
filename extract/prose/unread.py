"""What was not read: sections without a score, and numbers that stand like points and were taken for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.prose.numerals import Mention
from extract.prose.sections import Section
from normalize.records import Result

# "Huyện chấm 4.", "mất 0,5;", "điểm đạt là 3": a number behind a word of scoring that ends its clause; the "1." of a
# list that begins on the next line is none
_LIKE_POINTS = regex.compile(
    r"(?<!(?i:đề nghị|kiến nghị)[^.;\n]{0,40})(?<!\p{L})"
    r"(?i:chấm|thẩm định|thẩm tra|phúc tra|điểm|mất|trừ)\s*(?i:là\s|được\s|còn\s|đạt\s)?[:=]?\s*"
    r"(?!(?<=\n[^\S\n]*)\d{1,2}[.)](?!\d))(?<number>\d{1,2}(?:[.,]\d{1,4})?)(?=\s*(?:[;)\n]|$|[.,](?!\d)))"
)

# "5,91 điểm do: chậm báo cáo (trừ 0,5 điểm)": points with a cause were lost, whatever the word before them was read as
_WITH_CAUSE = regex.compile(
    r"(?<![\d.,/])(?<number>\d{1,2}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)\s*[,;(]?\s*(?i:do|vì|bởi)(?!\p{L})"
)


def has_unread(text: str, section: Section, mentions: Sequence[Mention]) -> bool:
    """Whether a number of a section that gives points stands like points and was taken for nothing."""
    if not mentions:
        return False
    read = {at for each in mentions for at in range(each.start, each.end)}
    return any(
        match.start("number") not in read
        for like in (_LIKE_POINTS, _WITH_CAUSE)
        for match in like.finditer(text, section.code[1], section.end)
    )


def doubted_unread(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """A recognised section that has no score where most beside it have one: "12,96/13,50" may have been read as no
    number at all. In typed text a section without a score has none.
    """
    scores = [each.score or each.self_score for each in results]
    found = []
    for result, score in zip(results, scores, strict=True):
        depth = len(result.code.value.parts)
        beside = [one for each, one in zip(results, scores, strict=True) if len(each.code.value.parts) == depth]
        scored = sum(one is not None for one in beside)
        leaf = not any(each.code.value.under(result.code.value) for each in results)
        unread = score is None and leaf and result.code.confidence is not None
        if unread and scored >= 2 and 2 * scored >= len(beside):
            result = replace(result, doubts=(*result.doubts, "unread-score"))
        found.append(result)
    return tuple(found)
