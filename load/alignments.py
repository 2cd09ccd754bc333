"""Criteria of different scorecards that people decided to be one, or not to be: each decision is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert, select

from load.models_beside import AlignmentRow
from normalize.text import fold

Verdict = Literal["same", "different", "open"]


@dataclass(frozen=True, slots=True, order=True)
class Aligned:
    """A criterion of a scorecard as decisions know it; `name` is what `aligned` made of the printed one."""

    province: str
    level: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """A decision on two criteria, the lesser one first."""

    first: Aligned
    second: Aligned
    verdict: Verdict
    who: str
    decided_at: datetime


def aligned(province: str | None, level: str | None, code: str, name: str | None) -> Aligned:
    """The criterion as decisions know it: the name in small letters, without blanks and signs at its ends.

    >>> aligned("Phú Yên", "district", "1.2", " Kế hoạch  CCHC.").name
    'kế hoạch cchc'
    """
    return Aligned(province or "", level or "", code, " ".join(fold(name or "").split()).strip(" .;:,-"))


def align(connection: Connection, one: Alignment) -> None:
    """Keep a decision; the order of the two does not matter."""
    first, second = sorted((one.first, one.second))
    own = {name: getattr(first, name) for name in first.__slots__}
    other = {f"other_{name}": getattr(second, name) for name in second.__slots__}
    row = {**own, **other, "verdict": one.verdict, "who": one.who, "decided_at": one.decided_at}
    connection.execute(insert(AlignmentRow), row)


def alignments(connection: Connection) -> tuple[Alignment, ...]:
    """All decisions, the newest last."""
    return tuple(
        Alignment(
            Aligned(row.province, row.level, row.code, row.name),
            Aligned(row.other_province, row.other_level, row.other_code, row.other_name),
            row.verdict,
            row.who,
            row.decided_at,
        )
        for row in connection.execute(select(*AlignmentRow.__table__.c).order_by(AlignmentRow.id))
    )


def standing(decisions: Iterable[Alignment]) -> dict[tuple[Aligned, Aligned], Alignment]:
    """The newest decision on each pair, those taken back left out."""
    newest = {(one.first, one.second): one for one in decisions}
    return {pair: one for pair, one in newest.items() if one.verdict != "open"}
