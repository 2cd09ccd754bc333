"""Corrections made by people, beside the documents they speak of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from load.models import Base


class CorrectionRow(Base):
    """A person's decision on one field of a document, known by its content: it outlives every new reading.

    The place is the unit and time that the report gave at the time, the code ("" for the totals), and which of several
    with the same code it is. `as_read` and `as_audited` stood there when it was last applied; `placed` is false where
    the last reading had no such place any more. The newest decision on a place counts.
    """

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    unit: Mapped[str]
    level: Mapped[str]
    province: Mapped[str]
    district: Mapped[str]
    year: Mapped[int | None]
    period: Mapped[str | None]
    code: Mapped[str]
    number: Mapped[int]
    field: Mapped[str]
    value: Mapped[str]
    as_read: Mapped[str | None]
    as_audited: Mapped[str | None]
    placed: Mapped[bool]
    who: Mapped[str]
    why: Mapped[str]
    decided_at: Mapped[datetime]
