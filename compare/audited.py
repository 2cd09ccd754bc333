"""The audit of deductions, asked of the counted losses: sums are the database's work, rows are fetched where shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, func, select

from compare.deductions import RECURRING, Answerable, KindShare, ReasonGiven, Recurrence
from compare.digest import counted
from compare.digest_tables import DOCUMENTS, LEADS, LOSSES, PROMISES, UNITS, UNPRICED, YEARS, points
from compare.domains import code_of
from compare.history import Scope
from compare.kinds import NO_REASON, UNCLASSIFIED, kind_order, reason_key
from compare.losses import Loss
from compare.promises import Promise
from compare.table import rounded
from compare.unpriced import WithoutAmount
from load.columns import code_key
from load.reason_kinds import corrections
from load.store import Store
from normalize.codes import Code
from normalize.records import Unit


@dataclass(frozen=True, slots=True)
class Sums:
    """All losses of a scope together."""

    losses: int
    points: Decimal


class Audited:
    """What a scope's documents tell of deductions. Every answer is asked for once and kept."""

    def __init__(self, store: Store, scope: Scope, agency: str | None = None, code: str | None = None) -> None:
        """`agency` and `code` narrow the losses: to those of an agency, whatever its role; to a criterion and below."""
        self.store, self.scope = store, scope
        self._agency, self._code = agency, Code.of(code) if code is not None else None

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """Every loss, by unit, year and code."""
        return self._losses()

    @cached_property
    def documents(self) -> frozenset[str]:
        """The content hashes of the documents that tell results of the scope."""
        with self._asked() as connection:
            query = self._of(select(DOCUMENTS.c.sha256), DOCUMENTS)
            return frozenset(connection.execute(query.distinct()).scalars())

    @cached_property
    def without_reason(self) -> tuple[Loss, ...]:
        """Points lost and no word why."""
        return self._losses(LOSSES.c.reason.is_(None), LOSSES.c.survey.is_(False), LOSSES.c.billionths > 0)

    @cached_property
    def reasoned(self) -> frozenset[tuple[Unit, int, str]]:
        """The documents that give a reason for any loss, by unit, year and file."""
        with self._asked() as connection:
            units = self._units(connection)
            query = self._of(select(LOSSES.c.unit, LOSSES.c.year, LOSSES.c.file), LOSSES)
            rows = connection.execute(query.where(LOSSES.c.reason.is_not(None)).distinct())
            return frozenset((units[row.unit], row.year, row.file) for row in rows)

    @cached_property
    def sums(self) -> Sums:
        with self._asked() as connection:
            query = self._of(select(func.count(), func.sum(LOSSES.c.billionths)), LOSSES).where(*self._narrowed())
            count, whole = connection.execute(query).one()
        return Sums(int(count), points(whole))

    @cached_property
    def recurring(self) -> tuple[Recurrence, ...]:
        return self.recurring_at_least(RECURRING)

    def recurring_at_least(self, least: int) -> tuple[Recurrence, ...]:
        """Deductions there in at least so many years, those in the most years first, then by points."""
        with self._asked() as connection:
            units, years = self._units(connection), self._years(connection)
            found = [*self._by_code(connection, units, years, least), *self._by_kind(connection, units, years, least)]
        return tuple(sorted(found, key=_weight))

    @cached_property
    def agencies(self) -> tuple[Answerable, ...]:
        """The agencies by the points lost where they lead (or perform, where no lead is named)."""
        name, lost = LEADS.c.agency, LOSSES.c.billionths
        with self._asked() as connection:
            sums = self._led(select(name, func.sum(lost), func.count(), func.sum(LEADS.c.shared))).group_by(name)
            rows = connection.execute(sums).all()
            years, criteria = defaultdict(list), defaultdict(list)
            for agency, year in connection.execute(
                self._led(select(name, LOSSES.c.year)).distinct().order_by(LOSSES.c.year)
            ):
                years[agency].append(year)
            keys = self._led(select(name, LOSSES.c.code, LOSSES.c.code_key)).distinct().order_by(LOSSES.c.code_key)
            for agency, code, _ in connection.execute(keys):
                criteria[agency].append(code)
        found = [
            Answerable(agency, points(whole), int(count), int(shared), tuple(years[agency]), tuple(criteria[agency]))
            for agency, whole, count, shared in rows
        ]
        return tuple(sorted(found, key=lambda one: (-one.points, one.agency)))

    @cached_property
    def kinds(self) -> tuple[KindShare, ...]:
        """Points lost by the main kind of their reason, the unclassified among them: the shares add up to one."""
        kind = LOSSES.c.kind
        query = self._of(select(kind, func.sum(LOSSES.c.billionths), func.count()), LOSSES).where(*self._narrowed())
        with self._asked() as connection:
            rows = {row[0]: (points(row[1]), int(row[2])) for row in connection.execute(query.group_by(kind))}
        whole = sum((amount for amount, _ in rows.values()), Decimal(0))
        found = [
            KindShare(one, amount, count, rounded(Fraction(amount) / Fraction(whole)) if whole else None)
            for one, (amount, count) in rows.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.points, kind_order().index(one.kind))))

    @cached_property
    def reasons(self) -> tuple[ReasonGiven, ...]:
        """The reasons that are given, those that fit no kind first, then by how often they are given."""
        key, count, whole = LOSSES.c.reason_key, func.count(), func.sum(LOSSES.c.billionths)
        query = self._of(select(func.max(LOSSES.c.reason), LOSSES.c.kind, count, whole, key), LOSSES)
        query = query.where(key.is_not(None)).group_by(key, LOSSES.c.kind)
        with self._asked() as connection:
            rows = connection.execute(query).all()
        with self.store.reading() as connection:
            who = {reason_key(one.reason): one.who if one.kind else None for one in corrections(connection)}
        found = [ReasonGiven(text, kind, int(n), points(lost), who.get(key)) for text, kind, n, lost, key in rows]
        return tuple(sorted(found, key=lambda one: (one.kind != UNCLASSIFIED, -one.losses, one.reason)))

    @cached_property
    def unclassified(self) -> Decimal | None:
        """The share of reasons that fit no kind, of all losses that have a reason; None where none has."""
        counts = {one.kind: one.losses for one in self.kinds}
        reasoned = sum(counts.values()) - counts.get(NO_REASON, 0)
        return rounded(Fraction(counts.get(UNCLASSIFIED, 0), reasoned)) if reasoned else None

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Every remedy of the scope with its outcome, by unit, year and code."""
        with self._asked() as connection:
            units = self._units(connection)
            query = self._of(select(*PROMISES.c), PROMISES).order_by(
                PROMISES.c.unit, PROMISES.c.year, PROMISES.c.code_key
            )
            return tuple(_promise(units[row.unit], row) for row in connection.execute(query))

    @cached_property
    def without_amount(self) -> tuple[WithoutAmount, ...]:
        """Criteria with a reason or remedy of which no document of the unit and year tells what was lost."""
        with self._asked() as connection:
            units = self._units(connection)
            query = self._of(select(*UNPRICED.c), UNPRICED).order_by(UNPRICED.c.unit, UNPRICED.c.year, UNPRICED.c.id)
            return tuple(
                WithoutAmount(
                    units[row.unit], row.year, row.file, row.sha256, row.page, code_of(row.code), row.name, row.text
                )
                for row in connection.execute(query)
            )

    # How it is asked

    @contextmanager
    def _asked(self) -> Iterator[Connection]:
        with counted(self.store, self.scope) as connection:
            yield connection

    def _units(self, connection: Connection) -> dict[int, Unit]:
        found = {}
        for row in connection.execute(select(*UNITS.c).where(*self._places())):
            found[row.id] = Unit(row.name or None, row.level or None, row.province or None, row.district or None)
        return found

    def _places(self) -> list[Any]:
        asked = {"province": self.scope.province, "level": self.scope.level, "name": self.scope.unit}
        return [UNITS.c[name] == value for name, value in asked.items() if value is not None]

    def _of(self, query: Any, table: Any) -> Any:
        """The rows of a table within the scope."""
        if places := self._places():
            query = query.where(table.c.unit.in_(select(UNITS.c.id).where(*places)))
        return query.where(*self._within(table))

    def _within(self, table: Any) -> list[Any]:
        first, last = self.scope.first, self.scope.last
        return [
            *([] if first is None else [table.c.year >= first]),
            *([] if last is None else [table.c.year <= last]),
        ]

    def _narrowed(self) -> list[Any]:
        if self._code is None:
            return []
        key = code_key(self._code)
        return [(LOSSES.c.code_key == key) | LOSSES.c.code_key.startswith(f"{key}.", autoescape=True)]

    def _led(self, query: Any) -> Any:
        joined = query.select_from(LEADS.join(LOSSES, LOSSES.c.id == LEADS.c.loss))
        return self._of(joined, LOSSES).where(*self._narrowed())

    def _losses(self, *conditions: Any) -> tuple[Loss, ...]:
        query = self._of(select(*LOSSES.c), LOSSES).where(*conditions, *self._narrowed())
        # as they were counted: by unit and year, and within these as their document has them
        with self._asked() as connection:
            units = self._units(connection)
            rows = connection.execute(query.order_by(LOSSES.c.id))
            found = (_loss(units[row.unit], self.scope, row) for row in rows)
            return tuple(one for one in found if self._agency is None or self._answers(one))

    def _answers(self, loss: Loss) -> bool:
        return any(name == self._agency for name, _ in loss.agencies)

    def _years(self, connection: Connection) -> dict[int, dict[int, int | None]]:
        """The years known of each unit, with the scorecard of each."""
        found: dict[int, dict[int, int | None]] = defaultdict(dict)
        query = self._of(select(*YEARS.c), YEARS).order_by(YEARS.c.unit, YEARS.c.year)
        for row in connection.execute(query):
            found[row.unit][row.year] = row.card
        return found

    def _by_code(
        self, connection: Connection, units: dict[int, Unit], years: dict[int, dict[int, int | None]], least: int
    ) -> Iterator[Recurrence]:
        keys = (LOSSES.c.unit, LOSSES.c.card, LOSSES.c.code)
        rows = self._recurring(connection, keys, least, LOSSES.c.card.is_not(None))
        for (unit, card, code), several in rows.items():
            of = tuple(year for year, own in years[unit].items() if own == card)
            name = next((row.name for row in reversed(several) if row.name), None)
            yield Recurrence(units[unit], "code", code, name, _yearly(several), of, _reasons(several))

    def _by_kind(
        self, connection: Connection, units: dict[int, Unit], years: dict[int, dict[int, int | None]], least: int
    ) -> Iterator[Recurrence]:
        keys = (LOSSES.c.unit, LOSSES.c.kind)
        told = LOSSES.c.kind.not_in((NO_REASON, UNCLASSIFIED))
        for (unit, kind), several in self._recurring(connection, keys, least, told).items():
            yield Recurrence(units[unit], "kind", kind, None, _yearly(several), tuple(years[unit]), _reasons(several))

    def _recurring(
        self, connection: Connection, keys: tuple[Any, ...], least: int, condition: Any
    ) -> dict[tuple[Any, ...], list[Any]]:
        """The losses of the groups that are there in enough years, in the order of years."""
        there = self._of(select(*keys), LOSSES).where(LOSSES.c.billionths > 0, condition).group_by(*keys)
        groups = there.having(func.count(LOSSES.c.year.distinct()) >= least).subquery()
        shown = (*keys, LOSSES.c.year, LOSSES.c.billionths, LOSSES.c.name, LOSSES.c.reason)
        same = [key == groups.c[key.name] for key in keys]
        query = self._of(select(*shown).join(groups, *_joined(same)), LOSSES)
        query = query.where(LOSSES.c.billionths > 0, condition).order_by(LOSSES.c.year, LOSSES.c.id)
        found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        width = len(keys)
        for row in connection.execute(query):
            found[tuple(row[:width])].append(row)
        return found


def _joined(conditions: list[Any]) -> list[Any]:
    first, *others = conditions
    for other in others:
        first = first & other
    return [first]


def _weight(one: Recurrence) -> tuple[object, ...]:
    return -len(one.years), -one.points, one.unit.province or "", one.unit.name or "", one.by, one.key


def _yearly(rows: list[Any]) -> tuple[tuple[int, Decimal], ...]:
    years: dict[int, int] = defaultdict(int)
    for row in rows:
        years[row.year] += row.billionths
    return tuple((year, points(whole)) for year, whole in sorted(years.items()))


def _reasons(rows: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.reason for row in rows if row.reason))


def _loss(unit: Unit, scope: Scope, row: Any) -> Loss:
    return Loss(
        unit, row.year, scope.period, row.file, row.sha256, row.page, code_of(row.code), row.name, row.maximum,
        row.amount, row.reason, tuple(row.kinds), tuple((name, role) for name, role in row.agencies), row.survey,
        row.review, row.told_by,
    )  # fmt: skip


def _promise(unit: Unit, row: Any) -> Promise:
    return Promise(
        unit, row.year, code_of(row.code), row.name, row.remedy, row.deadline,
        tuple((name, role) for name, role in row.agencies), row.lost, row.file, row.sha256, row.page, row.outcome,
        row.why, row.checked, row.lost_after, row.next_file, row.next_page, row.review, row.own,
    )  # fmt: skip
