"""`cchc search WORDS` and `cchc renditions`: questions about what the store holds."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cchc import views
from cchc.settings import Settings
from cchc.store_wording import words
from load.search import Hit
from load.store import Store

say = words()
DEFAULT_DB = Settings().db
Db = Annotated[str, typer.Option("--db", help=say("option-db"), envvar="CCHC_DB")]


def search(
    query: Annotated[list[str], typer.Argument(help=say("argument-query"))],
    limit: Annotated[int, typer.Option("--limit", "-n", help=say("option-limit"), min=1)] = 50,
    db: Db = DEFAULT_DB,
) -> None:
    """Texts that hold all the words, each with its document, page, code, unit and year."""
    # a phrase that the shell took the quotation marks from is a phrase still
    asked = " ".join(f'"{part}"' if " " in part and '"' not in part and len(query) > 1 else part for part in query)
    with Store.open(db, create=False) as store:
        hits = store.search(asked, limit)
    views.console().print(_hits(hits) if hits else say("no-hits", query=asked))


def _hits(hits: tuple[Hit, ...]) -> Table:
    table = Table(*(say(f"col-{column}") for column in ("file", "page", "code", "unit", "year", "kind", "text")))
    for hit in hits:
        page, year = "" if hit.page is None else str(hit.page), "" if hit.year is None else str(hit.year)
        # text of a report may look like markup
        cells = (hit.document, page, hit.code, hit.unit.name or "", year, say(f"kind-{hit.kind}"), hit.snippet)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def renditions(db: Db = DEFAULT_DB) -> None:
    """The reports that are there several times, and which document speaks for each."""
    with Store.open(db, create=False) as store:
        found = store.renditions()
    if not found:
        views.console().print(say("no-renditions"))
        return
    table = Table(*(say(f"col-{column}") for column in ("report", "file", "speaks", "matched")))
    for number, group in enumerate(found, start=1):
        for one in group:
            table.add_row(str(number), Text(one.file), "✓" if one.speaks else "", say(f"matched-{one.matched}"))
    views.console().print(table)
