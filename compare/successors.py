"""Units as they are now: provinces and communes as what they went into on 1 July 2025 (normalize/units.py)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from compare.domains import Points
from compare.table import Block, Cell, Line, rounded, share_of, with_columns
from normalize.records import Unit
from normalize.units import UnitRegistry


def successor(unit: Unit) -> Unit:
    """The unit that this one went into, the main one where it was divided; itself where nothing is known.

    A district has no successor: it stays, under the province of today.

    >>> successor(Unit("Kon Tum", "province"))
    Unit(name='Quảng Ngãi', level='province', province='Quảng Ngãi', district=None)
    >>> successor(Unit("Tuy An", "district", "Phú Yên"))
    Unit(name='Tuy An', level='district', province='Đắk Lắk', district=None)
    """
    registry = UnitRegistry.load()
    found = registry.successors(unit)
    if found:
        return found[0]
    if unit.province is None:
        return unit
    province = registry.successors(Unit(unit.province, "province"))
    return replace(unit, province=province[0].name) if province else unit


def rolled_up(block: Block) -> Block:
    """The block with the units of now; where several went into one, its shares are the means of theirs."""
    groups: dict[Unit, list[Line]] = {}
    for line in block.lines:
        groups.setdefault(successor(line.unit), []).append(line)
    lines = [_merged(unit, several) for unit, several in groups.items()]
    rolled = with_columns(_ranked(lines), block.columns)
    return replace(rolled, strange=block.strange)


def _merged(unit: Unit, several: list[Line]) -> Line:
    first = several[0]
    if len(several) == 1:
        return replace(first, unit=unit, parts=() if first.unit == unit else (first.unit,))
    keys = [key for key in first.cells if all(key in line.cells for line in several)]
    counted = [line for line in several if line.counted]
    cells = {key: _mean([line.cells[key] for line in counted or several]) for key in keys}
    parts = tuple(line.unit for line in several)
    others = tuple(dict.fromkeys(line.file for line in several[1:]))
    return replace(
        first, unit=unit, cells=cells, parts=parts, rank=None, previous_rank=None, appraised=None, survey=None,
        draft=any(line.draft for line in several), counted=bool(counted), others=others,
    )  # fmt: skip


def _mean(cells: list[Cell]) -> Cell:
    review = any(cell.points.review for cell in cells)
    shares = [share_of(cell.points) or (None if cell.share is None else Fraction(cell.share)) for cell in cells]
    known = [share for share in shares if share is not None]
    if len(known) < len(cells):
        return Cell(Points(None, None, "incomplete", review))
    return Cell(Points(None, None, "summed", review), rounded(sum(known, Fraction(0)) / len(known)))


def _ranked(lines: list[Line]) -> list[Line]:
    """Ranks among the units of now, by the share of the total."""
    merits: dict[Unit, Decimal] = {
        line.unit: share for line in lines if line.counted and (share := line.cells["total"].share) is not None
    }
    ordered = sorted(merits.values(), reverse=True)
    ranked = [
        replace(line, rank=ordered.index(merits[line.unit]) + 1 if line.unit in merits else None) for line in lines
    ]
    return sorted(ranked, key=lambda line: (line.rank or len(lines) + 1, line.unit.name or ""))
