"""`cchc db`: upgrade, check, backup, restore, and a user who may only read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cchc import views
from cchc.settings import Settings
from cchc.store_wording import words
from load.migrations import head
from load.store import Store

say = words()
DEFAULT_DB = Settings().db
Db = Annotated[str, typer.Option("--db", help=say("option-db"), envvar="CCHC_DB")]
app = typer.Typer(help=say("help-db"), no_args_is_help=True, rich_markup_mode=None)


@app.command(help=say("help-db-upgrade"))
def upgrade(db: Db = DEFAULT_DB) -> None:
    Store.open(db, create=False).close()  # opening does it
    views.console().print(say("upgraded", version=head()))


@app.command(help=say("help-db-check"))
def check(db: Db = DEFAULT_DB) -> None:
    with Store.open(db, create=False) as store:
        found = store.check()
    if not found.problems:
        counts = {name: found.counts[name] for name in ("documents", "results")}
        views.console().print(say("checked", **counts))
        return
    table = Table(*(say(f"col-{column}") for column in ("problem", "table", "text")))
    for problem in found.problems:
        table.add_row(problem.reason, problem.table, Text(problem.detail))
    views.console().print(table)
    views.console().print(say("check-failed", count=len(found.problems)))
    raise typer.Exit(1)


@app.command(help=say("help-db-backup"))
def backup(path: Annotated[Path, typer.Argument(help=say("argument-backup"))], db: Db = DEFAULT_DB) -> None:
    with Store.open(db, create=False) as store:
        count = store.backup(path)
    views.console().print(say("backed-up", count=count, path=path))


@app.command(help=say("help-db-restore"))
def restore(path: Annotated[Path, typer.Argument(help=say("argument-backup"))], db: Db = DEFAULT_DB) -> None:
    with Store.open(db) as store:
        count = store.restore(path)
    views.console().print(say("restored", count=count))


@app.command(help=say("help-db-reader"))
def reader(
    name: Annotated[str, typer.Argument(help=say("argument-reader"))],
    password: Annotated[str | None, typer.Option(help=say("option-password"), envvar="CCHC_READER_PASSWORD")] = None,
    db: Db = DEFAULT_DB,
) -> None:
    with Store.open(db, create=False) as store:
        store.create_reader(name, password)
    views.console().print(say("reader-created", name=name))
