"""The totals that a report's prose states: score, maximum, parts, deduction, index, rank.

Only what is plainly said of the whole, of the assessed unit and its year counts; totals of tables are read with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from extract.document import Paragraph
from extract.heading.no_totals import announces_parts, is_bound, is_item, parts_of_scales
from extract.heading.period import SCORED_HEADING, sentences, years_of
from extract.heading.whose import of_another, plainly_its_own, right_behind, year_spoken_of
from extract.prose.cues import starts_with
from normalize.decimals import decimal_of
from normalize.place import Place
from normalize.records import Score, Totals, Unit
from normalize.text import nfc, squeeze
from normalize.value import Printed, Value
from patterns.catalogue import Pattern, pattern, patterns

# in the order in which a number is claimed: the plainest words first
FIELDS = ("self_score", "survey_score", "deducted", "max_score", "appraised_score", "score", "index_percent", "rank")

# An index is on a scale of 100, a domain holds at most some 20 points: smaller numbers are those of a part.
_LEAST_TOTAL = Decimal(30)
_LEAST_MAXIMUM = Decimal(50)
# What the opening says a unit got, without any other sign of a total: more than any domain holds.
_LEAST_OPENING = Decimal(40)
_LEAST: dict[str, Decimal] = {
    "score": _LEAST_TOTAL,
    "self_score": _LEAST_TOTAL,
    "index_percent": _LEAST_TOTAL,
    "max_score": _LEAST_MAXIMUM,
    "appraised_score": Decimal(20),
    "survey_score": Decimal(3),
}
# "đạt 85,4 điểm trên tổng số 100 điểm"
_OUT_OF = regex.compile(
    r"\s*(?:điểm|đ)?\s*(?:trên|/)\s*(?:tổng\s+)?(?:số\s+)?(?:điểm\s+)?(?:chuẩn\s+|tối đa\s+)?(?:là\s+)?"
    r"(?<max>[0-9]{2,3}(?:[.,][0-9]{1,4})?)(?![0-9]|[.,/][0-9])\s*điểm",
    regex.IGNORECASE,
)
_PARTS_FOLLOW = regex.compile(
    r"(?:\s*/\s*[0-9.,]+)?\s*(?:điểm|đ)?\s*[,;(]?\s*(?:trong đó|bao gồm|gồm)(?!\p{L})", regex.IGNORECASE
)
_ROUNDING = Decimal("0.05")
# "thẩm định" with the mark of its first syllable lost, in typing or in recognition
_LOST_MARK = regex.compile(r"(?<=\bth)[aăâàấầẫậắằẳẵặảãạ](?=m\s+định\b)", regex.IGNORECASE)
# "điểm" behind a number with a mark misread
_LOST_POINTS = regex.compile(r"(?<=[0-9]\s?)[dđ][iìíỉĩị][eêéèẻẽẹếềểễệ]m\b", regex.IGNORECASE)
_OPENING = frozenset({"opening-points", "share-and-rank"})
# what every total or rank has; looked for first, as most sentences have none
_MAY_STATE = regex.compile(
    r"[0-9]\s*(?:đ|%|/|[.;,)]|$)|(?:thứ|hạng|số|trí|điểm)\s*:?\s*[0-9]|thứ nhất", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a sentence stands: its start in the paragraph, whether in a section about a domain or after one, and the

    year that the sentence before it spoke of.
    """

    paragraph: Paragraph
    start: int
    in_domain: bool
    opened: bool
    said: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A total as one sentence states it."""

    field: str
    value: Score | None
    rank: Value[str] | None = None
    maximum: Score | None = None


def find_totals(body: Sequence[Paragraph], unit: Unit, year: int | None) -> tuple[Totals, tuple[str, ...]]:
    """The totals, and a doubt "total-conflict:<field>" for each that is stated in two ways (the first one stays)."""
    found: dict[str, Candidate] = {}
    doubts: list[str] = []
    for candidate in _candidates(body, unit, year):
        first = found.setdefault(candidate.field, candidate)
        if _number(first) != _number(candidate):
            doubts.append(f"total-conflict:{candidate.field}")
        if candidate.maximum is not None and candidate.field in ("score", "self_score"):
            maximum = Candidate("max_score", candidate.maximum)
            if _number(found.setdefault("max_score", maximum)) != _number(maximum):
                doubts.append("total-conflict:max_score")
    scores = {name: candidate.value for name, candidate in found.items() if name != "rank"}
    # "tổng điểm" of the appraised part alone: its scale and the survey's make up the whole
    scales = [_scale(found[field]) for field in ("score", "survey_score") if field in found]
    if len(scales) == 2 and all(scales) and sum(scales) == 100:
        doubts.append("total-conflict:score")
    # where no total is told apart from its parts, the appraised score is the score
    if "score" not in scores and "survey_score" not in scores and "appraised_score" in scores:
        scores["score"] = scores.pop("appraised_score")
        top = found["appraised_score"].maximum
        if top is not None and "max_score" not in scores and top.value >= _LEAST_MAXIMUM:
            scores["max_score"] = top
    doubts += _unequal(scores)
    if "score" not in scores and _may_state_another(body, scores.get("self_score")):
        doubts.append("total-conflict:score")
    rank = found["rank"].rank if "rank" in found else None
    return Totals(**scores, rank=rank), tuple(dict.fromkeys(doubts))


def _unequal(scores: dict[str, Score | None]) -> list[str]:
    """A doubt where the deduction stated is not what the score misses of the maximum."""
    top, score, lost = (scores.get(name) for name in ("max_score", "score", "deducted"))
    if lost is None or top is None or score is None or abs(top.value - score.value - lost.value) < _ROUNDING:
        return []
    return ["total-conflict:deducted"]


def _may_state_another(body: Sequence[Paragraph], own: Score | None) -> bool:
    """Whether somebody who appraises has given points that no rule took, beside the unit's own total."""
    if own is None:
        return False
    rule = pattern("appraisal-with-points", "headings")
    said = (decimal_of(match["value"]) for each in body for match in rule.regex.finditer(nfc(each.text)))
    return any(number is not None and number != own.value for number in said)


def _candidates(body: Sequence[Paragraph], unit: Unit, year: int | None) -> Iterator[Candidate]:
    in_domain = opened = listed = False
    for paragraph in body:
        text = _LOST_POINTS.sub("điểm", _LOST_MARK.sub("ẩ", nfc(paragraph.text)))
        of_parts = item = listed and is_item(text)
        if not item and _heads_domain(text):
            in_domain = opened = True
        elif pattern("other-heading", "headings").search(text):
            # below domains, a number heads another one, unless its words say that it sums up
            below = text.lstrip()[:1].isdigit()
            in_domain = opened and below and not _sums_up(text)
            opened = opened and (below or _sums_up(text))
        said: int | None = None
        offset = 0
        for sentence in sentences(text):
            start = text.index(sentence, offset)
            offset = start + len(sentence)
            if not of_parts:
                yield from _of_sentence(sentence, _Standing(paragraph, start, in_domain, opened, said), unit, year)
            of_parts = item or announces_parts(sentence) or (of_parts and sentence.rstrip().endswith(";"))
            said = year_spoken_of(sentence) or said
        listed = of_parts


def _heads_domain(text: str) -> bool:
    if pattern("domain-heading", "headings").search(text):
        return True
    scored = SCORED_HEADING.match(text)
    return scored is not None and (decimal_of(scored["max"]) or _LEAST_MAXIMUM) < _LEAST_MAXIMUM


def _sums_up(text: str) -> bool:
    name = text.lstrip(" 0123456789.)/:-")
    return any(starts_with(group, name) for group in ("totals", "section_end"))


def _of_sentence(sentence: str, standing: _Standing, unit: Unit, year: int | None) -> Iterator[Candidate]:
    taken = parts_of_scales(sentence)
    has_score = False
    if not _MAY_STATE.search(sentence):
        return
    for field in FIELDS:
        for each in _of(field):
            if each.name == "share-of-total" and not has_score:
                continue
            if each.name in _OPENING and (has_score or not _opens(sentence, standing, year)):
                continue
            for match in each.regex.finditer(sentence):
                if each.name == "share-and-rank" and not right_behind(sentence[: match.start()], unit):
                    continue
                if each.name == "opening-points" and not plainly_its_own(sentence, match, unit):
                    continue
                span = match.span("value")
                if any(span[0] < last and first < span[1] for first, last in taken):
                    continue
                if of_another(sentence, match, field, unit, year, standing.said) or is_bound(match):
                    continue
                candidate = _candidate(field, each, match, standing.paragraph, standing.start)
                if candidate is None or (standing.in_domain and not _whole(candidate)):
                    continue
                taken.append(span)
                has_score = has_score or field == "score"
                yield candidate


def _opens(sentence: str, standing: _Standing, year: int | None) -> bool:
    """Whether a sentence stands before the domains and speaks of the year assessed, or of how units were scored."""
    if standing.opened:
        return False
    named = [found for found, _, _ in years_of(sentence)]
    if named or standing.said is not None:
        return year is not None and year in (*named, standing.said)
    return pattern("speaks-of-scores", "headings").search(sentence) is not None


def _candidate(
    field: str, rule: Pattern, match: regex.Match[str], paragraph: Paragraph, start: int
) -> Candidate | None:
    groups = match.groupdict()
    last = match.end("max") if groups.get("max") else match.end("of") if groups.get("of") else match.end("value")
    if field == "rank":
        printed = _printed(paragraph, start + match.start("value"), start + last)
        place = "1" if match["value"].casefold() == "nhất" else match["value"].lstrip("0")
        rank = place + (f"/{match['of'].lstrip('0')}" if groups.get("of") else "")
        return Candidate(field, None, Value(rank, printed, rule.name)) if rank[:1].isdigit() else None
    if field == "appraised_score" and _PARTS_FOLLOW.match(match.string, match.end("value")):
        field = "score"  # "được Đoàn thẩm định chấm 86,4 điểm, trong đó ...": the whole, told from its parts
    number = decimal_of(match["value"])
    worth = None if groups.get("max") else _OUT_OF.match(match.string, match.end("value"))
    maximum = decimal_of(match["max"]) if groups.get("max") else decimal_of(worth["max"]) if worth else None
    last = worth.end("max") if worth else last
    printed = _printed(paragraph, start + match.start("value"), start + last)
    if number is None or (maximum is not None and number > maximum):
        return None
    # a maximum that small is a part's; only a part's own survey or appraisal may have one
    if maximum is not None and maximum < _LEAST_MAXIMUM and field not in ("survey_score", "appraised_score"):
        return None
    if maximum is None and number < (
        _LEAST_OPENING if rule.name == "opening-points" else _LEAST.get(field, Decimal(0))
    ):
        return None
    if field == "index_percent" and number > 100:
        return None
    top = Value(maximum, printed, rule.name) if maximum is not None else None
    return Candidate(field, Value(number, printed, rule.name), maximum=top)


def _whole(candidate: Candidate) -> bool:
    """Whether a total inside a section about one domain is plainly that of the whole index."""
    return candidate.maximum is not None and candidate.maximum.value >= _LEAST_MAXIMUM


def _printed(paragraph: Paragraph, start: int, end: int) -> Printed:
    """The stretch of a paragraph, with the box of its words where they can be told."""
    text = nfc(paragraph.text)
    shown = squeeze(text[start:end])
    tokens = [match.span() for match in regex.finditer(r"\S+", text)]
    if len(tokens) != len(paragraph.words) or not tokens:
        return Printed(shown, paragraph.place, paragraph.confidence)
    words = [word for word, span in zip(paragraph.words, tokens, strict=True) if span[0] < end and start < span[1]]
    if not words:
        return Printed(shown, paragraph.place, paragraph.confidence)
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    measured = [word.confidence for word in words if word.confidence is not None]
    return Printed(shown, Place(paragraph.place.page, box), min(measured, default=paragraph.confidence))


def _scale(candidate: Candidate) -> Decimal:
    return candidate.maximum.value if candidate.maximum is not None else Decimal(0)


def _number(candidate: Candidate) -> Decimal | str | None:
    if candidate.rank is not None:
        return candidate.rank.value
    return candidate.value.value if candidate.value is not None else None


@cache
def _of(kind: str) -> tuple[Pattern, ...]:
    return tuple(each for each in patterns("headings") if each.kind == kind)
