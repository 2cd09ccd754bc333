"""The answers as flat tables, one a question: what the workbook and the page show. Columns have keys in labels.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from compare.answers import Answers
from compare.kinds import kind_name
from compare.labels import label, labelled, number
from compare.losses import Loss
from compare.promises import Promise
from load.records import Language
from normalize.records import Unit

Kind = Literal["text", "wide", "points", "share", "whole"]
Value = str | Decimal | int | None
# From the hash of a document and a page to an address that opens it there.
Link = Callable[[str, int | None], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row in the order of the columns; `link` opens the document at the page that the row speaks of."""

    cells: tuple[Value, ...]
    link: str | None = None
    colour: Literal["", "good", "fair", "bad", "doubt"] = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its key and columns in labels.toml ("sheet-losses", "col-amount"), and what each column holds."""

    key: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[Row, ...]

    def title(self, lang: Language) -> str:
        return label(f"sheet-{self.key}", lang)

    def heads(self, lang: Language) -> list[str]:
        return [label(f"col-{key}", lang) for key, _ in self.columns]

    def at(self, key: str) -> int:
        """The position of a column, from 0."""
        return [name for name, _ in self.columns].index(key)


_WHO: tuple[tuple[str, Kind], ...] = (("unit", "text"), ("province", "text"))
_WHERE: tuple[tuple[str, Kind], ...] = (("document", "text"), ("page", "whole"))


def losses_sheet(losses: Iterable[Loss], lang: Language, link: Link = lambda _sha256, _page: None) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        *_WHO, ("year", "whole"), ("code", "text"), ("criterion", "wide"), ("maximum", "points"), ("amount", "points"),
        ("kind", "text"), ("reason", "wide"), ("leads", "text"), *_WHERE,
    )  # fmt: skip
    rows = [
        Row(
            (
                *_who(one.unit), one.year, str(one.code), one.name, one.maximum, one.amount, kind_name(one.kind, lang),
                one.reason, "; ".join(one.leads) or None, one.file, one.page,
            ),
            link(one.sha256, one.page),
            "doubt" if one.review else "",
        )
        for one in losses
    ]  # fmt: skip
    return Sheet("losses", columns, tuple(rows))


def recurring_sheet(found: Answers, lang: Language) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        *_WHO, ("by", "text"), ("key", "text"), ("criterion", "wide"), ("times", "whole"), ("of", "whole"),
        ("years", "text"), ("points", "points"), ("reasons", "wide"),
    )  # fmt: skip
    rows = []
    for one in found.recurring:
        key = kind_name(one.key, lang) if one.by == "kind" else one.key
        years = ", ".join(str(year) for year, _ in one.years)
        always = len(one.years) == len(one.of)
        cells = (
            *_who(one.unit),
            label(f"by-{one.by}", lang),
            key,
            one.name,
            len(one.years),
            len(one.of),
            years,
            one.points,
        )
        rows.append(Row((*cells, "; ".join(one.reasons[:3]) or None), None, "bad" if always else ""))
    return Sheet("recurring", columns, tuple(rows))


def _why(one: Promise, lang: Language) -> str | None:
    """Why nothing can be said; or that nobody but the unit itself says so."""
    if one.why:
        return label(f"why-{one.why}", lang)
    return label("why-own", lang) if one.own else None


_OUTCOMES: dict[str, Literal["", "good", "fair", "bad", "doubt"]] = {"kept": "good", "eased": "fair", "broken": "bad"}


def promises_sheet(found: Answers, lang: Language) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        *_WHO, ("year", "whole"), ("code", "text"), ("criterion", "wide"), ("remedy", "wide"), ("leads", "text"),
        ("deadline", "text"), ("lost", "points"), ("lost-after", "points"), ("outcome", "text"), ("why", "text"),
        *_WHERE, ("next-document", "text"),
    )  # fmt: skip
    rows = []
    for one in found.promises:
        leads = "; ".join(name for name, role in one.agencies if role == "lead") or None
        cells = (
            *_who(one.unit), one.year, str(one.code), one.name, one.remedy, leads, one.deadline, one.lost,
            one.lost_after, label(f"outcome-{one.outcome}", lang), _why(one, lang),
            one.file, one.page, one.next_file,
        )  # fmt: skip
        rows.append(Row(cells, found.link(one.sha256, one.page), _OUTCOMES.get(one.outcome, "")))
    return Sheet("promises", columns, tuple(rows))


def agencies_sheet(found: Answers, lang: Language) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        ("agency", "wide"), ("points", "points"), ("losses", "whole"), ("shared", "whole"), ("years", "text"),
        ("criteria", "wide"),
    )  # fmt: skip
    rows = [
        Row((a.agency, a.points, a.losses, a.shared, ", ".join(map(str, a.years)), ", ".join(a.criteria)))
        for a in found.agencies
    ]
    return Sheet("agencies", columns, tuple(rows))


def kinds_sheet(found: Answers, lang: Language) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        ("kind", "wide"),
        ("points", "points"),
        ("losses", "whole"),
        ("part", "share"),
    )
    return Sheet(
        "kinds",
        columns,
        tuple(Row((kind_name(one.kind, lang), one.points, one.losses, one.share)) for one in found.kinds),
    )


def checks_sheet(found: Answers, lang: Language) -> Sheet:
    """What an auditor has to look into: losses without a reason, reasons without an amount, deadlines, ranks."""
    columns: tuple[tuple[str, Kind], ...] = (
        ("check", "text"), *_WHO, ("year", "whole"), ("code", "text"), ("what", "wide"), *_WHERE,
    )  # fmt: skip
    return Sheet("checks", columns, tuple(_checks(found, lang)))


def _checks(found: Answers, lang: Language) -> Iterator[Row]:
    yield from _unreasoned(found, lang)
    for one in found.without_amount:
        cells = (
            label("check-without-amount", lang),
            *_who(one.unit),
            one.year,
            str(one.code),
            one.text,
            one.file,
            one.page,
        )
        yield Row(cells, found.link(one.sha256, one.page))
    for late in found.deadlines:
        what = label("told-deadline", lang, deadline=late.deadline or "", issued=late.issued or "")
        yield Row(
            (label("check-deadline", lang), None, None, None, late.code, what, late.file, late.page),
            found.link(late.sha256, late.page),
            "bad",
        )
    for rank in found.ranks:
        what = label("told-rank", lang, printed=rank.printed, computed=rank.computed, listed=rank.listed)
        yield Row(
            (label("check-rank", lang), *_who(rank.unit), rank.year, None, what, rank.file, None),
            found.link(rank.sha256, None),
            "bad",
        )


def _unreasoned(found: Answers, lang: Language) -> Iterator[Row]:
    """Losses without a reason; those of a table that gives none at all (a ranking, scores alone) in one row."""
    groups: dict[tuple[Unit, int, str], list[Loss]] = {}
    for lost in found.without_reason:
        groups.setdefault((lost.unit, lost.year, lost.file), []).append(lost)
    for (unit, year, file), several in groups.items():
        first, check = several[0], label("check-without-reason", lang)
        if len(several) > 1 and (unit, year, file) not in found.audited.reasoned:
            points = number(sum((one.amount for one in several), Decimal(0)), lang)
            what = label("told-without-any", lang, losses=len(several), points=points)
            yield Row((check, *_who(unit), year, None, what, file, first.page), found.link(first.sha256, first.page))
            continue
        for one in several:
            what = label("told-without-reason", lang, points=number(one.amount, lang))
            cells = (check, *_who(unit), year, str(one.code), what, file, one.page)
            yield Row(cells, found.link(one.sha256, one.page))


def coverage_sheet(found: Answers, lang: Language) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        ("year", "whole"), ("level", "text"), ("known", "whole"), ("reported", "whole"), ("drafts", "whole"),
        ("own", "whole"), ("review", "whole"), ("estimates", "whole"), ("missing", "wide"), ("sentence", "wide"),
    )  # fmt: skip
    rows = [
        Row(
            (
                table.question.year, labelled("levels", one.level, lang), one.known, one.reported, one.drafts, one.own,
                one.review, sum(count for _, count in one.estimates),
                ", ".join(unit.name or "" for unit in one.missing) or None, one.sentence(lang),
            )
        )
        for table in (*found.earlier, found.comparison)
        for one in table.coverage
    ]  # fmt: skip
    return Sheet("coverage", columns, tuple(rows))


def sources_sheet(found: Answers, lang: Language) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        ("document", "text"), ("number", "text"), ("date", "text"), ("title", "wide"), ("pages", "whole"),
        ("method", "text"), ("sha256", "text"),
    )  # fmt: skip
    rows = [
        Row((one.file, one.number, one.date, one.title, one.pages, one.method, one.sha256), one.link(None))
        for one in found.sources.values()
    ]
    return Sheet("sources", columns, tuple(rows))


def all_sheets(found: Answers, lang: Language) -> tuple[Sheet, ...]:
    """Every table but the comparisons, in the order of the workbook."""
    told = (kinds_sheet, promises_sheet, agencies_sheet, checks_sheet, coverage_sheet, sources_sheet)
    first = (recurring_sheet(found, lang), losses_sheet(found.losses, lang, found.link))
    return (*first, *(make(found, lang) for make in told))


def _who(unit: Unit) -> tuple[str | None, str | None]:
    return unit.name, unit.province
