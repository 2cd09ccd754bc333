"""Many rows at once: COPY where the server has it and it pays, else one statement for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError, StatementError

from load.models import Base

# Below this number of rows a statement is as quick as COPY (benchmarks/store.py, docs/SCALING.md).
COPY_FROM = 12


def insert_rows(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns. The values are checked by the types of the columns either way."""
    if not rows:
        return
    if connection.dialect.driver == "psycopg" and len(rows) >= COPY_FROM:
        _copy(connection, model, rows)
    else:
        connection.execute(insert(model), rows)


def _copy(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    table, dialect = model.__table__, connection.dialect
    columns = [table.c[name] for name in rows[0]]
    bound = [column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for column in columns]
    quote = dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in columns)
    statement = f"COPY {quote(model.__tablename__)} ({names}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([process(row[column.name]) for column, process in zip(columns, bound, strict=True)])
    except ValueError as error:  # a value that no column takes: said as statements say it
        raise StatementError(str(error), statement, None, error) from error
    except dialect.loaded_dbapi.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError(statement, None, error, connection_invalidated=driver.closed) from error


def _as_it_is(value: Any) -> Any:
    return value
