"""Agencies that people decided to be one: each decision is kept, the newest on a name counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from load.models import AgencyRow
from load.models_beside import AgencyMergeRow
from normalize.errors import UsageError
from normalize.text import squeeze


@dataclass(frozen=True, slots=True)
class AgencyMerge:
    """The agency `old` goes on as `new`; the same name in both takes an earlier decision back."""

    old: str
    new: str
    who: str
    decided_at: datetime


def merge(connection: Connection, old: str, new: str, who: str, when: datetime) -> None:
    old, new = squeeze(old), squeeze(new)
    known = select(AgencyRow.id).where(AgencyRow.name == old)
    if connection.execute(known).first() is None:
        raise UsageError("agency-unknown", old)
    if not new or (old != new and old in _chain(_newest(connection), new)):
        raise UsageError("agency-circle", f"{old}, {new}")
    connection.execute(insert(AgencyMergeRow), {"old": old, "new": new, "who": who, "decided_at": when})


def decisions(connection: Connection) -> tuple[AgencyMerge, ...]:
    """All decisions, the newest last."""
    rows = connection.execute(select(*AgencyMergeRow.__table__.c).order_by(AgencyMergeRow.id))
    return tuple(AgencyMerge(row.old, row.new, row.who, row.decided_at) for row in rows)


def merged_names(connection: Connection) -> Mapping[str, str]:
    """The name under which an agency goes on today, for those that do under another."""
    newest = _newest(connection)
    return {old: _chain(newest, old)[-1] for old, new in newest.items() if old != new}


def _newest(connection: Connection) -> dict[str, str]:
    return {merge.old: merge.new for merge in decisions(connection)}


def _chain(newest: Mapping[str, str], name: str) -> list[str]:
    """The names an agency goes through, itself first."""
    names = [name]
    while (following := newest.get(names[-1], names[-1])) not in names:
        names.append(following)
    return names
