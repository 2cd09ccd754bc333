"""Scores that are said without a number: none at all ("không chấm điểm"), or as many as the unit gave itself."""

from __future__ import annotations

from collections.abc import Iterator

import regex

# What is lost stands as a number elsewhere: "không đạt điểm: 0,5", "các tiêu chí không đạt điểm gồm".
_NONE = regex.compile(
    r"(?xi) (?<! \p{L} ) (?<! (?: tiêu\ chí | nội\ dung | phần | số ) \s )"
    r" (?: không \s (?: có | đạt | được | chấm | cho | ghi | tính | được \s (?: chấm | cho | tính | công \s nhận )"
    r"   | công \s nhận ) \s điểm (?: \s nào )?"
    r" | (?: mất | bị \s (?: mất | trừ ) ) \s (?: toàn \s bộ | hết ) \s (?: số \s )? điểm )"
    r" (?= \s* (?: [.,;)\n] | $ | \( (?! [^()]* \d )"
    r" | \( \s* (?: (?: số \s )? điểm \s )? (?: tối \s đa | chuẩn ) | (?: trên | trong ) \s (?: tổng | số )"
    r"   | (?: do | vì | với \s lý \s do | lý \s do | nguyên \s nhân ) (?! \p{L} ) ) )"
)
# a clause of its own behind the criterion: "Tiêu chí 2.2 (tối đa 4 điểm): được điểm tối đa;"
_ALL = regex.compile(
    r"(?xi) (?<= [:)] \s* ) (?: được | đạt ) \s (?: số \s )? (?: điểm \s )? tối \s đa (?: \s điểm )?"
    r" (?= \s* (?: [.;\n] | $ ) )"
)
_AGREED = regex.compile(
    r"(?xi) (?<! \p{L} ) (?: thống \s nhất | nhất \s trí | đồng \s ý | giữ \s nguyên | công \s nhận ) \s"
    r" (?: (?: với | theo | như | mức | kết \s quả | số | điểm | đơn \s vị | sở | huyện | xã | phường ) \s )*"
    r" (?: tự \s (?: chấm | đánh \s giá ) )"
)


def none_awarded(text: str) -> Iterator[tuple[int, int]]:
    """Where a text says that no points were given.

    >>> list(none_awarded("Hội đồng không chấm điểm do thiếu báo cáo")), list(none_awarded("Tiêu chí không đạt điểm:"))
    ([(9, 24)], [])
    """
    return (match.span() for match in _NONE.finditer(text))


def all_awarded(text: str) -> Iterator[tuple[int, int]]:
    """Where a text says, right behind a criterion, that all its points were given.

    >>> list(all_awarded("(tối đa 4 điểm): được điểm tối đa;")), list(all_awarded("Các tiêu chí khác đạt điểm tối đa."))
    ([(17, 33)], [])
    """
    return (match.span() for match in _ALL.finditer(text))


def agrees(text: str) -> bool:
    """Whether those who appraise leave the unit's own score as it is.

    >>> agrees("Hội đồng thống nhất với điểm tự chấm của huyện"), agrees("Hội đồng chấm 2 điểm")
    (True, False)
    """
    return _AGREED.search(text) is not None
