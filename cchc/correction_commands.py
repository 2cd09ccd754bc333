"""`cchc correct`: a person puts one field of a report right; `cchc corrections`: what people put right."""

from __future__ import annotations

from typing import Annotated

import typer

from cchc import terminal
from cchc.options import DB, LANG, Db, Language, opened
from cchc.wording import Wording

# What stands in place of a code for the totals of a unit.
_TOTAL = frozenset({"total", "tổng"})


def correct(
    document: Annotated[str, typer.Argument(help="argument-document", show_default=False)],
    code: Annotated[str, typer.Argument(help="argument-code", show_default=False)],
    field: Annotated[str, typer.Argument(help="argument-field", show_default=False)],
    value: Annotated[str, typer.Argument(help="argument-value", show_default=False)],
    who: Annotated[str, typer.Option("--by", help="option-by-whom", show_default=False)],
    why: Annotated[str, typer.Option("--why", help="option-why", show_default=False)],
    unit: Annotated[str | None, typer.Option("--unit", "-u", help="option-unit-of")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", help="option-year")] = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    """Raises UsageError where there is no such place, or none that is told by what is given."""
    from load.correcting import TOTALS

    say = Wording(lang.value)
    where = TOTALS if code.strip().casefold() in _TOTAL else code.strip().rstrip(".")
    with opened(db) as store:
        made = store.correct(document, where, field.strip().replace("-", "_"), value, who, why, unit=unit, year=year)
        store.settle()
        found = store.document(made.sha256)
    terminal.line(
        say(
            "corrected",
            file=found.file,
            code=made.code or "total",
            field=made.field,
            before=say.number(made.as_audited) or terminal.NONE,
            after=say.number(made.value) or terminal.NONE,
            review=found.review,
            findings=found.findings,
        )
    )


def corrections(
    document: Annotated[str | None, typer.Argument(help="argument-document", show_default=False)] = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    say = Wording(lang.value)
    with opened(db) as store:
        sha256 = None if document is None else store.document(document).sha256
        made = store.corrections(sha256)
        names = {one.sha256: one.file for one in store.documents()}
    if not made:
        terminal.line(say("no-corrections"))
        return
    headings = ("file", "unit", "code", "field", "as-read", "as-audited", "corrected", "who", "when", "why")
    table = terminal.table(*((say(f"col-{heading}"), False) for heading in headings))
    for one in made:
        terminal.row(
            table,
            names.get(one.sha256, one.sha256[:12]),
            " ".join(str(part) for part in (one.unit.name, one.year) if part),
            one.code or "total",
            one.field,
            *(say.number(text) for text in (one.as_read, one.as_audited, one.value)),
            one.who,
            f"{one.decided_at:%Y-%m-%d %H:%M}",
            one.why if one.placed else f"{one.why} ({say('unplaced')})",
            style=None if one.placed else "yellow",
        )
    terminal.console().print(table)
