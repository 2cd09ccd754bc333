"""Which column of a score table holds which number: by its heading, and by the sums that must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import regex

from extract.tables.column_roles import TEXTUAL, Columns, Content
from extract.tables.grid import Row
from normalize.decimals import parse_pair, parse_score
from normalize.text import fold, plain
from normalize.value import Refusal
from patterns.columns import roles_of

_NO_HEADING = "score-without-known-heading"


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
    ordered = [*(first or plain), *second] if first or second else plain
    maxima = _by_finality([n for n in named("max_score") if contents[n].numbers], columns)
    short = [n for n in maxima if _SHORT.match(fold(columns.labels[n]))]
    if short and len(short) < len(maxima):
        # "Điểm TĐ" is the maximum where it stands alone, beside one written out it is "thẩm định"
        maxima = [n for n in maxima if n not in short]
        plain = _by_finality([*plain, *short], columns)
        ordered = [*(first or plain), *second] if first or second else plain
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
    survey = one("survey_score")
    appraised = one("appraised_score")
    return replace(
        columns,
        pair=main_pairs[-1] if main_pairs and not ordered else None,
        max_score=maxima[-1] if maxima else one("max_score"),
        self_score=own if own is not None else next(iter(own_pairs), None),
        scores=tuple(ordered),
        rivals=not first and not second and _are_rivals(ordered, columns),
        deducted=_deducted(columns, roles, contents, one("deducted")),
        survey_score=survey if survey is not None else next(iter(survey_pairs), None),
        appraised_score=appraised if appraised is not None or len(main_pairs) < 2 else main_pairs[0],
        index=one("index"),
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


_SHORT = regex.compile(r"^(?:điểm|đ) ?\.? ?tđ$")


def _says(label: str, role: str) -> bool:
    return any(found == role for found, _ in roles_of(label))


def _by_finality(numbers: Sequence[int], columns: Columns) -> list[int]:
    return sorted(numbers, key=lambda n: (_finality(columns.labels[n]), n))


def _are_rivals(numbers: Sequence[int], columns: Columns) -> bool:
    """Whether nothing in their headings tells which of the last two columns counts."""
    last = [_finality(columns.labels[n]) for n in numbers[-2:]]
    return len(last) == 2 and last[0] == last[1]


_FINAL = regex.compile(
    r"\b(?:hội đồng|kết luận|cuối cùng|chính thức|quyết định|phê duyệt|công nhận|công bố|thống nhất|chốt|ubnd tỉnh|"
    r"của tỉnh|bộ nội vụ)\b"
)
_TOTAL = regex.compile(r"\btổng(?: (?:cộng|số|điểm|hợp))?\b|\b(?:cả|toàn) năm\b")


def _finality(label: str) -> int:
    """How late in the appraisal a column stands by its heading: the council and the sum of parts come last."""
    text = fold(label)
    return 2 if _TOTAL.search(text) else 1 if _FINAL.search(text) else 0


def _holds_numbers(content: Content) -> bool:
    held = content.numbers + content.pairs
    return held > 0 and held >= 0.5 * max(content.filled - content.unscored, 1) and content.percents < held


def by_arithmetic(
    columns: Columns, roles: Sequence[str | None], contents: Sequence[Content], rows: Sequence[Row]
) -> Columns:
    """Let the sums decide what headings leave open: the maximum, the score and the deduction."""
    taken = {columns.code, columns.max_score, columns.self_score, columns.pair, *columns.scores}
    # a difference to another year may equal the points lost by chance
    compared = {"difference"} if "other" in roles else set()
    free = [
        n
        for n, role in enumerate(roles)
        if n not in taken
        and n != columns.deducted
        and role not in TEXTUAL | compared | {"other", "rank", "index", "ordinal", "name", "unit", "survey_score"}
        and contents[n].numbers >= 0.6 * max(contents[n].filled, 1)
        and contents[n].numbers >= 2
    ]
    columns = _with_survey(columns, rows)
    if columns.deducted is None:
        lost = [_lost(columns, row) for row in rows]
        found = next((n for n in free if _agrees(lost, [_number(row, n) for row in rows])), None)
        if found is not None and not (roles[found] == "difference" and _is_to_own_score(columns, found, rows)):
            columns = replace(columns, deducted=found, why=(*columns.why, "deducted:arithmetic"))
    if columns.rivals and columns.deducted is not None:
        lost = [_lost(columns, row) for row in rows]
        if _agrees(lost, [_number(row, columns.deducted) for row in rows]):
            columns = replace(columns, rivals=False, why=(*columns.why, "score:arithmetic"))
    unknown = [n for n in free if roles[n] is None and n != columns.deducted]
    columns = _with_unknown_maximum(columns, unknown, rows)
    unknown = [n for n in unknown if n != columns.max_score and _may_be_score(columns, n, rows)]
    named = (*columns.scores, columns.pair, columns.self_score, columns.deducted)
    if unknown and columns.max_score is not None and all(column is None for column in named):
        return replace(columns, scores=(unknown[-1],), doubts=(*columns.doubts, _NO_HEADING))
    columns = _with_unknown_score(columns, unknown, rows)
    if columns.pair is None and columns.max_score is None and not columns.scores and columns.self_score is None:
        return _unlabelled(columns, [n for n in free if not columns.labels[n]], rows)
    return columns


def _with_unknown_score(columns: Columns, unknown: Sequence[int], rows: Sequence[Row]) -> Columns:
    """Points under a heading nobody knows, beside the unit's own, are the awarded ones.

    That is certain where the notes hold what they miss of the maximum; else rows whose two scores differ are in doubt.
    """
    if len(unknown) != 1 or columns.self_score is None or columns.scores or columns.pair is not None:
        return replace(columns, unknown=tuple(unknown))
    taken = replace(columns, scores=tuple(unknown))
    if columns.note is not None and columns.deducted in (None, columns.note):
        lost = [_lost(taken, row) for row in rows]
        if _agrees(lost, [_number(row, columns.note) for row in rows]):
            return replace(taken, deducted=columns.note, unknown=(), why=(*columns.why, "score:arithmetic"))
    if "điểm" not in fold(columns.labels[unknown[0]]):
        return replace(columns, unknown=tuple(unknown))
    return replace(taken, unknown=(columns.self_score,))


def _with_unknown_maximum(columns: Columns, unknown: Sequence[int], rows: Sequence[Row]) -> Columns:
    """A maximum whose heading nobody knows: no score of its row is above it. In doubt, for nothing else says so."""
    score = columns.scores[-1] if columns.scores else columns.self_score
    if columns.max_score is not None or columns.pair is not None or score is None:
        return columns
    found = [n for n in unknown if _falls(rows, n, score)]
    if len(found) != 1:
        return columns
    return replace(columns, max_score=found[0], doubts=(*columns.doubts, "maximum-without-known-heading"))


def _may_be_score(columns: Columns, column: int, rows: Sequence[Row]) -> bool:
    """Whether the numbers under a heading nobody knows could be scores: none above the maximum of its row."""
    both = [
        (number, maximum)
        for row in rows
        if (number := _number(row, column)) is not None and (maximum := _number(row, columns.max_score)) is not None
    ]
    return len(both) >= 3 and all(a <= b for a, b in both) and not _is_to_own_score(columns, column, rows)


def _is_to_own_score(columns: Columns, column: int, rows: Sequence[Row]) -> bool:
    """Whether a column called a difference is as well that of the unit's own score to the appraised one."""
    if columns.self_score is None or not columns.scores:
        return False
    lost = [_lost(columns, row) for row in rows]
    stated = [_number(row, column) for row in rows]
    pairs = [(_number(row, columns.self_score), _number(row, columns.scores[-1])) for row in rows]
    to_own = [abs(own - score) if own is not None and score is not None else None for own, score in pairs]
    right = sum(a == b is not None for a, b in zip(to_own, stated, strict=True))
    return right >= 2 and right >= sum(a == b is not None for a, b in zip(lost, stated, strict=True))


def _with_survey(columns: Columns, rows: Sequence[Row]) -> Columns:
    """Appraised + survey = total beside each other: the total is the score, whatever its column is called."""
    if columns.survey_score is None:
        return columns
    parted = columns.appraised_score
    candidates = [*columns.scores] + ([parted] if parted is not None and parted not in columns.scores else [])
    if len(candidates) < 2:
        return columns
    for total in sorted(candidates, key=lambda n: (-_finality(columns.labels[n]), -n)):
        parts = [n for n in (*candidates, columns.survey_score) if n != total]
        values = [[_number(row, n) for n in parts] for row in rows]
        # a row scored in one way alone closes whichever column is taken for the total: only sums of two parts tell
        added = [_sum(each) if sum(v is not None for v in each) > 1 else None for each in values]
        single = [_sum(each) if any(v is not None for v in each) else None for each in values]
        stated = [_number(row, total) for row in rows]
        if _agrees(added, stated, 1) and _agrees(single, stated):
            rest = [n for n in parts if n != columns.survey_score]
            return replace(
                columns, scores=(total,), rivals=False, appraised_score=rest[0], why=(*columns.why, "total:arithmetic")
            )
    return columns


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _number(row: Row, column: int | None) -> Decimal | None:
    value = parse_score(row.printed(column))
    return None if isinstance(value, Refusal) else value.value


def _lost(columns: Columns, row: Row) -> Decimal | None:
    """max - score of a row, None where it does not state both."""
    pair = parse_pair(row.printed(columns.pair))
    if not isinstance(pair, Refusal):
        return pair[1].value - pair[0].value
    maximum = _number(row, columns.max_score)
    scores = [value for column in columns.scores if (value := _number(row, column)) is not None]
    if not scores and not columns.scores and (own := _number(row, columns.self_score)) is not None:
        scores = [own]
    return maximum - scores[-1] if maximum is not None and scores else None


def _agrees(lost: Sequence[Decimal | None], stated: Sequence[Decimal | None], least: int = 2) -> bool:
    """Whether a column of numbers is what it should be, but for a few rows that the report got wrong itself."""
    both = [(a, b) for a, b in zip(lost, stated, strict=True) if a is not None and b is not None]
    right = sum(a == b for a, b in both)
    return right >= least and right >= 0.8 * len(both) and any(b for _, b in both)


def _unlabelled(columns: Columns, free: Sequence[int], rows: Sequence[Row]) -> Columns:
    """Columns of numbers without a heading that says which: max, (self,) score, and perhaps the deduction.

    The order is taken only where it holds on every row (score <= max), and the roles stay in doubt.
    """
    for left, right in pairwise(free):
        if not _falls(rows, left, right):
            continue
        found = replace(columns, max_score=left, scores=(right,), doubts=(*columns.doubts, "columns-without-heading"))
        lost = [_lost(found, row) for row in rows]
        rest = [n for n in free if n not in (left, right)]
        deducted = next((n for n in rest if _agrees(lost, [_number(row, n) for row in rows])), None)
        if deducted is not None:
            # a third column that closes the sum on every row settles which is which
            return replace(found, deducted=deducted, doubts=columns.doubts, why=(*columns.why, "columns:arithmetic"))
        third = next((n for n in rest if n > right and _falls(rows, right, n)), None)
        return replace(found, self_score=right, scores=(third,)) if third is not None else found
    return columns


def _falls(rows: Sequence[Row], left: int, right: int) -> bool:
    """Whether no number on the right is above that on the left, and one is below it."""
    both = [(a, b) for row in rows if (a := _number(row, left)) is not None and (b := _number(row, right)) is not None]
    return len(both) >= 2 and all(a >= b for a, b in both) and any(a > b for a, b in both)
