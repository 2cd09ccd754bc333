"""All answers to one question together, as the workbook, the memo and the page show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from compare.audited import Audited
from compare.deductions import Answerable, KindShare, Recurrence
from compare.history import Scope
from compare.labels import label, labelled
from compare.losses import Loss
from compare.promises import LateDeadline, Promise, late_deadlines
from compare.ranks import RankDifference, rank_differences
from compare.side_by_side import side_by_side
from compare.table import SideBySide, Units
from compare.unpriced import WithoutAmount
from load.models import DocumentRow, RunFileRow
from load.records import Language
from load.store import Store
from normalize.records import Level


@dataclass(frozen=True, slots=True)
class Source:
    """A document that an answer rests on; `path` is where it was read from, if it is still there."""

    file: str
    sha256: str
    number: str | None
    date: str | None
    title: str | None
    method: str
    pages: int | None
    path: Path | None

    def link(self, page: int | None) -> str | None:
        """An address that opens the file, at the page where the form has pages."""
        if self.path is None:
            return None
        at_page = f"#page={page}" if page and self.path.suffix.lower() == ".pdf" else ""
        return self.path.resolve().as_uri() + at_page


@dataclass(frozen=True, slots=True)
class Answers:
    """What an officer, an auditor and a researcher ask of a year and the years before it."""

    year: int
    first: int
    scope: Scope
    comparison: SideBySide
    across: SideBySide
    earlier: tuple[SideBySide, ...]
    audited: Audited
    deadlines: tuple[LateDeadline, ...]
    ranks: tuple[RankDifference, ...]
    sources: dict[str, Source]

    @property
    def losses(self) -> tuple[Loss, ...]:
        return self.audited.losses

    @property
    def recurring(self) -> tuple[Recurrence, ...]:
        return self.audited.recurring

    @property
    def promises(self) -> tuple[Promise, ...]:
        return self.audited.promises

    @property
    def agencies(self) -> tuple[Answerable, ...]:
        return self.audited.agencies

    @property
    def kinds(self) -> tuple[KindShare, ...]:
        return self.audited.kinds

    @property
    def unclassified(self) -> Decimal | None:
        return self.audited.unclassified

    @property
    def without_reason(self) -> tuple[Loss, ...]:
        return self.audited.without_reason

    @property
    def without_amount(self) -> tuple[WithoutAmount, ...]:
        return self.audited.without_amount

    def link(self, sha256: str, page: int | None) -> str | None:
        source = self.sources.get(sha256)
        return source.link(page) if source else None

    def subject(self, lang: Language) -> str:
        """What the answers are about: a unit, the units of a province, or all."""
        if self.scope.unit:
            return self.scope.unit
        where = self.scope.province or label("all-provinces", lang)
        return (
            f"{label('units-of', lang, level=labelled('levels', self.scope.level, lang))} {where}"
            if self.scope.level
            else where
        )


def answers(
    store: Store,
    year: int,
    province: str | None = None,
    level: Level | None = None,
    unit: str | None = None,
    first: int | None = None,
    units: Units = "then",
    folder: Path | None = None,
) -> Answers:
    """Everything about a year, with the history from `first` on (five years where not given).

    `unit` narrows the audit, not the comparison. The documents are looked for
    where they were read and in `folder`.
    """
    start = year - 4 if first is None else first
    scope = Scope(start, year, province, level, unit)
    told = Audited(store, scope)
    comparison = side_by_side(store, year, province, level, units=units)
    hashes = set(told.documents) | {line.sha256 for block in comparison.blocks for line in block.lines}
    return Answers(
        year=year,
        first=start,
        scope=scope,
        comparison=comparison,
        across=side_by_side(store, year, province, level, by="across", units=units),
        earlier=tuple(side_by_side(store, one, province, level, units=units) for one in range(start, year)),
        audited=told,
        deadlines=late_deadlines(store, hashes),
        ranks=rank_differences(store, year, province, level),
        sources=sources(store, hashes, folder),
    )


def sources(store: Store, hashes: set[str], folder: Path | None = None) -> dict[str, Source]:
    """The documents of these content hashes, by hash."""
    shown = (DocumentRow.file, DocumentRow.sha256, DocumentRow.number, DocumentRow.date, DocumentRow.title)
    query = select(*shown, DocumentRow.method, DocumentRow.page_count).order_by(DocumentRow.file, DocumentRow.sha256)
    read = select(RunFileRow.sha256, RunFileRow.path).where(RunFileRow.outcome == "read").order_by(RunFileRow.id)
    with store.reading() as connection:
        paths = {row.sha256: row.path for row in connection.execute(read) if row.sha256 in hashes}
        rows = [row for row in connection.execute(query) if row.sha256 in hashes]
    found = {}
    for row in rows:
        places = [Path(paths[row.sha256])] if row.sha256 in paths else []
        places += [folder / row.file] if folder else [Path(row.file)]
        path = next((place for place in places if place.is_file()), None)
        found[row.sha256] = Source(
            row.file, row.sha256, row.number, row.date, row.title, row.method, row.page_count, path
        )
    return found
