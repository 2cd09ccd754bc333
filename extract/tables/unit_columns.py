"""Tables with one column a unit beside the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.code_column import coded_rows
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from extract.tables.named_unit import unit_of
from extract.tables.rank_cell import rank_of
from extract.tables.row_numbers import percent_of
from extract.tables.rows import read_rows
from extract.tables.stitching import StitchedTable
from extract.tables.unit_reading import Context, UnitReading
from normalize.records import Totals, Unit
from normalize.text import fold
from patterns.columns import roles_of

# doubts about columns that the names of units over them settle
_SETTLED = ("score-without-known-heading", "several-pair-columns", "several-self-columns", "unread-column")
_RANK_ROW = regex.compile(r"^(?:xếp (?:hạng|thứ)|thứ hạng|vị thứ|hạng)\b")
_INDEX_ROW = regex.compile(r"^(?:chỉ số|tỷ lệ|par ?index)\b")


def read_unit_columns(table: StitchedTable, columns: Columns, context: Context) -> tuple[UnitReading, ...]:
    """One assessment a column where the headings over the numbers name units; empty for any other table."""
    if columns.code is None:
        return ()
    units, groups = _named_columns(table, columns, context)
    if len(groups) < 2 or _are_appraisers(columns, units, groups):
        return ()
    alike = _misread_columns(table, columns, context, units, groups)
    for heading, (unit, column) in alike.items():
        units[heading], groups[heading] = unit, [column]
    groups = dict(sorted(groups.items(), key=lambda item: item[1]))
    coded = coded_rows(table.body, columns)
    if sum(entry.code is not None for entry in coded) < 2:
        return ()
    below = [entry.row for entry in coded if entry.code is None]
    found = []
    for heading, numbers in groups.items():
        roles = {column: _role(_under(table, column, heading)) for column in numbers}
        scores = tuple(c for c, role in roles.items() if role in ("score", "round1", "round2"))[-1:]
        own = replace(
            columns,
            self_score=next((c for c, role in roles.items() if role == "self_score"), None),
            scores=scores,
            rivals=False,
            unknown=(),
            doubts=tuple(doubt for doubt in columns.doubts if doubt not in _SETTLED),
            deducted=next((c for c, role in roles.items() if role == "deducted"), None),
            pair=None,
        )
        reading = read_rows(table, own, units[heading].level)
        totals = _with_rank(reading.totals, below, columns, scores[-1] if scores else numbers[-1])
        doubts = ("unit-by-likeness",) if heading in alike else ()
        found.append(UnitReading(units[heading], replace(reading, totals=totals), doubts))
    return tuple(found)


def _named_columns(
    table: StitchedTable, columns: Columns, context: Context
) -> tuple[dict[str, Unit], dict[str, list[int]]]:
    """The units that headings name, and the columns under each."""
    groups: dict[str, list[int]] = {}
    units: dict[str, Unit] = {}
    for column in range(table.columns):
        if column in (columns.code, columns.name, columns.max_score, columns.ordinal):
            continue
        for row in table.header:
            cell = row.cell(column)
            if cell is None or not cell.text.strip() or roles_of(cell.text):
                continue
            unit = unit_of(cell.text, context.province, context.level, context.at)
            if unit is not None and unit.level != "province":
                groups.setdefault(cell.text, []).append(column)
                units[cell.text] = unit
                break
    return units, groups


def _misread_columns(
    table: StitchedTable, columns: Columns, context: Context, units: dict[str, Unit], groups: dict[str, list[int]]
) -> dict[str, tuple[Unit, int]]:
    """The units whose recognised headings are like one name alone, among columns that name units."""
    level = context.level or next((unit.level for unit in units.values() if unit.level), "district")
    taken = {column for numbers in groups.values() for column in numbers}
    names = {unit.name for unit in units.values()}
    found: dict[str, tuple[Unit, int]] = {}
    for column in range(min(taken), table.columns):
        for row in table.header if column not in taken else ():
            cell = row.cell(column)
            if cell is None or cell.confidence is None or not cell.text.strip() or roles_of(cell.text):
                continue
            unit = unit_of(cell.text, context.province, level, context.at, loose=True)
            if unit is not None and unit.level != "province" and unit.name not in names:
                found[cell.text] = unit, column
                names.add(unit.name)
                break
    return found


def _are_appraisers(columns: Columns, units: dict[str, Unit], groups: dict[str, list[int]]) -> bool:
    """Departments over columns of numbers beside another score are those who appraised, not those assessed."""
    inside = {column for numbers in groups.values() for column in numbers}
    beside = {columns.self_score, columns.pair, *columns.scores} - {None} - inside
    return bool(beside) and all(unit.level == "department" for unit in units.values())


def _role(label: str) -> str:
    return max(roles_of(label), key=lambda item: item[1], default=("score", 0))[0]


def _under(table: StitchedTable, column: int, heading: str) -> str:
    texts = [cell.text for row in table.header if (cell := row.cell(column)) is not None and cell.text != heading]
    return " ".join(texts)


def _with_rank(totals: Totals, rows: Sequence[Row], columns: Columns, column: int) -> Totals:
    """The totals with the rank and the index that stand in rows of their own below the criteria."""
    for row in rows:
        titles = [fold(cell.text) for number, cell in row.filled() if number < column and number != columns.max_score]
        if any(_RANK_ROW.match(title) for title in titles):
            totals = replace(totals, rank=rank_of(row.printed(column)) or totals.rank)
        elif any(_INDEX_ROW.match(title) for title in titles):
            totals = replace(totals, index_percent=percent_of(row.printed(column)) or totals.index_percent)
    return totals
