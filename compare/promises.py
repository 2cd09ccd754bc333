"""What remedy plans promised, against what the next report shows.

A promise is a criterion with a remedy (family C, and analyses that name one). It is kept where the criterion lost
nothing in the next period, eased where it lost less, broken where it lost as much or more. Nothing can be said where
there is no next report, another scorecard was in force (or the reports share no criterion that would show it is the
same), or the next report does not list the criterion and its losses do not add up to its total, so that not being
listed proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlalchemy import select

from compare.comparison import lost_total
from compare.domains import Points, closes
from compare.history import History
from compare.losses import Account, Agencies, Criterion, losses
from load.models import DocumentRow, EvidenceRow, FindingRow
from load.store import Store
from normalize.codes import Code
from normalize.records import Unit

Outcome = Literal["kept", "eased", "broken", "unknown"]
Why = Literal["", "no-next-report", "other-scorecard", "scorecard-unknown", "not-listed", "no-amount"]


@dataclass(frozen=True, slots=True)
class Promise:
    """A remedy and what became of it. `lost` are the points lost then, `lost_after` those in the year `checked`.

    `review`: one of the two numbers is marked for a person to look at. `own`: the later one is the unit's own score,
    which nobody appraised. `why` says why the outcome is unknown.
    """

    unit: Unit
    year: int
    code: Code
    name: str | None
    remedy: str
    deadline: str | None
    agencies: Agencies
    lost: Decimal | None
    file: str
    sha256: str
    page: int | None
    outcome: Outcome
    why: Why = ""
    checked: int | None = None
    lost_after: Decimal | None = None
    next_file: str | None = None
    next_page: int | None = None
    review: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class LateDeadline:
    """A deadline that had passed when its plan was issued, as the audit of the document found it."""

    file: str
    sha256: str
    code: str | None
    issued: str | None
    deadline: str | None
    page: int | None


def promises(history: History) -> tuple[Promise, ...]:
    """Every remedy of the scope with its outcome, by unit, year and code."""
    found: list[Promise] = []
    for (unit, year), several in history.told.items():
        made: dict[Code, tuple[Account, Criterion]] = {}
        for account in several:
            for one in account.criteria:
                if one.remedy and one.code not in made:
                    made[one.code] = (account, one)
        found += [_promise(history, unit, year, account, one) for _, (account, one) in sorted(made.items())]
    return tuple(found)


def _promise(history: History, unit: Unit, year: int, account: Account, one: Criterion) -> Promise:
    lost = _lost(history.told[unit, year], one.code)
    outcome, why, after, source = _outcome(history, unit, year, one.code, lost[0])
    later = source[1] if source else None
    own = source is not None and source[0].source.basis == "self"
    return Promise(
        unit, year, one.code, one.name, one.remedy or "", one.deadline, one.agencies, lost[0], account.source.file,
        account.source.sha256, one.page, outcome, why, year + 1 if source else None, after,
        source[0].source.file if source else None, later.page if later else None,
        lost[1] or bool(later and later.review), outcome != "unknown" and own,
    )  # fmt: skip


def _lost(several: Iterable[Account], code: Code) -> tuple[Decimal | None, bool]:
    """What a criterion lost, by the document that speaks first among those that tell, and whether it needs a look."""
    for account in several:
        one = account.by_code.get(code)
        if one is not None and one.lost is not None:
            return one.lost, one.review
    return None, False


def _outcome(
    history: History, unit: Unit, year: int, code: Code, lost: Decimal | None
) -> tuple[Outcome, Why, Decimal | None, tuple[Account, Criterion | None] | None]:
    several = history.told.get((unit, year + 1))
    if not several:
        return "unknown", "no-next-report", None, None
    card, next_card = history.cards.get((unit, year)), history.cards.get((unit, year + 1))
    if card is None or card != next_card:
        shared = _maxima(history.told[unit, year]) & _maxima(several)
        return "unknown", "other-scorecard" if shared else "scorecard-unknown", None, (several[0], None)
    for account in several:
        later = account.by_code.get(code)
        if later is not None and later.lost is not None:
            if not later.lost:
                return "kept", "", later.lost, (account, later)
            if lost is None:
                return "unknown", "no-amount", later.lost, (account, later)
            return ("eased" if later.lost < lost else "broken"), "", later.lost, (account, later)
    whole = next((account for account in several if _tells_all(account)), None)
    if whole is not None:
        return "kept", "", Decimal(0), (whole, None)
    return "unknown", "not-listed", None, (several[0], None)


def _maxima(several: Iterable[Account]) -> set[Code]:
    """The codes whose maxima are printed."""
    return {one.code for account in several for one in account.criteria if one.maximum is not None}


def _tells_all(account: Account) -> bool:
    """Whether the losses that the document lists add up to its total: what it does not list lost nothing."""
    amounts = [loss.amount for loss in losses([account])]
    listed = sum(amounts, Decimal(0))
    return bool(amounts) and closes(lost_total(account.source), {0: Points(listed, None, "summed")})


def late_deadlines(store: Store, files: Iterable[str] | None = None) -> tuple[LateDeadline, ...]:
    """Deadlines before their plan, by file; of these documents (content hashes) only, where given."""
    wanted = None if files is None else set(files)
    query = select(
        DocumentRow.file, DocumentRow.sha256, FindingRow.code, FindingRow.expected, FindingRow.found, EvidenceRow.page
    ).join(DocumentRow, DocumentRow.id == FindingRow.document_id)
    evidence = (EvidenceRow.document_id == FindingRow.document_id) & (EvidenceRow.owner == "findings")
    query = query.outerjoin(EvidenceRow, evidence & (EvidenceRow.owner_position == FindingRow.position))
    query = query.where(FindingRow.rule == "deadline-before-plan").order_by(DocumentRow.file, FindingRow.position)
    with store.reading() as connection:
        rows = dict.fromkeys(LateDeadline(*row) for row in connection.execute(query))
    return tuple(row for row in rows if wanted is None or row.sha256 in wanted)
