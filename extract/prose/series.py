"""Scores told in a row behind the row of their labels: "Điểm tối đa/tự chấm/thẩm định: 2/1,5/1"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.prose.cues import either
from extract.prose.roles import Role
from normalize.decimals import decimal_of
from normalize.text import fold

_ROLES: tuple[tuple[Role, str], ...] = (
    ("maximum", either("maximum") + "|chuẩn"),
    ("self", either("self")),
    ("appraised", either("appraised") + r"|hội\s+đồng|tổ\s+thẩm\s+định"),
    ("total_deducted", r"điểm\s+(?:bị\s+)?trừ|(?:bị\s+)?trừ|chênh\s+lệch"),
    ("score", r"(?:số\s+)?điểm\s+đạt(?:\s+được)?|đạt(?:\s+được)?|kết\s+quả"),
)
_LABEL = r"(?:(?:số\s+)?điểm\s+)?(?:" + "|".join(words for _, words in _ROLES) + ")"
_NUMBER = r"\d{1,3}(?:[.,]\d{1,4})?"
_SERIES = regex.compile(
    # the label is compiled once, however often it stands in the pattern
    rf"(?(DEFINE)(?<words>{_LABEL}))"
    r"(?<!\p{L})(?<label>(?&words))(?:\s*(?:[/;,|–-]|và)\s*(?<label>(?&words))){1,3}"
    rf"\s*(?:\(điểm\))?\s*(?:[:=]|là|lần lượt là)*\s*"
    rf"(?<number>{_NUMBER})(?:\s*(?:điểm|đ)?\s*(?:[/;|–-]|,\s|và\s)\s*(?<number>{_NUMBER})){{1,3}}(?![\d/%]|[.,]\d)",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One number of a row: its role and stretch, and where the row begins."""

    role: Role
    number: Decimal
    start: int
    end: int
    row: tuple[int, int]


def rows_of(text: str) -> Iterator[Told]:
    """The numbers of all rows with as many labels.

    >>> [(each.role, str(each.number)) for each in rows_of("Điểm tối đa/tự chấm/thẩm định: 2/1,5/1.")]
    [('maximum', '2'), ('self', '1.5'), ('appraised', '1')]
    >>> list(rows_of("Điểm tự chấm/điểm tối đa: 9,5/10"))
    []
    """
    for match in _SERIES.finditer(text):
        roles = [_role(fold(label)) for label in match.captures("label")]
        spans = match.spans("number")
        plain = roles == ["self", "maximum"]  # a score and its maximum, as anywhere
        if len(roles) != len(spans) or len(set(roles)) != len(roles) or plain:
            continue
        for role, (start, end) in zip(roles, spans, strict=True):
            number = decimal_of(text[start:end])
            if number is not None:
                yield Told(role, number, start, end, match.span())


def _role(label: str) -> Role:
    bare = regex.sub(r"^(?:số\s+)?điểm\s+", "", label)
    for text in (label, bare):
        for role, words in _ROLES:
            if regex.fullmatch(words, text):
                return role
    return "score"
