"""Broken sums of recognised numbers: a finding where the reading bears it, else a doubt that names the sum."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from building import build_assessment, build_result, score

from audit.check import audited
from cchc.wording import Wording
from normalize.records import Assessment, Heading, Report, Result, Score, Totals
from normalize.value import Value

SURE = 0.96


def seen(value: Score | None, confidence: float | None = SURE) -> Any:
    return value and replace(value, printed=replace(value.printed, confidence=confidence))


def read(result: Result, code: float = SURE, **confidences: float) -> Result:
    """The result as it was recognised, each number surely unless said otherwise."""
    numbers = {name: seen(value, confidences.get(name, SURE)) for name, value in result.scores()}
    own = Value(result.code.value, replace(result.code.printed, confidence=code), "code")
    return replace(result, code=own, **numbers)


def outcome(assessment: Assessment) -> tuple[list[tuple[str, str, str]], dict[str, tuple[str, ...]]]:
    """The findings (rule, code, blame), and the doubts by code."""
    report = audited(Report(Heading(), (assessment,)))
    (checked,) = report.assessments
    told = [(one.rule, str(one.code or ""), one.blame) for one in report.findings]
    return told, {str(one.code.value): one.doubts for one in checked.results if one.doubts}


def family(parent: str = "2.75", **confidences: float) -> Assessment:
    """Criterion 2.1 with the score given, and children that add up to 3.25; `confidences` are those of the first."""
    rows = (build_result("2.1", "4", parent), build_result("2.1.1", "2", "1.75"), build_result("2.1.2", "2", "1.5"))
    return build_assessment(read(rows[0]), read(rows[1], **confidences), read(rows[2]), max_score=None)


def test_a_sum_of_surely_read_numbers_that_does_not_close_is_a_finding() -> None:
    told, doubts = outcome(family())
    assert told == [("children-score", "2.1", "source")]
    assert doubts["2.1"] == ("contradiction-children-score",)


def test_a_number_in_doubt_sends_the_sum_to_review_and_a_person_who_confirms_it_brings_the_finding() -> None:
    told, doubts = outcome(family(score=0.7))
    sum_of_children = "unclosed-children-score:2.1:2.75:3.25"
    assert told == []
    assert doubts == {"2.1": (sum_of_children,), "2.1.1": (sum_of_children, "low-confidence-score")}
    confirmed = family()
    first, second, third = confirmed.results
    confirmed = replace(confirmed, results=(first, replace(second, score=seen(second.score, None)), third))
    assert outcome(confirmed)[0] == [("children-score", "2.1", "source")]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            (
                build_result("2.1", "4", "3"),
                read(build_result("2.1.1", "2", "1.5"), 0.1),
                build_result("2.3.2", "2", "1"),
            ),
            "a code out of its order",
        ),
        (
            (build_result("2.1", "4", "3"), build_result("2.1.1", "2", "1.5"), build_result("2.1.2", "1.5", "1")),
            "maxima that do not add up either: a child is missing, or a maximum misread",
        ),
        (
            (
                build_result("2.1", "4", "3"),
                build_result("2.1.1", "2", "1.5", doubts=("unread-self-score",)),
                build_result("2.1.2", "2", "1"),
            ),
            "a row that was not read whole",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rows_that_may_be_others_bear_no_finding(rows: tuple[Result, ...], why: str) -> None:
    assert why
    given = [row if row.code.confidence is not None else replace(read(row), doubts=row.doubts) for row in rows]
    told, doubts = outcome(build_assessment(*given, max_score=None))
    assert told == []
    assert "2.1" not in doubts or any(doubt.startswith("unclosed-children-") for doubt in doubts["2.1"])


def test_parts_that_are_more_than_their_sum_bear_a_finding_whatever_another_part_is() -> None:
    rows = (
        read(build_result("5", "6", "0.8")),
        read(build_result("5.1", "2", "1.5")),
        read(build_result("5.2", "2", "1.75")),
        read(build_result("5.3", "2", "1.5"), score=0.4),
    )
    told, _ = outcome(build_assessment(*rows, max_score=None))
    assert told == [("children-score", "5", "unknown")]
    doubtful = (read(build_result("5", "6", "0.8"), score=0.4), *rows[1:])
    assert outcome(build_assessment(*doubtful, max_score=None))[0] == []


def test_a_usual_misreading_that_closes_the_sum_is_no_finding() -> None:
    row = read(build_result("3.1", "0.5", "0.5", self_score="0.5"))
    lost_comma = replace(row, self_score=score("5", "05", confidence=SURE))
    told, doubts = outcome(build_assessment(lost_comma, max_score=None))
    assert told == []
    assert "unclosed-self-above-maximum:3.1:5:<= 0.5" in doubts["3.1"]


def test_two_sums_that_say_the_same_of_a_surely_read_number_bear_a_finding_about_it() -> None:
    rows = (
        read(build_result("4", "4", "3.25", "0.75"), score=0.5),
        read(build_result("4.1", "2", "1.7", "0.5"), deducted=0.5),
        read(build_result("4.2", "2", "1.75", "0.25")),
    )
    told, _ = outcome(build_assessment(*rows, max_score=None))
    assert told == [("wrong-number", "4.1", "source")]


def test_the_total_of_a_recognised_list_goes_to_review_with_the_sum_that_does_not_close() -> None:
    rows = (read(build_result("1", "4", "3")), read(build_result("2", "2", "1")))
    typed = replace(
        build_assessment(build_result("1", "4", "3"), build_result("2", "2", "1")), totals=Totals(score("5"))
    )
    assert outcome(typed)[0] == [("domains-max-score", "", "source")]
    recognised = replace(build_assessment(*rows), totals=Totals(seen(score("5"))))
    assert outcome(recognised)[0] == []
    (checked,) = audited(Report(Heading(), (recognised,))).assessments
    assert checked.doubts == ("unclosed-domains-max-score::5:6",)
    assert Wording("en").doubt(checked.doubts[0]) == (
        "does not add up, perhaps misread, compare with the print "
        "(Total maximum stated as 5, but the domains add up to 6)"
    )
    assert "(Tổng điểm tối đa ghi 5, nhưng các lĩnh vực cộng lại là 6)" in Wording("vi").doubt(checked.doubts[0])
