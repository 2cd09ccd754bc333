"""What people see on the terminal: tables, in their language; colours only where the output is a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from audit.messages import message
from cchc.doctor import Part
from cchc.ingest import Summary
from cchc.wording import Wording
from load.ledger import FileEntry, Run
from load.reading import StoredReport
from load.store import Store, StoredDocument
from normalize.records import Assessment, Finding, Result, Score

_SHOWN = 6


# What goes into a file or a pipe is not squeezed into the width of a terminal that is not there.
_FILE_WIDTH = 160


def console() -> Console:
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=_FILE_WIDTH)


def errors() -> Console:
    return Console(stderr=True, highlight=False)


def _table(say: Wording, title: str | None, *columns: tuple[str, str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for key, justify in columns:
        right = justify == "right"  # numbers: never cut, never broken
        table.add_column(say(f"col-{key}"), justify="right" if right else "left", overflow="fold", no_wrap=right)
    return table


def summary(say: Wording, done: Summary, passed_over: Sequence[str]) -> None:
    """What a run did: the counts, then every file that was not read with its reason."""
    out = console()
    counts = {name: len(done.of(name)) for name in ("read", "unchanged", "failed")}
    out.print(say("summary", **counts, waiting=len(done.of("needs-recognition"))))
    empty = [entry.path for entry in done.of("read") if entry.reason == "no-scores"]
    if empty:
        out.print(say("summary-no-scores", count=len(empty), names=_names(empty)))
    if passed_over:
        out.print(say("summary-passed", count=len(passed_over), names=_names(passed_over)))
    failed = done.of("failed", "needs-recognition")
    if failed:
        out.print(not_read(say, failed))


def _names(paths: Sequence[str]) -> str:
    shown = ", ".join(path.replace("\\", "/").rsplit("/", 1)[-1] for path in paths[:_SHOWN])
    return shown + (" ..." if len(paths) > _SHOWN else "")


def not_read(say: Wording, entries: Sequence[FileEntry]) -> Table:
    table = _table(say, say("not-read"), ("file", "left"), ("reason-why", "left"))
    for entry in entries:
        table.add_row(entry.path, say.reason(entry.reason or "other", entry.detail))
    return table


def documents(say: Wording, found: Sequence[StoredDocument]) -> Table:
    table = _table(
        say, None, ("file", "left"), ("number", "left"), ("date", "left"), ("issuer", "left"),
        ("results", "right"), ("review", "right"), ("findings", "right"),
    )  # fmt: skip
    for item in found:
        counts = (str(item.results), str(item.review or ""), str(item.findings or ""))
        table.add_row(item.file, item.number or "", item.date or "", item.issuer or "", *counts)
    return table


def report(say: Wording, stored: StoredReport) -> None:
    """One report: a table for each unit assessed, then the findings."""
    out = console()
    heading = stored.report.heading
    shown = [value.value for value in (heading.number, heading.date, heading.issuer, heading.title) if value]
    out.print(" · ".join(shown), style="bold")
    for assessment in stored.report.assessments:
        out.print(_assessment(say, assessment))
    if stored.report.findings:
        out.print(findings(say, [(stored.file, finding) for finding in stored.report.findings]))


def _assessment(say: Wording, assessment: Assessment) -> Table:
    unit = ", ".join(
        part for part in (assessment.unit.name, assessment.unit.district, assessment.unit.province) if part
    )
    totals = assessment.totals
    stated = {
        "col-max-score": totals.max_score, "col-self-score": totals.self_score, "col-score": totals.score,
        "col-deducted": totals.deducted,
    }  # fmt: skip
    parts = [f"{say(key)} {_score(say, value)}" for key, value in stated.items() if value is not None]
    title = " · ".join([unit, str(assessment.year or "?"), *parts])
    table = _table(
        say, title, ("code", "left"), ("name", "left"), ("max-score", "right"), ("self-score", "right"),
        ("score", "right"), ("deducted", "right"), ("reason", "left"), ("agency", "left"), ("page", "right"),
        ("status", "left"),
    )  # fmt: skip
    for result in assessment.results:
        table.add_row(*_row(say, result), style="yellow" if result.status == "review" else None)
    return table


def _row(say: Wording, result: Result) -> list[str]:
    reasons = [
        f"{_score(say, item.amount)}: {item.reason.value}" if len(result.deductions) > 1 else item.reason.value
        for item in result.deductions
        if item.reason is not None
    ]
    page = result.code.printed.place.page
    return [
        str(result.code.value),
        result.name.value if result.name else "",
        *(_score(say, value) for value in (result.max_score, result.self_score, result.score, result.deducted)),
        "\n".join(reasons),
        "\n".join(dict.fromkeys(agency.name for agency in result.agencies if agency.role != "support")),
        str(page or ""),
        say(f"status-{result.status}"),
    ]


def _score(say: Wording, value: Score | Decimal | None) -> str:
    number = value.value if value is not None and not isinstance(value, Decimal) else value
    return "" if number is None else say.number(format(number.normalize(), "f"))


def findings(say: Wording, found: Sequence[tuple[str, Finding]]) -> Table:
    table = _table(
        say, say("col-findings"), ("file", "left"), ("page", "right"), ("message", "left"), ("blame", "left")
    )
    for file, finding in found:
        pages = sorted({printed.place.page for printed in finding.evidence if printed.place.page is not None})
        where = ", ".join(str(page) for page in pages)
        table.add_row(file, where, message(finding, say.lang), say(f"blame-{finding.blame}"))
    return table


def runs(say: Wording, found: Sequence[Run]) -> Table:
    table = _table(say, None, ("run", "right"), ("started", "left"), ("outcomes", "left"))
    for run in found:
        counts = ", ".join(f"{outcome} {count}" for outcome, count in sorted(run.files.items()))
        table.add_row(str(run.id), run.started_at.strftime("%Y-%m-%d %H:%M"), counts)
    return table


def review_count(store: Store) -> tuple[int, int]:
    """How many results ask for a person, and how many there are."""
    found = store.documents()
    return sum(item.review for item in found), sum(item.results for item in found)


def installation(say: Wording, found: Sequence[Part]) -> Table:
    table = _table(say, None, ("part", "left"), ("state", "left"), ("remedy", "left"))
    for part in found:
        state = say("present") if part.present else say("missing")
        table.add_row(say(f"part-{part.key}"), f"{state} {part.detail}".strip(), "" if part.present else part.remedy)
    return table
