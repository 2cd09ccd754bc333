"""The comparison of units on the terminal: scores and shares by domain, then the points lost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from rich.table import Table

from cchc.wording import Wording
from compare.comparison import Comparison, UnitScores
from compare.domains import Points

_SHARE = Decimal("0.1")
_NONE = "—"


def comparison_tables(say: Wording, found: Comparison) -> Iterator[Table]:
    """The scores where any report gives them by domain or in total; the points lost where any report tells them."""
    scored = [
        row
        for row in found.rows
        if row.total.score is not None or any(p.score is not None for p in row.domains.values())
    ]
    if scored:
        yield _scores(say, found, scored)
    lost = [row for row in found.rows if any(points.score is not None for points in row.lost.values())]
    if lost:
        yield _lost(say, found, lost)


def _heads(say: Wording, found: Comparison, title: str, maxima: dict[int, Decimal | None]) -> Table:
    table = Table(title=say(title, year=found.question.year), title_justify="left", title_style="bold")
    table.add_column(say("col-rank"), justify="right", no_wrap=True)
    table.add_column(say("col-unit"), overflow="fold", min_width=12)
    for domain in found.domains:
        most = maxima.get(domain.number)
        head = f"{domain.number}" if most is None else f"{domain.number}\n/{_number(say, most)}"
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column(say("col-total"), justify="right", no_wrap=True)
    return table


def _agreed_maxima(found: Comparison, rows: list[UnitScores]) -> dict[int, Decimal | None]:
    """The maximum of a domain where all units have the same: it then stands once, in the heading."""
    agreed: dict[int, Decimal | None] = {}
    for domain in found.domains:
        stated = {points.maximum for row in rows if (points := row.domains[domain.number]).score is not None}
        agreed[domain.number] = stated.pop() if len(stated) == 1 else None
    return agreed


def _scores(say: Wording, found: Comparison, rows: list[UnitScores]) -> Table:
    maxima = _agreed_maxima(found, rows)
    table = _heads(say, found, "comparison-title", maxima)
    table.add_column(say("col-share"), justify="right", no_wrap=True)
    for row in rows:
        domains = [_points(say, row.domains[domain.number], maxima[domain.number]) for domain in found.domains]
        share = _NONE if row.share is None else f"{say.number(_rounded(row.share * 100))} %"
        rank = str(row.rank) if row.rank is not None else _NONE
        total = _points(say, row.total, None)
        table.add_row(rank, _unit(row), *domains, total, share, style="yellow" if row.review else None)
    table.caption = _legend(say, found)
    table.caption_justify = "left"
    return table


def _lost(say: Wording, found: Comparison, rows: list[UnitScores]) -> Table:
    table = _heads(say, found, "deductions-title", {})
    for row in rows:
        domains = [_number(say, row.lost[domain.number].score) for domain in found.domains]
        table.add_row("", _unit(row), *domains, _number(say, row.lost_total))
    return table


def _legend(say: Wording, found: Comparison) -> str:
    named = [f"{domain.number}: {domain.name}" for domain in found.domains if domain.name]
    missing = ", ".join(unit.name or "" for unit in found.missing)
    lines = ["; ".join(named)] if named else []
    if missing:
        lines.append(say("comparison-missing", units=missing))
    if found.unplaced:
        lines.append(say("comparison-unplaced", files=", ".join(found.unplaced)))
    return "\n".join(lines)


def _unit(row: UnitScores) -> str:
    where = row.unit.district or row.unit.province
    return f"{row.unit.name} ({where})" if where else row.unit.name or _NONE


def _points(say: Wording, points: Points, in_heading: Decimal | None) -> str:
    if points.score is None:
        return _NONE
    score = _number(say, points.score)
    told = points.maximum is None or in_heading is not None
    return score if told else f"{score}/{_number(say, points.maximum)}"


def _number(say: Wording, value: Decimal | None) -> str:
    return _NONE if value is None else say.number(format(value.normalize(), "f"))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_SHARE, ROUND_HALF_UP)
