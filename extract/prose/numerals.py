"""What each number in the prose of a report is: a score, a maximum, a deduction, or nothing to the assessment.

Scores stand beside counts, ranks, dates and formulae. A number is taken only on evidence: its unit (điểm, đ), or a cue
right before it and no counted noun after it. Everything else is left alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import regex
from spacy.tokens import Doc, Span, Token

from extract.prose.cues import phrase_pattern, phrases
from extract.prose.guards import brackets_of, can_be_points
from extract.prose.language import CUES, NUMBERS
from extract.prose.point_years import is_of_earlier, year_of_points, years_named
from extract.prose.rises import over_years, rises_to
from extract.prose.roles import Role, governing, is_proposed, is_signed, pair_role, single_role
from extract.prose.series import rows_of
from extract.prose.verdicts import all_awarded, none_awarded
from normalize.decimals import decimal_of, parse_pair, parse_score
from normalize.text import fold
from normalize.value import Printed, Refusal

Shape = Literal["pair", "single"]

# No criterion, domain or whole of the known scorecards is worth more.
GREATEST_MAXIMUM = Decimal(120)
# Domains are worth up to some 35 of 100 points; more is likely the score of the whole, or of another unit.
USUAL_MAXIMUM = Decimal(40)

_COMPARED = regex.compile(r"\s*(?:\(?so với|so |năm |, xếp|bậc)", regex.IGNORECASE)
_AND_MORE = regex.compile(r"\s*(?:trở lên|trở xuống|đến dưới|đến)(?!\p{L})")
# "Tự chấm/thẩm định: 9,5/9": two scores, not a score and its maximum.
_TWO_PARTIES = regex.compile(r"(?:tự chấm|tự đánh giá)\s*/\s*(?:điểm )?(?:hội đồng|thẩm định|đoàn|tổ|được|sở)")
_AND = regex.compile(r"(?:(?<!\p{L})(?i:và)|[;,])\s+$")
_CAUSE = regex.compile(r"\s+(?i:do|vì)(?!\p{L})")
_EACH_OF_LISTED = regex.compile(r"(?<=\d\W{1,3}mỗi)\s+(?:tiêu chí|tctp|tc|nội dung)(?!\p{L})", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its role. `start` to `end` is the number with its unit, `cue_start` where its cue begins.

    `first` is the number or the numerator, `second` the denominator of a pair. `bracket` is the innermost bracket
    around it, `sentence` its sentence; both as stretches of the flow. `year` is the year the clause names, if any,
    `of_year` one right before the number: the points are of that year. `beneath` is the role without the words of a
    rule ("mỗi", "nếu") in the clause.
    """

    start: int
    end: int
    shape: Shape
    role: Role
    beneath: Role
    first: Decimal
    second: Decimal | None
    unit: bool
    cue: str
    cue_start: int
    bracket: tuple[int, int] | None
    sentence: tuple[int, int]
    year: int | None = None
    earlier: bool = False
    of_year: int | None = None

    @property
    def lead_start(self) -> int:
        """Where the words about the number begin: its bracket or its cue."""
        return self.bracket[0] if self.bracket else min(self.cue_start, self.start)

    @property
    def is_supposed(self) -> bool:
        """Whether no word of its own says what the points are: got or lost as its surroundings have it."""
        return (self.role in ("score", "deducted") and self.beneath == "bare") or (
            self.role == "score" and self.beneath == "change"
        )

    @property
    def tail_end(self) -> int:
        return self.bracket[1] if self.bracket else self.end


def mentions_of(doc: Doc) -> tuple[Mention, ...]:
    """The numbers of the text that say something about points, in printed order."""
    rows = list(_rows(doc))
    told = {span for each in rows for span in range(each.start, each.end)}
    found = [*(each for each in _read_all(doc) if each.start not in told), *rows, *_verdicts(doc)]
    return tuple(sorted(found, key=lambda each: each.start))


def _rows(doc: Doc) -> Iterator[Mention]:
    for told in rows_of(doc.text):
        span = doc.char_span(told.start, told.end, alignment_mode="expand")
        if span is None:
            continue
        yield Mention(
            start=told.start,
            end=told.end,
            shape="single",
            role=told.role,
            beneath=told.role,
            first=told.number,
            second=None,
            unit=True,
            cue=doc.text[told.row[0] : told.start],
            cue_start=told.row[0],
            bracket=None,
            sentence=(span.sent.start_char, span.sent.end_char),
        )


def _verdicts(doc: Doc) -> Iterator[Mention]:
    text = doc.text
    brackets: tuple[tuple[int, int], ...] | None = None
    said: list[tuple[Role, int, int]] = [("none", start, end) for start, end in none_awarded(text)]
    said += [("all", start, end) for start, end in all_awarded(text)]
    for role, start, end in said:
        brackets = brackets_of(text) if brackets is None else brackets
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        yield Mention(
            start=start,
            end=end,
            shape="single",
            role=role,
            beneath=role,
            first=Decimal(0),
            second=None,
            unit=True,
            cue=text[start:end],
            cue_start=start,
            bracket=_innermost(brackets, start, end),
            sentence=(span.sent.start_char, span.sent.end_char),
        )


def _read_all(doc: Doc) -> Iterator[Mention]:
    text = doc.text  # joined anew at each access
    brackets = brackets_of(text)
    cues = sorted(doc.spans[CUES], key=lambda cue: cue.start_char)
    starts = [cue.start_char for cue in cues]
    sentence: Span | None = None
    sentences = iter(doc.sents)
    before = 0
    lost: Mention | None = None
    for span in doc.spans[NUMBERS]:
        while sentence is None or span.start >= sentence.end:
            sentence = next(sentences)
        bracket = _innermost(brackets, span.start_char, span.end_char)
        opening = bracket[0] if bracket else 0
        clause = max(sentence.start_char, opening, before)
        near = cues[bisect_left(starts, clause) : bisect_left(starts, span.start_char)]
        mention = _read(doc, text, span, [cue for cue in near if cue.end <= span.start], sentence, bracket, before)
        if mention is not None:
            if mention.role == "bare" and lost and _joined_to_loss(text, lost, mention):
                mention = replace(mention, role="deducted", beneath="deducted")
            lost = mention if mention.role == "deducted" and mention.bracket is None else None
            yield mention
            before = mention.end
        elif span.label_ == "pair":
            before = span.end_char


def _read(
    doc: Doc, text: str, span: Span, cues: list[Span], sentence: Span, bracket: tuple[int, int] | None, before: int
) -> Mention | None:
    numbers = _decimals(span)
    after = _unit_and_next(doc, span)
    if after is None or not can_be_points(doc, span):
        return None
    unit, following = after
    pair = span.label_ == "pair"
    # "Điểm tự chấm/điểm tối đa: 9,5/10": the maximum is the second number already.
    cue = governing(doc, [each for each in cues if not (pair and each.label_ == "maximum")], span)
    role = (
        pair_role(doc, span, cue, unit, following)
        if pair
        else single_role(doc, text, span, cue, unit, following, bracket)
    )
    # A numerator too great, with its unit, is a lost comma: kept, to be doubted.
    if _counts_places(doc, span, cue):
        return None
    if role is None or numbers[-1] > GREATEST_MAXIMUM:
        return None
    cue_start = cue.start_char if cue is not None else _sign_start(doc, span)
    full = _full_before(text, bracket[0]) if role == "bare" and bracket else None
    if full is not None:  # "đạt 100% số điểm (8,0 điểm)"
        role, cue_start, bracket = "full", full, None
    if role == "change" and cue is not None and _is_lost(text, cue, span):
        role = "deducted"
    if role == "rule" and cue is not None and is_proposed(doc, cue, span):
        role, cues = "score", []
    beneath = role
    ruled = any(each.label_ == "rule" and not _of_listed(text, each) for each in cues) or _AND_MORE.match(
        text, span.end_char
    )
    if ruled and role not in ("change", "bonus"):
        beneath, role = role, "rule"
    if pair and _TWO_PARTIES.search(fold(text[max(sentence.start_char, before) : span.start_char])):
        return None
    lead = fold(text[max(sentence.start_char, bracket[0] if bracket else 0) : span.start_char])
    since = fold(text[max(sentence.start_char, min(before, span.start_char)) : span.start_char])
    years = years_named(lead)
    own_year = year_of_points(lead, role)
    risen = role == "score" and rises_to(text, span.start_char)
    if risen:  # "tăng từ 5,5 lên 6 điểm" tells the newer score; without years, of whatever occasion
        years, beneath = [], role if over_years(sentence.text) else "change"
    return Mention(
        start=span.start_char,
        end=span.end_char,
        shape="pair" if pair else "single",
        role=role,
        beneath=beneath,
        first=numbers[0],
        second=numbers[1] if pair else None,
        unit=unit,
        cue=cue.text if cue is not None else "",
        cue_start=cue_start,
        bracket=bracket,
        sentence=(sentence.start_char, sentence.end_char),
        year=years[-1] if years else None,
        of_year=own_year,
        earlier=not risen and is_of_earlier(lead, since),
    )


def _of_listed(text: str, cue: Span) -> bool:
    """ "các tiêu chí 1.1, 1.2 mỗi tiêu chí bị trừ 0,5 điểm": each of those named, and no rule."""
    return fold(cue.text) == "mỗi" and _EACH_OF_LISTED.match(text, cue.end_char) is not None


def _joined_to_loss(text: str, lost: Mention, mention: Mention) -> bool:
    """ "bị trừ 1,5 điểm do không có sáng kiến và 1,25 điểm do kiểm tra chậm": the cue serves both amounts."""
    between = text[lost.end : mention.start]
    return lost.sentence == mention.sentence and bool(_AND.search(between)) and bool(_CAUSE.match(text, mention.end))


def _decimals(span: Span) -> list[Decimal]:
    """The numbers of a span; one that a blank cut in two ("0, 5 điểm") is one."""
    printed = Printed(span.text.replace(";", ","))
    if span.label_ == "pair":
        pair = parse_pair(printed)
        if not isinstance(pair, Refusal):
            return [each.value for each in pair]
    elif not isinstance(single := parse_score(printed), Refusal):
        return [single.value]
    return [number for token in span if (number := decimal_of(token.text)) is not None]


def _unit_and_next(doc: Doc, span: Span) -> tuple[bool, Token | None] | None:
    """Whether a unit of points stands with the number, and the token after it; None where "điểm" is no such unit."""
    unit = any(token.norm_ in ("điểm", "đ") for token in span)
    following = doc[span.end] if span.end < len(doc) else None
    if following is not None and following.text == "%":
        return None
    if unit and span[-1].norm_ in ("điểm", "đ"):
        rest = fold(doc[span.end - 1 : min(span.end + 3, len(doc))].text)
        if rest.startswith(("điểm %", "điểm phần trăm")):
            return None
    return unit, following


def _counts_places(doc: Doc, span: Span, cue: Span | None) -> bool:
    """12 điểm cầu, 05 điểm trường: whole numbers of places, unless the words before speak of points lost."""
    rest = fold(doc[span.end - 1 : min(span.end + 3, len(doc))].text)
    whole = span.label_ == "single" and doc[span.start].text.isdigit() and len(span) > 1
    return whole and not (cue is not None and cue.id_) and bool(phrase_pattern("points_of_other_kind").match(rest))


def _is_lost(text: str, cue: Span, span: Span) -> bool:
    """ "Tiêu chí 1.1.3: giảm 0,5 điểm do ...": lost, where nothing is compared."""
    opened = text[: cue.start_char].rstrip().endswith(":")
    return opened and fold(cue.text) == "giảm" and not _COMPARED.match(text, span.end_char)


def _full_before(text: str, bracket: int) -> int | None:
    """Where the words begin that say right before a bracket that all points were got."""
    lead = fold(text[max(0, bracket - 40) : bracket])
    found = next((phrase for phrase in phrases("full") if lead.endswith(phrase)), None)
    if found is None or any(lead.endswith(phrase) for phrase in phrases("not_full")):
        return None
    return bracket - 1 - len(found) if text[bracket - 1].isspace() else bracket - len(found)


def _sign_start(doc: Doc, span: Span) -> int:
    return doc[span.start - 1].idx if is_signed(doc, span) else span.start_char


def _innermost(brackets: tuple[tuple[int, int], ...], start: int, end: int) -> tuple[int, int] | None:
    around = [each for each in brackets if each[0] < start and end < each[1]]
    return max(around) if around else None
