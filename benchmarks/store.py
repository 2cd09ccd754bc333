"""`python -m benchmarks.store [--reports 3000] [--on both] [--write]`: what the store alone costs, and if that grows.

Reports of all families are generated and read once; then they are stored again and again, each time as those of another
unit and year under another number. Told are documents a second by tenths of the run, the size of the database, the
memory of the process, and on a server what COPY saves. The second run over files costs what `has` does for each.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import load.bulk
from benchmarks.bench import SERVER, database, database_size, write_section
from extract.document import Document
from extract.readers import read_document
from extract.report import read_report
from load.export import export_jsonl
from load.store import Store
from normalize.records import Report, Unit
from normalize.unit_lists import index
from samples.generator import generate

KINDS = {"sqlite": None, "postgresql": SERVER}
_SAID: list[str] = []


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.store", description=__doc__)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--kinds", type=int, default=40, help="different reports that are generated")
    parser.add_argument("--on", choices=[*KINDS, "both"], default="both")
    parser.add_argument("--write", action="store_true", help="store the figures in benchmarks/STORE.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cchc-store-") as name:
        folder = Path(name)
        kinds = _read(folder / "reports", options.kinds)
        for kind in KINDS if options.on == "both" else [options.on]:
            _SAID.clear()
            with database(KINDS[kind], folder, "store") as db, Store.open(db) as store:
                _fill(store, kinds, options.reports)
                _questions(store, folder, options.reports)
                if kind == "postgresql":
                    _without_copy(store, kinds, options.reports)
            if options.write:
                write_section("STORE.md", "The store alone", kind, _SAID)
    return 0


def _read(folder: Path, count: int) -> list[tuple[Document, Report]]:
    generate(5, count, tuple("ABCDEFG"), ("txt", "docx"), folder)
    paths = sorted(path for path in folder.iterdir() if path.suffix != ".json")
    documents = [read_document(path) for path in paths]
    return [(replace(document, pages=document.pages[:40]), read_report(document)) for document in documents]


def _variants(kinds: list[tuple[Document, Report]], start: int, count: int) -> Iterator[tuple[Document, Report]]:
    """The same reports of other units and years, under other numbers."""
    units = sorted({entry.unit for several in index("commune").values() for entry in several}, key=repr)
    for number in range(start, start + count):
        document, report = kinds[number % len(kinds)]
        unit = units[number * 7 % len(units)]
        year = 2005 + number // len(units) % 20
        assessments = tuple(
            replace(one, unit=unit if len(report.assessments) == 1 else _renamed(one.unit, number), year=year)
            for one in report.assessments
        )
        head = report.heading
        if head.number is not None:
            head = replace(head, number=replace(head.number, value=f"{number}/BC-UBND"))
        digest = sha256(f"{number}".encode()).hexdigest()
        yield (
            replace(document, file=f"{number:06}.{document.media}", sha256=digest),
            replace(report, heading=head, assessments=assessments),
        )


def _renamed(unit: Unit, number: int) -> Unit:
    return replace(unit, province=f"{unit.province} {number % 97}")


def _fill(store: Store, kinds: list[tuple[Document, Report]], count: int) -> None:
    run, tenth, seconds, results = store.start_run("benchmark"), max(1, count // 10), [], 0
    start = time.perf_counter(), time.process_time()
    for number, (document, report) in enumerate(_variants(kinds, 0, count)):
        if number % tenth == 0:
            seconds.append([0.0, 0.0])
        before = time.perf_counter(), time.process_time()
        store.add_report(document, report, run=run)
        seconds[-1][0] += time.perf_counter() - before[0]
        seconds[-1][1] += time.process_time() - before[1]
        results += sum(len(assessment.results) for assessment in report.assessments)
    whole, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    _say(
        f"{store.engine.dialect.name}: {count} documents, {results} results in {whole:.0f} s ({cpu:.0f} s of one core)"
    )
    _say("ms a document by tenths (clock/processor): " + ", ".join(
        f"{one[0] / tenth * 1000:.0f}/{one[1] / tenth * 1000:.0f}" for one in seconds
    ))  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(f"memory {memory:.0f} MiB, database {database_size(store) / 2**20:.0f} MiB")


def _questions(store: Store, folder: Path, count: int) -> None:
    hashes = [sha256(f"{number}".encode()).hexdigest() for number in range(0, count, 7)]
    _timed(f"has, for each of {len(hashes)}", lambda: [store.has(one) for one in hashes])
    _timed("list", store.documents)
    for query in ("ke hoach", '"kế hoạch" chậm', "tuyên truyền"):
        _timed(f"search {query}", lambda query=query: store.search(query))
    _timed("check", lambda: _expect(store.check().problems == ()))
    _timed("export jsonl", lambda: export_jsonl(store, folder / "export.jsonl"))
    _timed("backup", lambda: store.backup(folder / "backup.zip"))
    _say(f"backup {(folder / 'backup.zip').stat().st_size / 2**20:.0f} MiB")
    (folder / "restored.db").unlink(missing_ok=True)
    with Store.open(folder / "restored.db") as other:
        _timed("restore into a file", lambda: other.restore(folder / "backup.zip"))
        export_jsonl(other, folder / "again.jsonl")
    _expect((folder / "export.jsonl").read_bytes() == (folder / "again.jsonl").read_bytes())
    _say("the restored export is the same")


def _without_copy(store: Store, kinds: list[tuple[Document, Report]], start: int) -> None:
    """200 documents with COPY and 200 without, by turns."""
    seconds = {True: 0.0, False: 0.0}
    usual = load.bulk.COPY_FROM
    for number, (document, report) in enumerate(_variants(kinds, start, 400)):
        copied = number % (2 * len(kinds)) < len(kinds)
        load.bulk.COPY_FROM = usual if copied else sys.maxsize
        before = time.perf_counter()
        store.add_report(document, report)
        seconds[copied] += time.perf_counter() - before
    load.bulk.COPY_FROM = usual
    _say(f"with COPY {seconds[True] / 200 * 1000:.0f} ms a document, without {seconds[False] / 200 * 1000:.0f} ms")


def _timed(what: str, run: object) -> None:
    before = time.perf_counter(), time.process_time()
    run()  # type: ignore[operator]
    _say(f"{what}: {time.perf_counter() - before[0]:.2f} s ({time.process_time() - before[1]:.2f} s of one core)")


def _expect(true: bool) -> None:
    if not true:
        raise SystemExit("that is not as it should be")


def _say(line: str) -> None:
    _SAID.append(line)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
