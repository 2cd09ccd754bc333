"""Units side by side, with what changed since the period before and how far each is from the mean and the best.

By domains: the units of one province and level by the numbers of their domains. Across: all units by canonical domains,
as shares. By criteria: the units of one scorecard by its codes. Missing is never zero; what the table rests on is said
in its coverage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from compare.blocks import block_of
from compare.by_criteria import by_alignment, by_criteria
from compare.canonical import by_canonical, canonical_order
from compare.comparison import Comparison, UnitScores, compare
from compare.coverage import coverage_of
from compare.domains import Points
from compare.pages import total_pages
from compare.successors import rolled_up
from compare.table import Block, By, Column, SideBySide, Units
from load.store import Store
from normalize.records import Basis, Level, Period, Unit

# Reports for a part of the year stand in for a missing one, the later part first; quarters do not.
PARTS: tuple[Period, ...] = ("9m", "6m")


def side_by_side(
    store: Store,
    year: int,
    province: str | None = None,
    level: Level | None = None,
    period: Period = "year",
    basis: Basis | None = None,
    by: By = "domains",
    units: Units = "then",
    expected: Iterable[Unit] = (),
) -> SideBySide:
    """Compare the units of a province or level in a year. `expected` are units that should have reported.

    `units="now"` shows provinces and communes as their successors since 1 July 2025, with the mean of the shares where
    several went into one; districts, which have none, stay under the province of today.
    """
    now = compare(store, year, province, level, period, basis, expected)
    before = compare(store, year - 1, province, level, period, basis)
    estimates = _estimates(store, now, province, level, basis) if period == "year" else []
    known = list(now.rows)
    rows = [*known, *estimates]
    if by == "criteria":
        blocks = by_criteria(store, now.question, rows, before)
    elif by == "aligned":
        blocks = by_alignment(store, now.question, rows, before)
    else:
        blocks = _by_domains(rows, before) if by == "domains" else _across(rows, before)
    if units == "now":
        blocks = [rolled_up(block) for block in blocks]
    with store.reading() as connection:
        pages = total_pages(connection, [(row.document_id, row.position, row.sha256) for row in rows])
    blocks = [
        replace(one, lines=tuple(replace(r, page=pages.get((r.sha256, r.unit))) for r in one.lines)) for one in blocks
    ]
    coverage = coverage_of(known, estimates, now.missing)
    return SideBySide(now.question, by, units, tuple(blocks), coverage, now.unplaced)


def _estimates(
    store: Store, now: Comparison, province: str | None, level: Level | None, basis: Basis | None
) -> list[UnitScores]:
    """The rows of units that have no report for the year, from their report for the longest part of it."""
    found: dict[Unit, UnitScores] = {}
    whole = {row.unit for row in now.rows}
    for part in PARTS:
        for row in compare(store, now.question.year, province, level, part, basis, beside=whole).rows:
            if row.unit not in whole:
                found.setdefault(row.unit, replace(row, rank=None, estimate=True))
    return list(found.values())


def _by_domains(rows: list[UnitScores], before: Comparison) -> list[Block]:
    blocks = []
    earlier = {row.unit: row for row in before.rows}
    cards: dict[tuple[str, str], list[UnitScores]] = defaultdict(list)
    for row in rows:
        cards[row.unit.level or "", row.unit.province or ""].append(row)
    for _, group in sorted(cards.items()):
        numbers = sorted({number for row in group for number, points in row.domains.items() if _told(points)})
        columns = [Column(str(number), _usual_name(group, number), _agreed(group, number)) for number in numbers]
        cells = {row.unit: {str(n): row.domains[n] for n in numbers if n in row.domains} for row in group}
        old = [earlier[row.unit] for row in group if row.unit in earlier]
        past = {row.unit: {str(n): points for n, points in row.domains.items()} for row in old}
        blocks.append(block_of(group, columns, cells, earlier, past))
    return blocks


def _across(rows: list[UnitScores], before: Comparison) -> list[Block]:
    blocks = []
    earlier = {row.unit: row for row in before.rows}
    names, old_names = _names(rows), _names(before.rows)
    past = {unit: by_canonical(row.domains, old_names[unit])[0] for unit, row in earlier.items()}
    for level in sorted({row.unit.level or "" for row in rows}):
        group = [row for row in rows if (row.unit.level or "") == level]
        told = {row.unit: by_canonical(row.domains, names[row.unit]) for row in group}
        keys = [key for key in canonical_order() if any(_told(cells.get(key)) for cells, _ in told.values())]
        cells = {
            unit: {key: points for key, points in found.items() if key in keys} for unit, (found, _) in told.items()
        }
        block = block_of(group, [Column(key) for key in keys], cells, earlier, past)
        provinces = {row.unit.province for row in group}
        strange = tuple(sorted({name for _, left in told.values() for name in left}))
        blocks.append(replace(block, province=provinces.pop() if len(provinces) == 1 else None, strange=strange))
    return blocks


def _names(rows: Iterable[UnitScores]) -> dict[Unit, dict[int, str]]:
    """The names of each unit's domains: its report's own, else the most frequent in its province and level."""
    rows = list(rows)
    kin: dict[tuple[str | None, str | None], list[UnitScores]] = defaultdict(list)
    for row in rows:
        kin[row.unit.province, row.unit.level].append(row)
    found = {}
    for row in rows:
        own = kin[row.unit.province, row.unit.level]
        usual = {number: _usual_name(own, number) for number in row.domains if number not in row.names}
        found[row.unit] = {**{number: name for number, name in usual.items() if name}, **row.names}
    return found


def _usual_name(rows: list[UnitScores], number: int) -> str | None:
    names = sorted(name for row in rows if (name := row.names.get(number)))
    return max(names, key=names.count) if names else None


def _agreed(rows: list[UnitScores], number: int) -> Decimal | None:
    maxima = {row.domains[number].maximum for row in rows if number in row.domains and _told(row.domains[number])}
    return maxima.pop() if len(maxima) == 1 else None


def _told(points: Points | None) -> bool:
    return points is not None and points.score is not None
