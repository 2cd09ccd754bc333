"""The table of a comparison: units by domains, canonical domains or criteria of one scorecard, with differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from compare.choice import Question
from compare.coverage import Coverage
from compare.domains import SHARE, Points
from normalize.records import Basis, Level, Period, Unit

By = Literal["domains", "criteria", "across", "aligned"]
Units = Literal["then", "now"]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference: in points, where both have the same maximum, and in shares of the maximum (0.05 is 5 %)."""

    points: Decimal | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table, and how far it is from the period before, the mean and the best of its column."""

    points: Points
    share: Decimal | None = None
    previous: Gap | None = None
    mean: Gap | None = None
    best: Gap | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its key: the code of a domain or criterion, a canonical domain, or "total"."""

    key: str
    name: str | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A unit. `counted` says that it takes part in ranks, means and bests: an estimate for a part of a year does not.

    `parts` are the units of the time that were rolled up into this one; its shares are then the means of theirs.
    """

    unit: Unit
    file: str
    sha256: str
    page: int | None
    period: Period
    basis: Basis | None
    draft: bool
    rank: int | None
    previous_rank: int | None
    cells: Mapping[str, Cell]
    appraised: Decimal | None = None
    survey: Decimal | None = None
    counted: bool = True
    parts: tuple[Unit, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def review(self) -> bool:
        return any(cell.points.review for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that may be compared with one another; `province` is None where they are of several."""

    province: str | None
    level: Level | None
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    means: Mapping[str, Gap] = field(default_factory=dict)
    bests: Mapping[str, Gap] = field(default_factory=dict)
    strange: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The whole answer. `unplaced` are files whose unit, year or period was not found."""

    question: Question
    by: By
    units: Units
    blocks: tuple[Block, ...]
    coverage: tuple[Coverage, ...]
    unplaced: tuple[str, ...] = ()


def share_of(points: Points | None) -> Fraction | None:
    if points is None or points.score is None or not points.maximum:
        return None
    return Fraction(points.score) / Fraction(points.maximum)


def rounded(value: Fraction | None) -> Decimal | None:
    """A share or mean as a decimal of four places; exact until here.

    >>> rounded(Fraction(2, 3)), rounded(None)
    (Decimal('0.6667'), None)
    """
    if value is None:
        return None
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(SHARE)


def gap(one: Points, other: Points | None) -> Gap | None:
    """How much more `one` is than the `other`; None where nothing can be said."""
    if other is None or one.score is None or other.score is None:
        return None
    same = one.maximum is not None and one.maximum == other.maximum
    first, second = share_of(one), share_of(other)
    shares = rounded(first - second) if first is not None and second is not None else None
    return Gap(one.score - other.score if same else None, shares) if same or shares is not None else None


def with_columns(lines: Sequence[Line], columns: Sequence[Column]) -> Block:
    """A block of these lines with the mean and the best of every column, and the differences to them."""
    counted = [line for line in lines if line.counted]
    means: dict[str, Gap] = {}
    bests: dict[str, Gap] = {}
    exact: dict[str, tuple[_Level, _Level]] = {}
    for column in columns:
        cells = [line.cells[column.key] for line in counted if column.key in line.cells]
        shares = [share for cell in cells if (share := _exact(cell)) is not None]
        if not shares:
            continue
        scores = [cell.points.score for cell in cells if cell.share is not None and cell.points.score is not None]
        maxima = {cell.points.maximum for cell in cells if cell.share is not None}
        same = len(maxima) == 1 and len(scores) == len(shares)
        mean = sum((Fraction(score) for score in scores), Fraction(0)) / len(scores) if same else None
        best = max(scores) if same else None
        exact[column.key] = (
            (mean, sum(shares, Fraction(0)) / len(shares)),
            (None if best is None else Fraction(best), max(shares)),
        )
        means[column.key] = Gap(rounded(mean), rounded(exact[column.key][0][1]))
        bests[column.key] = Gap(best, rounded(max(shares)))
    filled = tuple(
        replace(line, cells={key: _compared(cell, exact.get(key)) for key, cell in line.cells.items()})
        for line in lines
    )
    first = lines[0].unit if lines else Unit(None, None)
    return Block(first.province, first.level, tuple(columns), filled, means, bests)


# A mean or best: points, where all units have the same maximum, and the share of it.
_Level = tuple[Fraction | None, Fraction]


def _exact(cell: Cell) -> Fraction | None:
    exact = share_of(cell.points)
    return exact if exact is not None else None if cell.share is None else Fraction(cell.share)


def _compared(cell: Cell, levels: tuple[_Level, _Level] | None) -> Cell:
    """The cell with its differences to the mean and the best of its column."""
    share = _exact(cell)
    if levels is None or share is None:
        return cell
    mean, best = (_away(cell, share, level) for level in levels)
    return replace(cell, mean=mean, best=best)


def _away(cell: Cell, share: Fraction, level: _Level) -> Gap:
    points, level_share = level
    both = points is not None and cell.points.score is not None
    in_points = rounded(Fraction(cell.points.score or 0) - (points or 0)) if both else None
    return Gap(in_points, rounded(share - level_share))
