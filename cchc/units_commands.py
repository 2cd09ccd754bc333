"""`cchc units NAME`: what became of an administrative unit; `cchc agencies`: decisions that merge agencies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from cchc import terminal
from cchc.frame import Command, Commands
from cchc.options import DB, LANG, Db, Language, Province, Who, opened
from cchc.wording import Wording
from normalize.errors import UsageError

if TYPE_CHECKING:
    from normalize.records import Unit
    from normalize.unit_history import UnitHistory

agencies = typer.Typer(cls=Commands, help="help-agencies", no_args_is_help=True, rich_markup_mode=None)


def units(
    name: Annotated[str, typer.Argument(help="argument-unit", show_default=False)],
    province: Province = None,
    at: Annotated[str | None, typer.Option("--at", help="option-at")] = None,
    lang: Language = LANG,
) -> None:
    """The history of every unit of a name. Raises UsageError "unit-unknown", "date-unclear"."""
    from normalize.unit_history import history

    found = history(name, province)
    if at is not None:
        day = _day(at)
        found = tuple(one for one in found if _there(one, day))
    if not found:
        raise UsageError("unit-unknown", ", ".join(filter(None, (name, province, at))))
    terminal.console().print(_history(Wording(lang.value), found))


def _day(text: str) -> date:
    from normalize.dates import last_day

    try:
        return last_day(text)
    except ValueError as error:
        raise UsageError("date-unclear", text) from error


def _there(one: UnitHistory, day: date) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or day < one.until)


def _history(say: Wording, found: tuple[UnitHistory, ...]) -> Table:
    table = terminal.table(
        *((say(f"col-{key}"), False) for key in ("unit", "place", "since", "until", "into", "out-of"))
    )
    for one in found:
        name = one.unit.name or ""
        terminal.row(
            table,
            name if name.casefold().startswith(one.word) else f"{one.word} {name}",
            _place(one.unit),
            terminal.date(say, one.since.isoformat() if one.since else None),
            terminal.date(say, one.until.isoformat() if one.until else None),
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


@agencies.command("merge", cls=Command, help="help-agencies-merge")
def merge(
    old: Annotated[str, typer.Argument(help="argument-agency-old", show_default=False)],
    new: Annotated[str, typer.Argument(help="argument-agency-new", show_default=False)],
    who: Who,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    with opened(db) as store:
        store.merge_agency(old, new, who)
    terminal.line(Wording(lang.value)("agency-merged", old=old, new=new))


@agencies.command("list", cls=Command, help="help-agencies-list")
def decisions(db: Db = DB, lang: Language = LANG) -> None:
    say = Wording(lang.value)
    with opened(db) as store:
        kept = store.agency_merges()
    if not kept:
        terminal.line(say("no-agency-merges"))
        return
    table = terminal.table(*((say(f"col-{column}"), False) for column in ("old", "new", "who", "when")))
    for one in kept:
        terminal.row(table, one.old, one.new, one.who, f"{one.decided_at:%Y-%m-%d %H:%M}")
    terminal.console().print(table)
