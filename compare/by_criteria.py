"""Units side by side by criteria: by the codes of one scorecard, or by what a person said to be one criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from compare.aligning import group_of, groups
from compare.blocks import Cells, block_of
from compare.choice import Question, results_of
from compare.comparison import Comparison, UnitScores
from compare.domains import Points, Scored
from compare.table import Block, Column
from compare.trees import Tree, trees
from load.alignments import Aligned, alignments
from load.store import Store
from normalize.codes import Code
from normalize.records import Unit


def by_criteria(store: Store, question: Question, rows: list[UnitScores], before: Comparison) -> list[Block]:
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


def by_alignment(store: Store, question: Question, rows: list[UnitScores], before: Comparison) -> list[Block]:
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
            block = block_of(group, columns, now, earlier, past)
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
    return block_of(group, columns, cells, kept, past)


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
