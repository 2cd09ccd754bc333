"""A block of units side by side: ranks, and what changed since the period before."""

from __future__ import annotations

from collections.abc import Mapping

from compare.comparison import UnitScores, merits, places_of
from compare.domains import Points
from compare.table import TOTAL, Block, Cell, Column, Gap, Line, gap, with_columns
from normalize.records import Unit

Cells = dict[str, Points]


def block_of(
    rows: list[UnitScores],
    columns: list[Column],
    cells: Mapping[Unit, Cells],
    earlier: Mapping[Unit, UnitScores],
    past: Mapping[Unit, Cells],
) -> Block:
    """The units with their scores in these columns; `earlier` and `past`: their totals and scores a period before."""
    lines = []
    ranks, old_ranks = _ranks([row for row in rows if not row.estimate]), _ranks(_kin(rows, earlier))
    for row in rows:
        old = earlier.get(row.unit)
        before = dict(past.get(row.unit, {}))
        own = {key: _cell(points, before.get(key)) for key, points in cells[row.unit].items()}
        own[TOTAL] = _total(row, old)
        lines.append(_line(row, ranks.get(row.unit), old_ranks.get(row.unit), own))
    lines.sort(key=_order)
    return with_columns(lines, [*columns, Column(TOTAL)])


def _kin(rows: list[UnitScores], earlier: Mapping[Unit, UnitScores]) -> list[UnitScores]:
    """The rows of the period before that stand in the same block: of the same level, and province if it is of one."""
    levels, provinces = {row.unit.level for row in rows}, {row.unit.province for row in rows}
    if len(provinces) > 1:
        return [row for row in earlier.values() if row.unit.level in levels]
    return [row for row in earlier.values() if row.unit.level in levels and row.unit.province in provinces]


def _ranks(rows: list[UnitScores]) -> dict[Unit, int]:
    """The ranks within a block, from 1, ties sharing one."""
    return places_of(merits(rows))


def _order(line: Line) -> tuple[bool, int, str]:
    return line.rank is None, line.rank or 0, line.unit.name or ""


def _total(row: UnitScores, old: UnitScores | None) -> Cell:
    previous = gap(row.total, old.total) if old is not None else None
    if previous is None and old is not None and row.share is not None and old.share is not None:
        previous = Gap(None, row.share - old.share)
    return Cell(row.total, row.share, previous)


def _cell(points: Points, before: Points | None) -> Cell:
    return Cell(points, points.share, gap(points, before))


def _line(row: UnitScores, rank: int | None, old_rank: int | None, cells: Mapping[str, Cell]) -> Line:
    return Line(
        row.unit,
        row.file,
        row.sha256,
        None,
        row.period,
        row.basis,
        row.draft,
        rank,
        old_rank,
        cells,
        row.appraised,
        row.survey,
        not row.estimate,
        (),
        row.others,
    )
