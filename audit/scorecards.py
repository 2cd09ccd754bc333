"""Scorecards (bộ tiêu chí): what may be scored, from a decision, from the data shipped, or by consensus of reports.

The same code means different criteria in different scorecards, so a scorecard holds for one level of unit, one
province (None: all of them) and some years, and is used only for assessments it fits.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from audit.confidence import is_certain
from audit.rounding import plain_decimal
from normalize.codes import Code
from normalize.records import Assessment, Finding, Level, Result, ScorecardRow
from normalize.text import fold
from normalize.value import Printed, Value

# A scorecard fits an assessment that shares so many criteria with it, and of these so many with the same maximum.
_SHARED = 5
_FITS = 0.8
# Wordings of one criterion differ from report to report; what is less alike than this is another criterion.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with its maximum in points; `support` is how many assessments show it so (0: a decision says it)."""

    code: Code
    name: str | None
    maximum: Decimal | None
    support: int = 0


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`source` is the number of the decision, or "consensus". `year_to` None: still in force."""

    source: str
    level: Level | None
    province: str | None
    year_from: int | None
    year_to: int | None
    criteria: Mapping[Code, Criterion]

    def holds_for(self, assessment: Assessment) -> bool:
        """Whether level, province and year of an assessment are those of the scorecard; what is unknown may be."""
        unit, year = assessment.unit, assessment.year
        return (
            (self.level is None or unit.level is None or unit.level == self.level)
            and (self.province is None or unit.province is None or unit.province == self.province)
            and (year is None or self.year_from is None or year >= self.year_from)
            and (year is None or self.year_to is None or year <= self.year_to)
        )

    def fits(self, assessment: Assessment) -> bool:
        """Whether it holds for the assessment and nearly all maxima of the criteria they share are the same."""
        pairs = [
            (result.max_score.value, own.maximum)
            for result in assessment.results
            if result.max_score is not None
            and (own := self.criteria.get(result.code.value)) is not None
            and own.maximum is not None
        ]
        same = sum(found == wanted for found, wanted in pairs)
        return self.holds_for(assessment) and len(pairs) >= _SHARED and same >= _FITS * len(pairs)


@cache
def national_scorecard() -> Scorecard:
    """The scorecard for provinces of Decision 1187/QĐ-BNV, in force from 2025."""
    text = files("patterns").joinpath("scorecards", "national-1187-2025.json").read_text(encoding="utf8")
    data = json.loads(text)
    criteria = [
        Criterion(Code.of(entry["code"]), entry["name"], Decimal(entry["max_score"])) for entry in data["criteria"]
    ]
    return Scorecard(
        source=data["decision"],
        level=data["applies_to"],
        province=data.get("province"),
        year_from=data["year_from"],
        year_to=data.get("year_to"),
        criteria={one.code: one for one in criteria},
    )


def scorecard_of_rows(
    rows: Iterable[ScorecardRow],
    source: str,
    level: Level | None = None,
    province: str | None = None,
    year_from: int | None = None,
) -> Scorecard:
    """The scorecard that a decision prints (family H); of a code that stands twice the first row counts."""
    criteria: dict[Code, Criterion] = {}
    for row in rows:
        maximum = row.max_score.value if row.max_score is not None else None
        name = row.name.value if row.name is not None else None
        criteria.setdefault(row.code.value, Criterion(row.code.value, name, maximum))
    return Scorecard(source, level, province, year_from, None, criteria)


def infer_scorecards(assessments: Iterable[Assessment]) -> tuple[Scorecard, ...]:
    """One scorecard for each level, province and year of which there are several units, by consensus."""
    groups: dict[tuple[str | None, str | None, int | None], list[Assessment]] = defaultdict(list)
    for assessment in assessments:
        groups[assessment.unit.level, assessment.unit.province, assessment.year].append(assessment)
    found = (infer_scorecard(group) for group in groups.values())
    return tuple(card for card in found if card is not None)


def infer_scorecard(assessments: Sequence[Assessment]) -> Scorecard | None:
    """The scorecard that assessments of one level, province and year agree on; None where no criterion has support.

    A maximum counts once a unit, and is taken where more than half of the units that state one, and at least two,
    state the same. Numbers in doubt do not vote.
    """
    votes: dict[Code, dict[str, Decimal]] = defaultdict(dict)
    names: dict[Code, Counter[str]] = defaultdict(Counter)
    for position, assessment in enumerate(assessments):
        voter = assessment.unit.name or f"#{position}"
        for result in assessment.results:
            if result.status == "review":
                continue
            if result.max_score is not None:
                votes[result.code.value].setdefault(voter, result.max_score.value.normalize())
            if result.name is not None:
                names[result.code.value][result.name.value] += 1
    criteria = {}
    for code in sorted(votes):
        (maximum, support), *_ = Counter(votes[code].values()).most_common(1)
        if support < 2 or 2 * support <= len(votes[code]):
            continue
        name = min(names[code], key=lambda text: (-names[code][text], text), default=None)
        criteria[code] = Criterion(code, name, maximum, support)
    if not criteria:
        return None
    first = assessments[0]
    return Scorecard("consensus", first.unit.level, first.unit.province, first.year, first.year, criteria)


def check_scorecard(assessment: Assessment, scorecard: Scorecard, number: int = 0) -> tuple[Finding, ...]:
    """Maxima and names that differ from the scorecard; nothing for an assessment that it does not fit.

    `number` is the position of the assessment in its report.
    """
    if not scorecard.fits(assessment):
        return ()
    found = []
    for result in assessment.results:
        criterion = scorecard.criteria.get(result.code.value)
        if criterion is not None:
            found += _differences(result, criterion, number)
    return tuple(found)


def _differences(result: Result, criterion: Criterion, number: int) -> list[Finding]:
    found = []
    maximum, name = result.max_score, result.name
    if maximum is not None and criterion.maximum is not None and maximum.value != criterion.maximum:
        found.append(
            Finding(
                rule="scorecard-maximum",
                severity="error",
                blame="source" if is_certain(maximum) else "unknown",
                code=result.code.value,
                expected=plain_decimal(criterion.maximum),
                found=plain_decimal(maximum.value),
                evidence=(maximum.printed,),
                assessment=number,
            )
        )
    if name is not None and criterion.name is not None and not same_name(name.value, criterion.name):
        found.append(
            Finding(
                rule="scorecard-name",
                severity="warning",
                blame="source" if is_certain(name) else "unknown",
                code=result.code.value,
                expected=criterion.name,
                found=name.value,
                evidence=(name.printed,),
                assessment=number,
            )
        )
    return found


def same_name(first: str, second: str) -> bool:
    """Whether two wordings name one criterion: alike, or one the beginning of the other.

    >>> same_name("Có sáng kiến, giải pháp", "Có sáng kiến, giải pháp, đề tài trong năm")
    True
    >>> same_name("Có sáng kiến, giải pháp", "Mức độ đa dạng trong tuyên truyền")
    False
    """
    one, other = fold(first), fold(second)
    if one.startswith(other) or other.startswith(one):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def with_names(assessment: Assessment, scorecard: Scorecard) -> Assessment:
    """The assessment with names from the scorecard where the report gives none, marked so in their steps."""
    if not scorecard.fits(assessment):
        return assessment
    return replace(assessment, results=tuple(_with_name(result, scorecard) for result in assessment.results))


def _with_name(result: Result, scorecard: Scorecard) -> Result:
    criterion = scorecard.criteria.get(result.code.value)
    if result.name is not None or criterion is None or criterion.name is None:
        return result
    step = f"scorecard: name of {criterion.code} from {scorecard.source}"
    return replace(result, name=Value(criterion.name, Printed(""), "scorecard", (step,)))
