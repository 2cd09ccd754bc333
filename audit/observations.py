"""What must hold of one result besides sums: score <= maximum, the code under its domain, a deadline after the plan."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from normalize.records import Assessment, Finding, Heading, Result, Score
from normalize.value import Printed

_YEAR = regex.compile(r"\b(20\d\d)\b")


def observations_of(assessment: Assessment, heading: Heading, number: int) -> Iterator[tuple[Finding, int]]:
    """Findings about single results, each with the position of its result."""
    for position, result in enumerate(assessment.results):
        for finding in (
            _above_maximum(result, number),
            _wrong_domain(result, number),
            _past_deadline(result, heading, number),
        ):
            if finding is not None:
                yield finding, position


def _blame_of(*values: Score) -> str:
    return "source" if all(value.confidence is None for value in values) else "unknown"


def _above_maximum(result: Result, number: int) -> Finding | None:
    if result.score is None or result.max_score is None or result.score.value <= result.max_score.value:
        return None
    return Finding(
        rule="score-above-maximum",
        severity="error",
        blame="source" if _blame_of(result.score, result.max_score) == "source" else "unknown",
        code=result.code.value,
        expected=f"<= {result.max_score.value}",
        found=str(result.score.value),
        evidence=(result.score.printed, result.max_score.printed),
        assessment=number,
    )


def _wrong_domain(result: Result, number: int) -> Finding | None:
    domain = result.domain
    if domain is None or result.code.value.domain == domain:
        return None
    return Finding(
        rule="wrong-domain",
        severity="warning",
        blame="source" if result.code.confidence is None else "unknown",
        code=result.code.value,
        expected=str(domain),
        found=str(result.code.value.domain),
        evidence=(result.code.printed,),
        assessment=number,
    )


def _past_deadline(result: Result, heading: Heading, number: int) -> Finding | None:
    """A remedy promised for a year before the plan that promises it (seen in plans copied from the year before)."""
    if result.deadline is None or heading.date is None:
        return None
    years = [int(match.group(1)) for match in _YEAR.finditer(result.deadline.value)]
    issued = int(heading.date.value[:4])
    if not years or max(years) >= issued:
        return None
    evidence: tuple[Printed, ...] = (result.deadline.printed, heading.date.printed)
    return Finding(
        rule="deadline-before-plan",
        severity="warning",
        blame="source" if result.deadline.confidence is None else "unknown",
        code=result.code.value,
        expected=f">= {issued}",
        found=str(max(years)),
        evidence=evidence,
        assessment=number,
    )
