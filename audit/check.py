"""The audit of a report: every contradiction becomes a finding, every result that stands in one goes to review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.confidence import doubts_of_confidence
from audit.equations import Equation, equations_of
from audit.observations import observations_of
from normalize.records import Assessment, Finding, Report

# A contradiction inside one row may be a column misread: a person looks at the row. Contradictions between rows of a
# typed report are the report's own.
_OF_ONE_ROW = frozenset({"max-minus-score", "items-sum"})


def audited(report: Report) -> Report:
    """The report with its findings, and doubts on the results that contradict themselves or were read badly."""
    findings: list[Finding] = []
    assessments = []
    for number, assessment in enumerate(report.assessments):
        checked, found = _checked(assessment, report, number)
        assessments.append(checked)
        findings.extend(found)
    return replace(report, assessments=tuple(assessments), findings=tuple(findings))


def _checked(assessment: Assessment, report: Report, number: int) -> tuple[Assessment, list[Finding]]:
    equations = equations_of(assessment)
    broken = [equation for equation in equations if not equation.holds]
    findings = [_finding(equation, number) for equation in broken]
    doubts: dict[int, list[str]] = defaultdict(list)
    for equation in broken:
        if equation.rule in _OF_ONE_ROW or equation.recognised:
            for owner in equation.owners:
                doubts[owner].append(f"contradiction-{equation.rule}")
    for finding, position in observations_of(assessment, report.heading, number):
        findings.append(finding)
        if finding.rule == "score-above-maximum":
            doubts[position].append(finding.rule)
    for position, doubt in doubts_of_confidence(assessment, _holding(equations)):
        doubts[position].append(doubt)
    results = tuple(
        replace(result, doubts=tuple(dict.fromkeys((*result.doubts, *doubts[position]))))
        if doubts[position]
        else result
        for position, result in enumerate(assessment.results)
    )
    return replace(assessment, results=results), findings


def _holding(equations: Sequence[Equation]) -> tuple[Equation, ...]:
    return tuple(equation for equation in equations if equation.holds)


def _finding(equation: Equation, number: int) -> Finding:
    return Finding(
        rule=equation.rule,
        severity="error",
        blame="unknown" if equation.recognised else "source",
        code=equation.code,
        expected=_plain(equation.expected),
        found=_plain(equation.stated.value),
        evidence=tuple(value.printed for value in equation.values),
        assessment=number,
    )


def _plain(value: Decimal) -> str:
    """A decimal without exponent or closing zeros.

    >>> _plain(Decimal("1.50")), _plain(Decimal("10"))
    ('1.5', '10')
    """
    return format(value.normalize(), "f")
