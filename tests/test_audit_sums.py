"""What the audit finds in typed reports: nothing where the sums close, each planted error once, with its blame."""

from __future__ import annotations

import string
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from building import build_assessment, build_report, build_result, maybe, score, words
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from score_trees import Node, assessed, trees, with_number

from audit.check import audited
from audit.constraints import equations_of
from audit.explaining import slip_of
from audit.messages import message, rules
from audit.rounding import agree
from cchc.wording import Wording
from normalize.records import Assessment, Finding, Heading, Report, Totals, Unit

ROOT = Path(__file__).parents[1]


def findings(assessment: Assessment) -> list[tuple[str, str | None, str | None, str | None, str]]:
    found = audited(Report(Heading(), (assessment,))).findings
    return [(f.rule, str(f.code) if f.code else None, f.expected, f.found, f.blame) for f in found]


@given(trees(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_typed_report_whose_sums_close_has_no_finding(tree: list[Node], deductions: bool) -> None:
    report = Report(Heading(), (assessed(tree, deductions=deductions),))
    checked = audited(report)
    assert checked.findings == ()
    assert checked.assessments == report.assessments


@given(trees(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_wrong_number_is_found_once_and_laid_to_the_source(tree: list[Node], data: st.DataObject) -> None:
    clean = assessed(tree)
    at = data.draw(st.integers(0, len(tree) - 1))
    field = data.draw(st.sampled_from(("score", "deducted")))
    old = getattr(clean.results[at], field)
    assume(old is not None)
    wrong = old.value + data.draw(st.sampled_from([Decimal(n) for n in ("0.05", "0.25", "0.5", "1", "-0.05", "-0.5")]))
    assume(wrong > 0)
    (finding,) = audited(Report(Heading(), (with_number(clean, at, field, wrong),))).findings
    own = clean.results[at].code.value
    # A row without a deduction says nothing against its own score: the contradiction is its parent's then.
    places = {own} if clean.results[at].deducted_stated else {own, own.parent}
    assert finding.code in places
    assert finding.blame == "source"


def test_the_root_of_a_chain_is_named_with_the_slip() -> None:
    results = (
        build_result("2", "4", "2.5", "1.5"),
        build_result("2.3", "2", "2"),
        build_result("2.4", "2", "0.05", "1.5"),
    )
    (finding,) = audited(build_report(build_assessment(*results))).findings
    assert (finding.rule, str(finding.code), finding.expected, finding.found) == (
        "misplaced-comma",
        "2.4",
        "0.5",
        "0.05",
    )
    assert finding.also == ("max-minus-score 2.4", "children-score 2")
    assert message(finding, "en") == "Criterion 2.4: 0.05 printed, 0.5 expected: the decimal comma is misplaced"
    assert message(finding, "vi") == "Tiêu chí 2.4: ghi 0,05, đúng ra là 0,5 (đặt sai dấu phẩy)"


def test_a_child_left_out_of_the_sum_is_named() -> None:
    children = (build_result("1.1", "1", "0.75"), build_result("1.2", "2", "1.5"), build_result("1.3", "1", "1"))
    assert findings(build_assessment(build_result("1", "4", "2.25"), *children)) == [
        ("forgotten-child", "1", "3.25", "2.25", "source")
    ]


def test_two_ways_to_explain_a_sum_leave_it_unexplained() -> None:
    children = (build_result("1.1", "1", "0.5"), build_result("1.2", "2", "0.5"), build_result("1.3", "1", "1"))
    assert findings(build_assessment(build_result("1", "4", "1.5"), *children)) == [
        ("children-score", "1", "2", "1.5", "source")
    ]


def test_an_empty_section_passes_no_sum_and_a_partial_list_fails_none() -> None:
    empty = build_assessment(build_result("1", "4", "3"), build_result("2", None, None))
    partial = build_assessment(
        build_result("1", "4", "3"), build_result("1.2", "1", "0"), build_result("1.4", "1", "0.5")
    )
    assert [e.rule for e in equations_of(empty) if e.relation == "sum"] == []
    assert findings(empty) == findings(partial) == []


def test_children_above_their_parent_are_wrong_even_in_a_partial_list() -> None:
    assert findings(
        build_assessment(build_result("1", "1", None), build_result("1.2", "1", None), build_result("1.4", "1", None))
    ) == [("children-max-score", "1", "2", "1", "source")]


def test_a_code_left_out_is_found_where_the_other_families_are_whole() -> None:
    def family(domain: int, *children: int) -> list:
        below = [build_result(f"{domain}.{n}", "1", "1") for n in children]
        return [build_result(str(domain), "3", "3"), *below]

    whole = [row for domain in (1, 2, 3, 4) for row in family(domain, 1, 2, 3)]
    assert findings(build_assessment(*whole, *family(5, 1, 3), max_score=None)) == [
        ("missing-code", "5", "5.2", None, "source")
    ]
    assert findings(build_assessment(*family(5, 1, 3), max_score=None)) == []


@pytest.mark.parametrize(
    ("stated", "parts", "good"),
    [
        ("20.58", ["20.5", "0.081"], True),
        ("20.59", ["20.5", "0.081"], False),
        ("0.8", ["0.5", "0.25"], False),
        ("1.51", ["0.5", "1"], False),
        ("1.45", ["0.5", "1"], False),
        ("0.99", ["0.33", "0.33", "0.33"], True),
        ("1.00", ["0.33", "0.33", "0.33"], True),
        ("1.02", ["0.33", "0.33", "0.33"], False),
        ("8.670", ["1.500", "6.5", "0.672"], True),
        ("0.95", ["0.366", "0.394", "0.185"], True),
        ("20.50", ["20.481", "0"], False),
        ("0.27", ["1", "-0.734"], True),
        ("0.28", ["1", "-0.734"], False),
        ("0.28", ["1", "-0.73"], False),
    ],
)
def test_sums_agree_within_rounding_only(stated: str, parts: list[str], good: bool) -> None:
    assert agree(Decimal(stated), [Decimal(part) for part in parts]) is good


@pytest.mark.parametrize(
    ("found", "expected", "slip"),
    [
        ("0.05", "0.5", "misplaced-comma"),
        ("1.25", "12.5", "misplaced-comma"),
        ("3.52", "3.25", "digit-swap"),
        ("2.5", "5.2", "digit-swap"),
        ("31", "13", "digit-swap"),
        ("0.5", "0.75", None),
        ("1", "0", None),
    ],
)
def test_slips(found: str, expected: str, slip: str | None) -> None:
    assert slip_of(Decimal(found), Decimal(expected)) == slip


@given(st.lists(st.integers(0, 400), min_size=2, max_size=8), st.sampled_from((1, 5, 25, -1, -5)))
def test_points_that_were_given_add_up_exactly(parts: list[int], off: int) -> None:
    given_points = [Decimal(part) / 20 for part in parts]
    total = sum(given_points, Decimal(0))
    assert agree(total, given_points)
    assert not agree(total + Decimal(off) / 100, given_points)


def test_the_index_and_the_parts_of_the_total() -> None:
    totals = Totals(
        max_score=maybe("100"), score=maybe("88.21"), appraised_score=maybe("69.46"), survey_score=maybe("18.75"),
        index_percent=score("88.21", "88,21%"),
    )  # fmt: skip
    assert findings(build_assessment(totals=totals)) == []
    wrong = replace(totals, survey_score=maybe("18.57"), index_percent=score("87.21", "87,21%"))
    # 69,64 for 69,46 would explain it as well as 18,57 for 18,75: nobody can tell.
    assert findings(build_assessment(totals=wrong)) == [
        ("appraised-plus-survey", None, "88.03", "88.21", "source"),
        ("index-percent", None, "88.21", "87.21", "source"),
    ]


def test_one_unit_of_a_ranking_whose_domains_do_not_add_up() -> None:
    def unit(name: str, total: str) -> Assessment:
        results = tuple(build_result(str(n), None, got) for n, got in ((1, "7"), (2, "6.5"), (3, "8.25")))
        return build_assessment(*results, unit=Unit(name, "district"), max_score=None, score=total)

    names = ("Mường Ảng", "Mường Chà", "Tủa Chùa", "Nậm Pồ", "Điện Biên")
    good = [unit(name, "21.75") for name in names]
    assert audited(Report(Heading(), tuple(good))).findings == ()
    (finding,) = audited(Report(Heading(), (*good, unit("Tuần Giáo", "22.75")))).findings
    assert (finding.rule, finding.assessment, finding.expected, finding.found) == ("domains-total", 5, "21.75", "22.75")
    assert audited(Report(Heading(), (*[unit(name, "30") for name in names], unit("Tuần Giáo", "31")))).findings == ()


def test_full_marks_are_noted_only_where_the_title_says_that_the_list_is_of_losses() -> None:
    rows = (
        build_result("2", "6", "6"),
        build_result("6.1.1", "0.5", "0.5"),
        build_result("6.1.2", "1", "0.5", "0.5"),
    )
    listed = replace(
        build_report(build_assessment(*rows, max_score=None)),
        heading=Heading(title=words("Các tiêu chí chưa đạt điểm tối đa năm 2019")),
    )
    (finding,) = audited(listed).findings
    assert (finding.rule, finding.severity, str(finding.code)) == ("full-marks-listed", "info", "6.1.1")
    assert audited(build_report(build_assessment(*rows, max_score=None))).findings == ()


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_has_words_in_both_languages_with_the_same_blanks(rule: str) -> None:
    entry = tomllib.loads((ROOT / "audit/messages.toml").read_text(encoding="utf8"))[rule]
    assert set(entry) == {"vi", "en"}
    blanks = [
        sorted({name for _, name, _, _ in string.Formatter().parse(entry[lang]) if name}) for lang in ("vi", "en")
    ]
    assert blanks[0] == blanks[1]
    assert message(Finding(rule, "error", "source", None, "1", "2"), "vi")


def test_every_rule_that_is_raised_has_words() -> None:
    import regex

    raised = set()
    for file in (ROOT / "audit").glob("*.py"):
        text = file.read_text(encoding="utf8")
        raised |= set(regex.findall(r'(?:Equation\(|rule=|_sum\()\s*"([a-z-]+)"', text))
    raised |= {
        "wrong-number",
        "digit-swap",
        "misplaced-comma",
        "forgotten-child",
        "score-above-maximum",
        "self-above-maximum",
    }
    assert raised >= {"max-minus-score", "children-score", "full-marks-listed"}
    # An equation that claims nothing is never broken.
    assert raised - rules() == {"children-perhaps", "domains-perhaps"}


def test_totals_recognised_without_certainty_are_in_doubt_unless_printed_twice_or_confirmed_by_their_parts() -> None:
    def totals(sure: float, index: str) -> Totals:
        return Totals(
            score=score("88.21", confidence=sure), appraised_score=score("69.46", confidence=0.96),
            survey_score=score("18.75", confidence=0.6), index_percent=score(index, f"{index}%", confidence=0.97),
        )  # fmt: skip

    def doubts(given: Totals) -> tuple[str, ...]:
        (assessment,) = audited(build_report(build_assessment(totals=given))).assessments
        return assessment.doubts

    assert doubts(totals(0.96, "88.21")) == ()
    assert doubts(Totals(score=score("6", confidence=0.05))) == ("low-confidence-score",)
    assert doubts(Totals(score=score("86.1", confidence=0.4), index_percent=score("86.15", confidence=0.95))) == (
        "low-confidence-score",
    )
    assert doubts(Totals(score=score("86.1", confidence=0.4), index_percent=score("86.1", confidence=0.95))) == ()


@pytest.mark.parametrize(
    "doubt",
    ["low-confidence-score", "low-confidence-code", "unclear-half-score", "ambiguous-score", "code-out-of-order"],
)
def test_doubts_of_recognition_have_words(doubt: str) -> None:
    assert all(Wording(lang).doubt(doubt) != doubt for lang in ("vi", "en"))


def test_a_domain_rounded_to_a_quarter_is_rounded_all_the_same() -> None:
    # 1.7748 + 1 + 2.253 = 5.0278, printed as 1,77, 1, 2,25 and 5,03
    rows = (
        build_result("7", "6.5", "5.03"),
        build_result("7.1", "2", "1.77"),
        build_result("7.1.1", "1", "1"),
        build_result("7.1.2", "1", "0.7748"),
        build_result("7.2", "1.5", "1"),
        build_result("7.3", "3", "2.25"),
        build_result("7.3.1", "1.5", "1.18"),
        build_result("7.3.2", "1.5", "1.073"),
    )
    assert findings(build_assessment(*rows)) == []
    given_point = (*rows[:-2], build_result("7.3.1", "1.5", "1.25"), build_result("7.3.2", "1.5", "1"))
    (finding,) = findings(build_assessment(*given_point))
    assert finding == ("children-score", "7", "5.02", "5.03", "source")
