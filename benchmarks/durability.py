"""`python -m benchmarks.durability [--write]`: kills `cchc ingest` of 300 files at 20 random moments and goes on.

The command itself with its workers, on SQLite and on a PostgreSQL server that is started for it. At the end the export
must be that of an undisturbed run, byte for byte, and every document must have been read once.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from benchmarks.bench import ROOT, SERVER, database, write_section

sys.path.insert(0, str(ROOT / "tests"))

from ingesting import write_reports

from load.export import export_jsonl
from load.store import Store

COMMAND = [sys.executable, "-c", "from cchc.cli import main; main()", "ingest"]
KINDS = {"sqlite": None, "postgresql": SERVER}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.durability", description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", choices=[*KINDS, "both"], default="both")
    parser.add_argument("--write", action="store_true", help="store the figures in benchmarks/DURABILITY.md")
    options = parser.parse_args()
    fine = True
    with tempfile.TemporaryDirectory(prefix="cchc-durability-") as name:
        folder = Path(name)
        reports = folder / "báo cáo"
        write_reports(reports, options.files)
        calm = str(folder / "calm.db")
        _run(reports, calm)
        wanted = _exported(calm, folder / "calm.jsonl")
        for kind in KINDS if options.on == "both" else [options.on]:
            with database(KINDS[kind], folder, f"disturbed_{kind}") as db:
                lines, same = _disturbed(reports, db, options.files, options.moments, options.seed, wanted)
            fine = fine and same
            if options.write:
                write_section("DURABILITY.md", "Killed and gone on", kind, lines)
    return 0 if fine else 1


def _disturbed(reports: Path, db: str, files: int, moments: int, seed: int, wanted: bytes) -> tuple[list[str], bool]:
    rng, held, start = random.Random(seed), list[int](), time.perf_counter()
    Store.open(db).close()
    for moment in range(moments):
        # Some runs come to nothing, some far; the moment lies anywhere in what they do with a document.
        more = rng.randint(0, 2 * files // (moments + 1))
        held.append(_killed(reports, db, more, rng.uniform(0, 0.3)))
        _say(f"killed {moment + 1:2}: {held[-1]:3} documents")
    _run(reports, db)
    with Store.open(db, create=False) as store:
        read = sum(run.files.get("read", 0) for run in store.runs())
        problems = store.check().problems
    same = _exported(db, reports.parent / "disturbed.jsonl") == wanted
    fine = same and read == files and not problems and held == sorted(held)
    lines = [
        f"{files} files, killed (SIGKILL) {moments} times, seed {seed}: the store held {', '.join(map(str, held))}",
        f"read in all runs together: {read}; problems found by the check: {len(problems)}",
        "the export is that of an undisturbed run, byte for byte" if same else "THE EXPORTS DIFFER",
        f"{time.perf_counter() - start:.0f} s",
    ]
    for line in lines[1:]:
        _say(line)
    return lines, fine


def _run(reports: Path, db: str) -> None:
    subprocess.run([*COMMAND, str(reports), "--db", db], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def _killed(reports: Path, db: str, more: int, after: float) -> int:
    """Kill the command some time after it has stored that many documents; how many there are then."""
    with Store.open(db) as store:
        goal = _count(store) + more
        with _running(reports, db) as running:
            while running.poll() is None and _count(store) < goal:
                time.sleep(0.02)
            time.sleep(after)
        return _count(store)


@contextmanager
def _running(reports: Path, db: str) -> Iterator[subprocess.Popen[bytes]]:
    running = subprocess.Popen(
        [*COMMAND, str(reports), "--db", db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def _count(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM documents")).scalar_one())


def _exported(db: str, path: Path) -> bytes:
    with Store.open(db, create=False) as store:
        export_jsonl(store, path)
    return path.read_bytes()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
