"""Points that a criterion's name ends with, in brackets: "Kế hoạch CCHC (đạt 0,5/1 điểm)", "Báo cáo (trừ 0,25 điểm)".

A remedy plan lists the criteria that lost points and has no column of numbers.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from normalize.decimals import parse_pair, parse_score
from normalize.records import Score
from normalize.value import Printed, Refusal

_LAST = regex.compile(r"[:;,-]?\s*[(\[](?P<points>[^()\[\]]{1,40})[)\]]\s*[.;]?$")
# without brackets only what is plainly points: "Cải cách thể chế: 6,5/7 điểm", "Kế hoạch - đạt 0,5/1"
_BEHIND_COLON = regex.compile(
    r"\s*(?::|\s[-–])\s*(?P<points>(?:(?:chỉ |mới )?đạt(?: được)?:?\s+)?\d+(?:[.,]\d+)?\s*/\s*"
    r"\d+(?:[.,]\d+)?(?:\s*(?:điểm|đ))?|(?:(?:chỉ |mới )?đạt(?: được)?:?\s+)?\d+(?:[.,]\d+)?\s*(?:điểm|đ))\s*[.;]?$",
    regex.I,
)
_TAIL = 80  # signs: long names are not searched as a whole
_LOST = regex.compile(r"^(?:(?:bị|điểm|số điểm)\s+)*(?:trừ|mất|giảm|chưa đạt|không đạt)\b\s*:?\s*|^[-–]\s*", regex.I)
_REACHED = regex.compile(r"^(?:(?:chỉ|mới|điểm|được)\s+)*(?:đạt|được|kết quả)\b\s*:?\s*(?:được\s+)?", regex.I)
_MOST = regex.compile(r"^(?:điểm |số điểm )?(?:tối đa|chuẩn)\b\s*:?\s*", regex.I)

# the points with what was lost of them in one cell: "1,5 (-0,5)", "0,5 (trừ 0,5 điểm do chậm)", "0/1,5 (mất 1,5)"
_WITH_LOSS = regex.compile(
    r"^\s*(?P<value>\d+(?:[.,]\d+)?(?P<most>\s*/\s*\d+(?:[.,]\d+)?)?)(?:\s*(?:điểm|đ))?\s*[(\n]\s*[(]?(?P<lost>[-–]\s*\d+(?:[.,]\d+)?|"
    r"(?:bị )?(?:trừ|mất|giảm)\s*:?\s*[-–]?\s*(?P<told>\d+(?:[.,]\d+)?)(?![\d/%]|[.,]\d))(?:\s*(?:điểm|đ)\b)?"
    r"(?P<why>\s*(?:do|vì|,|;|:)\s[^()]*)?\s*\)?\s*$",
    regex.I,
)


def points_and_loss(printed: Printed) -> tuple[Score, Score] | None:
    r"""The points of a cell and those lost behind them.

    >>> [str(each.value) for each in points_and_loss(Printed("1,5 (-0,5)"))], points_and_loss(Printed("1,5 (2)"))
    (['1.5', '0.5'], None)
    >>> [str(each.value) for each in points_and_loss(Printed("0,5\n(trừ 0,25 điểm do chậm)"))]
    ['0.5', '0.25']
    """
    match = _WITH_LOSS.match(printed.text)
    if match is None or match["most"]:
        return None
    told = match["told"] or match["lost"]
    value, lost = parse_score(replace(printed, text=match["value"])), parse_score(replace(printed, text=told))
    if isinstance(value, Refusal) or isinstance(lost, Refusal):
        return None
    return replace(value, printed=printed), replace(lost, printed=printed)


def pair_and_loss(printed: Printed) -> tuple[Score, Score, Score] | None:
    """The score, the maximum and the points lost behind them in one cell.

    >>> [str(each.value) for each in pair_and_loss(Printed("0/1,5 (mất 1,5)"))], pair_and_loss(Printed("0/1,5 (2 xã)"))
    (['0', '1.5', '1.5'], None)
    """
    match = _WITH_LOSS.match(printed.text)
    if match is None or not match["most"]:
        return None
    pair = parse_pair(replace(printed, text=match["value"]))
    lost = parse_score(replace(printed, text=match["told"] or match["lost"]))
    if isinstance(pair, Refusal) or isinstance(lost, Refusal):
        return None
    return replace(pair[0], printed=printed), replace(pair[1], printed=printed), replace(lost, printed=printed)


def name_and_points(printed: Printed) -> tuple[Printed, dict[str, Score]]:
    """The name without the points behind it, and the points by field; the name as it is where none stand there.

    >>> name, points = name_and_points(Printed("Kế hoạch (đạt 0,5/1 điểm)"))
    >>> name.text, {field: str(value.value) for field, value in points.items()}
    ('Kế hoạch', {'score': '0.5', 'max_score': '1'})
    >>> {field: str(value.value) for field, value in name_and_points(Printed("Báo cáo (trừ 0,25 điểm)"))[1].items()}
    {'deducted': '0.25'}
    >>> {field: str(value.value) for field, value in name_and_points(Printed("I. Cải cách: 6,5/7 điểm"))[1].items()}
    {'score': '6.5', 'max_score': '7'}
    >>> {field: str(value.value) for field, value in name_and_points(Printed("Báo cáo (tối đa 1 điểm)"))[1].items()}
    {'max_score': '1'}
    >>> name_and_points(Printed("Thực hiện Nghị định (số 30)"))[1]
    {}
    """
    text = printed.text.strip()
    start = max(0, len(text) - _TAIL)
    match = _LAST.search(text, start) or _BEHIND_COLON.search(text, start)
    if match is None or not any(map(str.isalpha, text[: match.start()])):
        return printed, {}
    told = match["points"].strip()
    lost = _LOST.match(told)
    bare = told[lost.end() :] if lost else _REACHED.sub("", _MOST.sub("", told))
    field = "deducted" if lost else "score"
    pair = parse_pair(replace(printed, text=bare))
    if not isinstance(pair, Refusal):
        points = {field: pair[0], "max_score": pair[1]}
    else:
        value = parse_score(replace(printed, text=bare))
        # a bare number says nothing: it may be of a decree, a year, a form
        if isinstance(value, Refusal) or not (lost or regex.search(r"(?:điểm|đ)\s*$", bare, regex.I)):
            return printed, {}
        points = {field if lost or _REACHED.match(told) else "max_score": value}
    return replace(printed, text=text[: match.start()].strip()), {
        name: replace(value, printed=printed) for name, value in points.items()
    }
