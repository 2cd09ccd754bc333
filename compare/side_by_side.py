"""Units side by side, with what changed since the period before and how far each is from the mean and the best.

By domains: the units of one province and level by the numbers of their domains. Across: all units by canonical domains,
as shares. By criteria: the units of one scorecard by its codes. Missing is never zero; what the table rests on is said
in its coverage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from compare.aligning import group_of, groups
from compare.canonical import by_canonical, canonical_order
from compare.choice import Question, results_of
from compare.comparison import Comparison, UnitScores, compare, merits, places_of
from compare.coverage import coverage_of
from compare.domains import Points, Scored
from compare.pages import total_pages
from compare.successors import rolled_up
from compare.table import TOTAL, Block, By, Cell, Column, Gap, Line, SideBySide, Units, gap, with_columns
from compare.trees import Tree, trees
from load.alignments import Aligned, alignments
from load.store import Store
from normalize.codes import Code
from normalize.records import Basis, Level, Period, Unit

# Reports for a part of the year stand in for a missing one, the later part first; quarters do not.
PARTS: tuple[Period, ...] = ("9m", "6m")
Cells = dict[str, Points]


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
        blocks = _by_criteria(store, now.question, rows, before)
    elif by == "aligned":
        blocks = _by_alignment(store, now.question, rows, before)
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
        blocks.append(_block(group, columns, cells, earlier, past))
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
        block = _block(group, [Column(key) for key in keys], cells, earlier, past)
        provinces = {row.unit.province for row in group}
        strange = tuple(sorted({name for _, left in told.values() for name in left}))
        blocks.append(replace(block, province=provinces.pop() if len(provinces) == 1 else None, strange=strange))
    return blocks


def _by_criteria(store: Store, question: Question, rows: list[UnitScores], before: Comparison) -> list[Block]:
    """A block for each scorecard; the period before counts where it was scored by the same."""
    scored, found = _scorecards(store, question, rows, before)
    earlier = {row.unit: row for row in before.rows}
    by_unit = {row.unit: row for row in rows}
    blocks = []
    for tree in found:
        group = [by_unit[unit] for year, unit in tree.owners if year == question.year]
        if group:
            blocks.append(_criteria_block(question.year, group, tree, scored, earlier))
    return blocks


def _scorecards(
    store: Store, question: Question, rows: list[UnitScores], before: Comparison
) -> tuple[dict[tuple[int, Unit], list[Scored]], list[Tree[tuple[int, Unit]]]]:
    """The results of these units and of the period before, and the scorecards they follow, by level and province."""
    scored: dict[tuple[int, Unit], list[Scored]] = {}
    with store.reading() as connection:
        for year, group in ((question.year, rows), (question.year - 1, list(before.rows))):
            results = results_of(connection, group)
            for row in group:
                scored[year, row.unit] = results.get((row.document_id, row.position), [])
    places: dict[tuple[str, str], dict[tuple[int, Unit], list[Scored]]] = defaultdict(dict)
    for key, found in scored.items():
        places[key[1].level or "", key[1].province or ""][key] = found
    return scored, [tree for _, own in sorted(places.items()) for tree in trees(own)]


def _by_alignment(store: Store, question: Question, rows: list[UnitScores], before: Comparison) -> list[Block]:
    """A block for each level: the criteria that a person said to be one, whatever their codes, as shares."""
    scored, found = _scorecards(store, question, rows, before)
    with store.reading() as connection:
        known = groups(alignments(connection))
    labels = _labels(set(known.values()))
    cells: dict[tuple[int, Unit], Cells] = {}
    names: dict[str, str | None] = {}
    for tree in found:
        for year, unit in tree.owners:
            own = _criteria(scored[year, unit], tree.maxima)
            keys = {code: labels[key] for code in tree.maxima if (key := group_of(known, unit, code, tree.name(code)))}
            names |= {key: tree.name(code) for code, key in keys.items()}
            cells[year, unit] = {key: own[str(code)] for code, key in keys.items() if str(code) in own}
    earlier = {row.unit: row for row in before.rows}
    past = {unit: own for (year, unit), own in cells.items() if year != question.year}
    blocks = []
    for level in sorted({row.unit.level or "" for row in rows}):
        group = [row for row in rows if (row.unit.level or "") == level and cells.get((question.year, row.unit))]
        now = {row.unit: cells[question.year, row.unit] for row in group}
        told = {key for own in now.values() for key in own}
        shown = [key for key in labels.values() if key in told]
        if shown:
            columns = [Column(key, names[key]) for key in shown]
            block = _block(group, columns, now, earlier, past)
            blocks.append(block if len({row.unit.province for row in group}) == 1 else replace(block, province=None))
    return blocks


def _labels(groups: set[Aligned]) -> dict[Aligned, str]:
    """What columns of aligned criteria are called: the code in the scorecard that comes first, and whose it is."""
    found: dict[Aligned, str] = {}
    for key in sorted(groups, key=lambda one: (Code.of(one.code), one)):
        label = f"{key.code} {key.province}".strip()
        again = sum(other == label or other.startswith(f"{label} (") for other in found.values())
        found[key] = f"{label} ({again + 1})" if again else label
    return found


def _criteria_block(
    year: int,
    group: list[UnitScores],
    tree: Tree[tuple[int, Unit]],
    scored: Mapping[tuple[int, Unit], list[Scored]],
    earlier: Mapping[Unit, UnitScores],
) -> Block:
    maxima = tree.maxima
    columns = [Column(str(code), tree.name(code), maximum) for code, maximum in maxima.items()]
    cells = {row.unit: _criteria(scored[year, row.unit], maxima) for row in group}
    same = {unit for when, unit in tree.owners if when == year - 1}
    past = {unit: _criteria(scored[year - 1, unit], maxima) for unit in same}
    kept = {unit: row for unit, row in earlier.items() if unit in same}
    return _block(group, columns, cells, kept, past)


def _criteria(rows: list[Scored], maxima: Mapping[Code, Decimal]) -> Cells:
    """The scores by code; a code that stands twice with different numbers has none."""
    found: Cells = {}
    for row in rows:
        if row.code not in maxima:
            continue
        points = Points(
            row.score, row.maximum or maxima[row.code], "printed" if row.score is not None else "not-listed", row.review
        )
        if row.score is None and row.lost is not None and row.deducted is not None and row.maximum is not None:
            points = Points(None, row.maximum, "incomplete", row.review)
        other = found.get(str(row.code))
        twice = other is not None and (other.score, other.maximum) != (points.score, points.maximum)
        found[str(row.code)] = Points(None, points.maximum, "twice", True) if twice else points
    return found


def _block(
    rows: list[UnitScores],
    columns: list[Column],
    cells: Mapping[Unit, Cells],
    earlier: Mapping[Unit, UnitScores],
    past: Mapping[Unit, Cells],
) -> Block:
    lines = []
    ranks, old_ranks = _ranks([row for row in rows if not row.estimate]), _ranks(_kin(rows, earlier))
    for row in rows:
        old = earlier.get(row.unit)
        before = dict(past.get(row.unit, {}))
        own = {key: _cell(points, before.get(key)) for key, points in cells[row.unit].items()}
        own[TOTAL] = _total(row, old)
        lines.append(_line(row, ranks.get(row.unit), old_ranks.get(row.unit), own))
    lines.sort(key=_order)
    return with_columns(lines, [*columns, Column(TOTAL)])


def _kin(rows: list[UnitScores], earlier: Mapping[Unit, UnitScores]) -> list[UnitScores]:
    """The rows of the period before that stand in the same block: of the same level, and province if it is of one."""
    levels, provinces = {row.unit.level for row in rows}, {row.unit.province for row in rows}
    if len(provinces) > 1:
        return [row for row in earlier.values() if row.unit.level in levels]
    return [row for row in earlier.values() if row.unit.level in levels and row.unit.province in provinces]


def _ranks(rows: list[UnitScores]) -> dict[Unit, int]:
    """The ranks within a block, from 1, ties sharing one."""
    return places_of(merits(rows))


def _order(line: Line) -> tuple[bool, int, str]:
    return line.rank is None, line.rank or 0, line.unit.name or ""


def _total(row: UnitScores, old: UnitScores | None) -> Cell:
    previous = gap(row.total, old.total) if old is not None else None
    if previous is None and old is not None and row.share is not None and old.share is not None:
        previous = Gap(None, row.share - old.share)
    return Cell(row.total, row.share, previous)


def _cell(points: Points, before: Points | None) -> Cell:
    return Cell(points, points.share, gap(points, before))


def _line(row: UnitScores, rank: int | None, old_rank: int | None, cells: Mapping[str, Cell]) -> Line:
    return Line(
        row.unit,
        row.file,
        row.sha256,
        None,
        row.period,
        row.basis,
        row.draft,
        rank,
        old_rank,
        cells,
        row.appraised,
        row.survey,
        not row.estimate,
        (),
        row.others,
    )


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
