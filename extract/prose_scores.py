"""From the numbers of one section to its maximum, self score, score and stated deduction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from extract.prose_codes import heads_section
from extract.prose_cues import without
from extract.prose_flow import Flow
from extract.prose_numbers import Mention
from extract.prose_sections import Section
from normalize.decimals import AMBIGUOUS_THOUSANDS, is_ambiguous, parse_pair, parse_score
from normalize.records import Score
from normalize.text import fold
from normalize.value import Refusal, Value

AWARDS = frozenset({"score", "self", "appraised", "full", "weak"})
DEDUCTIONS = frozenset({"deducted", "total_deducted", "bare"})

# A subject of so few letters names nothing of its own: what is left of "UBND huyện được chấm" without neutral words.
_NO_SUBJECT = 3

_LIST_OPENS = regex.compile(
    r"\s*(?:[.;]?\s*\n|\.\s|$|[,.;]?\s*(?i:trong đó|cụ thể|gồm|do|lý do|nguyên nhân|vì)?[^.;:,(\n\d]{0,24}:)"
)

# Domains are worth up to some 35 of 100 points; more is likely the score of the whole, or of another unit.
_USUAL_MAXIMUM = Decimal(40)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a section; `award` is the mention of its score, `items` are those that itemise its deductions."""

    maximum: Score | None = None
    self_score: Score | None = None
    score: Score | None = None
    award: Mention | None = None
    total: Mention | None = None
    items: tuple[Mention, ...] = ()
    doubts: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = field(default=())

    @property
    def lost(self) -> Decimal | None:
        """Maximum less score, where both are known."""
        return self.maximum.value - self.score.value if self.maximum and self.score else None


def numbers_of(flow: Flow, section: Section, mentions: Sequence[Mention]) -> Numbers:
    """Read the section's own numbers; what cannot be decided is a doubt, never a guess without one."""
    own, inner, doubts = _own(flow.text, section, _of_this_year(mentions))
    awards, more = _awards(flow, own)
    doubts += more
    maximum, more = _maximum(flow, section, own, mentions)
    doubts += more
    score, self_score = awards.get("score"), awards.get("self")
    if score is None and self_score is not None:
        # A report with one score only: what it is, its basis says.
        score, self_score = self_score, None
    award = next(
        (each for each in own if score is not None and each.role in AWARDS and each.first == score.value), None
    )
    numbers = Numbers(maximum, self_score, score)
    total, items, more = _deductions(flow.text, section, mentions, _within(inner, maximum), numbers.lost)
    doubts += more
    doubts += _implausible(numbers, total, items)
    return replace(numbers, award=award, total=total, items=items, doubts=tuple(dict.fromkeys(doubts)))


def score_of(flow: Flow, mention: Mention) -> Score:
    """The number of a single, or the first of a pair, with its derivation."""
    printed = flow.printed(mention.start, mention.end)
    if mention.shape == "pair":
        pair = parse_pair(printed)
        if isinstance(pair, Refusal):
            return Value(mention.first, printed, f"prose-{mention.role}")
        return _no_thousands(pair[0])
    single = parse_score(printed)
    if isinstance(single, Refusal):
        return Value(mention.first, printed, f"prose-{mention.role}")
    return _no_thousands(single)


def maximum_of(flow: Flow, mention: Mention) -> Score:
    """The second number of a pair."""
    printed = flow.printed(mention.start, mention.end)
    pair = parse_pair(printed)
    if not isinstance(pair, Refusal):
        return _no_thousands(pair[1])
    return Value(mention.second or mention.first, printed, f"prose-{mention.role}")


def _no_thousands(value: Score) -> Score:
    """Without the doubt that 1.275 may be more than a thousand: no criterion is worth that many points."""
    steps = tuple(step for step in value.steps if step != AMBIGUOUS_THOUSANDS)
    return replace(value, steps=steps)


def has_no_subject(text: str, section: Section, mention: Mention) -> bool:
    """Whether the words before a score name nothing but the section itself: "Lĩnh vực này đạt 9/10 điểm"."""
    start = max(mention.sentence[0], section.body)
    start = max(start, text.rfind(";", start, mention.start) + 1)
    lead = text[start : mention.cue_start] if mention.cue_start < mention.start else text[start : mention.start]
    name = fold(text[slice(*section.name)])
    rest = without("neutral", fold(lead).replace(name, " ") if name else lead)
    return sum(sign.isalpha() for sign in rest) <= _NO_SUBJECT


def _of_this_year(mentions: Sequence[Mention]) -> list[Mention]:
    """Without the scores of earlier years that stand for comparison beside those of the newest year named."""
    awards = [each for each in mentions if each.role in AWARDS]
    years = {each.year for each in awards if each.year is not None}
    current = max(years) if years else None
    mixed = any(each.year in (None, current) and not each.earlier for each in awards)
    return [
        each
        for each in mentions
        if not (mixed and each.role in AWARDS and ((each.year is not None and each.year != current) or each.earlier))
    ]


def _own(text: str, section: Section, mentions: Sequence[Mention]) -> tuple[list[Mention], list[Mention], list[str]]:
    """The mentions about the whole section, those about unnamed parts of it, and doubts."""
    own: list[Mention] = []
    inner: list[Mention] = []
    for each in mentions:
        if each.role not in AWARDS and each.role != "maximum":
            continue
        if each.role == "weak" and not heads_section(section, each):
            continue
        about_all = (
            heads_section(section, each)
            or each.role in ("self", "appraised", "maximum")
            or has_no_subject(text, section, each)
        )
        (own if about_all else inner).append(each)
    if not any(each.role in AWARDS for each in own):
        pairs = [each for each in inner if each.role in AWARDS]
        if len(pairs) == 1:
            return [*own, pairs[0]], [each for each in inner if each is not pairs[0]], []
        if len(pairs) > 1:
            return own, inner, ["several-scores"]
    return own, inner, []


def _awards(flow: Flow, own: Sequence[Mention]) -> tuple[dict[str, Score], list[str]]:
    """The section's score and self score; the appraised score goes before the plain one."""
    by_role: dict[str, list[Mention]] = {}
    for each in own:
        if each.role in AWARDS:
            by_role.setdefault("score" if each.role in ("full", "weak") else each.role, []).append(each)
    found: dict[str, Score] = {}
    doubts: list[str] = []
    for role in ("self", "score", "appraised"):
        candidates = by_role.get(role, [])
        if not candidates:
            continue
        paired = [each for each in candidates if each.shape == "pair"] or candidates
        if len({each.first for each in paired}) > 1:
            doubts.append("two-scores")
        found["score" if role == "appraised" else role] = score_of(flow, paired[0])
        if role == "appraised" and "score" in by_role and by_role["score"][0].first != paired[0].first:
            doubts.append("two-scores")
    return found, doubts


def _maximum(
    flow: Flow, section: Section, own: Sequence[Mention], mentions: Sequence[Mention]
) -> tuple[Score | None, list[str]]:
    pairs = [each for each in own if each.second is not None and each.role in AWARDS]
    stated = [each for each in own if each.role in ("maximum", "full")]
    # "3. Cải cách thủ tục hành chính (13,5 điểm):" the points a heading gives in brackets are those to be had.
    headed = [
        each
        for each in mentions
        if each.role == "bare" and each.start < section.line_end and heads_section(section, each)
    ]
    found: list[Score] = [maximum_of(flow, each) for each in pairs]
    found += [maximum_of(flow, each) if each.second is not None else score_of(flow, each) for each in stated]
    found += [score_of(flow, each) for each in headed] if found or any(each.role in AWARDS for each in own) else []
    if not found:
        return None, []
    return found[0], ["two-maxima"] if len({each.value for each in found}) > 1 else []


def _deductions(
    text: str, section: Section, mentions: Sequence[Mention], inner: Sequence[Mention], lost: Decimal | None
) -> tuple[Mention | None, tuple[Mention, ...], list[str]]:
    """The deduction stated for the whole section, the itemised ones, and doubts."""
    scored = any(each.role in AWARDS for each in mentions)
    heads = [
        each
        for each in mentions
        if scored and each.role == "bare" and heads_section(section, each) and each.start < section.line_end
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
    total = _total(text, items, mentions, lost)
    rest = tuple(each for each in items if each is not total)
    return total, rest, [*ruled, *_doubtful_items(rest, total, lost)]


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


def _within(inner: Sequence[Mention], maximum: Score | None) -> list[Mention]:
    """Without fractions greater than the section's own: the scores of other units, or of the whole."""
    return [each for each in inner if maximum is None or each.second is None or each.second <= maximum.value]


def _believable(items: list[Mention], lost: Decimal | None) -> list[Mention]:
    """Without the amounts that have no cue, where nothing was lost or the others account for all of it."""
    plain = [each for each in items if each.role != "bare"]
    if lost is None or len(plain) == len(items):
        return items
    return plain if lost == 0 or lost in _sums(plain) else items


def _sums(items: list[Mention]) -> set[Decimal]:
    """What the items come to, with and without a first one that may state their sum; nothing for none."""
    amounts = [amount_of(each) for each in items]
    return {sum(amounts, Decimal(0)), sum(amounts[1:], Decimal(0))} if len(amounts) > 1 else set(amounts)


def _total(text: str, items: Sequence[Mention], mentions: Sequence[Mention], lost: Decimal | None) -> Mention | None:
    """The amount that sums up the others: by its words, by standing with the score, or by its sum."""
    first, rest = items[0], items[1:]
    if first.role == "bare" or first.shape == "pair":
        return None
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
    # With the points lost known and another number, an amount that equals the others together does so by chance.
    by_sum = len(rest) > 1 and others == first.first and lost is None and _opens_list(text, first)
    return first if by_sum else None


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
    if any(each.second is not None for each in items):
        doubts.append("score-of-unnamed-part")
    if total is None and lost is not None:
        doubts.append("items-differ-from-lost-points")
    return doubts


def _implausible(numbers: Numbers, total: Mention | None, items: Sequence[Mention]) -> list[str]:
    limit = numbers.maximum.value if numbers.maximum else None
    awards = [each.value for each in (numbers.score, numbers.self_score) if each is not None]
    doubts = ["maximum-too-great"] if limit is not None and limit > _USUAL_MAXIMUM else []
    doubts += ["score-above-maximum"] if limit is not None and any(each > limit for each in awards) else []
    if limit is not None and any(amount_of(each) > limit for each in (*items, *([total] if total else []))):
        doubts.append("deduction-above-maximum")
    if any(each is not None and is_ambiguous(each) for each in (numbers.maximum, numbers.score, numbers.self_score)):
        doubts.append("ambiguous-number")
    return doubts
