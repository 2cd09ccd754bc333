"""Numerals held against the shapes that stand on the page."""

from __future__ import annotations

import pytest

from extract.scan.engines import Pixels, ReadWord
from extract.scan.glyphs import Glyphs, glyphs_of
from extract.scan.numerals import looks_numeral, parts_of, read_numeral
from extract.scan.sheet import SheetWord
from extract.scan.text import _with_points
from tests.scanning import Gray, Told, paper, write

SMALL = 15.0


def printed(text: str) -> Gray:
    picture = paper(300, 80)
    write(picture, text, 30, 55)
    return picture


def counted(picture: Gray) -> Glyphs:
    glyphs = glyphs_of(picture, Pixels(0, 0, 300, 80), SMALL)
    assert glyphs is not None
    return glyphs


@pytest.mark.parametrize(
    ("text", "tall", "low"), [("0,5", 2, 1), ("0.75/1", 5, 1), ("1.4.2", 3, 2), ("8", 1, 0), ("20,58", 4, 1)]
)
def test_shapes_are_counted(text: str, tall: int, low: int) -> None:
    glyphs = counted(printed(text))
    assert (glyphs.tall, glyphs.low, glyphs.odd) == (tall, low, 0)
    assert glyphs.trust(text) == 1


@pytest.mark.parametrize(("text", "read"), [("0,5/1", "0,51"), ("0,5", "05"), ("1.4.2", "14.2"), ("0,25", "0,2")])
def test_a_lost_sign_is_noticed(text: str, read: str) -> None:
    assert counted(printed(text)).trust(read) == 0


def test_a_speck_above_the_line_is_no_comma() -> None:
    picture = printed("15")
    picture[20:24, 130:134] = 0
    assert (counted(picture).low, counted(picture).after) == (0, 0)


def test_nothing_stands_on_blank_paper() -> None:
    assert glyphs_of(paper(300, 80), Pixels(0, 0, 300, 80), SMALL) is None
    assert read_numeral(Told([("1", 0.9)]), paper(300, 80), Pixels(0, 0, 300, 80), SMALL, None) is None


def read(text: str, first: tuple[str, float] | None, *then: tuple[str, float]) -> tuple[str, float, list[str]]:
    box = Pixels(0, 0, 300, 80)
    word = ReadWord(first[0], box, first[1]) if first else None
    found = read_numeral(Told(list(then)), printed(text), box, SMALL, word)
    assert found is not None
    return found.text, round(found.confidence, 2), [other.text for other in found.others]


def test_a_sure_first_reading_is_taken_as_it_is() -> None:
    assert read("0,5", ("0,5", 0.95), ("9,9", 1.0)) == ("0,5", 0.95, [])


def test_a_sure_but_wrong_first_reading_is_not() -> None:
    assert read("0,5/1", ("0,51", 0.99), ("0,5/1", 0.9)) == ("0,5/1", 0.81, ["0,51"])


def test_readings_that_fit_and_differ_go_to_a_person() -> None:
    text, confidence, others = read("0,5", ("0,6", 0.6), ("0,5", 0.7), ("0,5", 0.8))
    assert (text, others) == ("0,5", ["0,6"])
    assert confidence < 0.5


def test_what_never_fits_goes_to_a_person() -> None:
    text, confidence, _ = read("0,25/1", ("0251", 0.95), ("0251", 0.95))
    assert text == "0251"
    assert confidence <= 0.3


def test_brackets_are_kept_apart() -> None:
    assert parts_of("(0,5);") == ("(", "0,5", ");")
    assert looks_numeral("30/10/2020")
    assert not looks_numeral("1356/UBND")


def test_half_a_pair_is_a_numeral_where_its_shapes_say_so() -> None:
    assert read("0,5/", ("0,5/", 0.95)) == ("0,5/", 0.95, [])
    assert read("/2", ("/2", 0.95)) == ("/2", 0.95, [])


def test_points_behind_a_number_are_known_by_their_letters() -> None:
    box = Pixels(0, 0, 1, 1)
    words = [SheetWord(text, box, 0.9) for text in ("2,5", 'điếm"', "Điểm", "1/2", "điêm);", "cần", "điếm")]
    assert [word.text for word in _with_points(words)] == ["2,5", "điểm", "Điểm", "1/2", "điểm);", "cần", "điếm"]
