"""The one table of misreadings: every rule finds its examples, leaves its counter-examples; words are left alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.confusions import confusions, texts_before
from patterns.catalogue import load_toml

TABLES: list[dict[str, Any]] = load_toml("confusions")["confusion"]


@pytest.mark.parametrize("table", TABLES, ids=[table["name"] for table in TABLES])
def test_examples_and_counter_examples(table: dict[str, Any]) -> None:
    rules = [rule for rule in confusions() if rule.name == table["name"]]
    missed = [
        example
        for example in table["examples"]
        if example["printed"] not in {text for rule in rules for text in rule.undone(example["read"])}
    ]
    assert missed == []
    assert [text for text in table["counter_examples"] if any(list(rule.undone(text)) for rule in rules)] == []


def test_each_rule_has_a_name_of_its_own_a_share_and_examples() -> None:
    names = [table["name"] for table in TABLES]
    assert len(set(names)) == len(names)
    assert all(table["examples"] and table["counter_examples"] and 0 < table["share"] < 1 for table in TABLES)


@pytest.mark.parametrize("text", ["", "-", "Phòng Nội vụ", "Điều tra xã hội học"])
def test_words_are_no_misread_numerals(text: str) -> None:
    assert list(texts_before(text)) == []


@given(st.text(alphabet="0123456789,./-lOSB '", max_size=10))
def test_one_confusion_changes_one_sign(text: str) -> None:
    for before, share in texts_before(text):
        assert before != text
        assert abs(len(before) - len(text)) <= 1
        assert 0 < share < 1
