"""The slips of recognition: every rule finds its examples, leaves its counter-examples, and the search is sober."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.confusions import MOST_COST, confusable_readings, confusions
from patterns.catalogue import load_toml

TABLES: list[dict[str, Any]] = load_toml("confusions")["confusion"]


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_examples_and_counter_examples(table: dict[str, Any]) -> None:
    rules = [rule for rule in confusions() if rule.name == table["name"]]
    missed = [
        example
        for example in table["examples"]
        if example["meant"] not in {text for rule in rules for text in rule.undone(example["text"])}
    ]
    assert missed == []
    assert [text for text in table["counter_examples"] if any(list(rule.undone(text)) for rule in rules)] == []


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("0,51", "0,5/1"),
        ("05⁄1", "0,5/1"),
        ("05", "0,5"),
        ("1/15", "1/1,5"),
        ("00,5", "0/0,5"),
        ("1/86/2,5", "1,86/2,5"),
        ("0235", "0,235"),
        ("O,S", "0,5"),
        ("0,5'", "0,5"),
        ("79,42/109", "79,42/100"),
        ("B.1.2", "8.1.2"),
        ("1,4.2", "1.4.2"),
    ],
)
def test_what_was_printed_is_among_the_near_readings(read: str, printed: str) -> None:
    assert printed in [near.text for near in confusable_readings(read)]


def test_a_usual_slip_is_nearer_than_a_rare_one() -> None:
    cost = {near.text: near.cost for near in confusable_readings("0,51", most=60)}
    assert cost["0,5/1"] < cost["0,57"]


@pytest.mark.parametrize("text", ["", "-", "Phòng Nội vụ", "Điều tra xã hội học", "185/UBND-NV ngày 30/10/2020"])
def test_words_have_no_near_readings(text: str) -> None:
    assert confusable_readings(text) == ()


@given(st.text(alphabet="0123456789,./-lOSB '", max_size=10))
def test_near_readings_are_other_texts_in_order_of_cost(text: str) -> None:
    found = confusable_readings(text)
    assert text not in [near.text for near in found]
    assert list(found) == sorted(found, key=lambda near: near.cost)
    assert all(0 < near.cost <= MOST_COST for near in found)
    assert len({near.text for near in found}) == len(found)
