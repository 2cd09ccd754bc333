"""The ledger: what each run did with each file, so that nothing is lost and a run that was cut short goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from sqlalchemy import Connection, func, insert, select, update

from extract.document import Document
from load.bulk import insert_rows
from load.entries import UNDONE, FileEntry, Outcome, Step, StepName
from load.models import RunFileRow, RunRow, RunStepRow
from normalize.errors import StoreError
from normalize.records import Report

__all__ = [
    "UNDONE",
    "FileEntry",
    "Outcome",
    "Run",
    "Step",
    "StepSum",
    "entries",
    "entry_of",
    "finish",
    "log",
    "runs",
    "start",
    "steps",
]


@dataclass(frozen=True, slots=True)
class Run:
    """A run and how many files came to each outcome; `finished_at` is None while it runs and after it was killed."""

    id: int
    command: str
    settings: Mapping[str, object]
    program_version: str
    pattern_version: str
    started_at: datetime
    finished_at: datetime | None
    files: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StepSum:
    """A step of all files of a run: how many made it, how many failed at it, seconds together and of the longest."""

    step: str
    files: int
    failed: int
    seconds: float
    longest: float


def entry_of(document: Document, report: Report) -> FileEntry:
    """The line that a document speaks for itself."""
    unread = [page.why for page in document.pages if page.method == "needs-recognition"]
    if unread and not report.assessments:
        return FileEntry(document.file, "needs-recognition", document.sha256, "needs-recognition", unread[0])
    reason = None if report.assessments or report.scorecard else "no-assessment"
    return FileEntry(document.file, "read", document.sha256, reason)


def start(connection: Connection, command: str, settings: Mapping[str, object], program: str, patterns: str) -> int:
    row = {
        "command": command,
        "settings": dict(settings),
        "program_version": program,
        "pattern_version": patterns,
        "started_at": datetime.now(UTC),
        "finished_at": None,
    }
    return int(connection.execute(insert(RunRow).returning(RunRow.id), row).scalar_one())


def finish(connection: Connection, run: int) -> None:
    connection.execute(update(RunRow).where(RunRow.id == run).values(finished_at=datetime.now(UTC)))


def log(connection: Connection, run: int, *files: FileEntry) -> None:
    """A line for each file, in this order. StoreError "store-no-run"."""
    versions = connection.execute(
        select(RunRow.program_version, RunRow.pattern_version).where(RunRow.id == run)
    ).one_or_none()
    if versions is None:
        raise StoreError("store-no-run", str(run))
    of_run = {
        "run_id": run,
        "program_version": versions.program_version,
        "pattern_version": versions.pattern_version,
        "logged_at": datetime.now(UTC),
    }
    rows = [{**of_run, **_line(entry)} for entry in files]
    if not any(entry.steps for entry in files):
        insert_rows(connection, RunFileRow, rows)
        return
    for row, entry in zip(rows, files, strict=True):
        file = connection.execute(insert(RunFileRow).returning(RunFileRow.id), row).scalar_one()
        insert_rows(connection, RunStepRow, [_step(file, at, step) for at, step in enumerate(entry.steps)])


def _line(entry: FileEntry) -> dict[str, object]:
    names = ("path", "sha256", "outcome", "reason", "detail", "seconds")
    return {name: getattr(entry, name) for name in names}


def _step(file: int, position: int, step: Step) -> dict[str, object]:
    return {
        "file_id": file,
        "position": position,
        "step": step.name,
        "outcome": step.outcome,
        "reason": step.reason,
        "seconds": step.seconds,
    }


def runs(connection: Connection) -> tuple[Run, ...]:
    """All runs, the newest first."""
    counted = select(RunFileRow.run_id, RunFileRow.outcome, func.count()).group_by(
        RunFileRow.run_id, RunFileRow.outcome
    )
    files: dict[int, dict[str, int]] = {}
    for run, outcome, count in connection.execute(counted.order_by(RunFileRow.run_id, RunFileRow.outcome)):
        files.setdefault(run, {})[outcome] = count
    return tuple(
        Run(
            row.id,
            row.command,
            row.settings,
            row.program_version,
            row.pattern_version,
            row.started_at,
            row.finished_at,
            files.get(row.id, {}),
        )
        for row in connection.execute(select(*RunRow.__table__.c).order_by(RunRow.id.desc()))
    )


def steps(connection: Connection, run: int) -> tuple[StepSum, ...]:
    """What the steps of a run took together, in the order in which a file goes through them."""
    failed = func.count(RunStepRow.reason)
    took = (func.sum(RunStepRow.seconds), func.max(RunStepRow.seconds))
    query = select(RunStepRow.step, func.count(), failed, *took).join(RunFileRow).where(RunFileRow.run_id == run)
    found = {row[0]: StepSum(*row) for row in connection.execute(query.group_by(RunStepRow.step))}
    return tuple(found[name] for name in get_args(StepName) if name in found)


def entries(connection: Connection, run: int | None = None) -> tuple[FileEntry, ...]:
    """The entries of a run in the order they were made, with their steps; without a run the last entry of every path.

    Those come by path, without their steps.
    """
    query = select(*RunFileRow.__table__.c)
    if run is not None:
        query = query.where(RunFileRow.run_id == run).order_by(RunFileRow.id)
    else:
        latest = select(func.max(RunFileRow.id)).group_by(RunFileRow.path)
        query = query.where(RunFileRow.id.in_(latest)).order_by(RunFileRow.path)
    rows = connection.execute(query).all()
    steps = _steps(connection, run) if run is not None else {}
    return tuple(
        FileEntry(row.path, row.outcome, row.sha256, row.reason, row.detail, row.seconds, steps.get(row.id, ()))
        for row in rows
    )


def _steps(connection: Connection, run: int) -> dict[int, tuple[Step, ...]]:
    query = select(*RunStepRow.__table__.c).join(RunFileRow).where(RunFileRow.run_id == run)
    found: dict[int, tuple[Step, ...]] = {}
    for row in connection.execute(query.order_by(RunStepRow.file_id, RunStepRow.position)):
        found[row.file_id] = (*found.get(row.file_id, ()), Step(row.step, row.seconds, row.reason))
    return found
