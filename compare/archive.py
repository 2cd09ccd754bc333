"""The archive for people who go on in Python: questions in, pandas frames out.

    from cchc import open_archive
    with open_archive("cchc.db") as archive:
        archive.compare(2022, province="Phú Yên")
        archive.deductions(unit="Tuy An")
        archive.frame("results")

The columns of every frame, their types and units stand in docs/DATA.md. Scores are exact: objects of Decimal, None
where absent. `floats=True` gives floating numbers (Float64, <NA> where absent) instead, for drawing and statistics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import select

from compare.answers import Answers, answers
from compare.audited import Audited
from compare.deductions import Answerable, Recurrence
from compare.dictionary import columns
from compare.history import Scope
from compare.losses import Loss
from compare.promises import Promise
from compare.side_by_side import side_by_side
from compare.table import TOTAL, Block, By, Gap, Line, SideBySide, Units
from load.models import AssessmentRow, DocumentRow, ResultRow, UnitRow
from load.store import Store
from normalize.records import Basis, Level, Period, Unit

Rows = Iterable[dict[str, Any]]


class Archive:
    """An open archive; close it, or use it in a `with` statement."""

    def __init__(self, store: Store, floats: bool = False) -> None:
        self.store, self.floats = store, floats

    @classmethod
    def open(cls, url: str | Path, floats: bool = False) -> Archive:
        """Open the database of a URL or path. Raises StoreError where it is absent or no archive."""
        return cls(Store.open(url, create=False), floats)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def compare(
        self,
        year: int,
        province: str | None = None,
        level: Level | None = None,
        period: Period = "year",
        basis: Basis | None = None,
        by: By = "domains",
        units: Units = "then",
    ) -> pd.DataFrame:
        """Units side by side: the table "comparison", a row for each unit and column."""
        found = side_by_side(self.store, year, province, level, period, basis, by, units)
        return frame("comparison", comparison_rows(found), self.floats)

    def deductions(
        self,
        unit: str | None = None,
        province: str | None = None,
        level: Level | None = None,
        first: int | None = None,
        last: int | None = None,
        agency: str | None = None,
        code: str | None = None,
        period: Period = "year",
    ) -> pd.DataFrame:
        """Points lost: the table "losses", of a unit, province, level, agency or criterion and what is under it."""
        told = Audited(self.store, Scope(first, last, province, level, unit, period), agency, code)
        return frame("losses", loss_rows(told.losses), self.floats)

    def recurring(
        self,
        unit: str | None = None,
        province: str | None = None,
        level: Level | None = None,
        first: int | None = None,
        last: int | None = None,
        least: int = 2,
    ) -> pd.DataFrame:
        """Deductions there in at least so many years: the table "recurring"."""
        found = self._audited(unit, province, level, first, last).recurring_at_least(least)
        return frame("recurring", recurring_rows(found), self.floats)

    def promises(
        self,
        unit: str | None = None,
        province: str | None = None,
        level: Level | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> pd.DataFrame:
        """Remedies and what became of them: the table "promises"."""
        return frame("promises", promise_rows(self._audited(unit, province, level, first, last).promises), self.floats)

    def agencies(
        self,
        unit: str | None = None,
        province: str | None = None,
        level: Level | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> pd.DataFrame:
        """Lead agencies by points lost: the table "agencies"."""
        return frame("agencies", agency_rows(self._audited(unit, province, level, first, last).agencies), self.floats)

    def frame(self, table: str) -> pd.DataFrame:
        """Everything in the archive as the documents have it: "results" or "totals"; KeyError for another name."""
        makers = {"results": result_rows, "totals": total_rows}
        if table not in makers:
            raise KeyError(f"{table}: {', '.join(makers)}")
        return frame(table, makers[table](self.store), self.floats)

    def answers(self, year: int, province: str | None = None, level: Level | None = None, **more: Any) -> Answers:
        """All answers together, for the workbook, memo and page (compare.answers.answers)."""
        return answers(self.store, year, province, level, **more)

    def _audited(
        self, unit: str | None, province: str | None, level: Level | None, first: int | None, last: int | None
    ) -> Audited:
        return Audited(self.store, Scope(first, last, province, level, unit))


def frame(table: str, rows: Rows, floats: bool = False) -> pd.DataFrame:
    """Rows as a frame with the dtypes of the data dictionary."""
    rows, made = list(rows), {}
    for column in columns(table):
        values = [row.get(column.name) for row in rows]
        if column.type == "share" or (column.type == "decimal" and floats):
            made[column.name] = pd.Series([None if v is None else float(v) for v in values], dtype="Float64")
        else:
            made[column.name] = pd.Series(values, dtype=column.dtype)
    return pd.DataFrame(made)


def comparison_rows(found: SideBySide) -> Iterator[dict[str, Any]]:
    for block in found.blocks:
        for line in block.lines:
            yield from _line_rows(found, block, line)


def _line_rows(found: SideBySide, block: Block, line: Line) -> Iterator[dict[str, Any]]:
    place = {**_unit(line.unit), "year": found.question.year, "period": line.period, "basis": line.basis}
    source = {"file": line.file, "sha256": line.sha256, "page": line.page, "draft": line.draft, "counted": line.counted}
    for column in block.columns:
        cell = line.cells.get(column.key)
        if cell is None:
            continue
        points = cell.points
        ranks = {"rank": line.rank, "previous_rank": line.previous_rank} if column.key == TOTAL else {}
        yield {
            **place, **source, **ranks, "column": column.key, "column_name": column.name, "score": points.score,
            "maximum": points.maximum, "share": cell.share, "origin": points.origin, "review": points.review,
            **_gap("previous", cell.previous), **_gap("mean", cell.mean), **_gap("best", cell.best),
        }  # fmt: skip


def _gap(name: str, gap: Gap | None) -> dict[str, Decimal | None]:
    return {} if gap is None else {f"{name}_points": gap.points, f"{name}_share": gap.share}


def loss_rows(losses: Iterable[Loss]) -> Iterator[dict[str, Any]]:
    for one in losses:
        yield {
            **_unit(one.unit), "year": one.year, "period": one.period, "code": str(one.code), "name": one.name,
            "max_score": one.maximum, "amount": one.amount, "reason": one.reason, "kind": one.kind,
            "kinds": "; ".join(one.kinds), "lead": _joined(one.leads), "survey": one.survey, "review": one.review,
            "file": one.file, "sha256": one.sha256, "page": one.page, "told_by": one.told_by,
        }  # fmt: skip


def recurring_rows(found: Iterable[Recurrence]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {
            **_unit(one.unit), "by": one.by, "key": one.key, "name": one.name, "times": len(one.years),
            "of": len(one.of), "years": _joined(str(year) for year, _ in one.years), "points": one.points,
        }  # fmt: skip


def promise_rows(found: Iterable[Promise]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {
            **_unit(one.unit), "year": one.year, "code": str(one.code), "name": one.name, "remedy": one.remedy,
            "deadline": one.deadline, "lead": _joined(name for name, role in one.agencies if role == "lead"),
            "lost": one.lost, "lost_after": one.lost_after, "outcome": one.outcome, "why": one.why or None,
            "own": one.own, "review": one.review, "file": one.file, "sha256": one.sha256, "page": one.page,
            "next_file": one.next_file,
        }  # fmt: skip


def agency_rows(found: Iterable[Answerable]) -> Iterator[dict[str, Any]]:
    for one in found:
        years = _joined(map(str, one.years))
        yield {"agency": one.agency, "points": one.points, "losses": one.losses, "shared": one.shared, "years": years}


_DOCUMENT = (DocumentRow.file, DocumentRow.sha256, DocumentRow.number, DocumentRow.date)
_PLACE = (UnitRow.name.label("unit"), UnitRow.level, UnitRow.province, UnitRow.district)
_WHEN = (AssessmentRow.year, AssessmentRow.period, AssessmentRow.basis)


def result_rows(store: Store) -> Iterator[dict[str, Any]]:
    names = ("code", "name", "max_score", "self_score", "score", "deducted", "deducted_stated", "survey", "status")
    own = [getattr(ResultRow, name) for name in (*names, "remedy", "deadline")]
    query = (
        select(*_DOCUMENT, *_PLACE, *_WHEN, *own)
        .select_from(ResultRow)
        .join(
            AssessmentRow,
            (AssessmentRow.document_id == ResultRow.document_id) & (AssessmentRow.position == ResultRow.assessment),
        )
    )
    query = query.join(DocumentRow, DocumentRow.id == ResultRow.document_id)
    query = query.join(UnitRow, UnitRow.id == AssessmentRow.unit_id)
    yield from _selected(store, query.order_by(DocumentRow.file, DocumentRow.sha256, ResultRow.position))


def total_rows(store: Store) -> Iterator[dict[str, Any]]:
    names = ("max_score", "self_score", "score", "appraised_score", "survey_score", "deducted", "index_percent", "rank")
    own = [getattr(AssessmentRow, name) for name in names]
    query = select(*_DOCUMENT, *_PLACE, *_WHEN, *own).select_from(AssessmentRow)
    query = query.join(DocumentRow, DocumentRow.id == AssessmentRow.document_id)
    query = query.join(UnitRow, UnitRow.id == AssessmentRow.unit_id)
    yield from _selected(store, query.order_by(DocumentRow.file, DocumentRow.sha256, AssessmentRow.position))


def _selected(store: Store, query: Any) -> Iterator[dict[str, Any]]:
    absent = ("unit", "level", "province", "district")
    with store.reading() as connection:
        for row in connection.execute(query).mappings():
            yield {**row, **{name: row[name] or None for name in absent}}


def _unit(unit: Unit) -> dict[str, str | None]:
    return {"unit": unit.name, "level": unit.level, "province": unit.province, "district": unit.district}


def _joined(texts: Iterable[str]) -> str | None:
    found: Sequence[str] = tuple(texts)
    return "; ".join(found) or None
