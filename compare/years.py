"""The years that the archive knows."""

from __future__ import annotations

from sqlalchemy import select

from load.models import AssessmentRow, UnitRow
from load.store import Store
from normalize.records import Level


def known_years(store: Store, province: str | None = None, level: Level | None = None) -> tuple[int, ...]:
    """The years of which the store has an assessment, of a province or level where given."""
    query = select(AssessmentRow.year).join(UnitRow, UnitRow.id == AssessmentRow.unit_id).distinct()
    query = query.where(AssessmentRow.year.is_not(None))
    if province is not None:
        query = query.where(UnitRow.province == province)
    if level is not None:
        query = query.where(UnitRow.level == level)
    with store.reading() as connection:
        return tuple(sorted(year for year in connection.execute(query).scalars() if year is not None))
