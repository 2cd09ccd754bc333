"""Tables with one column a unit beside the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.code_column import coded_rows
from extract.tables.column_roles import Columns, contents_of
from extract.tables.grid import Row
from extract.tables.named_unit import is_summary_row, unit_of
from extract.tables.rank_cell import rank_of
from extract.tables.row_numbers import percent_of
from extract.tables.rows import read_rows
from extract.tables.stitching import StitchedTable
from extract.tables.unit_reading import Context, UnitReading
from normalize.records import Totals, Unit
from normalize.text import fold
from patterns.columns import roles_of, whole_words

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
    strangers = _strangers(table, columns, context, units, groups)
    for heading, numbers in strangers.items():
        level = next(iter(units.values())).level
        units[heading], groups[heading] = Unit(whole_words(heading), level, context.province), numbers
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
        doubts = ("unit-by-likeness",) if heading in alike else ("unit-unknown",) if heading in strangers else ()
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


def _strangers(
    table: StitchedTable, columns: Columns, context: Context, units: dict[str, Unit], groups: dict[str, list[int]]
) -> dict[str, list[int]]:
    """Headings no register knows, in a line with names of units and over as many numbers: units as well, in doubt."""
    taken = {column for numbers in groups.values() for column in numbers}
    lines = {at for at, row in enumerate(table.header) for c in taken if (t := row.cell(c)) and t.text in groups}
    if len(lines) != 1 or len({unit.level for unit in units.values()}) > 1:
        return {}
    line = table.header[lines.pop()]
    contents = contents_of(table.body, table.columns)
    least = 0.8 * min(contents[column].numbers for column in taken)
    of_criteria = (columns.code, columns.name, columns.ordinal, columns.max_score, columns.domain)
    first = max(column for column in of_criteria if column is not None) + 1
    found: dict[str, list[int]] = {}
    for column in range(first, table.columns):
        cell = line.cell(column)
        text = "" if cell is None else cell.text
        if column in taken or not _may_name_unit(text) or contents[column].percents:
            continue
        if contents[column].numbers >= least:
            found.setdefault(text, []).append(column)
    return found


def _may_name_unit(text: str) -> bool:
    named = whole_words(text)
    return named[:1].isupper() and len(named) <= 80 and not roles_of(text) and not is_summary_row(text)


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
