"""Misreadings by another model than that of the costs: what is repaired is right, what is accepted is right."""

from __future__ import annotations

import pytest

from benchmarks.repairs import Tally, judge


@pytest.mark.parametrize("part", range(3))
def test_no_repair_and_no_silence_is_wrong(part: int) -> None:
    """Twelve reports a part; `python -m benchmarks.repairs` goes on until 500 repairs are made."""
    tally = Tally()
    for number in range(12):
        judge(tally, f"test/{part}/{number}")
    assert (tally.wrong, tally.silent) == (0, 0)
    assert tally.right > 10
