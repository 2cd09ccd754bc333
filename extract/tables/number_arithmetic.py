"""Which column of a score table holds which number, by the sums that must hold (by headings: `number_columns`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract.tables.column_roles import TEXTUAL, Columns, Content, pair_of
from extract.tables.grid import Row
from extract.tables.number_columns import finality
from normalize.decimals import parse_score
from normalize.text import fold
from normalize.value import Refusal

_NO_HEADING = "score-without-known-heading"


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
    for total in sorted(candidates, key=lambda n: (-finality(columns.labels[n]), -n)):
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
    pair = pair_of(row.printed(columns.pair), columns)
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
