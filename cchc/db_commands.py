"""`cchc db`: upgrade, check, backup, restore, and a user who may only read; `views` is in answers_commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cchc import terminal
from cchc.frame import Command, Commands
from cchc.options import DB, LANG, Db, Language, opened
from cchc.wording import Wording

app = typer.Typer(cls=Commands, help="help-db", no_args_is_help=True, rich_markup_mode=None)


@app.command(cls=Command, help="help-db-upgrade")
def upgrade(db: Db = DB, lang: Language = LANG) -> None:
    from load.migrations import head
    from load.store import Store

    Store.open(db, create=False).close()  # opening does it
    terminal.line(Wording(lang.value)("upgraded", version=head()))


@app.command(cls=Command, help="help-db-check")
def check(db: Db = DB, lang: Language = LANG) -> None:
    say = Wording(lang.value)
    with opened(db) as store:
        found = store.check()
    if not found.problems:
        terminal.line(say("checked", **{name: found.counts[name] for name in ("documents", "results")}))
        return
    table = terminal.table(*((say(f"col-{column}"), False) for column in ("problem", "table", "text")))
    for problem in found.problems:
        terminal.row(table, problem.reason, problem.table, problem.detail)
    terminal.console().print(table)
    terminal.line(say("check-failed", count=len(found.problems)))
    raise typer.Exit(1)


@app.command(cls=Command, help="help-db-backup")
def backup(
    path: Annotated[Path, typer.Argument(help="argument-backup", show_default=False)],
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    with opened(db) as store:
        count = store.backup(path)
    terminal.line(Wording(lang.value)("backed-up", count=count, path=path))


@app.command(cls=Command, help="help-db-restore")
def restore(
    path: Annotated[Path, typer.Argument(help="argument-backup", show_default=False)],
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    from load.backup import check_backup
    from load.store import Store

    check_backup(path)
    with Store.open(db) as store:
        count = store.restore(path)
    terminal.line(Wording(lang.value)("restored", count=count))


@app.command(cls=Command, help="help-db-reader")
def reader(
    name: Annotated[str, typer.Argument(help="argument-reader", show_default=False)],
    password: Annotated[
        str | None,
        typer.Option("--password", help="option-password", envvar="CCHC_READER_PASSWORD", show_envvar=False),
    ] = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    with opened(db) as store:
        store.create_reader(name, password)
    terminal.line(Wording(lang.value)("reader-created", name=name))
