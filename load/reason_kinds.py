"""Kinds of reasons that people corrected: each decision is kept, the newest on a reason counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from load.models_beside import ReasonKindRow


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """The reason is of this kind, whoever gives it; an empty kind leaves it to the rules again."""

    reason: str
    kind: str
    who: str
    decided_at: datetime


def correct(connection: Connection, key: str, one: ReasonKind) -> None:
    """Keep a decision on all reasons of a key."""
    row = {"key": key, "reason": one.reason, "kind": one.kind, "who": one.who, "decided_at": one.decided_at}
    connection.execute(insert(ReasonKindRow), row)


def corrections(connection: Connection) -> tuple[ReasonKind, ...]:
    """All decisions, the newest last."""
    rows = connection.execute(select(*ReasonKindRow.__table__.c).order_by(ReasonKindRow.id))
    return tuple(ReasonKind(row.reason, row.kind, row.who, row.decided_at) for row in rows)


def corrected_kinds(connection: Connection) -> Mapping[str, str]:
    """The kind of each reason that a person decided on, by its key."""
    query = select(ReasonKindRow.key, ReasonKindRow.kind).order_by(ReasonKindRow.id)
    newest = {row.key: row.kind for row in connection.execute(query)}
    return {key: kind for key, kind in newest.items() if kind}
