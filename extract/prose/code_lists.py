"""Several criteria that share one number: "Các tiêu chí 1.1, 1.2 và 1.5 đạt 1/1 điểm", "từ 1.6 đến 1.8"."""

from __future__ import annotations

from dataclasses import replace

import regex

from extract.prose.flow import Flow
from extract.prose.labels import parts_of
from normalize.codes import Code
from normalize.records import Result
from normalize.value import Value

# Whose number it is cannot be told: each criterion's, or that of all together.
SHARED = "number-of-several"
_LONGEST_RANGE = 20
_FURTHER = regex.compile(
    r"(?xi) \.? \s* (?<sign> , \s* và | và | đến | tới | [,;&–-] ) \s* (?: (?<sign> đến | tới ) \s+ )?"
    r" (?: (?: các \s+ )? (?: tiêu\ chí (?: \ thành\ phần )? | tctp | tc | mục ) \s+ )?"
    r" (?<code> [1-9]\d? (?: \. \d{1,2} ){1,4} ) (?! \d | [.,]\d | \s* / | \s* % | \s* (?: điểm | đ ) (?!\p{L}) )"
)
_RANGE = frozenset({"đến", "tới", "-", "–"})
_EACH = regex.compile(r"(?<!\p{L})(?i:mỗi|từng|đều|cùng)(?!\p{L})")

Further = tuple[tuple[int, ...], tuple[int, int]]


def further_codes(text: str, first: tuple[int, ...], at: int, end: int) -> tuple[tuple[Further, ...], int]:
    """The codes listed behind a first one that ends at `at`, each with where it stands, and where the list ends.

    >>> found, end = further_codes("1.1, 1.2 và 1.5 đạt 1/1 điểm", (1, 1), 3, 28)
    >>> [code for code, _ in found], end
    ([(1, 2), (1, 5)], 15)
    >>> [code for code, _ in further_codes("1.6 đến 1.8", (1, 6), 3, 11)[0]]
    [(1, 7), (1, 8)]
    >>> further_codes("1.4, 1.5 điểm", (1, 4), 3, 13)
    ((), 3)
    """
    found: list[Further] = []
    last = first
    while match := _FURTHER.match(text, at, end):
        code = parts_of(match["code"])
        between = len(code) == len(last) and code[:-1] == last[:-1] and 0 < code[-1] - last[-1] <= _LONGEST_RANGE
        if match.captures("sign")[-1].lower() in _RANGE:
            if not between:
                break
            found += [((*code[:-1], number), match.span("code")) for number in range(last[-1] + 1, code[-1])]
        found.append((code, match.span("code")))
        at, last = match.end(), code
    return tuple(found), at


def shared(flow: Flow, result: Result, further: tuple[Further, ...], body: int, end: int) -> list[Result]:
    """The result under each of the codes; in doubt, unless the words say that each got it."""
    if not further:
        return [result]
    line = flow.text.find("\n", body, end)
    doubts = () if _EACH.search(flow.text, body, end if line < 0 else line) else (SHARED,)
    if any(True for _ in result.scores()):
        result = replace(result, doubts=(*result.doubts, *doubts))
    codes = (Value(Code(code), flow.printed(*span), result.code.pattern) for code, span in further)
    return [result, *(replace(result, code=code) for code in codes)]
