"""Documents as a list shows them, and which of them a person means."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from load.models import AssessmentRow, DocumentRow, FindingRow, ResultRow
from normalize.errors import UsageError

# Shorter beginnings of a hash would be mistaken for numbers or names.
SHA_PREFIX = 6


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as a list shows it: what its head says and how much was read; `review` counts results to look at."""

    id: int
    file: str
    sha256: str
    media: str
    method: str
    pages: int | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    kind: str | None
    assessments: int
    results: int
    review: int
    findings: int


def listed(connection: Connection, document: int | None = None) -> Iterator[StoredDocument]:
    """All documents, by file name and content, or the one of an id."""
    counts = [
        select(func.count()).where(AssessmentRow.document_id == DocumentRow.id).scalar_subquery(),
        select(func.count()).where(ResultRow.document_id == DocumentRow.id).scalar_subquery(),
        select(func.count())
        .where(ResultRow.document_id == DocumentRow.id, ResultRow.status == "review")
        .scalar_subquery(),
        select(func.count()).where(FindingRow.document_id == DocumentRow.id).scalar_subquery(),
    ]
    shown = (DocumentRow.id, DocumentRow.file, DocumentRow.sha256, DocumentRow.media, DocumentRow.method)
    head = (DocumentRow.page_count, DocumentRow.number, DocumentRow.date, DocumentRow.issuer, DocumentRow.title)
    query = select(*shown, *head, DocumentRow.kind, *counts).order_by(DocumentRow.file, DocumentRow.sha256)
    if document is not None:
        query = query.where(DocumentRow.id == document)
    return (StoredDocument(*tuple(row)) for row in connection.execute(query))


def meant(connection: Connection, key: str) -> int:
    """The id of the one document that a file name, an id or the beginning of a content hash names.

    Raises UsageError "document-unknown", or "document-ambiguous" with the hashes of those that fit.
    """
    fitting = _fitting(connection, key)
    if not fitting:
        raise UsageError("document-unknown", key)
    if len(fitting) > 1:
        raise UsageError("document-ambiguous", ", ".join(sorted(sha[:12] for _, sha in fitting)))
    return fitting[0][0]


def _fitting(connection: Connection, key: str) -> list[tuple[int, str]]:
    """Documents by file name, else by id, else by the beginning of the hash."""
    columns = select(DocumentRow.id, DocumentRow.sha256)
    ways: list[Any] = [DocumentRow.file == key]
    if key.isascii() and key.isdigit() and len(key) < SHA_PREFIX:
        ways.append(DocumentRow.id == int(key))
    if len(key) >= SHA_PREFIX and set(key) <= set("0123456789abcdef"):
        ways.append(DocumentRow.sha256.startswith(key, autoescape=True))
    for way in ways:
        if fitting := [(row.id, row.sha256) for row in connection.execute(columns.where(way))]:
            return fitting
    return []


def known(connection: Connection, contents: Collection[str]) -> set[str]:
    """Those of some contents (SHA-256) that are stored."""
    query = select(DocumentRow.sha256).where(DocumentRow.sha256.in_(contents))
    return set(connection.execute(query).scalars()) if contents else set()
