"""Which recognised numbers a person must see: those that nothing confirms and that were read without certainty.

An equation confirms its numbers when it closes to the last digit over three or more independent readings, all but
one of them of some certainty: two misreadings that make up for each other are rare, but not where both were doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regex

from audit.equations import Equation
from normalize.codes import Code
from normalize.decimals import is_ambiguous
from normalize.records import Assessment, Score
from normalize.value import Value

# A lone number below this share of confidence goes to review. Chosen on the generated scans, not on the real reports.
ACCEPTED = 0.90
# From here on a number is certain enough to lay a contradiction to the report itself: on the generated scans fewer such
# numbers are misread than reports hold errors of their own.
CERTAIN = 0.955
# A number that an equation confirms is accepted down to here.
CONFIRMED = 0.30
# At most one of the numbers of an equation that confirms may lie below this.
_SOME_CERTAINTY = 0.50
_LEAST_READINGS = 3
_SEPARATOR = regex.compile(r"[.,]")


def doubts_of_confidence(assessment: Assessment, equations: Sequence[Equation]) -> Iterator[tuple[int, str]]:
    """The positions of results with a number that is neither confirmed nor read with certainty, and why."""
    confirmed = confirmed_by(equations)
    for position, result in enumerate(assessment.results):
        code = result.code.confidence
        if code is not None and code < CONFIRMED and not _in_sequence(assessment, position):
            yield position, "low-confidence-code"
        for name, value in result.scores():
            if name == "deducted" and not result.deducted_stated:
                continue
            if _needs_person(value, id(value) in confirmed):
                yield position, f"low-confidence-{name.replace('_', '-')}"
            if is_ambiguous(value) and id(value) not in confirmed:
                yield position, f"ambiguous-{name.replace('_', '-')}"


def is_certain(value: Value[Any]) -> bool:
    """Whether a text was typed or read with certainty, so that what is wrong in it is the report's own."""
    return value.confidence is None or value.confidence >= CERTAIN


def confirmed_by(equations: Sequence[Equation]) -> frozenset[int]:
    """The identities of the values that some equation confirms."""
    return frozenset(id(value) for equation in equations if confirms(equation) for value in equation.values)


def confirms(equation: Equation) -> bool:
    """Whether an equation closes in a way that chance hardly explains."""
    if not equation.exact:
        return False
    readings = {(value.printed.place, value.printed.text, id(value.printed)) for value in equation.values}
    weak = sum(value.confidence is not None and value.confidence < _SOME_CERTAINTY for value in equation.values)
    enough = len(equation.values) >= _LEAST_READINGS and len(readings) > 1
    return enough and weak <= 1 and not _may_have_lost_commas(equation)


def _may_have_lost_commas(equation: Equation) -> bool:
    """Whether every number may be ten times too large: 1,5 - 1,0 = 0,5 still closes as 15 - 10 = 05."""
    counted = [value for value in equation.values if value.value]
    if any(value.confidence is None or _SEPARATOR.search(value.printed.text) for value in counted):
        return False
    return all(value.value >= 10 or value.printed.text.startswith("0") for value in counted)


def _in_sequence(assessment: Assessment, position: int) -> bool:
    """Whether a code stands between smaller and larger ones and follows the one before or leads to the one after."""
    codes = [result.code.value for result in assessment.results]
    if not 0 < position < len(codes) - 1:
        return False
    before, own, after = codes[position - 1 : position + 2]
    return before < own < after and (_follows(before, own) or _follows(own, after))


def _follows(first: Code, second: Code) -> bool:
    """Whether a code may come directly after another: its first child, its next sibling, or that of one above it.

    >>> [_follows(Code.of(a), Code.of(b)) for a, b in (("1", "1.1"), ("1.1", "1.2"), ("1.1.4", "1.2"), ("1.1", "1.3"))]
    [True, True, True, False]
    """
    depth = len(second.parts)
    if second.parts == (*first.parts, 1):
        return True
    return depth <= len(first.parts) and second.parts == (*first.parts[: depth - 1], first.parts[depth - 1] + 1)


def _needs_person(value: Score, confirmed: bool) -> bool:
    return value.confidence is not None and value.confidence < (CONFIRMED if confirmed else ACCEPTED)
