"""Points lost, one row a reason: what an audit of deductions is made from.

Each point is counted once. In a tree only the lowest rows count where they add up to their parent; what a parent lost
beyond its children is a row of its own. What is itemised keeps its reasons; the rest of a loss is a row without one. Of
several documents on one unit and period the one that a comparison takes speaks (compare/choice.py); where another tells
the same loss of a domain, or of a criterion, with reasons, the reasons are taken from there, and the row names it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from audit.rounding import agree
from compare.choice import Candidate
from compare.domains import code_of
from compare.kinds import kinds_of
from compare.pages import batches, result_pages
from load.agency_merges import merged_names
from load.models import AgencyRow, DeductionRow, ResponsibilityRow, ResultRow
from normalize.codes import Code
from normalize.records import Period, Unit

Agencies = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One amount of a deduction as a report itemises it; agencies are (name, role)."""

    amount: Decimal
    reason: str | None
    agencies: Agencies = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A result of an assessment with all that an audit asks of it; scores in points."""

    code: Code
    name: str | None
    maximum: Decimal | None
    score: Decimal | None
    lost: Decimal | None
    survey: bool
    review: bool
    repaired: bool
    remedy: str | None
    deadline: str | None
    items: tuple[Item, ...]
    agencies: Agencies
    page: int | None

    @property
    def reason(self) -> str | None:
        return "; ".join(item.reason for item in self.items if item.reason) or None


@dataclass(frozen=True, slots=True)
class Account:
    """One unit's period as one document tells it."""

    source: Candidate
    criteria: tuple[Criterion, ...]

    @property
    def by_code(self) -> Mapping[Code, Criterion]:
        return {criterion.code: criterion for criterion in reversed(self.criteria)}


@dataclass(frozen=True, slots=True)
class Loss:
    """Points lost for one reason. `lost_of` is what the criterion lost as a whole; `kinds` are those of the reason.

    `told_by` is the document of the reason, where it is not that of the amount.
    """

    unit: Unit
    year: int
    period: Period
    file: str
    sha256: str
    page: int | None
    code: Code
    name: str | None
    maximum: Decimal | None
    amount: Decimal
    reason: str | None
    kinds: tuple[str, ...]
    agencies: Agencies = field(default=())
    survey: bool = False
    review: bool = False
    told_by: str | None = None

    @property
    def kind(self) -> str:
        return self.kinds[0]

    @property
    def leads(self) -> tuple[str, ...]:
        """Who answers for it: the lead agencies, the performers where none is named so."""
        for role in ("lead", "performer"):
            found = tuple(dict.fromkeys(name for name, one in self.agencies if one == role))
            if found:
                return found
        return ()


# What an audit asks of a result; the doubts, which are parsed row by row, are not among it.
_SHOWN = (
    *(ResultRow.document_id, ResultRow.position, ResultRow.assessment, ResultRow.code, ResultRow.name),
    *(ResultRow.max_score, ResultRow.self_score, ResultRow.score, ResultRow.deducted, ResultRow.survey),
    *(ResultRow.status, ResultRow.repaired, ResultRow.remedy, ResultRow.deadline),
)


def accounts(connection: Connection, candidates: Sequence[Candidate]) -> list[Account]:
    """What the documents tell of these assessments, in their order."""
    wanted = {(one.document_id, one.position) for one in candidates}
    found: dict[tuple[int, int], list[Criterion]] = defaultdict(list)
    for documents in batches(sorted({document for document, _ in wanted})):
        items, agencies, pages = (
            _items(connection, documents),
            _agencies(connection, documents),
            result_pages(connection, documents),
        )
        query = select(*_SHOWN).where(ResultRow.document_id.in_(documents))
        for row in connection.execute(query.order_by(ResultRow.document_id, ResultRow.position)):
            if (row.document_id, row.assessment) in wanted:
                key = (row.document_id, row.position)
                own = [
                    Item(amount, reason, agencies.get((*key, position), ()))
                    for position, amount, reason in items.get(key, ())
                ]
                found[row.document_id, row.assessment].append(
                    _criterion(row, tuple(own), agencies.get((*key, None), ()), pages.get(key))
                )
    return [Account(one, tuple(found[one.document_id, one.position])) for one in candidates]


def _criterion(row: Any, items: tuple[Item, ...], agencies: Agencies, page: int | None) -> Criterion:
    score = row.self_score if row.score is None else row.score
    lost = row.deducted
    if lost is None and row.max_score is not None and score is not None and score <= row.max_score:
        lost = row.max_score - score
    if lost is None and items:
        lost = sum((item.amount for item in items), Decimal(0))
    return Criterion(
        code_of(row.code), row.name, row.max_score, score, lost, row.survey, row.status == "review", row.repaired,
        row.remedy, row.deadline, items, agencies, page,
    )  # fmt: skip


def _items(
    connection: Connection, documents: Sequence[int]
) -> dict[tuple[int, int], list[tuple[int, Decimal, str | None]]]:
    found: dict[tuple[int, int], list[tuple[int, Decimal, str | None]]] = defaultdict(list)
    query = select(*DeductionRow.__table__.c).where(DeductionRow.document_id.in_(documents))
    for row in connection.execute(query.order_by(DeductionRow.document_id, DeductionRow.position)):
        found[row.document_id, row.result].append((row.position, row.amount, row.reason))
    return found


def _agencies(connection: Connection, documents: Sequence[int]) -> dict[tuple[int, int, int | None], Agencies]:
    found: dict[tuple[int, int, int | None], list[tuple[str, str]]] = defaultdict(list)
    names = merged_names(connection)
    shown = (
        ResponsibilityRow.document_id,
        ResponsibilityRow.result,
        ResponsibilityRow.deduction,
        ResponsibilityRow.role,
    )
    query = select(*shown, AgencyRow.name).join(AgencyRow, AgencyRow.id == ResponsibilityRow.agency_id)
    query = query.where(ResponsibilityRow.document_id.in_(documents))
    for row in connection.execute(query.order_by(ResponsibilityRow.document_id, ResponsibilityRow.position)):
        found[row.document_id, row.result, row.deduction].append((names.get(row.name, row.name), row.role))
    return {key: tuple(dict.fromkeys(agencies)) for key, agencies in found.items()}


def losses(several: Sequence[Account]) -> tuple[Loss, ...]:
    """The losses of one unit and period from its documents, the one that speaks first."""
    if not several:
        return ()
    found: list[Loss] = []
    base, *others = several
    own, theirs = _by_domain(_of_account(base)), [_by_domain(_of_account(other)) for other in others]
    spoken = {criterion.code.parts[0] for criterion in base.criteria}
    for domain in sorted({*own, *(number for told in theirs for number in told)}):
        alike = [told[domain] for told in theirs if domain in told]
        if domain in own:
            found += _better(own[domain], alike)
        elif domain not in spoken:
            found += alike[0]
    return tuple(found)


def _by_domain(rows: Iterable[Loss]) -> dict[int, list[Loss]]:
    found: dict[int, list[Loss]] = defaultdict(list)
    for row in rows:
        found[row.code.parts[0]].append(row)
    return found


def _better(own: list[Loss], others: list[list[Loss]]) -> list[Loss]:
    """The losses of a domain with the most reasons: another document's where its sum is the same, else code by code."""
    amount = sum((row.amount for row in own), Decimal(0))
    best = own
    for told in others:
        same = agree(amount, [row.amount for row in told])
        if same and _reasoned(told) > _reasoned(best):
            best = [replace(row, told_by=row.file) for row in told]
    if best is not own:
        return best
    known = {(row.code, row.amount): row for told in reversed(others) for row in told if row.reason or row.agencies}
    return [_completed(row, known.get((row.code, row.amount))) for row in own]


def _completed(row: Loss, other: Loss | None) -> Loss:
    if other is None or row.file == other.file or (row.reason and row.agencies):
        return row
    if row.reason is None and other.reason:
        row = replace(row, reason=other.reason, kinds=kinds_of(other.reason, row.survey), told_by=other.file)
    return row if row.agencies else replace(row, agencies=other.agencies, told_by=other.file)


def _reasoned(rows: list[Loss]) -> Decimal:
    return sum((row.amount for row in rows if row.reason), Decimal(0))


def _of_account(account: Account) -> list[Loss]:
    """The losses as one document tells them, each point once."""
    losing = {
        code: one for code, one in account.by_code.items() if one.lost is not None and (one.lost > 0 or one.items)
    }
    found: list[Loss] = []
    by_parent: dict[Code, list[Code]] = defaultdict(list)
    for code in sorted(losing):
        above = next((one for one in _above(code) if one in losing), None)
        if above is not None:
            by_parent[above].append(code)
    for code in sorted(losing):
        criterion, below = losing[code], by_parent.get(code, [])
        found += _rows(
            account.source, criterion, sum((losing[one].lost or Decimal(0) for one in below), Decimal(0)), bool(below)
        )
    return found


def _above(code: Code) -> Iterator[Code]:
    """The codes above this one, the nearest first."""
    above = code.parent
    while above is not None:
        yield above
        above = above.parent


def _rows(source: Candidate, criterion: Criterion, below: Decimal, has_below: bool) -> list[Loss]:
    lost = criterion.lost or Decimal(0)
    if has_below and (below >= lost or agree(lost, [below])):
        return []
    left = lost - below if has_below else lost
    itemised = sum((item.amount for item in criterion.items), Decimal(0))
    if has_below and not agree(left, [item.amount for item in criterion.items]):
        return [_loss(source, criterion, left, criterion.reason, criterion.agencies)]
    rows = [
        _loss(source, criterion, item.amount, item.reason, item.agencies or criterion.agencies)
        for item in criterion.items
    ]
    if itemised < left and not (rows and agree(left, [item.amount for item in criterion.items])):
        rows.append(_loss(source, criterion, left - itemised, None, criterion.agencies))
    return rows


def _loss(source: Candidate, criterion: Criterion, amount: Decimal, reason: str | None, agencies: Agencies) -> Loss:
    if source.year is None or source.period is None:
        raise ValueError(source.file)
    return Loss(
        source.unit, source.year, source.period, source.file, source.sha256, criterion.page, criterion.code,
        criterion.name, criterion.maximum, amount, reason, kinds_of(reason, criterion.survey), agencies,
        criterion.survey, criterion.review,
    )  # fmt: skip
