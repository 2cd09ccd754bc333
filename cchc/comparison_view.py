"""The comparison of units on the terminal: a table for each level of a province, the points lost below it.

Every number stands whole: domains that find no room beside the others go into a table of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from rich.table import Table

from cchc.asked import no_results, province_meant, provinces_of
from cchc.terminal import NONE, chunks, console, line, number, row, table, width
from cchc.wording import Wording
from compare.comparison import Comparison, UnitScores, compare
from compare.domains import Points
from load.store import Store
from normalize.records import Level

_SHARE = Decimal("0.1")
Titled = tuple[str | None, Table]  # the first table of several bears the title
Columns = Sequence[tuple[str, Callable[[UnitScores], str]]]


def show(say: Wording, store: Store, year: int, province: str | None, level: Level | None) -> None:
    """Print the comparison of a year, province by province. Raises UsageError "no-results"."""
    asked = [province_meant(store, province)] if province else provinces_of(store) or [None]
    found = [(each, compare(store, year, each, level)) for each in asked]
    found = [(each, one) for each, one in found if one.rows]
    if not found:
        raise no_results(say, store, level, year, province)
    for each, one in found:
        for title, drawn in comparison_tables(say, one, each):
            if title:
                line(title, style="bold")
            console().print(drawn)
            line("")
        for note in comparison_notes(say, one):
            line(note, style="dim")


def comparison_tables(say: Wording, found: Comparison, province: str | None) -> Iterator[Titled]:
    """The scores where any report gives them by domain or in total; the points lost where any report tells them."""
    for level, rows in groupby(found.rows, key=lambda row: row.unit.level):
        group = list(rows)
        about = {"year": found.question.year, "where": _where(say, province, level)}
        if scored := [row for row in group if row.total.score is not None or row.share or _any(row.domains)]:
            yield from _scores(say, found, scored, say("comparison-title", **about))
        if lost := [row for row in group if _any(row.lost)]:
            yield from _lost(say, found, lost, say("deductions-title", **about))


def comparison_notes(say: Wording, found: Comparison) -> Iterator[str]:
    """What must be known beside the tables: the names of the domains, who is missing, what could not be placed."""
    named = [f"{domain.number} {domain.name}" for domain in found.domains if domain.name]
    if named:
        yield say("comparison-domains", names="; ".join(named))
    if any(row.review for row in found.rows):
        yield say("comparison-review")
    for level, units in groupby(found.missing, key=lambda unit: unit.level):
        names = ", ".join(unit.name or "?" for unit in units)
        yield say("comparison-missing", level=say(f"level-{level or 'unknown'}"), units=names)
    if found.unplaced:
        yield say("comparison-unplaced", files=", ".join(found.unplaced))


def _where(say: Wording, province: str | None, level: str | None) -> str:
    return " · ".join([*([province] if province else []), *([say(f"level-{level}")] if level else [])])


def _any(domains: Mapping[int, Points]) -> bool:
    return any(points.score is not None for points in domains.values())


def _scores(say: Wording, found: Comparison, rows: list[UnitScores], title: str) -> Iterator[Titled]:
    maxima = {domain.number: _agreed([row.domains[domain.number] for row in rows]) for domain in found.domains}
    total = _agreed([row.total for row in rows])
    ranked = any(row.rank is not None for row in rows)
    leading: list[tuple[str, Callable[[UnitScores], str]]] = []
    if ranked:
        leading.append((say("col-rank"), lambda row: NONE if row.rank is None else str(row.rank)))
    totals = [
        (_headed(say, say("col-total"), total), lambda row: _points(say, row.total, total)),
        (say("col-share"), lambda row: NONE if row.share is None else f"{say.number(_rounded(row.share * 100))}%"),
    ]
    domains = [
        (_headed(say, str(each), maxima[each]), lambda row, each=each: _points(say, row.domains[each], maxima[each]))
        for each in (domain.number for domain in found.domains)
        if any(row.domains[each].score is not None for row in rows)
    ]
    yield from _in_width(say, title, rows, leading, totals, domains)


def _lost(say: Wording, found: Comparison, rows: list[UnitScores], title: str) -> Iterator[Titled]:
    totals = [(say("col-total"), lambda row: number(say, row.lost_total, NONE))]
    domains = [
        (str(each), lambda row, each=each: number(say, row.lost[each].score, NONE))
        for each in (domain.number for domain in found.domains)
        if any(row.lost[each].score is not None for row in rows)
    ]
    yield from _in_width(say, title, rows, [], totals, domains)


def _in_width(
    say: Wording, title: str, rows: list[UnitScores], leading: Columns, totals: Columns, domains: Columns
) -> Iterator[Titled]:
    """One table where all domains have room, else as few as hold them, the same number of domains in each."""
    for size in range(len(domains) or 1, 0, -1):
        parts = [[domains[number] for number in part] for part in chunks(range(len(domains)), size)] or [[]]
        drawn = [_drawn(say, rows, leading, part, [] if place else totals) for place, part in enumerate(parts)]
        if size == 1 or all(width(each) <= console().width for each in drawn):
            yield from zip([title, *[None] * len(drawn)], drawn, strict=False)
            return


def _drawn(say: Wording, rows: list[UnitScores], leading: Columns, domains: Columns, totals: Columns) -> Table:
    numbers = [*totals, *domains]
    headings = [
        *((head, True) for head, _ in leading),
        (say("col-unit"), False),
        *((head, True) for head, _ in numbers),
    ]
    made = table(*headings)
    made.columns[len(leading)].min_width = 10
    for each in rows:
        cells = [*(cell(each) for _, cell in leading), _unit(each), *(cell(each) for _, cell in numbers)]
        row(made, *cells, style="yellow" if each.review else None)
    return made


def _agreed(points: Sequence[Points]) -> Decimal | None:
    """The maximum where all units have the same: it then stands once, in the heading."""
    stated = {each.maximum for each in points if each.score is not None}
    return stated.pop() if len(stated) == 1 else None


def _headed(say: Wording, name: str, maximum: Decimal | None) -> str:
    return name if maximum is None else f"{name}\n/{number(say, maximum)}"


def _unit(row: UnitScores) -> str:
    name = row.unit.name or NONE
    return f"{name} ({row.unit.district})" if row.unit.district else name


def _points(say: Wording, points: Points, in_heading: Decimal | None) -> str:
    score = number(say, points.score, NONE)
    told = points.score is None or points.maximum is None or in_heading is not None
    return score if told else f"{score}/{number(say, points.maximum)}"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_SHARE, ROUND_HALF_UP)
