"""Domains in a list, each with points and no word what they are: "5. Lĩnh vực công vụ: 9,25 điểm".

The words above the list decide whether the points were got or lost; either way they stay in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.prose.cues import domain_named
from extract.prose.numerals import Mention
from extract.prose.roles import Role
from normalize.text import fold

_LOST = regex.compile(
    r"(?<!\p{L})(?:bị trừ|trừ điểm|điểm trừ|điểm bị|mất điểm|điểm mất|bị mất|(?:chưa|không) đạt)(?!\p{L})"
)
_GOT = regex.compile(
    r"(?<!\p{L})(?:đạt|được|kết quả|tự chấm|chấm điểm|thẩm định|điểm số|điểm các|điểm từng|điểm của)(?!\p{L})"
)
# the scorecard itself, or its reasons, are no points of a unit
_WORTH = regex.compile(
    r"(?<!\p{L})(?:tối đa|thang điểm|điểm chuẩn|bộ tiêu chí|cơ cấu|phấn đấu|mục tiêu|dự kiến)(?!\p{L})"
)
_LABEL = regex.compile(r"\W*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,4})\s*[.):/]\s*)?")
_LISTED = regex.compile(r"\s*[:,\-–]?\s*$")
_CLOSED = regex.compile(r"\s*[.;,]?\s*(?=\n|$)")
_SENTENCE = regex.compile(r"(?<=[.;])\s+(?=\p{Lu})")
_BULLETS = frozenset("-+*•–")
_LONGEST_NAME = 120
_FEWEST = 2


def with_listed_points(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, those of such a list told to be scores or losses; they keep `beneath` "bare"."""
    listed = [each for each in mentions if _is_listed(text, each)]
    if len(listed) + sum(each.shape == "pair" and each.role == "score" for each in mentions) < _FEWEST:
        return list(mentions)
    told: dict[int, Mention] = {}
    role: Role | None = None
    last = 0
    for each in listed:
        domain = domain_named(_line(text, each.start)) or 0
        role = role if domain > last > 0 else _role_above(text, each.start)  # a list that goes on is of one kind
        last = domain
        if role == "deducted" or (role == "score" and not _is_itemised(text, each)):
            told[each.start] = replace(each, role=role)
    return [told.get(each.start, each) for each in mentions]


def _is_listed(text: str, mention: Mention) -> bool:
    """Whether a line holds a domain's name and points, and nothing else."""
    if mention.role != "bare" or mention.bracket is not None:
        return False
    lead = _line(text, mention.start)
    name = lead[_label(lead) :]
    if not _CLOSED.match(text, mention.end) or len(name) > _LONGEST_NAME or _LISTED.search(name) is None:
        return False
    return domain_named(name) is not None and not any(map(str.isdigit, name)) and not _LOST.search(fold(name))


def _is_itemised(text: str, mention: Mention) -> bool:
    """Whether bullets follow below a line that is none itself."""
    end = text.find("\n", mention.end)
    return end >= 0 and text[end + 1 : end + 2] in _BULLETS and _line(text, mention.start)[:1] not in _BULLETS


def _line(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : at]


def _label(line: str) -> int:
    label = _LABEL.match(line)
    return label.end() if label else 0


def _role_above(text: str, at: int) -> Role | None:
    """What the nearest words above that are no line of a list call the points; without any, the title does."""
    lines = text[:at].split("\n")[:-1]
    for line in reversed(lines):
        if _label(line):
            continue
        said = fold(_SENTENCE.split(line.strip())[-1])
        if _WORTH.search(said):
            return None
        if _LOST.search(said):
            return "deducted"
        if _GOT.search(said):
            return "score"
    return None if _LOST.search(fold(text[:at])) else "score"
