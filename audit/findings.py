"""Causes in the form of findings: one a cause, with the numbers, the places and the blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from audit.confidence import CERTAIN, is_certain
from audit.equations import Equation
from audit.explaining import Cause
from audit.messages import UNCLOSED
from audit.readings import Site
from audit.rounding import plain_decimal
from normalize.codes import Code
from normalize.records import Assessment, Finding, Score

# Below this a number in a long broken sum is suspect even where no usual misreading of it would close the sum.
_BEYOND_DOUBT = 0.92
_SHORT = 16
Blame = Literal["source", "reading", "unknown"]


def finding_of(cause: Cause, assessment: Assessment, number: int) -> Finding:
    """The finding of a cause; `also` names the equations it closes, as "rule code".

    The code is that of the wrong number where it can be told, else that of the equation.
    """
    first = cause.first
    code, expected, found = first.code, first.expected, first.stated.value
    evidence = [value.printed for value in first.values]
    rule = first.rule
    if cause.root is not None and cause.value is not None:
        evidence.insert(0, cause.root.printed)
        if cause.slip != "forgotten-child":
            code, expected, found = _code_of(cause.root, assessment), cause.value, cause.root.value
        rule = cause.slip or "wrong-number"
    upper = "<= " if rule == first.rule and first.rule.endswith("-above-maximum") else ""
    if upper:
        expected, found = first.stated.value, first.parts[0][1].value
    return Finding(
        rule=rule,
        severity="error",
        blame=blame_of(cause),
        code=code,
        expected=upper + plain_decimal(expected),
        found=plain_decimal(found),
        evidence=tuple(dict.fromkeys(evidence)),
        assessment=number,
        also=tuple(_named(equation) for equation in cause.equations) if rule != first.rule or cause.also else (),
    )


def _named(equation: Equation) -> str:
    return f"{equation.rule} {equation.code}" if equation.code else equation.rule


def _code_of(root: Score, assessment: Assessment) -> Code | None:
    """The code of the result that a number belongs to; None for the totals."""
    for result in assessment.results:
        own = [value for _, value in result.scores()] + [item.amount for item in result.deductions]
        if any(value is root for value in own):
            return result.code.value
    return None


def unclosed(equation: Equation) -> str:
    """The doubt of a broken sum that may be our misreading: its rule, code, and both numbers, as a finding has them.

    `audit.messages.unclosed_message` puts it into words.
    """
    stated, expected = equation.stated.value, plain_decimal(equation.expected)
    if equation.rule.endswith("-above-maximum"):
        stated, expected = equation.parts[0][1].value, f"<= {plain_decimal(equation.stated.value)}"
    return ":".join((f"{UNCLOSED}{equation.rule}", str(equation.code or ""), plain_decimal(stated), expected))


def blame_of(cause: Cause) -> Blame:
    """Whose fault a finding is, which the evidence bears: the report's where all that bears on it was read with

    certainty; else nobody can tell.
    """
    if cause.root is not None and is_certain(cause.root):
        return "source"
    return "source" if all(is_certain(value) for one in cause.equations for value in one.values) else "unknown"


def suspects_of(equation: Equation, sites: Sequence[Site]) -> list[Score]:
    """The numbers of a broken equation that may be the misread one: not quite certain, or closing it if read otherwise.

    In a sum over a whole report nearly all numbers are beyond doubt, and a person need not see them for its sake. Where
    no other reading of one number closes a sum, several are misread, and those of a shorter sum are all suspect.
    """
    where = {id(value): site for site in sites for _, value in site.numbers}
    recognised = [value for value in equation.values if value.confidence is not None]
    closing = {id(value) for value in recognised if _explains(value, where, (equation,))}
    short = len(equation.values) <= _SHORT
    if not closing and short:
        return recognised
    beyond = CERTAIN if short else _BEYOND_DOUBT
    return [value for value in recognised if id(value) in closing or (value.confidence or 0) < beyond]


def _explains(value: Score, where: Mapping[int, Site], equations: Sequence[Equation]) -> bool:
    """Whether another reading of the number's site closes every one of these equations that it stands in."""
    site = where.get(id(value))
    own = [equation for equation in equations if any(other is value for other in equation.values)]
    if site is None or not own:
        return False
    return any(
        all(equation.holds_with({id(v): one.value(role) for role, v in site.numbers}) for equation in own)
        for one in site.candidates[1:]
    )
