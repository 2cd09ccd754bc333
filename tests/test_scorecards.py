"""Scorecards: the one shipped, consensus of units, checks against them; two renditions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from building import TUAN_GIAO, build_assessment, build_result, build_unit, maybe, words

from audit.renditions import compare_renditions
from audit.scorecards import (
    Criterion,
    Scorecard,
    check_scorecard,
    infer_scorecard,
    national_scorecard,
)
from normalize.codes import Code
from normalize.records import Assessment, Totals

NAMES = {
    "1": "Công tác chỉ đạo, điều hành",
    "1.1": "Kế hoạch cải cách hành chính",
    "1.2": "Kiểm tra cải cách hành chính",
    "1.3": "Sáng kiến, giải pháp mới",
    "2": "Cải cách thể chế",
    "2.1": "Theo dõi thi hành pháp luật",
}
MAXIMA = {"1": "6", "1.1": "2", "1.2": "2", "1.3": "2", "2": "3", "2.1": "3"}


def unit(name: str, names: bool = True, **other: str) -> Assessment:
    rows = (
        build_result(code, other.get("m" + code.replace(".", "_"), most), "1", name=NAMES[code] if names else None)
        for code, most in MAXIMA.items()
    )
    return build_assessment(*rows, unit=build_unit(name))


def test_the_national_scorecard_adds_up() -> None:
    card = national_scorecard()
    assert (card.source, card.level, card.province, card.year_from, len(card.criteria)) == (
        "1187/QĐ-BNV", "province", None, 2025, 134,
    )  # fmt: skip
    tops = [one.maximum for code, one in card.criteria.items() if code.parent is None]
    assert sum(value for value in tops if value is not None) == 100
    for code, criterion in card.criteria.items():
        below = [one.maximum for other, one in card.criteria.items() if other.parent == code]
        assert not below or sum(value for value in below if value is not None) == criterion.maximum, code


def test_it_holds_for_provinces_since_2025_only() -> None:
    card = national_scorecard()
    rows = [build_result(str(c), str(one.maximum), "0") for c, one in list(card.criteria.items())[:12]]
    province = build_assessment(*rows, unit=build_unit("Quảng Trị", "province", "Quảng Trị"), year=2025)
    assert card.fits(province)
    assert not card.fits(replace(province, year=2024))
    assert not card.fits(replace(province, unit=TUAN_GIAO))


def test_consensus_counts_its_support_and_outvotes_a_wrong_unit() -> None:
    card = infer_scorecard([unit("Mường Ảng"), unit("Mường Chà"), unit("Tủa Chùa", m1_2="1.5"), unit("Nậm Pồ")])
    assert card is not None
    assert card.criteria[Code((1, 2))] == Criterion(Code((1, 2)), NAMES["1.2"], Decimal(2), 3, 4)
    assert card.criteria[Code((1, 1))].support == 4
    (finding,) = check_scorecard(unit("Tủa Chùa", m1_2="1.5"), card, 2)
    assert (finding.rule, str(finding.code), finding.expected, finding.found, finding.blame, finding.assessment) == (
        "scorecard-maximum", "1.2", "2", "1.5", "source", 2,
    )  # fmt: skip


def test_one_unit_is_no_consensus_and_two_against_two_is_none() -> None:
    assert infer_scorecard([unit("Mường Ảng")]) is None
    split = infer_scorecard([unit("A"), unit("B"), unit("C", m2_1="4"), unit("D", m2_1="4")])
    assert split is not None
    assert Code((2, 1)) not in split.criteria


def test_numbers_in_doubt_do_not_vote() -> None:
    doubtful = unit("B")
    doubtful = replace(doubtful, results=tuple(replace(r, doubts=("low-confidence-score",)) for r in doubtful.results))
    assert infer_scorecard([unit("A"), doubtful]) is None


def test_two_units_give_names_but_are_not_held_against_a_third() -> None:
    card = infer_scorecard([unit("A"), unit("B")])
    assert card is not None
    assert check_scorecard(unit("C", m1_2="1.5"), card) == ()


def test_another_maximum_that_closes_the_units_own_sums_may_be_decided_for_it() -> None:
    def twelve(name: str, **other: str) -> Assessment:
        extra = [build_result(f"4.{n}", other.get(f"m4_{n}", "1"), "1", name=f"Tiêu chí {n}") for n in range(1, 6)]
        whole = unit(name)
        return replace(whole, results=(*whole.results, build_result("4", "5", "5", name="Tổ chức"), *extra))

    card = infer_scorecard([twelve(name) for name in "ABCDEF"])
    assert card is not None
    closing, broken = twelve("G", m4_1="1.5", m4_2="0.5"), twelve("H", m4_1="1.5")
    assert [(str(f.code), f.severity, f.blame) for f in check_scorecard(closing, card)] == [
        ("4.1", "warning", "unknown"), ("4.2", "warning", "unknown"),
    ]  # fmt: skip
    assert [(str(f.code), f.severity, f.blame) for f in check_scorecard(broken, card)] == [("4.1", "error", "source")]


def test_another_name_under_the_same_code_is_told() -> None:
    card = infer_scorecard([unit("A"), unit("B"), unit("D")])
    assert card is not None
    odd = unit("C")
    odd = replace(odd, results=(*odd.results[:-1], replace(odd.results[-1], name=words("Rà soát văn bản quy phạm"))))
    (finding,) = check_scorecard(odd, card)
    assert (finding.rule, finding.severity, str(finding.code)) == ("scorecard-name", "warning", "2.1")


def test_a_decision_is_a_scorecard() -> None:
    criteria = {Code.of(c): Criterion(Code.of(c), NAMES[c], Decimal(m)) for c, m in MAXIMA.items()}
    card = Scorecard("1071/QĐ-UBND", "district", "Điện Biên", 2019, None, criteria)
    assert check_scorecard(unit("A"), card) == ()
    assert [str(f.code) for f in check_scorecard(unit("A", m1_3="2.5"), card)] == ["1.3"]


def test_two_renditions_of_a_report() -> None:
    first = build_assessment(build_result("1.1", "2", "1.5", self_score="2"), score="79.42")
    assert compare_renditions(first, first) == ()
    second = build_assessment(build_result("1.1", "2", "1.25", self_score="2"), build_result("1.2"), score="79.24")
    assert [(f.rule, str(f.code), f.found, f.expected) for f in compare_renditions(first, second)] == [
        ("differs-between-renditions", "1.1", "1.5", "1.25"),
        ("differs-between-renditions", "None", "79.42", "79.24"),
    ]
    assert compare_renditions(first, replace(second, year=2020)) == ()


def test_a_units_own_report_and_the_appraised_one_share_maxima_and_own_scores() -> None:
    own = build_assessment(build_result("1.1", "2", "2"), basis="self", totals=Totals(max_score=maybe("100")))
    appraised = build_assessment(build_result("1.1", "2", "1.5", self_score="1.75"), score="79.42")
    assert [(f.found, f.expected) for f in compare_renditions(own, appraised)] == [("2", "1.75")]
