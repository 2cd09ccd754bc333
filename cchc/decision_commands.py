"""`cchc align` and `cchc reasons`: what only a person can say of criteria and of reasons, kept in the store.

Their help and options are keys of answers_wording.toml. What a command needs is imported when it runs.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cchc.answers_view import SHOWN
from cchc.options import DB, LANG, Db, Language, Level, Province, Who, filled, level_value
from cchc.terminal import console, line, row, table
from cchc.wording import Wording
from normalize.errors import UsageError

if TYPE_CHECKING:
    from compare.aligning import Card, Criterion, Proposal

Pairs = Annotated[list[str] | None, typer.Option("--confirm", help="option-confirm")]


def align(
    year: Annotated[int, typer.Option("--year", "-y", help="option-align-year")],
    province: Province = None,
    to_year: Annotated[int | None, typer.Option("--to-year", help="option-to-year")] = None,
    to_province: Annotated[str | None, typer.Option("--to-province", help="option-to-province")] = None,
    level: Level = None,
    confirm: Pairs = None,
    reject: Annotated[list[str] | None, typer.Option("--reject", help="option-reject")] = None,
    reopen: Annotated[list[str] | None, typer.Option("--reopen", help="option-reopen")] = None,
    who: Who = "",
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    """Criteria of two scorecards side by side with what speaks for their being one; decisions are kept first."""
    from cchc.asked import province_meant
    from compare.aligning import Card, decide, proposals

    say = Wording(lang.value)
    with filled(db) as store:
        first = Card(province_meant(store, province), level_value(level), year)
        second = Card(province_meant(store, to_province or province), level_value(level), to_year or year)
        if first == second:
            raise UsageError("align-same", "")
        for verdict, pairs in (("same", confirm), ("different", reject), ("open", reopen)):
            if pairs:
                made = decide(store, first, second, map(_pair, pairs), verdict, who)  # type: ignore[arg-type]
                for one in made:
                    told = {"first": str(one.first.code), "second": str(one.second.code)}
                    line(say(f"align-{verdict}", **told))
        found = proposals(store, first, second)
    if not found:
        line(say("align-none", first=_card(first), second=_card(second)))
        return
    _proposals(say, first, second, found)
    line(say("align-help" if any(one.verdict == "open" for one in found) else "align-done"), style="dim")


def _pair(text: str) -> tuple[str, str]:
    first, sign, second = text.partition("=")
    if not sign or not first.strip() or not second.strip():
        raise UsageError("align-pair", text)
    return first.strip(), second.strip()


def _proposals(say: Wording, first: Card, second: Card, found: tuple[Proposal, ...]) -> None:
    from compare.labels import percent

    heads = (("align-first", False), ("align-second", False), ("align-likeness", True), ("align-domains", False),
             ("align-verdict", False))  # fmt: skip
    places = {"align-first": _card(first), "align-second": _card(second)}
    made = table(*((say(key, where=places[key]) if key in places else say(key), right) for key, right in heads))
    for one in found:
        domains = say(f"align-domains-{'unknown' if one.domains is None else 'same' if one.domains else 'other'}")
        verdict = say(f"align-verdict-{one.verdict}") + (f" ({one.who})" if one.who else "")
        row(made, _told(say, one.first), _told(say, one.second), percent(one.likeness, say.lang), domains, verdict,
            style="dim" if one.verdict == "different" else None)  # fmt: skip
    console().print(made)


def _card(card: Card) -> str:
    return " ".join(filter(None, (card.province, str(card.year))))


def _told(say: Wording, one: Criterion) -> str:
    """A criterion with its maximum, and below it the document and page where it stands."""
    from compare.labels import label, number

    most = say("align-maximum", maximum=number(one.maximum, say.lang)) if one.maximum is not None else ""
    where = one.file if one.page is None else f"{one.file}, {label('page-of', say.lang, page=one.page)}"
    return f"{one.code} {one.name}{most}\n[{where}]"


def reasons(
    correct: Annotated[str | None, typer.Option("--correct", help="option-correct-reason")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="option-reason-kind")] = None,
    province: Province = None,
    level: Level = None,
    who: Who = "",
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    """Reasons by how often they are given and their kind, the unclassified first; `--correct` keeps a decision."""
    from cchc.asked import province_meant
    from compare.audited import Audited
    from compare.digest import apply_correction
    from compare.history import Scope
    from compare.kinds import kind_name, kind_order, reason_key
    from compare.labels import number, percent
    from load.connect import writing
    from load.reason_kinds import ReasonKind
    from load.reason_kinds import correct as keep

    say = Wording(lang.value)
    with filled(db) as store:
        if correct is not None:
            known = [name for name in kind_order() if name not in ("unclassified", "no-reason")]
            if kind not in (*known, "rules"):
                raise UsageError("reason-kind", ", ".join((*known, "rules")))
            chosen = "" if kind == "rules" else kind
            with writing(store.engine) as connection:
                keep(connection, reason_key(correct), ReasonKind(correct, chosen, who, datetime.now(UTC)))
            apply_correction(store, correct, chosen or None)
            line(say("given-kept", kind=kind_name(chosen, say.lang) if chosen else say("given-by-rules")))
        told = Audited(store, Scope(None, None, province_meant(store, province), level_value(level)))
        found, unclassified = told.reasons, told.unclassified
    made = table((say("given-text"), False), (say("given-shown"), False), (say("given-name"), False),
                 (say("given-times"), True), (say("given-points"), True))  # fmt: skip
    for one in found[:SHOWN]:
        by = say("given-by", who=one.who) if one.who else say("given-by-rules")
        shown = f"{kind_name(one.kind, say.lang)} ({by})"
        row(made, one.reason, shown, one.kind, str(one.losses), number(one.points, say.lang))
    console().print(made)
    line(say("given-share", share=percent(unclassified, say.lang), shown=min(len(found), SHOWN), of=len(found)))
