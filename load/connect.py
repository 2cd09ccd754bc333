"""Connections: an address to an engine, and what a database says to an error of the program."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError, StatementError

from normalize.errors import NeedsTool, StoreError

# How long a writer waits for another process to end its transaction, which holds one document.
BUSY_SECONDS = 60.0


def address(url: str | Path) -> URL:
    """The database that a URL or the path of an SQLite file names.

    >>> address("cchc.db").database, address("postgresql://127.0.0.1/cchc").drivername
    ('cchc.db', 'postgresql+psycopg')
    """
    if isinstance(url, Path) or "://" not in url:
        return URL.create("sqlite", database=str(url))
    try:
        made = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError("store-address", str(url)) from error
    return made.set(drivername="postgresql+psycopg") if made.drivername in ("postgresql", "postgres") else made


def connect(url: URL) -> Engine:
    """An engine with foreign keys on; for SQLite also write-ahead logging, a waiting time and true transactions.

    Raises NeedsTool where the driver of the database is not installed.
    """
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    except NoSuchModuleError as error:
        raise StoreError("store-address", url.render_as_string()) from error
    except ModuleNotFoundError as error:
        raise NeedsTool("needs-tool", error.name or "") from error
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin transactions only before changes, and never before a change of the schema.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    _write_ahead(connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    # The change of a new file to this mode does not wait for another process that makes it too.
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _begin(connection: Connection) -> None:
    # A reader that becomes a writer fails at once when another process wrote meanwhile: writers say so from the start.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that changes the database: all of it or nothing."""
    with translated(), engine.execution_options(writing=True).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees the database as it stood when it began, whatever is written meanwhile."""
    level: dict[str, Any] = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with translated(), engine.execution_options(**level).begin() as connection:
        yield connection


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database as StoreError, with a reason that tells the user what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_reason(error), str(error.orig)) from error
    except StatementError as error:  # a value that no column takes, such as a negative score
        raise StoreError("store-value", str(error.orig)) from error
    except SQLAlchemyError as error:
        raise StoreError("store", str(error)) from error


def _reason(error: DBAPIError) -> str:
    said = str(error.orig).casefold()
    if error.connection_invalidated:
        return "store-lost"
    if "locked" in said or "busy" in said:
        return "store-busy"
    if "disk is full" in said or "no space left" in said:
        return "store-full"
    if "not a database" in said or "malformed" in said:
        return "store-broken"
    if "readonly" in said or "read-only" in said:
        return "store-readonly"
    if "disk i/o error" in said:
        return "store-disk"
    if "unable to open" in said or "connection" in said:
        return "store-unreachable"
    return "store"
