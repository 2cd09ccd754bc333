"""Why points were lost, in the report's own words: the text around the amounts of a section."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.prose.cues import either, phrase_pattern, without
from extract.prose.flow import Flow
from extract.prose.guards import brackets_of
from extract.prose.numerals import Mention
from extract.prose.remedies import opens_remedy
from extract.prose.responsible import Aside
from extract.prose.sections import Section
from extract.prose.tightening import BECAUSE, letters, tight
from normalize.text import fold
from normalize.typos import clean_text
from normalize.value import Value

_AFTER_AMOUNT = regex.compile(
    r"[\s.;,:+*•–()-]*(?:(?:đã\s+|còn\s+)?(?:bị trừ|bị mất|chưa đạt|không đạt)(?!\p{L})[\s,:]*)?", regex.IGNORECASE
)
_ABOUT = regex.compile(r"[\s:,–-]*(?:(?:các\s+)?(?:nội dung|tiêu chí)(?:\s+về)?\s*:?\s+)?", regex.IGNORECASE)
# what a loss is compared with, the reason behind it: "so với năm 2021 (3,5/4 điểm) do"
_COMPARED = regex.compile(
    r"\s*so với (?:năm|cùng kỳ|kết quả|điểm|kỳ|tự chấm|tự đánh giá|mức)[^;.\n(]{0,40}?(?:\([^()\n]*\))?"
    r"\s*,?\s*(?=(?:do|vì)\s)"
)
# "(điểm tối đa 2; điểm tự chấm 2; điểm thẩm định 1,5; trừ 0,5)": numbers with their names, no words of a cause
_NAMED_POINTS = regex.compile(
    r"(?<!\p{L})(?:tối đa|chuẩn|tự chấm|tự đánh giá|thẩm định|thẩm tra|đạt|chấm|điểm)\s*(?:là\s|được\s)?:?\s*"
    r"\d+(?:[.,]\d+)?(?:\s*/\s*\d+(?:[.,]\d+)?)?\s*(?:điểm|đ)?(?!\p{L})",
    regex.IGNORECASE,
)
_POINTS = regex.compile(r"\d\s*(?:điểm|đ)(?!\p{L})")
_NO_SUBJECT = 3
_AWARD_BEFORE = regex.compile(r"\d\s*(?:điểm|đ)?\s*/\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*$", regex.IGNORECASE)
# "1.4. Tuyên truyền: đạt 1/1,5 điểm; chưa đa dạng hình thức (-0,5 điểm)": the score opens the line
_AWARD_FIRST = regex.compile(
    r"[\s:–-]*(?:đạt|được|chấm)?\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*/\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*[;,]\s*",
    regex.IGNORECASE,
)
_SCORE_ASIDE = regex.compile(
    r"\s*\(\s*(?:đạt|được|chấm|còn)?\s*[\d.,]+\s*(?:điểm|đ)?\s*/\s*[\d.,]+\s*(?:điểm|đ)?\s*\)", regex.IGNORECASE
)
# "13 điểm (mười ba điểm) trên 15 điểm": the score itself says nothing of why points were lost
_SCORE_ITSELF = regex.compile(r"\([\p{L}\s]+điểm\)|(?:trên|trong)\s+(?:tổng\s+(?:số\s+)?)?[\d.,]+\s*điểm")
_COLON = regex.compile(r"\s*:")
_BULLETS = regex.compile(r"(?:\n[-+*•–][^\n]*)+")
# a sentence about points or criteria, or one that opens a list
_NO_CAUSE = regex.compile(r"(?<!\p{L})(?:điểm|tiêu chí)(?!\p{L})|:\s*$")
_NEXT_SENTENCE = regex.compile(r"[.;]?\)?[.;]?\s+(?:[-+*•–]\s*)?(?=[\p{Lu}\"“\d])")
_NEXT_CLAUSE = regex.compile(r",\s+(?=\p{Ll})")
_BREAK = regex.compile(r"\n|[.!?]\s+(?=[\p{Lu}\"“(-])")


_MAINLY = r"(?:\s+(?:chủ yếu|chính|cơ bản|chủ quan|khách quan)){0,2}(?:\s+(?:là do|là|do))?"
_REASON = regex.compile(
    rf"(?<!\p{{L}})(?:(?:nguyên nhân|l[ýí] do){_MAINLY}(?=\s*:)|{either('reason')})(?!\p{{L}})", regex.IGNORECASE
)
# "Lý do trừ điểm: 37/39 nhiệm vụ hoàn thành. Minh chứng: Báo cáo số 295/BC-STP": the papers are no reason
_EVIDENCE = regex.compile(r"(?<=[.;]\s)(?i:(?:tài liệu\s+)?(?:minh chứng|kiểm chứng)|tlkc)[^:.\n]{0,30}:")
_STRONG = regex.compile(r"(?<!\p{L})(?:l[ýí] do|nguyên nhân)(?!\p{L})", regex.IGNORECASE)


def reason_span(
    flow: Flow,
    section: Section,
    item: Mention,
    before: Mention | None,
    after: Mention | None,
    asides: Sequence[Aside],
    end: int,
    taken: int = 0,
) -> tuple[int, int] | None:
    """Where the reason of one item stands: before its bracket, or after its cue, between its neighbours.

    `taken` is where the reason of the item before it ends: words serve one item only.
    """
    text = flow.text
    left = max(_left_bound(text, section, item, before, asides), taken)
    right = _right_bound(text, item, after, asides, end)
    inside = _because_inside(text, item) or _said_inside(text, item, before, asides)
    if inside is not None:
        return _spoken(text, *inside)
    score = _SCORE_ASIDE.match(text, item.tail_end, right)  # "mất 3 điểm (đạt 12/15 điểm), do ..."
    if score is not None and _explained(text, score.end(), right) is not None:
        return _spoken(text, *(_explained(text, score.end(), right) or (0, 0)))
    follows = _explained(text, item.tail_end, _with_next_sentence(text, item.tail_end, right, after, asides, end))
    if follows is not None and not (item.bracket and letters(text[left : item.lead_start])):
        return _spoken(text, *follows)
    beside = _set_beside(text, item, right, asides)
    if beside is not None:
        return _spoken(text, *beside)
    behind = _behind_award(text, left, item, right)
    if behind is not None:
        return _spoken(text, *behind)
    said = _NAMED_POINTS.sub(" ", _SCORE_ITSELF.sub(" ", text[left : item.lead_start]))
    if letters(without("hollow", _stripped(said))) > _NO_SUBJECT:
        return _spoken(text, left, item.lead_start)
    if (
        item.bracket
        and letters(text[item.end : item.bracket[1]]) > 3
        and not any(a.start == item.bracket[0] for a in asides)
    ):
        return _spoken(text, item.end, item.bracket[1] - 1)
    about = _ABOUT.match(text, item.tail_end, right)
    return _spoken(text, about.end() if about else item.tail_end, right)


def stated_reason(
    flow: Flow, section: Section, start: int, asides: Sequence[Aside], end: int, until: Mention | None = None
) -> Value[str] | None:
    """The text after the section's own "Lý do:", for a section with one deduction only; `until` is its amount."""
    found = _REASON.search(flow.text, start, end)
    while found is not None and not (
        _STRONG.match(found[0]) or flow.text[found.end() : found.end() + 2].strip().startswith(":")
    ):
        found = _REASON.search(flow.text, found.end(), end)
    if found is None:
        return None
    limit = _paragraphs_end(flow.text, found.end(), end)
    evidence = _EVIDENCE.search(flow.text, found.end(), limit)
    limit = evidence.start() if evidence else limit
    if until is not None and until.start > found.end():  # "Nguyên nhân: ... nên bị trừ 0,5 điểm"
        limit = min(limit, until.lead_start)
    return _value(flow, found.end(), min([limit, *[each.start for each in asides if each.start > found.end()]]))


def _paragraphs_end(text: str, start: int, end: int) -> int:
    """The end of the line, or of the list below it where the line itself says nothing."""
    line_end = text.find("\n", start, end)
    if line_end < 0 or letters(text[start:line_end]):
        return end if line_end < 0 else line_end
    bullets = _BULLETS.match(text, line_end, end)
    line_end = text.find("\n", line_end + 1, end)
    return bullets.end() if bullets else end if line_end < 0 else line_end


def explained(flow: Flow, award: Mention, asides: Sequence[Aside], end: int) -> Value[str] | None:
    """The reason that follows a score directly: "đạt 3/4 điểm do ...", "(đạt 1/2 điểm vì ...)"."""
    right = _right_bound(flow.text, award, None, asides, end)
    found = (
        _because_inside(flow.text, award)
        or _explained(flow.text, award.tail_end, right)
        or _set_beside(flow.text, award, right, asides)
        or _behind_bracket(flow.text, award, right)
    )
    if found is None or _POINTS.search(flow.text, *found):
        return None
    return _value(flow, *found)


def failing_sentence(
    flow: Flow, section: Section, award: Mention, asides: Sequence[Aside], end: int
) -> Value[str] | None:
    """The sentence right behind the points that says what failed: "chấm 1,5 điểm. Kế hoạch chưa nêu sản phẩm." """
    opening = _NEXT_SENTENCE.match(flow.text, award.tail_end, end) or _NEXT_CLAUSE.match(flow.text, award.tail_end, end)
    if opening is None:
        return None
    stop = _BREAK.search(flow.text, opening.end(), end)
    limit = min([stop.start() if stop else end, *[each.start for each in asides if each.start >= opening.end()]])
    said = flow.text[opening.end() : limit]
    if not phrase_pattern("lacking").search(fold(said)) or _NO_CAUSE.search(fold(said)) or opens_remedy(said):
        return None
    return _value(flow, opening.end(), limit)


def _left_bound(text: str, section: Section, item: Mention, before: Mention | None, asides: Sequence[Aside]) -> int:
    bounds = [section.body, item.sentence[0]]
    lead = item.lead_start
    if before is not None:
        bounds.append(before.tail_end)
    bounds += [each.end for each in asides if each.end <= lead]
    start = max(bounds)
    for cue in _REASON.finditer(text, start, lead):
        colon = text[cue.end() : cue.end() + 2].strip().startswith(":")
        opens = not letters(text[start : cue.start()])
        if colon or (opens and _STRONG.match(cue[0])):
            start = cue.end()
    if item.bracket is None:
        start = max(start, text.rfind(";", start, lead) + 1)
    award = _AWARD_FIRST.match(text, start, lead)
    return award.end() if award is not None and letters(text[award.end() : lead]) > _NO_SUBJECT else start


def _right_bound(text: str, item: Mention, after: Mention | None, asides: Sequence[Aside], end: int) -> int:
    stop = _BREAK.search(text, item.tail_end, end)
    bounds = [end, stop.start() if stop else end]
    if after is not None:
        bounds.append(max(item.tail_end, after.lead_start))
    bounds += [each.start for each in asides if each.start >= item.tail_end]
    right = min(bounds)
    semicolon = text.rfind(";", item.tail_end, right) if after is not None and right == after.lead_start else -1
    return semicolon if semicolon >= 0 else right


def _with_next_sentence(
    text: str, start: int, right: int, after: Mention | None, asides: Sequence[Aside], end: int
) -> int:
    """Further than `right` where the next sentence opens with "Lý do": it belongs to the amount before it."""
    opening = regex.compile(r"[\s.;,:+*•–-]*").match(text, right, end)
    at = opening.end() if opening else right
    if letters(text[start:right]):
        return right
    because = "\n" in text[right:at] and BECAUSE.match(text, at, end)  # "(bị trừ 0,75 điểm)", and below it "Do ..."
    if not because and not _STRONG.match(text, at):
        return right
    sentence = _BREAK.search(text, at, end) if because else None
    stop = sentence.start() if sentence else text.find("\n", at, end)
    bounds = [end if stop < 0 else stop, *([after.lead_start] if after is not None and after.lead_start > at else [])]
    return min([*bounds, *[each.start for each in asides if each.start >= at]])


def _explained(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch behind "lý do", "do", "vì" where one of them follows the amount directly."""
    compared = _COMPARED.match(text, start, end)
    start = compared.end() if compared else start
    opening = _AFTER_AMOUNT.match(text, start, end)
    at = opening.end() if opening else start
    cue = _REASON.match(text, at, end) or BECAUSE.match(text, at, end)
    if cue is None or cue.end() >= end:
        return None
    again = BECAUSE.match(text[cue.end() : end].lstrip(" :"))
    skip = len(text[cue.end() : end]) - len(text[cue.end() : end].lstrip(" :")) + again.end() if again else 0
    return cue.end() + skip, end


def _behind_bracket(text: str, award: Mention, right: int) -> tuple[int, int] | None:
    """What a colon adds behind a bracket of points: "TCTP 1.2.1 (tự chấm 1, thẩm định 0,5): 01 nhiệm vụ chưa xong"."""
    colon = _COLON.match(text, award.tail_end, right) if award.bracket else None
    return (colon.end(), right) if colon and letters(text[colon.end() : right]) > _NO_SUBJECT else None


def _set_beside(text: str, item: Mention, right: int, asides: Sequence[Aside]) -> tuple[int, int] | None:
    """What a colon or a bracket right after the amount adds: "mất 1 điểm: ...", "0,5 điểm (...)"."""
    if item.bracket is not None:
        return None
    opening = regex.compile(r"\s*([:(])").match(text, item.end, right)
    if opening is None:
        return None
    if opening[1] == ":":
        return opening.end(), right
    close = next((end for start, end in brackets_of(text[opening.end() - 1 : right])), None)
    return (opening.end(), opening.end() - 2 + close) if close else None


def _behind_award(text: str, left: int, item: Mention, right: int) -> tuple[int, int] | None:
    """What a colon adds behind a score and its loss: "đạt 0,5/1đ (-0,5đ): còn 02 nhiệm vụ chưa xong"."""
    if item.bracket is None or not _AWARD_BEFORE.search(text[left : item.lead_start]):
        return None
    colon = _COLON.match(text, item.tail_end, right)
    return (colon.end(), right) if colon and letters(text[colon.end() : right]) > _NO_SUBJECT else None


def _said_inside(text: str, item: Mention, before: Mention | None, asides: Sequence[Aside]) -> tuple[int, int] | None:
    """(chưa kiểm tra theo kế hoạch: trừ 1 điểm; không có sáng kiến: trừ 1 điểm)."""
    if item.bracket is None or any(each.start == item.bracket[0] for each in asides):
        return None
    start = max(item.bracket[0] + 1, before.end if before is not None and before.bracket == item.bracket else 0)
    end = min(item.cue_start, item.start)
    start = max([start, *[match.end() for match in _NAMED_POINTS.finditer(text, start, end)]])
    if (
        end <= start
        or _POINTS.search(text, start, end)
        or letters(without("hollow", _stripped(text[start:end]))) <= _NO_SUBJECT
    ):
        return None
    return start, end


def _because_inside(text: str, item: Mention) -> tuple[int, int] | None:
    """(trừ 0,5 điểm do chưa có kế hoạch)."""
    return _explained(text, item.end, item.bracket[1] - 1) if item.bracket else None


def reason_at(flow: Flow, span: tuple[int, int] | None) -> Value[str] | None:
    """The normalised text of a reason."""
    return clean_text(flow.printed(*span), "prose-reason") if span else None


def _value(flow: Flow, start: int, end: int) -> Value[str] | None:
    return reason_at(flow, _spoken(flow.text, start, end))


def _spoken(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch without what joins it to its neighbours; None where it holds no word."""
    start, end = tight(text, start, end)
    said = text[start:end]
    # "(điều tra xã hội học)" says how points are given, not why they were lost.
    return (start, end) if letters(said) and letters(without("survey", said)) else None


def _stripped(piece: str) -> str:
    start, end = tight(piece, 0, len(piece))
    return piece[start:end]
