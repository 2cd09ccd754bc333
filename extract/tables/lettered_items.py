"""Lettered items below a criterion, "a)", "b)", "c)", with points of their own: they count as its children 1, 2, 3.

Rules of scoring are lettered too ("a) Đạt 100%: 1 điểm; b) Dưới 100%: 0,5 điểm"). Items are told from them by their
maxima, which add up to that of the criterion, and by the points they got.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from extract.tables.coded_row import CodedRow
from extract.tables.column_roles import Columns
from extract.tables.row_numbers import numbers_of
from normalize.codes import Code, parse_code
from normalize.value import Printed, Refusal, Value

_ALPHABETS = ("abcdđeghiklmn", "abcdeghiklmn", "abcdefghijkl")
_LETTER = regex.compile(r"^(?P<parent>[\dIVX][\dIVX.]*\.\s?)?(?P<letter>[a-zđ])\s*[.)]?$")
_LETTER_NAME = regex.compile(r"(?s)^(?P<letter>[a-zđ])\s*[.)]\s*(?P<name>\p{L}.*)$")


@dataclass(frozen=True, slots=True)
class _Item:
    position: int
    letter: str
    printed: Printed
    name: str | None


def with_lettered_items(found: Sequence[CodedRow], columns: Columns) -> list[CodedRow]:
    """The rows with codes for lettered items; rules of scoring and other rows keep none."""
    result = list(found)
    parents = [position for position, entry in enumerate(found) if entry.code is not None]
    for parent, end in pairwise([*parents, len(found)]):
        items = [item for position in range(parent + 1, end) if (item := _item(found, position, columns)) is not None]
        if _are_items(found, parent, items, columns) and not _has_children(found, parent):
            for number, item in enumerate(items, 1):
                result[item.position] = _coded(found, parent, item, number)
    return result


def _item(found: Sequence[CodedRow], position: int, columns: Columns) -> _Item | None:
    row = found[position].row
    for column in (columns.code, columns.name):
        printed = row.printed(column)
        if not printed.text.strip():
            continue
        match = _LETTER.match(printed.text.strip())
        if match is not None:
            above = parse_code(Printed(match["parent"])) if match["parent"] else None
            own = _owner(found, position)
            fits = above is None or (not isinstance(above, Refusal) and above.value == own)
            return _Item(position, match["letter"], printed, None) if fits else None
        named = _LETTER_NAME.match(printed.text.strip())
        return _Item(position, named["letter"], printed, named["name"]) if named is not None else None
    return None


def _owner(found: Sequence[CodedRow], position: int) -> Code | None:
    return next((e.code.value for e in reversed(found[:position]) if e.code is not None), None)


def _has_children(found: Sequence[CodedRow], parent: int) -> bool:
    own = found[parent].code
    assert own is not None  # it is a parent because it has one
    return any(entry.code is not None and entry.code.value.under(own.value) for entry in found)


def _are_items(found: Sequence[CodedRow], parent: int, items: Sequence[_Item], columns: Columns) -> bool:
    letters = "".join(item.letter for item in items)
    if len(items) < 2 or not any(alphabet.startswith(letters) for alphabet in _ALPHABETS):
        return False
    read = [numbers_of(found[item.position].row, columns)[0] for item in items]
    if not all("max_score" in each and ("score" in each or "self_score" in each) for each in read):
        return False
    whole = numbers_of(found[parent].row, columns)[0].get("max_score")
    total = sum((each["max_score"].value for each in read), Decimal(0))
    return whole is None or whole.value == total


def _coded(found: Sequence[CodedRow], parent: int, item: _Item, number: int) -> CodedRow:
    own = found[parent].code
    assert own is not None  # it is a parent because it has one
    code = Code((*own.value.parts, number))
    step = f"lettered-item: {item.letter!r} -> {code}"
    return replace(
        found[item.position], code=Value(code, replace(item.printed, text=item.letter), "code", (step,)), rest=item.name
    )
