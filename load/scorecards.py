"""Scorecards in the store: those of decisions among its documents, those shipped, those that reports agree on.

Which units belong to one scorecard is their group (audit/scorecards.py). Storing a document only notes its groups in
`unsettled`; `load/settling.py` holds their units against each other, once for each group, when a run is through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from audit.scorecards import CONSENSUS, Criterion, Group, Scorecard, group_of, national_scorecard
from load.bulk import insert_rows
from load.columns import code_key
from load.models import AssessmentRow, CriterionRow, DocumentRow, ScorecardRow, UnitRow
from load.models_scorecards import SharedCriterionRow, SharedScorecardRow, UnsettledRow
from normalize.codes import Code
from normalize.records import Unit

UNITS = (UnitRow.name, UnitRow.level, UnitRow.province, UnitRow.district)


def unit_of(row: Any) -> Unit:
    return Unit(row.name or None, row.level or None, row.province or None, row.district or None)


def unsettle(connection: Connection, documents: Iterable[int]) -> None:
    """Note the groups of these documents, and those of the units a decision among them is for."""
    ids = sorted(documents)
    own = select(*UNITS, AssessmentRow.year).join(UnitRow).where(AssessmentRow.document_id.in_(ids)).distinct()
    _note(connection, own)
    cards = select(*ScorecardRow.__table__.c).where(ScorecardRow.document_id.in_(ids), ScorecardRow.level.is_not(None))
    for card in connection.execute(cards).all():
        affected = select(*UNITS, AssessmentRow.year).join(UnitRow).distinct().where(UnitRow.level == card.level)
        if card.level != "province":
            affected = affected.where(UnitRow.province == (card.province or ""))
        _note(connection, affected.where(AssessmentRow.year >= card.year) if card.year else affected)


def unsettle_all(connection: Connection) -> None:
    _note(connection, select(*UNITS, AssessmentRow.year).join(UnitRow).distinct())


def _note(connection: Connection, query: Any) -> None:
    groups = {group for row in connection.execute(query) if (group := group_of(unit_of(row), row.year)) is not None}
    if groups:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        rows = sorted((_key(group) for group in groups), key=lambda row: tuple(map(str, row.values())))
        connection.execute(dialect.insert(UnsettledRow).on_conflict_do_nothing(), rows)


def _key(group: Group) -> dict[str, Any]:
    """A group as the columns of a table, where what is absent is ""."""
    province, district = group.province or "", group.district or ""
    return {"level": group.level, "province": province, "district": district, "year": group.year}


def unsettled(connection: Connection) -> tuple[Group, ...]:
    """The groups to be settled, in order."""
    columns = UnsettledRow.__table__.c
    rows = connection.execute(select(*columns).order_by(*columns))
    return tuple(Group(row.level, row.province or None, row.district or None, row.year) for row in rows)


def settled(connection: Connection, group: Group) -> None:
    own = (UnsettledRow.__table__.c[name] == value for name, value in _key(group).items())
    connection.execute(delete(UnsettledRow).where(*own))


def decided(connection: Connection, group: Group) -> Iterator[Scorecard]:
    """The scorecards of decisions that may hold for a group, the latest first: those stored, then the one shipped.

    A decision that does not say whose scorecard it sets is held against nobody.
    """
    card = ScorecardRow
    heads = (
        select(*card.__table__.c, DocumentRow.number, DocumentRow.sha256)
        .join(DocumentRow, DocumentRow.id == card.document_id)
        .where(card.level == group.level, or_(card.year <= group.year, card.year.is_(None)))
    )
    if group.level != "province":
        heads = heads.where(card.province == group.province)
    rows = sorted(connection.execute(heads).all(), key=lambda row: (-(row.year or 0), row.number or "", row.sha256))
    for row in rows:
        lines = select(CriterionRow.code, CriterionRow.name, CriterionRow.max_score)
        lines = lines.where(CriterionRow.document_id == row.document_id).order_by(CriterionRow.position)
        criteria: dict[Code, Criterion] = {}
        for line in connection.execute(lines):
            code = Code.of(line.code)
            criteria.setdefault(code, Criterion(code, line.name, line.max_score))
        yield Scorecard(row.number or row.sha256[:12], row.level, row.province, row.year, None, criteria)
    national = national_scorecard()
    if group.level == national.level and (national.year_from or 0) <= group.year:
        yield national


def keep_national(connection: Connection) -> None:
    """Have the scorecard that is shipped in the tables, as it is shipped today."""
    card = national_scorecard()
    shared = SharedScorecardRow
    known = connection.execute(select(shared.id).where(shared.source == card.source)).scalar_one_or_none()
    if known is not None:
        count = select(SharedCriterionRow.code, SharedCriterionRow.name, SharedCriterionRow.max_score)
        rows = connection.execute(count.where(SharedCriterionRow.scorecard_id == known)).all()
        if {(row.code, row.name, row.max_score) for row in rows} == {
            (str(one.code), one.name, one.maximum) for one in card.criteria.values()
        }:
            return
    key = {"level": card.level or "", "province": "", "district": "", "year": card.year_from or 0}
    _replace(connection, card, key)


def keep_consensus(connection: Connection, group: Group, card: Scorecard | None) -> None:
    """Have what a group agrees on in the tables, in place of what it agreed on before."""
    _replace(connection, card, _key(group))


def _replace(connection: Connection, card: Scorecard | None, key: dict[str, Any]) -> None:
    shared = SharedScorecardRow
    source = card.source if card is not None else CONSENSUS
    own = [shared.level == key["level"], shared.province == key["province"], shared.district == key["district"]]
    old = select(shared.id).where(shared.source == source, shared.year_from == key["year"], *own)
    for known in connection.execute(old).scalars().all():
        connection.execute(delete(SharedCriterionRow).where(SharedCriterionRow.scorecard_id == known))
        connection.execute(delete(shared).where(shared.id == known))
    if card is None:
        return
    head = {"source": source, **{name: key[name] for name in ("level", "province", "district")}}
    years = {"year_from": key["year"], "year_to": card.year_to}
    new: int = connection.execute(insert(shared).values(**head, **years).returning(shared.id)).scalar_one()
    rows = [
        {
            "scorecard_id": new,
            "position": position,
            "code": str(one.code),
            "code_key": code_key(one.code),
            "name": one.name,
            "max_score": one.maximum,
            "support": one.support,
            "voters": one.voters,
        }
        for position, one in enumerate(sorted(card.criteria.values(), key=lambda criterion: criterion.code))
    ]
    insert_rows(connection, SharedCriterionRow, rows)
