"""The three real reports beside the checkout, against their gold records: every form that needs no recognition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from benchmarks.scoring import score_record
from cchc.pipeline import process_file
from load.reading import StoredReport
from load.records import record, schema_text

SHARED = Path(__file__).parents[2] / "shared"
REPORTS = SHARED / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.exists(), reason="../shared is absent")
TYPED = [f"{report}.{form}" for report in ("000", "001", "003") for form in ("txt", "docx", "pdf")]


def read(name: str) -> dict[str, Any]:
    processed = process_file(REPORTS / name)
    assert processed.document is not None, processed.entry
    assert processed.report is not None
    document = processed.document
    stored = StoredReport(
        document.file, document.sha256, document.media, document.method, document.page_count, processed.report
    )
    return record(stored, "en")


@pytest.mark.parametrize("name", TYPED)
def test_a_typed_report_is_read_as_its_gold_record_says(name: str) -> None:
    made = read(name)
    gold = json.loads((SHARED / "contract/gold" / f"{name.split('.')[0]}.json").read_text(encoding="utf8"))
    tally = score_record(made, gold)
    # The gold keeps the slip "truyền tuyên" in one reason; the normalised text corrects it.
    known = [note for note in tally.wrong if "truyền tuyên" in note]
    assert [note for note in tally.wrong if note not in known] == []
    assert len(known) == (1 if name.startswith("001") else 0)
    assert tally.extra.total() == 0
    assert tally.silent == 0
    assert {result["status"] for item in made["assessments"] for result in item["results"]} == {"ok"}
    jsonschema.validate(made, json.loads(schema_text()))


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("000", []),
        ("001", [("deadline-before-plan", "4.2"), ("wrong-domain", "5.4.3.4")]),
    ],
)
def test_the_findings_of_a_real_report(report: str, expected: list[tuple[str, str]]) -> None:
    for form in ("txt", "docx", "pdf"):
        found = sorted((finding["rule"], finding["code"]) for finding in read(f"{report}.{form}")["findings"])
        assert found == expected, form


def test_every_page_of_a_number_is_told() -> None:
    made = read("003.pdf")
    pages = {
        evidence["page"]
        for item in made["assessments"]
        for result in item["results"]
        for evidence in result["evidence"].values()
    }
    assert pages == {1, 2, 3, 4, 5, 6}
