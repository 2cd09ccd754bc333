"""A report on one year's work that gives the points of the year before, and what is no total of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from prose_told import document_of

from extract.heading.read_heading import HeadingFacts, read_heading

_HEAD = """
ỦY BAN NHÂN DÂN HUYỆN BÁ THƯỚC
Số: 31/BC-UBND
Bá Thước, ngày 10 tháng 12 năm 2023
BÁO CÁO
Kết quả công tác cải cách hành chính năm 2023, nhiệm vụ năm 2024
"""


def _facts(body: str) -> HeadingFacts:
    return read_heading(document_of(_HEAD + body))


def _score(facts: HeadingFacts) -> Decimal | None:
    return facts.totals.score.value if facts.totals.score else None


@pytest.mark.parametrize(
    ("body", "year", "score", "doubt"),
    [
        ("Chỉ số CCHC năm 2022 của huyện Bá Thước đạt 81,37 điểm, xếp vị thứ 20/27.", 2022, Decimal("81.37"), True),
        ("Chỉ số CCHC năm 2023 của huyện Bá Thước đạt 82,5 điểm, xếp thứ 19/27.", 2023, Decimal("82.5"), False),
        # the domains have points of the year's own work
        (
            "1. Cải cách thể chế: 5,5/6 điểm\nChỉ số CCHC năm 2022 của huyện Bá Thước đạt 81,37 điểm, xếp thứ 20/27.",
            2023,
            None,
            False,
        ),
        # another index on a scale of 100, and what a scale is made of
        ("Điểm đánh giá chỉ số phục vụ người dân, doanh nghiệp đạt 87,4/100 điểm.", 2023, None, False),
        ("Áp dụng thang điểm 100, trong đó điểm thẩm định 70 điểm và điểm khảo sát 30 điểm.", 2023, None, False),
    ],
)
def test_the_year_is_that_of_the_index_told(body: str, year: int, score: Decimal | None, doubt: bool) -> None:
    facts = _facts(body)
    assert (facts.year, _score(facts), "year-from-index" in facts.doubts) == (year, score, doubt)


def test_a_rank_may_be_called_a_place() -> None:
    facts = _facts("Chỉ số CCHC năm 2023 của huyện Bá Thước đạt 81,37 điểm, xếp vị thứ 20/27 huyện, thị xã.")
    assert facts.totals.rank is not None
    assert facts.totals.rank.value == "20/27"


def test_minutes_are_dated_by_the_day_they_were_taken() -> None:
    head = "BIÊN BẢN\nThẩm định điểm CCHC năm 2017 của UBND huyện Bá Thước\n"
    told = read_heading(document_of(head + "Hôm nay, hồi 8 giờ 30, ngày 09 tháng 01 năm 2018, tại UBND huyện."))
    assert told.heading.date is not None
    assert told.heading.date.value == "2018-01-09"
