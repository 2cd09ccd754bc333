"""Scorecards that are shipped or that reports agree on; which units are still to be held against each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
EXACT = sa.Text().with_variant(sa.Numeric(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "shared_scorecards",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, WORDS, nullable=False) for name in ("source", "level", "province", "district")),
        sa.Column("year_from", sa.Integer, nullable=False),
        sa.Column("year_to", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_shared_scorecards"),
        sa.UniqueConstraint(
            "source", "level", "province", "district", "year_from",
            name="uq_shared_scorecards_source_level_province_district_year_from",
        ),
    )  # fmt: skip
    op.create_index("ix_shared_scorecards_level_province", "shared_scorecards", ["level", "province"])
    op.create_table(
        "shared_criteria",
        sa.Column("scorecard_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("code_key", WORDS, nullable=False),
        sa.Column("name", WORDS),
        sa.Column("max_score", EXACT),
        sa.Column("support", sa.Integer, nullable=False),
        sa.Column("voters", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("scorecard_id", "position", name="pk_shared_criteria"),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["shared_scorecards.id"], name="fk_shared_criteria_scorecard_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shared_criteria_code_key", "shared_criteria", ["code_key"])
    op.create_table(
        "unsettled",
        *(sa.Column(name, WORDS, nullable=False) for name in ("level", "province", "district")),
        sa.Column("year", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("level", "province", "district", "year", name="pk_unsettled"),
    )


def after(connection: sa.Connection) -> None:
    """The documents that were there already are held against each other by the next run."""
    from load.scorecards import unsettle_all

    unsettle_all(connection)
