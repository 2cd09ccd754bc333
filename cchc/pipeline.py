"""The pipeline of one file, from its bytes to an audited report. Reads from top to bottom."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

from audit.check import audited
from cchc.addresses import near
from cchc.processed import Processed, printable
from extract.document import Document
from extract.readers import read_source
from extract.report import read_report
from extract.scan.recognition import recognise_from_the_end
from extract.sniffing import kind_of
from extract.source import Source
from load.entries import FileEntry, Steps
from normalize.errors import CchcError
from normalize.records import Report
from normalize.units import UnitRegistry

__all__ = ["Processed", "lend_a_hand", "process_file", "warm_up"]

_WARMING = """UBND HUYỆN A
Số: 1/UBND-NV, ngày 05 tháng 01 năm 2020
1. Cải cách thể chế (Phòng Tư pháp phụ trách): đạt 1,5/2 điểm. Lý do bị trừ: chậm báo cáo (trừ 0,5 điểm).

Mã\tTiêu chí\tĐiểm tối đa\tĐiểm đạt\tĐiểm trừ\tLý do
1.1\tKế hoạch\t2\t1,5\t0,5\tBan hành chậm
"""


def process_file(path: Path | str, name: str | None = None) -> Processed:
    """Read, extract and audit one file, by its path or an address of fsspec.

    What cannot be read comes back with its reason; nothing is raised for it.
    """
    start = time.perf_counter()
    shown = printable(name or str(path))
    sha256: str | None = None
    steps = Steps()
    try:
        with steps.step("open"), near(path) as local:
            source = Source.open(local)
        sha256 = source.sha256
        with steps.step("read"):
            document = read_source(replace(source, file=printable(source.file)))
        with steps.step("extract"):
            as_read = read_report(document)
        with steps.step("audit"):
            report = audited(as_read)
    except CchcError as error:
        seconds = time.perf_counter() - start
        entry = FileEntry(shown, "failed", sha256, error.reason, error.detail or None, seconds, steps.made)
        return Processed(entry)
    entry = replace(_entry(shown, document, report, time.perf_counter() - start), steps=steps.made)
    return Processed(entry, _without_text(document), report, as_read)


def lend_a_hand(path: Path) -> None:
    """Do what can be done beforehand of a file that another process reads: its scanned pages, from the last one on.

    Whatever fails here is told by the process that reads the file.
    """
    with contextlib.suppress(CchcError):
        source = Source.open(path)
        if kind_of(source.data, source.file) == "pdf":
            recognise_from_the_end(source)


@cache
def warm_up() -> None:
    """Load what every file needs (rules, patterns, names), so that no time limit of a file pays for it."""
    source = Source.of(_WARMING.encode(), Path("warming.txt"))
    audited(read_report(read_source(source)))
    UnitRegistry.load().resolve("A", loose=True)  # a name of no unit is looked for in all lists


def _entry(shown: str, document: Document, report: Report, seconds: float) -> FileEntry:
    waiting = [page for page in document.pages if page.method == "needs-recognition"]
    if waiting:
        pages = ", ".join(str(page.number) for page in waiting[:20])
        return FileEntry(shown, "needs-recognition", document.sha256, waiting[0].why or "no-text-layer", pages, seconds)
    reason = None if report.assessments or report.scorecard else "no-scores"
    return FileEntry(shown, "read", document.sha256, reason, None, seconds)


def _without_text(document: Document) -> Document:
    # The words of a scan of a hundred pages would go through the pipe between processes for nothing.
    return replace(document, pages=tuple(replace(page, blocks=(), running=(), notes=()) for page in document.pages))
