"""python -m benchmarks.answers [--write]: answers from a large archive, whether they are true and how long they take.

First some 1,000 documents of three provinces, thirty districts and six years are written and read as any others, and
every cell of the answers is compared with what was planted. Then the store is copied, province by province under other
names, to 10,000 documents, and the largest answers are asked for: each several times, the median is told, by the clock
and by the time of the processor, which other programs on the machine do not change.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from benchmarks.answers_truth import checked
from cchc.ingest import ingest
from cchc.settings import Settings
from compare.audited import Audited
from compare.digest import refresh
from compare.history import Scope
from compare.side_by_side import side_by_side
from load.connect import writing
from load.store import Store
from samples.archive import make_archive
from samples.archive_papers import write_archive

FIGURES = Path(__file__).parent / "ANSWERS.md"
SEED, YEAR = 1, 2021
LIMIT = 2.0
# Tables whose rows belong to a document, parents before children.
_OWNED = ("pages", "assessments", "results", "deductions", "responsibilities", "findings", "refusals", "evidence")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--store", type=Path, help="an archive that was read before, in place of reading it now")
    parser.add_argument("--write", action="store_true", help="store the figures in benchmarks/ANSWERS.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="cchc-answers-") as name:
        lines, failed = _run(Path(name), options.store, options.documents, options.repeat)
    _say(*lines)
    if options.write:
        FIGURES.write_text("# Answers\n\n" + "\n".join(lines) + "\n", encoding="utf8")
    return int(failed)


def _run(folder: Path, given: Path | None, documents: int, repeat: int) -> tuple[list[str], bool]:
    archive = make_archive(SEED)
    db, seconds = folder / "archive.db", 0.0
    if given is None:
        files = list(write_archive(archive, folder / "reports"))
        start = time.perf_counter()
        with Store.open(db) as store:
            ingest(store, files, Settings())
        seconds = time.perf_counter() - start
    else:
        db.write_bytes(given.read_bytes())
    with Store.open(db) as store:
        count = len(store.documents())
        told = checked(store, archive)
        read = f", read in {seconds:.0f} s on {os.cpu_count()} cores" if seconds else ""
        lines = [
            f"{count} documents of 3 provinces, 30 districts, 6 years{read}: {told.facts} cells and rows of answers "
            f"compared with what was planted, {len(told.differences)} differ.",
            *(f"- {one}" for one in told.differences[:20]),
        ]
        while (have := len(store.documents())) < documents:
            _copy(store, have // count)
        start = time.perf_counter()
        refresh(store)
        counted = time.perf_counter() - start
        size = db.stat().st_size / 2**20
        with store.reading() as connection:
            results = connection.execute(text("SELECT COUNT(*) FROM results")).scalar_one()
        lines += [
            "",
            f"{have} documents, {results} results, {size:.0f} MiB (SQLite, {os.cpu_count()} cores). Losses counted "
            f"once in {counted:.0f} s; from then on (medians of {repeat}):",
            "",
            "| answer | rows | seconds | of the processor |",
            "|---|---|---|---|",
        ]
        slow = False
        for what, ask in _questions(store).items():
            rows, clock, processor = _timed(ask, repeat)
            slow |= processor > LIMIT
            lines.append(f"| {what} | {rows} | {clock:.2f} | {processor:.2f} |")
    return lines, bool(told.differences) or slow


def _questions(store: Store) -> dict[str, Callable[[], int]]:
    """The largest answers: each over all provinces, those of an audit over all years."""

    def audited() -> Audited:
        return Audited(store, Scope())

    def side(by: Any) -> int:
        return sum(len(block.lines) for block in side_by_side(store, YEAR, by=by).blocks)

    def who() -> int:
        told = audited()
        return len(told.agencies) + len(told.kinds) + len(told.without_reason)

    return {
        "all units of a year by domains, with differences": lambda: side("domains"),
        "all units of a year by canonical domains, across scorecards": lambda: side("across"),
        "recurring deductions, all units and years": lambda: len(audited().recurring),
        "promises and what became of them, all units and years": lambda: len(audited().promises),
        "agencies and kinds by points lost, losses without a reason, all units and years": who,
    }


def _timed(ask: Callable[[], int], repeat: int) -> tuple[int, float, float]:
    clock, processor, rows = list[float](), list[float](), 0
    for _ in range(repeat):
        start = time.perf_counter(), time.process_time()
        rows = ask()
        clock.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    return rows, statistics.median(clock), statistics.median(processor)


def _copy(store: Store, number: int) -> None:
    """The first archive once more, as that of other provinces."""
    with writing(store.engine) as connection:
        documents, units = (
            int(connection.execute(text(f"SELECT MAX(id) FROM {table}")).scalar_one())
            for table in ("documents", "units")
        )
        first = int(connection.execute(text("SELECT MAX(id) FROM documents WHERE file NOT LIKE 'copy-%'")).scalar_one())
        old = "province NOT LIKE '% (%)'"
        connection.execute(
            text(
                f"INSERT INTO units (id, name, level, province, district) SELECT id + :units, name, level, "
                f"province || ' (' || :number || ')', district FROM units WHERE {old}"
            ),
            {"units": units, "number": number},
        )
        changed = {
            "id": f"id + {documents}", "file": f"'copy-{number}-' || file",
            "sha256": f"substr('{number:04}' || sha256, 1, 64)", "number": f"number || '-{number}'",
        }  # fmt: skip
        _insert(connection, "documents", changed, f"id <= {first}")
        for table in _OWNED:
            moved = {"document_id": f"document_id + {documents}"}
            if table == "assessments":
                moved["unit_id"] = f"unit_id + {units}"
            _insert(connection, table, moved, f"document_id <= {first}")
        moved = {"member_id": f"member_id + {documents}", "speaker_id": f"speaker_id + {documents}"}
        _insert(connection, "renditions", moved, f"member_id <= {first}")


def _insert(connection: Connection, table: str, changed: dict[str, str], where: str) -> None:
    columns = [row[1] for row in connection.execute(text(f"PRAGMA table_info({table})"))]
    values = ", ".join(changed.get(column, column) for column in columns)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {where}"))


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
