"""The percentage a letter states beside a score ("Đạt 12,96/13,50 điểm, đạt tỷ lệ 96%"), held against the score itself.

The percentage is no number of the store; but where it contradicts the score, one of the two is wrong or is another
thing's, and a person looks.
"""

from __future__ import annotations

from decimal import Decimal

import regex

DIFFERS = "percentage-differs"
# Right behind the score, nothing but words that say of what it is the share.
_STATED = regex.compile(
    r"(?xi) \s* [,;(–-]* \s* (?: (?: đạt | chiếm | bằng | tương \s (?: ứng | đương ) (?: \s với )? ) \s )?"
    r" (?: (?: tỷ | tỉ ) \s lệ \s (?: đạt \s | là \s )? )? (?: là \s | : \s* )?"
    r" (?<percent> \d{1,3} (?: [.,] \d{1,3} )? ) \s* % (?! \s* (?: so | của | tổng | số ) \b )"
)


def percentage_doubts(text: str, end: int, score: Decimal, maximum: Decimal) -> tuple[str, ...]:
    """A doubt with the percentage where one stands right behind the score (which ends at `end`) and is not its share.

    >>> percentage_doubts("Đạt 12,96/13,50 điểm, đạt tỷ lệ 96%, trừ", 20, Decimal("12.96"), Decimal("13.5"))
    ()
    >>> percentage_doubts("Đạt 12,96/13,50 điểm, đạt tỷ lệ 69%, trừ", 20, Decimal("12.96"), Decimal("13.5"))
    ('percentage-differs:69',)
    >>> percentage_doubts("Đạt 9/10 điểm. Hoàn thành 50% kế hoạch", 13, Decimal("9"), Decimal("10"))
    ()
    """
    match = _STATED.match(text, end)
    if match is None or not maximum:
        return ()
    stated = Decimal(match["percent"].replace(",", "."))
    unit = Decimal(1).scaleb(-len(match["percent"].replace(",", ".").partition(".")[2].rstrip("0")))
    if abs(stated - 100 * score / maximum) < unit:  # rounded or cut off at its last digit
        return ()
    return (f"{DIFFERS}:{match['percent'].replace(',', '.')}",)
