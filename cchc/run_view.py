"""On the terminal: what a run did, the ledger, the quarantine, the installation."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from cchc.terminal import console, folded, line, names, row, table
from cchc.wording import Wording

if TYPE_CHECKING:
    from cchc.doctor import Part
    from cchc.ingest import Summary
    from load.entries import FileEntry
    from load.ledger import Run, StepSum

# In the order of how much they matter to whoever looks.
_NAME = 24  # letters of a path in a line, at least
_PLACES = 10  # corrections that are named
_OUTCOMES = ("read", "unchanged", "needs-recognition", "failed", "skipped")


def summary(say: Wording, done: Summary, passed_over: Sequence[str]) -> None:
    """What a run did: the counts, then every file that was not read with its reason."""
    counts = {name: len(done.of(name)) for name in ("read", "unchanged", "failed")}
    line(say("summary", **counts, waiting=len(done.of("needs-recognition"))))
    if done.reread:
        changes = done.changes
        line(
            say("summary-reread", count=done.reread, gained=changes.gained, lost=changes.lost, changed=changes.changed)
        )
    if done.unplaced:
        places = [f"{one.unit.name or '?'} {one.code or '-'} {one.field}" for one in done.unplaced]
        line(say("summary-unplaced", count=len(places), places=", ".join(places[:_PLACES])), style="yellow")
    if empty := [entry.path for entry in done.of("read") if entry.reason == "no-scores"]:
        line(say("summary-no-scores", count=len(empty), names=names(empty)))
    if gone := [entry.path for entry in done.of("skipped") if entry.reason == "gone"]:
        line(say("summary-gone", count=len(gone), names=names(gone)))
    if passed_over:
        line(say("summary-passed", count=len(passed_over), names=names(passed_over)))
    if failed := done.of("failed", "needs-recognition"):
        line("")
        line(say("not-read"), style="bold")
        console().print(not_read(say, failed))
    if done.not_tried:
        line(say("summary-not-tried", count=done.not_tried))


def not_read(say: Wording, entries: Sequence[FileEntry]) -> Table:
    """Files with the reason why they were not read, and what to do next."""
    made = table((say("col-file"), True), (say("col-reason-why"), False))
    made.columns[0].justify = "left"
    room = max(_NAME, console().width * 2 // 5)
    for entry in entries:
        row(made, folded(shorter(entry.path), room), say.reason(entry.reason or "other", entry.detail))
    return made


def shorter(path: str) -> str:
    """A path as seen from the folder one stands in, where it lies below it."""
    try:
        return str(Path(path).relative_to(Path(os.path.abspath(os.curdir))))  # noqa: PTH100 (no links followed)
    except (ValueError, OSError):
        return path


def runs(say: Wording, found: Sequence[Run]) -> Table:
    """The ledger: when each run began, how long it took and what became of its files."""
    made = table(
        (say("col-run"), True), (say("col-started"), True), (say("col-took"), True), (say("col-outcomes"), False)
    )
    for run in found:
        started = run.started_at.astimezone()
        began = started.strftime("%d/%m/%Y %H:%M" if say.lang == "vi" else "%Y-%m-%d %H:%M")
        took = _duration((run.finished_at - run.started_at).total_seconds()) if run.finished_at else ""
        known = [name for name in _OUTCOMES if name in run.files]
        counts = [f"{say(f'outcome-{name}')} {run.files[name]}" for name in known]
        if run.finished_at is None:
            counts.append(say("run-unfinished"))
        row(made, str(run.id), began, took, ", ".join(counts), style=None if run.finished_at else "yellow")
    return made


def run(say: Wording, one: Run, steps: Sequence[StepSum]) -> None:
    """One run: with which versions and settings, and what the steps of its files took together."""
    console().print(runs(say, [one]))
    line("")
    line(say("version", program=one.program_version, patterns=one.pattern_version))
    for name, value in one.settings.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        if shown not in (None, ""):
            line(f"{name}: {shown}")
    if not steps:
        return
    line("")
    headings = ("step", "files", "failed", "seconds", "longest")
    made = table(*((say(f"col-{name}"), name != "step") for name in headings))
    for step in steps:
        numbers = (f"{seconds:.2f}" for seconds in (step.seconds, step.longest))
        failed = str(step.failed) if step.failed else ""
        row(made, say(f"step-{step.step}"), str(step.files), failed, *map(say.number, numbers))
    console().print(made)


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def installation(say: Wording, found: Sequence[Part]) -> Table:
    made = table((say("col-part"), False), (say("col-state"), False), (say("col-remedy"), False))
    for part in found:
        state = say("present") if part.present else say("missing")
        shown = f"{state}: {part.detail}" if part.detail else state
        style = None if part.present else "yellow"
        row(made, say(f"part-{part.key}"), shown, "" if part.present else part.remedy, style=style)
    return made
