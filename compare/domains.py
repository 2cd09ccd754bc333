"""Results brought to domains: the score of a domain and the points lost in it, or why there is none.

Absent is never zero. A domain whose score is not printed has one only where the report lists every criterion of it;
points lost are zero only where the report's own total shows that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from audit.rounding import agree
from normalize.codes import Code

Origin = Literal["printed", "summed", "closed", "incomplete", "twice", "not-listed"]

# Shares are given to a hundredth of a per cent; ranks are made from the exact ones.
SHARE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Scored:
    """What a comparison needs of a result, in points; `review` says that a person must look at it."""

    code: Code
    name: str | None
    maximum: Decimal | None
    score: Decimal | None
    deducted: Decimal | None
    review: bool = False

    @property
    def lost(self) -> Decimal | None:
        """The points lost: as the report says, else what the score lacks to its maximum."""
        if self.deducted is not None or self.maximum is None or self.score is None:
            return self.deducted
        return self.maximum - self.score if self.score <= self.maximum else None


@dataclass(frozen=True, slots=True)
class Points:
    """A number of the table, or None and why it is absent.

    `origin`: printed in the report; summed from all criteria of the domain; closed (nothing listed, and the total shows
    that nothing was lost); or absent because the criteria listed are not all (incomplete), because a code stands twice
    with different numbers (twice), or because the report says nothing about it (not-listed).
    """

    score: Decimal | None
    maximum: Decimal | None
    origin: Origin
    review: bool = False

    @property
    def share(self) -> Decimal | None:
        """The share of the maximum, to four places; None where either number is absent or the maximum is zero."""
        if self.score is None or not self.maximum:
            return None
        return (self.score / self.maximum).quantize(SHARE)


@cache
def code_of(text: str) -> Code:
    """The code of a canonical text; archives hold few different ones."""
    return Code.of(text)


def by_domain(results: Iterable[Scored]) -> dict[int, list[Scored]]:
    found: dict[int, list[Scored]] = {}
    for result in results:
        found.setdefault(result.code.parts[0], []).append(result)
    return found


def domain_score(rows: Sequence[Scored], known_maximum: Decimal | None) -> Points:
    """The score of one domain from its rows; `known_maximum` is used where the report prints none.

    >>> rows = [Scored(Code((1, n)), None, Decimal(2), Decimal("1.5"), None) for n in (1, 2, 3)]
    >>> domain_score(rows, Decimal(6))
    Points(score=Decimal('4.5'), maximum=Decimal('6'), origin='summed', review=False)
    >>> domain_score(rows, Decimal(8)).origin, domain_score(rows, None).origin
    ('incomplete', 'incomplete')
    """
    if not rows:
        return Points(None, known_maximum, "not-listed")
    own = [row for row in rows if len(row.code.parts) == 1]
    if _contradict(rows):
        return Points(None, known_maximum, "twice", review=True)
    maximum = next((row.maximum for row in own if row.maximum is not None), known_maximum)
    printed = next((row for row in own if row.score is not None), None)
    if printed is not None and printed.score is not None:
        above = maximum is not None and printed.score > maximum
        return Points(printed.score, maximum, "printed", printed.review or above)
    parts = topmost([row for row in rows if row.maximum is not None and row.score is not None])
    whole = sum((row.maximum for row in parts if row.maximum is not None), Decimal(0))
    if maximum is None or not parts or whole != maximum:
        return Points(None, maximum, "incomplete")
    score = sum((row.score for row in parts if row.score is not None), Decimal(0))
    return Points(score, maximum, "summed", any(row.review for row in parts))


def domain_loss(rows: Sequence[Scored]) -> Points:
    """The points lost in one domain: printed for the domain, else the sum of what its criteria lost."""
    if not rows:
        return Points(None, None, "not-listed")
    if _contradict(rows):
        return Points(None, None, "twice", review=True)
    parts = topmost([row for row in rows if row.lost is not None])
    if not parts:
        return Points(None, None, "incomplete")
    lost = sum((row.lost for row in parts if row.lost is not None), Decimal(0))
    origin: Origin = "printed" if len(parts[0].code.parts) == 1 else "summed"
    return Points(lost, None, origin, any(row.review for row in parts))


def closes(total: Decimal | None, lost: Mapping[int, Points]) -> bool:
    """Whether the points lost by domain add up to the total that the report prints, within rounding.

    Where they do, domains that list no loss lost nothing, for no loss is negative.
    """
    known = [points.score for points in lost.values() if points.score is not None]
    contradicted = any(points.origin == "twice" for points in lost.values())
    return total is not None and not contradicted and agree(total, known)


def topmost(rows: Sequence[Scored]) -> list[Scored]:
    """The rows that stand under no other of them, so that no point is counted twice; a code that stands twice, once."""
    kept: list[Scored] = []
    for row in sorted(rows, key=lambda row: row.code):
        if not any(row.code == above.code or row.code.under(above.code) for above in kept):
            kept.append(row)
    return kept


def _contradict(rows: Sequence[Scored]) -> bool:
    """Whether a code stands twice with different numbers."""
    first: dict[Code, Scored] = {}
    for row in rows:
        other = first.setdefault(row.code, row)
        if (row.maximum, row.score, row.deducted) != (other.maximum, other.score, other.deducted):
            return True
    return False
