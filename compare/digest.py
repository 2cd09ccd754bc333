"""The losses of an archive, counted once and kept: what the sums of an audit are asked from.

Units of one level and province are counted together (they share scorecards), and again when a document of one of them
came, went or changed. Where the database may only be read, or a period other than the year is asked about, the same
tables are made in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, delete, func, insert, select
from sqlalchemy.pool import StaticPool

from compare.digest_tables import (
    DOCUMENTS,
    FORM,
    GROUPS,
    LEADS,
    LOSSES,
    PROMISES,
    STALE,
    UNITS,
    UNPRICED,
    YEARS,
    billionths,
    create,
    stands,
)
from compare.history import History, Scope, told_history
from compare.kinds import UNCLASSIFIED, kinds_of, reason_key
from compare.losses import Loss
from compare.promises import Promise, promises
from compare.unpriced import WithoutAmount, without_amount
from load.agency_merges import decisions
from load.columns import code_key
from load.connect import reading, writing
from load.models import AssessmentRow, UnitRow
from load.reason_kinds import corrected_kinds
from load.store import Store
from normalize.errors import StoreError
from normalize.records import Level, Unit
from patterns.version import pattern_version

_OF_UNITS = (YEARS, DOCUMENTS, LOSSES, PROMISES, UNPRICED)
ROWS_AT_ONCE = 500


@contextmanager
def counted(store: Store, scope: Scope) -> Iterator[Connection]:
    """A connection on which the tables stand as the documents are now, for questions within the scope."""
    engine = _of_store(store) if scope.period == "year" else None
    if engine is None:
        with _in_memory(store, scope) as connection:
            yield connection
        return
    with reading(engine) as connection:
        yield connection


def refresh(store: Store) -> int:
    """Count what changed since the last time; returns the number of groups counted. Raises StoreError."""
    with reading(store.engine) as connection:
        version = _version(connection)
        made = stands(connection, version)
        waiting = len(_waiting(connection)) if made else -1
    if not waiting:
        return 0
    if not made:
        with writing(store.engine) as connection:
            if not stands(connection, version):
                create(connection, version)
    done = 0
    while True:  # a transaction for each group: other writers wait for one at most
        with writing(store.engine) as connection:
            groups = _waiting(connection)
            if not groups:
                return done
            _count(connection, *groups[0])
            done += 1


def _of_store(store: Store) -> Engine | None:
    try:
        refresh(store)
    except StoreError as error:
        if error.reason in ("store-readonly", "store"):  # a role that may only read
            return None
        raise
    return store.engine


@contextmanager
def _in_memory(store: Store, scope: Scope) -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    wide = replace(scope, first=None, last=None)
    try:
        with engine.begin() as connection:
            create(connection, "memory", watched=False)
            with store.reading() as documents:
                told, kinds = told_history(documents, wide), corrected_kinds(documents)
            _write(connection, told, kinds, 1)
            yield connection
    finally:
        engine.dispose()


def _version(connection: Connection) -> str:
    """What the tables follow from besides the documents: their form, the patterns, decisions on agencies."""
    return f"{FORM}/{pattern_version()}/{len(decisions(connection))}"


def _waiting(connection: Connection) -> list[tuple[str, str]]:
    """The groups that are not counted, or in which something changed since, as level and province."""
    stale = select(UnitRow.level, UnitRow.province).join(STALE, STALE.c.unit_id == UnitRow.id)
    assessed = select(AssessmentRow.unit_id).where(AssessmentRow.unit_id == UnitRow.id).exists()
    there = select(GROUPS.c.id).where(GROUPS.c.level == UnitRow.level, GROUPS.c.province == UnitRow.province).exists()
    new = select(UnitRow.level, UnitRow.province).where(assessed, ~there)
    return sorted((row.level, row.province) for row in connection.execute(stale.union(new)))


def _count(connection: Connection, level: str, province: str) -> None:
    """Count a group anew."""
    same = (GROUPS.c.level == level, GROUPS.c.province == province)
    group = connection.execute(select(GROUPS.c.id).where(*same)).scalar_one_or_none()
    if group is None:
        group = connection.execute(
            insert(GROUPS).values(level=level, province=province).returning(GROUPS.c.id)
        ).scalar_one()
    units = select(UNITS.c.id).where(UNITS.c.group_id == group)
    losses = select(LOSSES.c.id).where(LOSSES.c.unit.in_(units))
    connection.execute(delete(LEADS).where(LEADS.c.loss.in_(losses)))
    for table in _OF_UNITS:
        connection.execute(delete(table).where(table.c.unit.in_(units)))
    connection.execute(delete(UNITS).where(UNITS.c.group_id == group))
    told = told_history(connection, Scope(province=province, level=cast(Level, level)))
    _write(connection, told, corrected_kinds(connection), group)
    ours = select(UnitRow.id).where(UnitRow.level == level, UnitRow.province == province)
    connection.execute(delete(STALE).where(STALE.c.unit_id.in_(ours)))


def _write(connection: Connection, told: History, kinds: Mapping[str, str], group: int) -> None:
    known = {unit: number for number, unit in enumerate(told.known, start=_next(connection, UNITS.c.id))}
    _put(connection, UNITS, [_unit_row(unit, number, group) for unit, number in known.items()])
    years = [
        {"unit": known[unit], "year": year, "card": _card(told, group, unit, year)}
        for unit, several in told.known.items()
        for year in several
    ]
    _put(connection, YEARS, years)
    hashes = {(known[unit], year, one.source.sha256) for (unit, year), told_by in told.told.items() for one in told_by}
    _put(connection, DOCUMENTS, [{"unit": unit, "year": year, "sha256": one} for unit, year, one in sorted(hashes)])
    rows: list[dict[str, Any]] = []
    leads: list[dict[str, Any]] = []
    for number, loss in enumerate(told.losses, start=_next(connection, LOSSES.c.id)):
        card = _card(told, group, loss.unit, loss.year)
        rows.append(_loss_row(loss, number, known[loss.unit], card, kinds))
        named = loss.leads
        leads += [{"loss": number, "agency": name, "shared": int(len(named) > 1)} for name in named]
    _put(connection, LOSSES, rows)
    _put(connection, LEADS, leads)
    first = _next(connection, PROMISES.c.id)
    kept = [_promise_row(one, number, known[one.unit]) for number, one in enumerate(promises(told), start=first)]
    _put(connection, PROMISES, kept)
    first = _next(connection, UNPRICED.c.id)
    unpriced = [_unpriced_row(one, number, known[one.unit]) for number, one in enumerate(without_amount(told), first)]
    _put(connection, UNPRICED, unpriced)


def _next(connection: Connection, key: Any) -> int:
    return int(connection.execute(select(func.max(key))).scalar() or 0) + 1


def _put(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(insert(table), rows[start : start + ROWS_AT_ONCE])


def _card(told: History, group: int, unit: Unit, year: int) -> int | None:
    """Scorecards are numbered within a group; no two groups share one."""
    card = told.cards.get((unit, year))
    return None if card is None else group * 100_000 + card


def _unit_row(unit: Unit, number: int, group: int) -> dict[str, Any]:
    place = {"level": unit.level or "", "province": unit.province or "", "district": unit.district or ""}
    return {"id": number, "group_id": group, "name": unit.name or "", **place}


def _loss_row(loss: Loss, number: int, unit: int, card: int | None, corrected: Mapping[str, str]) -> dict[str, Any]:
    key = reason_key(loss.reason) if loss.reason and not loss.survey else None
    kinds = with_correction(loss.kinds, corrected.get(key or ""))
    return {
        "id": number, "unit": unit, "year": loss.year, "card": card, "code": str(loss.code),
        "code_key": code_key(loss.code), "name": loss.name, "maximum": loss.maximum, "amount": loss.amount,
        "billionths": billionths(loss.amount), "reason": loss.reason, "reason_key": key, "kind": kinds[0],
        "kinds": list(kinds), "agencies": [list(one) for one in loss.agencies], "survey": loss.survey,
        "review": loss.review, "file": loss.file, "sha256": loss.sha256, "page": loss.page, "told_by": loss.told_by,
    }  # fmt: skip


def with_correction(kinds: tuple[str, ...], corrected: str | None) -> tuple[str, ...]:
    """The kinds of a reason where a person said which is the main one.

    >>> with_correction(("late", "evidence"), "evidence"), with_correction(("unclassified",), "late")
    (('evidence', 'late'), ('late',))
    >>> with_correction(("late",), None)
    ('late',)
    """
    if not corrected:
        return kinds
    return (corrected, *(kind for kind in kinds if kind not in (corrected, UNCLASSIFIED)))


def apply_correction(store: Store, reason: str, kind: str | None) -> None:
    """Bring the counted losses in line with a person's decision on a reason; None takes the rules' kind again."""
    with reading(store.engine) as connection:
        if not stands(connection, _version(connection)):
            return
    kinds = with_correction(kinds_of(reason), kind)
    changed = LOSSES.update().where(LOSSES.c.reason_key == reason_key(reason))
    with writing(store.engine) as connection:
        connection.execute(changed.values(kind=kinds[0], kinds=list(kinds)))


def _promise_row(one: Promise, number: int, unit: int) -> dict[str, Any]:
    plain = ("year", "name", "remedy", "deadline", "lost", "file", "sha256", "page", "outcome", "why", "checked")
    after = ("lost_after", "next_file", "next_page", "review", "own")
    return {
        "id": number, "unit": unit, "code": str(one.code), "code_key": code_key(one.code),
        "agencies": [list(agency) for agency in one.agencies],
        **{name: getattr(one, name) for name in (*plain, *after)},
    }  # fmt: skip


def _unpriced_row(one: WithoutAmount, number: int, unit: int) -> dict[str, Any]:
    plain = ("year", "file", "sha256", "page", "name", "text")
    return {"id": number, "unit": unit, "code": str(one.code), **{name: getattr(one, name) for name in plain}}
