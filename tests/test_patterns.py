"""Every pattern finds its examples, leaves its counter-examples, and keeps out of its neighbours' way."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from patterns.catalogue import Pattern, load_toml, pattern, pattern_files, patterns

ALL = [(file, each) for file in pattern_files() for each in patterns(file)]
IDS = [f"{file}: {each.name}" for file, each in ALL]


@pytest.mark.parametrize(("file", "rule"), ALL, ids=IDS)
def test_examples_and_counter_examples(file: str, rule: Pattern) -> None:
    assert rule.examples, f"patterns/{file}.toml: {rule.name} has no example"
    assert [example.text for example in rule.examples if not rule.finds(example)] == []
    assert [text for text in rule.counter_examples if rule.search(text)] == []


def rivals(file: str, rule: Pattern) -> list[Pattern]:
    """The patterns that must not match the examples of this one."""
    kin = [each for each in patterns(file) if each.kind == rule.kind]
    if rule.kind in load_toml(file).get("exclusive", []):
        return kin
    return kin[: kin.index(rule)] if rule.kind in load_toml(file).get("ordered", []) else []


RIVALLED = [(file, rule) for file, rule in ALL if rivals(file, rule)]


@pytest.mark.parametrize(("file", "rule"), RIVALLED, ids=[f"{file}: {rule.name}" for file, rule in RIVALLED])
def test_an_example_fits_the_patterns_meant_and_no_other(file: str, rule: Pattern) -> None:
    others = {
        (example.text, each.name)
        for example in rule.examples
        for each in rivals(file, rule)
        if each.search(example.text) and each.name not in {rule.name, *rule.also}
    }
    assert others == set()


@pytest.mark.parametrize(
    "name", sorted(entry.name for entry in files("patterns").iterdir() if entry.name.endswith(".toml"))
)
def test_data_is_composed_unicode(name: str) -> None:
    text = files("patterns").joinpath(name).read_text(encoding="utf-8")
    tomllib.loads(text)
    assert not any("\u0300" <= char <= "\u0323" for char in text)


def test_a_pattern_is_found_by_its_name_in_one_file_only() -> None:
    assert pattern("points", "scores") is pattern("points", "scores")
    with pytest.raises(KeyError, match="0 patterns"):
        pattern("no such pattern")
    with pytest.raises(FileNotFoundError):
        load_toml("no such file")
