"""`cchc ingest`: what to read, the bar on the terminal while it is read, what came of it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from cchc import run_view, terminal
from cchc.addresses import is_address
from cchc.ingest import Mode, Summary, check_engine, everything_stored, ingest, left_undone
from cchc.inputs import Inputs, find_inputs
from cchc.settings import Settings
from cchc.wording import Wording
from load.entries import FileEntry
from load.store import Store
from normalize.errors import UsageError

_NAME = 30  # letters of a file name beside the bar


def mode_of(retry_failed: bool, reprocess: bool) -> Mode:
    return "retry" if retry_failed else "reprocess" if reprocess else "new"


def run(say: Wording, paths: Sequence[str], db: str, workers: int, mode: Mode, engine: str | None = None) -> bool:
    """Read what the paths mean into the store of `db` and tell what came of it; whether every file was read.

    Without paths `mode` "retry" takes all files that were not read, "reprocess" all that were. Raises UsageError.
    """
    given = {"workers": workers or None, "engine": engine}
    settings = Settings.of_run(db).model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    check_engine(settings.engine)
    if mode == "new" and not paths:
        raise UsageError("no-paths")
    named = find_inputs(paths) if paths else None
    if named is not None and mode != "retry" and not named.files and not named.unreadable:
        raise UsageError("nothing-to-read", ", ".join(paths))
    with Store.open(db, create=mode == "new" or (mode == "reprocess" and bool(paths))) as store:
        inputs, gone = _to_read(store, mode, named, paths)
        if not inputs.files and not inputs.unreadable and not gone:
            terminal.line(say("nothing-to-retry"))
            return True
        with _bar(say, len(inputs.files)) as done:
            summary = ingest(store, inputs.files, settings, done, inputs.unreadable, mode, gone=gone, given=paths)
        documents = store.documents()
    run_view.summary(say, summary, [str(path) for path in inputs.passed_over])
    _tell_review(say, summary, sum(each.review for each in documents), sum(each.results for each in documents))
    return summary.complete


def _to_read(store: Store, mode: Mode, named: Inputs | None, paths: Sequence[str]) -> tuple[Inputs, tuple[str, ...]]:
    if mode == "retry":
        here = [Path(path).absolute() for path in paths if not is_address(path)]
        within = None if named is None else [*named.files, *here]
        return left_undone(store, within)
    if named is not None:
        return named, ()
    return everything_stored(store)


def _tell_review(say: Wording, done: Summary, review: int, results: int) -> None:
    if results and done.of("read"):
        terminal.line(say("summary-review", review=review, results=results))


@contextlib.contextmanager
def _bar(say: Wording, total: int) -> Iterator[Callable[[FileEntry], None]]:
    """A bar with file, count, rate and times; on anything but a terminal nothing is drawn."""
    columns = (
        TextColumn(say("reading")), BarColumn(bar_width=16), MofNCompleteColumn(), _Rate(say), TimeElapsedColumn(),
        TimeRemainingColumn(), TextColumn("{task.fields[file]}", markup=False),
    )  # fmt: skip
    out = terminal.console(stderr=True)
    with Progress(*columns, console=out, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=total, file="")

        def done(entry: FileEntry) -> None:
            bar.update(task, advance=1, file=terminal.clean(Path(entry.path).name[:_NAME]))

        yield done


class _Rate(ProgressColumn):
    """Files a minute."""

    def __init__(self, say: Wording) -> None:
        super().__init__()
        self._say = say

    def render(self, task: Task) -> Text:
        return Text("" if not task.speed else self._say("rate", rate=round(task.speed * 60)))
