"""A unit's scores under a scorecard: self and appraised, deductions with reasons, the agencies that answer for them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from samples.scorecard import Node, Scorecard
from samples.truth import Agency
from samples.vocabulary import agencies_of, reason, remedy


@dataclass(frozen=True, slots=True)
class Scored:
    """A node with all that could be printed of it; reports print a part."""

    node: Node
    score: Decimal
    self_score: Decimal
    round_one: Decimal
    reasons: tuple[tuple[Decimal, str], ...] = ()
    agencies: tuple[Agency, ...] = ()
    remedy: str | None = None

    @property
    def lost(self) -> Decimal:
        return self.node.max_score - self.score

    @property
    def leaf(self) -> bool:
        return not self.node.children


def score_unit(
    scorecard: Scorecard, rng: random.Random, year: int, skill: float | None = None, *, told: str = "full"
) -> tuple[Scored, ...]:
    """All nodes scored, parents as the sums of their children. `skill` is the share of leaves with full marks.

    `told` says how reasons and remedies are written: "full", "plain" (one sentence each), or "not" at all, which does
    for rankings of many units.
    """
    share = rng.uniform(0.35, 0.75) if skill is None else skill
    scored: list[Scored] = []
    for domain in scorecard.domains:
        scored.extend(_node(domain, scorecard.level, rng, year, share, told))
    return tuple(scored)


def _node(node: Node, level: str, rng: random.Random, year: int, share: float, told: str) -> list[Scored]:
    if node.children:
        below: list[Scored] = []
        own: list[Scored] = []
        for child in node.children:
            branch = _node(child, level, rng, year, share, told)
            own.append(branch[0])
            below.extend(branch)
        whole = Scored(
            node,
            sum((one.score for one in own), Decimal(0)),
            sum((one.self_score for one in own), Decimal(0)),
            sum((one.round_one for one in own), Decimal(0)),
            agencies=own[0].agencies,
        )
        return [whole, *below]
    score = _score(node, rng, share)
    self_score = node.max_score if rng.random() < 0.6 else max(score, _stepped(node.max_score, rng))
    if node.survey:
        self_score = score
    round_one = score if rng.random() < 0.7 or node.survey else min(score, _stepped(score, rng))
    lost = node.max_score - score
    reasons: tuple[tuple[Decimal, str], ...] = ()
    if told != "not" and lost and not node.survey:
        reasons = tuple((part, reason(node.domain, rng, year, plain=told == "plain")) for part in _parts(lost, rng))
    names = agencies_of(level, node.domain)
    count = 2 if len(names) > 1 and rng.random() < 0.12 else 1
    agencies = tuple(Agency(name) for name in rng.sample(names, min(count, len(names))))
    mended = (
        remedy(node.domain, rng, year) if told != "not" and lost and not node.survey and rng.random() < 0.9 else None
    )
    return [Scored(node, score, self_score, round_one, reasons, agencies, mended)]


def _score(node: Node, rng: random.Random, share: float) -> Decimal:
    maximum = node.max_score
    if node.survey:
        return (maximum * Decimal(str(rng.uniform(0.66, 0.93)))).quantize(Decimal("0.001"), ROUND_HALF_UP)
    draw = rng.random()
    if draw < share:
        return maximum
    if draw < share + 0.1:
        return Decimal(0)
    if draw < share + 0.18:
        places = rng.choice((2, 3, 4))
        return min(
            maximum - Decimal("0.01"),
            (maximum * Decimal(str(rng.uniform(0.2, 0.97)))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP),
        )
    return _stepped(maximum, rng)


def _stepped(maximum: Decimal, rng: random.Random) -> Decimal:
    """A score below the maximum in quarter points."""
    quarters = int(maximum / Decimal("0.25"))
    return Decimal("0.25") * rng.randint(0, max(quarters - 1, 0))


def _parts(lost: Decimal, rng: random.Random) -> list[Decimal]:
    """Itemised deductions that sum to what was lost: one, or two or three in hundredths."""
    count = rng.choice((1, 1, 1, 2, 2, 3)) if lost >= Decimal("0.5") else 1
    parts: list[Decimal] = []
    rest = lost
    for _ in range(count - 1):
        part = (rest * Decimal(str(rng.uniform(0.2, 0.6)))).quantize(Decimal("0.05"), ROUND_HALF_UP)
        part = min(max(part, Decimal("0.05")), rest - Decimal("0.05"))
        if part <= 0:
            break
        parts.append(part)
        rest -= part
    return [*parts, rest]
