"""The commands. Thin: they parse, call the library, show. The help of each is the key of its text in wording.toml.

What a command needs beyond its own parsing is imported when it runs: `--help` answers at once, and a worker process,
which loads this module as its parent's main program, loads nothing with it.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cchc import answers_commands, correction_commands, db_commands, decision_commands, search_commands, units_commands
from cchc.frame import Command, Commands
from cchc.options import DB, LANG, Db, Language, Level, Province, filled, level_value, opened
from cchc.wording import Wording
from normalize.errors import NeedsTool, UnreadableFile, UsageError

app = typer.Typer(
    cls=Commands, help="about", add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)  # fmt: skip


class BlameName(StrEnum):
    """Where the fault of a finding lies, as the option takes it."""

    SOURCE = "source"
    READING = "reading"
    UNKNOWN = "unknown"


class SeverityName(StrEnum):
    """How much a finding weighs, as the option takes it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FormatName(StrEnum):
    """The formats of an export as the option takes them."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


Format = Annotated[FormatName | None, typer.Option("--format", "-f", help="option-format", show_default=False)]


@app.callback(invoke_without_command=True)
def every_command(
    context: typer.Context,
    lang: Language = LANG,
    version: Annotated[bool, typer.Option("--version", help="option-version")] = False,
) -> None:
    if version:
        from cchc.version import program_version
        from patterns.version import pattern_version

        typer.echo(Wording(lang.value)("version", program=program_version(), patterns=pattern_version()))
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(cls=Command, help="help-ingest")
def ingest(
    paths: Annotated[list[str] | None, typer.Argument(help="argument-paths", show_default=False)] = None,
    db: Db = DB,
    workers: Annotated[int, typer.Option(help="option-workers", min=0, show_default=False)] = 0,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="option-retry-failed")] = False,
    reprocess: Annotated[bool, typer.Option("--reprocess", help="option-reprocess")] = False,
    engine: Annotated[str | None, typer.Option("--engine", help="option-engine", show_default=False)] = None,
    lang: Language = LANG,
) -> None:
    if retry_failed and reprocess:
        raise UsageError("choose-one", "--retry-failed, --reprocess")
    if paths and engine is None:
        from cchc.workers import make_ready

        make_ready()  # the workers' libraries load while those of the store load here
    from cchc import ingestion_command

    say = Wording(lang.value)
    mode = ingestion_command.mode_of(retry_failed, reprocess)
    if not ingestion_command.run(say, paths or [], db, workers, mode, engine):
        raise typer.Exit(UnreadableFile.exit_code)


@app.command("list", cls=Command, help="help-list")
def list_documents(db: Db = DB, lang: Language = LANG) -> None:
    from cchc import report_view, terminal
    from load.assessed import assessed

    with filled(db) as store:
        found = store.documents()
        with store.reading() as connection:
            whom = assessed(connection)
    terminal.console().print(report_view.documents(Wording(lang.value), found, whom))


@app.command(cls=Command, help="help-show")
def show(
    document: Annotated[str, typer.Argument(help="argument-document")], db: Db = DB, lang: Language = LANG
) -> None:
    from cchc import report_view

    with filled(db) as store:
        report_view.report(Wording(lang.value), store.report(store.document(document).sha256))


@app.command(cls=Command, help="help-export")
def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="option-out")],
    form: Format = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    from cchc import terminal
    from load.export import export_csv, export_jsonl, export_xlsx

    say = Wording(lang.value)
    writers = {FormatName.JSONL: export_jsonl, FormatName.CSV: export_csv, FormatName.XLSX: export_xlsx}
    with filled(db) as store:
        count = writers[form or _form_of(out)](store, out, say.lang)
    terminal.line(say("exported", count=count, path=out))


def _form_of(out: Path) -> FormatName:
    """The form that the ending of a file names; jsonl where it names none."""
    ending = out.suffix.casefold().removeprefix(".")
    return next((form for form in FormatName if form.value == ending), FormatName.JSONL)


@app.command(cls=Command, help="help-compare")
def compare(
    year: Annotated[int, typer.Option("--year", "-y", help="option-year")],
    province: Province = None,
    level: Level = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    from cchc import comparison_view

    with filled(db) as store:
        comparison_view.show(Wording(lang.value), store, year, province, level_value(level))


@app.command(cls=Command, help="help-findings")
def findings(
    rule: Annotated[str | None, typer.Option(help="option-rule")] = None,
    blame: Annotated[BlameName | None, typer.Option(help="option-blame")] = None,
    severity: Annotated[SeverityName | None, typer.Option(help="option-severity")] = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    from audit.messages import rules
    from cchc import report_view, terminal

    say = Wording(lang.value)
    if rule is not None and rule not in rules():
        raise UsageError("rule-unknown", f"{rule} ({', '.join(sorted(rules()))})")
    with filled(db) as store:
        count = len(store.documents())
        found = report_view.findings(say, report_view.with_findings(store, rule, blame, severity))
    terminal.line("" if found else say("no-findings", count=count))
    if found:
        terminal.line(say("findings-count", count=found))
        raise typer.Exit(1)


@app.command(cls=Command, help="help-runs")
def runs(
    number: Annotated[int | None, typer.Argument(help="argument-run", show_default=False)] = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    from cchc import run_view, terminal

    say = Wording(lang.value)
    with opened(db) as store:
        if number is not None:
            steps = store.steps(number)
            run_view.run(say, next(one for one in store.runs() if one.id == number), steps)
            return
        terminal.console().print(run_view.runs(say, store.runs()))
        undone = len(store.undone())
    if undone:
        terminal.line(say("runs-undone", count=undone))


@app.command(cls=Command, help="help-quarantine")
def quarantine(db: Db = DB, lang: Language = LANG) -> None:
    from cchc import run_view, terminal

    say = Wording(lang.value)
    with opened(db) as store:
        undone = store.undone()
    if not undone:
        terminal.line(say("quarantine-empty"))
        return
    terminal.console().print(run_view.not_read(say, undone))
    terminal.line(say("quarantine-retry", count=len(undone)))


@app.command(cls=Command, help="help-doctor")
def doctor(lang: Language = LANG) -> None:
    from cchc import run_view, terminal
    from cchc.doctor import parts

    found = list(parts())
    terminal.console().print(run_view.installation(Wording(lang.value), found))
    if not all(part.present for part in found):
        raise typer.Exit(NeedsTool.exit_code)


# The commands that stand in files of their own, by the question they answer.
app.command(cls=Command, help="help-audit")(answers_commands.audit)
app.command(cls=Command, help="help-answers")(answers_commands.answers)
app.command("side-by-side", cls=Command, help="help-side-by-side")(answers_commands.side_by_side)
app.command(cls=Command, help="help-align")(decision_commands.align)
app.command(cls=Command, help="help-reasons")(decision_commands.reasons)
app.command(cls=Command, help="help-search")(search_commands.search)
app.command(cls=Command, help="help-renditions")(search_commands.renditions)
app.command(cls=Command, help="help-units")(units_commands.units)
app.add_typer(units_commands.agencies, name="agencies")
app.command(cls=Command, help="help-correct")(correction_commands.correct)
app.command(cls=Command, help="help-corrections")(correction_commands.corrections)
db_commands.app.command(cls=Command, help="help-db-views")(answers_commands.views)
app.add_typer(db_commands.app, name="db")


def main() -> None:
    """Run a command; every expected failure ends with one clear line and its exit code."""
    app(prog_name="cchc")


if __name__ == "__main__":
    main()
