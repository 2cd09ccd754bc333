"""make accuracy: the product against reports whose truth is known, field by field and form by form.

    python -m benchmarks.accuracy [--seed N] [--typed N] [--scans N] [--folder DIR] [--worst N] [--write]

The corpus is made new from its seed (samples/generator.py); the samples written for the project are added. Everything
is reported on documents that no cost or threshold was estimated on: those come from even seeds, this uses odd ones.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.bounds import upper_limit
from benchmarks.scoring import FIELDS, Tally, score_record
from cchc.pipeline import Processed
from cchc.workers import Limits, process_files
from load.reading import StoredReport
from load.records import record
from normalize.records import Finding
from samples import write_samples
from samples.generator import generate

TYPED = ("txt", "docx", "pdf")
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
# Warnings that tell of a planted wrong code; other warnings are notes and neither found nor false.
_OF_CODES = ("wrong-domain", "code-out-of-place")
Json = dict[str, Any]


@dataclass(slots=True)
class Row:
    """What one form of the corpus came to."""

    tally: Tally = field(default_factory=Tally)
    documents: int = 0
    untouched: int = 0
    unread: list[str] = field(default_factory=list)
    planted: int = 0
    found: int = 0
    false_findings: int = 0
    with_false: int = 0
    repaired_right: int = 0
    repaired_wrong: int = 0
    by_confidence: Counter[tuple[int, bool]] = field(default_factory=Counter)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy")
    parser.add_argument("--seed", type=int, default=101, help="odd: not the part that costs are estimated on")
    parser.add_argument("--typed", type=int, default=300)
    parser.add_argument("--scans", type=int, default=16)
    parser.add_argument("--folder", type=Path, default=Path("out/accuracy"))
    parser.add_argument("--worst", type=int, default=0, help="show this many wrong fields a document")
    parser.add_argument("--write", action="store_true", help="store the table in benchmarks/ACCURACY.md")
    options = parser.parse_args(arguments)
    shutil.rmtree(options.folder, ignore_errors=True)
    write_samples(options.folder / "samples")
    generate(options.seed, options.typed, tuple("ABCDEFGH"), TYPED, options.folder / "typed")
    if options.scans:
        generate(options.seed + 2, options.scans, tuple("ACDEG"), ("scan",), options.folder / "scans")
    rows = measured(list(corpus(options.folder)), options.worst)
    console = Console(width=150)
    console.print(fields_table(rows))
    console.print(errors_table(rows))
    for table in confidence_tables(rows):
        console.print(table)
    if options.write:
        _write(rows, options)
    return 0


def corpus(folder: Path) -> Iterator[tuple[Path, Json]]:
    """Every document below a folder with its truth."""
    for truth in sorted(folder.rglob("*.json")):
        for path in sorted(truth.parent.glob(f"{truth.stem}.*")):
            if path.suffix != ".json":
                yield path, json.loads(truth.read_text(encoding="utf8"))


def measured(documents: list[tuple[Path, Json]], worst: int = 0) -> dict[str, Row]:
    """The rows of the table by form: the formats of typed reports, and scans."""
    rows: dict[str, Row] = defaultdict(Row)
    files = [(path, str(path)) for path, _ in documents]
    outcomes = process_files(files, os.cpu_count() or 1, Limits())
    for (path, truth), processed in track(
        zip(documents, outcomes, strict=True), total=len(documents), console=Console(stderr=True), transient=True
    ):
        recognised = processed.document is not None and processed.document.method != "typed"
        form = "scans" if recognised or path.parent.name == "scans" else path.suffix[1:]
        _add(rows[form], path, truth, processed, worst)
    return dict(rows)


def _add(row: Row, path: Path, truth: Json, processed: Processed, worst: int) -> None:
    row.documents += 1
    if processed.document is None or processed.report is None:
        row.unread.append(f"{path.name}: {processed.entry.reason} {processed.entry.detail or ''}")
        return
    document = processed.document
    stored = StoredReport(
        document.file, document.sha256, document.media, document.method, document.page_count, processed.report
    )
    made = record(stored, "en")
    tally = score_record(made, truth)
    row.tally.add(tally)
    for note in tally.wrong[:worst]:
        print(f"{path.name}: {note}")
    row.untouched += all(result["status"] != "review" for item in made["assessments"] for result in item["results"])
    _findings(row, processed.report.findings, truth)
    _repairs(row, made, truth)


def _findings(row: Row, findings: Sequence[Finding], truth: Json) -> None:
    """A planted mistake is found when a finding, or one of the contradictions it explains, names its code.

    A child named as the root of a contradiction speaks for its parent. Findings of a report without planted mistakes
    are false.
    """
    planted = truth.get("planted", [])
    told = [finding for finding in findings if finding.severity == "error" or finding.rule in _OF_CODES]
    codes = {str(finding.code or "") for finding in told} | {
        entry.partition(" ")[2] for item in told for entry in item.also
    }
    codes |= {
        str(finding.code.parent) for finding in told if finding.code is not None and finding.code.parent is not None
    }
    row.planted += len(planted)
    row.found += sum(item["code"] in codes or (bool(told) and not item["code"]) for item in planted)
    row.false_findings += 0 if planted else len(told)
    row.with_false += bool(told) and not planted


def _repairs(row: Row, made: Json, truth: Json) -> None:
    wanted = truth.get("results") or [r for item in truth.get("assessments", []) for r in item["results"]]
    gold = {result["code"]: result for result in wanted}
    for assessment in made["assessments"]:
        for result in assessment["results"]:
            right = _right(result, gold.get(result["code"]))
            if result["status"] == "repaired":
                row.repaired_right += right
                row.repaired_wrong += not right
            if result.get("confidence") is not None:
                place = max(number for number, edge in enumerate(BINS[:-1]) if result["confidence"] >= edge)
                row.by_confidence[place, right] += 1


def _right(result: Json, gold: Json | None) -> bool:
    if gold is None:
        return False
    pairs = [(result.get(name), gold.get(name)) for name in ("max_score", "score", "self_score")]
    return all((a is None) == (b is None) and (a is None or Decimal(a) == Decimal(str(b))) for a, b in pairs)


def fields_table(rows: dict[str, Row]) -> Table:
    table = Table(title="Found of what stands in the report (and, after +, what does not)")
    table.add_column("form")
    table.add_column("documents", justify="right")
    for name in FIELDS:
        table.add_column(name, justify="right")
    for form, row in rows.items():
        cells = [_share(row.tally.right[name], row.tally.wanted[name], row.tally.extra[name]) for name in FIELDS]
        table.add_row(form, str(row.documents), *cells)
    return table


def _share(right: int, wanted: int, extra: int) -> str:
    return f"{100 * right / wanted:.2f} %" + (f" +{extra}" if extra else "") if wanted else "-"


def errors_table(rows: dict[str, Row]) -> Table:
    heads = (
        "form",
        "numbers",
        "accepted",
        "silent errors",
        "upper 95 %",
        "no person needed",
        "repairs",
        "planted found",
    )
    table = Table(title="Silent errors: wrong numbers among those not marked for review")
    for head in (*heads, "false findings"):
        table.add_column(head, justify="left" if head == "form" else "right")
    for form, row in rows.items():
        tally = row.tally
        limit = upper_limit(tally.silent, tally.accepted)
        table.add_row(
            form,
            str(tally.shown),
            _share(tally.accepted, tally.shown, 0),
            str(tally.silent),
            f"{100 * limit:.3f} %",
            _share(row.untouched, row.documents, 0),
            f"{row.repaired_right} right, {row.repaired_wrong} wrong",
            f"{row.found} of {row.planted}",
            f"{row.false_findings} in {row.with_false}",
        )
        for note in row.unread:
            table.add_row(form, note)
    return table


def confidence_tables(rows: dict[str, Row]) -> list[Table]:
    """One table for each form whose numbers have a confidence: typed ones have none."""
    return [confidence_table(form, row) for form, row in rows.items() if row.by_confidence]


def confidence_table(form: str, row: Row) -> Table:
    """The curve of error against coverage: each class of confidence, and all results from it upwards.

    Every result counts, also those in review: the table tells what the confidence alone would accept.
    """
    table = Table(title=f"{form}: confidence of a result's weakest number against error, in review or not")
    for head in ("confidence", "results", "wrong", "share wrong", "covered from here up", "share wrong of these"):
        table.add_column(head, justify="right")
    whole = sum(row.by_confidence.values())
    for place, edge in enumerate(BINS[:-1]):
        right, wrong = row.by_confidence[place, True], row.by_confidence[place, False]
        if not right + wrong:
            continue
        above = [(good, count) for (at, good), count in row.by_confidence.items() if at >= place]
        covered, missed = sum(count for _, count in above), sum(count for good, count in above if not good)
        table.add_row(
            f"{edge:.2f} - {BINS[place + 1]:.2f}",
            str(right + wrong),
            str(wrong),
            _share(wrong, right + wrong, 0),
            _share(covered, whole, 0),
            _share(missed, covered, 0),
        )
    return table


def _write(rows: dict[str, Row], options: argparse.Namespace) -> None:
    console = Console(width=150, record=True, file=Path(os.devnull).open("w"))  # noqa: SIM115 (ends with the program)
    for table in (fields_table(rows), errors_table(rows), *confidence_tables(rows)):
        console.print(table)
    made = f"seed {options.seed}, {options.typed} typed and {options.scans} scanned reports, and the samples"
    head = f"# Accuracy\n\nMade of {made}.\n"
    target = Path(__file__).parent / "ACCURACY.md"
    target.write_text(f"{head}\n```\n{console.export_text()}```\n", encoding="utf8")


if __name__ == "__main__":
    raise SystemExit(main())
