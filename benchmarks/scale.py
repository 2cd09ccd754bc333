"""make bench: many one-table Word reports in one run; documents a second, memory over the run, size of the database.

python -m benchmarks.scale [--count 10000] [--db server] [--write]

Told are also the time of each tenth of the run, which must not grow, and what a second run over the same folder costs.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import tempfile
import threading
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx

from benchmarks.bench import database, database_size, write_section
from cchc.ingest import ingest
from cchc.inputs import find_inputs
from cchc.settings import Settings
from load.entries import FileEntry
from load.store import Store
from normalize.records import Unit
from normalize.unit_lists import index

_ROWS = [(f"{domain}.{number}", f"Tiêu chí thành phần số {number}") for domain in range(1, 9) for number in range(1, 5)]
# Each report is of its own unit and year: those of one unit and year would be compared as renditions of one report.
_YEAR, _UNIT = "YEAR0000", "UNIT0000"
_YEARS = range(2000, 2025)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--db", help="an empty database of a server; 'server' starts one; without it a file")
    parser.add_argument("--write", action="store_true", help="store the figures in benchmarks/SCALE.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name, database(options.db, Path(name)) as db:
        lines, fine = _measured(Path(name), options.count, db)
    print("\n".join(lines))
    if options.write:
        write_section("SCALE.md", "Scale", "PostgreSQL" if options.db else "SQLite", lines)
    return 0 if fine else 1


def _measured(folder: Path, count: int, db: str) -> tuple[list[str], bool]:
    files = _reports(folder, count)
    memory, moments, busy = _Memory(), list[float](), list[float]()

    def done(_entry: FileEntry) -> None:
        moments.append(time.perf_counter())
        busy.append(time.process_time())

    start = time.perf_counter()
    with Store.open(db) as store:
        summary = ingest(store, files, Settings(), done)
        seconds = time.perf_counter() - start
        samples, size = memory.stop(), database_size(store)
        again = _again(folder, db)
    tenths, writing = _tenths(moments), _tenths(busy)
    early, late = _peaks(samples)
    fine = len(summary.of("read")) == count and again.of("unchanged") == again.entries
    ratio, share = tenths[-1] / tenths[0], again.seconds / seconds
    lines = [
        f"{count} one-table Word reports of {len(_ROWS)} results each, {os.cpu_count()} cores:",
        f"read {len(summary.of('read'))}, {count / seconds:.1f} documents a second ({seconds:.0f} s)",
        f"time of the tenths of the run: {', '.join(f'{one:.1f}' for one in tenths)} s; "
        f"the last is {ratio:.2f} times the first (at most 1.2 is asked for)",
        f"of that the writing process (seconds of a core): {', '.join(f'{one:.2f}' for one in writing)}",
        f"the same folder a second time: {again.seconds:.1f} s, {share:.1%} of the first (under 2 % is asked for)",
        f"memory of the program and its workers: {early:.0f} MiB in the second tenth, {late:.0f} MiB in the last",
        f"database {size / 1024 / count:.0f} KiB a document",
    ]
    return lines, fine and ratio <= 1.2 and share < 0.02


@dataclass(slots=True)
class _Again:
    seconds: float
    entries: list[FileEntry]

    def of(self, outcome: str) -> list[FileEntry]:
        return [entry for entry in self.entries if entry.outcome == outcome]


def _again(folder: Path, db: str) -> _Again:
    """The second run as the command makes it: the folder is listed and the store opened anew."""
    start = time.perf_counter()
    with Store.open(db) as store:
        summary = ingest(store, find_inputs([folder / "reports"]).files, Settings())
    return _Again(time.perf_counter() - start, summary.entries)


def _tenths(moments: list[float]) -> list[float]:
    """Seconds of each tenth of the files, from the first outcome on: the start of the workers is not in them."""
    marks = [moments[min(len(moments) - 1, len(moments) * tenth // 10)] for tenth in range(11)]
    return [after - before for before, after in itertools.pairwise(marks)]


def _peaks(samples: list[float]) -> tuple[float, float]:
    tenth = max(1, len(samples) // 10)
    return max(samples[tenth : 2 * tenth] or samples), max(samples[-tenth:])


def _reports(folder: Path, count: int) -> list[Path]:
    """Word files alike but for a number in their title, so that each has its own content."""
    document = docx.Document()
    document.add_paragraph(f"KẾT QUẢ CHẤM ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM {_YEAR} CỦA HUYỆN {_UNIT}")
    table = document.add_table(rows=0, cols=5)
    for texts in [("TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Nguyên nhân")] + [
        (code, name, "2,00", "1,50", "Báo cáo gửi chậm 03 ngày") for code, name in _ROWS
    ]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = [unit.name or "" for unit in _districts()]
    files = []
    (folder / "reports").mkdir()
    for number in range(count):
        path = folder / "reports" / f"report-{number:05}.docx"
        year = str(_YEARS[number % len(_YEARS)]).encode()
        unit = names[number // len(_YEARS) % len(names)].upper().encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content.replace(_YEAR.encode(), year).replace(_UNIT.encode(), unit))
        files.append(path)
    return files


def _districts() -> list[Unit]:
    """Districts whose names no other district bears, by name."""
    found = [entries[0].unit for entries in index("district").values() if len(entries) == 1]
    return sorted((unit for unit in found if unit.name), key=lambda unit: unit.name or "")


class _Memory:
    """The resident memory of this process and its children in MiB, every half second (Linux only)."""

    def __init__(self) -> None:
        self._samples: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> list[float]:
        self._ended.set()
        self._thread.join()
        return self._samples

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            self._samples.append(sum(_resident(pid) for pid in _family(os.getpid())))


def _family(root: int) -> list[int]:
    found = [root]
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _resident(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0.0
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    raise SystemExit(main())
