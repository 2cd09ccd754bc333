"""What reading a document anew did to its results: gained, lost, changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from normalize.codes import Code
from normalize.records import Report, Result, Unit

# A result by whose it is, for when, its code, and which of several with the same code it is.
Key = tuple[Unit, int | None, str | None, Code, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of results."""

    gained: int = 0
    lost: int = 0
    changed: int = 0

    def __add__(self, other: Changes) -> Changes:
        return Changes(self.gained + other.gained, self.lost + other.lost, self.changed + other.changed)

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost or self.changed)


def changes(before: Report, after: Report) -> Changes:
    """Results that only one of two reports has, and those that say something else. Derivations are not compared."""
    old, new = _results(before), _results(after)
    changed = sum(_said(old[key]) != _said(new[key]) for key in old.keys() & new.keys())
    return Changes(len(new.keys() - old.keys()), len(old.keys() - new.keys()), changed)


def _results(report: Report) -> Mapping[Key, Result]:
    found: dict[Key, Result] = {}
    for assessment in report.assessments:
        for result in assessment.results:
            number = 0
            while (key := (assessment.unit, assessment.year, assessment.period, result.code.value, number)) in found:
                number += 1
            found[key] = result
    return found


def _said(result: Result) -> tuple[object, ...]:
    """What a result says, without how it was come by."""
    numbers: Iterable[tuple[str, Decimal]] = ((name, value.value) for name, value in result.scores())
    texts = (value and value.value for value in (result.name, result.remedy, result.deadline))
    items = ((item.amount.value, item.reason and item.reason.value) for item in result.deductions)
    agencies = ((agency.name, agency.role) for agency in result.agencies)
    return (
        tuple(numbers), tuple(texts), tuple(items), tuple(agencies), result.survey, result.status, result.doubts,
    )  # fmt: skip
