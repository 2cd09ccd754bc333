"""The points a section lost: the deduction stated for the whole of it, and those that itemise it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from extract.prose.codes import heads_section
from extract.prose.numerals import Mention
from extract.prose.sections import Section

AWARDS = frozenset({"score", "self", "appraised", "full", "weak"})
DEDUCTIONS = frozenset({"deducted", "total_deducted", "bare"})

_CAUSES_FOLLOW = regex.compile(r"[\s.,;)]*(?i:nguyên nhân|l[ýí] do|cụ thể|trong đó)[^.;:\n]{0,30}:")
_LIST_OPENS = regex.compile(
    r"\s*(?:[.;]?\s*\n|\.\s|$|[,.;]?\s*(?i:trong đó|cụ thể|gồm|do|lý do|nguyên nhân|vì)?[^.;:,(\n\d]{0,24}:)"
)


def deductions_of(
    text: str, section: Section, mentions: Sequence[Mention], inner: Sequence[Mention], lost: Decimal | None
) -> tuple[Mention | None, tuple[Mention, ...], list[str]]:
    """The deduction stated for the whole section, the itemised ones, and doubts."""
    scored = any(each.role in AWARDS or each.role in ("none", "all") for each in mentions)
    heads = [
        each
        for each in mentions
        if each.role == "bare"
        and heads_section(section, each)
        and each.start < section.line_end
        and (scored or is_worth(section, each, mentions))
    ]
    amounts = [each for each in mentions if each.role in DEDUCTIONS and each not in heads]
    parts = [each for each in inner if each.second is not None and each.first < each.second]
    items = sorted([*amounts, *parts], key=lambda each: each.start)
    items, ruled = _with_ruled(items, mentions, lost)
    if not items:
        return None, (), ruled
    items = _believable(items, lost)
    if not items:
        return None, (), ruled
    total = _total(text, section, items, mentions, lost)
    rest = tuple(each for each in items if each is not total)
    if total is None and lost is None and len(rest) > 1 and _CAUSES_FOLLOW.match(text, rest[0].tail_end):
        ruled = [*ruled, "items-differ-from-lost-points"]  # the first reads like the sum of the others and is not
    return total, rest, [*ruled, *_doubtful_items(rest, total, lost)]


def is_worth(section: Section, headed: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the points a criterion's heading gives are those to be had: "TC 1.6 (1,5 điểm): mất 0,5 điểm"."""
    lost = [each.first for each in mentions if each.role == "deducted" and each.second is None]
    return len(section.number) > 1 and bool(lost) and sum(lost, Decimal(0)) <= headed.first


def _with_ruled(
    items: list[Mention], mentions: Sequence[Mention], lost: Decimal | None
) -> tuple[list[Mention], list[str]]:
    """Amounts that read like a rule ("mỗi hồ sơ ... trừ 0,1 điểm") are points lost where the sum asks for them."""
    ruled = [each for each in mentions if each.role == "rule" and each.beneath in DEDUCTIONS]
    target = {lost, *(each.first for each in items[:1] if each.role == "total_deducted")} - {None}
    if not ruled or lost == 0 or lost in _sums(items):
        return items, []
    every = sorted([*items, *ruled], key=lambda each: each.start)
    if target & _sums(every):
        return every, []
    return items, ["amount-in-rule"] if lost is not None or items else []


def _believable(items: list[Mention], lost: Decimal | None) -> list[Mention]:
    """Without the amounts that have no cue, where nothing was lost or the others account for all of it.

    "Số điểm mất: 1,25 điểm, gồm: ... (0,25 điểm); ... (1 điểm)": amounts that add up to the first one itemise it.
    """
    plain = [each for each in items if each.role != "bare"]
    if lost is None or len(plain) == len(items):
        return items
    if lost and len(items) > 1 and items[0] in plain and _adds_up(items):
        return items
    return plain if lost == 0 or lost in _sums(plain) else items


def _adds_up(items: Sequence[Mention]) -> bool:
    return sum((amount_of(each) for each in items[1:]), Decimal(0)) == amount_of(items[0])


def _sums(items: list[Mention]) -> set[Decimal]:
    """What the items come to, with and without a first one that may state their sum; nothing for none."""
    amounts = [amount_of(each) for each in items]
    return {sum(amounts, Decimal(0)), sum(amounts[1:], Decimal(0))} if len(amounts) > 1 else set(amounts)


def _total(
    text: str, section: Section, items: Sequence[Mention], mentions: Sequence[Mention], lost: Decimal | None
) -> Mention | None:
    """The amount that sums up the others: by its words, by standing with the score, or by its sum."""
    first, rest = items[0], items[1:]
    if first.role == "bare" or (first.shape == "pair" and first.role not in DEDUCTIONS):
        return None
    if first.bracket is not None and first.bracket in {each.bracket for each in rest} and first.first != lost:
        return None  # "(hồ sơ trễ hạn: trừ 1,5 điểm; chưa khảo sát: trừ 1 điểm)"
    awards = {each.sentence for each in mentions if each.role in AWARDS}
    if first.bracket is not None and first.role != "total_deducted" and not _follows_award(first, mentions):
        awards = set()
    others = sum((amount_of(each) for each in rest), Decimal(0))
    if first.role == "total_deducted":
        return first
    if first.sentence in awards and _opens_list(text, first):
        return first
    if lost is not None and first.first == lost and (first.sentence in awards or (rest and others == first.first)):
        return first
    # "2. Cải cách ...: bị trừ 1 điểm", and below it what the point was lost for.
    if lost is None and rest and others == first.first and _on_heading(section, first, rest[0]):
        return first
    # With the points lost known and another number, an amount that equals the others together does so by chance.
    listed = _opens_list(text, first) or all(each.role == "bare" for each in rest)
    by_sum = len(rest) > 1 and others == first.first and lost is None and listed
    return first if by_sum else None


def _on_heading(section: Section, total: Mention, item: Mention) -> bool:
    return heads_section(section, total) and total.start < section.line_end <= item.start


def _opens_list(text: str, mention: Mention) -> bool:
    """Whether the amount ends its sentence, or a colon with what it consists of follows it."""
    return _LIST_OPENS.match(text, mention.tail_end) is not None


def _follows_award(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a bracket stands right behind a score: "Đạt 9/10 điểm (trừ 1 điểm)"."""
    return any(each.role in AWARDS and 0 <= mention.lead_start - each.tail_end <= 2 for each in mentions)


def amount_of(item: Mention) -> Decimal:
    """The points an item takes; of an unnamed part with its own score, what it misses of its maximum."""
    return item.second - item.first if item.second is not None and item.role in AWARDS else item.first


def _doubtful_items(items: Sequence[Mention], total: Mention | None, lost: Decimal | None) -> list[str]:
    """Readings without a plain cue must at least add up."""
    stated = total.first if total is not None else lost
    summed = sum((amount_of(each) for each in items), Decimal(0))
    if not items or (stated is not None and summed == stated):
        return []
    doubts = []
    if any(each.role == "bare" for each in items):
        doubts.append("amount-without-cue")
    if any(each.second is not None and each.role in AWARDS for each in items):
        doubts.append("score-of-unnamed-part")
    if total is None and lost is not None:
        doubts.append("items-differ-from-lost-points")
    return doubts
