"""What a number is by the cue before it, its unit and the words around it."""

from __future__ import annotations

from typing import Literal

import regex
from spacy.tokens import Doc, Span, Token

from extract.prose.cues import domain_named, phrases
from extract.prose.rises import rises_to
from normalize.text import fold

# "bare" is an amount in brackets without any cue; "weak" a pair that only its place at the head of a section confirms;
# "none" says without a number that no points were given.
Role = Literal[
    "score",
    "self",
    "appraised",
    "maximum",
    "full",
    "deducted",
    "total_deducted",
    "change",
    "bonus",
    "rule",
    "bare",
    "weak",
    "none",
    "all",
]
_NEAR = 3
_CUE_AFTER = regex.compile(r"\s*(?:đã |còn )?(?:bị trừ|bị mất|chưa đạt|không đạt|bị giảm trừ)(?!\p{L})")
_WORTH_BEHIND = regex.compile(r"\s*[(,;/]\s*(?:trên )?(?:điểm |số điểm )?(?:tối đa|chuẩn|thang điểm)(?!\p{L})")
# "Trừ 1,25đ do: không bố trí kinh phí 0,5đ; chưa có sáng kiến 0,75đ": a list of amounts behind what they come to
_BEHIND_MAXIMUM = regex.compile(r"(?:tối đa|chuẩn)\s*:?\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*[.;,]\s*$")
_TOLD = regex.compile(
    r"(?<!\p{L})(tối đa|chuẩn|tự chấm|tự đánh giá|thẩm định|thẩm tra|chấm|đạt|được)\s*(?:là\s|được\s)?:?\s*"
    r"\d{1,2}(?:[.,]\d{1,4})?(?=\s*(?:[;)\n]|$|[.,](?!\d)))"
)
_LIST_OF_LOSSES = regex.compile(
    r"(?:trừ|mất|chưa đạt|không đạt)\s+\d+(?:[.,]\d+)?\s*(?:điểm|đ)(?!\p{L})[^.\n\d:]{0,40}"
    r"(?::|(?<!\p{L})(?:do|vì|gồm))[^.\n]*\p{L}\s*$"
)
_RANK_WORDS = frozenset(
    ["thứ", "hạng", "là", "số", "vị", "trí", "chung", "toàn", "tỉnh", "huyện", "khối", "đứng", "ở", "được"]
)
# "tự chấm 88 điểm, trong đó: chỉ đạo, điều hành 12 điểm; cải cách thể chế 5,5 điểm": the domains one after another
_SHARE_OF_WHOLE = regex.compile(
    r"(?:chấm|đạt|được|điểm)[^:\n]*\d\s*(?:điểm|đ)[^:\n]{0,20}(?:trong đó|cụ thể|gồm)[^:\n]{0,20}:(?:[^\n]*;)?\s*"
    r"(?:lĩnh vực\s+)?(?<clause>[^;:.\n\d]{4,70})$"
)
# what others got, for comparison: "cao hơn trung bình chung toàn tỉnh (10,9 điểm)"; a cause may compare as well, and
# its points are its loss: "số đơn vị tự chủ không tăng so với năm 2020 (0,36 điểm)"
_OF_OTHERS = regex.compile(
    r"(?<!\p{L})(?:điểm[^.;:,\n(]{0,40}(?:so với|cao hơn|thấp hơn|bằng|kém hơn)"
    r"|(?:so với|cao hơn|thấp hơn|bằng|kém hơn)[^.;:,\n(]{0,30}(?:trung bình|bình quân|đơn vị|huyện|tỉnh|sở)"
    r"|(?:trung bình|bình quân)(?: chung| của| toàn| các)|dẫn đầu)(?!\p{L})[^.;:,\n(]{0,60}\($"
)
# criteria that lost points, each with its own in brackets: "bị trừ điểm tại tiêu chí 1.2 (0,5 điểm), 3.1 (1 điểm)"
_LOST_AT = regex.compile(r"(?:trừ|mất) điểm(?:[^.\n]|\.(?=\d)){0,200}\d(?:\.\d{1,2})+\s*\($")
_OPENERS = frozenset("(:;,-–−+•*\n")
_ENDERS = frozenset("):;,.-–(\n")


def governing(doc: Doc, cues: list[Span], span: Span) -> Span | None:
    """The last cue before the number that reaches it."""
    points = any(token.norm_ in ("điểm", "đ") for token in span)
    for cue in reversed(cues):
        gap = doc[cue.end : span.start]
        if _reaches(cue, gap) and not (cue.label_ == "rank" and points):
            return cue
    return None


def _reaches(cue: Span, gap: Span) -> bool:
    """How far a cue carries: over words of the same clause, the weak ones over a few only."""
    texts = [token.text for token in gap]
    if any(text[0].isdigit() or text in "%;" for text in texts):
        return False
    if cue.label_ in ("deducted", "total_deducted") and cue.id_:
        return True
    if cue.label_ == "threshold":
        return len(texts) <= 1
    if cue.label_ in ("self", "appraised", "maximum", "bonus"):
        return len(texts) <= 8 and "," not in texts
    if cue.label_ == "rank":  # "Vị trí việc làm: 1/2", "Người đứng đầu: 0,5/1" tell no rank
        return all(token.norm_ in _RANK_WORDS or not token.text[0].isalpha() for token in gap) and len(texts) <= 4
    if cue.label_ in ("full", "not_full", "change"):
        return len(texts) <= 4 and "," not in texts
    return len(texts) <= (_NEAR if cue.label_ == "score" else 2) and "," not in texts


def is_proposed(doc: Doc, cue: Span, span: Span) -> bool:
    """Whether a paper that proposes scores gives one behind its maximum: "Tối đa 9 điểm, đề nghị 8,5 điểm"."""
    before = fold(doc[max(0, cue.start - 7) : cue.start].text)
    return fold(cue.text) == "đề nghị" and cue.end == span.start and _BEHIND_MAXIMUM.search(before) is not None


def pair_role(doc: Doc, span: Span, cue: Span | None, unit: bool, following: Token | None) -> Role | None:
    label = cue.label_ if cue is not None else ""
    if label in ("rank", "threshold"):
        return None
    if not unit and (
        _is_counted(following) or (label not in ("self", "appraised") and not (cue is not None and cue.id_))
    ):
        return None if _is_counted(following) or label == "deducted" else "weak"
    return {
        "self": "self",
        "appraised": "appraised",
        "total_deducted": "total_deducted",
        "change": "change",
        "bonus": "bonus",
        "rule": "rule",
    }.get(label, "deducted" if label == "deducted" and cue is not None and cue.id_ else "score")  # type: ignore[return-value]


def single_role(
    doc: Doc,
    text: str,
    span: Span,
    cue: Span | None,
    unit: bool,
    following: Token | None,
    bracket: tuple[int, int] | None,
) -> Role | None:
    if cue is None:
        if is_signed(doc, span):
            return "deducted"
        return _uncued_role(doc, text, span) if unit else None
    label = cue.label_
    if label in ("rank", "not_full"):
        return None
    if label == "full" and cue.start and doc[cue.start - 1].norm_ == "để":
        return "maximum"  # "còn thiếu 0,5 điểm để đạt điểm tối đa 1,5 điểm"
    if not unit:
        gap = [token.text for token in doc[cue.end : span.start]]
        right_after = all(word in (":", "là", "=", "đạt", "được") for word in gap)
        bare = cue.id_ or (label == "score" and _says_points(doc, cue, span))
        if not bare or not right_after or _is_counted(following) or not _speaks_of_points(doc, cue, span, bracket):
            return None
    if label == "threshold":
        return "rule"
    return label  # type: ignore[return-value]


def _uncued_role(doc: Doc, text: str, span: Span) -> Role | None:
    """An amount that a cue follows ("1,25 điểm bị trừ"), or that signs on both sides set apart: in brackets, say."""
    if _CUE_AFTER.match(fold(text[span.end_char : span.end_char + 40])):
        return "deducted"
    opened = span.start == 0 or doc[span.start - 1].text in _OPENERS or doc[span.start - 1].norm_ == "và"
    line = text.rfind("\n", 0, span.start_char) + 1
    listed = _LIST_OF_LOSSES.search(fold(text[line : span.start_char])) is not None
    closed = span.end == len(doc) or doc[span.end].text in _ENDERS or doc[span.end].norm_ in ("do", "vì")
    if _WORTH_BEHIND.match(fold(text[span.end_char : span.end_char + 40])):
        return "score"  # "Chỉ đạo điều hành: 14 điểm (tối đa 15 điểm)"
    if rises_to(text, span.start_char):
        return "score"
    share = _SHARE_OF_WHOLE.search(fold(text[line : span.start_char]))
    if share is not None and closed and domain_named(share["clause"]) is not None:
        return "score"
    if _OF_OTHERS.search(fold(text[line : span.start_char])):
        return None
    if opened and closed and _LOST_AT.search(fold(text[line : span.start_char])):
        return "deducted"
    if listed:
        return "bare" if closed or doc[span.end].norm_ == "và" else None
    return "bare" if opened and closed else None


def _speaks_of_points(doc: Doc, cue: Span, span: Span, bracket: tuple[int, int] | None) -> bool:
    """Whether a number without unit can only be points: its cue says "điểm", it stands in brackets, has decimals, or

    fills a clause of a line about points: "Điểm tối đa 1; Sở tự chấm 1; thẩm định 0."
    """
    return (
        "điểm" in cue.text.lower()
        or (
            cue.label_ in ("self", "appraised", "score", "maximum")
            and _fills_clause(doc, span)
            and (_of_points(doc, span) or _in_row(span))
        )
        or (bracket is not None and "trừ" in cue.text.lower())
        or any(sign in span.text for sign in ",.")
    )


def _says_points(doc: Doc, cue: Span, span: Span) -> bool:
    """Whether "chấm 4" or, behind the maximum, "đạt 4" can only be points: "Điểm chuẩn 5. Huyện chấm 4." """
    said = fold(cue.text)
    before = fold(doc[max(0, cue.start - 6) : cue.start].text)
    return said.endswith("chấm") or (said in ("đạt", "được") and _BEHIND_MAXIMUM.search(before) is not None)


def _fills_clause(doc: Doc, span: Span) -> bool:
    return span.end == len(doc) or doc[span.end].text in ",;.)\n"


def _of_points(doc: Doc, span: Span) -> bool:
    """Whether the line, up to the number, names points."""
    at = span.start - 1
    while at >= 0 and doc[at].text != "\n":
        if doc[at].norm_ in ("điểm", "đ"):
            return True
        at -= 1
    return False


def _in_row(span: Span) -> bool:
    """Whether the sentence tells points in a row: "(tối đa 2, tự chấm 2, thẩm định 1)"."""
    return len({match[1] for match in _TOLD.finditer(fold(span.sent.text))}) > 1


def _is_counted(following: Token | None) -> bool:
    return following is not None and (following.text[0].isalpha() and following.norm_ not in phrases("after_number"))


def is_signed(doc: Doc, span: Span) -> bool:
    """(-0,5 điểm), (- 0,5), and the same behind a colon."""
    return span.start >= 2 and doc[span.start - 1].text in "-–−" and doc[span.start - 2].text in "(:"
