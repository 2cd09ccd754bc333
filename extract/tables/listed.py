"""Cells that list criteria with what each of them lost: "Tiêu chí 1.2 (trừ 0,5 điểm); 3.1 (trừ 1 điểm): chậm".

A table with one row a unit or a domain tells in one column which criteria lost points. Each part of such a cell is a
result of its own; a cell of which one part tells no amount, or several, is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.document import Cell
from extract.tables.grid import Row
from normalize.codes import parse_code
from normalize.decimals import parse_pair, parse_score
from normalize.records import Deduction, Result, Score
from normalize.text import fold
from normalize.typos import clean_text
from normalize.value import Printed, Refusal

_HEAD = regex.compile(
    r"(?:(?<=^|[;,.(\n+•*-])|(?<=[;,.(\n+•*-] )|(?<=\bvà ))\s*"
    r"(?:(?:các )?(?:tiêu chí thành phần|tiêu chí|tctp|tc|mục|chỉ số thành phần)\s*(?:số\s*)?:?\s*)?"
    r"(?P<code>[1-9]\d?(?:\.[1-9]\d?){1,4})(?![.,/]?\d|\s*(?:%|điểm\b|đ\b|/))",
    regex.IGNORECASE,
)
_NUMBER = r"\d{1,2}(?:[.,]\d{1,4})?"
_PAIR = regex.compile(rf"(?<![\d.,/])(?P<pair>{_NUMBER}\s*/\s*{_NUMBER})(?![\d/%]|[.,]\d|/\d)\s*(?:điểm|đ)?")
_LOST = regex.compile(
    rf"(?:\b(?:trừ|mất|giảm|thiếu|không đạt|chưa đạt)\b(?:\s*điểm)?\s*:?\s*[-–−]?|(?<=[(:]\s?)[-–−])\s*"
    rf"(?P<lost>{_NUMBER})(?![\d/%]|[.,]\d)\s*(?:điểm\b|đ\b)?",
    regex.IGNORECASE,
)
_BARE = regex.compile(rf"(?:\(|:\s*)(?P<lost>{_NUMBER})\s*(?:điểm|đ)\b", regex.IGNORECASE)
_REASON = regex.compile(r"\b(?:do|vì|lý do|lí do|nguyên nhân)\b\s*:?\s*(?P<words>.+)$", regex.IGNORECASE | regex.DOTALL)
_OF_LOSSES = regex.compile(r"\b(?:trừ|mất|giảm|chưa đạt|không đạt)\b")
_SIGNS = " \n\t;,.:-–+•*()"


def is_list(printed: Printed, label: str = "") -> bool:
    """Whether a cell lists several criteria, each with its points.

    >>> [is_list(Printed(text)) for text in
    ...  ("Tiêu chí 1.2 (trừ 0,5 điểm); TC 3.1.1: -1", "1.2 (0,5đ), 1.3 (1đ)", "1.2 Kế hoạch (trừ 0,5)", "1.2; 1.3")]
    [True, False, False, False]
    >>> is_list(Printed("1.2 (0,5đ), 1.3 (1đ)"), "Các tiêu chí bị mất điểm")
    True
    """
    return len(listed(printed, label)) > 1


def listed(printed: Printed, label: str = "") -> tuple[Result, ...]:
    """The results that a cell lists; `label`, the heading over it, tells what a bare "(0,5 điểm)" counts."""
    text = printed.text
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    if not heads or text[: heads[0].start()].strip(_SIGNS):
        return ()
    found = []
    for head, end in zip(heads, ends, strict=True):
        result = _result(printed, head["code"], text[head.end() : end], label)
        if result is None:
            return ()
        found.append(result)
    return tuple(found) if len({result.code.value for result in found}) == len(found) else ()


def is_left(printed: Printed, label: str) -> bool:
    """Whether a cell names criteria with points, and not each with its own: nothing is taken from it."""
    scored = _PAIR.search(printed.text) or _LOST.search(printed.text)
    return scored is not None and _HEAD.search(printed.text) is not None and not listed(printed, label)


def _result(printed: Printed, head: str, told: str, label: str) -> Result | None:
    code = parse_code(replace(printed, text=head))
    points = _points(printed, told, label)
    if isinstance(code, Refusal) or points is None:
        return None
    numbers, at = points
    reason = _REASON.search(told)
    why = clean_text(replace(printed, text=reason["words"].strip(_SIGNS)), "column-reason") if reason else None
    lost = numbers.get("deducted")
    name = told[:at].strip(_SIGNS)
    return Result(
        replace(code, printed=printed).with_step("listed-in-cell"),
        clean_text(replace(printed, text=name), "criterion-name") if sum(map(str.isalpha, name)) > 3 else None,
        max_score=numbers.get("max_score"),
        score=numbers.get("score"),
        deducted=lost,
        deducted_stated=lost is not None,
        deductions=(Deduction(lost, why),) if lost is not None and lost.value else (),
        domain=code.value.domain,
    )


def _points(printed: Printed, told: str, label: str) -> tuple[dict[str, Score], int] | None:
    """The numbers of one part and where they begin; None where it tells none, or more than one of a kind."""
    pairs, lost = list(_PAIR.finditer(told)), list(_LOST.finditer(told))
    if not pairs and not lost and _OF_LOSSES.search(fold(label)):
        lost = list(_BARE.finditer(told))
    if len(pairs) > 1 or len(lost) > 1 or not (pairs or lost):
        return None
    numbers: dict[str, Score] = {}
    if lost:
        value = parse_score(replace(printed, text=lost[0]["lost"]))
        if isinstance(value, Refusal):
            return None
        numbers["deducted"] = replace(value, printed=printed)
    if pairs:
        pair = parse_pair(replace(printed, text=pairs[0]["pair"]))
        if isinstance(pair, Refusal):
            return None
        numbers["score"], numbers["max_score"] = (replace(half, printed=printed) for half in pair)
    return numbers, min(match.start() for match in (*pairs, *lost))


def listed_column(rows: Sequence[Row], labels: Sequence[str]) -> int | None:
    """The column whose cells list criteria with their points, two or more in some of them."""
    best: tuple[int, int] | None = None
    for column, label in enumerate(labels):
        shown = [cell for row in rows if (cell := row.own(column)) is not None and _HEAD.search(cell.text)]
        several = sum(is_list(cell.printed, label) for cell in shown)
        if several and 2 * sum(_is_listed(cell, label) for cell in shown) > len(shown):
            best = max(best or (0, 0), (several, column))
    return None if best is None else best[1]


def _is_listed(cell: Cell, label: str) -> bool:
    return bool(listed(cell.printed, label))
