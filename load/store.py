"""The store: documents in, documents out. One transaction a document, so that it holds whole documents only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from extract.document import Document
from load import ledger
from load.connect import address, connect, reading, translated, writing
from load.ledger import UNDONE, FileEntry, Run
from load.migrations import at_head, upgrade
from load.models import AgencyRow, AssessmentRow, Base, DocumentRow, FindingRow, ResultRow, UnitRow
from load.reading import StoredReport, stored_reports
from load.rows import HEADING_FIELDS, UnitKey, agencies_of, plain, rows_of, units_of
from normalize.errors import StoreError, UsageError
from normalize.records import Finding, Report

# Shorter beginnings of a hash would be mistaken for numbers or names.
SHA_PREFIX = 6


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as a list shows it: what its head says and how much was read; `review` counts results to look at."""

    id: int
    file: str
    sha256: str
    media: str
    method: str
    pages: int | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    kind: str | None
    assessments: int
    results: int
    review: int
    findings: int


class Store:
    """An open database. It may be shared by threads, and several processes may write to the same one at once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str | Path, create: bool = True) -> Store:
        """Open the database of a URL, or the SQLite file of a path, and bring its schema to today's.

        Without `create` an SQLite file must be there already ("store-absent"). Raises StoreError where it cannot be
        opened, is no store ("store-foreign", "store-broken") or is of a newer version ("store-newer"); NeedsTool
        without its driver.
        """
        where = address(url)
        if not create and _absent(where):
            raise StoreError("store-absent", where.database or "")
        engine = connect(where)
        with translated():
            if not at_head(engine):
                upgrade(engine)
        return cls(engine)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """One transaction that sees the store as it stood when it began."""
        return reading(self.engine)

    # The ledger

    def start_run(
        self,
        command: str = "ingest",
        settings: Mapping[str, object] | None = None,
        program_version: str = "",
        pattern_version: str = "",
    ) -> int:
        with writing(self.engine) as connection:
            return ledger.start(connection, command, settings or {}, program_version, pattern_version)

    def finish_run(self, run: int) -> None:
        with writing(self.engine) as connection:
            ledger.finish(connection, run)

    def log_file(self, run: int, entry: FileEntry) -> None:
        """Record what became of a file that gave no document; for one that did, hand the entry to `add_report`."""
        with writing(self.engine) as connection:
            ledger.log(connection, run, entry)

    def runs(self) -> tuple[Run, ...]:
        """All runs, the newest first."""
        with self.reading() as connection:
            return ledger.runs(connection)

    def files(self, run: int | None = None) -> tuple[FileEntry, ...]:
        """The files of a run as they were done; without a run the last entry of every path, by path."""
        with self.reading() as connection:
            return ledger.entries(connection, run)

    def undone(self) -> tuple[FileEntry, ...]:
        """The files whose last entry says that they failed or wait for recognition."""
        return tuple(entry for entry in self.files() if entry.outcome in UNDONE)

    # Documents

    def has(self, sha256: str) -> bool:
        """Whether a document of this content is stored."""
        with self.reading() as connection:
            return _id_of(connection, sha256) is not None

    def add_report(
        self,
        document: Document,
        report: Report,
        findings: Iterable[Finding] | None = None,
        run: int | None = None,
        *,
        entry: FileEntry | None = None,
        as_read: Report | None = None,
        replace: bool = False,
    ) -> bool:
        """Store a document with all that was read from it, and its line in the ledger, in one transaction.

        False where its content is stored already: then nothing changes, unless `replace` says to put the new reading
        in the place of the old one. `findings` are those of the report unless given. `as_read` is the report before
        the audit repaired it. The line in the ledger is made from the document unless `entry` is given.
        """
        found = tuple(report.findings if findings is None else findings)
        with writing(self.engine) as connection:
            stored = _id_of(connection, document.sha256)
            if stored is not None and replace:
                _remove(connection, stored)
                stored = None
            added = stored is None and self._insert(connection, document, report, found, run, as_read or report)
            if run is not None:
                line = entry or _entry(document, report)
                ledger.log(connection, run, line if added else _unchanged(line))
        return added

    def _insert(
        self,
        connection: Connection,
        document: Document,
        report: Report,
        findings: tuple[Finding, ...],
        run: int | None,
        as_read: Report,
    ) -> bool:
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
        stored = connection.execute(insertion).scalar_one_or_none()
        if stored is None:  # another process stored the same content a moment ago
            return False
        # Documents, units, agencies: always in this order and sorted, so that two writers never wait for each other.
        units = _unit_ids(connection, units_of(report))
        agencies = _agency_ids(connection, agencies_of(report))
        tables = rows_of(document, report, findings, as_read, stored, units, agencies)
        for table in Base.metadata.sorted_tables:
            for model, rows in tables.items():
                if model.__table__ is table:
                    connection.execute(insert(model), rows)
        return True

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents, by file name and content."""
        with self.reading() as connection:
            return tuple(_listed(connection))

    def document(self, key: str | int) -> StoredDocument:
        """The one document that a file name, an id or the beginning of a content hash names.

        Raises UsageError "document-unknown", or "document-ambiguous" with the hashes of those that fit.
        """
        with self.reading() as connection:
            fitting = _fitting(connection, str(key))
            if not fitting:
                raise UsageError("document-unknown", str(key))
            if len(fitting) > 1:
                raise UsageError("document-ambiguous", ", ".join(sorted(sha[:12] for _, sha in fitting)))
            return next(_listed(connection, fitting[0][0]))

    def report(self, sha256: str) -> StoredReport:
        """What was read from a document, with all derivations. Raises UsageError "document-unknown"."""
        with self.reading() as connection:
            stored = _id_of(connection, sha256)
            if stored is None:
                raise UsageError("document-unknown", sha256)
            return next(stored_reports(connection, [stored]))

    def reports(self) -> Iterator[StoredReport]:
        """All documents with what was read from them, by file name and content; a few are in memory at a time."""
        with self.reading() as connection:
            yield from stored_reports(connection)


def _absent(where: URL) -> bool:
    return where.get_backend_name() == "sqlite" and bool(where.database) and not Path(where.database or "").exists()


def _id_of(connection: Connection, sha256: str) -> int | None:
    return connection.execute(select(DocumentRow.id).where(DocumentRow.sha256 == sha256)).scalar_one_or_none()


def _remove(connection: Connection, document: int) -> None:
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
    connection.execute(_or_nothing(connection, UnitRow), [dict(zip(names, key, strict=True)) for key in sorted(keys)])
    found = select(*UnitRow.__table__.c).where(UnitRow.name.in_({key[0] for key in keys}))
    return {(row.name, row.level, row.province, row.district): row.id for row in connection.execute(found)}


def _agency_ids(connection: Connection, names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    connection.execute(_or_nothing(connection, AgencyRow), [{"name": name} for name in sorted(names)])
    found = select(AgencyRow.name, AgencyRow.id).where(AgencyRow.name.in_(names))
    return {row.name: row.id for row in connection.execute(found)}


def _listed(connection: Connection, document: int | None = None) -> Iterator[StoredDocument]:
    counts = [
        select(func.count()).where(AssessmentRow.document_id == DocumentRow.id).scalar_subquery(),
        select(func.count()).where(ResultRow.document_id == DocumentRow.id).scalar_subquery(),
        select(func.count())
        .where(ResultRow.document_id == DocumentRow.id, ResultRow.status == "review")
        .scalar_subquery(),
        select(func.count()).where(FindingRow.document_id == DocumentRow.id).scalar_subquery(),
    ]
    shown = (DocumentRow.id, DocumentRow.file, DocumentRow.sha256, DocumentRow.media, DocumentRow.method)
    head = (DocumentRow.page_count, DocumentRow.number, DocumentRow.date, DocumentRow.issuer, DocumentRow.title)
    query = select(*shown, *head, DocumentRow.kind, *counts).order_by(DocumentRow.file, DocumentRow.sha256)
    if document is not None:
        query = query.where(DocumentRow.id == document)
    return (StoredDocument(*tuple(row)) for row in connection.execute(query))


def _fitting(connection: Connection, key: str) -> list[tuple[int, str]]:
    """Documents by file name, else by id, else by the beginning of the hash."""
    columns = select(DocumentRow.id, DocumentRow.sha256)
    ways: list[Any] = [DocumentRow.file == key]
    if key.isascii() and key.isdigit() and len(key) < SHA_PREFIX:
        ways.append(DocumentRow.id == int(key))
    if len(key) >= SHA_PREFIX and set(key) <= set("0123456789abcdef"):
        ways.append(DocumentRow.sha256.startswith(key, autoescape=True))
    for way in ways:
        if fitting := [(row.id, row.sha256) for row in connection.execute(columns.where(way))]:
            return fitting
    return []


def _entry(document: Document, report: Report) -> FileEntry:
    """The line of the ledger that a document speaks for itself."""
    unread = [page.why for page in document.pages if page.method == "needs-recognition"]
    if unread and not report.assessments:
        return FileEntry(document.file, "needs-recognition", document.sha256, "needs-recognition", unread[0])
    reason = None if report.assessments or report.scorecard else "no-assessment"
    return FileEntry(document.file, "read", document.sha256, reason)


def _unchanged(entry: FileEntry) -> FileEntry:
    return FileEntry(entry.path, "unchanged", entry.sha256, seconds=entry.seconds)
