"""Of which level the units of a table are, as its caption, its heading, or a row that opens a group tells."""

from __future__ import annotations

import regex

from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from extract.tables.stitching import StitchedTable
from normalize.records import Level
from normalize.text import plain

# Titles are matched without marks, which recognition loses first.
_LEVELS: tuple[tuple[regex.Pattern[str], Level], ...] = (
    (regex.compile(r"\bso,? (?:ban,? )?nganh\b|\bco quan chuyen mon\b|^cac so(?:$|[,;])"), "department"),
    (regex.compile(r"\bcac xa\b|\bcap xa\b|\bxa, (?:phuong|thi tran)\b|\bphuong, (?:xa|thi tran)\b"), "commune"),
    (regex.compile(r"\bcac huyen\b|\bcap huyen\b|\bhuyen, (?:thi xa|thanh pho|tp)\b|^(?:ten )?huyen$"), "district"),
)


def level_at_first(table: StitchedTable, columns: Columns, column: int) -> Level | None:
    """The level that the heading of the units, or else the caption right above the table, speaks of."""
    captions = [_level_named(paragraph.text) for paragraph in table.caption[-2:]]
    return _level_named(columns.labels[column]) or next((level for level in reversed(captions) if level), None)


def level_of_group(row: Row, text: str) -> Level | None:
    """A row that opens a group of units: "I. CÁC SỞ, BAN, NGÀNH", "UBND CÁC HUYỆN"."""
    return None if sum(1 for _ in row.filled()) > 2 else _level_named(text)


def _level_named(text: str) -> Level | None:
    bare = plain(text)
    found = {level for pattern, level in _LEVELS if pattern.search(bare)}
    return found.pop() if len(found) == 1 else None
