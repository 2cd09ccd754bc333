"""A document into the tables and out of them again, inside a transaction that the store holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite

from extract.document import Document
from load.bulk import insert_rows
from load.models import AgencyRow, Base, DocumentRow, UnitRow
from load.models_beside import PassageRow
from load.passages import passages
from load.rows import HEADING_FIELDS, UnitKey, agencies_of, plain, rows_of, units_of
from normalize.records import Finding, Report

# Any number, the same in every program that writes to a store.
WRITER_LOCK = 20_250_702


def one_writer(connection: Connection) -> None:
    """Writers come one after another, as they do in SQLite: each sees the documents of those before it.

    The renditions of a report that two processes store at once find each other only so, and no two writers ever wait
    for each other's rows. A transaction holds one document and lasts some hundredths of a second.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})


def id_of(connection: Connection, sha256: str) -> int | None:
    return connection.execute(select(DocumentRow.id).where(DocumentRow.sha256 == sha256)).scalar_one_or_none()


def insert_document(
    connection: Connection,
    document: Document,
    report: Report,
    findings: Iterable[Finding],
    run: int | None,
    as_read: Report,
) -> int | None:
    """The id of the document that was stored; None where its content is there already."""
    heading = {name: plain(getattr(report.heading, name)) for name in HEADING_FIELDS}
    row = {
        "run_id": run,
        "file": document.file,
        "sha256": document.sha256,
        "media": document.media,
        "method": document.method,
        "page_count": document.page_count,
        "warnings": document.warnings,
        **heading,
    }
    insertion = _or_nothing(connection, DocumentRow).values(row).returning(DocumentRow.id)
    stored: int | None = connection.execute(insertion).scalar_one_or_none()
    if stored is None:
        return None
    units = _unit_ids(connection, units_of(report))
    agencies = _agency_ids(connection, agencies_of(report))
    tables = rows_of(document, report, findings, as_read, stored, units, agencies)
    for table in Base.metadata.sorted_tables:
        for model, rows in tables.items():
            if model.__table__ is table:
                insert_rows(connection, model, rows)
    insert_rows(connection, PassageRow, list(passages(stored, tables)))
    return stored


def remove_document(connection: Connection, document: int) -> None:
    # Each table by itself, the dependent ones first: quicker than letting the database follow the keys row by row.
    for table in reversed(Base.metadata.sorted_tables):
        if "document_id" in table.c:
            connection.execute(delete(table).where(table.c.document_id == document))
    connection.execute(delete(DocumentRow).where(DocumentRow.id == document))


def _or_nothing(connection: Connection, table: type[Base]) -> Any:
    """An insertion that passes over a row that is there, also when another process has put it there just now."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


def _unit_ids(connection: Connection, keys: set[UnitKey]) -> dict[UnitKey, int]:
    if not keys:
        return {}
    names = ("name", "level", "province", "district")
    found = select(*UnitRow.__table__.c).where(UnitRow.name.in_({key[0] for key in keys}))

    def known() -> dict[UnitKey, int]:
        return {(row.name, row.level, row.province, row.district): row.id for row in connection.execute(found)}

    there = known()
    if missing := [dict(zip(names, key, strict=True)) for key in sorted(keys - there.keys())]:
        connection.execute(_or_nothing(connection, UnitRow), missing)
        there = known()
    return there


def _agency_ids(connection: Connection, names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    found = select(AgencyRow.name, AgencyRow.id).where(AgencyRow.name.in_(names))
    there = {row.name: row.id for row in connection.execute(found)}
    if missing := [{"name": name} for name in sorted(names - there.keys())]:
        connection.execute(_or_nothing(connection, AgencyRow), missing)
        there = {row.name: row.id for row in connection.execute(found)}
    return there
