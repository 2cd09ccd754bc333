"""Many files into the store: each in a worker process, one transaction a document, a line in the ledger for each."""

from __future__ import annotations

import os
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Literal

from cchc.addresses import is_address
from cchc.changes import Changes, changes
from cchc.inputs import Address, Inputs, content_hash, find_inputs
from cchc.processed import Processed, printable
from cchc.settings import Settings
from cchc.version import program_version
from cchc.workers import TASK, Limits, process_files
from load.correcting import Correction
from load.entries import FileEntry
from load.settling import without_settling
from load.store import Store
from patterns.version import pattern_version

# new: what the store does not hold. reprocess: also what it holds, read anew. retry: also what is in quarantine.
Mode = Literal["new", "reprocess", "retry"]
LOCAL = "local"  # the engine of worker processes on this machine
_AT_ONCE = 500  # lines of the ledger
# Trying these again costs minutes each time and mostly comes to the same: only when asked to.
QUARANTINED = frozenset({"time-limit", "memory-limit", "crashed"})


@dataclass(slots=True)
class Summary:
    """What a run did: the entries of its files in the order they were done.

    `not_tried` counts the files that an earlier run put into quarantine, `reread` the documents read anew; `unplaced`
    are corrections by people that found no place in the new reading.
    """

    run: int = 0
    entries: list[FileEntry] = field(default_factory=list)
    not_tried: int = 0
    reread: int = 0
    changes: Changes = field(default_factory=Changes)
    unplaced: list[Correction] = field(default_factory=list)

    def of(self, *outcomes: str) -> list[FileEntry]:
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def complete(self) -> bool:
        return not self.of("failed", "needs-recognition")


@dataclass(frozen=True, slots=True)
class _Given:
    name: str
    sha256: str | None


def ingest(
    store: Store,
    files: Iterable[Address],
    settings: Settings,
    done: Callable[[FileEntry], None] = lambda entry: None,
    unreadable: Sequence[Path] = (),
    mode: Mode = "new",
    gone: Sequence[str] = (),
    task: str = TASK,
    given: Sequence[str] = (),
) -> Summary:
    """Read files into the store and return what became of each. `done` is called after every file.

    A file whose content is stored is left as it is, in `mode` "reprocess" it is read anew and replaced. `unreadable`
    are folders and `gone` files that earlier runs could not read and that are not there any more, for the ledger;
    `given` are the arguments of the command. Raises StoreError, UsageError and NeedsTool for an engine that cannot be
    used.
    """
    check_engine(settings.engine)
    ingestion = _Ingestion(store, mode, done, _told(settings, mode, given))
    for folder in unreadable:
        ingestion.log(FileEntry(printable(str(folder)), "failed", None, "no-permission"))
    for name in gone:
        ingestion.log(FileEntry(name, "skipped", None, "gone"))
    # Closed however the run ends, and with it its workers.
    with closing(_processed(ingestion.new(files), settings, task)) as outcomes:
        for processed in outcomes:
            ingestion.store_next(processed)
    ingestion.finish()
    return ingestion.summary


def _processed(files: Iterator[tuple[Address, str]], settings: Settings, task: str) -> Generator[Processed, None, None]:
    limits = Limits(settings.file_seconds, settings.file_memory)
    if settings.engine == LOCAL:
        return process_files(files, _workers(settings), limits, task)
    from cchc import dask_engine

    module, _, function = task.partition(":")
    return dask_engine.process_files(files, settings.engine, limits, getattr(import_module(module), function))


def check_engine(engine: str) -> None:
    """Raises UsageError "engine-unknown" for what is neither "local" nor "dask://host:port"."""
    if engine != LOCAL:
        from cchc.dask_engine import address_of

        address_of(engine)


def _workers(settings: Settings) -> int:
    return settings.workers or os.cpu_count() or 1


def _told(settings: Settings, mode: Mode, given: Sequence[str]) -> dict[str, object]:
    """What the ledger keeps of a run's settings; the address of the store may hold a password and is left out."""
    return {
        "mode": mode,
        "paths": [printable(path) for path in given],
        "engine": settings.engine,
        "workers": _workers(settings) if settings.engine == LOCAL else None,
        "file_seconds": settings.file_seconds,
        "file_memory": settings.file_memory,
    }


def left_undone(store: Store, within: Sequence[Address] | None = None) -> tuple[Inputs, tuple[str, ...]]:
    """The files to take up again, all or those below some paths, and the names of those that are not there any more."""
    files: dict[Address, None] = {}
    unreadable: list[Path] = []
    gone: list[str] = []
    for entry in store.undone():
        if is_address(entry.path):
            if within is None or entry.path in within:
                files[entry.path] = None
            continue
        path = Path(entry.path)
        if within is not None and not any(path.is_relative_to(other) for other in within):
            continue
        if not os.path.lexists(path):
            gone.append(entry.path)
            continue
        found = find_inputs([path])
        files.update(dict.fromkeys(found.files))
        unreadable.extend(found.unreadable)
    return Inputs(tuple(files), (), tuple(unreadable)), tuple(gone)


def everything_stored(store: Store) -> tuple[Inputs, tuple[str, ...]]:
    """The files that were read, and the names of those that are not there any more."""
    files: dict[Address, None] = {}
    gone: list[str] = []
    for entry in store.files():
        if entry.outcome in ("read", "unchanged", "needs-recognition"):
            path: Address = entry.path if is_address(entry.path) else Path(entry.path)
            if is_address(path) or os.path.lexists(path):
                files[path] = None
            else:
                gone.append(entry.path)
    return Inputs(tuple(files)), tuple(gone)


class _Ingestion:
    """One run: what it was given, what it knows, what it did."""

    def __init__(
        self, store: Store, mode: Mode, done: Callable[[FileEntry], None], settings: Mapping[str, object]
    ) -> None:
        self._store = store
        self._mode = mode
        self._done = done
        self._before = {entry.path: entry for entry in store.undone()}
        undone = {entry.sha256: entry for entry in self._before.values() if entry.sha256}
        self._quarantined = {sha: entry for sha, entry in undone.items() if entry.reason in QUARANTINED}
        # Stored, with pages that wait for a recognition which may be there by now.
        self._waiting = {sha for sha, entry in undone.items() if entry.outcome == "needs-recognition"}
        self._given: deque[_Given] = deque()
        self._first: dict[str, str] = {}  # by content: the name of the file that is read for all of the same content
        self._twins: defaultdict[str, list[str]] = defaultdict(list)
        self._outcomes: dict[str, FileEntry] = {}
        self._held: list[FileEntry] = []
        self.summary = Summary(store.start_run("ingest", settings, program_version(), pattern_version()))

    def log(self, entry: FileEntry) -> None:
        """Note what became of a file; many lines go into the ledger at once, before the next file is read or stored."""
        self._held.append(entry)
        if len(self._held) >= _AT_ONCE:
            self._write_held()
        self._note(entry)

    def _write_held(self) -> None:
        if self._held:
            self._store.log_file(self.summary.run, *self._held)
            self._held.clear()

    def new(self, files: Iterable[Address]) -> Iterator[tuple[Address, str]]:
        """The files that must be read; of the others it is noted why not."""
        for path, name, sha256, stored in self._looked_up(files):
            if sha256 in self._outcomes:
                self.log(self._like_first(name, sha256))
            elif sha256 in self._first:
                self._twins[sha256].append(name)
            elif sha256 is not None and (known := self._known(name, sha256, stored)) is not None:
                self.log(known)
            else:
                if sha256 is not None:
                    self._first[sha256] = name
                self._given.append(_Given(name, sha256))
                self._write_held()
                yield path, name

    def _looked_up(self, files: Iterable[Address]) -> Iterator[tuple[Address, str, str | None, bool]]:
        """Each file with its name, its content and whether that is stored.

        Where file after file is stored already many are looked up at once; a file to be read is hashed just before.
        """
        rest, size = iter(files), 1
        while batch := [(path, printable(str(path)), content_hash(path)) for path in islice(rest, size)]:
            stored = self._store.known({sha256 for _, _, sha256 in batch if sha256})
            for path, name, sha256 in batch:
                yield path, name, sha256, sha256 in stored
            all_there = all(sha256 in stored for _, _, sha256 in batch)
            size = min(2 * size, _AT_ONCE) if all_there and self._mode != "reprocess" else 1

    def _known(self, name: str, sha256: str, is_stored: bool) -> FileEntry | None:
        """What earlier runs know of a content that need not be read; None where it must be."""
        if self._mode == "reprocess":
            return None
        if self._mode == "new" and sha256 in self._quarantined:
            self.summary.not_tried += 1
            return replace(self._quarantined[sha256], path=name, seconds=None)
        return _unchanged(name, sha256) if is_stored and sha256 not in self._waiting else None

    def _like_first(self, name: str, sha256: str) -> FileEntry:
        first = self._outcomes[sha256]
        if first.outcome in ("read", "unchanged"):
            return FileEntry(name, "unchanged", sha256, "same-content", self._first[sha256])
        return replace(first, path=name, seconds=None)

    def store_next(self, processed: Processed) -> None:
        """Store the outcome of the file that is next in order, and say the same of those with the same content."""
        given = self._given.popleft()
        self._write_held()
        entry = self._stored(processed, given)
        self._note(entry)
        if given.sha256 is not None:
            self._outcomes[given.sha256] = entry
            for name in self._twins.pop(given.sha256, ()):
                self.log(self._like_first(name, given.sha256))

    def _stored(self, processed: Processed, given: _Given) -> FileEntry:
        entry, run = processed.entry, self.summary.run
        if entry.sha256 is None:
            entry = replace(entry, sha256=given.sha256)
        if given.sha256 is not None and entry.sha256 != given.sha256:
            # What was read may be half of a file that is just being copied: not taken for a report.
            entry = FileEntry(entry.path, "failed", None, "changed", None, entry.seconds)
        if entry.reason == "changed" or processed.document is None or processed.report is None:
            self._store.log_file(run, entry)
            return entry
        sha256 = processed.document.sha256
        replaces = (self._mode == "reprocess" or sha256 in self._waiting) and self._store.has(sha256)
        before = self._store.report(sha256).report if replaces else None
        added = self._store.add_report(
            processed.document, processed.report, run=run, entry=entry, as_read=processed.as_read, replace=replaces
        )
        if before is not None:
            self.summary.reread += 1
            after = self._store.report(sha256).report  # with the corrections that people made
            self.summary.changes += changes(without_settling(before), without_settling(after))
            self.summary.unplaced += [one for one in self._store.corrections(sha256) if not one.placed]
        return entry if added else _unchanged(entry.path, sha256)

    def finish(self) -> None:
        """Let go of the folders that could not be read before and can be now."""
        self._write_held()
        for name, entry in self._before.items():
            if entry.reason == "no-permission" and Path(name).is_dir() and os.access(name, os.R_OK | os.X_OK):
                self._store.log_file(self.summary.run, FileEntry(name, "skipped"))
        self._store.settle()
        self._store.finish_run(self.summary.run)

    def _note(self, entry: FileEntry) -> None:
        self.summary.entries.append(entry)
        self._done(entry)


def _unchanged(name: str, sha256: str | None) -> FileEntry:
    return FileEntry(name, "unchanged", sha256)
