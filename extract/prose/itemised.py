"""The deductions of a section as records: their amounts, reasons and agencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from extract.prose.deductions import AWARDS, amount_of
from extract.prose.flow import Flow
from extract.prose.numerals import Mention
from extract.prose.reasons import explained, failing_sentence, reason_at, reason_span, stated_reason
from extract.prose.responsible import Aside
from extract.prose.scores import Numbers, maximum_of, score_of
from extract.prose.sections import Section
from normalize.decimals import parse_score
from normalize.records import Deduction, Responsibility, Score
from normalize.value import Refusal, Value

# "tự chấm 2, thẩm định 1,5, lệch 0,5"
_LESS = regex.compile(
    r"(?<!\p{L})(?:chênh lệch|chênh|lệch|giảm)(?: đi)?\s*:?\s*(?<amount>\d{1,2}(?:[.,]\d{1,4})?)(?![\d%]|\s*%)",
    regex.IGNORECASE,
)


def itemised(
    flow: Flow, section: Section, numbers: Numbers, asides: Sequence[Aside], end: int
) -> tuple[Deduction, ...]:
    if not numbers.items:
        return _single(flow, section, numbers, asides, end)
    found = []
    taken = section.body
    neighbours = [None, *numbers.items, None]
    for at, item in enumerate(numbers.items, start=1):
        if not amount_of(item):  # "trừ 0 điểm"
            continue
        before = neighbours[at - 1] or (numbers.total if numbers.total and numbers.total.start < item.start else None)
        span = reason_span(flow, section, item, before, neighbours[at + 1], asides, end, taken)
        taken = span[1] if span else taken
        found.append(
            Deduction(_amount(flow, item), reason_at(flow, span), _agencies(flow.text, numbers.items, at - 1, asides))
        )
    if len(found) == 1 and found[0].reason is None:
        said = stated_reason(flow, section, section.body, asides, end)
        lost = max(numbers.items, key=lambda each: each.end)
        found = [replace(found[0], reason=said or failing_sentence(flow, section, lost, asides, end))]
    return tuple(found)


def _single(flow: Flow, section: Section, numbers: Numbers, asides: Sequence[Aside], end: int) -> tuple[Deduction, ...]:
    """The one deduction of a section that itemises none: as stated, or computed where the text gives a reason."""
    agencies = distinct(agency for each in asides for agency in each.agencies)
    if numbers.total is not None and not numbers.total.first:
        return ()
    if numbers.total is not None:
        reason = stated_reason(flow, section, section.body, asides, end, numbers.total) or reason_at(
            flow, reason_span(flow, section, numbers.total, None, None, asides, end)
        )
        return (Deduction(score_of(flow, numbers.total), reason, agencies),)
    computed = deducted_of(flow, numbers)[0] or _cut(flow, section, numbers)
    reason = stated_reason(flow, section, section.body, asides, end)
    said = [each for each in (numbers.award, *numbers.changes) if each is not None and each.start < end]
    for each in said:
        reason = reason or explained(flow, each, asides, end)
    if reason is None and said:
        reason = failing_sentence(flow, section, max(said, key=lambda each: each.end), asides, end)
    return (Deduction(computed, reason, agencies),) if computed is not None and computed.value and reason else ()


def _cut(flow: Flow, section: Section, numbers: Numbers) -> Score | None:
    """What those who appraise took of the unit's own score, where the report says so and tells no maximum."""
    own, score = numbers.self_score, numbers.score
    if own is None or score is None or numbers.maximum is not None:
        return None
    for match in _LESS.finditer(flow.text, section.body, section.end):
        amount = parse_score(flow.printed(*match.span("amount")))
        if not isinstance(amount, Refusal) and amount.value == own.value - score.value:
            return amount
    return None


def _amount(flow: Flow, item: Mention) -> Score:
    if item.role in AWARDS and item.second is not None:
        return _difference(maximum_of(flow, item), score_of(flow, item))
    return score_of(flow, item)


def _difference(maximum: Score, score: Score) -> Score:
    step = f"max-minus-score: {maximum.value} - {score.value}"
    return Value(maximum.value - score.value, score.printed, "max-minus-score", (step,))


def deducted_of(flow: Flow, numbers: Numbers) -> tuple[Score | None, bool]:
    """The deduction of the section and whether the report states it, in sum or by its items."""
    if numbers.total is not None:
        return score_of(flow, numbers.total), True
    summed = sum((amount_of(each) for each in numbers.items), Decimal(0))
    lost = numbers.lost
    if numbers.items and (lost is None or summed == lost):
        first, last = numbers.items[0], numbers.items[-1]
        printed = flow.printed(first.start, first.end) if first is last else flow.printed(first.start, last.end)
        step = " + ".join(str(amount_of(each)) for each in numbers.items)
        return Value(summed, printed, "sum-of-items", () if first is last else (f"sum-of-items: {step}",)), True
    if lost is None or lost < 0 or numbers.maximum is None or numbers.score is None:
        return None, False
    return _difference(numbers.maximum, numbers.score), False


def _serves(text: str, aside: Aside, items: Sequence[Mention]) -> bool:
    """Whether an item stands before the bracket on its line, or the bracket fills a line of its own."""
    line = text.rfind("\n", 0, aside.start) + 1
    return any(line <= item.start < aside.start for item in items) or not text[line : aside.start].strip(" -+*•")


def _agencies(text: str, items: Sequence[Mention], at: int, asides: Sequence[Aside]) -> tuple[Responsibility, ...]:
    """The first bracket of agencies after an item serves it, and all items before it since the last such bracket.

    A note ("Nội dung này do ... tham mưu") speaks of the item right before it only.
    """
    item = items[at]
    later = items[at + 1].start if at + 1 < len(items) else None
    for each in asides:
        if each.start < item.start < each.end or (
            each.note and each.start >= item.end and (later is None or each.start < later)
        ):
            return each.agencies
        if not each.note and each.start >= item.end and _serves(text, each, items):
            return each.agencies
    return ()


def responsible_of(
    text: str, deductions: Sequence[Deduction], asides: Sequence[Aside], items: Sequence[Mention]
) -> tuple[Responsibility, ...]:
    """Without an agency in the heading: those of the deductions, and those a line of its own names."""
    own_line = [each for each in asides if text[each.start] != "(" or _serves(text, each, items)]
    named = [agency for each in deductions for agency in each.agencies]
    return distinct([*named, *(agency for each in own_line if not each.note for agency in each.agencies)])


def distinct(agencies: Iterable[Responsibility]) -> tuple[Responsibility, ...]:
    found: dict[tuple[str, str], Responsibility] = {}
    for each in agencies:
        found.setdefault((each.name, each.role), each)
    return tuple(found.values())
