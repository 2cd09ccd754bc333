"""Search in the texts of reports: reasons, remedies, names of criteria. The same answer from either database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex
from sqlalchemy import Connection, and_, case, select, text
from sqlalchemy.orm import aliased

from load.models import (
    AssessmentRow,
    CriterionRow,
    DeductionRow,
    DocumentRow,
    EvidenceRow,
    ResultRow,
    UnitRow,
)
from load.models_beside import PassageRow, RenditionRow
from load.passages import words
from normalize.errors import UsageError
from normalize.records import Unit
from normalize.text import fold, plain

KINDS = ("reason", "remedy", "name", "criterion")
# Letters of a text that are shown around the first word that was found.
SNIPPET = 160

_PART = regex.compile(r'"(?<phrase>[^"]*)"|(?<word>\S+)')
_LETTERS = regex.compile(r"[\p{L}\p{M}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that must stand side by side; `beginning` says that the last may go on."""

    words: tuple[str, ...]
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found: `kind` is reason, remedy, name (of a result) or criterion (of a scorecard).

    `document` is the file; `page` is None where the format has no pages. `snippet` is a part of the text as stored.
    """

    document: str
    sha256: str
    page: int | None
    code: str
    unit: Unit
    year: int | None
    kind: str
    snippet: str


def parse(query: str) -> tuple[Sought, ...]:
    """What a query asks for. UsageError "search-empty" where it holds no word.

    >>> parse('"Cải cách" chậm tuyên*')
    (Sought(words=('cải', 'cách'), beginning=False), Sought(words=('chậm',), beginning=False), \
Sought(words=('tuyên',), beginning=True))
    """
    found = []
    for part in _PART.finditer(query):
        written = part["phrase"] if part["word"] is None else part["word"]
        if several := words(written):
            found.append(Sought(tuple(several), written.endswith("*")))
    if not found:
        raise UsageError("search-empty", query)
    return tuple(found)


def search(connection: Connection, query: str, limit: int) -> tuple[Hit, ...]:
    sought = parse(query)
    hits: list[Hit] = []
    told: set[tuple[Any, ...]] = set()
    for row in connection.execute(_query(connection, sought)):
        # a report that is there several times tells a thing once, by the rendition that speaks
        report = row.speaker_id or row.document_id
        key = (report, row.kind, row.code, row.unit_name, plain(row.text))
        if key in told:
            continue
        told.add(key)
        hits.append(_hit(connection, row, sought))
        if len(hits) == limit:
            break
    return tuple(hits)


def _query(connection: Connection, sought: Sequence[Sought]) -> Any:
    of_document = PassageRow.document_id
    result = and_(
        ResultRow.document_id == of_document, ResultRow.position == PassageRow.position, PassageRow.kind != "criterion"
    )
    assessment = and_(AssessmentRow.document_id == of_document, AssessmentRow.position == ResultRow.assessment)
    deduction = and_(DeductionRow.document_id == of_document, DeductionRow.position == PassageRow.deduction)
    criterion = and_(
        CriterionRow.document_id == of_document,
        CriterionRow.position == PassageRow.position,
        PassageRow.kind == "criterion",
    )
    rendition = aliased(RenditionRow)
    kind = {each: number for number, each in enumerate(KINDS)}
    shown = case(
        (PassageRow.kind == "reason", DeductionRow.reason),
        (PassageRow.kind == "remedy", ResultRow.remedy),
        (PassageRow.kind == "name", ResultRow.name),
        else_=CriterionRow.name,
    )
    query = (
        select(PassageRow.document_id, PassageRow.kind, PassageRow.position, PassageRow.deduction)
        .add_columns(DocumentRow.file, DocumentRow.sha256, AssessmentRow.year, shown.label("text"))
        .add_columns(case((PassageRow.kind == "criterion", CriterionRow.code), else_=ResultRow.code).label("code"))
        .add_columns(UnitRow.name.label("unit_name"), UnitRow.level, UnitRow.province, UnitRow.district)
        .add_columns(rendition.speaker_id)
        .join(DocumentRow, DocumentRow.id == of_document)
        .outerjoin(ResultRow, result)
        .outerjoin(AssessmentRow, assessment)
        .outerjoin(UnitRow, UnitRow.id == AssessmentRow.unit_id)
        .outerjoin(DeductionRow, deduction)
        .outerjoin(CriterionRow, criterion)
        .outerjoin(rendition, rendition.member_id == of_document)
    )
    silent = case((rendition.speaker_id.is_(None), 0), (rendition.speaker_id == of_document, 0), else_=1)
    year = AssessmentRow.year.desc().nulls_last()
    order = (case(kind, value=PassageRow.kind), silent, year, DocumentRow.file, DocumentRow.sha256, PassageRow.id)
    return query.where(_holds(connection, sought)).order_by(*order)


def _holds(connection: Connection, sought: Sequence[Sought]) -> Any:
    if connection.dialect.name == "postgresql":
        asked = " & ".join(f"({_tsquery(one)})" for one in sought)
        return text("passages.words @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
    asked = " AND ".join(_fts(one) for one in sought)
    found = "passages.id IN (SELECT rowid FROM passages_words WHERE passages_words MATCH :asked)"
    return text(found).bindparams(asked=asked)


def _tsquery(sought: Sought) -> str:
    # words hold letters and digits only, so that nothing in them needs escaping
    return " <-> ".join(f"'{word}'" for word in sought.words) + (":*" if sought.beginning else "")


def _fts(sought: Sought) -> str:
    return f'"{" ".join(sought.words)}"' + ("*" if sought.beginning else "")


def _hit(connection: Connection, row: Any, sought: Sequence[Sought]) -> Hit:
    unit = Unit(row.unit_name or None, row.level or None, row.province or None, row.district or None)
    page = _page(connection, row)
    return Hit(row.file, row.sha256, page, row.code, unit, row.year, row.kind, snippet(row.text, sought))


def _page(connection: Connection, row: Any) -> int | None:
    owners = {
        "reason": ("deductions", row.deduction, "reason"),
        "remedy": ("results", row.position, "remedy"),
        "name": ("results", row.position, "name"),
        "criterion": ("scorecard_criteria", row.position, "name"),
    }
    owner, position, name = owners[row.kind]
    query = select(EvidenceRow.page).where(
        EvidenceRow.document_id == row.document_id,
        EvidenceRow.owner == owner,
        EvidenceRow.owner_position == position,
        EvidenceRow.field == name,
    )
    page: int | None = connection.execute(query).scalars().first()
    return page


def snippet(whole: str, sought: Sequence[Sought]) -> str:
    """The part of a text around the first word that was sought, cut at blanks, with "…" where it was cut.

    >>> snippet("Ban hành kế hoạch chậm 5 ngày", parse("ke hoach"))
    'Ban hành kế hoạch chậm 5 ngày'
    """
    if len(whole) <= SNIPPET:
        return whole
    start = max(0, _first(whole, sought) - SNIPPET // 3)
    start = whole.rfind(" ", 0, start) + 1 if start else 0
    end = len(whole) if start + SNIPPET >= len(whole) else whole.rfind(" ", start, start + SNIPPET)
    if end <= start:
        end = start + SNIPPET
    return ("…" if start else "") + whole[start:end] + ("…" if end < len(whole) else "")


def _first(whole: str, sought: Sequence[Sought]) -> int:
    heads = {one.words[0]: one.beginning and len(one.words) == 1 for one in sought}
    return next((at for at, word in _spelled(whole) if _is_one(word, heads)), 0)


def _is_one(word: str, heads: dict[str, bool]) -> bool:
    forms = (word, plain(word))
    return any(form == head or (goes_on and form.startswith(head)) for form in forms for head, goes_on in heads.items())


def _spelled(whole: str) -> Iterator[tuple[int, str]]:
    for match in _LETTERS.finditer(whole):
        yield match.start(), fold(match[0])
