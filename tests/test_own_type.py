"""Numerals held against the other digits of their page: each digit must look like those of its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from extract.scan.engines import Pixels
from extract.scan.own_type import AGREED, DOUBTED, REPLACED, WITNESSED, in_own_type
from extract.scan.sheet import Sheet, SheetWord
from extract.scan.straight import straighten
from normalize.value import Reading
from tests.scanning import Gray, paper, write

SMALL, STEP, LEFT = 14.0, 60, 40
# Every digit three times and more, so that each has others of its name to be like.
SHOWN = ("0,15", "2,30", "6,78", "9,01", "2,35", "4,67", "8,90", "1,23", "4,56", "7,89", "0,50", "3,69", "7,18", "2,14")


def page_of(shown: Sequence[str]) -> tuple[Gray, list[SheetWord]]:
    """A page with one numeral a line, each read as it is and surely."""
    picture = paper(400, STEP * (len(shown) + 1))
    words = []
    for line, text in enumerate(shown, 1):
        write(picture, text, LEFT, STEP * line)
        column = np.nonzero((picture[STEP * line - 40 : STEP * line + 15] < 150).any(axis=0))[0]
        box = Pixels(int(column[0]) - 2, STEP * line - 25, int(column[-1]) + 3, STEP * line + 8)
        words.append(SheetWord(text, box, 0.95))
    return picture, words


def judged(picture: Gray, words: Sequence[SheetWord], **misread: Any) -> list[SheetWord]:
    """The words held against each other; the last of them in another reading or with another confidence."""
    sheet = Sheet.of(straighten(picture, 0.0, 0.36, 0.36, 0), picture, SMALL)
    return in_own_type(sheet, [*words[:-1], replace(words[-1], **misread)])


def test_numerals_that_look_like_the_others_are_witnessed() -> None:
    assert {(word.text, word.confidence) for word in judged(*page_of(SHOWN))} == {(text, WITNESSED) for text in SHOWN}


@pytest.mark.parametrize(
    ("printed", "misread"), [("0,15", "9,15"), ("9,01", "8,01"), ("7,89", "1,89"), ("0,50", "0,60")]
)
def test_a_digit_like_those_of_another_name_is_read_as_they_are_and_waits_for_confirmation(
    printed: str, misread: str
) -> None:
    word = judged(*page_of((*SHOWN, *SHOWN, printed)), text=misread, confidence=0.96)[-1]
    assert (word.text, word.confidence, word.others) == (printed, REPLACED, (Reading(misread, DOUBTED),))


def test_a_broken_digit_is_known_by_the_whole_ones() -> None:
    picture, words = page_of((*SHOWN, "0,15"))
    left, top = words[-1].box.x0 + 2, words[-1].box.y0 + 16
    cv2.rectangle(picture, (left, top), (left + 4, top + 1), 255, cv2.FILLED)
    assert judged(picture, words, text="9,15")[-1].text == "0,15"


def test_a_reading_in_doubt_is_agreed_to_where_every_shape_is_accounted_for() -> None:
    picture, words = page_of((*SHOWN, "2,30"))
    assert judged(picture, words, confidence=0.5)[-1].confidence == AGREED
    assert judged(picture, words, confidence=0.3)[-1].confidence == 0.3


def test_a_number_without_a_comma_is_not_witnessed_and_is_doubted_where_something_sticks_to_a_digit() -> None:
    picture, words = page_of((*SHOWN, "15"))
    assert judged(picture, words)[-1] == words[-1]
    # Ink ran between a comma and the digit behind it.
    right, base = words[-1].box.x1, STEP * (len(SHOWN) + 1)
    cv2.rectangle(picture, (right - 16, base - 19), (right - 3, base - 4), 0, cv2.FILLED)
    assert judged(picture, words)[-1] == replace(words[-1], confidence=DOUBTED)


def test_a_page_with_few_digits_says_nothing() -> None:
    picture, words = page_of(("0,15", "2,30"))
    assert judged(picture, words) == words


@pytest.mark.parametrize("text", ["Nam", "2,3", "67%"])
def test_words_and_shapes_that_cannot_be_told_apart_stay_as_they_are(text: str) -> None:
    picture, words = page_of((*SHOWN, "2,30"))
    assert judged(picture, words, text=text)[-1] == replace(words[-1], text=text)
