"""The numbers of one row of a score table by their columns."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from extract.tables.bracketed import pair_and_loss, points_and_loss
from extract.tables.column_roles import Columns, pair_of
from extract.tables.grid import Row
from extract.tables.itemised import amount_told
from normalize.decimals import parse_pair, parse_score
from normalize.records import Score
from normalize.text import fold
from normalize.value import Printed, Refusal, Value
from patterns.columns import is_unscored

_NOTHING = regex.compile(r"^không(?: có| trừ| mất(?: điểm)?| bị trừ)?\.?$")  # lost


def numbers_of(row: Row, columns: Columns) -> tuple[dict[str, Score], list[Refusal], list[str]]:
    """The numbers of a row by field. A filled cell that gives no number is a refusal and puts the row in doubt."""
    numbers: dict[str, Score] = {}
    refusals: list[Refusal] = []
    doubts: list[str] = []

    def take(fieldname: str, column: int | None) -> None:
        printed = row.printed(column)
        if is_unscored(printed.text) or (fieldname == "deducted" and _NOTHING.match(fold(printed.text))):
            return
        value = parse_score(printed)
        if isinstance(value, Refusal):
            pair = parse_pair(printed)
            if not isinstance(pair, Refusal):
                numbers["score" if fieldname == "max_score" else fieldname] = pair[0]
                numbers.setdefault("max_score", pair[1])
                return
            both = points_and_loss(printed)
            if both is not None and fieldname != "deducted":
                numbers[fieldname], numbers["deducted"] = both
                return
            told = amount_told(printed) if fieldname == "deducted" else None
            if told is not None:
                numbers[fieldname] = told
                return
            refusals.append(value)
            doubts.append(f"unread-{fieldname.replace('_', '-')}")
            return
        if fieldname in ("score", "self_score") and _is_told_lost(value):
            numbers["deducted"] = value  # "trừ 0,5 điểm" where the points got are due
            return
        if fieldname != "deducted" and is_negative(value):
            doubts.append("negative-score")  # points taken, which are no score of a criterion
        numbers[fieldname] = value

    take("max_score", columns.max_score)
    take("self_score", columns.self_score)
    for column in columns.scores:
        before = numbers.get("score")
        take("score", column)
        last = column == columns.scores[-1]
        if last and columns.rivals and before is not None and before.value != numbers["score"].value:
            doubts.append("which-score")
    if "score" not in numbers and columns.survey_score is not None:
        take("score", columns.survey_score)  # a criterion scored by the survey alone
    if columns.pair is not None:
        printed = row.printed(columns.pair)
        pair = pair_of(printed, columns)
        if not isinstance(pair, Refusal):
            numbers["score"] = pair[0]
            numbers.setdefault("max_score", pair[1])
        elif (all_three := pair_and_loss(printed)) is not None:
            numbers["score"], maximum, numbers["deducted"] = all_three
            numbers.setdefault("max_score", maximum)
        else:
            take("score", columns.pair)
    take("deducted", columns.deducted)
    for column in columns.unknown:
        other, taken = parse_score(row.printed(column)), numbers.get("score") or numbers.get("self_score")
        # where it says nothing, the own score is the only one and may not be the awarded one
        alone = isinstance(other, Refusal) and not columns.scores and columns.pair is None and taken is not None
        if alone or (not isinstance(other, Refusal) and (taken is None or other.value != taken.value)):
            doubts.append("unknown-column")
    return numbers, refusals, doubts


def _is_told_lost(value: Score) -> bool:
    return any(step.startswith("cue:") and "trừ" in step for step in value.steps)


def is_negative(value: Score) -> bool:
    """Whether a number was printed with a sign before it and is not zero."""
    return bool(value.value) and any(step.startswith("sign:") for step in value.steps)


def lost_of(
    columns: Columns, maximum: Score | None, score: Score | None, stated: Score | None
) -> tuple[Score | None, bool]:
    """The points lost: as stated; computed only where the report has no column for them."""
    if stated is not None:
        return stated, True
    if columns.deducted is not None or maximum is None or score is None or score.value > maximum.value:
        return None, False
    value: Decimal = maximum.value - score.value
    return Value(value, score.printed, "max-minus-score", (f"{maximum.value} - {score.value}",)), False


def percent_of(printed: Printed) -> Score | None:
    """The number of a cell with or without its percent sign."""
    text = printed.text.replace("%", "").strip()
    value = parse_score(replace(printed, text=text))
    return None if isinstance(value, Refusal) else replace(value, printed=printed)
