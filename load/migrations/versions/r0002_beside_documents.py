"""Renditions of one report, the index for searching texts, merges of agencies; indices for finding renditions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SEARCHED = sa.Text().with_variant(TSVECTOR(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

# The index of SQLite reads the words from the table and follows it by triggers, also when a document is deleted.
FTS = (
    "CREATE VIRTUAL TABLE passages_words USING fts5"
    "(words, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER passages_inserted AFTER INSERT ON passages BEGIN "
    "INSERT INTO passages_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN "
    "INSERT INTO passages_words(passages_words, rowid, words) VALUES ('delete', old.id, old.words); END",
)


def upgrade() -> None:
    op.create_table(
        "renditions",
        sa.Column("member_id", sa.Integer, nullable=False),
        sa.Column("speaker_id", sa.Integer, nullable=False),
        sa.Column("matched", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_renditions"),
        _document("renditions", "member_id"),
        _document("renditions", "speaker_id"),
    )
    op.create_index("ix_renditions_speaker_id", "renditions", ["speaker_id"])
    op.create_table(
        "passages",
        sa.Column("id", LONG, nullable=False),
        sa.Column("document_id", sa.Integer, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("deduction", sa.Integer),
        sa.Column("words", SEARCHED, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
        _document("passages", "document_id"),
    )
    op.create_index("ix_passages_document_id", "passages", ["document_id"])
    op.create_table(
        "agency_merges",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("old", WORDS, nullable=False),
        sa.Column("new", WORDS, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agency_merges"),
    )
    op.create_index("ix_agency_merges_old", "agency_merges", ["old"])
    op.create_index("ix_assessments_score", "assessments", ["score"])
    op.add_column("findings", sa.Column("also", sa.JSON))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX passages_words ON passages USING gin (words)")
    else:
        for statement in FTS:
            op.execute(statement)


def after(connection: sa.Connection) -> None:
    """Once the schema is today's: what the documents that were there already miss."""
    from load.passages import index_all
    from load.renditions import link_all

    index_all(connection)
    link_all(connection)


def _document(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["documents.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
