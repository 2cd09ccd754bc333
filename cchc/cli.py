"""The commands. Thin: they parse, call the library, show; and they alone turn errors into words and exit codes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from cchc import views
from cchc.comparison_view import comparison_tables
from cchc.doctor import parts
from cchc.ingest import ingest as ingest_files
from cchc.inputs import find_inputs
from cchc.settings import Settings
from cchc.wording import current
from cchc.years import years_of
from compare.comparison import compare as compare_units
from load.export import export_csv, export_jsonl, export_xlsx
from load.ledger import FileEntry
from load.store import Store
from normalize.errors import CchcError, UnreadableFile, UsageError

say = current()
app = typer.Typer(
    help=say("about"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


class LevelName(StrEnum):
    """The levels of units as the option takes them."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    DEPARTMENT = "department"


Db = Annotated[str, typer.Option("--db", help=say("option-db"), envvar="CCHC_DB")]
Language = Annotated[str, typer.Option("--lang", help=say("option-lang"))]
_DEFAULT_DB = Settings().db


@app.callback()
def every_command(lang: Language = say.lang) -> None:
    """The language is chosen before the commands are built (cchc.wording); here it is only checked."""
    _check_language(lang)


def _check_language(lang: str) -> None:
    if lang not in ("vi", "en"):
        raise typer.BadParameter(say("option-lang"), param_hint="--lang")


@app.command(help=say("help-ingest"))
def ingest(
    paths: Annotated[list[str], typer.Argument(help=say("argument-paths"))],
    db: Db = _DEFAULT_DB,
    workers: Annotated[int, typer.Option(help=say("option-workers"), min=0)] = 0,
    lang: Language = say.lang,
) -> None:
    _check_language(lang)
    inputs = find_inputs(paths)
    if not inputs.files and not inputs.unreadable:
        raise UsageError("nothing-to-read", ", ".join(paths))
    settings = Settings(db=db, workers=workers) if workers else Settings(db=db)
    with Store.open(db) as store, _progress(len(inputs.files)) as done:
        summary = ingest_files(store, inputs.files, settings, done, inputs.unreadable)
        review, results = views.review_count(store)
    views.summary(say, summary, [str(path) for path in inputs.passed_over])
    if results:
        views.console().print(say("summary-review", review=review, results=results))
    if not summary.complete:
        raise typer.Exit(UnreadableFile.exit_code)


@contextlib.contextmanager
def _progress(total: int) -> Iterator[_Done]:
    """A bar with file, count, and times; on anything but a terminal nothing is drawn."""
    columns = (
        TextColumn(say("reading")), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[file]}"),
    )  # fmt: skip
    with Progress(*columns, console=views.errors(), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=total, file="")
        yield _Done(bar, task)


class _Done:
    def __init__(self, bar: Progress, task: int) -> None:
        self._bar = bar
        self._task = task

    def __call__(self, entry: FileEntry) -> None:
        self._bar.update(self._task, advance=1, file=Path(entry.path).name[:40])  # type: ignore[arg-type] # TaskID


@app.command("list", help=say("help-list"))
def list_documents(db: Db = _DEFAULT_DB, lang: Language = say.lang) -> None:
    _check_language(lang)
    with _filled(db) as store:
        views.console().print(views.documents(say, store.documents()))


@app.command(help=say("help-show"))
def show(
    document: Annotated[str, typer.Argument(help=say("argument-document"))],
    db: Db = _DEFAULT_DB,
    lang: Language = say.lang,
) -> None:
    _check_language(lang)
    with _filled(db) as store:
        views.report(say, store.report(store.document(document).sha256))


@app.command(help=say("help-export"))
def export(
    out: Annotated[Path, typer.Option("--out", "-o", help=say("option-out"))],
    form: Annotated[str, typer.Option("--format", "-f", help=say("option-format"))] = "jsonl",
    db: Db = _DEFAULT_DB,
    lang: Language = say.lang,
) -> None:
    _check_language(lang)
    writers = {"jsonl": export_jsonl, "csv": export_csv, "xlsx": export_xlsx}
    if form not in writers:
        raise UsageError("format-unknown", form)
    with _filled(db) as store:
        count = writers[form](store, out, say.lang)
    views.console().print(say("exported", count=count, path=out))


@app.command(help=say("help-compare"))
def compare(
    year: Annotated[int, typer.Option("--year", "-y", help=say("option-year"))],
    province: Annotated[str | None, typer.Option("--province", "-p", help=say("option-province"))] = None,
    level: Annotated[LevelName | None, typer.Option(help=say("option-level"))] = None,
    db: Db = _DEFAULT_DB,
    lang: Language = say.lang,
) -> None:
    _check_language(lang)
    with _filled(db) as store:
        found = compare_units(store, year, province, level.value if level else None)
        if not found.rows:
            years = ", ".join(map(str, years_of(store)))
            raise UsageError("no-comparison", say("no-comparison", year=year, years=years))
    for table in comparison_tables(say, found):
        views.console().print(table)


@app.command(help=say("help-findings"))
def findings(
    rule: Annotated[str | None, typer.Option(help=say("option-rule"))] = None,
    db: Db = _DEFAULT_DB,
    lang: Language = say.lang,
) -> None:
    _check_language(lang)
    with _filled(db) as store:
        found = [
            (stored.file, finding)
            for stored in store.reports()
            for finding in stored.report.findings
            if rule in (None, finding.rule)
        ]
        count = len(store.documents())
    if not found:
        views.console().print(say("no-findings", count=count))
        return
    views.console().print(views.findings(say, found))
    raise typer.Exit(1)


@app.command(help=say("help-runs"))
def runs(db: Db = _DEFAULT_DB, lang: Language = say.lang) -> None:
    _check_language(lang)
    with Store.open(db) as store:
        views.console().print(views.runs(say, store.runs()))
        undone = store.undone()
    if undone:
        views.console().print(views.not_read(say, undone))


@app.command(help=say("help-doctor"))
def doctor(lang: Language = say.lang) -> None:
    _check_language(lang)
    found = list(parts())
    views.console().print(views.installation(say, found))
    if not all(part.present for part in found):
        raise typer.Exit(4)


@contextlib.contextmanager
def _filled(db: str) -> Iterator[Store]:
    """An open store that holds something; UsageError where it does not, and no empty database is left behind."""
    if "://" not in db and not Path(db).exists():
        raise UsageError("empty-store", db)
    with Store.open(db) as store:
        if not store.documents():
            raise UsageError("empty-store", db)
        yield store


def main() -> None:
    """Run a command; every expected failure ends with one clear line and its exit code."""
    try:
        app()
    except CchcError as error:
        _fail(say.error(error), error.exit_code)
    except KeyboardInterrupt:
        _fail(say("interrupted"), 130)
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(1) from None
    except OSError as error:
        _fail(say.reason("write", f"{error.filename or ''} {error.strerror or error}".strip()), 5)


def _fail(text: str, code: int) -> None:
    views.errors().print(text, style="red", soft_wrap=True)
    raise SystemExit(code)
