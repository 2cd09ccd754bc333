"""The index of texts: what words a reason, a remedy or the name of a criterion is found by, accents given or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

import regex
from sqlalchemy import Connection, select

from load.bulk import insert_rows
from load.models import Base, CriterionRow, DeductionRow, DocumentRow, ResultRow
from load.models_beside import PASSAGES_A_DOCUMENT, PassageRow
from normalize.text import fold, plain

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Longer ones are no words, and PostgreSQL takes none of 2 KB.
LONGEST_WORD = 100
BATCH = 500

Rows = dict[type[Base], list[dict[str, Any]]]


def words(text: str) -> list[str]:
    """The words of a text for matching: case and the two ways of placing a tone make no difference.

    >>> words("Chưa CÔNG KHAI thủ tục (0,5 điểm), hoà giải")
    ['chưa', 'công', 'khai', 'thủ', 'tục', '0', '5', 'điểm', 'hòa', 'giải']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def indexed(text: str) -> list[str]:
    """The words as written, then without their accents, so that both "điểm" and "diem" find a text.

    >>> indexed("Đạt 2 điểm"), indexed("8 KPI")
    (['đạt', '2', 'điểm', 'dat', '2', 'diem'], ['8', 'kpi'])
    """
    return list(_indexed(text))


@lru_cache(maxsize=4096)  # the names of a scorecard's criteria stand in every report
def _indexed(text: str) -> tuple[str, ...]:
    accented = tuple(words(text))
    bare = tuple(map(_bare, accented))
    return accented if bare == accented else accented + bare


@lru_cache(maxsize=20_000)  # the language has some 7,000 syllables
def _bare(word: str) -> str:
    return plain(word)


def passages(document_id: int, rows: Rows) -> Iterator[dict[str, Any]]:
    """The rows of the index for the rows of a document."""
    texts = islice(_texts(rows), PASSAGES_A_DOCUMENT)
    for number, (kind, position, deduction, text) in enumerate(texts):
        yield {
            "id": document_id * PASSAGES_A_DOCUMENT + number,
            "document_id": document_id,
            "kind": kind,
            "position": position,
            "deduction": deduction,
            "words": indexed(text),
        }


def _texts(rows: Rows) -> Iterator[tuple[str, int, int | None, str]]:
    for row in rows.get(DeductionRow, ()):
        if row["reason"]:
            yield "reason", row["result"], row["position"], row["reason"]
    for row in rows.get(ResultRow, ()):
        for kind in ("remedy", "name"):
            if row[kind]:
                yield kind, row["position"], None, row[kind]
    for row in rows.get(CriterionRow, ()):
        if row["name"]:
            yield "criterion", row["position"], None, row["name"]


def index_all(connection: Connection) -> None:
    """Build the index of every document anew."""
    connection.execute(PassageRow.__table__.delete())  # type: ignore[attr-defined]  # a Table
    ids = list(connection.execute(select(DocumentRow.id).order_by(DocumentRow.id)).scalars())
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        by_document: dict[int, Rows] = {}
        for model in (DeductionRow, ResultRow, CriterionRow):
            table = model.__table__
            found = select(*table.c).where(table.c.document_id.in_(batch)).order_by(*table.primary_key)
            for row in connection.execute(found).mappings():
                by_document.setdefault(row["document_id"], {}).setdefault(model, []).append(dict(row))
        for document_id, rows in sorted(by_document.items()):
            insert_rows(connection, PassageRow, list(passages(document_id, rows)))
