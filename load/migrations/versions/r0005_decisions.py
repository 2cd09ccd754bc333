"""Decisions of people on the kinds of reasons and on criteria of different scorecards that are one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)
CRITERION = ("province", "level", "code", "name")


def upgrade() -> None:
    _decisions("reason_kinds", "key", "reason", "kind")
    op.create_index("ix_reason_kinds_key", "reason_kinds", ["key"])
    _decisions("alignments", *CRITERION, *(f"other_{name}" for name in CRITERION), "verdict")


def _decisions(table: str, *words: str) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, WORDS, nullable=False) for name in (*words, "who")),
        sa.Column("decided_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
