"""Corrections of people: put in, audited, exported, kept through every new reading and backup."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from building import build_assessment, build_document, build_report, build_result, build_unit, deduction, score
from command_line import cchc

from audit.check import audited
from load.correcting import TOTALS, Correction
from load.export import export_csv, export_jsonl, export_xlsx
from load.records import records, schema_text
from load.store import Store
from normalize.errors import UsageError
from normalize.records import Report, Result, Unit

pytest_plugins = ("databases",)

WHEN = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
DOCUMENT = build_document()


def result(store: Store, code: str = "1.1", assessment: int = 0) -> Result:
    found = store.report(DOCUMENT.sha256).report.assessments[assessment].results
    return next(one for one in found if str(one.code.value) == code)


def read(one: str = "0.6", **about: object) -> Report:
    """A report of two results; 1.1 loses 0.25 for a stated reason, and its score is misread."""
    first = build_result("1.1", "1", one, "0.25", deductions=(deduction("0.25", "chậm"),), doubts=("unread-score",))
    return build_report(build_assessment(first, build_result("1.2", "2", "2", "0"), **about))  # type: ignore[arg-type]


def add(store: Store, report: Report, replacing: bool = False) -> None:
    store.add_report(DOCUMENT, audited(report), as_read=report, replace=replacing)


def correct(store: Store, field: str, value: str, code: str = "1.1", **where: object) -> Correction:
    return store.correct("003.pdf", code, field, value, "An", "theo bản ký", when=WHEN, **where)  # type: ignore[arg-type]


def test_a_correction_is_put_in_and_audited(store: Store) -> None:
    add(store, read())
    assert [finding.rule for finding in store.report(DOCUMENT.sha256).report.findings] == ["max-minus-score"]
    assert result(store).status == "review"
    made = correct(store, "score", "0,75")
    unit = Unit("Tuần Giáo", "district", "Điện Biên")
    assert made == Correction(
        DOCUMENT.sha256, unit, 2019, "year", "1.1", 0, "score", "0.75", "An", "theo bản ký", WHEN, "0.6", "0.6",
        True, 1,
    )  # fmt: skip
    after = result(store)
    assert after.score is not None
    assert (after.score.value, after.score.printed.text) == (Decimal("0.75"), "0,6")
    assert after.score.steps[-1] == "correction: 0.6 -> 0.75 (An)"
    assert (after.status, after.doubts) == ("ok", ())
    assert store.report(DOCUMENT.sha256).report.findings == ()
    assert store.check().problems == ()
    assert store.corrections() == (made,)


def test_corrections_outlive_a_new_reading_and_a_second_one_counts(store: Store) -> None:
    add(store, read())
    correct(store, "score", "0.7")
    second = correct(store, "score", "0.75")
    assert (second.as_read, second.as_audited) == ("0.6", "0.6")
    add(store, read("0.51"), replacing=True)
    after = result(store).score
    assert after is not None
    assert after.value == Decimal("0.75")
    first, last = store.corrections()
    assert (first.value, last.value, last.placed) == ("0.7", "0.75", True)
    assert (last.as_read, last.as_audited) == ("0.51", "0.51")


def test_a_place_that_a_new_reading_has_no_more_is_told(store: Store) -> None:
    add(store, read())
    correct(store, "score", "0.75")
    without = build_report(build_assessment(build_result("1.2", "2", "2", "0")))
    add(store, without, replacing=True)
    assert [one.placed for one in store.corrections()] == [False]
    add(store, read(), replacing=True)
    assert [one.placed for one in store.corrections()] == [True]
    assert result(store).status == "ok"


def test_the_unit_of_a_single_assessment_may_be_read_otherwise(store: Store) -> None:
    add(store, read())
    correct(store, "score", "0.75")
    add(store, read(unit=build_unit("Mường Chà"), year=2020), replacing=True)
    assert result(store).score == result(store).score
    assert [one.placed for one in store.corrections()] == [True]


def test_a_computed_deduction_follows(store: Store) -> None:
    lost = replace(score("0.4"), pattern="max-minus-score")
    one = replace(build_result("1.1", "1", "0.6"), deducted=lost, deductions=(replace(deduction("0.1"), amount=lost),))
    add(store, build_report(build_assessment(one)))
    correct(store, "score", "0.75")
    after = result(store)
    assert after.deducted is not None
    assert (after.deducted.value, after.deducted_stated) == (Decimal("0.25"), False)
    assert [item.amount.value for item in after.deductions] == [Decimal("0.25")]


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("max_score", "1,5", "max_score", "1.5"),
        ("self_score", "1", "self_score", "1"),
        ("deducted", "0.5", "deducted", "0.5"),
        ("name", " Kế  hoạch ", "name", "Kế hoạch"),
        ("remedy", "Đôn đốc", "remedy", "Đôn đốc"),
        ("score", "", "score", "None"),
    ],
)
def test_fields_of_a_result(store: Store, field: str, value: str, attribute: str, expected: str) -> None:
    add(store, read())
    correct(store, field, value)
    found = getattr(result(store), attribute)
    assert str(found and found.value) == expected


def test_items_totals_and_a_look(store: Store) -> None:
    add(store, read(score="90"))
    correct(store, "amount", "0.4")
    correct(store, "reason", "Ban hành chậm")
    correct(store, "score", "91.5", TOTALS)
    correct(store, "rank", "3/15", TOTALS)
    correct(store, "status", "ok")
    (item,) = result(store).deductions
    assert (item.amount.value, item.reason and item.reason.value) == (Decimal("0.4"), "Ban hành chậm")
    totals = store.report(DOCUMENT.sha256).report.assessments[0].totals
    assert totals.score is not None
    assert totals.rank is not None
    assert (totals.score.value, totals.rank.value) == (Decimal("91.5"), "3/15")
    assert result(store).status == "ok"
    assert store.report(DOCUMENT.sha256).report.findings != ()  # what contradicts stays told
    add(store, read(score="90"), replacing=True)
    assert result(store).status == "ok"


@pytest.mark.parametrize(
    ("code", "field", "value", "where", "reason"),
    [
        ("9.9", "score", "1", {}, "correct-place"),
        ("x", "score", "1", {}, "correct-place"),
        ("1.1", "score", "1", {"unit": "Mường Chà"}, "correct-place"),
        ("1.1", "score", "một", {}, "correct-value"),
        ("1.1", "score", "-1", {}, "correct-value"),
        ("1.1", "status", "good", {}, "correct-value"),
        ("1.1", "amount", "", {}, "correct-value"),
        ("1.1", "amount.2", "1", {}, "correct-field"),
        ("1.1", "code", "1.2", {}, "correct-field"),
        ("1.1", "score.2", "1", {}, "correct-field"),
        ("", "remedy", "x", {}, "correct-field"),
        ("", "status", "ok", {}, "correct-field"),
    ],
)
def test_what_cannot_be_corrected(
    store: Store, code: str, field: str, value: str, where: dict[str, str], reason: str
) -> None:
    add(store, read())
    with pytest.raises(UsageError) as caught:
        correct(store, field, value, code, **where)
    assert caught.value.reason == reason
    assert store.corrections() == ()


def test_of_several_units_one_must_be_named(store: Store) -> None:
    several = [build_assessment(build_result("1.1"), unit=build_unit(f"Xã {n}", "commune")) for n in (1, 2)]
    add(store, build_report(*several))
    with pytest.raises(UsageError) as caught:
        correct(store, "score", "0.5")
    assert (caught.value.reason, caught.value.detail) == ("correct-several", "Xã 1 2019, Xã 2 2019")
    correct(store, "score", "0.5", unit="xã 2")
    assert result(store, assessment=1).score != result(store, assessment=0).score


def test_corrections_are_exported(store: Store, tmp_path: Path) -> None:
    add(store, read())
    assert "corrections" not in next(records(store))
    correct(store, "score", "0.75")
    (record,) = records(store)
    jsonschema.validate(record, json.loads(schema_text()))
    unit = {"name": "Tuần Giáo", "level": "district", "province": "Điện Biên", "district": None}
    assert record["corrections"] == [
        {
            "unit": unit, "year": 2019, "period": "year", "code": "1.1", "field": "score", "value": "0.75",
            "as_read": "0.6", "as_audited": "0.6", "placed": True, "by": "An", "why": "theo bản ký",
            "at": "2026-01-05T08:30:00+00:00",
        }
    ]  # fmt: skip
    assert record["assessments"][0]["results"][0]["score"] == "0.75"
    export_csv(store, tmp_path / "csv", "en")
    heading, line = (tmp_path / "csv" / "corrections.csv").read_text("utf-8-sig").splitlines()
    assert heading.endswith("Code,Field,Corrected to,As read,As audited,By,Why,At,In place")
    assert line.endswith("1.1,score,0.75,0.6,0.6,An,theo bản ký,2026-01-05T08:30:00+00:00,true")
    export_xlsx(store, tmp_path / "x.xlsx", "vi")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [row[-9].value for row in book["Sửa"].iter_rows()] == ["Mã", "1.1"]


def test_a_backup_holds_them(store: Store, tmp_path: Path) -> None:
    add(store, read())
    correct(store, "score", "0.75")
    store.backup(tmp_path / "b.zip")
    export_jsonl(store, tmp_path / "a.jsonl")
    with Store.open(tmp_path / "other.db") as other:
        other.restore(tmp_path / "b.zip")
        assert other.corrections() == store.corrections()
        export_jsonl(other, tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_the_commands(tmp_path: Path) -> None:
    db = str(tmp_path / "kho.db")
    with Store.open(db) as store:
        add(store, read())
    told = cchc("correct", "003.pdf", "1.1", "score", "0,75", "--by", "An", "--why", "theo bản ký", "--db", db)
    assert (told.code, told.err) == (0, [])
    assert told.out == ["003.pdf, 1.1, score: 0.6 -> 0.75. Left to review in this report: 0; contradictions: 0."]
    listed = cchc("corrections", "--db", db)
    assert listed.code == 0
    assert any("0.6" in line and "0.75" in line and "An" in line for line in listed.out)
    wrong = cchc("correct", "003.pdf", "9", "score", "1", "--by", "An", "--why", "x", "--db", db)
    assert wrong.code == 2
    empty = cchc("corrections", "absent.pdf", "--db", db)
    assert empty.code == 2
