"""Points given in rounds of appraisal: "thẩm định vòng 1: 0,5 điểm, vòng 2: 0,75 điểm"; the last round counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.prose.numerals import Mention

_ROUND = regex.compile(
    r"(?<!\p{L})(?:vòng|lần|v)\s*(?<number>[1-3])\s*(?:\([^()\d]*\)\s*)?(?:là|đạt|được|chấm|còn)?\s*:?\s*$",
    regex.IGNORECASE,
)
_REACH = 40
_NOT_GIVEN = frozenset({"deducted", "total_deducted", "maximum", "rule", "change", "bonus"})


def with_last_rounds(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The points of the last round in a sentence as those of the appraisal, without those of earlier rounds."""
    rounds = {
        each.start: int(match["number"])
        for each in mentions
        if each.role not in _NOT_GIVEN
        and (match := _ROUND.search(text[max(each.sentence[0], each.start - _REACH) : each.start])) is not None
    }
    last: dict[tuple[int, int], int] = {}
    for each in mentions:
        if each.start in rounds:
            last[each.sentence] = max(rounds[each.start], last.get(each.sentence, 0))
    told = {each.sentence for each in mentions if each.start in rounds and rounds[each.start] == 1}
    return [
        replace(each, role="appraised") if each.start in rounds and each.sentence in told else each
        for each in mentions
        if each.start not in rounds or each.sentence not in told or rounds[each.start] == last[each.sentence] > 1
    ]
