"""Which assessments were scored by one scorecard: those of a province and level whose maxima agree code by code.

The same code means different criteria in different scorecards, so that codes are compared inside one tree only. A
printed maximum that is wrong in one report does not make a scorecard of its own: nine in ten of the shared maxima must
agree, and cells with another maximum than the tree's are told apart by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from compare.domains import Scored
from normalize.codes import Code

Owner = TypeVar("Owner", bound=Hashable)
# Of the maxima that two assessments share, how many must agree.
AGREEING = Decimal("0.9")


@dataclass(slots=True)
class Tree(Generic[Owner]):
    """The criteria of one scorecard as the reports print them, and the assessments scored by it."""

    owners: list[Owner] = field(default_factory=list)
    printed: dict[Code, Counter[Decimal]] = field(default_factory=dict)
    named: dict[Code, Counter[str]] = field(default_factory=dict)

    @property
    def maxima(self) -> dict[Code, Decimal]:
        """The maximum of each criterion that most reports print."""
        return {code: max(seen, key=lambda one: (seen[one], one)) for code, seen in sorted(self.printed.items())}

    def name(self, code: Code) -> str | None:
        """The name of a criterion that most reports print, the longest where several are as frequent."""
        seen = self.named.get(code)
        return max(seen, key=lambda one: (seen[one], len(one), one)) if seen else None

    def takes(self, maxima: Mapping[Code, Decimal]) -> bool:
        """Whether these maxima belong to this tree: some are shared, and nearly all of those agree."""
        shared = [code for code in maxima if code in self.printed]
        agreeing = sum(maxima[code] in self.printed[code] for code in shared)
        return bool(shared) and Decimal(agreeing) >= AGREEING * len(shared)

    def add(self, owner: Owner, rows: Sequence[Scored]) -> None:
        self.owners.append(owner)
        for row in rows:
            if row.maximum is not None:
                self.printed.setdefault(row.code, Counter())[row.maximum] += 1
            if row.name:
                self.named.setdefault(row.code, Counter())[row.name] += 1


def trees(assessments: Mapping[Owner, Sequence[Scored]]) -> list[Tree[Owner]]:
    """The scorecards of assessments of one province and level, the one with the most criteria first.

    Assessments without any maximum stand in no tree.

    >>> two, three = Decimal(2), Decimal(3)
    >>> def rows(*maxima): return [Scored(Code((1, n)), None, m, None, None) for n, m in enumerate(maxima, 1)]
    >>> [tree.owners for tree in trees({"a": rows(two, two), "b": rows(two), "c": rows(three, two)})]
    [['a', 'b'], ['c']]
    """
    found: list[Tree[Owner]] = []
    maxima = {owner: {r.code: r.maximum for r in rows if r.maximum is not None} for owner, rows in assessments.items()}
    for owner in sorted(maxima, key=lambda one: -len(maxima[one])):
        if not maxima[owner]:
            continue
        tree = next((tree for tree in found if tree.takes(maxima[owner])), None)
        if tree is None:
            tree = Tree()
            found.append(tree)
        tree.add(owner, assessments[owner])
    return found
