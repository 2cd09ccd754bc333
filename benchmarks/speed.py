"""The whole ingest of scanned reports against bare recognition of the same pages, side by side in one run.

    python -m benchmarks.speed [--rounds N] [--seed N] [--write]

Bare recognition is `tesseract page.png out -l vie --psm 6` over the pages at the resolution they were scanned with, as
many side by side as there are cores and one thread each: text without tables, values or a store. It is also run one
page after the other with the program's own threads, as a plain loop of the shell would, over every tenth page. Against
it stands `cchc ingest` in a process of its own with its workers, an empty archive and no page kept from before; its
code is compiled to bytecode once, as pip does when it installs it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from extract.scan.render import page_picture
from samples.generator import generate

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
FORMS = ("*.scan200.pdf", "*.copy200.pdf")
SOME = 10
"""Of the pages one after the other only every tenth is read: own threads can wait for each other for minutes."""
GENERATED = 8
"""Reports beside the real ones: an archive is more than thirty pages, and the program starts once for all of them."""
CORES = os.cpu_count() or 1
Times = dict[str, list[float]]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--rounds", type=int, default=3, help="each way is run once a round, in turn")
    parser.add_argument("--seed", type=int, default=1, help="of the generated scans")
    parser.add_argument("--write", action="store_true", help="store the figures in benchmarks/SPEED.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = reports(folder, options.seed)
        pages = page_pictures(files, folder / "pages")
        lines = report(files, pages, measured(files, pages, folder, options.rounds))
    print("\n".join(lines))
    if options.write:
        (Path(__file__).parent / "SPEED.md").write_text("\n".join(["# Speed", "", *lines, ""]), encoding="utf8")
    return 0


def reports(folder: Path, seed: int) -> list[Path]:
    """The scans of the real reports, where they are beside the project, and generated ones."""
    real = sorted(path for form in FORMS for path in REPORTS.glob(form))
    generate(seed, GENERATED, tuple("ACDE"), ("scan",), folder / "scans")
    return [*real, *sorted((folder / "scans").glob("*.pdf"))]


def page_pictures(files: Sequence[Path], folder: Path) -> list[Path]:
    """Every page as a PNG in the resolution it was scanned with."""
    folder.mkdir(parents=True)
    written = []
    for file in files:
        data = file.read_bytes()
        for number in range(1, pages_of(data) + 1):
            picture = page_picture(data, number)
            path = folder / f"{file.stem}-{number}.png"
            Image.fromarray(picture.pixels).save(path, dpi=(picture.dpi, picture.dpi))
            written.append(path)
    return written


def pages_of(data: bytes) -> int:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        return len(pdf)
    finally:
        pdf.close()


def measured(files: Sequence[Path], pages: Sequence[Path], folder: Path, rounds: int) -> Times:
    """Seconds of each way in each round; the ways take turns, so that all meet the same moods of the machine."""
    bytecode = compiled(folder / "bytecode")
    ways: dict[str, Callable[[], None]] = {
        "cchc ingest": lambda: ingest(files, bytecode),
        "bare": lambda: bare(pages, folder / "text", CORES, {"OMP_THREAD_LIMIT": "1"}),
        "bare, own threads": lambda: bare(pages[::SOME], folder / "text", 1, {}),
    }
    (folder / "text").mkdir()
    times: Times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - start)
    return times


def compiled(folder: Path) -> dict[str, str]:
    """The environment of a program whose bytecode lies there: that of all that an ingest loads."""
    told = {"PYTHONPYCACHEPREFIX": str(folder)}
    loaded = "import cchc.cli, cchc.ingestion_command, cchc.warm, extract.scan.read_scan, alembic.migration"
    run([sys.executable, "-c", loaded], told)
    return told


def ingest(files: Sequence[Path], bytecode: dict[str, str]) -> None:
    """The command itself, cold: a new archive, a new cache."""
    with tempfile.TemporaryDirectory() as name:
        told = {**bytecode, "CCHC_CACHE": str(Path(name) / "cache"), "CCHC_DB": str(Path(name) / "speed.db")}
        command = [sys.executable, "-m", "cchc.cli", "ingest", *map(str, files), "--workers", str(CORES)]
        run(command, told)


def bare(pages: Sequence[Path], folder: Path, side_by_side: int, told: dict[str, str]) -> None:
    def one(page: Path) -> None:
        run(["tesseract", str(page), str(folder / page.stem), "-l", "vie", "--psm", "6"], told)

    with ThreadPoolExecutor(side_by_side) as pool:
        list(pool.map(one, pages))


def run(command: Sequence[str], told: dict[str, str]) -> None:
    unwanted = ("OMP_THREAD_LIMIT", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    subprocess.run(command, check=True, env={**kept, **told}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def report(files: Sequence[Path], pages: Sequence[Path], times: Times) -> list[str]:
    """The figures as a table in Markdown."""
    own = statistics.median(times["cchc ingest"])
    version = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    lines = [
        f"{len(pages)} scanned pages of {len(files)} reports, {CORES} cores, Tesseract {version}, "
        f"{len(times['bare'])} rounds in turn. Bare recognition gives text without tables; `cchc ingest` starts cold "
        "and ends with the audited report in the archive.",
        "",
        "| | pages | least s | median s | s a page | cchc is faster by |",
        "|---|---|---|---|---|---|",
    ]
    shown = {
        "cchc ingest": f"`cchc ingest`, {CORES} workers",
        "bare": f"bare `tesseract --psm 6`, {CORES} side by side, one thread each",
        "bare, own threads": "bare `tesseract --psm 6`, one after the other, its own threads",
    }
    for name, seconds in times.items():
        median = statistics.median(seconds)
        read = len(pages[::SOME]) if name == "bare, own threads" else len(pages)
        faster = "" if name == "cchc ingest" else f"{median / read / (own / len(pages)):.2f} times"
        lines.append(f"| {shown[name]} | {read} | {min(seconds):.1f} | {median:.1f} | {median / read:.2f} | {faster} |")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
