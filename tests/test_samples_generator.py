"""Samples and generator: same seed same bytes, truth that closes but for planted errors, files that open."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest

from samples import write_samples
from samples.arithmetic import violations
from samples.catalogue import read_samples
from samples.render import render
from samples.truth import Truth

SAMPLES = tuple(read_samples())


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
        assert {"family", "document", "planted", "titles", "slips", "findings"} <= record.keys()
