"""Which recognised numbers a person must see: those that nothing confirms and that were read without certainty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.equations import Equation
from normalize.decimals import is_ambiguous
from normalize.records import Assessment, Score

# A lone number below this share of confidence goes to review. Chosen on the generated scans, not on the real reports.
ACCEPTED = 0.90
# A number that closes an equation with two others is accepted down to here: three misreadings rarely agree.
CONFIRMED = 0.30


def doubts_of_confidence(assessment: Assessment, holding: Sequence[Equation]) -> Iterator[tuple[int, str]]:
    """The positions of results with a number that is neither confirmed nor read with certainty, and why."""
    confirmed = {id(value) for equation in holding for value in equation.values}
    for position, result in enumerate(assessment.results):
        code = result.code.confidence
        if code is not None and code < CONFIRMED:
            yield position, "low-confidence-code"
        for name, value in result.scores():
            if name == "deducted" and not result.deducted_stated:
                continue
            if _needs_person(value, id(value) in confirmed):
                yield position, f"low-confidence-{name.replace('_', '-')}"
            if is_ambiguous(value) and id(value) not in confirmed:
                yield position, f"ambiguous-{name.replace('_', '-')}"


def _needs_person(value: Score, confirmed: bool) -> bool:
    return value.confidence is not None and value.confidence < (CONFIRMED if confirmed else ACCEPTED)
