"""The audit of a report: misreadings are put right where that is certain, every contradiction left becomes a finding,

and every result that a person must look at gets its doubt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from audit.code_order import with_codes_in_order
from audit.column_doubts import doubts_of_columns
from audit.confidence import confirmed_by, doubts_of_confidence, doubts_of_totals
from audit.consensus import shared_equations
from audit.constraints import equations_of
from audit.equations import Equation
from audit.evidence import Evidence
from audit.explaining import Cause, causes_of
from audit.families import families_of
from audit.findings import finding_of, suspects_of, unclosed
from audit.formulae import formulae_of
from audit.mending import mended
from audit.observations import missing_codes, observations_of
from audit.readings import Site, sites_of
from audit.repair import repairs_of
from audit.unread import filled
from normalize.records import Assessment, Finding, Report, Result

# A contradiction inside one row may be a column misread: a person looks at the row. Contradictions between rows of a
# typed report are the report's own.
_OF_ONE_ROW = frozenset(
    {"max-minus-score", "items-sum", "items-and-score", "score-above-maximum", "self-above-maximum"}
)
# A rule of the totals that most units of a table break says something of the table (another base, another column).
_OF_TOTALS = frozenset(
    {
        "index-percent",
        "appraised-plus-survey",
        "total-max-minus-score",
        "domains-max-score",
        "domains-total",
        "domains-self-total",
        "domains-appraised",
    }
)
_MANY_UNITS = 4


def audited(report: Report) -> Report:
    """The report with its repairs and findings, and doubts on results that contradict themselves or were read badly.

    What was read stays in the report that was given.
    """
    findings: list[Finding] = []
    assessments = []
    in_order = [with_codes_in_order(assessment) for assessment in report.assessments]
    mended_ones = [repaired(filled(assessment, report.refusals)) for assessment in in_order]
    shared = shared_equations(mended_ones)
    for number, assessment in enumerate(mended_ones):
        equations = (*equations_of(assessment), *shared.get(number, ()))
        checked, found = _checked(assessment, equations, report, number)
        assessments.append(checked)
        findings.extend(found)
    shared_rules = _shared_by_most(findings, len(assessments))
    doubted = {finding.assessment for finding in findings if finding.code is None and finding.rule in shared_rules}
    marked = tuple(_with_doubted_totals(one) if n in doubted else one for n, one in enumerate(assessments))
    told = (*_gathered(findings, shared_rules), *_unread_tables(report))
    return replace(report, assessments=marked, findings=told)


def _unread_tables(report: Report) -> Iterator[Finding]:
    """Pages of which a table was not read: its scores are missing, which no sum of the others tells.

    Where a format has no pages the headings of the table are told.
    """
    for refusal in report.refusals:
        if refusal.kind == "table":
            page = refusal.printed.place.page
            told = page is None or refusal.why == "prose-not-read"
            where = refusal.printed.text[:80] if told else str(page)
            yield Finding(refusal.why, "warning", "reading", found=where, evidence=(refusal.printed,))


def _with_doubted_totals(assessment: Assessment) -> Assessment:
    return replace(assessment, doubts=tuple(dict.fromkeys((*assessment.doubts, "totals-contradict"))))


def repaired(assessment: Assessment) -> Assessment:
    """The assessment with the misreadings put right that its sums prove; typed numbers are never touched."""
    if not any(value.confidence is not None for result in assessment.results for _, value in result.scores()):
        return assessment
    return mended(assessment, repairs_of(sites_of(assessment), equations_of(assessment)))


def _checked(
    assessment: Assessment, equations: Sequence[Equation], report: Report, number: int
) -> tuple[Assessment, list[Finding]]:
    sites = sites_of(assessment)
    causes = causes_of(equations)
    missing = tuple(missing_codes(assessment, families_of(assessment), number))
    explained = {finding.code for finding in missing}
    evidence = Evidence.of(assessment, equations, sites)
    borne = {id(cause) for cause in causes if evidence.bears(cause)}
    findings = [
        finding_of(cause, assessment, number)
        for cause in causes
        if id(cause) in borne
        and not all(one.code in explained and one.rule.startswith("children-") for one in cause.equations)
    ]
    findings += missing
    doubts = _doubts_of(causes, borne, equations, assessment, sites)
    for finding, _ in observations_of(assessment, report.heading, number):
        findings.append(finding)
    findings.extend(formulae_of(assessment, number))
    for position, doubt in (
        *doubts_of_confidence(assessment, equations),
        *doubts_of_columns(assessment, equations, causes),
    ):
        doubts[position].append(doubt)
    results = tuple(_with_doubts(result, doubts.get(at, ())) for at, result in enumerate(assessment.results))
    held = [cause for cause in causes if id(cause) not in borne]
    of_totals = (*assessment.doubts, *doubts_of_totals(assessment, equations), *_unclosed_totals(held))
    of_totals = tuple(dict.fromkeys(of_totals))
    return replace(assessment, results=results, doubts=of_totals), findings


def _with_doubts(result: Result, doubts: Sequence[str]) -> Result:
    return replace(result, doubts=tuple(dict.fromkeys((*result.doubts, *doubts)))) if doubts else result


def _doubts_of(
    causes: Sequence[Cause],
    borne: Set[int],
    equations: Sequence[Equation],
    assessment: Assessment,
    sites: Sequence[Site],
) -> dict[int, list[str]]:
    """Who must be looked at for broken equations: rows at odds with themselves, and of recognised sums the row that

    states the sum, that of the root where it can be told, and every row with a number that may be the misread one.
    The doubt of a sum that no finding tells of says which one it is.
    """
    doubts: dict[int, list[str]] = defaultdict(list)
    confirmed = confirmed_by(equations)
    for cause in causes:
        for equation in cause.equations:
            suspects = {id(value) for value in suspects_of(equation, sites) if id(value) not in confirmed}
            suspects |= {id(equation.stated), id(cause.root)}
            doubt = f"contradiction-{equation.rule}" if id(cause) in borne else unclosed(equation)
            for owner in equation.owners if equation.rule in _OF_ONE_ROW or equation.recognised else ():
                own = {id(value) for _, value in assessment.results[owner].scores()}
                if equation.rule in _OF_ONE_ROW or own & suspects:
                    doubts[owner].append(doubt)
    return doubts


def _unclosed_totals(causes: Sequence[Cause]) -> Iterator[str]:
    """The doubts of stated totals: the sums of them that do not close, and that no finding tells of."""
    for cause in causes:
        yield from (unclosed(equation) for equation in cause.equations if equation.code is None)


def _shared_by_most(findings: Sequence[Finding], units: int) -> frozenset[str]:
    """The rules of totals that most units of a table break: a column taken for another, or another base."""
    times = Counter(finding.rule for finding in findings if finding.code is None and finding.rule in _OF_TOTALS)
    return frozenset(rule for rule, count in times.items() if units >= _MANY_UNITS and count > units / 2)


def _gathered(findings: Sequence[Finding], shared: frozenset[str]) -> tuple[Finding, ...]:
    """One finding in place of many where most units of a table break the same rule of their totals."""
    kept: list[Finding] = []
    for finding in findings:
        if finding.code is None and finding.rule in shared:
            if any(other.rule == finding.rule and other.also for other in kept):
                continue
            also = tuple(f"assessment {one.assessment}" for one in findings if one.rule == finding.rule)
            finding = replace(finding, severity="warning", blame="unknown", also=also)
        kept.append(finding)
    return tuple(kept)
