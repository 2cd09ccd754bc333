"""The samples: every number right, every planted mistake found, no finding that none explains."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.accuracy import corpus, measured
from samples import write_samples


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("samples")
    write_samples(target)
    return target


def test_every_sample_is_read_as_its_truth_says(folder: Path) -> None:
    rows = measured(list(corpus(folder)))
    assert {"docx", "txt"} <= set(rows)
    for form, row in rows.items():
        assert row.unread == [], form
        wrong = [note for note in row.tally.wrong if not note.startswith("header")]
        assert wrong == [], form
        assert row.tally.extra == Counter(dict.fromkeys(row.tally.extra, 0)), form
        assert (row.tally.silent, row.found, row.false_findings) == (0, row.planted, 0), form
