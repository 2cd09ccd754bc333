"""What must hold of one result besides sums: the code under its domain and once, a deadline after the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from audit.code_order import misplaced
from audit.confidence import is_certain
from audit.families import Family
from audit.rounding import plain_decimal
from normalize.codes import Code
from normalize.records import Assessment, Finding, Heading, Result
from normalize.text import fold
from normalize.value import Printed

_YEAR = regex.compile(r"\b(20\d\d)\b")


_NOT_AT_MAXIMUM = regex.compile(r"\b(?:chưa|không) (?:đạt|được) (?:số )?điểm tối đa\b|\bbị trừ điểm\b|\bbị mất điểm\b")


def observations_of(assessment: Assessment, heading: Heading, number: int) -> Iterator[tuple[Finding, int]]:
    """Findings about single results, each with the position of its result."""
    times = Counter(result.code.value for result in assessment.results)
    only_losses = heading.title is not None and _NOT_AT_MAXIMUM.search(fold(heading.title.value)) is not None
    seen: set[Code] = set()
    strays = _strays(assessment)
    out_of_place = frozenset(misplaced(assessment)) - strays
    for position, result in enumerate(assessment.results):
        for finding in (
            _wrong_domain(result, number) if position in strays else None,
            _out_of_place(result, assessment.results[position - 1], number) if position in out_of_place else None,
            _past_deadline(result, heading, number),
            _full_marks(result, number) if only_losses else None,
            _twice(result, number) if times[result.code.value] > 1 and result.code.value in seen else None,
            _differs(result, number),
            _other_share(result, number),
        ):
            if finding is not None:
                yield finding, position
        seen.add(result.code.value)


def _full_marks(result: Result, number: int) -> Finding | None:
    """Full marks in a list that its title calls one of criteria below the maximum.

    A domain stands there for the order of the report ("2. Cải cách thể chế: 6/6 điểm, không bị trừ điểm"): no slip.
    """
    if result.score is None or result.max_score is None or result.score.value != result.max_score.value:
        return None
    if len(result.code.value.parts) == 1:
        return None
    certain = is_certain(result.score) and is_certain(result.max_score)
    return Finding(
        rule="full-marks-listed",
        severity="info",
        blame="source" if certain else "unknown",
        code=result.code.value,
        expected=f"< {plain_decimal(result.max_score.value)}",
        found=plain_decimal(result.score.value),
        evidence=(result.score.printed,),
        assessment=number,
    )


def _twice(result: Result, number: int) -> Finding | None:
    """A code that an earlier row has already, in the same table (the reader notes it)."""
    if "code-twice" not in result.doubts:
        return None
    return Finding(
        rule="code-twice",
        severity="warning",
        blame="source" if is_certain(result.code) else "unknown",
        code=result.code.value,
        found=str(result.code.value),
        evidence=(result.code.printed,),
        assessment=number,
    )


def _differs(result: Result, number: int) -> Finding | None:
    """Numbers of the same criterion that differ between two tables of the document, or a letter and its annex.

    Where they were read without certainty the doubt alone stands: one of them may be misread.
    """
    values = [value for _, value in result.scores()]
    if "differs-between-tables" not in result.doubts or not all(is_certain(value) for value in values):
        return None
    return Finding(
        rule="differs-between-tables",
        severity="error",
        blame="source",
        code=result.code.value,
        evidence=tuple(dict.fromkeys(value.printed for value in values)),
        assessment=number,
    )


def _other_share(result: Result, number: int) -> Finding | None:
    """A percentage beside a typed score that is not its share of the maximum (the reader notes it).

    How surely a recognised percentage was read is not known, so that there the doubt alone stands.
    """
    stated = next((doubt.partition(":")[2] for doubt in result.doubts if doubt.startswith("percentage-differs:")), None)
    if stated is None or result.score is None or result.max_score is None or not result.max_score.value:
        return None
    if result.score.confidence is not None or result.max_score.confidence is not None:
        return None
    share = (100 * result.score.value / result.max_score.value).quantize(Decimal("0.01"))
    return Finding(
        rule="percentage-of-score",
        severity="error",
        blame="source",
        code=result.code.value,
        expected=plain_decimal(share),
        found=stated,
        evidence=(result.score.printed,),
        assessment=number,
    )


def _strays(assessment: Assessment) -> frozenset[int]:
    """The rows whose code belongs to another domain than the one they stand under, few together.

    Several in a row with the same two domains are the rows below a domain's title that was not seen, not wrong codes.
    """
    found: list[int] = []
    run: list[int] = []
    key: tuple[Code, Code] | None = None
    for position, result in enumerate(assessment.results):
        own = (result.domain, result.code.value.domain) if result.domain is not None else None
        own = own if own is not None and own[0] != own[1] else None
        if own != key:
            found += run if len(run) == 1 else []
            run, key = [], own
        if own is not None:
            run.append(position)
    found += run if len(run) == 1 else []
    return frozenset(found)


def _wrong_domain(result: Result, number: int) -> Finding | None:
    domain = result.domain
    if domain is None or result.code.value.domain == domain:
        return None
    return Finding(
        rule="wrong-domain",
        severity="warning",
        blame="source" if is_certain(result.code) else "unknown",
        code=result.code.value,
        expected=str(domain),
        found=str(result.code.value.domain),
        evidence=(result.code.printed,),
        assessment=number,
    )


def _out_of_place(result: Result, before: Result, number: int) -> Finding:
    """A code between rows of other domains that are in order without it."""
    return Finding(
        rule="code-out-of-place",
        severity="warning",
        blame="source",
        code=result.code.value,
        expected=f"> {before.code.value}",
        found=str(result.code.value),
        evidence=(result.code.printed, before.code.printed),
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
        blame="source" if is_certain(result.deadline) else "unknown",
        code=result.code.value,
        expected=f">= {issued}",
        found=str(max(years)),
        evidence=evidence,
        assessment=number,
    )


def missing_codes(assessment: Assessment, families: Sequence[Family], number: int) -> Iterator[Finding]:
    """A code left out of the numbering of a family, in a list that shows its other families whole."""
    for family in families:
        if not family.expected or family.missing is None:
            continue
        owner = assessment.results[family.parent]
        yield Finding(
            rule="missing-code",
            severity="warning",
            blame="source" if all(is_certain(assessment.results[n].code) for n in family.owners) else "unknown",
            code=owner.code.value,
            expected=str(family.missing),
            evidence=(owner.code.printed,),
            assessment=number,
        )
