"""The tables beside the documents: which documents are one report, the index of their texts, decisions of people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from load.models import Base

# A passage's key is its document's and its number in it side by side: texts of one document lie together in the index.
PASSAGES_A_DOCUMENT = 1 << 20
# PostgreSQL keeps positions up to this one.
LAST_POSITION = 16_383


class SearchWords(TypeDecorator[Sequence[str]]):
    """Words in their order: a tsvector in PostgreSQL; in SQLite text, which the index `passages_words` reads."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str:
        words = value or ()
        if dialect.name != "postgresql":
            return " ".join(words)
        return " ".join(f"'{word}':{min(number, LAST_POSITION)}" for number, word in enumerate(words, start=1))


class RenditionRow(Base):
    """A document that is one rendition of a report among several; `speaker_id` is the one that speaks for them all.

    A document without such a row is the only one of its report. `matched` says what it was known by: number, content.
    """

    __tablename__ = "renditions"

    member_id: Mapped[int] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    speaker_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    matched: Mapped[str]


class PassageRow(Base):
    """The words of one text of a document, as they are searched for.

    `kind` is "reason", "remedy", "name" (of a result, in the row `position` of `results`) or "criterion" (the row
    `position` of `scorecard_criteria`); a reason is that of the row `deduction`.
    """

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    position: Mapped[int]
    deduction: Mapped[int | None]
    words: Mapped[Sequence[str]] = mapped_column(SearchWords)


class AgencyMergeRow(Base):
    """A person's decision that an agency goes on under another name. The newest decision on a name counts."""

    __tablename__ = "agency_merges"

    id: Mapped[int] = mapped_column(primary_key=True)
    old: Mapped[str] = mapped_column(index=True)
    new: Mapped[str]
    who: Mapped[str]
    decided_at: Mapped[datetime]


class ReasonKindRow(Base):
    """A person's decision on the kind of a reason, however often it is given. The newest decision on a `key` counts.

    `key` is the reason without what writers vary; an empty `kind` takes an earlier decision back.
    """

    __tablename__ = "reason_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    kind: Mapped[str]
    who: Mapped[str]
    decided_at: Mapped[datetime]


class AlignmentRow(Base):
    """A person's decision whether a criterion of one scorecard is that of another. The newest on a pair counts.

    A criterion is known by the province and level of its scorecard, its code and its name as it is compared
    (load/alignments.py), so that a decision holds for every year in which the scorecard names it so. `verdict` is
    "same", "different", or "open" where an earlier decision is taken back.
    """

    __tablename__ = "alignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    province: Mapped[str]
    level: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    other_province: Mapped[str]
    other_level: Mapped[str]
    other_code: Mapped[str]
    other_name: Mapped[str]
    verdict: Mapped[str]
    who: Mapped[str]
    decided_at: Mapped[datetime]
