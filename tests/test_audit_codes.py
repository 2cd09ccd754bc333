"""Recognised codes against their order, rows under a domain not theirs, and confidence without sums."""

from __future__ import annotations

from dataclasses import replace

from building import build_assessment, build_result, score
from score_trees import typed

from audit.check import audited
from audit.code_order import out_of_order, with_codes_in_order
from audit.confidence import confirms
from audit.equations import Equation
from normalize.codes import Code
from normalize.place import Box, Place
from normalize.records import Assessment, Heading, Report, Result
from normalize.value import Printed, Reading, Value


def row(
    code: str, text: str | None = None, confidence: float | None = 0.9, *others: str, domain: int | None = None
) -> Result:
    """A row whose code is recognised as `text`."""
    read = text or code
    printed = Printed(read, Place(1, Box(10, 10, 30, 20)), confidence, tuple(Reading(o, 0.5) for o in others))
    plain = build_result(code, "1", "1")
    return replace(plain, code=Value(Code.of(read), printed, "code"), domain=Code((domain or Code.of(read).parts[0],)))


def codes(assessment: Assessment) -> list[str]:
    return [str(result.code.value) for result in assessment.results]


def test_a_code_that_lost_its_point_is_put_back_in_order() -> None:
    rows = (row("1"), row("1.1"), row("1.1.1"), row("1.2", "12"), row("1.2.1"), row("1.3"), row("2"))
    mended = with_codes_in_order(build_assessment(*rows))
    assert codes(mended) == ["1", "1.1", "1.1.1", "1.2", "1.2.1", "1.3", "2"]
    assert mended.results[3].status == "repaired"
    assert mended.results[3].code.steps == ("repair: '12' -> '1.2' by the order of codes",)


def test_a_domain_misread_does_not_carry_its_rows_away() -> None:
    rows = (row("1"), row("1.1"), row("2", "22"), row("2.1", domain=22), row("2.2", domain=22), row("3"), row("3.1"))
    mended = with_codes_in_order(build_assessment(*rows))
    assert codes(mended) == ["1", "1.1", "22", "2.1", "2.2", "3", "3.1"]
    offered = (*rows[:2], row("2", "22", 0.9, "2"), *rows[3:])
    assert codes(with_codes_in_order(build_assessment(*offered))) == ["1", "1.1", "2", "2.1", "2.2", "3", "3.1"]
    assert {str(r.domain) for r in with_codes_in_order(build_assessment(*offered)).results} == {"1", "2", "3"}


def test_a_code_out_of_order_goes_to_a_person_and_typed_ones_do_not() -> None:
    rows = [row("1.1"), row("1.2"), row("1.3"), row("6.4"), row("1.5"), row("1.6"), row("1.7")]
    assert list(out_of_order(build_assessment(*rows))) == [3]
    checked = audited(Report(Heading(), (build_assessment(*rows, max_score=None),))).assessments[0]
    assert [r.status for r in checked.results].count("review") == 1
    sure = [row(str(r.code.value), confidence=None) for r in rows]
    assert list(out_of_order(build_assessment(*sure))) == []


def test_a_mark_behind_a_code_that_was_read_as_a_digit_is_no_part_of_it() -> None:
    start, end = (row("1"), row("1.1"), row("1.2")), (row("2"), row("2.1"), row("2.2"))
    for read in ("1.39", "1.30"):
        mended = with_codes_in_order(build_assessment(*start, row("1.3", read), *end))
        assert codes(mended) == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.2"]
        assert mended.results[3].status == "repaired"
    typed_one = build_assessment(*start, row("1.39", confidence=None), *end)
    assert with_codes_in_order(typed_one) == typed_one
    tens = build_assessment(*(row(f"1.{number}") for number in range(1, 13)))
    assert with_codes_in_order(tens) == tens


def test_rows_of_a_domain_that_is_nowhere_come_home_to_the_one_they_stand_in() -> None:
    start = (row("1"), row("1.1"), row("1.2"), row("4"), row("4.1"), row("5"))
    end = (row("6"), row("6.1"), row("6.2"))
    misread = (row("5.1", "9.1"), row("5.2", "9.2"), row("5.2.1", "9.2.1"))
    mended = with_codes_in_order(build_assessment(*start, *misread, *end))
    assert codes(mended) == ["1", "1.1", "1.2", "4", "4.1", "5", "5.1", "5.2", "5.2.1", "6", "6.1", "6.2"]
    assert {str(result.domain) for result in mended.results} == {"1", "4", "5", "6"}
    gap = build_assessment(*start, *misread[1:], *end)
    assert codes(with_codes_in_order(gap)) == codes(gap)
    assert list(out_of_order(gap)) == [6, 7]
    moved = build_assessment(*start, row("9"), *misread, *end)
    assert list(out_of_order(moved)) == []


def test_a_list_in_no_order_has_none_to_break() -> None:
    rows = [row(code) for code in ("7.1", "1.2", "5.4", "2.1", "8.2", "3.3")]
    assert list(out_of_order(build_assessment(*rows))) == []


def wrong_domains(*rows: Result) -> list[str]:
    found = audited(Report(Heading(), (build_assessment(*rows, max_score=None),))).findings
    return [str(finding.code) for finding in found if finding.rule == "wrong-domain"]


def test_one_code_under_another_domain_is_wrong_and_many_are_a_title_not_seen() -> None:
    stray = (row("4.1", domain=4), row("4.2", domain=4), row("5.4.3.4", domain=4), row("7.2", domain=7))
    assert wrong_domains(*stray) == ["5.4.3.4"]
    unseen = (row("4.1", domain=4), row("5.1", domain=4), row("5.2", domain=4), row("5.3", domain=4))
    assert wrong_domains(*unseen) == []


def equation(*numbers: tuple[str, float | None]) -> Equation:
    values = [
        replace(score(text.replace(",", ".")), printed=Printed(text, Place(1, Box(20 * at, 0, 20 * at + 10, 9)), sure))
        for at, (text, sure) in enumerate(numbers)
    ]
    return Equation("children-score", Code((1,)), values[0], tuple((1, value) for value in values[1:]), ())


def test_what_confirms_and_what_does_not() -> None:
    assert confirms(equation(("1,5", 0.95), ("1", 0.4), ("0,5", 0.95)))
    assert confirms(equation(("1,5", None), ("1", None), ("0,5", 0.4)))
    assert not confirms(equation(("1,5", 0.95), ("1,5", 0.4)))  # two readings are no sum
    assert not confirms(equation(("1,5", 0.3), ("1", 0.3), ("0,5", 0.95)))  # two in doubt may make up for each other
    assert not confirms(equation(("15", 0.95), ("10", 0.95), ("05", 0.95)))  # ten times too large, all of them
    assert not confirms(equation(("0,73", 0.95), ("0,5", 0.95), ("0,234", 0.6)))  # closes by rounding only


def test_a_lone_number_is_accepted_only_when_read_surely() -> None:
    def status(text: str, confidence: float) -> str:
        lone = replace(
            build_result("1.1", None, "1"), score=replace(score("1"), printed=Printed(text, confidence=confidence))
        )
        return audited(Report(Heading(), (build_assessment(lone, max_score=None),))).assessments[0].results[0].status

    assert (status("1", 0.95), status("1", 0.85), status("01", 0.97)) == ("ok", "review", "review")
    assert typed("", score("1").value).confidence is None


def test_the_first_digit_of_a_code_that_stands_elsewhere_is_that_of_the_rows_around_it() -> None:
    rows = (row("6.1.1"), row("6.1.2"), row("6.3"), row("7.1"), row("8"), row("8.1.1", "6.1.1", 0.93), row("8.2"))
    mended = with_codes_in_order(build_assessment(*rows))
    assert codes(mended) == ["6.1.1", "6.1.2", "6.3", "7.1", "8", "8.1.1", "8.2"]
    assert mended.results[5].status == "repaired"


def test_a_surely_read_code_of_another_domain_is_left_to_a_person() -> None:
    def around(confidence: float) -> Assessment:
        misprint = row("4.3.2.2", confidence=confidence, domain=1)
        return build_assessment(row("1.2.1"), row("1.3.1"), row("1.3.2.1"), misprint, row("1.4.1"), row("1.5"))

    assert codes(with_codes_in_order(around(0.94)))[3] == "4.3.2.2"
    assert list(out_of_order(around(0.94))) == [3]
    assert codes(with_codes_in_order(around(0.6)))[3] == "1.3.2.2"


def test_a_dot_lost_before_the_last_number_in_a_list_of_some_criteria() -> None:
    rows = (row("2.2"), row("2.4"), row("3.1.1", "3.11", 0.3), row("3.2.2.2"), row("3.3.1"), row("4.1"))
    assert codes(with_codes_in_order(build_assessment(*rows)))[2] == "3.1.1"
    unclear = (row("2.2"), row("2.4"), row("3"), *rows[2:])  # "3.1" and a mark, or 3.1.1
    assert codes(with_codes_in_order(build_assessment(*unclear)))[3] == "3.11"


def test_rows_one_after_another_whose_misread_codes_stand_elsewhere_come_home() -> None:
    start = (row("3"), row("3.1"), row("3.2"), row("3.3"), row("4"), row("4.1"), row("5"), row("5.1"))
    misread = (row("5.2", "3.2", 0.4), row("5.3", "3.3", 0.3))
    mended = with_codes_in_order(build_assessment(*start, *misread, row("5.4"), row("5.5"), row("6")))
    assert codes(mended)[8:10] == ["5.2", "5.3"]
    assert [result.status for result in mended.results[8:10]] == ["repaired", "repaired"]
