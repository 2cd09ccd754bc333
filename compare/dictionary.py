"""The data dictionary (dictionary.toml): the columns of frames and tidy files, their types, units and meaning."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from load.records import Language

# What a type is in a frame, and in the schema of a data package.
DTYPES = {
    "string": "string",
    "integer": "Int64",
    "year": "Int64",
    "boolean": "boolean",
    "decimal": "object",
    "share": "Float64",
}
FRICTIONLESS = {
    **dict.fromkeys(("decimal", "share"), "number"),
    "integer": "integer",
    "year": "year",
    "boolean": "boolean",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its `type` is a key of DTYPES."""

    name: str
    type: str
    vi: str
    en: str

    @property
    def dtype(self) -> str:
        return DTYPES[self.type]

    def meaning(self, lang: Language) -> str:
        return self.vi if lang == "vi" else self.en


@cache
def _data() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(files("compare").joinpath("dictionary.toml").read_text(encoding="utf8"))


def tables() -> tuple[str, ...]:
    """The names of all tables."""
    return tuple(_data()["tables"])


def table_meaning(table: str, lang: Language) -> str:
    return str(_data()["tables"][table][lang])


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in order; KeyError for an unknown one.

    >>> [column.name for column in columns("agencies")]
    ['agency', 'points', 'losses', 'shared', 'years']
    """
    data = _data()
    own, common = data.get(table, {}), data["common"]
    return tuple(
        Column(name, **(own[name] if name in own else common[name])) for name in data["tables"][table]["columns"]
    )


def dictionary_markdown() -> str:
    """The dictionary as docs/DATA.md shows it: a table for each table."""
    parts = []
    for table in tables():
        rows = [f"| `{one.name}` | {one.type} | {one.en} | {one.vi} |" for one in columns(table)]
        head = ["| column | type | meaning | ý nghĩa |", "|---|---|---|---|"]
        parts.append("\n".join([f"## `{table}`", "", f"{table_meaning(table, 'en')}.", "", *head, *rows]))
    return "\n\n".join(parts) + "\n"
