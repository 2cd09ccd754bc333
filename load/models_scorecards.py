"""The tables of scorecards that stand in no document of the store: those shipped, and those that reports agree on."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from load.models import Base, laid_out


class SharedScorecardRow(Base):
    """A scorecard by the number of its decision ("1187/QĐ-BNV") or "consensus"; `year_to` empty: still in force.

    Those of decisions that are in the store stand in `scorecards`. What is absent in a text is "".
    """

    __tablename__ = "shared_scorecards"
    __table_args__ = (
        UniqueConstraint("source", "level", "province", "district", "year_from"),
        Index(None, "level", "province"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    level: Mapped[str]
    province: Mapped[str]
    district: Mapped[str]
    year_from: Mapped[int]
    year_to: Mapped[int | None]


class SharedCriterionRow(Base):
    """A criterion of a shared scorecard; `support` of the `voters` units that state a maximum state it (0: decided)."""

    __tablename__ = "shared_criteria"
    __table_args__ = laid_out(Index(None, "code_key"))

    scorecard_id: Mapped[int] = mapped_column(
        ForeignKey("shared_scorecards.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    code_key: Mapped[str]
    name: Mapped[str | None]
    max_score: Mapped[Decimal | None]
    support: Mapped[int]
    voters: Mapped[int]


class UnsettledRow(Base):
    """Units of one scorecard of which documents were stored since they were last held against each other."""

    __tablename__ = "unsettled"

    level: Mapped[str] = mapped_column(primary_key=True)
    province: Mapped[str] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
