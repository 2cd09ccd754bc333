"""The audit of deductions: recurring ones, who answers for them, which reasons, and what no reason or amount tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from compare.history import History
from compare.kinds import NO_REASON, UNCLASSIFIED, kind_order
from compare.losses import Loss
from compare.table import rounded
from normalize.codes import Code
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
class KindShare:
    """Points lost for one main kind of reason, and their share of all points lost."""

    kind: str
    points: Decimal
    losses: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class WithoutAmount:
    """A criterion with a reason or remedy and no amount that could be read."""

    unit: Unit
    year: int
    file: str
    sha256: str
    page: int | None
    code: Code
    name: str | None
    text: str


def recurring(history: History, least: int = RECURRING) -> tuple[Recurrence, ...]:
    """Deductions there in at least so many years, those in the most years first, then by points."""
    found = [*_by_code(history), *_by_kind(history)]
    kept = [one for one in found if len(one.years) >= least]
    return tuple(sorted(kept, key=_weight))


def _weight(one: Recurrence) -> tuple[object, ...]:
    return -len(one.years), -one.points, one.unit.province or "", one.unit.name or "", one.by, one.key


def _by_code(history: History) -> Iterable[Recurrence]:
    groups: dict[tuple[Unit, int, Code], list[Loss]] = defaultdict(list)
    for loss in history.losses:
        card = history.cards.get((loss.unit, loss.year))
        if card is not None and loss.amount:
            groups[loss.unit, card, loss.code].append(loss)
    for (unit, card, code), rows in groups.items():
        of = tuple(year for year in history.years_of(unit) if history.cards.get((unit, year)) == card)
        name = next((row.name for row in reversed(rows) if row.name), None)
        yield Recurrence(unit, "code", str(code), name, _yearly(rows), of, _reasons(rows))


def _by_kind(history: History) -> Iterable[Recurrence]:
    groups: dict[tuple[Unit, str], list[Loss]] = defaultdict(list)
    for loss in history.losses:
        if loss.kind not in (NO_REASON, UNCLASSIFIED) and loss.amount:
            groups[loss.unit, loss.kind].append(loss)
    for (unit, kind), rows in groups.items():
        yield Recurrence(unit, "kind", kind, None, _yearly(rows), history.years_of(unit), _reasons(rows))


def _yearly(rows: list[Loss]) -> tuple[tuple[int, Decimal], ...]:
    years: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        years[row.year] += row.amount
    return tuple(sorted(years.items()))


def _reasons(rows: list[Loss]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.reason for row in sorted(rows, key=lambda row: row.year) if row.reason))


def agencies(rows: Iterable[Loss]) -> tuple[Answerable, ...]:
    """The agencies by the points lost where they lead (or perform, where no lead is named)."""
    groups: dict[str, list[Loss]] = defaultdict(list)
    for row in rows:
        for name in row.leads:
            groups[name].append(row)
    found = [
        Answerable(
            name,
            sum((row.amount for row in own), Decimal(0)),
            len(own),
            sum(len(row.leads) > 1 for row in own),
            tuple(sorted({row.year for row in own})),
            tuple(map(str, sorted({row.code for row in own}))),
        )
        for name, own in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.points, one.agency)))


def by_kind(rows: Iterable[Loss]) -> tuple[KindShare, ...]:
    """Points lost by the main kind of their reason, the unclassified among them: the shares add up to one."""
    rows = list(rows)
    whole = sum((row.amount for row in rows), Decimal(0))
    found = []
    for kind in kind_order():
        own = [row for row in rows if row.kind == kind]
        points = sum((row.amount for row in own), Decimal(0))
        if own:
            share = rounded(Fraction(points) / Fraction(whole)) if whole else None
            found.append(KindShare(kind, points, len(own), share))
    return tuple(sorted(found, key=lambda one: (-one.points, kind_order().index(one.kind))))


def unclassified_share(rows: Iterable[Loss]) -> Decimal | None:
    """The share of reasons that fit no kind, of all losses that have a reason; None where none has."""
    reasoned = [row for row in rows if row.kind != NO_REASON]
    if not reasoned:
        return None
    return rounded(Fraction(sum(row.kind == UNCLASSIFIED for row in reasoned), len(reasoned)))


def without_reason(rows: Iterable[Loss]) -> tuple[Loss, ...]:
    """Points lost and no word why."""
    return tuple(row for row in rows if row.reason is None and not row.survey and row.amount)


def without_amount(history: History) -> tuple[WithoutAmount, ...]:
    """Criteria with a reason or remedy of which no document of the unit and year tells what was lost."""
    found = []
    for (unit, year), several in history.told.items():
        known = {one.code for account in several for one in account.criteria if one.lost is not None}
        for account in several:
            for one in account.criteria:
                text = one.reason or one.remedy
                if one.code not in known and text:
                    source = account.source
                    found.append(
                        WithoutAmount(unit, year, source.file, source.sha256, one.page, one.code, one.name, text)
                    )
    return tuple(found)


def for_agency(rows: Iterable[Loss], agency: str) -> tuple[Loss, ...]:
    """The losses that an agency leads, supports or performs."""
    return tuple(row for row in rows if any(name == agency for name, _ in row.agencies))


def for_code(rows: Iterable[Loss], code: Code) -> tuple[Loss, ...]:
    """The losses of a criterion and of those under it."""
    return tuple(row for row in rows if row.code == code or row.code.under(code))
