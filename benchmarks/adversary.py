"""Would a wrong reading of a typed report pass silently? Correct readings are spoilt as a reader might spoil them.

    python -m benchmarks.adversary [--seed N] [--count N] [--worst]

Reports are generated and read; of those read without any fault each spoiling makes one wrong reading, which the audit
is given. A wrong number is caught where its result goes to review or a finding names it that the correct reading does
not raise; a wrong reading is told where one of its numbers is.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from audit.check import audited
from benchmarks.scoring import score_record
from cchc.pipeline import process_file
from load.reading import StoredReport
from load.records import record
from normalize.codes import Code
from normalize.records import SCORE_FIELDS, Assessment, Finding, Report, Result, Score
from samples.generator import generate

Assessments = tuple[Assessment, ...]
Spoiling = Callable[[Assessments, random.Random], Assessments | None]
QUARTER = Decimal("0.25")


@dataclass(slots=True)
class Count:
    """What became of one way of spoiling: readings made, those told of, their wrong numbers in review, in findings."""

    readings: int = 0
    told: int = 0
    numbers: int = 0
    review: int = 0
    named: int = 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adversary")
    parser.add_argument("--seed", type=int, default=401)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--worst", action="store_true", help="name readings that nothing tells")
    options = parser.parse_args(arguments)
    counts: dict[str, Count] = defaultdict(Count)
    with TemporaryDirectory() as folder:
        for name, report in correct_readings(options.seed, options.count, Path(folder)):
            for kind, wrong in spoilt_readings(report, random.Random(name)):
                numbers, review, named = judged(report, wrong)
                one = counts[kind]
                one.readings, one.told = one.readings + 1, one.told + (review + named > 0)
                one.numbers, one.review, one.named = one.numbers + numbers, one.review + review, one.named + named
                if options.worst and review + named < numbers:
                    print(f"{name}: {kind}, {numbers} numbers, {numbers - review - named} silent")
    Console(width=120).print(table_of(counts))
    return 0


def correct_readings(seed: int, count: int, folder: Path) -> Iterator[tuple[str, Report]]:
    """Reports of many numbers that were read without a fault, as they were before the audit, by file name."""
    for truth in generate(seed, count, tuple("CDEFG"), ("txt",), folder, planted_errors=False):
        path = folder / f"{truth.name}.txt"
        processed = process_file(path, path.name)
        document, report = processed.document, processed.report
        if document is None or report is None or processed.as_read is None:
            continue
        head = (document.file, document.sha256, document.media, document.method, document.page_count)
        told = json.loads((folder / f"{truth.name}.json").read_text(encoding="utf8"))
        tally = score_record(record(StoredReport(*head, report), "en"), told)
        if all(tally.right[name] == tally.wanted[name] and not tally.extra[name] for name in ("numbers", "codes")):
            yield path.name, processed.as_read


def spoilt_readings(report: Report, rng: random.Random) -> Iterator[tuple[str, Report]]:
    """The report read wrongly in each way that is possible with it."""
    for kind, spoil in SPOILINGS.items():
        changed = spoil(report.assessments, rng)
        if changed is not None and _differing(report.assessments, changed):
            yield kind, replace(report, assessments=changed)


def judged(right: Report, wrong: Report) -> tuple[int, int, int]:
    """How many numbers of a wrong reading are wrong, how many of them in review, how many others in a finding."""
    good, bad = audited(right), audited(wrong)
    before = {(finding.rule, finding.code, finding.assessment) for finding in good.findings}
    new = [one for one in bad.findings if (one.rule, one.code, one.assessment) not in before]
    places = _differing(right.assessments, wrong.assessments)
    review = named = 0
    for at, row, _ in places:
        result = bad.assessments[at].results[row]
        if result.status == "review":
            review += 1
        else:
            named += any(one.assessment == at and _names(one, result) for one in new)
    return len(places), review, named


def _names(finding: Finding, result: Result) -> bool:
    """Whether a finding sends a reader to this result: to itself, or to a sum that it stands in."""
    told = {str(finding.code)} | {entry.partition(" ")[2] for entry in finding.also}
    code: Code | None = result.code.value
    near = {str(code), str(code.parent) if code is not None and code.parent is not None else "None"}
    return bool(told & near)


def _differing(right: Assessments, wrong: Assessments) -> list[tuple[int, int, str]]:
    """The numbers that are there in both and not the same: assessment, row, field."""
    found = []
    for at, (one, other) in enumerate(zip(right, wrong, strict=True)):
        for row, (good, bad) in enumerate(zip(one.results, other.results, strict=True)):
            for name in SCORE_FIELDS:
                if name == "deducted" and not bad.deducted_stated:
                    continue
                a, b = getattr(good, name), getattr(bad, name)
                if b is not None and (a is None or a.value != b.value):
                    found.append((at, row, name))
    return found


def _rows(assessments: Assessments, change: Callable[[Result], Result]) -> Assessments:
    return tuple(replace(one, results=tuple(map(change, one.results))) for one in assessments)


def _swapped(first: str, second: str) -> Spoiling:
    """Two columns taken for each other in every row that has both."""

    def change(result: Result) -> Result:
        a, b = getattr(result, first), getattr(result, second)
        if a is None or b is None or (second == "deducted" and not result.deducted_stated):
            return result
        return _recounted(replace(result, **{first: b, second: a}))

    def spoil(assessments: Assessments, _rng: random.Random) -> Assessments:
        return _rows(assessments, change)

    return spoil


def _recounted(result: Result) -> Result:
    """A deduction that nobody printed follows its maximum and score, as a reader would compute it."""
    lost = result.deducted
    if lost is None or result.deducted_stated or result.max_score is None or result.score is None:
        return result
    amount = result.max_score.value - result.score.value
    new = replace(lost, value=amount) if amount >= 0 else None
    items = tuple(replace(one, amount=new) for one in result.deductions if one.amount == lost and new is not None)
    return replace(result, deducted=new, deductions=items if new is not None and amount else ())


def _own_for_appraised(assessments: Assessments, _rng: random.Random) -> Assessments:
    """The unit's own scores taken for the appraised ones, whose column is not seen."""
    return _rows(
        assessments,
        lambda one: _recounted(replace(one, score=one.self_score, self_score=None)) if one.self_score else one,
    )


def _shifted(assessments: Assessments, rng: random.Random) -> Assessments | None:
    """From some row on every score stands one row too low."""
    at = max(range(len(assessments)), key=lambda n: len(assessments[n].results), default=None)
    if at is None or len(assessments[at].results) < 6:
        return None
    rows = assessments[at].results
    first = rng.randrange(1, len(rows) // 2)
    moved = tuple(
        _recounted(replace(row, score=rows[n - 1].score)) if n > first and row.score and rows[n - 1].score else row
        for n, row in enumerate(rows)
    )
    return (*assessments[:at], replace(assessments[at], results=moved), *assessments[at + 1 :])


def _other_year(assessments: Assessments, rng: random.Random) -> Assessments:
    """A column of other scores that add up among themselves, such as those of the year before."""
    return tuple(_rescored(one, rng) for one in assessments)


def _rescored(assessment: Assessment, rng: random.Random) -> Assessment:
    codes = [row.code.value for row in assessment.results]
    new: dict[Code, Decimal] = {}
    for row in reversed(assessment.results):
        if row.score is None or row.max_score is None:
            continue
        below = [value for code, value in new.items() if code.parent == row.code.value]
        share = Decimal(rng.randrange(0, 5)) / 4
        given = (row.max_score.value * share / QUARTER).to_integral_value() * QUARTER
        new[row.code.value] = sum(below, Decimal(0)) if below else min(given, row.max_score.value)
    if len(set(codes)) < len(codes):
        return assessment
    rows = tuple(
        _recounted(replace(row, score=replace(row.score, value=new[row.code.value])))
        if row.score is not None and row.code.value in new
        else row
        for row in assessment.results
    )
    return replace(assessment, results=rows)


def _one_number(pick: Callable[[Sequence[Result], int], Score | None]) -> Spoiling:
    """One score is taken from elsewhere: from the row above, the row's parent, another column."""

    def spoil(assessments: Assessments, rng: random.Random) -> Assessments | None:
        places = [
            (at, n, other)
            for at, one in enumerate(assessments)
            for n, row in enumerate(one.results)
            if row.score is not None and (other := pick(one.results, n)) and other.value != row.score.value
        ]
        if not places:
            return None
        at, n, other = rng.choice(places)
        rows = assessments[at].results
        changed = (*rows[:n], _recounted(replace(rows[n], score=other)), *rows[n + 1 :])
        return (*assessments[:at], replace(assessments[at], results=changed), *assessments[at + 1 :])

    return spoil


def _of_parent(rows: Sequence[Result], at: int) -> Score | None:
    parent = rows[at].code.value.parent
    return next((row.score for row in rows if row.code.value == parent), None)


def _of_row_above(rows: Sequence[Result], at: int) -> Score | None:
    return rows[at - 1].score if at else None


def _of_own_column(rows: Sequence[Result], at: int) -> Score | None:
    return rows[at].self_score


def _of_other_unit(assessments: Assessments, rng: random.Random) -> Assessments | None:
    """The numbers of two units for one criterion taken for each other."""
    if len(assessments) < 2:
        return None
    first, second = rng.sample(range(len(assessments)), 2)
    one, other = list(assessments[first].results), list(assessments[second].results)
    if not one or len(one) != len(other):
        return None
    n = rng.randrange(len(one))
    one[n], other[n] = (_recounted(replace(a, score=b.score)) for a, b in ((one[n], other[n]), (other[n], one[n])))
    changed = list(assessments)
    changed[first] = replace(changed[first], results=tuple(one))
    changed[second] = replace(changed[second], results=tuple(other))
    return tuple(changed)


SPOILINGS: dict[str, Spoiling] = {
    "score and own score swapped": _swapped("score", "self_score"),
    "score and maximum swapped": _swapped("max_score", "score"),
    "score and deduction swapped": _swapped("score", "deducted"),
    "own score for the appraised": _own_for_appraised,
    "scores one row too low": _shifted,
    "another year's column": _other_year,
    "one number of the parent": _one_number(_of_parent),
    "one number of the row above": _one_number(_of_row_above),
    "one number of the own column": _one_number(_of_own_column),
    "two units for each other": _of_other_unit,
}


def table_of(counts: Mapping[str, Count]) -> Table:
    table = Table(title="Wrong readings of typed reports that the audit tells")
    for head in ("spoilt", "readings", "told", "wrong numbers", "in review", "or in a finding"):
        table.add_column(head, justify="left" if head == "spoilt" else "right")
    for kind, one in counts.items():
        shares = [100 * one.told / one.readings]
        shares += [100 * part / max(1, one.numbers) for part in (one.review, one.review + one.named)]
        told, review, either = (f"{share:.1f} %" for share in shares)
        table.add_row(kind, str(one.readings), told, str(one.numbers), review, either)
    return table


if __name__ == "__main__":
    raise SystemExit(main())
