"""From the numbers of one section to its maximum, self score, score and stated deduction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from extract.prose.codes import heads_section
from extract.prose.cues import without
from extract.prose.deductions import AWARDS, DEDUCTIONS, amount_of, deductions_of, is_worth
from extract.prose.flow import Flow
from extract.prose.numerals import USUAL_MAXIMUM, Mention
from extract.prose.sections import Section
from extract.prose.unread import has_unread
from extract.prose.verdicts import agrees
from normalize.decimals import AMBIGUOUS_THOUSANDS, is_ambiguous, parse_pair, parse_score
from normalize.records import Score
from normalize.text import fold
from normalize.value import Refusal, Value

# The step of a score that is the unit's own, for want of another.
SELF_ONLY = "self-score-only"

# A subject of so few letters names nothing of its own: what is left of "UBND huyện được chấm" without neutral words.
_NO_SUBJECT = 3

_OWN_HAND = regex.compile(r"(?<!\p{L})(?i:huyện|quận|thị xã|thành phố|sở|đơn vị|cơ quan)\s+(?:\p{Lu}\p{L}*\s+){0,3}$")

# what else is measured in points: "điểm hài lòng trung bình 4,6/5 điểm"
_OTHER_MEASURE = regex.compile(r"(?<!\p{L})(?i:hài lòng|trung bình|bình quân|cuộc thi|hội thi|sát hạch)(?!\p{L})")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a section.

    `award` is the mention of its score, `items` those that itemise its deductions, `changes` what else is said of it.
    """

    maximum: Score | None = None
    self_score: Score | None = None
    score: Score | None = None
    award: Mention | None = None
    changes: tuple[Mention, ...] = ()
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
    awards, more = _awards(flow, section, own)
    doubts += more
    maximum, more = _maximum(flow, section, own, mentions)
    doubts += more
    score, self_score = awards.get("score"), awards.get("self")
    if score is None and self_score is not None:
        # A report with one score only: what it is, its basis says.
        score, self_score = self_score.with_step(SELF_ONLY), None
    award = next(
        (
            each
            for each in own
            if score is not None and (each.role in AWARDS or each.role == "none") and each.first == score.value
        ),
        None,
    )
    full = next((each for each in mentions if each.role == "all"), None)
    if score is None and self_score is None and full is not None:
        maximum = maximum or _worth(flow, section, mentions)
        score = maximum.with_step("full: all points given") if maximum is not None else None
    numbers = Numbers(maximum, self_score, score)
    total, items, more = deductions_of(flow.text, section, mentions, _within(inner, maximum), numbers.lost)
    doubts += more
    doubts += _implausible(numbers, total, items)
    supposed = any(each.is_supposed for each in mentions)
    summed = total is not None and sum((amount_of(each) for each in items), Decimal(0)) == total.first
    doubts += ["amount-without-cue"] if supposed and not summed else []
    lost_all = score is None and maximum is not None and total is None and items
    if lost_all and maximum is not None and sum((amount_of(each) for each in items), Decimal(0)) == maximum.value:
        doubts.append("amount-without-cue")  # "(2 điểm): bị trừ 2 điểm": its worth, or the same loss again
    doubts += ["unread-number"] if has_unread(flow.text, section, mentions) else []
    changes = tuple(each for each in mentions if each.role == "change" or _completes(each, award))
    return replace(numbers, award=award, changes=changes, total=total, items=items, doubts=tuple(dict.fromkeys(doubts)))


def score_of(flow: Flow, mention: Mention) -> Score:
    """The number of a single, or the first of a pair, with its derivation."""
    printed = flow.printed(mention.start, mention.end)
    if mention.shape == "pair":
        pair = parse_pair(printed)
        if isinstance(pair, Refusal):
            return Value(mention.first, printed, f"prose-{mention.role}")
        return _no_thousands(pair[0])
    if ";" in printed.text:
        single = parse_score(replace(printed, text=printed.text.replace(";", ",")))
        if not isinstance(single, Refusal):
            single = replace(single, printed=printed).with_step(f"semicolon: {printed.text!r}")
    else:
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


def _worth(flow: Flow, section: Section, mentions: Sequence[Mention]) -> Score | None:
    """The points of a heading's bracket: "2.2. Tiếp nhận (4 điểm): đạt điểm tối đa"."""
    headed = [each for each in mentions if each.role == "bare" and heads_section(section, each)]
    return score_of(flow, headed[0]) if headed else None


def _completes(maximum: Mention, award: Mention | None) -> bool:
    """Whether a maximum stands behind the score: "không được điểm trong tổng số 1 điểm"."""
    if maximum.role != "maximum" or award is None:
        return False
    return maximum.sentence == award.sentence and maximum.start > award.start


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
        if each.role not in AWARDS and each.role not in ("maximum", "none"):
            continue
        if each.role == "weak" and not heads_section(section, each):
            continue
        about_all = (
            heads_section(section, each)
            or each.role in ("self", "appraised", "maximum")
            or (each.role == "none" and len(section.number) > 1)
            or has_no_subject(text, section, each)
        )
        (own if about_all else inner).append(each)
    if not any(each.role in AWARDS for each in own):
        pairs = [each for each in inner if each.role in AWARDS]
        if len(pairs) == 1:
            said = text[max(section.body, pairs[0].sentence[0]) : pairs[0].start]
            doubts = ["score-of-unnamed-part"] if _OTHER_MEASURE.search(said) else []
            return [*own, pairs[0]], [each for each in inner if each is not pairs[0]], doubts
        if len(pairs) > 1:
            return own, inner, ["several-scores"]
    return own, inner, []


def _awards(flow: Flow, section: Section, own: Sequence[Mention]) -> tuple[dict[str, Score], list[str]]:
    """The section's score and self score; the appraised score goes before the plain one."""
    by_role: dict[str, list[Mention]] = {}
    for each in own:
        if each.role in AWARDS:
            by_role.setdefault("score" if each.role in ("full", "weak") else each.role, []).append(each)
        elif each.role == "none":
            by_role.setdefault("appraised", []).append(each)
    if "appraised" in by_role and "self" not in by_role and _by_unit(flow.text, by_role.get("score", [])):
        by_role["self"] = by_role.pop("score")
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
    if "score" not in found and "self" in found and agrees(flow.text[section.body : section.end]):
        found["score"] = found["self"].with_step("agreed: the self score stands")
    return found, doubts


def _by_unit(text: str, scores: Sequence[Mention]) -> bool:
    """Whether the unit itself gave the points, where another party gave others: "Huyện chấm 5; tỉnh chấm 4"."""
    return len(scores) == 1 and _OWN_HAND.search(text, 0, scores[0].cue_start) is not None


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
    # "(bị trừ 1,25/9,0 điểm)" behind a heading: the points lost and those to be had
    lost = [
        each
        for each in mentions
        if each.role in DEDUCTIONS
        and each.second is not None
        and (heads_section(section, each) or _alone(each, mentions))
    ]
    found: list[Score] = [maximum_of(flow, each) for each in (*pairs, *lost)]
    found += [maximum_of(flow, each) if each.second is not None else score_of(flow, each) for each in stated]
    scored = bool(found) or any(each.role in AWARDS or each.role == "none" for each in own)
    found += [score_of(flow, each) for each in headed if scored or is_worth(section, each, mentions)]
    if not found:
        return None, []
    return found[0], ["two-maxima"] if len({each.value for each in found}) > 1 else []


def _alone(lost: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether nothing but this fraction is said about points: "Huyện bị trừ 0,25/0,5 điểm do báo cáo thiếu"."""
    return all(each is lost or each.role in ("rule", "change") for each in mentions)


def _within(inner: Sequence[Mention], maximum: Score | None) -> list[Mention]:
    """Without fractions greater than the section's own: the scores of other units, or of the whole."""
    return [each for each in inner if maximum is None or each.second is None or each.second <= maximum.value]


def _implausible(numbers: Numbers, total: Mention | None, items: Sequence[Mention]) -> list[str]:
    limit = numbers.maximum.value if numbers.maximum else None
    awards = [each.value for each in (numbers.score, numbers.self_score) if each is not None]
    doubts = ["maximum-too-great"] if limit is not None and limit > USUAL_MAXIMUM else []
    doubts += ["score-above-maximum"] if limit is not None and any(each > limit for each in awards) else []
    if limit is not None and any(amount_of(each) > limit for each in (*items, *([total] if total else []))):
        doubts.append("deduction-above-maximum")
    if any(each is not None and is_ambiguous(each) for each in (numbers.maximum, numbers.score, numbers.self_score)):
        doubts.append("ambiguous-number")
    return doubts
