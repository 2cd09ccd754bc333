"""A backup: one file that holds everything and restores on either database to an identical export.

A zip of `manifest.json` (format, version of the schema, rows of each table with their SHA-256) and one file of JSON
lines for each table: the names of the columns, then the rows by their key. Decimals are texts with all their digits,
times are ISO 8601. The index for searching is not in it; it is built anew.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from load.bulk import insert_rows
from load.columns import ExactDecimal, UtcTime, plain_decimal
from load.migrations import head, steps
from load.models import Base, DocumentRow
from load.models_beside import PassageRow
from load.passages import index_all
from load.renditions import link_all
from load.scorecards import unsettle_all
from load.whole_file import whole_file
from normalize.errors import StoreError, UsageError

FORMAT = "cchc-backup"
VERSION = 1
ROWS_AT_ONCE = 2000


def backup(connection: Connection, path: Path) -> int:
    """Write the file; it appears when it is whole. Returns the number of documents."""
    counts: dict[str, int] = {}
    hashes: dict[str, str] = {}
    with whole_file(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for table in _tables():
            counts[table.name], hashes[table.name] = _write(connection, archive, table)
        manifest = {"format": FORMAT, "version": VERSION, "schema": head(), "rows": counts, "sha256": hashes}
        archive.writestr(_member("manifest.json"), json.dumps(manifest, indent=1, sort_keys=True))
    return counts["documents"]


def restore(connection: Connection, path: Path) -> int:
    """Read the file into a store that holds nothing. Returns the number of documents. Errors as `Store.restore`."""
    if connection.execute(select(func.count()).select_from(DocumentRow)).scalar_one():
        raise UsageError("store-not-empty", "")
    models = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    with _opened(path) as (archive, manifest):
        for table in reversed(_tables()):
            connection.execute(table.delete())
        for table in _tables():
            if table.name in manifest["rows"]:
                _read(connection, archive, models[table.name], manifest)
    _set_counters(connection)
    index_all(connection)
    if "renditions" not in manifest["rows"]:  # made by a version that did not know them
        link_all(connection)
    if "unsettled" not in manifest["rows"]:
        unsettle_all(connection)
    return int(manifest["rows"]["documents"])


def check_backup(path: Path) -> None:
    """Raise UsageError "no-backup" or StoreError "store-newer" where the file is not one to restore.

    For before a store is opened: a slip in the file's name must not leave an empty archive behind.
    """
    with _opened(path):
        pass


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _manifest(archive, path)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise UsageError("no-backup", f"{path}: {error}") from error


def _tables() -> list[Table]:
    """All tables but the index for searching, parents first."""
    return [table for table in Base.metadata.sorted_tables if table is not PassageRow.__table__]


def _write(connection: Connection, archive: zipfile.ZipFile, table: Table) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    with archive.open(_member(f"{table.name}.jsonl"), "w", force_zip64=True) as lines:
        for line in _lines(connection, table):
            data = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
            digest.update(data)
            lines.write(data)
            count += 1
    return count - 1, digest.hexdigest()


def _member(name: str) -> zipfile.ZipInfo:
    # without the time of day, so that the same store gives the same bytes
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _lines(connection: Connection, table: Table) -> Iterator[list[Any]]:
    columns = list(table.c)
    yield [column.name for column in columns]
    query = select(*columns).order_by(*table.primary_key)
    for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query):
        yield [_written(value) for value in row]


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        raise UsageError("no-backup", str(path))
    known = {step.revision for step in steps().walk_revisions()}
    if manifest["version"] > VERSION or manifest["schema"] not in known:
        raise StoreError("store-newer", str(manifest["schema"]))
    return manifest


def _read(connection: Connection, archive: zipfile.ZipFile, model: type[Base], manifest: dict[str, Any]) -> None:
    name, digest, count = model.__tablename__, hashlib.sha256(), 0
    with archive.open(f"{name}.jsonl") as data:
        lines = _digested(io.BufferedReader(data), digest.update)  # type: ignore[arg-type]  # a readable stream
        columns = json.loads(next(lines))
        readers = [_reader(model.__table__.c[column].type) for column in columns]
        rows: list[dict[str, Any]] = []
        for line in lines:
            values = zip(columns, readers, json.loads(line), strict=True)
            rows.append({column: None if value is None else read(value) for column, read, value in values})
            count += 1
            if len(rows) == ROWS_AT_ONCE:
                insert_rows(connection, model, rows)
                rows = []
        insert_rows(connection, model, rows)
    if count != manifest["rows"][name] or digest.hexdigest() != manifest["sha256"][name]:
        raise ValueError(f"{name}: damaged")


def _digested(lines: io.BufferedReader, update: Callable[[bytes], None]) -> Iterator[bytes]:
    for line in lines:
        update(line)
        yield line


def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, ExactDecimal):
        return Decimal
    return datetime.fromisoformat if isinstance(kind, UtcTime) else lambda value: value


def _set_counters(connection: Connection) -> None:
    """The next keys that PostgreSQL gives come after those that were restored; SQLite sees to that itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        if "id" in table.c:
            counter = f"pg_get_serial_sequence('{table.name}', 'id')"
            last = f"SELECT setval({counter}, coalesce(max(id), 1), max(id) IS NOT NULL) FROM {table.name}"
            connection.execute(text(last))
