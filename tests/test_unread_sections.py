"""Sections of a recognised letter of which the score was not read at all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extract.prose.unread import doubted_unread
from normalize.codes import Code
from normalize.records import Result
from normalize.value import Printed, Value


def section(number: int, score: str | None, confidence: float | None = 0.95) -> Result:
    printed = Printed(str(number), confidence=confidence)
    own = None if score is None else Value(Decimal(score), replace(printed, text=score), "prose-score")
    return Result(Value(Code((number,)), printed, "code"), score=own)


def doubts(*sections: Result) -> list[tuple[str, ...]]:
    return [result.doubts for result in doubted_unread(sections)]


def test_a_section_without_a_score_beside_scored_ones_is_in_doubt() -> None:
    assert doubts(section(1, "9"), section(2, "6"), section(3, None)) == [(), (), ("unread-score",)]


def test_typed_text_without_a_score_has_none() -> None:
    assert doubts(section(1, "9", None), section(2, "6", None), section(3, None, None)) == [(), (), ()]


def test_sections_that_mostly_have_no_score_are_left_alone() -> None:
    assert doubts(section(1, "9"), section(2, None), section(3, None), section(4, None)) == [(), (), (), ()]
