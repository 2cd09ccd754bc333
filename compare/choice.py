"""Which documents speak for the units: one assessment a unit, the best one where there are several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from compare.domains import Scored, code_of
from load.models import AssessmentRow, DocumentRow, ResultRow, UnitRow
from load.models_beside import RenditionRow
from normalize.records import Basis, Level, Period, Unit
from normalize.text import fold

_BASIS_ORDER = {"appraised": 3, "self": 2, "survey": 1}
# Documents whose results are asked for in one query.
BATCH = 200
# Letters of a title that show whether it calls itself a draft.
_DRAFT = 16


@dataclass(frozen=True, slots=True)
class Question:
    """What is compared: a year and period, and the units of a province or level, or scores of one basis, if given."""

    year: int
    period: Period = "year"
    province: str | None = None
    level: Level | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An assessment and the document it stands in; the totals are points, the index a percentage.

    `draft`: the document calls itself one, or the number of it and of the document it belongs to is blank. `speaks`:
    no better rendition of the same report is stored.
    """

    document_id: int
    position: int
    file: str
    sha256: str
    date: str | None
    number: str | None
    unit: Unit
    basis: Basis | None
    max_score: Decimal | None
    self_score: Decimal | None
    score: Decimal | None
    deducted: Decimal | None
    index_percent: Decimal | None
    doubtful: bool
    results: int
    draft: bool = False
    appraised: Decimal | None = None
    survey: Decimal | None = None
    rank: str | None = None
    year: int | None = None
    period: Period | None = None
    speaks: bool = True

    @property
    def merit(self) -> tuple[Any, ...]:
        """What decides between documents of one unit: something told, rendition, basis, completeness, date."""
        something = self.results > 0 or self.score is not None or self.index_percent is not None
        told = (_BASIS_ORDER.get(self.basis or "", 0), self.results, self.date or "", self.sha256)
        return (something, self.speaks, *told)


class Chosen(Protocol):
    """Whatever names an assessment of the store and whose scores it holds."""

    @property
    def document_id(self) -> int: ...
    @property
    def position(self) -> int: ...
    @property
    def basis(self) -> Basis | None: ...


def candidates(connection: Connection, question: Question) -> dict[Unit, list[Candidate]]:
    """The assessments that answer the question by unit, the best first."""
    found: dict[Unit, list[Candidate]] = defaultdict(list)
    asked = _narrowed(_assessments(), question)
    asked = asked.where(AssessmentRow.year == question.year, AssessmentRow.period == question.period)
    for row in connection.execute(asked.where(UnitRow.name != "")):
        candidate = _candidate(row)
        found[candidate.unit].append(candidate)
    for several in found.values():
        several.sort(key=lambda candidate: candidate.merit, reverse=True)
    return dict(found)


def chosen_over(
    connection: Connection,
    first: int | None = None,
    last: int | None = None,
    province: str | None = None,
    level: Level | None = None,
    unit: str | None = None,
    period: Period = "year",
) -> list[Candidate]:
    """The assessments of one kind of period over some years, in no order; `unit` is a bare name."""
    query = _assessments().where(AssessmentRow.period == period, AssessmentRow.year.is_not(None), UnitRow.name != "")
    if first is not None:
        query = query.where(AssessmentRow.year >= first)
    if last is not None:
        query = query.where(AssessmentRow.year <= last)
    if unit is not None:
        query = query.where(UnitRow.name == unit)
    return [_candidate(row) for row in connection.execute(_in_places(query, province, level))]


def known_units(connection: Connection, question: Question) -> set[Unit]:
    """The units of which the store has any assessment, of whatever year."""
    query = select(UnitRow.name, UnitRow.level, UnitRow.province, UnitRow.district).distinct()
    query = query.join(AssessmentRow, AssessmentRow.unit_id == UnitRow.id).where(UnitRow.name != "")
    return {_unit(row) for row in connection.execute(_places(query, question))}


def unplaced(connection: Connection, question: Question) -> tuple[str, ...]:
    """Files with an assessment that may belong here and whose unit, year or period was not found."""
    query = select(DocumentRow.file).distinct().join(AssessmentRow, AssessmentRow.document_id == DocumentRow.id)
    query = query.join(UnitRow, UnitRow.id == AssessmentRow.unit_id)
    year, period = AssessmentRow.year, AssessmentRow.period
    query = query.where((year == question.year) | year.is_(None), (period == question.period) | period.is_(None))
    query = query.where((UnitRow.name == "") | year.is_(None) | period.is_(None))
    if question.province is not None:
        query = query.where(UnitRow.province.in_([question.province, ""]))
    if question.level is not None:
        query = query.where(UnitRow.level.in_([question.level, ""]))
    return tuple(connection.execute(query.order_by(DocumentRow.file)).scalars())


def results_of(connection: Connection, chosen: Iterable[Chosen]) -> Mapping[tuple[int, int], list[Scored]]:
    """The results of these assessments by document and position."""
    wanted = {(one.document_id, one.position): one for one in chosen}
    found: dict[tuple[int, int], list[Scored]] = defaultdict(list)
    for documents in _batches(sorted({document for document, _ in wanted})):
        for row in connection.execute(_results(documents)):
            if candidate := wanted.get((row.document_id, row.assessment)):
                found[row.document_id, row.assessment].append(_scored(row, candidate))
    return found


def domains_of(connection: Connection, chosen: Iterable[Chosen]) -> Mapping[tuple[int, int], list[Scored]]:
    """What the domains of these assessments follow from: their own rows where these tell all, else all results.

    A domain's own row tells all where it has a score and a loss and no code of the domain stands twice.
    """
    wanted = {(one.document_id, one.position): one for one in chosen}
    found: dict[tuple[int, int], list[Scored]] = defaultdict(list)
    unsettled: list[Chosen] = []
    for documents in _batches(sorted({document for document, _ in wanted})):
        several = _domains_listed(connection, documents)
        for row in connection.execute(_results(documents).where(ResultRow.code.not_like("%.%"))):
            if candidate := wanted.get((row.document_id, row.assessment)):
                found[row.document_id, row.assessment].append(_scored(row, candidate))
        for key, listed in several.items():
            told = {row.code.parts[0] for row in found.get(key, []) if row.score is not None and row.lost is not None}
            if key in wanted and listed != told:
                unsettled.append(wanted[key])
    return {**found, **results_of(connection, unsettled)}


def _domains_listed(connection: Connection, documents: list[int]) -> dict[tuple[int, int], set[int]]:
    """The numbers of the domains of which each assessment lists anything; 0 where a code of one stands twice."""
    domain = func.substr(ResultRow.code_key, 1, 4)
    key = (ResultRow.document_id, ResultRow.assessment, domain)
    query = select(*key, func.count(), func.count(ResultRow.code.distinct()))
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for document, position, number, rows, codes in connection.execute(
        query.where(ResultRow.document_id.in_(documents)).group_by(*key)
    ):
        found[document, position].add(int(number) if rows == codes else 0)
    return found


def _results(documents: list[int]) -> Any:
    shown = (ResultRow.document_id, ResultRow.assessment, ResultRow.code, ResultRow.name, ResultRow.max_score)
    query = select(*shown, ResultRow.self_score, ResultRow.score, ResultRow.deducted, ResultRow.status)
    return query.where(ResultRow.document_id.in_(documents)).order_by(ResultRow.document_id, ResultRow.position)


def _scored(row: Any, candidate: Chosen) -> Scored:
    own = row.self_score if candidate.basis == "self" else None
    score = own if row.score is None else row.score
    return Scored(code_of(row.code), row.name, row.max_score, score, row.deducted, row.status == "review")


def _assessments() -> Any:
    counted = select(func.count()).where(
        ResultRow.document_id == AssessmentRow.document_id, ResultRow.assessment == AssessmentRow.position
    )
    document = (DocumentRow.file, DocumentRow.sha256, DocumentRow.date, DocumentRow.number)
    drafted = (DocumentRow.parent, DocumentRow.title, DocumentRow.kind)
    unit = (UnitRow.name, UnitRow.level, UnitRow.province, UnitRow.district)
    totals = (AssessmentRow.max_score, AssessmentRow.self_score, AssessmentRow.score, AssessmentRow.deducted)
    key = (AssessmentRow.document_id, AssessmentRow.position, AssessmentRow.basis, AssessmentRow.doubts)
    printed = (
        AssessmentRow.index_percent,
        AssessmentRow.appraised_score,
        AssessmentRow.survey_score,
        AssessmentRow.rank,
    )
    when = (AssessmentRow.year, AssessmentRow.period)
    query: Any = select(
        *key,
        *document,
        *drafted,
        *unit,
        *totals,
        *printed,
        *when,
        counted.scalar_subquery().label("result_count"),
        RenditionRow.speaker_id,
    )
    query = query.join(DocumentRow, DocumentRow.id == AssessmentRow.document_id)
    query = query.outerjoin(RenditionRow, RenditionRow.member_id == AssessmentRow.document_id)
    return query.join(UnitRow, UnitRow.id == AssessmentRow.unit_id)


def _narrowed(query: Any, question: Question) -> Any:
    if question.basis is not None:
        query = query.where(AssessmentRow.basis == question.basis)
    return _places(query, question)


def _places(query: Any, question: Question) -> Any:
    return _in_places(query, question.province, question.level)


def _in_places(query: Any, province: str | None, level: Level | None) -> Any:
    if province is not None:
        query = query.where(UnitRow.province == province)
    return query if level is None else query.where(UnitRow.level == level)


def _candidate(row: Any) -> Candidate:
    return Candidate(
        row.document_id,
        row.position,
        row.file,
        row.sha256,
        row.date,
        row.number,
        _unit(row),
        row.basis,
        row.max_score,
        row.self_score,
        row.score,
        row.deducted,
        row.index_percent,
        bool(row.doubts),
        row.result_count,
        _draft(row),
        row.appraised_score,
        row.survey_score,
        row.rank,
        row.year,
        row.period,
        row.speaker_id in (None, row.document_id),
    )


def _draft(row: Any) -> bool:
    numbered = any(number and not number.startswith("/") for number in (row.number, row.parent))
    return not numbered or any(text and _says_draft(text[:_DRAFT]) for text in (row.kind, row.title))


@cache
def _says_draft(beginning: str) -> bool:
    """Whether a title that begins so calls its document a draft; archives hold few different beginnings."""
    return fold(beginning).lstrip("(").startswith("dự thảo")


def _unit(row: Any) -> Unit:
    return Unit(row.name, row.level or None, row.province or None, row.district or None)


def _batches(documents: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(documents), BATCH):
        yield documents[start : start + BATCH]
