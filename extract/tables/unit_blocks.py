"""Tables that hold the criteria of several units one below the other.

Two habits: a column names the unit of each block of rows, merged over them or once at the top ("Đơn vị | Tiêu chí |
Điểm trừ"); or a row of its own opens the block ("II. UBND xã Ia Hrung"), often with the unit's totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extract.tables.code_column import coded_rows
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from extract.tables.named_unit import unit_of
from extract.tables.rows import TableReading, read_rows
from extract.tables.stitching import StitchedTable
from extract.tables.total_rows import is_total_row, read_totals
from extract.tables.unit_reading import Context, UnitReading
from normalize.codes import Code
from normalize.records import Totals, Unit

_SHARED = 0.2  # of the criteria stand under two units or more, where units are assessed and not only told what to do
_LEAST = 2
_LABEL = regex.compile(
    r"^\s*(?:(?:[IVX]{1,5}|\d{1,3}|[A-HĐ])\s*[.):/-]\s*)?(?:[-+*•]\s*)?(?:(?:tên )?(?:đơn vị|cơ quan)\s*:\s*)?",
    regex.IGNORECASE,
)
_SAID = regex.compile(r"\s*[(:].*$", regex.DOTALL)


@dataclass(slots=True)
class _Block:
    unit: Unit
    title: Row | None
    rows: list[Row]


def read_unit_blocks(table: StitchedTable, columns: Columns, context: Context) -> tuple[UnitReading, ...]:
    """One assessment a block of rows; empty for a table whose rows are those of one unit."""
    if columns.code is None:
        return ()
    for blocks, titled in ((_by_column(table, columns, context), False), (_by_titles(table, columns, context), True)):
        held = _held(blocks, columns)
        # a ranking has one row a unit, numbered as it stands there, and no criteria
        if len({block.unit for block in blocks}) < 2 or sum(len(code.parts) > 1 for code in held) < _LEAST:
            continue
        shared = sum(count > 1 for count in held.values())
        leading = columns.unit is not None and columns.unit < columns.code
        alone = shared < _SHARED * len(held)
        if not titled and not leading and context.level is None:
            continue  # "Đơn vị" behind the criteria of one unit: who must act
        if alone and (titled or context.level is None or not leading):
            continue
        return tuple(_read(table, block, columns) for block in _joined(blocks))
    return ()


def _by_column(table: StitchedTable, columns: Columns, context: Context) -> list[_Block]:
    """The blocks of a column of units, each named at its top or in every row."""
    column = columns.unit
    if column is None or column == columns.name:
        return []
    texts = [text for row in table.body if (text := row.text(column))]
    named = [unit_of(text, context.province, context.level, context.at) for text in texts]
    if sum(unit is not None for unit in named) < 0.6 * len(texts):
        return []
    blocks: list[_Block] = []
    for row in table.body:
        if is_total_row(row, columns):
            continue
        text = row.text(column)
        unit = unit_of(text, context.province, context.level, context.at) if text else None
        if text and unit is None:
            unit = Unit(text, context.level, context.province)
        if unit is not None and (not blocks or blocks[-1].unit != unit):
            blocks.append(_Block(unit, None, []))
        if blocks:
            blocks[-1].rows.append(row)
    return blocks


def _by_titles(table: StitchedTable, columns: Columns, context: Context) -> list[_Block]:
    """The blocks of rows that stand under a row with the name of a unit."""
    blocks: list[_Block] = []
    for row in table.body:
        unit = _titled(row, columns, context)
        if unit is not None:
            blocks.append(_Block(unit, row, []))
        elif blocks:
            blocks[-1].rows.append(row)
        elif any(len(entry.code.value.parts) > 1 for entry in coded_rows([row], columns) if entry.code):
            return []  # criteria before the first unit: whose are they?
    return [block for block in blocks if block.rows]


def _titled(row: Row, columns: Columns, context: Context) -> Unit | None:
    """The unit that a row of its own names, with its kind before it: "UBND xã Ia Grai", "II. Sở Tư pháp"."""
    if any(entry.code is not None and len(entry.code.value.parts) > 1 for entry in coded_rows([row], columns)):
        return None  # a criterion: "Ban hành kế hoạch" is no department
    texts = [cell.text for number, cell in row.filled() if number in (columns.code, columns.name, 0, 1)]
    words = [text for text in texts if sum(map(str.isalpha, text)) > 3]
    if len(words) != 1 or len(words[0]) > 90:
        return None
    bare = _SAID.sub("", _LABEL.sub("", words[0], count=1))
    unit = unit_of(bare, context.province, context.level, context.at)
    if unit is None or unit.level in (None, "province"):
        return None
    kinded = unit.level == "department" or (unit.name or "").casefold() != bare.strip().casefold()
    return unit if kinded else None


def _held(blocks: Sequence[_Block], columns: Columns) -> Counter[Code]:
    """The criteria of all blocks, with the number of blocks that hold each."""
    held: Counter[Code] = Counter()
    for block in blocks:
        held.update({entry.code.value for entry in coded_rows(block.rows, columns) if entry.code is not None})
    return held


def _joined(blocks: Sequence[_Block]) -> list[_Block]:
    """One block a unit: a unit named again after others goes on with its rows."""
    found: dict[Unit, _Block] = {}
    for block in blocks:
        before = found.setdefault(block.unit, _Block(block.unit, block.title, []))
        before.rows.extend(block.rows)
    return list(found.values())


def _read(table: StitchedTable, block: _Block, columns: Columns) -> UnitReading:
    own = replace(table, body=tuple(block.rows))
    reading = read_rows(own, replace(columns, unit=None), block.unit.level)
    totals = Totals() if block.title is None else read_totals(block.title, columns)
    return UnitReading(block.unit, _with_totals(reading, totals))


def _with_totals(reading: TableReading, totals: Totals) -> TableReading:
    """The reading with the totals of its title; those of a total row of its own come first."""
    stated = {name: value for name in Totals.__slots__ if (value := getattr(reading.totals, name)) is not None}
    return replace(reading, totals=replace(totals, **stated))
