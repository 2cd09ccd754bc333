"""Correct readings spoilt as a reader might spoil them: the audit tells of nearly all, and of none that is correct."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from audit.check import audited
from benchmarks.adversary import correct_readings, judged, spoilt_readings

# Column for column swapped, and numbers of the parent: nothing of it may pass. The others may where a list states
# nothing that its scores must add up to; `python -m benchmarks.adversary` has the figures.
SURE = {"score and own score swapped", "score and maximum swapped", "score and deduction swapped"}


def test_columns_taken_for_each_other_are_told(tmp_path: Path) -> None:
    readings: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for name, right in correct_readings(401, 15, tmp_path):
        assert [finding for finding in audited(right).findings if finding.severity == "error"] == []
        for kind, wrong in spoilt_readings(right, random.Random(name)):
            _, review, named = judged(right, wrong)
            readings[kind] += 1
            told[kind] += review + named > 0
    assert readings.keys() >= SURE
    assert {kind: told[kind] for kind in SURE} == {kind: readings[kind] for kind in SURE}
    assert told["scores one row too low"] >= 0.9 * readings["scores one row too low"]
