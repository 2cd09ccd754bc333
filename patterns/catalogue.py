"""Loads the TOML files of this package: tables of data, and patterns with their examples.

A pattern file is a list of `[[pattern]]` tables:

    [[pattern]]
    name = "points"                   # what a value records as the rule that matched
    kind = "score"                    # optional; patterns of a kind are alternatives (default: the file's name)
    regex = '''(?x) ^ (?<value> ...) $'''
    examples = [{ text = "0,4 đ", value = "0,4" }]
    counter_examples = ["17/19 xã"]
    also = ["other"]                  # optional; patterns of the same kind meant to match these examples too

The `value` of an example is what the group "value" (where there is none, the whole match) holds, or a table of groups;
it may be left out. A file may name the kinds of which an example fits no other pattern, `exclusive = ["score"]`, and
the kinds of which it fits none that stands before, `ordered = ["refused"]`.

Regular expressions are of the `regex` package, version 1 behaviour without full case-folding (no letter of Vietnamese
has one, and a pattern compiles twice as fast); other flags stand inside, as `(?xi)`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from regex import Match


@dataclass(frozen=True, slots=True)
class Example:
    """A text a pattern must match, and what the match must hold: the value, or named groups, or nothing to check."""

    text: str
    value: str | None = None
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern with its examples. `kind` names the alternatives it belongs to."""

    name: str
    kind: str
    regex: regex.Pattern[str]
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()

    def search(self, text: str) -> Match[str] | None:
        return self.regex.search(text)

    def finds(self, example: Example) -> bool:
        """Whether the pattern matches an example and holds what the example says."""
        match = self.search(example.text)
        if match is None:
            return False
        found = match["value"] if "value" in self.regex.groupindex else match[0]
        return (example.value is None or found == example.value) and all(
            match[group] == value for group, value in example.groups
        )


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The data of `patterns/<name>.toml`, shared: do not edit it. FileNotFoundError where there is no such file."""
    return tomllib.loads(files("patterns").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def patterns(name: str) -> tuple[Pattern, ...]:
    """The patterns of `patterns/<name>.toml` in the file's order.

    ValueError, naming the pattern, for a name used twice or a regular expression that does not compile.
    """
    found: dict[str, Pattern] = {}
    for table in load_toml(name).get("pattern", []):
        pattern = _pattern(name, table)
        if pattern.name in found:
            raise ValueError(f"patterns/{name}.toml: {pattern.name!r} stands twice")
        found[pattern.name] = pattern
    return tuple(found.values())


@cache
def pattern(name: str, file: str | None = None) -> Pattern:
    """The pattern of this name, of one file or of any. KeyError where there is none or several files have it."""
    places = [file] if file else pattern_files()
    found = [each for place in places for each in patterns(place) if each.name == name]
    if len(found) != 1:
        raise KeyError(f"{len(found)} patterns are named {name!r}")
    return found[0]


def pattern_files() -> tuple[str, ...]:
    """The names of the files that hold patterns, sorted."""
    names = sorted(entry.name[:-5] for entry in files("patterns").iterdir() if entry.name.endswith(".toml"))
    return tuple(name for name in names if "pattern" in load_toml(name))


def _pattern(file: str, table: dict[str, Any]) -> Pattern:
    try:
        compiled = regex.compile("(?-f)" + table["regex"], regex.VERSION1)
    except regex.error as error:
        raise ValueError(f"patterns/{file}.toml: {table['name']!r}: {error}") from error
    return Pattern(
        name=table["name"],
        kind=table.get("kind", file),
        regex=compiled,
        examples=tuple(_example(example) for example in table.get("examples", [])),
        counter_examples=tuple(table.get("counter_examples", [])),
        also=frozenset(table.get("also", [])),
    )


def _example(data: str | dict[str, Any]) -> Example:
    if isinstance(data, str):
        return Example(data)
    value = data.get("value")
    if isinstance(value, dict):
        return Example(data["text"], None, tuple(value.items()))
    return Example(data["text"], None if value is None else str(value))
