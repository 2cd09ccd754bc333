"""Slips are corrected with a step, doubtful ones only proposed, right words left alone."""

from __future__ import annotations

import unicodedata

import pytest

from normalize.typos import clean_text
from normalize.value import Printed, Value
from patterns.catalogue import load_toml

TABLES = load_toml("typos")["pattern"]


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_each_entry_says_what_it_makes_of_its_examples(table: dict[str, object]) -> None:
    examples = table["examples"]
    assert isinstance(examples, list)
    assert examples
    for example in examples:
        read = clean_text(Printed(example["text"]), "reason")
        doubtful = table.get("doubtful", False)
        assert read.value == (example["text"] if doubtful else example["corrected"])
        assert len(read.steps) == 1
        assert read.steps[0].startswith(f"proposed: {table['name']}:" if doubtful else f"{table['name']}:")


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_no_entry_touches_a_counter_example(table: dict[str, object]) -> None:
    counters = table["counter_examples"]
    assert isinstance(counters, list)
    assert [clean_text(Printed(text), "reason").value for text in counters] == counters


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_what_is_corrected_stays_so(table: dict[str, object]) -> None:
    assert clean_text(Printed(str(table["replace"])), "name").value == str(table["replace"]).strip()


def test_capitals_of_the_print_are_kept() -> None:
    texts = ["THĂM ĐỊNH", "Thăm định", "Thăm Định", "thăm định"]
    assert [clean_text(Printed(text), "name").value for text in texts] == [
        "THẨM ĐỊNH",
        "Thẩm định",
        "Thẩm Định",
        "thẩm định",
    ]


def test_the_print_stays_beside_the_text() -> None:
    printed = Printed(unicodedata.normalize("NFD", "phần  đầu đạt\n100%; sát nhập"))
    assert clean_text(printed, "remedy") == Value(
        "phấn đấu đạt 100%; sát nhập",
        printed,
        "remedy",
        (
            "phấn đấu before a goal: 'phần đầu' -> 'phấn đấu'",
            "proposed: sáp nhập: 'sát nhập' -> 'sáp nhập'",
        ),
    )
