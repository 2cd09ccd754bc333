"""The store: documents in, documents out. One transaction a document, so that it holds whole documents only."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine

from extract.document import Document
from load import agency_merges, corrections, ledger, listing
from load.agency_merges import AgencyMerge
from load.backup import backup, restore
from load.connect import address, connect, reading, translated, writing
from load.correcting import Correction
from load.ledger import UNDONE, FileEntry, Run, Step, StepSum, entry_of
from load.listing import StoredDocument
from load.migrations import at_head, upgrade
from load.reading import StoredReport, stored_reports
from load.renditions import Rendition, groups
from load.search import Hit, search
from load.settling import settle
from load.storing import store_corrected, store_reading
from load.upkeep import Check, check, create_reader, quick_check
from load.writing import id_of, one_writer
from normalize.errors import StoreError, UsageError
from normalize.records import Finding, Report


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
            return listing.known(connection, contents)

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
            new = store_reading(connection, document, report, found, run, as_read or report, replace)
            if run is not None:
                line = (entry or entry_of(document, report)).with_step(Step("store", time.perf_counter() - start))
                ledger.log(connection, run, line if new else line.unchanged())
        return new

    def settle(self) -> int:
        """Hold the units of one scorecard against it and each other, where documents of theirs came in since.

        Results without a name get that of the scorecard; maxima, names and own scores that differ become findings.
        Returns how many groups of units there were. Interrupted, it is taken up by the next run.
        """
        return settle(self.engine)

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents, by file name and content."""
        with self.reading() as connection:
            return tuple(listing.listed(connection))

    def document(self, key: str | int) -> StoredDocument:
        """The one document that a file name, an id or the beginning of a content hash names.

        Raises UsageError "document-unknown", or "document-ambiguous" with the hashes of those that fit.
        """
        with self.reading() as connection:
            return next(listing.listed(connection, listing.meant(connection, str(key))))

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
            store_corrected(connection, document_id, stored)
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
