"""`python -m benchmarks.durability --files 300 --moments 20`: kills `cchc ingest` at random moments and goes on.

The command itself with its workers, on SQLite or on the server of `--db` (an empty database). At the end the export
must be that of an undisturbed run, byte for byte.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from ingesting import write_reports  # noqa: E402 (the path comes first)

from load.export import export_jsonl  # noqa: E402
from load.store import Store  # noqa: E402

COMMAND = [sys.executable, "-c", "from cchc.cli import main; main()", "ingest"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.durability", description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", help="an empty database of a server; without it a file")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="cchc-durability-") as name:
        folder = Path(name)
        reports = folder / "báo cáo"
        write_reports(reports, options.files)
        calm, disturbed = str(folder / "calm.db"), options.db or str(folder / "disturbed.db")
        _run(reports, calm)
        Store.open(disturbed).close()
        for moment in range(options.moments):
            # the first runs may not come far, the last has the rest to do
            more = rng.randint(0, 2 * options.files // (options.moments + 1))
            held = _killed(reports, disturbed, more, rng.uniform(0, 1))
            sys.stdout.write(f"killed {moment + 1:2}: {held:3} documents\n")
            sys.stdout.flush()
        _run(reports, disturbed)
        same = _exported(calm, folder / "a") == _exported(disturbed, folder / "b")
    sys.stdout.write("the exports are the same\n" if same else "THE EXPORTS DIFFER\n")
    return 0 if same else 1


def _run(reports: Path, db: str) -> None:
    subprocess.run([*COMMAND, str(reports), "--db", db], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def _killed(reports: Path, db: str, more: int, after: float) -> int:
    """Kill the command some time after it has stored that many documents; how many there are then."""
    with Store.open(db) as store:
        goal = len(store.documents()) + more
        running = subprocess.Popen(
            [*COMMAND, str(reports), "--db", db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        while running.poll() is None and len(store.documents()) < goal:
            time.sleep(0.1)
        time.sleep(after)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        return len(store.documents())


def _exported(db: str, path: Path) -> bytes:
    with Store.open(db, create=False) as store:
        export_jsonl(store, path)
    return path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
