"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The types stand here in full, not imported: this step must make the same tables when the models have moved on.
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
EXACT = sa.Text().with_variant(sa.Numeric(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _runs()
    _shared()
    _documents()
    _scorecards()
    _records()
    _doubts()
    _evidence()


def _runs() -> None:
    op.create_table(
        "runs",
        _id(),
        _words("command"),
        sa.Column("settings", sa.JSON, nullable=False),
        _words("program_version"),
        _words("pattern_version"),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "run_files",
        _id(),
        _whole("run_id"),
        _words("path"),
        _words("sha256", absent=True),
        _words("outcome"),
        _words("reason", absent=True),
        _words("detail", absent=True),
        sa.Column("seconds", sa.Double),
        _words("program_version"),
        _words("pattern_version"),
        sa.Column("logged_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run_files"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_files_run_id", ondelete="CASCADE"),
    )
    _index("run_files", "run_id")
    _index("run_files", "sha256")
    _index("run_files", "path", "id")


def _shared() -> None:
    key = ("name", "level", "province", "district")
    op.create_table(
        "units",
        _id(),
        *(_words(name) for name in key),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint(*key, name="uq_units_name_level_province_district"),
    )
    _index("units", "province", "level")
    op.create_table(
        "agencies",
        _id(),
        _words("name"),
        sa.PrimaryKeyConstraint("id", name="pk_agencies"),
        sa.UniqueConstraint("name", name="uq_agencies_name"),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        _id(),
        _whole("run_id", absent=True),
        *(_words(name) for name in ("file", "sha256", "media", "method")),
        _whole("page_count", absent=True),
        *(_words(name, absent=True) for name in ("number", "date", "issuer", "title", "kind", "parent")),
        sa.Column("warnings", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("sha256", name="uq_documents_sha256"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_documents_run_id", ondelete="SET NULL"),
    )
    _index("documents", "run_id")
    _index("documents", "file", "sha256")
    _index("documents", "number")
    _owned(
        "pages",
        _whole("page", absent=True),
        sa.Column("width", sa.Double),
        sa.Column("height", sa.Double),
        _words("method"),
        _words("why", absent=True),
    )


def _scorecards() -> None:
    op.create_table(
        "scorecards",
        _whole("document_id"),
        _words("province", absent=True),
        _words("level", absent=True),
        _whole("year", absent=True),
        sa.PrimaryKeyConstraint("document_id", name="pk_scorecards"),
        _document("scorecards"),
    )
    _index("scorecards", "province", "level")
    _owned("scorecard_criteria", _words("code"), _words("code_key"), _words("name", absent=True), _exact("max_score"))
    _index("scorecard_criteria", "code_key")


def _records() -> None:
    totals = ("max_score", "self_score", "score", "appraised_score", "survey_score", "deducted", "index_percent")
    _owned(
        "assessments",
        _whole("unit_id"),
        _whole("year", absent=True),
        _words("period", absent=True),
        _words("basis", absent=True),
        *(_exact(name) for name in totals),
        _words("rank", absent=True),
        sa.Column("doubts", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_assessments_unit_id"),
    )
    _index("assessments", "unit_id", "year")
    _index("assessments", "year", "period")
    _owned(
        "results",
        _whole("assessment"),
        _words("code"),
        _words("code_key"),
        _words("domain", absent=True),
        _words("name", absent=True),
        *(_exact(name) for name in ("max_score", "self_score", "score", "deducted")),
        sa.Column("deducted_stated", sa.Boolean, nullable=False),
        sa.Column("survey", sa.Boolean, nullable=False),
        _words("remedy", absent=True),
        _words("deadline", absent=True),
        _words("status"),
        sa.Column("repaired", sa.Boolean, nullable=False),
        sa.Column("doubts", sa.JSON, nullable=False),
        _inside("results", "assessment", "assessments"),
    )
    _index("results", "document_id", "assessment")
    _index("results", "code_key")
    _index("results", "status")
    _owned(
        "deductions",
        _whole("result"),
        _exact("amount", absent=False),
        _words("reason", absent=True),
        _inside("deductions", "result", "results"),
    )
    _owned(
        "responsibilities",
        _whole("result"),
        _whole("deduction", absent=True),
        _whole("agency_id"),
        _words("role"),
        _inside("responsibilities", "result", "results"),
        _inside("responsibilities", "deduction", "deductions"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_responsibilities_agency_id"),
    )
    _index("responsibilities", "agency_id")


def _doubts() -> None:
    _owned(
        "findings",
        _whole("assessment", absent=True),
        *(_words(name) for name in ("rule", "severity", "blame")),
        *(_words(name, absent=True) for name in ("code", "expected", "found")),
        _inside("findings", "assessment", "assessments"),
    )
    _index("findings", "rule")
    _owned("refusals", _words("kind"), _words("why"))


def _evidence() -> None:
    _owned(
        "evidence",
        _words("owner"),
        _whole("owner_position"),
        _words("field"),
        _whole("page", absent=True),
        *(sa.Column(name, sa.Double) for name in ("x0", "top", "x1", "bottom")),
        _words("printed"),
        _words("pattern", absent=True),
        sa.Column("confidence", sa.Double),
        sa.Column("alternatives", sa.JSON),
        _exact("value_read"),
        _exact("value_audited"),
    )
    _index("evidence", "document_id", "owner", "owner_position")
    _owned(
        "normalisations",
        _whole("evidence"),
        _words("rule"),
        _words("step"),
        _inside("normalisations", "evidence", "evidence"),
    )
    _index("normalisations", "rule")


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer, nullable=False)


def _words(name: str, absent: bool = False) -> sa.Column[Any]:
    return sa.Column(name, WORDS, nullable=absent)


def _whole(name: str, absent: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=absent)


def _exact(name: str, absent: bool = True) -> sa.Column[Any]:
    return sa.Column(name, EXACT, nullable=absent)


def _owned(table: str, *items: sa.Column[Any] | sa.Constraint) -> None:
    """A table whose rows belong to a document and are numbered inside it."""
    op.create_table(
        table,
        _whole("document_id"),
        _whole("position"),
        *items,
        sa.PrimaryKeyConstraint("document_id", "position", name=f"pk_{table}"),
        _document(table),
        sqlite_with_rowid=False,
    )


def _document(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_document_id"
    return sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=name, ondelete="CASCADE")


def _inside(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_document_id_{column}"
    key = [f"{parent}.document_id", f"{parent}.position"]
    return sa.ForeignKeyConstraint(["document_id", column], key, name=name, ondelete="CASCADE")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
