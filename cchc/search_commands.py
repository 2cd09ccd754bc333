"""`cchc search WORDS` and `cchc renditions`: questions about what the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from cchc import terminal
from cchc.options import DB, LANG, Db, Language, opened
from cchc.wording import Wording

if TYPE_CHECKING:
    from load.search import Hit


def search(
    query: Annotated[list[str], typer.Argument(help="argument-query", show_default=False)],
    limit: Annotated[int, typer.Option("--limit", "-n", help="option-limit", min=1)] = 50,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    """Texts that hold all the words, each with its document, page, code, unit and year."""
    say = Wording(lang.value)
    # a phrase that the shell took the quotation marks from is a phrase still
    asked = " ".join(f'"{part}"' if " " in part and '"' not in part and len(query) > 1 else part for part in query)
    with opened(db) as store:
        hits = store.search(asked, limit)
    if hits:
        terminal.console().print(_hits(say, hits))
    else:
        terminal.line(say("no-hits", query=asked))


def _hits(say: Wording, hits: tuple[Hit, ...]) -> Table:
    numbers = ("page", "year")
    columns = ("file", "page", "code", "unit", "year", "kind", "text")
    table = terminal.table(*((say(f"col-{column}"), column in numbers) for column in columns))
    for hit in hits:
        page, year = "" if hit.page is None else str(hit.page), "" if hit.year is None else str(hit.year)
        kind = say(f"kind-{hit.kind}")
        terminal.row(table, hit.document, page, hit.code, hit.unit.name or "", year, kind, hit.snippet)
    return table


def renditions(db: Db = DB, lang: Language = LANG) -> None:
    """The reports that are there several times, and which document speaks for each."""
    say = Wording(lang.value)
    with opened(db) as store:
        found = store.renditions()
    if not found:
        terminal.line(say("no-renditions"))
        return
    table = terminal.table(*((say(f"col-{key}"), key == "report") for key in ("report", "file", "speaks", "matched")))
    for number, group in enumerate(found, start=1):
        for one in group:
            terminal.row(table, str(number), one.file, "✓" if one.speaks else "", say(f"matched-{one.matched}"))
    terminal.console().print(table)
