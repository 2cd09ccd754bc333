"""Who and what year the documents speak of, without reading what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from load.models import AssessmentRow, UnitRow
from normalize.records import Level, Unit


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: the unit, the year and the period where they were found."""

    unit: Unit
    year: int | None
    period: str | None


def assessed(connection: Connection) -> Mapping[int, tuple[Assessed, ...]]:
    """The assessments of every document that has any, by the id of the document, in printed order."""
    columns = (UnitRow.name, UnitRow.level, UnitRow.province, UnitRow.district)
    query = select(AssessmentRow.document_id, AssessmentRow.year, AssessmentRow.period, *columns)
    query = query.join(UnitRow, UnitRow.id == AssessmentRow.unit_id)
    found: defaultdict[int, list[Assessed]] = defaultdict(list)
    for row in connection.execute(query.order_by(AssessmentRow.document_id, AssessmentRow.position)):
        level: Level | None = row.level or None
        unit = Unit(row.name or None, level, row.province or None, row.district or None)
        found[row.document_id].append(Assessed(unit, row.year, row.period))
    return {document: tuple(several) for document, several in found.items()}
