"""Many files into the store: each in a worker process, one transaction a document, a line in the ledger for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from cchc.pipeline import Processed
from cchc.settings import Settings
from cchc.workers import Limits, process_files
from extract.source import Source
from load.ledger import FileEntry
from load.store import Store
from normalize.errors import CchcError
from patterns.version import pattern_version


@dataclass(slots=True)
class Summary:
    """What a run did: the entries of its files in the order they were done."""

    run: int = 0
    entries: list[FileEntry] = field(default_factory=list)

    def of(self, *outcomes: str) -> list[FileEntry]:
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def complete(self) -> bool:
        return not self.of("failed", "needs-recognition")


def ingest(
    store: Store,
    files: Sequence[Path],
    settings: Settings,
    done: Callable[[FileEntry], None] = lambda entry: None,
    unreadable: Sequence[Path] = (),
) -> Summary:
    """Read files into the store and return what became of each. `done` is called after every file."""
    run = store.start_run("ingest", {"files": len(files)}, version("cchc"), pattern_version())
    summary = Summary(run)

    def note(entry: FileEntry) -> None:
        summary.entries.append(entry)
        done(entry)

    for folder in unreadable:
        entry = FileEntry(str(folder), "failed", None, "no-permission", str(folder), None)
        store.log_file(run, entry)
        note(entry)
    new = list(_new_files(store, run, files, note))
    limits = Limits(settings.file_seconds, settings.file_memory)
    workers = settings.workers or os.cpu_count() or 1
    for processed in process_files([(path, str(path)) for path in new], workers, limits):
        note(_stored(store, run, processed))
    store.finish_run(run)
    return summary


def _new_files(store: Store, run: int, files: Sequence[Path], note: Callable[[FileEntry], None]) -> Iterator[Path]:
    """The files whose content the store does not hold yet; those it holds are noted as unchanged."""
    for path in files:
        try:
            sha256 = Source.open(path).sha256
        except CchcError:
            yield path  # its worker says why
            continue
        if store.has(sha256):
            entry = FileEntry(str(path), "unchanged", sha256, None, None, None)
            store.log_file(run, entry)
            note(entry)
        else:
            yield path


def _stored(store: Store, run: int, processed: Processed) -> FileEntry:
    entry = processed.entry
    if processed.document is None or processed.report is None:
        store.log_file(run, entry)
        return entry
    added = store.add_report(processed.document, processed.report, run=run, entry=entry, as_read=processed.as_read)
    return entry if added else FileEntry(entry.path, "unchanged", entry.sha256, None, None, entry.seconds)
