"""The same report in several files: found, linked, the best one speaks, whatever the order they came in."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from building import build_assessment, build_document, build_report, build_result, build_unit, maybe, printed, words

from compare.choice import Candidate
from compare.comparison import compare
from extract.document import Document, Page
from load.export import export_jsonl
from load.records import records
from load.renditions import RULE, Rendition
from load.store import Store
from normalize.codes import Code
from normalize.records import Assessment, Finding, Report, Result, Totals, Unit

pytest_plugins = ("databases",)

SCORES = {"1.1": "0.75", "1.2": "2", "1.3": "0.5", "2.1": "1", "2.2": "0.25", "3.1": "1.5", "3.2": "0.1"}


def results(**changed: str) -> list[Result]:
    scores = {**SCORES, **{code.replace("_", ".").strip("c"): score for code, score in changed.items()}}
    return [build_result(code, "2", score) for code, score in scores.items()]


def report(*rows: Result, number: str | None = "12/BC-UBND", **about: object) -> Report:
    assessment: Assessment = build_assessment(*(rows or results()), score="6.1", **about)  # type: ignore[arg-type]
    return build_report(assessment, number=number)


def typed(file: str) -> Document:
    return build_document(file)


def scanned(file: str) -> Document:
    return build_document(file, pages=(Page(1, (), 595.0, 842.0, method="ocr"),))


def files(store: Store) -> list[list[str]]:
    return [[one.file for one in group] for group in store.renditions()]


def test_a_draft_a_scan_and_a_second_scan(store: Store) -> None:
    store.add_report(scanned("bản ký.pdf"), report(*results(c3_2="0.7")))
    store.add_report(scanned("bản ký, quét lại.pdf"), report(*results()[:5], number="72/BC-UBND"))
    store.add_report(typed("dự thảo.docx"), report(number=None))
    sha = {name: build_document(name).sha256 for name in ("dự thảo.docx", "bản ký.pdf", "bản ký, quét lại.pdf")}
    assert store.renditions() == (
        (
            Rendition("dự thảo.docx", sha["dự thảo.docx"], "typed", True, "content"),
            Rendition("bản ký, quét lại.pdf", sha["bản ký, quét lại.pdf"], "ocr", False, "content"),
            Rendition("bản ký.pdf", sha["bản ký.pdf"], "ocr", False, "content"),
        ),
    )
    found = {stored.file: stored.report.findings for stored in store.reports()}
    place = (printed("0,7"),)
    assert found == {
        "bản ký, quét lại.pdf": (),
        "bản ký.pdf": (Finding(RULE, "error", "source", Code((3, 2)), "0.1", "0.7", place),),
        "dự thảo.docx": (),
    }


def test_the_order_makes_no_difference(new_url: Callable[[], str], tmp_path: Path) -> None:
    several = [
        (scanned("a.pdf"), report(*results(c3_2="0.7"))),
        (typed("b.docx"), report()),
        (typed("c.docx"), report(*results(c1_1="1"), number=None)),
    ]
    exports, linked = set(), []
    for number, order in enumerate(itertools.permutations(several)):
        if number % 2:
            continue
        with Store.open(new_url()) as store:
            for document, read in order:
                store.add_report(document, read)
            store.add_report(*order[0], replace=True)
            export_jsonl(store, tmp_path / "export.jsonl")
            exports.add((tmp_path / "export.jsonl").read_bytes())
            linked.append(store.renditions())
            assert store.check().problems == ()
    assert len(exports) == 1
    assert linked == [linked[0]] * 3
    assert [one.speaks for one in linked[0][0]] == [True, False, False]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(report(number="13/BC-UBND"), id="another number"),
        pytest.param(report(year=2020), id="another year"),
        pytest.param(report(period="6m"), id="another period"),
        pytest.param(report(unit=build_unit("Mường Chà"), number=None), id="another unit of the same scores"),
        pytest.param(report(*results()[:3], number=None), id="an annex of some rows"),
        pytest.param(report(basis="self", number=None), id="the unit's own scores"),
        pytest.param(report(*(build_result(f"8.{code}") for code in range(9))), id="a letter under the same number"),
        pytest.param(
            report(*results(c1_1="1", c1_2="1", c1_3="1", c2_1="2", c2_2="2"), number=None), id="other scores"
        ),
    ],
)
def test_documents_that_are_not_the_same_report(store: Store, other: Report) -> None:
    store.add_report(typed("a.docx"), report())
    store.add_report(typed("b.docx"), other)
    assert store.renditions() == ()
    assert [stored.report.findings for stored in store.reports()] == [(), ()]


def test_a_number_is_given_anew_each_year(store: Store) -> None:
    unplaced = build_assessment(*results()[:2], unit=Unit(None, None), year=None, period=None)
    store.add_report(typed("a.docx"), build_report(unplaced, number="12/BC-UBND", date="2019-01-05"))
    store.add_report(typed("b.docx"), build_report(unplaced, number="12/BC-UBND", date="2020-01-07"))
    assert store.renditions() == ()
    store.add_report(typed("c.docx"), build_report(unplaced, number="12/BC-UBND", date="2020-01"))
    assert files(store) == [["b.docx", "c.docx"]] or files(store) == [["c.docx", "b.docx"]]


def test_a_scan_whose_head_could_not_be_read(store: Store) -> None:
    many = [build_result(f"{domain}.{code}", "2", f"{code}") for domain in range(1, 5) for code in range(3)]
    blind = {"unit": Unit(None, None), "year": None, "period": None, "number": None}
    store.add_report(typed("a.docx"), report(*many))
    store.add_report(scanned("b.pdf"), report(*many, **blind))  # type: ignore[arg-type]
    store.add_report(scanned("c.pdf"), report(*many[:11], build_result("4.2", "2", "1.5"), **blind))  # type: ignore[arg-type]
    assert files(store) == [["a.docx", "b.pdf"]]


def test_a_scan_of_which_nothing_could_be_read(store: Store) -> None:
    store.add_report(scanned("a.pdf"), build_report(build_assessment(max_score=None)))
    store.add_report(typed("b.docx"), build_report())
    assert files(store) == [["b.docx", "a.pdf"]]


def test_what_was_replaced_leaves_its_group(store: Store) -> None:
    store.add_report(typed("a.docx"), report())
    store.add_report(scanned("b.pdf"), report(*results(c3_2="0.7")))
    store.add_report(scanned("c.pdf"), report(*results(c1_2="1")))
    assert files(store) == [["a.docx", "b.pdf", "c.pdf"]] or files(store) == [["a.docx", "c.pdf", "b.pdf"]]
    store.add_report(typed("a.docx"), report(year=1999), replace=True)
    (group,) = store.renditions()
    assert {one.file for one in group} == {"b.pdf", "c.pdf"}
    found = [finding for stored in store.reports() for finding in stored.report.findings]
    assert [str(finding.code) for finding in found] == ["1.2", "3.2"]


@pytest.mark.skipif("speaks" not in Candidate.__dataclass_fields__, reason="compare does not know renditions yet")
def test_the_comparison_takes_the_best_one(store: Store) -> None:
    store.add_report(scanned("z.pdf"), report(*results(c3_2="0.7"), build_result("9.1", "2", "2")))
    store.add_report(typed("a.docx"), report())
    (row,) = compare(store, 2019).rows
    assert (row.file, row.others) == ("a.docx", ("z.pdf",))
    assert len(list(records(store))) == 2


def test_totals_that_differ(store: Store) -> None:
    totals = Totals(max_score=maybe("100"), score=maybe("6.10"))
    store.add_report(typed("a.docx"), build_report(build_assessment(*results(), totals=totals)))
    totals = replace(totals, score=maybe("8.1"), rank=words("3/15"))
    store.add_report(scanned("b.pdf"), build_report(build_assessment(*results(), totals=totals)))
    found = [finding for stored in store.reports() for finding in stored.report.findings]
    assert found == [Finding(RULE, "error", "source", None, "6.1", "8.1", (printed("8,1"),))]
