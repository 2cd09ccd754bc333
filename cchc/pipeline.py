"""The pipeline of one file, from its bytes to an audited report. Reads from top to bottom."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from audit.check import audited
from extract.document import Document
from extract.readers import read_source
from extract.report import read_report
from extract.source import Source
from load.ledger import FileEntry
from normalize.errors import CchcError
from normalize.records import Report


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of a file: its line for the ledger, and what was read (None where nothing could be)."""

    entry: FileEntry
    document: Document | None = None
    report: Report | None = None
    as_read: Report | None = None


def process_file(path: Path, name: str | None = None) -> Processed:
    """Read, extract and audit one file. What cannot be read comes back with its reason; nothing is raised for it."""
    start = time.perf_counter()
    shown = name or str(path)
    sha256: str | None = None
    try:
        source = Source.open(path)
        sha256 = source.sha256
        document = read_source(source)
        as_read = read_report(document)
        report = audited(as_read)
    except CchcError as error:
        sha256 = sha256 or _hash_of(path)
        entry = FileEntry(shown, "failed", sha256, error.reason, error.detail or None, time.perf_counter() - start)
        return Processed(entry)
    entry = _entry(shown, document, report, time.perf_counter() - start)
    return Processed(entry, document, report, as_read)


def _entry(shown: str, document: Document, report: Report, seconds: float) -> FileEntry:
    waiting = [page for page in document.pages if page.method == "needs-recognition"]
    if waiting:
        pages = ", ".join(str(page.number) for page in waiting[:20])
        return FileEntry(shown, "needs-recognition", document.sha256, waiting[0].why or "no-text-layer", pages, seconds)
    reason = None if report.assessments or report.scorecard else "no-scores"
    return FileEntry(shown, "read", document.sha256, reason, None, seconds)


def _hash_of(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
