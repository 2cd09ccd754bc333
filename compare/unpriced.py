"""What is said of a criterion without an amount: a reason or a remedy, and no document tells what was lost."""

from __future__ import annotations

from dataclasses import dataclass

from compare.history import History
from normalize.codes import Code
from normalize.records import Unit


@dataclass(frozen=True, slots=True)
class WithoutAmount:
    """A criterion with a reason or remedy and no amount that could be read."""

    unit: Unit
    year: int
    file: str
    sha256: str
    page: int | None
    code: Code
    name: str | None
    text: str


def without_amount(history: History) -> tuple[WithoutAmount, ...]:
    """Criteria with a reason or remedy of which no document of the unit and year tells what was lost."""
    found = []
    for (unit, year), several in history.told.items():
        known = {one.code for account in several for one in account.criteria if one.lost is not None}
        for account in several:
            for one in account.criteria:
                text = one.reason or one.remedy
                if one.code not in known and text:
                    source = account.source
                    found.append(
                        WithoutAmount(unit, year, source.file, source.sha256, one.page, one.code, one.name, text)
                    )
    return tuple(found)
