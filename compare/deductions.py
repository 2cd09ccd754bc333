"""The answers of an audit of deductions: what recurs, who answers, for which reasons (compare/audited.py asks)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalize.records import Unit

# A deduction recurs when it is there in two years at least.
RECURRING = 2


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The same criterion of one scorecard ("code") or the same main kind of reason ("kind") in several years of a unit.

    `years` are those with the deduction and the points lost in each; `of` all years known of the unit (for a criterion:
    those of its scorecard).
    """

    unit: Unit
    by: Literal["code", "kind"]
    key: str
    name: str | None
    years: tuple[tuple[int, Decimal], ...]
    of: tuple[int, ...]
    reasons: tuple[str, ...]

    @property
    def points(self) -> Decimal:
        return sum((amount for _, amount in self.years), Decimal(0))


@dataclass(frozen=True, slots=True)
class Answerable:
    """An agency and the points lost where it leads. Those `shared` with other leads count whole for each."""

    agency: str
    points: Decimal
    losses: int
    shared: int
    years: tuple[int, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """A reason as it was last written, how often it was given and what was lost for it; `who` said what kind it is."""

    reason: str
    kind: str
    losses: int
    points: Decimal
    who: str | None = None


@dataclass(frozen=True, slots=True)
class KindShare:
    """Points lost for one main kind of reason, and their share of all points lost."""

    kind: str
    points: Decimal
    losses: int
    share: Decimal | None
