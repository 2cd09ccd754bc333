"""Samples and generator: same seed same bytes, truth that closes but for planted errors, files that open."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import jsonschema
import pdfplumber
import pytest

from samples import write_samples
from samples.arithmetic import violations
from samples.catalogue import read_samples
from samples.generator import FAMILIES, compose, generate
from samples.layout import Cell, Grid, PageBreak, Para, Sheet
from samples.render import missing, render
from samples.truth import Truth

SAMPLES = tuple(read_samples())
DECIMAL = {"type": ["string", "null"], "pattern": r"^[0-9]+(\.[0-9]+)?$"}
RESULT = {
    "type": "object",
    "required": ["code", "name", "max_score", "self_score", "score", "deducted", "deductions", "agencies", "survey"],
    "properties": {
        "code": {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)*$"},
        **dict.fromkeys(("max_score", "self_score", "score", "deducted"), DECIMAL),
        "deductions": {"items": {"required": ["amount", "reason"], "properties": {"amount": DECIMAL}}},
        "agencies": {"items": {"required": ["name", "role", "checked"]}},
    },
}
ASSESSMENT = {
    "required": ["unit", "level", "province", "year", "period", "basis", "totals"],
    "properties": {
        "level": {"enum": ["province", "district", "commune", "department"]},
        "period": {"enum": ["year", "6m", "9m"]},
        "basis": {"enum": ["appraised", "self"]},
        "results": {"items": RESULT},
    },
}
TRUTH = {
    "type": "object",
    "required": ["family", "document", "planted", "titles", "slips", "findings"],
    "oneOf": [{"required": ["assessment", "results"]}, {"required": ["assessments"]}],
    "properties": {
        "assessment": ASSESSMENT,
        "results": {"items": RESULT},
        "assessments": {"items": ASSESSMENT},
        "planted": {"items": {"required": ["rule", "kind", "code", "expected", "found", "assessment", "also"]}},
    },
}
NO_PDF = missing("pdf")
NO_SCAN = missing("scan")
ONE_PAGE = Sheet((Para("Đạt 9,5/10 điểm", bold=True), Grid((1.0, 1.0), ((Cell("1.1"), Cell("0,75/1")),))))


def planted_violations(truth: Truth) -> set[tuple[int, str, str]]:
    """Every constraint that the planted errors of a truth say they break."""
    named: set[tuple[int, str, str]] = set()
    for one in truth.planted:
        named.add((one.assessment, one.rule, one.code or ""))
        for entry in one.also:
            rule, _, code = entry.partition(" ")
            named.add((one.assessment, rule, code))
    return named


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.truth.name)
def test_the_sums_of_a_sample_close_but_for_its_planted_errors(sample: Any) -> None:
    assert violations(sample.truth) == planted_violations(sample.truth)


def test_the_samples_cover_the_families_two_provinces_and_three_years() -> None:
    marks = [one for sample in SAMPLES for one in sample.truth.assessments]
    assert {sample.truth.family for sample in SAMPLES} == set("ABCDEFGH")
    assert {one.province for one in marks} == {"Phú Yên", "Bắc Kạn"}
    assert {one.year for one in marks} == {2021, 2022, 2023}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.truth.name)
def test_every_docx_sample_opens_and_is_the_same_twice(sample: Any) -> None:
    content = render(sample.sheet, "docx")
    assert content is not None
    assert content == render(sample.sheet, "docx")
    docx.Document(io.BytesIO(content))


def test_the_samples_are_written_with_their_truth(tmp_path: Path) -> None:
    written = write_samples(tmp_path, ("txt",))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)
    for sample in SAMPLES:
        record = json.loads((tmp_path / f"{sample.truth.name}.json").read_text(encoding="utf-8"))
        jsonschema.validate(record, TRUTH)


@pytest.mark.skipif(NO_PDF is not None, reason=str(NO_PDF))
@pytest.mark.parametrize("sample", [one for one in SAMPLES if "pdf" in one.formats], ids=lambda one: one.truth.name)
def test_every_pdf_sample_opens_with_its_letters(sample: Any) -> None:
    content = render(sample.sheet, "pdf")
    assert content is not None
    assert content == render(sample.sheet, "pdf")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert "hành chính" in " ".join(page.extract_text() for page in pdf.pages).lower()


@pytest.mark.parametrize("family", FAMILIES)
def test_generated_truth_closes_but_for_what_was_planted(family: str) -> None:
    for number in range(12):
        made = compose(f"closing/{number}", family, "x")
        assert violations(made.truth) == planted_violations(made.truth), number
        jsonschema.validate(made.truth.record(), TRUTH)


@pytest.mark.parametrize("family", FAMILIES)
def test_no_errors_are_planted_unless_asked_for(family: str) -> None:
    for number in range(4):
        made = compose(f"clean/{number}", family, "x", planted_errors=False)
        assert (made.truth.planted, violations(made.truth)) == ((), set())


def test_one_seed_gives_the_same_files_and_another_others(tmp_path: Path) -> None:
    formats = ("txt", "docx", "pdf")
    first = generate(7, 8, tuple(FAMILIES), formats, tmp_path / "a")
    again = generate(7, 8, tuple(FAMILIES), formats, tmp_path / "b")
    other = generate(8, 8, tuple(FAMILIES), formats, tmp_path / "c")
    assert first == again
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()
    }
    assert [truth.assessments for truth in first] != [truth.assessments for truth in other]


def test_every_generated_format_opens() -> None:
    made = compose("opens", "E", "x")
    word = render(made.sheet, "docx")
    assert word is not None
    assert docx.Document(io.BytesIO(word)).tables
    if NO_PDF is None:
        typed = render(made.sheet, "pdf")
        assert typed is not None
        with pdfplumber.open(io.BytesIO(typed)) as pdf:
            assert pdf.pages[0].extract_tables()


@pytest.mark.skipif(NO_SCAN is not None, reason=str(NO_SCAN))
@pytest.mark.parametrize("grade", ["clean", "office", "copy", "poor"])
def test_a_scan_is_a_picture_without_text_and_the_same_twice(grade: Any) -> None:
    from samples.render_scan import render_scan

    content = render_scan(ONE_PAGE, "seed", "scan", grade)
    assert content is not None
    assert content == render_scan(ONE_PAGE, "seed", "scan", grade)
    assert content != render_scan(ONE_PAGE, "other", "scan", grade)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert [(page.chars, len(page.images)) for page in pdf.pages] == [([], 1)]


@pytest.mark.skipif(NO_SCAN is not None, reason=str(NO_SCAN))
def test_pictures_open_in_their_formats() -> None:
    from PIL import Image

    for media, kind in (("tiff", "TIFF"), ("png", "PNG")):
        content = render(ONE_PAGE, media, "seed")
        assert content is not None
        with Image.open(io.BytesIO(content)) as image:
            assert image.format == kind
    two_pages = Sheet((*ONE_PAGE.blocks, PageBreak(), *ONE_PAGE.blocks))
    assert render(two_pages, "png", "seed") is None


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(LookupError, match="unknown format: xyz"):
        render(ONE_PAGE, "xyz")


def test_an_unknown_family_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="unknown families: Z"):
        generate(1, 1, ("Z",), ("txt",), tmp_path)
