"""Numbers in words, as they stand behind the digits: "1,5 điểm (Một phẩy năm điểm)"."""

from __future__ import annotations

from decimal import Decimal

import regex

from normalize.text import fold

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_POINTS = frozenset({"phẩy", "phảy", "chấm"})
_LONGEST = 80  # signs: a longer text is no number
_SKIPPED = frozenset({"linh", "lẻ"})
_ENDS = regex.compile(r"^(?:(?:bằng|viết bằng) chữ\s*:?\s*)?(?P<words>.*?)(?P<unit>\s*điểm)?\s*\.?$")


def number_in_words(text: str) -> Decimal | None:
    """The number up to 999 that a text says in words, with its decimals; None for any other text.

    One word alone is a number only before "điểm": "Không" says many things.

    >>> [str(number_in_words(text)) for text in ("Một phẩy năm điểm", "hai phẩy hai lăm", "mười hai điểm rưỡi")]
    ['1.5', '2.25', '12.5']
    >>> [number_in_words(text) for text in ("Không", "một phẩy", "ba phòng", "năm 2022", "hai ba điểm phẩy")]
    [None, None, None, None, None]
    >>> str(number_in_words("Không điểm")), str(number_in_words("không phẩy bảy mươi lăm"))
    ('0', '0.75')
    """
    if len(text) > _LONGEST or any(map(str.isdigit, text)):
        return None
    folded = " ".join(fold(text).split())
    half = folded.endswith(" rưỡi")
    match = _ENDS.match(folded.removesuffix(" rưỡi").rstrip())
    if match is None:
        return None
    words = match["words"].split()
    at = next((position for position, word in enumerate(words) if word in _POINTS), None)
    whole = _whole(words if at is None else words[:at])
    if whole is None or (at is None and len(words) < 2 and not match["unit"]) or (half and at is not None):
        return None
    if at is None:
        return Decimal(whole) + (Decimal("0.5") if half else 0)
    decimals = _decimals(words[at + 1 :])
    return Decimal(f"{whole}.{decimals}") if decimals else None


def _whole(words: list[str]) -> int | None:
    """A whole number of up to three places: "ba", "mười hai", "bảy mươi lăm", "một trăm linh năm"."""
    hundreds, rest = 0, words
    if "trăm" in words:
        at = words.index("trăm")
        first = _whole(words[:at]) if at == 1 else None
        if first is None:
            return None
        hundreds, rest = first, [word for word in words[at + 1 :] if word not in _SKIPPED]
        if not rest:
            return 100 * hundreds
    digits = _tens(rest)
    return None if digits is None or (len(digits) > 2) else 100 * hundreds + int(digits)


def _decimals(words: list[str]) -> str | None:
    """What stands behind the comma, digit by digit or as a number of two: "năm", "không năm", "hai mươi lăm"."""
    if words and all(word in _DIGITS for word in words):
        return "".join(str(_DIGITS[word]) for word in words)
    return _tens(words)


def _tens(words: list[str]) -> str | None:
    """The digits of a number below 100; None where the words are no such number."""
    if len(words) == 1:
        return "10" if words[0] == "mười" else _digit(words[0])
    if len(words) == 2 and words[0] == "mười":
        last = _digit(words[1])
        return None if last is None else f"1{last}"
    if len(words) in (2, 3) and words[1] == "mươi":
        first, last = _digit(words[0]), _digit(words[2]) if len(words) == 3 else "0"
        return None if first is None or last is None else first + last
    return None


def _digit(word: str) -> str | None:
    return str(_DIGITS[word]) if word in _DIGITS else None
