"""A score told beside the one before it: "tăng từ 5,5 điểm năm 2021 lên 6 điểm"."""

from __future__ import annotations

import regex

from normalize.text import fold

_POINTS = r"\d{1,3}(?:[.,]\d{1,4})?(?:\s*/\s*\d{1,3}(?:[.,]\d{1,2})?)?\s*(?:điểm|đ)?"
_ROSE = regex.compile(
    rf"(?<!\p{{L}})từ\s+(?:mức\s+)?{_POINTS}[\s,(]*(?:(?:của\s+|vào\s+|trong\s+)?năm\s+(?:20\d\d|trước|ngoái)\)?)?[\s,]*"
    r"(?:tăng\s+|giảm\s+)?(?:lên|xuống)(?:\s+(?:thành|đến|tới|mức|còn|đạt|là))*\s*$"
)
_OF_YEARS = regex.compile(r"(?<!\p{L})(?:năm (?:20\d\d|trước|ngoái|liền kề)|cùng kỳ|kỳ trước)(?!\p{L})")
_LONGEST = 80


def rises_to(text: str, at: int) -> bool:
    """Whether the number at this place is what points rose or fell to.

    >>> rises_to("Điểm tăng từ 5,5 lên 6 điểm", 21), rises_to("Điểm tăng 6 điểm", 10)
    (True, False)
    """
    start = max(text.rfind("\n", 0, at) + 1, at - _LONGEST)
    return _ROSE.search(fold(text[start:at])) is not None


def over_years(sentence: str) -> bool:
    """Whether a sentence speaks of years: else the points may have risen by a second appraisal."""
    return _OF_YEARS.search(fold(sentence)) is not None
