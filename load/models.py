"""The tables. A document owns its rows, which are numbered inside it in printed order, from 0.

The key of such a row is (document_id, position): it follows from the report alone, so that rows are written in bulk
without asking the database for keys, and two databases that read the same files hold the same rows. Deleting a document
deletes all of it, which is how it is replaced when it is read anew. Units and agencies are shared and stay.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from load.columns import ExactDecimal, UtcTime, WordList, Words


class Base(DeclarativeBase):
    """Names every constraint, so that a later migration finds it on each database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (the mapper reads it so)
        str: Words,
        Decimal: ExactDecimal,
        float: Double,
        datetime: UtcTime,
        tuple[str, ...]: WordList,
        bool: Boolean,
        int: Integer,
    }


class Owned:
    """A row of a document, numbered inside it."""

    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, sort_order=-2
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem | dict[str, Any], ...]:
        return laid_out()


def laid_out(*items: SchemaItem) -> tuple[SchemaItem | dict[str, Any], ...]:
    """Arguments of a table whose rows lie in the order of their key, which SQLite does only when told."""
    return (*items, {"sqlite_with_rowid": False})


def inside(table: str, column: str) -> ForeignKeyConstraint:
    """The row of the same document that this one belongs to."""
    key = [f"{table}.document_id", f"{table}.position"]
    return ForeignKeyConstraint(["document_id", column], key, ondelete="CASCADE")


class RunRow(Base):
    """One run of a command over files; `finished_at` is empty while it runs, and after it was killed."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    program_version: Mapped[str]
    pattern_version: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class RunFileRow(Base):
    """What became of one file in one run: read, unchanged, skipped, failed or needs-recognition; seconds it took."""

    __tablename__ = "run_files"
    __table_args__ = (Index(None, "sha256"), Index(None, "path", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), index=True)
    path: Mapped[str]
    sha256: Mapped[str | None]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    seconds: Mapped[float | None]
    program_version: Mapped[str]
    pattern_version: Mapped[str]
    logged_at: Mapped[datetime]


class RunStepRow(Base):
    """A step on the way of a file: open, read, extract, audit, store; `reason` where it failed, seconds it took.

    The hash, the versions and the settings are those of the file's line and of its run.
    """

    __tablename__ = "run_steps"
    __table_args__ = laid_out()

    file_id: Mapped[int] = mapped_column(
        ForeignKey("run_files.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    seconds: Mapped[float]


class UnitRow(Base):
    """A unit by name, level, province and district, as a report of its own time names it; what is absent is ""."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("name", "level", "province", "district"), Index(None, "province", "level"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    province: Mapped[str]
    district: Mapped[str]


class AgencyRow(Base):
    """An agency (cơ quan) by its official name."""

    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class DocumentRow(Base):
    """A file that was read, by its content, and what its head says."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("sha256"), Index(None, "file", "sha256"), Index(None, "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"), index=True)
    file: Mapped[str]
    sha256: Mapped[str]
    media: Mapped[str]
    method: Mapped[str]
    page_count: Mapped[int | None]
    number: Mapped[str | None]
    date: Mapped[str | None]
    issuer: Mapped[str | None]
    title: Mapped[str | None]
    kind: Mapped[str | None]
    parent: Mapped[str | None]
    warnings: Mapped[tuple[str, ...]]


class PageRow(Owned, Base):
    """A page; `page` is empty where the format has no pages, lengths are points."""

    __tablename__ = "pages"

    page: Mapped[int | None]
    width: Mapped[float | None]
    height: Mapped[float | None]
    method: Mapped[str]
    why: Mapped[str | None]


class ScorecardRow(Base):
    """A scorecard (bộ tiêu chí) by the decision that set it: whose it is and from which year, where that is known."""

    __tablename__ = "scorecards"
    __table_args__ = (Index(None, "province", "level"),)

    document_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    province: Mapped[str | None]
    level: Mapped[str | None]
    year: Mapped[int | None]


class CriterionRow(Owned, Base):
    """A criterion of a scorecard: what may be scored, not a score."""

    __tablename__ = "scorecard_criteria"
    __table_args__ = laid_out(Index(None, "code_key"))

    code: Mapped[str]
    code_key: Mapped[str]
    name: Mapped[str | None]
    max_score: Mapped[Decimal | None]


class AssessmentRow(Owned, Base):
    """One unit's scores for one period in one document, with the totals."""

    __tablename__ = "assessments"
    __table_args__ = laid_out(Index(None, "unit_id", "year"), Index(None, "year", "period"), Index(None, "score"))

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int | None]
    period: Mapped[str | None]
    basis: Mapped[str | None]
    max_score: Mapped[Decimal | None]
    self_score: Mapped[Decimal | None]
    score: Mapped[Decimal | None]
    appraised_score: Mapped[Decimal | None]
    survey_score: Mapped[Decimal | None]
    deducted: Mapped[Decimal | None]
    index_percent: Mapped[Decimal | None]
    rank: Mapped[str | None]
    doubts: Mapped[tuple[str, ...]]


class ResultRow(Owned, Base):
    """What a unit got for one criterion; `code_key` sorts by the numbers of the code."""

    __tablename__ = "results"
    __table_args__ = laid_out(
        inside("assessments", "assessment"),
        Index(None, "document_id", "assessment"),
        Index(None, "code_key"),
        Index(None, "status"),
    )

    assessment: Mapped[int]
    code: Mapped[str]
    code_key: Mapped[str]
    domain: Mapped[str | None]
    name: Mapped[str | None]
    max_score: Mapped[Decimal | None]
    self_score: Mapped[Decimal | None]
    score: Mapped[Decimal | None]
    deducted: Mapped[Decimal | None]
    deducted_stated: Mapped[bool]
    survey: Mapped[bool]
    remedy: Mapped[str | None]
    deadline: Mapped[str | None]
    status: Mapped[str]
    repaired: Mapped[bool]
    doubts: Mapped[tuple[str, ...]]


class DeductionRow(Owned, Base):
    """Points lost (điểm trừ) for one reason."""

    __tablename__ = "deductions"
    __table_args__ = laid_out(inside("results", "result"))

    result: Mapped[int]
    amount: Mapped[Decimal]
    reason: Mapped[str | None]


class ResponsibilityRow(Owned, Base):
    """An agency that answers for a result; with `deduction` set, for that deduction of it."""

    __tablename__ = "responsibilities"
    __table_args__ = laid_out(inside("results", "result"), inside("deductions", "deduction"), Index(None, "agency_id"))

    result: Mapped[int]
    deduction: Mapped[int | None]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    role: Mapped[str]


class FindingRow(Owned, Base):
    """Something that does not agree, with both numbers as text; `assessment` is empty where the report has none."""

    __tablename__ = "findings"
    __table_args__ = laid_out(inside("assessments", "assessment"), Index(None, "rule"))

    assessment: Mapped[int | None]
    rule: Mapped[str]
    severity: Mapped[str]
    blame: Mapped[str]
    code: Mapped[str | None]
    expected: Mapped[str | None]
    found: Mapped[str | None]
    also: Mapped[tuple[str, ...] | None]


class RefusalRow(Owned, Base):
    """A text that stood where a value of this kind was due and gave none."""

    __tablename__ = "refusals"

    kind: Mapped[str]
    why: Mapped[str]


class EvidenceRow(Owned, Base):
    """What was printed, and where. For a number three things stay apart: `printed`, `value_read`, `value_audited`.

    It speaks of one `field` of the row `owner_position` of the table `owner` in the same document ("documents", with
    position 0, for the heading). The box is in points; the confidence is a share, empty where nothing was measured.
    """

    __tablename__ = "evidence"
    __table_args__ = laid_out(Index(None, "document_id", "owner", "owner_position"))

    owner: Mapped[str]
    owner_position: Mapped[int]
    field: Mapped[str]
    page: Mapped[int | None]
    x0: Mapped[float | None]
    top: Mapped[float | None]
    x1: Mapped[float | None]
    bottom: Mapped[float | None]
    printed: Mapped[str]
    pattern: Mapped[str | None]
    confidence: Mapped[float | None]
    alternatives: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    value_read: Mapped[Decimal | None]
    value_audited: Mapped[Decimal | None]


class NormalisationRow(Owned, Base):
    """One change on the way from the printed text to the value: `rule: before -> after`, in order of position."""

    __tablename__ = "normalisations"
    __table_args__ = laid_out(inside("evidence", "evidence"), Index(None, "rule"))

    evidence: Mapped[int]
    rule: Mapped[str]
    step: Mapped[str]
