"""The store: documents in, documents out. One transaction a document, so that it holds whole documents only."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, func, select

from extract.document import Document
from load import agency_merges, corrections, ledger
from load.agency_merges import AgencyMerge
from load.backup import backup, restore
from load.connect import address, connect, reading, translated, writing
from load.correcting import Correction
from load.ledger import UNDONE, FileEntry, Run, Step, StepSum
from load.migrations import at_head, upgrade
from load.models import AssessmentRow, DocumentRow, FindingRow, ResultRow
from load.reading import StoredReport, stored_reports
from load.renditions import Rendition, group_of, groups, link
from load.scorecards import unsettle
from load.search import Hit, search
from load.settling import settle
from load.upkeep import Check, check, create_reader, quick_check
from load.writing import id_of, insert_document, one_writer, remove_document
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
            quick_check(engine)
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

    def log_file(self, run: int, *entries: FileEntry) -> None:
        """Record what became of files that gave no document; for one that did, hand the entry to `add_report`."""
        with writing(self.engine) as connection:
            ledger.log(connection, run, *entries)

    def runs(self) -> tuple[Run, ...]:
        """All runs, the newest first."""
        with self.reading() as connection:
            return ledger.runs(connection)

    def steps(self, run: int) -> tuple[StepSum, ...]:
        """What each step took over all files of a run. Raises UsageError "run-unknown"."""
        with self.reading() as connection:
            if not any(one.id == run for one in ledger.runs(connection)):
                raise UsageError("run-unknown", str(run))
            return ledger.steps(connection, run)

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
            return id_of(connection, sha256) is not None

    def known(self, contents: Collection[str]) -> set[str]:
        """Those of some contents (SHA-256) that are stored."""
        with self.reading() as connection:
            query = select(DocumentRow.sha256).where(DocumentRow.sha256.in_(contents))
            return set(connection.execute(query).scalars()) if contents else set()

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
        found, start = tuple(report.findings if findings is None else findings), time.perf_counter()
        with writing(self.engine) as connection:
            one_writer(connection)
            stored, kin = id_of(connection, document.sha256), set[int]()
            if stored is not None and replace:
                kin = group_of(connection, {stored}) - {stored}
                unsettle(connection, {stored})
                remove_document(connection, stored)
                stored = None
            new = None
            if stored is None:
                mended = corrections.put_in(connection, document.sha256, report, as_read or report)
                if mended is not report:
                    found = mended.findings
                new = insert_document(connection, document, mended, found, run, as_read or report)
            if new is not None:
                link(connection, new, kin)
                unsettle(connection, group_of(connection, {new}) | kin)
            if run is not None:
                line = _timed(entry or _entry(document, report), time.perf_counter() - start)
                ledger.log(connection, run, line if new is not None else _unchanged(line))
        return new is not None

    def settle(self) -> int:
        """Hold the units of one scorecard against it and each other, where documents of theirs came in since.

        Results without a name get that of the scorecard; maxima, names and own scores that differ become findings.
        Returns how many groups of units there were. Interrupted, it is taken up by the next run.
        """
        return settle(self.engine)

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
            stored = id_of(connection, sha256)
            if stored is None:
                raise UsageError("document-unknown", sha256)
            return next(stored_reports(connection, [stored]))

    def reports(self) -> Iterator[StoredReport]:
        """All documents with what was read from them, by file name and content; a few are in memory at a time."""
        with self.reading() as connection:
            yield from stored_reports(connection)

    def renditions(self) -> tuple[tuple[Rendition, ...], ...]:
        """The reports that are there in several documents, each with the one that speaks for it first."""
        with self.reading() as connection:
            return groups(connection)

    def search(self, text: str, limit: int = 50) -> tuple[Hit, ...]:
        """Texts that hold all these words, reasons first, then remedies and names, each by year from the newest.

        A word written without accents is found with any; one with accents only so. Words in quotation marks must stand
        side by side, a word that ends in * is a beginning. Raises UsageError "search-empty".
        """
        with self.reading() as connection:
            return search(connection, text, limit)

    # Decisions of people

    def merge_agency(self, old: str, new: str, who: str, when: datetime | None = None) -> None:
        """Keep a person's decision that the agency `old` goes on as `new`; `new` = `old` takes it back.

        From then on reports are given out with the new name, also those stored later; what was printed stays. Raises
        UsageError "agency-unknown" where the store has no agency of the old name, "agency-circle" where the new one
        goes on under the old one already.
        """
        with writing(self.engine) as connection:
            agency_merges.merge(connection, old, new, who, when or datetime.now(UTC))

    def agency_merges(self) -> tuple[AgencyMerge, ...]:
        """All decisions on agencies, the newest last."""
        with self.reading() as connection:
            return agency_merges.decisions(connection)

    def correct(
        self,
        key: str | int,
        code: str,
        field: str,
        value: str,
        who: str,
        why: str,
        *,
        unit: str | None = None,
        year: int | None = None,
        when: datetime | None = None,
    ) -> Correction:
        """Keep a person's correction of one field of a document, put it in, and audit the document anew.

        `code` is that of a result, or "" for the totals; `field` is a field of theirs, "amount" or "reason" of an item
        (".2" for the second), or "status" with the value "ok": a person has looked at it. "" takes a value out. What
        was printed, read and audited stays beside it. The correction is put into every later reading of this content.
        Raises UsageError "document-unknown", "document-ambiguous", "correct-place" (no such unit or code),
        "correct-several" (say which unit), "correct-field", "correct-value".
        """
        document_id = self.document(key).id
        with writing(self.engine) as connection:
            one_writer(connection)
            stored = next(stored_reports(connection, [document_id]))
            corrections.decide(
                connection, stored, code, field, value, who, why, when or datetime.now(UTC), unit=unit, year=year
            )
            as_read = corrections.as_it_was_read(connection, document_id, stored.report)
            report = corrections.put_in(connection, stored.sha256, stored.report, as_read)
            document, run = corrections.stored_document(connection, document_id)
            kin = group_of(connection, {document_id}) - {document_id}
            unsettle(connection, {document_id})
            remove_document(connection, document_id)
            new = insert_document(connection, document, report, report.findings, run, as_read)
            assert new is not None
            link(connection, new, kin)
            unsettle(connection, group_of(connection, {new}) | kin)
            return corrections.corrections(connection, stored.sha256)[-1]

    def corrections(self, sha256: str | None = None) -> tuple[Correction, ...]:
        """The corrections of people, all or those of one document, in the order they were made."""
        with self.reading() as connection:
            return corrections.corrections(connection, sha256)

    # Upkeep

    def check(self) -> Check:
        """Whether all that the store holds fits together, and how much it is; reads all of it."""
        # SQLite checks its index of words by a statement that counts as a change
        begin = writing if self.engine.dialect.name == "sqlite" else reading
        with begin(self.engine) as connection:
            return check(connection)

    def create_reader(self, name: str, password: str | None = None) -> None:
        """A role of a PostgreSQL server that may read everything and change nothing.

        Raises UsageError "no-roles" for SQLite, which has none, and "reader-name" for a name that is not one word.
        """
        with writing(self.engine) as connection:
            create_reader(connection, name, password)

    def backup(self, path: Path) -> int:
        """Everything into one file that restores on either database. Returns the number of documents.

        Raises UsageError "export-target" where the file cannot be written.
        """
        with self.reading() as connection:
            return backup(connection, path)

    def restore(self, path: Path) -> int:
        """Everything from the file of a backup, into a store that holds nothing. Returns the number of documents.

        One transaction: the whole of it or nothing. Raises UsageError "no-backup" for another file, "store-not-empty",
        StoreError "store-newer" for the backup of a newer program.
        """
        with writing(self.engine) as connection:
            return restore(connection, path)


def _absent(where: URL) -> bool:
    return where.get_backend_name() == "sqlite" and bool(where.database) and not Path(where.database or "").exists()


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
    return FileEntry(entry.path, "unchanged", entry.sha256, seconds=entry.seconds, steps=entry.steps)


def _timed(entry: FileEntry, seconds: float) -> FileEntry:
    """The entry with the step of storing; the commit itself comes after it is written."""
    return replaced(entry, steps=(*entry.steps, Step("store", seconds)))
