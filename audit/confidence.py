"""Which recognised numbers a person must see: those that nothing confirms and that were read without certainty.

An equation confirms its numbers when it closes to the last digit over three or more independent readings, all but
one of them of some certainty: two misreadings that make up for each other are rare, but not where both were doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regex

from audit.code_order import in_sequence, out_of_order
from audit.equations import Equation
from audit.readings import wrong_rate
from audit.rounding import decimals_of
from normalize.decimals import AMBIGUOUS_THOUSANDS, is_ambiguous, parse_pair
from normalize.records import Assessment, Result, Score
from normalize.value import Refusal, Value

# A lone number below this share of confidence goes to review. Chosen on the generated scans, not on the real reports.
ACCEPTED = 0.90
# From here on a number is certain enough to lay a contradiction to the report itself: on the generated scans fewer such
# numbers are misread than reports hold errors of their own.
CERTAIN = 0.955
# Another reading of the engine with this confidence is a rival.
_RIVAL = 0.50
# A number that an equation confirms is accepted down to here.
CONFIRMED = 0.30
# How likely the two weakest numbers of an equation may be wrong together for it still to confirm: a wrong pair makes up
# for each other about once in thirty times.
_BOTH_WRONG = 0.015
_LEAST_READINGS = 3
_LOST_COMMA = regex.compile(r"0\d+(?![\d.,/])")
_SEPARATOR = regex.compile(r"[.,]")


def doubts_of_confidence(assessment: Assessment, equations: Sequence[Equation]) -> Iterator[tuple[int, str]]:
    """The positions of results with a number that is neither confirmed nor read with certainty, and why."""
    confirmed = confirmed_by(equations)
    yield from ((position, "code-out-of-order") for position in out_of_order(assessment))
    for position, result in enumerate(assessment.results):
        code = result.code.confidence
        if code is not None and code < CONFIRMED and not in_sequence(assessment, position):
            yield position, "low-confidence-code"
        for name, value in result.scores():
            if _is_other_half(name, value):
                yield position, f"unclear-half-{name.replace('_', '-')}"
            if name == "deducted" and not result.deducted_stated:
                continue
            if _needs_person(value, id(value) in confirmed) or (
                id(value) not in confirmed and _is_suspect(result, name)
            ):
                yield position, f"low-confidence-{name.replace('_', '-')}"
            if is_ambiguous(value) and id(value) not in confirmed and not _fits_maximum(result, name):
                yield position, f"ambiguous-{name.replace('_', '-')}"


def doubts_of_totals(assessment: Assessment, equations: Sequence[Equation]) -> Iterator[str]:
    """Why a person must look at the totals: recognised without certainty, and confirmed neither by a sum nor by the
    same number printed a second time (the score as an index of a hundred)."""
    confirmed = confirmed_by(equations)
    totals = assessment.totals
    named = [(name, getattr(totals, name)) for name in totals.__slots__]
    read = [(name, value) for name, value in named if value is not None]
    for name, value in read:
        again = any(
            other.value == value.value and other.printed != value.printed and (other.confidence or 1.0) >= CONFIRMED
            for other_name, other in read
            if other_name != name
        )
        if _needs_person(value, id(value) in confirmed or again):
            yield f"low-confidence-{name.replace('_', '-')}"


def _fits_maximum(result: Result, name: str) -> bool:
    """Whether "1.854" can only be a decimal: as thousands it would be far above the maximum printed beside it."""
    value, maximum = getattr(result, name), result.max_score
    thousands_only = all(not step.startswith("ambiguous-") or step == AMBIGUOUS_THOUSANDS for step in value.steps)
    if name == "max_score" or maximum is None or is_ambiguous(maximum):
        return False
    return thousands_only and bool(value.value <= maximum.value)


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
    rates = sorted(wrong_rate(value.confidence) for value in equation.values)
    enough = len(equation.values) >= _LEAST_READINGS and len(readings) > 1
    return enough and rates[-1] * rates[-2] <= _BOTH_WRONG and not _may_have_lost_commas(equation)


def doubtful_numbers(assessment: Assessment) -> Iterator[Score]:
    """The numbers of the results whose reading is in doubt by itself, whatever the sums say of them."""
    for result in assessment.results:
        for name, value in result.scores():
            ambiguous = is_ambiguous(value) and not _fits_maximum(result, name)
            if ambiguous or _is_other_half(name, value) or _looks_misread(result, name):
                yield value


def _is_suspect(result: Result, name: str) -> bool:
    """Whether a recognised number looks like a misreading, or is a score above what the unit asked for: the appraisers

    hardly ever give more.
    """
    value: Score = getattr(result, name)
    own = result.self_score
    above = name == "score" and own is not None and value.value > own.value
    return value.confidence is not None and (above or _looks_misread(result, name))


def _looks_misread(result: Result, name: str) -> bool:
    """Whether a recognised number looks like a usual misreading, however sure the engine was.

    "05" is more often 0,5 than 5; a difference has no more decimals than its parts; and an engine that was as sure of
    another number has not decided.
    """
    value: Score = getattr(result, name)
    if value.confidence is None:
        return False
    rival = any(
        one.confidence >= _RIVAL and _bare(one.text) != _bare(value.printed.text) for one in value.printed.alternatives
    )
    if name == "deducted" and not is_certain(value) and _is_finer(result, value):
        return True
    return rival or _LOST_COMMA.match(value.printed.text.strip("-– ")) is not None


def _is_finer(result: Result, value: Score) -> bool:
    """Whether a difference has more decimals than the numbers it is the difference of: 4 - 3,254 = 0,7466."""
    parts = [one.value for one in (result.max_score, result.score) if one is not None]
    return len(parts) == 2 and decimals_of(value.value) > max(map(decimals_of, parts))


def _bare(text: str) -> str:
    """A numeral as far as it tells numbers apart: blanks around the slash of a pair do not."""
    return "/".join(half.strip(" .,:;-\n") for half in text.split("/")).replace(",", ".")


def _is_other_half(name: str, value: Score) -> bool:
    """Whether a maximum printed as part of a pair is not its second half, or a score not its first."""
    if "/" not in value.printed.text or name not in ("max_score", "score"):
        return False
    pair = parse_pair(value.printed)
    if isinstance(pair, Refusal) or any(step.startswith(("repair", "maximum-first")) for step in value.steps):
        return False
    return value.value != pair[name == "max_score"].value


def _may_have_lost_commas(equation: Equation) -> bool:
    """Whether every number may be ten times too large: 1,5 - 1,0 = 0,5 still closes as 15 - 10 = 05."""
    counted = [value for value in equation.values if value.value]
    if any(value.confidence is None or _SEPARATOR.search(value.printed.text) for value in counted):
        return False
    return all(value.value >= 10 or value.printed.text.startswith("0") for value in counted)


def _needs_person(value: Value[Any], confirmed: bool) -> bool:
    return value.confidence is not None and value.confidence < (CONFIRMED if confirmed else ACCEPTED)
