"""What tables with many units give: one reading a unit."""

from __future__ import annotations

from dataclasses import dataclass

from extract.tables.rows import TableReading
from normalize.records import Level, Unit


@dataclass(frozen=True, slots=True)
class UnitReading:
    """One unit of a table with many; `doubts` are those of its assessment."""

    unit: Unit
    reading: TableReading
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the head of the report says of all units in it; `level` of those whose rows or captions say none."""

    province: str | None
    level: Level | None
    at: str | None
