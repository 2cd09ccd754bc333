"""Columns taken for each other in a typed report: every number goes to a person, and a report's own mistakes do not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from building import build_assessment, build_result, maybe
from score_trees import Node, assessed, with_number

from audit.check import audited
from normalize.records import Assessment, Heading, Report, Totals

D = Decimal
TREE = [
    node
    for domain in range(1, 6)
    for node in (
        Node((domain,), D(4), D("3.25"), False),
        Node((domain, 1), D(1), D("0.5"), True),
        Node((domain, 2), D(1), D("0.75"), True),
        Node((domain, 3), D(2), D(2), True),
    )
]


def audit(assessment: Assessment) -> Assessment:
    return audited(Report(Heading(), (assessment,))).assessments[0]


def in_review(assessment: Assessment) -> list[str]:
    return [str(result.code.value) for result in audit(assessment).results if result.status == "review"]


def own_and_appraised(score: str, own: str, total: str | None = None, own_total: str | None = None) -> Assessment:
    rows = [build_result(f"{n}", "10", score, self_score=own) for n in range(1, 6)]
    totals = Totals(maybe("50"), maybe(own_total), maybe(total))
    return build_assessment(*rows, totals=totals)


def test_a_right_reading_is_left_alone() -> None:
    assert in_review(assessed(TREE, deductions=False)) == []
    assert in_review(own_and_appraised("8", "9", "40", "45")) == []


def test_scores_one_row_too_low() -> None:
    right = assessed(TREE, deductions=False)
    scores = [right.results[0].score, *(result.score for result in right.results[:-1])]
    rows = tuple(replace(row, score=score) for row, score in zip(right.results, scores, strict=True))
    assert len(in_review(replace(right, results=rows))) == len(rows)


def test_one_mistake_of_the_report_is_a_finding_and_no_doubt_of_its_column() -> None:
    assert in_review(with_number(assessed(TREE, deductions=False), 1, "score", D("0.75"))) == []


def test_appraised_scores_above_the_units_own_throughout() -> None:
    checked = audit(own_and_appraised("9", "8"))
    assert {result.doubts for result in checked.results} == {("score-or-self-score",)}


def test_the_total_of_the_scores_is_that_of_the_other_column() -> None:
    rows = [
        build_result(f"{n}", "10", score, self_score=own)
        for n, (score, own) in enumerate([("8", "7"), ("7", "9"), ("9", "9"), ("6", "8")], start=1)
    ]
    wrong = build_assessment(*rows, totals=Totals(maybe("40"), score=maybe("33")))
    assert in_review(wrong) == ["1", "2", "4"]
    assert in_review(replace(wrong, totals=Totals(maybe("40"), score=maybe("30")))) == []
