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
from functools import cache, lru_cache
from importlib.resources import files

from audit.confidence import confirmed_by, is_certain
from audit.constraints import equations_of
from audit.rounding import plain_decimal
from normalize.codes import Code
from normalize.records import Assessment, Finding, Level, Result, Unit
from normalize.text import fold

# A scorecard fits an assessment that shares so many criteria with it, and of these so many with the same maximum.
_SHARED = 5
_FITS = 0.8
# So many units and such a share of those that print a criterion must agree for it to be held against the others.
_VOTERS = 3
_MAJORITY = 0.75
# Wordings of one criterion differ from report to report; what is less alike than this is another criterion.
_ALIKE = 0.6
CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with its maximum in points; `support` of the `voters` that state one show it so (0: decided)."""

    code: Code
    name: str | None
    maximum: Decimal | None
    support: int = 0
    voters: int = 0
    names_sure: bool = True

    @property
    def binding(self) -> bool:
        """Whether it may be held against a report: decided, or shown by nearly all of several units."""
        return not self.voters or _is_agreed(self.support, self.voters)


def _is_agreed(support: int, voters: int) -> bool:
    return support >= _VOTERS and support >= _MAJORITY * voters


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

    def name_for(self, result: Result) -> str | None:
        """The name of a result that its report does not name."""
        criterion = self.criteria.get(result.code.value)
        return criterion.name if result.name is None and criterion is not None else None

    def step(self, code: Code) -> str:
        """How a name taken from the scorecard notes it."""
        return f"scorecard: name of {code} from {self.source}"


@dataclass(frozen=True, slots=True)
class Group:
    """Units that one scorecard is decided for: those of a level in a year, of one province, communes of one district.

    Provinces are scored by the scorecard of the whole country; `province` and `district` are None where that is so.
    """

    level: Level
    province: str | None
    district: str | None
    year: int


def group_of(unit: Unit, year: int | None) -> Group | None:
    """The group of a unit in a year; None where its level, its province or the year is not known.

    >>> group_of(Unit("Tuần Giáo", "district", "Điện Biên"), 2019)
    Group(level='district', province='Điện Biên', district=None, year=2019)
    >>> group_of(Unit("Quảng Trị", "province", "Quảng Trị"), 2025)
    Group(level='province', province=None, district=None, year=2025)
    """
    if unit.level is None or year is None:
        return None
    if unit.level == "province":
        return Group("province", None, None, year)
    if unit.province is None:
        return None
    return Group(unit.level, unit.province, unit.district if unit.level == "commune" else None, year)


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


def infer_scorecard(assessments: Sequence[Assessment]) -> Scorecard | None:
    """The scorecard that assessments of one group agree on; None where no criterion has support.

    A maximum counts once a unit (a unit whose reports print different ones has no vote), and is taken where more than
    half of the units that state one, and at least two, state the same. Numbers in doubt do not vote. The order of the
    assessments does not matter.
    """
    votes: dict[Code, dict[tuple[str, str], set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    names: dict[Code, Counter[str]] = defaultdict(Counter)
    for position, assessment in enumerate(assessments):
        voter = (assessment.unit.name or f"#{position}", assessment.unit.district or "")
        for result in assessment.results:
            if result.status == "review":
                continue
            if result.max_score is not None:
                votes[result.code.value][voter].add(result.max_score.value.normalize())
            if result.name is not None:
                names[result.code.value][result.name.value] += 1
    criteria = {}
    for code in sorted(votes):
        counted = Counter(value for said in votes[code].values() if len(said) == 1 for value in said)
        if not counted:
            continue
        maximum, support = min(counted.items(), key=lambda entry: (-entry[1], entry[0]))
        if support < 2 or 2 * support <= len(votes[code]):
            continue
        name, sure = _agreed_name(names[code])
        criteria[code] = Criterion(code, name, maximum, support, len(votes[code]), sure)
    if not criteria:
        return None
    first = assessments[0]
    group = group_of(first.unit, first.year)
    province = group.province if group is not None else first.unit.province
    return Scorecard(CONSENSUS, first.unit.level, province, first.year, first.year, criteria)


def _agreed_name(names: Counter[str]) -> tuple[str | None, bool]:
    """The most frequent name, where more than half of the wordings name the same criterion; whether nearly all do."""
    name = min(names, key=lambda text: (-names[text], text), default=None)
    if name is None:
        return None, False
    alike = sum(count for text, count in names.items() if same_name(text, name))
    return (name if 2 * alike > names.total() else None), _is_agreed(alike, names.total())


def scorecard_for(assessment: Assessment, scorecards: Iterable[Scorecard]) -> Scorecard | None:
    """The first of the scorecards that fits."""
    return next((card for card in scorecards if card.fits(assessment)), None)


def check_scorecard(assessment: Assessment, scorecard: Scorecard, number: int = 0) -> tuple[Finding, ...]:
    """Maxima and names that differ from the scorecard; nothing for an assessment that it does not fit.

    `number` is the position of the assessment in its report.
    """
    if not scorecard.fits(assessment):
        return ()
    found = []
    for result in assessment.results:
        criterion = scorecard.criteria.get(result.code.value)
        if criterion is not None and criterion.binding:
            found += _differences(result, criterion, number)
    if scorecard.source == CONSENSUS and any(finding.rule == "scorecard-maximum" for finding in found):
        own = confirmed_by(equations_of(assessment))
        closing = {r.code.value for r in assessment.results if r.max_score is not None and id(r.max_score) in own}
        found = [_other_scorecard(finding) if finding.code in closing else finding for finding in found]
    return tuple(found)


def _other_scorecard(finding: Finding) -> Finding:
    """A maximum that the others do not have but that closes the report's own sums: perhaps decided for this unit."""
    return replace(finding, severity="warning", blame="unknown") if finding.rule == "scorecard-maximum" else finding


def _differences(result: Result, criterion: Criterion, number: int) -> list[Finding]:
    found = []
    maximum, name = result.max_score, result.name
    if maximum is not None and criterion.maximum is not None and maximum.value != criterion.maximum:
        found.append(
            Finding(
                rule="scorecard-maximum",
                severity="error",
                blame="source" if is_certain(maximum) and not result.doubts else "unknown",
                code=result.code.value,
                expected=plain_decimal(criterion.maximum),
                found=plain_decimal(maximum.value),
                evidence=(maximum.printed,),
                assessment=number,
            )
        )
    if not criterion.names_sure:
        return found
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


@lru_cache(maxsize=4096)
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
