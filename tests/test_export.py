"""The export: every line by the schema, the same bytes from every database, nothing that becomes a formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from building import (
    agency,
    build_assessment,
    build_document,
    build_report,
    build_result,
    build_unit,
    deduction,
    full_report,
    printed,
    score,
)

from load.export import export_csv, export_jsonl, export_xlsx
from load.records import records, schema_text
from load.store import Store
from normalize.codes import Code
from normalize.errors import UsageError
from normalize.records import Finding, Heading, Report, Totals

pytest_plugins = ("databases",)

SHARED = Path(__file__).parents[2] / "shared"
FORMULA = '=HYPERLINK("http://x","y")'


def fill(store: Store) -> None:
    """Documents in another order than they are exported in."""
    finding = Finding("max-minus-score", "error", "source", Code((1, 1)), "0.5", "0.4", (printed("0,4"),))
    several = [build_assessment(unit=build_unit(f"Xã {n}", "commune"), score=f"{n}.50") for n in (2, 1)]
    store.add_report(build_document("c.pdf"), full_report())
    store.add_report(build_document("b.pdf"), build_report(*several, findings=(finding,)))
    store.add_report(build_document("a.pdf", "1"), Report(Heading(), ()))
    store.add_report(build_document("a.pdf", "2"), build_report())


def test_the_schema_is_the_one_of_the_contract() -> None:
    if not SHARED.exists():
        pytest.skip("the contract to compare with is not here: ../shared is absent")
    assert json.loads(schema_text()) == json.loads((SHARED / "contract/records.schema.json").read_text("utf-8"))


def test_every_line_is_valid_and_in_order(store: Store, tmp_path: Path) -> None:
    fill(store)
    target = tmp_path / "records.jsonl"
    assert export_jsonl(store, target) == 4
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    for line in lines:
        jsonschema.validate(line, json.loads(schema_text()))
    hashes = sorted(build_document(content=content).sha256 for content in ("1", "2"))
    assert [line["source"]["file"] for line in lines] == ["a.pdf", "a.pdf", "b.pdf", "c.pdf"]
    assert [line["source"]["sha256"] for line in lines[:2]] == hashes
    assert lines == list(records(store))


def test_one_record_whole(store: Store) -> None:
    result = build_result(
        "1.10", "1.50", "1.0", "0.50", name="Kiểm tra", remedy="Đôn đốc", deadline="2020",
        deductions=(deduction("0.3", "muộn", (agency("Phòng Nội vụ", "performer"),)), deduction("0.2")),
        agencies=(agency("Phòng Nội vụ", "lead", "Phòng NV"),), doubts=("score-unclear",),
    )  # fmt: skip
    totals = Totals(score=score("79.420"))
    finding = Finding("items-sum", "error", "unknown", Code((1, 10)), "0.5", "0.4", (printed("0,4"),))
    store.add_report(
        build_document(), build_report(build_assessment(result, totals=totals), findings=(finding,), date=None)
    )

    def at(text: str) -> dict[str, object]:
        return {"page": 1, "box": [72.0, 100.5, 72.0 + 5 * len(text), 112.25], "text": text}

    none = dict.fromkeys(("max_score", "self_score", "appraised_score", "survey_score", "deducted", "index_percent"))
    assert list(records(store, words=lambda finding, lang: f"{finding.rule} {lang}")) == [
        {
            "version": 1,
            "source": {
                "file": "003.pdf", "sha256": build_document().sha256, "media": "pdf", "method": "typed", "pages": 1,
            },
            "document": {
                "number": "1356/UBND-NV", "date": None, "issuer": "UBND huyện Tuần Giáo",
                "title": "Phân tích điểm trừ Chỉ số CCHC", "kind": "Công văn",
            },
            "assessments": [
                {
                    "unit": {"name": "Tuần Giáo", "level": "district", "province": "Điện Biên", "district": None},
                    "year": 2019, "period": "year", "basis": "appraised",
                    "totals": {**none, "score": "79.42", "rank": None},
                    "results": [
                        {
                            "code": "1.10", "name": "Kiểm tra",
                            "max_score": "1.5", "self_score": None, "score": "1", "deducted": "0.5",
                            "deducted_stated": True, "survey": False,
                            "deductions": [
                                {"amount": "0.3", "reason": "muộn", "agencies": [
                                    {"name": "Phòng Nội vụ", "role": "performer", "as_written": "Phòng Nội vụ"}]},
                                {"amount": "0.2", "reason": None, "agencies": []},
                            ],
                            "agencies": [{"name": "Phòng Nội vụ", "role": "lead", "as_written": "Phòng NV"}],
                            "remedy": "Đôn đốc", "deadline": "2020", "status": "review", "confidence": None,
                            "evidence": {
                                "code": at("1.10."), "name": at("Kiểm tra"), "max_score": at("1,50"),
                                "score": at("1,0"), "deducted": at("0,50"), "remedy": at("Đôn đốc"),
                                "deadline": at("2020"), "amount": at("0,3"), "reason": at("muộn"),
                                "amount.2": at("0,2"),
                            },
                        }
                    ],
                }
            ],
            "findings": [
                {
                    "rule": "items-sum", "code": "1.10", "severity": "error", "blame": "unknown", "expected": "0.5",
                    "found": "0.4", "message": "items-sum vi", "evidence": [at("0,4")],
                }
            ],
        }
    ]  # fmt: skip


def test_a_finding_is_worded_in_both_languages_and_an_unknown_rule_too(store: Store) -> None:
    findings = (
        Finding("max-minus-score", "error", "source", Code((1,)), "0.5", "0.4"),
        Finding("rule-of-the-past", "info", "source", None, "1", "2"),
    )
    store.add_report(build_document(), build_report(findings=findings))
    vi, en = ([finding["message"] for finding in next(records(store, lang))["findings"]] for lang in ("vi", "en"))
    assert vi[0] != en[0]
    assert vi[1] == en[1] == "rule-of-the-past: expected 1, found 2"


def test_the_same_bytes_whatever_the_order_of_ingest(new_url: Callable[[], str], tmp_path: Path) -> None:
    reports = [(build_document(f"{name}.pdf"), report) for name, report in zip(
        ("Đ", "d", "a", "á", "Z"), (full_report(), build_report(), full_report(), build_report(), full_report()),
        strict=True,
    )]  # fmt: skip
    written = []
    for turn, order in enumerate((reports, reports[::-1])):
        with Store.open(new_url()) as store:
            for document, report in order:
                store.add_report(document, report)
            if turn:
                store.add_report(*reports[0], replace=True)
            target = tmp_path / f"{turn}.jsonl"
            export_jsonl(store, target)
            written.append(target.read_bytes())
    assert written[0] == written[1]
    with Store.open(tmp_path / "embedded.db") as store:
        for document, report in reports:
            store.add_report(document, report)
        export_jsonl(store, tmp_path / "embedded.jsonl")
    assert (tmp_path / "embedded.jsonl").read_bytes() == written[0]


def dangerous(store: Store) -> None:
    result = build_result(
        "1.1", "1", "0.50", name="+ Cộng", deductions=(deduction("0.5", FORMULA), deduction("0.25", "- chưa đạt"))
    )
    store.add_report(build_document("@tệp.pdf"), build_report(build_assessment(result), date=None))


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_csv_in_one_file(store: Store, tmp_path: Path) -> None:
    dangerous(store)
    target = tmp_path / "kết quả.csv"
    assert export_csv(store, target, "en") == 1
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = read_csv(target)
    place = {
        "File": "'@tệp.pdf", "Unit": "Tuần Giáo", "Level": "district", "Province": "Điện Biên", "Year": "2019",
        "Period": "year", "Basis": "appraised", "Code": "1.1", "Criterion": "'+ Cộng", "Status": "ok", "Page": "1",
    }  # fmt: skip
    flags = {"Deduction stated": "false", "Survey": "false"}
    assert [{key: value for key, value in row.items() if value} for row in rows] == [
        {"Row": "result", **place, "Maximum": "1", "Score": "0.5", **flags},
        {"Row": "deduction", **place, "Amount": "0.5", "Reason": "'" + FORMULA},
        {"Row": "deduction", **place, "Amount": "0.25", "Reason": "'- chưa đạt"},
    ]


def test_csv_in_a_folder(store: Store, tmp_path: Path) -> None:
    fill(store)
    assert export_csv(store, tmp_path / "bảng") == 4
    tables = {path.name: read_csv(path) for path in sorted((tmp_path / "bảng").iterdir())}
    assert {name: len(rows) for name, rows in tables.items()} == {
        "corrections.csv": 0, "deductions.csv": 3, "documents.csv": 4, "findings.csv": 3, "results.csv": 4,
    }  # fmt: skip
    assert [row["Cần xem lại"] for row in tables["documents.csv"]] == ["0", "0", "0", "1"]
    assert [row["Mã"] for row in tables["findings.csv"]] == ["1.1", "1.5.1", ""]
    assert tables["deductions.csv"][2]["Cơ quan chủ trì"] == "Phòng Văn hóa và Thông tin"


def test_a_workbook(store: Store, tmp_path: Path) -> None:
    dangerous(store)
    target = tmp_path / "tổng hợp.xlsx"
    assert export_xlsx(store, target) == 1
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Văn bản", "Kết quả", "Điểm trừ", "Phát hiện", "Sửa"]
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    titles, loss, *_ = book["Điểm trừ"].iter_rows()
    cell_under = {title.value: cell for title, cell in zip(titles, loss, strict=True)}
    amount, reason = cell_under["Điểm trừ từng lỗi"], cell_under["Lý do"]
    assert (amount.value, amount.data_type, amount.number_format) == (0.5, "n", "0.00##")
    assert (reason.value, reason.data_type, reason.quotePrefix) == (FORMULA, "s", True)


def test_a_workbook_takes_any_text(store: Store, tmp_path: Path) -> None:
    result = build_result("1.1", name="chữ \x07 lạ", remedy="a" * 40_000)
    store.add_report(build_document(), build_report(build_assessment(result)))
    export_xlsx(store, tmp_path / "x.xlsx", "en")
    row = list(openpyxl.load_workbook(tmp_path / "x.xlsx")["Results"].iter_rows(values_only=True))[1]
    assert "chữ \ufffd lạ" in row
    assert "a" * 32_766 + "…" in row


def test_a_target_that_cannot_be_written(store: Store, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("in the way")
    for export, name in ((export_jsonl, "absent/x.jsonl"), (export_xlsx, "absent/x.xlsx"), (export_csv, "tệp/csv")):
        with pytest.raises(UsageError) as caught:
            export(store, tmp_path / name)
        assert caught.value.reason == "export-target"


def test_an_export_that_fails_leaves_the_old_file(store: Store, tmp_path: Path) -> None:
    store.add_report(build_document(), build_report(findings=(Finding("x", "info", "source"),)))
    target = tmp_path / "records.jsonl"
    target.write_text("yesterday")

    def fails(_finding: Finding, _lang: str) -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export_jsonl(store, target, words=fails)
    assert target.read_text() == "yesterday"
    assert not list(tmp_path.glob(".cchc-*"))
