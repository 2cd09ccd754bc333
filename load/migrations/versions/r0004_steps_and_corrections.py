"""The steps of each file in the ledger; corrections made by people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "run_steps",
        sa.Column("file_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("step", WORDS, nullable=False),
        sa.Column("outcome", WORDS, nullable=False),
        sa.Column("reason", WORDS),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("file_id", "position", name="pk_run_steps"),
        sa.ForeignKeyConstraint(["file_id"], ["run_files.id"], name="fk_run_steps_file_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sha256", WORDS, nullable=False),
        sa.Column("unit", WORDS, nullable=False),
        sa.Column("level", WORDS, nullable=False),
        sa.Column("province", WORDS, nullable=False),
        sa.Column("district", WORDS, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("period", WORDS),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("field", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
        sa.Column("as_read", WORDS),
        sa.Column("as_audited", WORDS),
        sa.Column("placed", sa.Boolean, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_sha256", "corrections", ["sha256"])
