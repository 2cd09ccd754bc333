"""Which column of a score table holds which number, by its heading (what sums tell: `number_arithmetic`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.column_roles import TEXTUAL, Columns, Content
from normalize.text import fold, plain
from patterns.columns import roles_of


def find_numbers(columns: Columns, roles: Sequence[str | None], contents: Sequence[Content]) -> Columns:
    """The columns of numbers by their headings; where several have one role, the later in the appraisal counts."""
    pairs = [
        n
        for n, role in enumerate(roles)
        if contents[n].pairs >= 0.5 * max(contents[n].filled, 1)
        and contents[n].pairs
        and n != columns.code
        and role not in TEXTUAL | {"other", "rank", "self_score"}
    ]
    own_pairs = [n for n in pairs if _says(columns.labels[n], "self_score")]
    survey_pairs = [n for n in pairs if _says(columns.labels[n], "survey_score") and n not in own_pairs]
    main_pairs = _by_finality([n for n in pairs if n not in (*own_pairs, *survey_pairs)], columns)

    def named(*wanted: str) -> list[int]:
        return [n for n, role in enumerate(roles) if role in wanted and n not in (columns.code, columns.name, *pairs)]

    def one(*wanted: str) -> int | None:
        held = [content.numbers + content.pairs + content.percents for content in contents]
        return next((n for n in named(*wanted) if held[n] or not contents[n].filled), None)

    first, second = ([n for n in named(role) if _holds_numbers(contents[n])] for role in ("round1", "round2"))
    plain = _by_finality([n for n in named("score") if _holds_numbers(contents[n])], columns)
    if not plain and not first and not second:
        # a heading that says no more than whose points they are: "Điểm của Tổ giúp việc"
        plain = [n for n, role in enumerate(roles) if role is None and _whose_points(columns, n) and n not in pairs]
        plain = _by_finality([n for n in plain if _holds_numbers(contents[n])], columns)
    plain = plain or [n for n in named("pair") if _holds_numbers(contents[n])]  # "Kết quả đạt" over plain numbers
    ordered = _in_rounds(first, second, plain, columns)
    maxima = _by_finality([n for n in named("max_score") if contents[n].numbers], columns)
    short = [n for n in maxima if _SHORT.match(fold(columns.labels[n]))]
    if short and len(short) < len(maxima):
        # "Điểm TĐ" is the maximum where it stands alone, beside one written out it is "thẩm định"
        maxima = [n for n in maxima if n not in short]
        plain = _by_finality([*plain, *short], columns)
        ordered = _in_rounds(first, second, plain, columns)
    doubts = list(columns.doubts)
    if _are_rivals(maxima, columns):
        doubts.append("several-maximum-columns")
    if plain and not maxima and not pairs and not any("điểm" in fold(columns.labels[n]) for n in plain):
        doubts.append("weak-heading")  # "Kết quả" alone may count anything
    unread = [n for n in named("score", "round1", "round2") if not _holds_numbers(contents[n]) and contents[n].digits]
    if any(2 * contents[n].digits > contents[n].filled > contents[n].percents for n in unread):
        doubts.append("unread-column")  # figures under a heading of scores that no rule reads
    own_columns = _by_finality([n for n in named("self_score") if contents[n].numbers], columns)
    if _are_rivals(own_columns, columns):
        doubts.append("several-self-columns")
    own = own_columns[-1] if own_columns else one("self_score")
    if own is None and (found := _of_the_unit(plain, columns)) is not None:
        own = found
        plain = [n for n in plain if n != own]
        ordered = [n for n in ordered if n != own]
    lost = _deducted(columns, roles, contents, one("deducted"))
    shares = [
        n for n in named("survey_score") if contents[n].percents and not contents[n].numbers
    ]  # "Mức độ hài lòng": %
    survey = next((n for n in [one("survey_score")] if n not in shares), None)
    appraised = one("appraised_score")
    pair = main_pairs[-1] if main_pairs and not ordered else None
    return replace(
        columns,
        pair=pair,
        maximum_first=pair is not None and _MAXIMUM_FIRST.search(fold(columns.labels[pair])) is not None,
        max_score=maxima[-1] if maxima else one("max_score"),
        self_score=own if own is not None else next(iter(own_pairs), None),
        scores=tuple(ordered),
        rivals=_leave_open(ordered, first, second, columns),
        deducted=lost,
        amounts=next((n for n in named("deducted") if n != lost and contents[n].numbers), None),
        survey_score=survey if survey is not None else next(iter(survey_pairs), None),
        appraised_score=appraised if appraised is not None or len(main_pairs) < 2 else main_pairs[0],
        index=_index([n for n in [*named("index"), *shares] if _may_be_index(contents[n])], columns),
        rank=next((n for n in named("rank") if contents[n].ranks), one("rank")),
        doubts=(*doubts, "several-pair-columns") if not ordered and _are_rivals(main_pairs, columns) else tuple(doubts),
    )


def _deducted(
    columns: Columns, roles: Sequence[str | None], contents: Sequence[Content], found: int | None
) -> int | None:
    """The column of deductions: of plain numbers, or of amounts with their reasons ("-0,5 (báo cáo chậm)")."""
    if found is not None:
        return found
    told = [
        n
        for n, role in enumerate(roles)
        if role in ("deducted", "reason")
        and n not in (columns.code, columns.name)
        and _says(columns.labels[n], "deducted")
    ]
    return next((n for n in told if contents[n].told and contents[n].told >= 0.5 * contents[n].filled), None)


_SPEAKERS = (
    # who speaks, the lowest first: the unit itself, its committee, those above it
    regex.compile(r"\b(?:đơn vị|cơ quan|địa phương|cơ sở)\b"),
    regex.compile(r"\b(?:xã|phường|thị trấn|phòng|đặc khu)\b"),
    regex.compile(r"\b(?:huyện|quận|thị xã|thành phố|sở(?! nội vụ)|ngành)\b"),
    regex.compile(r"\b(?:tỉnh|hội đồng|hđ|hđtđ|tổ|đoàn|bộ|trung ương|snv|sở nội vụ|phòng nội vụ|thẩm (?:định|tra))\b"),
)

# the longer of these words without their marks, which recognition loses: "Tinh chấm"
_UNMARKED_SPEAKERS = tuple(
    regex.compile(rf"\b(?:{words})\b")
    for words in (
        "don vi|co quan|dia phuong",
        "phuong|thi tran",
        "huyen|thi xa|thanh pho",
        "tinh|hoi dong|tham (?:dinh|tra)",
    )
)


def _of_the_unit(scores: Sequence[int], columns: Columns) -> int | None:
    """The unit's own score where headings tell two only by who speaks: "Điểm đánh giá | Của huyện | Của tỉnh"."""
    if len(scores) < 2:
        return None
    spoken = {n: _speaker(columns.labels[n]) for n in scores}
    known = {n: rank for n, rank in spoken.items() if rank is not None}
    if len(known) < len(scores):
        return None
    lowest = [n for n, rank in known.items() if rank == min(known.values())]
    return lowest[0] if len(lowest) == 1 and known[lowest[0]] < len(_SPEAKERS) - 1 else None


def _whose_points(columns: Columns, column: int) -> bool:
    label = columns.labels[column]
    return "điểm" in fold(label) and _speaker(label) is not None and column not in (columns.code, columns.name)


def _speaker(label: str) -> int | None:
    found = [rank for rank, words in enumerate(_SPEAKERS) if words.search(fold(label))]
    if not found:
        found = [rank for rank, words in enumerate(_UNMARKED_SPEAKERS) if words.search(plain(label))]
    return found[-1] if found else None


_WHOLE = (regex.compile(r"\b(?:tổng|chung|toàn)\b"), regex.compile(r"\bchỉ số\b|\bindex\b|\bsipas\b"))


def _index(shares: Sequence[int], columns: Columns) -> int | None:
    """The share that counts for the whole: "Chỉ số hài lòng chung" beside those of its parts; else the first."""
    told = [[words.search(fold(columns.labels[n])) is not None for words in _WHOLE] for n in shares]
    return shares[max(range(len(shares)), key=lambda n: (told[n], -n))] if shares else None


def _may_be_index(content: Content) -> bool:
    return bool(content.numbers + content.pairs + content.percents) or not content.filled


_MAXIMUM_FIRST = regex.compile(
    r"\b(?:tối đa|chuẩn|thang(?: điểm)?)\s*/\s*(?:(?:số )?điểm )?(?:\p{L}+ )?(?:đạt|được|chấm|tđ)\b"
)
_SHORT = regex.compile(r"^(?:điểm|đ) ?\.? ?tđ$")


def _says(label: str, role: str) -> bool:
    return any(found == role for found, _ in roles_of(label))


def _in_rounds(first: list[int], second: list[int], plain: list[int], columns: Columns) -> list[int]:
    """The columns of scores by the rounds of the appraisal; what came of them stands behind them and comes last."""
    if not first and not second:
        return plain
    behind = [n for n in plain if n > max(*first, *second, 0)]
    return [*(first or [n for n in plain if n not in behind]), *second, *_by_finality(behind, columns)]


def _leave_open(ordered: Sequence[int], first: list[int], second: list[int], columns: Columns) -> bool:
    """Whether nothing tells which of the last two scores counts: two of one round, or one of no round behind them."""
    if not first and not second:
        return _are_rivals(ordered, columns)
    if ordered and ordered[-1] not in (*first, *second):
        return finality(columns.labels[ordered[-1]]) == 0
    return _are_rivals(second, columns)


def _by_finality(numbers: Sequence[int], columns: Columns) -> list[int]:
    return sorted(numbers, key=lambda n: (finality(columns.labels[n]), n))


def _are_rivals(numbers: Sequence[int], columns: Columns) -> bool:
    """Whether nothing in their headings tells which of the last two columns counts."""
    last = [finality(columns.labels[n]) for n in numbers[-2:]]
    return len(last) == 2 and last[0] == last[1]


_FINAL = regex.compile(
    r"\b(?:hội đồng|kết luận|cuối cùng|chính thức|quyết định|phê duyệt|công nhận|công bố|thống nhất|chốt|ubnd tỉnh|"
    r"của tỉnh|bộ nội vụ)\b"
)
_SUMMED = 2
_TOTAL = regex.compile(r"\btổng(?: (?:cộng|số|điểm|hợp))?\b|\b(?:cả|toàn) năm\b|^điểm năm$")


def finality(label: str) -> int:
    """How late in the appraisal a column stands by its heading: the council and the sum of parts come last."""
    text = fold(label)
    return _SUMMED if _TOTAL.search(text) else 1 if _FINAL.search(text) else 0


def _holds_numbers(content: Content) -> bool:
    """Whether a column gives points; rows that judge in words instead ("Không đạt") do not make it another's column."""
    held = content.numbers + content.pairs
    due = content.filled - content.unscored - content.verdicts
    return held > 0 and held >= 0.5 * max(due, 1) and content.percents < held
