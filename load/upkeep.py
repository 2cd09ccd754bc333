"""Upkeep: whether all that a store holds fits together, a role that may only read, the check on opening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from load.columns import code_key
from load.models import Base, DeductionRow, DocumentRow, EvidenceRow, ResultRow, RunFileRow
from load.models_beside import PassageRow
from normalize.codes import Code
from normalize.errors import StoreError, UsageError

# Larger files are not read through on every opening; `check` does that when asked.
CHECKED_ON_OPENING = 32 * 1024 * 1024
_ROLE = regex.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not fit: a stable key, the table, and what the database says or how many rows it touches."""

    reason: str
    table: str
    detail: str


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found, and the number of rows of every table."""

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]


def quick_check(engine: Engine) -> None:
    """Raise StoreError "store-broken" for a damaged SQLite file; one too large to be read through is trusted."""
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or not Path(path).exists():
        return
    if Path(path).stat().st_size > CHECKED_ON_OPENING:
        return
    with engine.connect() as connection:
        said = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if said != "ok":
        raise StoreError("store-broken", str(said))


def check(connection: Connection) -> Check:
    problems = (*_integrity(connection), *_loose_evidence(connection), *_inconsistent(connection))
    return Check(tuple(problems), _counts(connection))


def _counts(connection: Connection) -> dict[str, int]:
    tables = sorted(Base.metadata.sorted_tables, key=lambda table: table.name)
    return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}


def _integrity(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name == "postgresql":
        unsure = "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE NOT convalidated ORDER BY conname"
        for name, table in connection.execute(text(unsure)):
            yield Problem("foreign-key", table, name)
        broken = "SELECT indexrelid::regclass::text, indrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
        for name, table in connection.execute(text(broken)):
            yield Problem("index", table, name)
        yield from _orphans(connection)
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Problem("integrity", "", said)
    for table, _row, parent, _number in connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem("foreign-key", table, parent)
    try:
        connection.execute(text("INSERT INTO passages_words(passages_words, rank) VALUES ('integrity-check', 1)"))
    except DBAPIError as error:
        yield Problem("index", "passages", str(error.orig))


def _orphans(connection: Connection) -> Iterator[Problem]:
    """Rows whose parent is missing, table by table: the server vouches for its keys as long as no one disabled them."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            parent = key.referred_table.alias()
            pairs = [(table.c[own.parent.name], parent.c[own.column.name]) for own in key.elements]
            here = [own.is_not(None) for own, _ in pairs]
            fits = select(1).where(*(own == theirs for own, theirs in pairs)).select_from(parent).correlate(table)
            lost = select(func.count()).select_from(table).where(*here, ~fits.exists())
            if count := connection.execute(lost).scalar_one():
                yield Problem("foreign-key", table.name, f"{key.name}: {count}")


def _loose_evidence(connection: Connection) -> Iterator[Problem]:
    """Evidence of rows that are not there: no key of the database holds it to them."""
    tables = {table.name: table for table in Base.metadata.sorted_tables if "position" in table.c}
    for owner in connection.execute(select(EvidenceRow.owner).distinct().order_by(EvidenceRow.owner)).scalars():
        if owner == "documents":
            continue
        if owner not in tables:
            yield Problem("evidence-owner", "evidence", owner)
            continue
        parent = tables[owner]
        there = select(1).where(
            parent.c.document_id == EvidenceRow.document_id, parent.c.position == EvidenceRow.owner_position
        )
        lost = select(func.count()).select_from(EvidenceRow).where(EvidenceRow.owner == owner, ~there.exists())
        if count := connection.execute(lost).scalar_one():
            yield Problem("evidence-owner", owner, str(count))


def _inconsistent(connection: Connection) -> Iterator[Problem]:
    lost = select(func.count(RunFileRow.sha256.distinct())).where(
        RunFileRow.outcome == "read",
        RunFileRow.sha256.is_not(None),
        ~select(1).where(DocumentRow.sha256 == RunFileRow.sha256).exists(),
    )
    if count := connection.execute(lost).scalar_one():
        yield Problem("document-missing", "run_files", str(count))
    unsorted = sum(
        code_key(Code.of(code)) != key
        for code, key in connection.execute(select(ResultRow.code, ResultRow.code_key).distinct())
    )
    if unsorted:
        yield Problem("code-order", "results", str(unsorted))
    reasons = select(func.count()).select_from(DeductionRow).where(DeductionRow.reason != "")
    indexed = select(func.count()).select_from(PassageRow).where(PassageRow.kind == "reason")
    expected, found = connection.execute(reasons).scalar_one(), connection.execute(indexed).scalar_one()
    if expected != found:
        yield Problem("search-index", "passages", f"{found} / {expected}")


def create_reader(connection: Connection, name: str, password: str | None = None) -> None:
    if connection.dialect.name != "postgresql":
        raise UsageError("no-roles", connection.dialect.name)
    if not _ROLE.fullmatch(name):
        raise UsageError("reader-name", name)
    known = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": name}).first()
    schema = connection.execute(text("SELECT current_schema()")).scalar_one()
    database = connection.execute(text("SELECT current_database()")).scalar_one()
    quote = connection.dialect.identifier_preparer.quote
    statements = [
        *([] if known else [f"CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"]),
        f"ALTER ROLE {name} SET default_transaction_read_only = on",
        f"GRANT CONNECT ON DATABASE {quote(database)} TO {name}",
        f"GRANT USAGE ON SCHEMA {quote(schema)} TO {name}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {quote(schema)} TO {name}",
        # tables of later versions of the schema
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {quote(schema)} GRANT SELECT ON TABLES TO {name}",
    ]
    for statement in statements:
        connection.exec_driver_sql(statement)
    if password is not None:
        _set_password(connection, name, password)


def _set_password(connection: Connection, name: str, password: str) -> None:
    literal: Any = connection.execute(text("SELECT quote_literal(:word)"), {"word": password}).scalar_one()
    connection.exec_driver_sql(f"ALTER ROLE {name} PASSWORD {literal}".replace("%", "%%"))
