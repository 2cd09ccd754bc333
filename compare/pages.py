"""Where to look: the page of a total or of a criterion in its document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, func, select

from load.models import AssessmentRow, EvidenceRow, ResultRow, UnitRow
from normalize.records import Unit

BATCH = 200


def total_pages(connection: Connection, wanted: Iterable[tuple[int, int, str]]) -> dict[tuple[str, Unit], int]:
    """The first page on which a total or else a result of the unit stands, by content hash and unit.

    `wanted` are document id, position of the assessment and content hash. Formats without pages give nothing.
    """
    hashes = {(document, position): sha256 for document, position, sha256 in wanted}
    found: dict[tuple[str, Unit], int] = {}
    for documents in batches(sorted({document for document, _ in hashes})):
        of_results = _of_results(connection, documents)
        totals = _of_totals(connection, documents)
        units = select(AssessmentRow.document_id, AssessmentRow.position, *_UNIT)
        units = units.join(UnitRow, UnitRow.id == AssessmentRow.unit_id).where(AssessmentRow.document_id.in_(documents))
        for row in connection.execute(units):
            key = (row.document_id, row.position)
            page = totals.get(key, of_results.get(key))
            if key in hashes and page is not None:
                unit = Unit(row.name, row.level or None, row.province or None, row.district or None)
                found[hashes[key], unit] = page
    return found


_UNIT = (UnitRow.name, UnitRow.level, UnitRow.province, UnitRow.district)


def _of_totals(connection: Connection, documents: Sequence[int]) -> dict[tuple[int, int], int]:
    query = select(EvidenceRow.document_id, EvidenceRow.owner_position, func.min(EvidenceRow.page))
    query = query.where(EvidenceRow.document_id.in_(documents), EvidenceRow.owner == "assessments")
    query = query.where(EvidenceRow.page.is_not(None)).group_by(EvidenceRow.document_id, EvidenceRow.owner_position)
    return {(row[0], row[1]): row[2] or 0 for row in connection.execute(query)}


def _of_results(connection: Connection, documents: Sequence[int]) -> dict[tuple[int, int], int]:
    query = select(EvidenceRow.document_id, ResultRow.assessment, func.min(EvidenceRow.page)).join(
        ResultRow,
        (ResultRow.document_id == EvidenceRow.document_id) & (ResultRow.position == EvidenceRow.owner_position),
    )
    query = query.where(EvidenceRow.document_id.in_(documents), EvidenceRow.owner == "results")
    query = query.where(EvidenceRow.page.is_not(None)).group_by(EvidenceRow.document_id, ResultRow.assessment)
    return {(row[0], row[1]): row[2] or 0 for row in connection.execute(query)}


def result_pages(connection: Connection, documents: Sequence[int]) -> dict[tuple[int, int], int]:
    """The page of each result's code, by document id and position."""
    query = select(EvidenceRow.document_id, EvidenceRow.owner_position, EvidenceRow.page)
    query = query.where(EvidenceRow.document_id.in_(documents), EvidenceRow.owner == "results")
    query = query.where(EvidenceRow.field == "code", EvidenceRow.page.is_not(None))
    return {(row[0], row[1]): row[2] or 0 for row in connection.execute(query)}


def batches(documents: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(documents), BATCH):
        yield documents[start : start + BATCH]
