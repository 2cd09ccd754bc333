"""Several losses told in one cell: "Trừ 0,25 điểm do ...; trừ 0,5 điểm do ...", "- ... (trừ 0,25đ)".

The parts are taken only where their amounts sum to the deduction of the row: nothing else proves that every amount was
found and that none of them is a rule of scoring or a number of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from normalize.decimals import parse_score
from normalize.records import Deduction, Score
from normalize.typos import clean_text
from normalize.value import Printed, Refusal, Value

_AMOUNT = (
    r"(?:(?:bị )?(?:trừ|giảm trừ|mất|giảm|không đạt|chưa đạt)\s*:?\s*-?|[-–])\s*"
    r"(?P<amount>[0-9]+(?:[.,][0-9]+)?) *(?:điểm|đ)?(?![0-9/%\p{L}]|[.,][0-9])"
)
# the amount before its reason: "trừ 0,25 điểm do ...", "Trừ 0,5đ: ..."; after it: "... (trừ 0,25 điểm)", "...: trừ 0,5"
_LEADING = regex.compile(
    rf"(?:^|(?<=[;.,\n])|(?<=[;.,] ))\s*(?:[-+*•]\s*)?{_AMOUNT}\s*(?:(?:do|vì|vì lý do|lý do)\b\s*:?|[:,(-])\s*",
    regex.IGNORECASE,
)
_TRAILING = regex.compile(rf"\s*[(\[:,;-]\s*{_AMOUNT}\s*[)\]]?\s*(?=$|[;.\n,+-])", regex.IGNORECASE)
_NUMBER = regex.compile(r"^(?:\d{1,2}|[a-zđ])[.)]\s+")
_MARKS = " \n\t;,.:-+*•"


def itemised(printed: Printed, lost: Score, pattern: str, least: int = 2) -> tuple[Deduction, ...]:
    """The losses of one cell with their reasons; empty where they are less than `least` or do not sum to `lost`.

    One amount that is all a cell tells beside its reason counts where `least` is 1: the cell of a column of deductions.

    >>> from decimal import Decimal
    >>> lost = Value(Decimal("0.75"), Printed("0,75"), "points")
    >>> cell = Printed("Trừ 0,25 điểm do báo cáo chậm; trừ 0,5 điểm do thiếu kế hoạch")
    >>> [(str(item.amount.value), item.reason.value) for item in itemised(cell, lost, "column-reason")]
    [('0.25', 'báo cáo chậm'), ('0.5', 'thiếu kế hoạch')]
    >>> itemised(Printed("Báo cáo chậm (trừ 0,25 điểm)"), lost, "column-reason")
    ()
    >>> [item.reason.value for item in itemised(Printed("-0,75 (Báo cáo chậm)"), lost, "column-reason", 1)]
    ['Báo cáo chậm']
    """
    for parts in (_led(printed.text), _trailed(printed.text)):
        items = [_item(printed, amount, reason, pattern) for amount, reason in parts]
        found = [item for item in items if item is not None]
        whole = len(found) == len(items) >= least and (len(found) > 1 or _is_alone(printed.text, parts))
        if whole and sum((item.amount.value for item in found), Decimal(0)) == lost.value:
            return tuple(found)
    return ()


def amount_told(printed: Printed) -> Score | None:
    """The points that a cell with words says were lost: "-0,5 (báo cáo chậm)" or the sum of several such losses.

    >>> [amount_told(Printed(text)) and str(amount_told(Printed(text)).value) for text in
    ...  ("-0,5 (báo cáo chậm)", "- Báo cáo chậm (-0,25)\\n- Thiếu kế hoạch (-0,5)", "Báo cáo chậm")]
    ['0.5', '0.75', None]
    """
    for parts in (_led(printed.text), _trailed(printed.text)):
        amounts = [parse_score(replace(printed, text=amount)) for amount, _ in parts]
        values = [amount.value for amount in amounts if not isinstance(amount, Refusal)]
        if values and len(values) == len(parts) and (len(values) > 1 or _is_alone(printed.text, parts)):
            return Value(sum(values, Decimal(0)), printed, "amount-told", (f"parts: {[each for each, _ in parts]}",))
    return None


def _is_alone(text: str, parts: list[tuple[str, str]]) -> bool:
    """Whether one amount and one reason are all a cell says: "-0,5 (báo cáo chậm)", "Báo cáo chậm (trừ 0,5 điểm)"."""
    bare = regex.sub(_AMOUNT, "", text, count=1, flags=regex.IGNORECASE)
    signs = sum(sign.isalnum() for sign in bare) - sum(sign.isalnum() for sign in parts[0][1])
    return signs <= len("vì lý do".replace(" ", ""))


def _led(text: str) -> list[tuple[str, str]]:
    """Amounts that stand before their reasons."""
    found = list(_LEADING.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)][: len(found)]
    return [(match["amount"], text[match.end() : end]) for match, end in zip(found, ends, strict=True)]


def _trailed(text: str) -> list[tuple[str, str]]:
    """Amounts that stand behind their reasons."""
    return list(_behind(text))


def _behind(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    for match in _TRAILING.finditer(text):
        yield match["amount"], text[start : match.start()]
        start = match.end()


def _item(printed: Printed, amount: str, reason: str, pattern: str) -> Deduction | None:
    value = parse_score(replace(printed, text=amount))
    words = _NUMBER.sub("", reason.strip(_MARKS)).strip(_MARKS)
    if words.endswith(")") and words.count(")") > words.count("("):
        words = words[:-1].strip(_MARKS)  # the bracket that opened behind the amount
    if isinstance(value, Refusal) or not any(sign.isalpha() for sign in words):
        return None
    told = clean_text(replace(printed, text=words), pattern)
    return Deduction(Value(value.value, printed, "itemised", (f"part: {amount!r}",)), told)
