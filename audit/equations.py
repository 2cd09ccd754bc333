"""What must hold of the numbers of one assessment, as data: a stated number and the numbers it must equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from audit.rounding import agree, agree_share
from normalize.codes import Code
from normalize.records import Score

Relation = Literal["sum", "at-most", "share", "perhaps"]


@dataclass(frozen=True)
class Equation:
    """`stated` must equal the signed sum of `parts`; of a "share", 100 times the first part divided by the second.

    `owners` are the positions of the results it speaks of, the one that states the number first. The relation "at-most"
    lets the stated number be larger than the sum: children of which perhaps not all are listed. "perhaps" claims
    nothing, for nobody knows whether all parts are there; but closing to the last digit it confirms its numbers.
    `rounded`: which parts are known to be rounded from finer numbers that stand below them.
    """

    rule: str
    code: Code | None
    stated: Score
    parts: tuple[tuple[int, Score], ...]
    owners: tuple[int, ...]
    relation: Relation = "sum"
    rounded: tuple[bool, ...] = ()

    @cached_property
    def expected(self) -> Decimal:
        return self.expected_of([part.value for _, part in self.parts])

    @cached_property
    def holds(self) -> bool:
        return self.holds_for(self.stated.value, [part.value for _, part in self.parts])

    @cached_property
    def exact(self) -> bool:
        """Whether it holds to the last digit: only then does it confirm every digit of its numbers."""
        return self.relation != "share" and len(self.parts) > 1 and self.stated.value == self.expected

    def is_exact_with(self, changed: Mapping[int, Decimal]) -> bool:
        """Whether it would hold to the last digit with some of its numbers changed, by their identities."""
        values = [changed.get(id(value), value.value) for value in self.values]
        return self.relation == "sum" and len(self.parts) > 1 and values[0] == self.expected_of(values[1:])

    @cached_property
    def values(self) -> tuple[Score, ...]:
        return (self.stated, *(part for _, part in self.parts))

    @property
    def recognised(self) -> bool:
        """Whether any of its numbers was recognised from a picture."""
        return any(value.confidence is not None for value in self.values)

    def expected_of(self, parts: list[Decimal]) -> Decimal:
        """What the stated number should be, were these the parts; a share with two decimals."""
        if self.relation == "share":
            return (100 * parts[0] / parts[1]).quantize(Decimal("0.01")) if parts[1] else Decimal(0)
        return sum((sign * part for (sign, _), part in zip(self.parts, parts, strict=True)), Decimal(0))

    def holds_for(self, stated: Decimal, parts: list[Decimal]) -> bool:
        """Whether it would hold for these numbers, within rounding."""
        if self.relation == "perhaps":
            return True
        if self.relation == "share":
            return agree_share(stated, parts[0], parts[1])
        signed = [sign * part for (sign, _), part in zip(self.parts, parts, strict=True)]
        if self.relation == "at-most" and (len(parts) == 1 or sum(signed, Decimal(0)) < stated):
            return sum(signed, Decimal(0)) <= stated
        return agree(stated, signed, self.rounded)

    def holds_with(self, changed: Mapping[int, Decimal]) -> bool:
        """Whether it would hold with some of its numbers changed, by their identities."""
        values = [changed.get(id(value), value.value) for value in self.values]
        return self.holds_for(values[0], values[1:])
