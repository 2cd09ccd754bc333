"""Units of one scorecard held against it and each other in the store, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

from building import build_assessment, build_document, build_report, build_result, build_unit, maybe, words
from sqlalchemy import select

from load.export import export_jsonl
from load.models_scorecards import SharedCriterionRow, SharedScorecardRow, UnsettledRow
from load.store import Store
from normalize.codes import Code
from normalize.records import Basis, Report, ScorecardRow, Validity
from normalize.value import Printed, Value

pytest_plugins = ("databases",)

MAXIMA = {"1": "6", "1.1": "2", "1.2": "2", "1.3": "2", "2": "3", "2.1": "3"}
NAMES = {
    "1": "Chỉ đạo, điều hành",
    "1.1": "Kế hoạch",
    "1.2": "Kiểm tra",
    "1.3": "Sáng kiến",
    "2": "Thể chế",
    "2.1": "Rà soát",
}


def report(unit: str, names: bool = True, basis: Basis = "appraised", gained: str = "1", **other: str) -> Report:
    """A report of one district; each has a number and a lost part of its own, so that none is a rendition."""
    rows = [
        build_result(code, other.get("m" + code.replace(".", "_"), most), gained, name=NAMES[code] if names else None)
        for code, most in MAXIMA.items()
    ]
    number = f"{len(unit)}{ord(unit[0])}{basis}/BC-UBND"
    return build_report(build_assessment(*rows, unit=build_unit(unit), basis=basis), number=number)


def decision(**other: str) -> Report:
    rows = tuple(
        ScorecardRow(Value(Code.of(code), Printed(code), "code"), words(NAMES[code]), maybe(other.get(code, most)))
        for code, most in MAXIMA.items()
    )
    empty = build_report(number="1071/QĐ-UBND")
    return replace(empty, assessments=(), scorecard=rows, validity=Validity("Điện Biên", "district", 2018))


def stored(url: str, reports: dict[str, Report]) -> Store:
    store = Store.open(url)
    for file, one in reports.items():
        store.add_report(build_document(file), one)
    store.settle()
    return store


def told(store: Store) -> dict[str, list[tuple[str, str, str, str | None, str | None]]]:
    return {
        one.file: [(f.rule, f.severity, str(f.code), f.found, f.expected) for f in one.report.findings]
        for one in store.reports()
        if one.report.findings
    }


FOUR = {
    "a.pdf": report("Mường Ảng"),
    "b.pdf": report("Tủa Chùa", gained="0.5"),
    "c.pdf": report("Nậm Pồ", names=False, gained="0.75"),
    "d.pdf": report("Điện Biên Đông", m1_2="1.5", gained="0.25"),
}


def test_a_maximum_that_the_others_do_not_have(url: str) -> None:
    with stored(url, FOUR) as store:
        assert told(store) == {"d.pdf": [("scorecard-maximum", "error", "1.2", "1.5", "2")]}
        (finding,) = store.report(build_document("d.pdf").sha256).report.findings
        assert [printed.text for printed in finding.evidence] == ["1,5"]


def test_a_name_that_is_not_there_is_taken_from_the_scorecard_and_says_so(url: str) -> None:
    with stored(url, FOUR) as store:
        results = store.report(build_document("c.pdf").sha256).report.assessments[0].results
        names = [result.name for result in results if result.name is not None]
        assert [name.value for name in names] == list(NAMES.values())
        assert {(name.pattern, name.printed.text, name.steps[0].partition(":")[0]) for name in names} == {
            ("scorecard", "", "scorecard")
        }
        assert store.check().problems == ()


def test_the_order_and_the_number_of_runs_do_not_matter(new_url: Callable[[], str], tmp_path: Path) -> None:
    exports = set()
    for number, order in enumerate(list(permutations(FOUR))[::7]):
        with Store.open(f"sqlite:///{tmp_path / f'{number}.db'}") as store:
            for at, file in enumerate(order):
                store.add_report(build_document(file), FOUR[file])
                if at % 2 == number % 2:
                    store.settle()
            store.settle()
            assert store.settle() == 0
            export_jsonl(store, tmp_path / "out.jsonl")
        exports.add((tmp_path / "out.jsonl").read_bytes())
    assert len(exports) == 1


def test_what_units_agree_on_is_kept_with_its_support(url: str) -> None:
    with stored(url, FOUR) as store, store.reading() as connection:
        cards = connection.execute(select(SharedScorecardRow).order_by(SharedScorecardRow.source)).all()
        assert [(row.source, row.level, row.province, row.year_from, row.year_to) for row in cards] == [
            ("1187/QĐ-BNV", "province", "", 2025, None),
            ("consensus", "district", "Điện Biên", 2019, 2019),
        ]
        own = SharedCriterionRow.scorecard_id == cards[1].id
        rows = connection.execute(select(SharedCriterionRow).where(own).order_by(SharedCriterionRow.position)).all()
        assert [(row.code, row.name, str(row.max_score), row.support, row.voters) for row in rows] == [
            (code, NAMES[code], most, 3 if code == "1.2" else 4, 4) for code, most in MAXIMA.items()
        ]
        assert connection.execute(select(UnsettledRow)).all() == []


def test_a_decision_goes_before_what_units_agree_on(url: str) -> None:
    with stored(url, FOUR) as store:
        store.add_report(build_document("h.pdf"), decision(**{"1.2": "1.5"}))
        assert store.settle() == 1
        assert told(store) == {
            file: [("scorecard-maximum", "error", "1.2", "2", "1.5")] for file in ("a.pdf", "b.pdf", "c.pdf")
        }
        stored_decision = store.report(build_document("h.pdf").sha256).report
        assert stored_decision.validity == Validity("Điện Biên", "district", 2018)


def test_own_scores_that_the_appraised_report_gives_otherwise(url: str) -> None:
    own = report("Mường Chà", basis="self", gained="2")
    appraised = report("Mường Chà", gained="1.5")
    (one,) = appraised.assessments
    with_own = tuple(
        replace(row, self_score=maybe("1.75" if str(row.code.value) == "1.3" else "2")) for row in one.results
    )
    appraised = replace(appraised, assessments=(replace(one, results=with_own),))
    with stored(url, {"own.pdf": own, "appraised.pdf": appraised}) as store:
        assert told(store) == {"own.pdf": [("differs-from-appraised", "warning", "1.3", "2", "1.75")]}


def test_a_report_read_anew_is_settled_anew(url: str) -> None:
    with stored(url, FOUR) as store:
        store.add_report(build_document("d.pdf"), report("Điện Biên Đông", gained="0.25"), replace=True)
        store.settle()
        assert told(store) == {}


def test_the_report_without_what_others_say_is_the_one_that_was_stored(url: str) -> None:
    from load.settling import without_settling

    with stored(url, FOUR) as store:
        for file, given in FOUR.items():
            found = without_settling(store.report(build_document(file).sha256).report)
            assert [result.name for result in found.assessments[0].results] == [
                result.name for result in given.assessments[0].results
            ]
            assert found.findings == given.findings
