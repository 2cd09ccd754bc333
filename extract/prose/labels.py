"""The labels of sections: roman and Arabic numbers, codes, "Tiêu chí 2.3", "Phần thứ nhất"."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import regex

Kind = Literal["part", "roman", "number", "list", "letter", "running"]
_LETTER = r"[\p{L}\"“”'(]"
WORD = (
    r"(?<word>(?i:lĩnh\ vực|tiêu\ chí\ thành\ phần|tiêu\ chí|tctp|tc|chỉ\ số\ thành\ phần|chỉ\ số"
    r"|nội\ dung|tiểu\ mục|mục)\s+(?i:số\s+)?)"
)
_BULLET = r"(?:[-+*•–—►▪✓➢]\s*|[a-zđ]\s*[.)]\s+)"
_ORDINALS = "nhất|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín"
_NUMBERED = rf"{_BULLET}? {WORD}? [\[(]? (?<code> \d{{1,2}} (?: \. \s? \d{{1,2}} ){{1,4}} )"
_WORDED_ALONE = rf"{_BULLET}? {WORD} (?<code> \d{{1,2}} (?: \. \d{{1,2}} ){{1,4}} )"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("part", r"(?<code> [A-H] ) \s* [.):/] \s* (?= \p{Lu} )"),
    ("part", r"(?i) phần \s+ (?: thứ \s+ )? (?<code> [ivx]{1,4} | \d | nhất | hai | ba | tư ) \b"),
    (
        "roman",
        # a title in capitals needs no dot, which recognition loses: "II KẾT QUẢ CHẤM ĐIỂM"
        rf"(?! V \s* / \s* [vV]\b ) (?: (?i: lĩnh\ vực | mục ) \s+ )? (?<code> [IVX]{{1,5}} )"
        rf" (?: \s* [.):/\-–] \s* (?= {_LETTER} ) | \s+ (?= \p{{Lu}}{{2,}} \s+ \p{{Lu}}{{2,}} ) )",
    ),
    (
        "number",
        rf"(?i) {_BULLET}? (?: lĩnh\ vực | nội\ dung | chỉ\ số\ thành\ phần ) \s+ thứ \s+ (?<code> {_ORDINALS} )"
        rf" \s* [.:,\-–] \s* (?= {_LETTER} )",
    ),
    # a code of several parts: 7.2 Áp dụng, - 1.4.2. Tên, [3.1.1] Tên, Tiêu chí 2.3 "..."
    ("number", rf"{_NUMBERED} \s* [.):\]\-–]+ \s* (?= {_LETTER} )"),
    ("number", rf"{_NUMBERED} \s* (?= \p{{Lu}} | [\"“(] )"),
    # several codes at once: "1.4.1, 1.4.2: 0,5/1 điểm"
    (
        "number",
        rf"{_NUMBERED} (?= (?: \s* (?: [,;] | và | đến | [-–] ) \s* \d{{1,2}} (?: \. \d{{1,2}} ){{1,4}} )+"
        rf" \s* (?: : | mỗi | đều | cùng | bị | mất | đạt | không | chưa ) )",
    ),
    (
        "number",
        rf"{_BULLET}? {WORD} (?<code> \d{{1,2}} (?: [.,] \d{{1,2}} ){{0,4}} ) (?! \d | [.,]\d | / )"
        rf" \s* [.):\-–]? \s* (?= {_LETTER} )",
    ),
    # "Tiêu chí 1.2.2" alone, its words on the lines below
    ("number", rf"{_WORDED_ALONE} \s* [.:]? \s* $"),
    ("number", rf"(?<code> \d{{1,2}} ) \s* (?: [.:] | [-–] (?= \s )) \s* (?= {_LETTER} )"),
    ("letter", rf"(?<code> [a-zđ] ) \s* [.)/] \s* (?= {_LETTER} )"),
    ("list", rf"{_BULLET}? \(? (?<code> \d{{1,2}} ) \s* [)/] \s* (?= {_LETTER} )"),
)
_LABELS = tuple((kind, regex.compile(pattern, regex.VERBOSE)) for kind, pattern in _PATTERNS)
_WORDED = regex.compile(
    rf"(?x) {WORD} (?<code> \d{{1,2}} (?: [.,] \d{{1,2}} ){{1,4}} ) (?! \d | [.,]\d | / )"
    rf" \s* [.):\-–]? \s* (?= {_LETTER} )"
)
# "2. Lĩnh vực 3. Cải cách thủ tục hành chính": the list's own number, then the domain's
_LABEL_AGAIN = regex.compile(r"\s*(?i:lĩnh vực)\s+(?<code>\d{1,2})\s*[:.\-–]\s*(?=[\p{Lu}\"“])")
_TURNING_TO = regex.compile(r"\s*(?i:đối với|về|tại)\s+")
_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
_ROMAN = {"i": 1, "v": 5, "x": 10}


def labelled(text: str, start: int, end: int) -> tuple[Kind, regex.Match[str]] | None:
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


def parts_of(code: str) -> tuple[int, ...]:
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
