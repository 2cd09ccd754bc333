"""make bench: many one-table Word reports in one run; documents a second, memory over the run, size of the database.

python -m benchmarks.scale [--count N] [--write]
"""

from __future__ import annotations

import argparse
import io
import os
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import docx

from cchc.ingest import ingest
from cchc.settings import Settings
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
    parser.add_argument("--write", action="store_true", help="store the figures in benchmarks/SCALE.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _reports(folder, options.count)
        memory = _Memory()
        start = time.perf_counter()
        with Store.open(folder / "scale.db") as store:
            summary = ingest(store, files, Settings())
        seconds = time.perf_counter() - start
        samples = memory.stop()
        size = (folder / "scale.db").stat().st_size
    tenth = max(1, len(samples) // 10)
    early, late = max(samples[tenth : 2 * tenth] or samples), max(samples[-tenth:])
    lines = [
        f"{len(files)} one-table Word reports of {len(_ROWS)} results each, {os.cpu_count()} cores:",
        f"read {len(summary.of('read'))}, {len(files) / seconds:.1f} documents a second ({seconds:.0f} s)",
        f"memory of the program and its workers: {early:.0f} MiB in the second tenth, {late:.0f} MiB in the last",
        f"database {size / 1024 / len(files):.0f} KiB a document",
    ]
    print("\n".join(lines))
    if options.write:
        text = "# Scale\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"
        (Path(__file__).parent / "SCALE.md").write_text(text, encoding="utf8")
    return 0


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
    for number in range(count):
        path = folder / f"report-{number:05}.docx"
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
