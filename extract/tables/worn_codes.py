"""Recognised rows of criteria whose code was not read: what their digits and the codes around them leave open.

A list goes 7.2.2, "72.3", 7.3: the digits are those of the one code that stands between. Where the digits do not say
it, a code is taken only where no other can stand there, and the row is doubted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from extract.tables.coded_row import CodedRow
from extract.tables.column_roles import Columns
from extract.tables.total_rows import is_called_total
from normalize.codes import Code, follows, parse_code
from normalize.value import Printed, Refusal, Value

_GUESSED = "code-by-order"  # a code that its digits do not say
_LONGEST, _LETTERS, _LEAST_ROWS = 8, 6, 5
_RISING, _UNCERTAIN = 0.8, 0.5
_SPECKS = " .,:;-–'\"“”‘’`|"
_HEAD = regex.compile(r"(?s)^(?P<head>\d[\d.,:;]{0,8}|[\p{Lu}\ufffd]{1,2}|\p{Ll})\s*[-–:;.,]*\s+(?P<name>\p{Lu}.{5,})$")


@dataclass(frozen=True, slots=True)
class _Unread:
    """A row without a code of use: what stands for the code, the name where both are in one cell."""

    head: Printed
    rest: str | None

    @property
    def digits(self) -> Code | None:
        """The code that the digits make, one number each; None where other signs stand among them."""
        signs = [sign for sign in self.head.text if sign.isalnum() or sign == "\ufffd"]
        if len(signs) < 2 or not all("0" <= sign <= "9" for sign in signs):
            return None
        code = parse_code(Printed(".".join(signs)))
        return None if isinstance(code, Refusal) else code.value


def with_codes_between(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """The rows with those codes that their digits, or the codes before and behind them, say for certain."""
    if columns.code is None or not _rises(found):
        return found
    left = {n: unread for n in range(len(found)) if (unread := _unread(found, n, columns)) is not None}
    result = [replace(one, code=None) if n in left else one for n, one in enumerate(found)]
    for position, unread in left.items():
        before = _first(reversed(result[:position]))
        after = _first(result[position + 1 :])
        known = {one.code.value for one in result if one.code is not None}
        alone = _is_alone(position, result, left)
        chosen = _chosen(unread.digits, before, after, known, alone) if before is not None else None
        if chosen is None:
            continue
        code, sure = chosen
        step = f"{'lost-dots' if sure else _GUESSED}: {unread.head.text!r} -> {str(code)!r}"
        result[position] = CodedRow(found[position].row, Value(code, unread.head, "code-between", (step,)), unread.rest)
    return [found[n] if one.code is None else one for n, one in enumerate(result)]


def is_guessed(code: Value[Code]) -> bool:
    """Whether only the codes around a row say which it has: it is for a person to look at."""
    return any(step.startswith(_GUESSED) for step in code.steps)


def stands_for_code(text: str, glued: bool) -> bool:
    """Whether a text that gave no code stands where one was: a few signs, or a few before a name.

    >>> [stands_for_code(text, glued=False) for text in ("72.3", "m", "-", "Ghi chú")]
    [True, True, False, False]
    >>> [stands_for_code(text, glued=True) for text in ("m Chất lượng báo cáo", "Chất lượng báo cáo", "- Có kế hoạch")]
    [True, False, False]
    """
    bare = text.strip()
    if glued:
        return _HEAD.match(bare) is not None
    return _is_short(bare) and any(sign.isalnum() or sign == "\ufffd" for sign in bare)


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and sum(map(str.isalpha, text)) <= 3


def _rises(found: Sequence[CodedRow]) -> bool:
    codes = [one.code.value for one in found if one.code is not None]
    rising = sum(first < second for first, second in pairwise(codes))
    return len(codes) >= _LEAST_ROWS and rising >= _RISING * (len(codes) - 1)


def _first(rows: Iterable[CodedRow]) -> Code | None:
    return next((one.code.value for one in rows if one.code is not None), None)


def _is_alone(position: int, rows: Sequence[CodedRow], left: Mapping[int, _Unread]) -> bool:
    """Whether no other unread row stands between the codes around one."""
    for step in (-1, 1):
        other = position + step
        while 0 <= other < len(rows) and rows[other].code is None:
            if other in left:
                return False
            other += step
    return True


def _unread(found: Sequence[CodedRow], position: int, columns: Columns) -> _Unread | None:
    """What stands for the code of a recognised row that has none, or one read badly that is out of its place."""
    one = found[position]
    if one.code is not None and not _is_out_of_place(found, position):
        return None
    printed = one.row.printed(columns.code)
    if printed.confidence is None:
        return None
    if columns.glued:
        match = _HEAD.match(printed.text.strip()) if one.code is None else None
        if (
            match is None
            or is_called_total(match["name"])
            or not (match["head"][0].isdigit() or _has_points(one, columns))
        ):
            return None
        return _Unread(replace(printed, text=match["head"]), match["name"])
    name = one.row.text(columns.name)
    text = printed.text.strip()
    lettered = sum(map(str.isalpha, name)) >= _LETTERS and name.lstrip(_SPECKS)[:1].isupper()
    return _Unread(printed, None) if lettered and not is_called_total(name) and _is_short(text) else None


def _has_points(coded: CodedRow, columns: Columns) -> bool:
    held = (columns.max_score, columns.self_score, *columns.scores, columns.pair)
    return any(map(str.isdigit, "".join(coded.row.text(column) for column in held)))


def _is_out_of_place(found: Sequence[CodedRow], position: int) -> bool:
    """Whether a code that was read badly cannot stand between those around it: "7" between 7.6.2 and 7.8."""
    code = found[position].code
    if code is None or found[position].roman or code.confidence is None or code.confidence >= _UNCERTAIN:
        return False
    before, after = _first(reversed(found[:position])), _first(found[position + 1 :])
    return before is not None and after is not None and before < after and not before < code.value < after


def _chosen(
    digits: Code | None, before: Code, after: Code | None, known: set[Code], alone: bool
) -> tuple[Code, bool] | None:
    """The code of an unread row between two others, and whether its digits say the same."""
    if after is not None and not before < after:
        return None
    free = {
        code
        for code in _around(before, after)
        if len(code.parts) > 1 and code not in known and before < code and (after is None or code < after)
    }
    fitting = [code for code in free if after is not None and follows(before, code) and follows(code, after)]
    if digits in fitting:
        return digits, True
    if len(fitting) == 1 and alone:
        return fitting[0], False
    parent = after.parent if after is not None and after.parts[-1] == 1 and len(after.parts) > 2 else None
    if digits in free and (parent is None or parent in known):
        return digits, True
    near = [code for code in free if digits is not None and _differ_by_one(code, digits)]
    return (near[0], False) if len(near) == 1 and digits not in free else None


def _around(before: Code, after: Code | None) -> Iterator[Code]:
    """The codes that may stand directly behind one code or directly before another; no child that has no second."""
    for depth in range(len(before.parts)):
        yield Code((*before.parts[:depth], before.parts[depth] + 1))
    if after is None or after.parts[: len(before.parts)] == before.parts:
        yield Code((*before.parts, 1))
    if after is not None and after.parts[-1] > 1:
        yield Code((*after.parts[:-1], after.parts[-1] - 1))
    elif after is not None and after.parent is not None:
        yield after.parent


def _differ_by_one(first: Code, second: Code) -> bool:
    if len(first.parts) != len(second.parts):
        return False
    return sum(mine != theirs for mine, theirs in zip(first.parts, second.parts, strict=True)) == 1
