"""`cchc units NAME`: what became of an administrative unit; `cchc agencies`: decisions that merge agencies."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from cchc import views
from cchc.settings import Settings
from cchc.store_wording import words
from load.store import Store
from normalize.dates import last_day
from normalize.errors import UsageError
from normalize.records import Unit
from normalize.unit_history import UnitHistory, history

say = words()
DEFAULT_DB = Settings().db
Db = Annotated[str, typer.Option("--db", help=say("option-db"), envvar="CCHC_DB")]
agencies = typer.Typer(help=say("help-agencies"), no_args_is_help=True, rich_markup_mode=None)


def units(
    name: Annotated[str, typer.Argument(help=say("argument-unit"))],
    province: Annotated[str | None, typer.Option("--province", "-p", help=say("option-province"))] = None,
    at: Annotated[str | None, typer.Option("--at", help=say("option-at"))] = None,
) -> None:
    """The history of every unit of a name. Raises UsageError "unit-unknown", "date-unclear"."""
    found = history(name, province)
    if at is not None:
        day = _day(at)
        found = tuple(one for one in found if _there(one, day))
    if not found:
        raise UsageError("unit-unknown", ", ".join(filter(None, (name, province, at))))
    views.console().print(_history(found))


def _day(text: str) -> date:
    try:
        return last_day(text)
    except ValueError as error:
        raise UsageError("date-unclear", text) from error


def _there(one: UnitHistory, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or day < one.until)


def _history(found: tuple[UnitHistory, ...]) -> Table:
    columns = ("unit", "place", "since", "until", "into", "out-of")
    table = Table(*(say(f"col-{column}") for column in columns))
    for one in found:
        name = one.unit.name or ""
        table.add_row(
            name if name.casefold().startswith(one.word) else f"{one.word} {name}",
            _place(one.unit),
            one.since.isoformat() if one.since else "",
            one.until.isoformat() if one.until else "",
            _names(one.into, one.unit),
            _names(one.out_of, one.unit),
        )
    return table


def _place(unit: Unit) -> str:
    return "" if unit.level == "province" else ", ".join(filter(None, (unit.district, unit.province)))


def _names(units: tuple[Unit, ...], of: Unit) -> str:
    """The names of units, with the province where it is another."""
    other = units and units[0].level != "province" and units[0].province != of.province
    names = ", ".join(unit.name or "" for unit in units)
    return f"{names} ({units[0].province})" if other else names


@agencies.command("merge", help=say("help-agencies-merge"))
def merge(
    old: Annotated[str, typer.Argument(help=say("argument-agency-old"))],
    new: Annotated[str, typer.Argument(help=say("argument-agency-new"))],
    who: Annotated[str, typer.Option("--who", help=say("option-who"), envvar=["CCHC_USER", "USER", "USERNAME"])],
    db: Db = DEFAULT_DB,
) -> None:
    with Store.open(db, create=False) as store:
        store.merge_agency(old, new, who)
    views.console().print(say("agency-merged", old=old, new=new))


@agencies.command("list", help=say("help-agencies-list"))
def decisions(db: Db = DEFAULT_DB) -> None:
    with Store.open(db, create=False) as store:
        kept = store.agency_merges()
    table = Table(*(say(f"col-{column}") for column in ("old", "new", "who", "when")))
    for one in kept:
        table.add_row(one.old, one.new, one.who, f"{one.decided_at:%Y-%m-%d %H:%M}")
    views.console().print(table)
