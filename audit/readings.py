"""What a recognised number may be instead: the engine's other readings and those one confusion away, with their costs.

A cost is the negative logarithm of a likelihood, in thousandths: that numbers read with this confidence are right, or
that they are wrong and came from this other reading. Typed numbers have one reading.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Literal

from audit.confusions import texts_before
from normalize.decimals import is_ambiguous, parse_pair, parse_score
from normalize.records import Assessment, Score
from normalize.value import Printed, Refusal

Role = Literal["only", "score", "maximum"]
Origin = Literal["read", "engine", "confusion"]

# How often a number read with at most this confidence was wrong, counted on generated scans (even seeds): an engine is
# far less often wrong than its confidence says, but now and then wrong and sure of it. The last are numerals of which
# every digit looks like the others of its page too.
_WRONG = (
    (0.05, 0.80), (0.31, 0.20), (0.60, 0.15), (0.85, 0.10), (0.92, 0.02), (0.955, 0.006), (0.975, 0.002), (1.0, 0.0002),
)  # fmt: skip
# Of what may stand there instead, the engine's own other readings have the greater part.
_ENGINES = 0.6
_MOST_READINGS = 60
_LARGEST = Decimal(1000)
_OF_TOTALS = (
    "max_score", "self_score", "score", "appraised_score", "survey_score", "deducted", "index_percent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a printed number or pair, with its values by role and its cost in thousandths."""

    text: str
    values: tuple[tuple[Role, Decimal], ...]
    cost: int
    origin: Origin

    def value(self, role: Role) -> Decimal:
        return dict(self.values)[role]


@dataclass(frozen=True)
class Site:
    """A place where numbers are printed together: a number by itself, or a pair "0,5/1" that is one reading.

    `numbers` are the values of the assessment that were read there, each in its role.
    """

    printed: Printed
    numbers: tuple[tuple[Role, Score], ...]

    @cached_property
    def current(self) -> Candidate:
        """The reading as it is."""
        read = tuple({role: value.value for role, value in self.numbers}.items())
        return Candidate(self.printed.text, read, _cost(1 - wrong_rate(self.printed.confidence)), "read")

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The reading as it is, and what it may be instead, the likeliest first; worked out only where it is asked."""
        roles = tuple(role for role, _ in self.current.values)
        changeable = self.printed.confidence is not None and values_of(self.printed, roles) == self.current.values
        if not changeable or any(is_ambiguous(value) for _, value in self.numbers):
            return (self.current,)
        return (self.current, *_others(self.printed, roles, self.current))

    @property
    def confidence(self) -> float | None:
        return self.printed.confidence

    @property
    def recognised(self) -> bool:
        return self.printed.confidence is not None


def scores_of(assessment: Assessment) -> Iterator[tuple[str, Score]]:
    """Every stated number of an assessment with its field, once as an object: computed deductions are left out."""
    seen: set[int] = set()
    own: list[tuple[str, Score | None]] = [(name, getattr(assessment.totals, name)) for name in _OF_TOTALS]
    for result in assessment.results:
        own += [(name, value) for name, value in result.scores() if name != "deducted" or result.deducted_stated]
        own += [("amount", item.amount) for item in result.deductions if not is_computed(item.amount)]
    for name, value in own:
        if value is not None and id(value) not in seen:
            seen.add(id(value))
            yield name, value


def is_computed(value: Score) -> bool:
    """Whether a deduction was computed as max - score and stands nowhere in print."""
    return value.pattern == "max-minus-score"


def sites_of(assessment: Assessment) -> tuple[Site, ...]:
    """The sites of an assessment in printed order."""
    groups: dict[object, list[tuple[str, Score]]] = {}
    for name, value in scores_of(assessment):
        groups.setdefault(_key(value), []).append((name, value))
    return tuple(_site(values) for values in groups.values())


def _key(value: Score) -> object:
    """What makes two numbers one reading: the same print; both halves of a pair stand in the same box."""
    printed = value.printed
    if printed.confidence is not None and printed.place.box is not None and _is_pair(printed):
        return printed
    return id(printed)


def _is_pair(printed: Printed) -> bool:
    return "/" in printed.text and not isinstance(parse_pair(printed), Refusal)


def _site(values: Sequence[tuple[str, Score]]) -> Site:
    printed = values[0][1].printed
    pair = _is_pair(printed)
    numbers = tuple((_role(name, pair), value) for name, value in values)
    return Site(printed, numbers)


def _role(name: str, pair: bool) -> Role:
    if not pair:
        return "only"
    return "maximum" if name == "max_score" else "score"


def wrong_rate(confidence: float | None) -> float:
    """The share of wrong numbers among those read with this confidence; 0 for typed ones.

    >>> wrong_rate(0.95), wrong_rate(0.2), wrong_rate(None)
    (0.006, 0.2, 0.0)
    """
    if confidence is None:
        return 0.0
    return next(rate for limit, rate in _WRONG if confidence <= limit or limit == 1.0)


def _cost(likelihood: float) -> int:
    return round(-1000 * math.log(max(likelihood, 1e-9)))


def _others(printed: Printed, roles: tuple[Role, ...], current: Candidate) -> tuple[Candidate, ...]:
    """The other readings, the likeliest first; those that give the same numbers are one."""
    rest = wrong_rate(printed.confidence)
    offered = [one for one in printed.alternatives if one.text]
    weight = sum(max(one.confidence, 0.05) for one in offered)
    texts: list[tuple[str, float, Origin]] = [
        (one.text, _ENGINES * max(one.confidence, 0.05) / weight, "engine") for one in offered
    ]
    part = 1 - _ENGINES if offered else 1.0
    texts += [(text, part * share, "confusion") for text, share in texts_before(printed.text)]
    found: dict[tuple[tuple[Role, Decimal], ...], Candidate] = {}
    for text, share, origin in texts:
        values = _values_in(text, roles)
        if values is None or values == current.values:
            continue
        candidate = Candidate(text, values, _cost(rest * share), origin)
        before = found.get(values)
        if before is None:
            found[values] = candidate
        elif candidate.cost < before.cost:
            found[values] = replace(candidate, origin=before.origin if before.origin == "engine" else origin)
    return tuple(sorted(found.values(), key=lambda one: (one.cost, one.text)))[:_MOST_READINGS]


def values_of(printed: Printed, roles: tuple[Role, ...]) -> tuple[tuple[Role, Decimal], ...] | None:
    """The numbers a text gives in these roles; None where it gives none, or an impossible one."""
    return _values_in(printed.text, roles)


@lru_cache(maxsize=1 << 15)  # one misreading away from each other, numerals are few
def _values_in(text: str, roles: tuple[Role, ...]) -> tuple[tuple[Role, Decimal], ...] | None:
    printed = Printed(text)
    if "only" not in roles:
        pair = parse_pair(printed)
        if isinstance(pair, Refusal) or pair[0].value > pair[1].value or any(is_ambiguous(each) for each in pair):
            return None
        both: dict[Role, Decimal] = {"score": pair[0].value, "maximum": pair[1].value}
        return tuple((role, both[role]) for role in roles)
    single = parse_score(printed)
    if len(roles) > 1 or isinstance(single, Refusal) or is_ambiguous(single) or single.value >= _LARGEST:
        return None
    return (("only", single.value),)
