"""What a comparison rests on: how many of the units it should show reported, and by what kind of document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from compare.comparison import UnitScores
from compare.labels import label, labelled
from load.records import Language
from normalize.records import Level, Unit


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of units of one level. `known` are those that have or should have a report for the year.

    `reported` have one for just this period; of them `drafts` by a document without a number, `own` with the unit's own
    scores only, `review` with a number that a person must look at. `estimates` are units that have a report for a part
    of the year only, by its period; `missing` those that have none.
    """

    level: Level | None
    known: int
    reported: int
    drafts: int = 0
    own: int = 0
    review: int = 0
    estimates: tuple[tuple[str, int], ...] = ()
    missing: tuple[Unit, ...] = ()

    def sentence(self, lang: Language) -> str:
        """The line under a table ("12 of 13 districts, 2 from drafts, 1 estimate for 9 months").

        >>> Coverage("district", 13, 12, drafts=2, estimates=(("9m", 1),)).sentence("en")
        '12 of 13 districts, 2 from drafts, 1 estimate for 9 months'
        """
        parts = [label("coverage", lang, n=self.reported, of=self.known, level=labelled("levels", self.level, lang))]
        for key, count in (("drafts", self.drafts), ("own", self.own), ("review", self.review)):
            if count:
                parts.append(label(f"coverage-{key}", lang, n=count))
        for period, count in self.estimates:
            parts.append(label("coverage-estimate", lang, n=count, period=labelled("period", period, lang)))
        return ", ".join(parts)


def coverage_of(
    rows: Iterable[UnitScores], estimates: Iterable[UnitScores], missing: Iterable[Unit]
) -> tuple[Coverage, ...]:
    """The coverage level by level; a unit with an estimate is known and not missing."""
    rows, estimated = list(rows), list(estimates)
    without = [unit for unit in missing if unit not in {row.unit for row in estimated}]
    levels = sorted({row.unit.level or "" for row in [*rows, *estimated]} | {unit.level or "" for unit in without})
    found = []
    for level in levels:
        own = [row for row in rows if (row.unit.level or "") == level]
        late = [row for row in estimated if (row.unit.level or "") == level]
        absent = tuple(unit for unit in without if (unit.level or "") == level)
        periods = Counter(row.period for row in late)
        found.append(
            Coverage(
                own[0].unit.level if own else late[0].unit.level if late else absent[0].level,
                len(own) + len(late) + len(absent),
                len(own),
                sum(row.draft for row in own),
                sum(row.basis == "self" for row in own),
                sum(row.review for row in own),
                tuple(sorted(periods.items())),
                absent,
            )
        )
    return tuple(found)
