"""Folding is for matching only, and folding twice changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.text import fold, nfc, plain, squeeze

VIETNAMESE = st.text("aàáảãạăâêôơưoòóỏõọuùúủũụyỳýỷỹỵeéèiíìqghntđÐ -–—½⁄\n\u00a0\u200b\u0301ÀỦY", max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("thuỷ lợi", "thủy lợi"),
        ("khoẻ", "khỏe"),
        ("toàn", "tòan"),
        ("quý", "qúy"),
        ("giá", "gía"),
        ("Ðồng Nai", "Đồng Nai"),
        ("Tài chính – Kế hoạch", "Tài chính-Kế hoạch"),
        ("ủy", unicodedata.normalize("NFD", "ủy")),
        ("Phòng\u00a0Nội\nvụ", "phòng nội vụ"),
    ],
)
def test_two_writings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["½ điểm", "3⁄4", "x²", "①"])
def test_signs_that_carry_meaning_stay(text: str) -> None:
    assert squeeze(text) == text


@pytest.mark.parametrize(("one", "other"), [("thẩm", "thăm"), ("phần", "phấn"), ("tỷ", "tỉ"), ("sử", "xử")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(VIETNAMESE | st.text(max_size=30))
@example("Y \u0301")  # a tone over a blank: without it the blank is the last character
@example("- \u0301 a")
def test_each_is_idempotent(text: str) -> None:
    for change in (nfc, squeeze, fold, plain):
        once = change(text)
        assert change(once) == once


@given(VIETNAMESE)
def test_folding_sees_through_the_form_of_the_code_points(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_plain_has_no_marks() -> None:
    assert plain("Văn phòng HĐND và Uỷ ban") == "van phong hdnd va uy ban"
