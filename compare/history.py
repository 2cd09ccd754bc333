"""The years of an audit: which units, which periods, and what their documents tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from compare.choice import Candidate, chosen_over
from compare.domains import Scored
from compare.losses import Account, Loss, accounts, losses
from compare.trees import trees
from load.store import Store
from normalize.records import Level, Period, Unit


@dataclass(frozen=True, slots=True)
class Scope:
    """What is audited: years from `first` to `last` (open where None), of a province, level or one unit's name."""

    first: int | None = None
    last: int | None = None
    province: str | None = None
    level: Level | None = None
    unit: str | None = None
    period: Period = "year"


@dataclass(frozen=True, slots=True)
class History:
    """What the documents of a scope tell, by unit and year; of several the one that speaks first.

    `cards` names the scorecard of each assessment: years of a unit with the same one may be compared code by code.
    """

    scope: Scope
    told: Mapping[tuple[Unit, int], tuple[Account, ...]]
    losses: tuple[Loss, ...]
    cards: Mapping[tuple[Unit, int], int]
    known: Mapping[Unit, tuple[int, ...]]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for _, year in self.told}))

    def years_of(self, unit: Unit) -> tuple[int, ...]:
        """The years of which a document with results of the unit is known."""
        return self.known.get(unit, ())


def history(store: Store, scope: Scope) -> History:
    """Read the documents of a scope. Assessments without any result tell nothing of deductions and are left out."""
    with store.reading() as connection:
        return told_history(connection, scope)


def told_history(connection: Connection, scope: Scope) -> History:
    """The same within a transaction; "" as province or level asks for the units of which it is not known."""
    told = _told(connection, scope)
    found = [loss for several in told.values() for loss in losses(several)]
    known: dict[Unit, list[int]] = defaultdict(list)
    for unit, year in sorted(told, key=lambda key: key[1]):
        known[unit].append(year)
    years = {unit: tuple(own) for unit, own in known.items()}
    return History(scope, told, tuple(found), _cards(told), years)


def _told(connection: Connection, scope: Scope) -> dict[tuple[Unit, int], tuple[Account, ...]]:
    chosen: dict[tuple[Unit, int], list[Candidate]] = defaultdict(list)
    for one in chosen_over(connection, scope.first, scope.last, scope.province, scope.level, scope.unit, scope.period):
        if one.results and one.year is not None:
            chosen[one.unit, one.year].append(one)
    flat = [one for several in chosen.values() for one in several]
    read = {(one.source.document_id, one.source.position): one for one in accounts(connection, flat)}
    order = sorted(chosen, key=lambda key: (key[0].level or "", key[0].province or "", key[0].name or "", key[1]))
    return {
        key: tuple(
            read[one.document_id, one.position]
            for one in sorted(chosen[key], key=lambda candidate: candidate.merit, reverse=True)
        )
        for key in order
    }


def _cards(told: Mapping[tuple[Unit, int], tuple[Account, ...]]) -> dict[tuple[Unit, int], int]:
    places = defaultdict(list)
    for unit, year in told:
        places[unit.province, unit.level].append((unit, year))
    found: dict[tuple[Unit, int], int] = {}
    for keys in places.values():
        rows = {
            key: [
                Scored(one.code, one.name, one.maximum, one.score, one.lost)
                for account in told[key]
                for one in account.criteria
            ]
            for key in keys
        }
        for tree in trees(rows):
            number = len(set(found.values()))
            found.update(dict.fromkeys(tree.owners, number))
    return found
