"""From a generated archive with known truth: every cell of the comparison and of the recurrent deductions equals it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from answers_truth import NAMES, ORDER, PROVINCES, REASONS, YEARS, Truth, plant, units

from compare.audited import Audited
from compare.history import Scope
from compare.side_by_side import side_by_side
from compare.table import Cell, Gap, rounded
from load.store import Store
from normalize.records import Unit


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(Path(tmp_path_factory.mktemp("archive")) / "x.db")


@pytest.fixture(scope="module")
def truth(store: Store) -> Truth:
    return plant(store)


@pytest.fixture(scope="module")
def told(store: Store, truth: Truth) -> Audited:
    return Audited(store, Scope())


Pair = tuple[Decimal, Decimal]


def share(pair: Pair) -> Fraction:
    return Fraction(pair[0]) / Fraction(pair[1])


def gap(pair: Pair, other: Pair | None) -> Gap | None:
    if other is None:
        return None
    return Gap(pair[0] - other[0] if pair[1] == other[1] else None, rounded(share(pair) - share(other)))


def level(pairs: list[Pair], pick: str) -> tuple[Fraction | None, Fraction]:
    shares = [share(pair) for pair in pairs]
    same = len({pair[1] for pair in pairs}) == 1
    points = [Fraction(pair[0]) for pair in pairs]
    if pick == "best":
        return (max(points) if same else None), max(shares)
    return (sum(points, Fraction(0)) / len(points) if same else None), sum(shares, Fraction(0)) / len(shares)


def away(pair: Pair, from_: tuple[Fraction | None, Fraction]) -> Gap:
    points = None if from_[0] is None else rounded(Fraction(pair[0]) - from_[0])
    return Gap(points, rounded(share(pair) - from_[1]))


def check(cell: Cell, own: Pair, before: Pair | None, column: list[Pair]) -> None:
    assert (cell.points.score, cell.points.maximum, cell.share) == (own[0], own[1], rounded(share(own)))
    assert cell.previous == gap(own, before)
    assert cell.mean == away(own, level(column, "mean"))
    assert cell.best == away(own, level(column, "best"))


def there(truth: Truth, year: int, province: str | None = None) -> list[Unit]:
    known = [unit for unit in units() if province in (None, unit.province)]
    return [unit for unit in known if (unit, year) in truth.scores]


@pytest.mark.parametrize("year", YEARS)
def test_every_cell_by_domains(store: Store, truth: Truth, year: int) -> None:
    found = side_by_side(store, year)
    assert {block.province for block in found.blocks} == set(PROVINCES)
    for block in found.blocks:
        kin = there(truth, year, block.province)
        assert {line.unit for line in block.lines} == set(kin)
        totals = sorted((share(truth.total(unit, year)) for unit in kin), reverse=True)
        for line in block.lines:
            assert set(line.cells) == {"1", "2", "3", "total"}
            for key, cell in line.cells.items():

                def pair(unit: Unit, when: int, key: str = key) -> Pair:
                    return truth.total(unit, when) if key == "total" else truth.domain(unit, when, key)

                before = pair(line.unit, year - 1) if (line.unit, year - 1) in truth.scores else None
                check(cell, pair(line.unit, year), before, [pair(unit, year) for unit in kin])
            assert line.rank == totals.index(share(truth.total(line.unit, year))) + 1
            assert line.page == 1


@pytest.mark.parametrize("year", YEARS)
def test_every_cell_by_criteria_of_one_scorecard(store: Store, truth: Truth, year: int) -> None:
    found = side_by_side(store, year, by="criteria")
    assert [block.province for block in found.blocks] == sorted(PROVINCES)
    for block in found.blocks:
        kin = there(truth, year, block.province)
        for line in block.lines:
            kept = (line.unit, year - 1) in truth.scores and truth.card(line.unit, year) == truth.card(
                line.unit, year - 1
            )
            for code, most in truth.maxima[block.province or "", year].items():
                before = (truth.scores[line.unit, year - 1][code], most) if kept else None
                column = [(truth.scores[unit, year][code], most) for unit in kin]
                check(line.cells[code], (truth.scores[line.unit, year][code], most), before, column)


def test_every_cell_across_scorecards(store: Store, truth: Truth) -> None:
    (block,) = side_by_side(store, 2021, by="across").blocks
    assert [column.key for column in block.columns] == ["steering", "procedures", "finance", "total"]
    assert block.province is None
    kin = there(truth, 2021)

    def pair(unit: Unit, year: int, key: str) -> Pair:
        return truth.domain(unit, year, str(ORDER[unit.province or ""].index(key) + 1))

    assert {line.unit for line in block.lines} == set(kin)
    for line in block.lines:
        for key in NAMES:
            before = pair(line.unit, 2020, key) if (line.unit, 2020) in truth.scores else None
            check(line.cells[key], pair(line.unit, 2021, key), before, [pair(unit, 2021, key) for unit in kin])


def test_the_coverage_line(store: Store, truth: Truth) -> None:
    (coverage,) = side_by_side(store, 2021).coverage
    assert coverage.sentence("en") == "11 of 12 districts, 2 from drafts"
    assert coverage.sentence("vi") == "11/12 huyện có kết quả, 2 theo văn bản chưa có số"
    assert coverage.missing == (units()[10],)


def test_every_loss_and_its_reason(told: Audited, truth: Truth) -> None:
    found = {(loss.unit, loss.year, str(loss.code)): (loss.amount, loss.kind, loss.leads) for loss in told.losses}
    assert len(found) == len(told.losses)
    assert found == {
        key: (truth.lost(*key), truth.reasons[key], (truth.leads[key],)) for key in truth.reasons
    }  # fmt: skip


def test_recurring_deductions(told: Audited, truth: Truth) -> None:
    by_code: dict[tuple[object, ...], dict[int, Decimal]] = defaultdict(dict)
    kinds: dict[tuple[object, ...], dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for unit, year, code in truth.reasons:
        by_code[unit, truth.card(unit, year), code][year] = truth.lost(unit, year, code)
        kinds[unit, truth.reasons[unit, year, code]][year] += truth.lost(unit, year, code)
    years = {unit: tuple(year for year in YEARS if (unit, year) in truth.scores) for unit in units()}
    expected = {
        (unit, "code", code, tuple(sorted(lost.items())), tuple(y for y in years[unit] if truth.card(unit, y) == card))  # type: ignore[index, arg-type]
        for (unit, card, code), lost in by_code.items()
        if len(lost) > 1
    } | {
        (unit, "kind", kind, tuple(sorted(lost.items())), years[unit])  # type: ignore[index]
        for (unit, kind), lost in kinds.items()
        if len(lost) > 1
    }
    assert {(one.unit, one.by, one.key, one.years, one.of) for one in told.recurring} == expected


def test_promises_kept_and_broken(told: Audited, truth: Truth) -> None:
    expected = {}
    for unit, year, code in truth.reasons:
        lost = truth.lost(unit, year, code)
        if (unit, year + 1) not in truth.scores:
            outcome, why, after = "unknown", "no-next-report", None
        elif truth.card(unit, year) != truth.card(unit, year + 1):
            outcome, why, after = "unknown", "other-scorecard", None
        else:
            after, why = truth.lost(unit, year + 1, code), ""
            outcome = "kept" if not after else "eased" if after < lost else "broken"
        expected[unit, year, code] = (lost, outcome, why, after)
    found = {(p.unit, p.year, str(p.code)): (p.lost, p.outcome, p.why, p.lost_after) for p in told.promises}
    assert found == expected
    assert {outcome for _, outcome, _, _ in expected.values()} == {"kept", "eased", "broken", "unknown"}


def test_agencies_and_kinds_by_points(told: Audited, truth: Truth) -> None:
    points: dict[str, Decimal] = defaultdict(Decimal)
    kinds: dict[str, Decimal] = defaultdict(Decimal)
    for key, kind in truth.reasons.items():
        points[truth.leads[key]] += truth.lost(*key)
        kinds[kind] += truth.lost(*key)
    assert {one.agency: one.points for one in told.agencies} == points
    assert {one.kind: one.points for one in told.kinds} == kinds
    assert set(kinds) == set(REASONS)
    whole = sum(kinds.values(), Decimal(0))
    assert [one.share for one in told.kinds] == [rounded(Fraction(one.points) / Fraction(whole)) for one in told.kinds]
