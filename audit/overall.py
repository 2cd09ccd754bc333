"""What must add up in the totals of an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.equations import Equation, Relation
from audit.families import above_computed
from normalize.codes import Code
from normalize.records import Assessment, Score

# A list that reaches over so many domains without a gap is meant to show every deduction.
_DOMAINS_OF_A_FULL_LIST = 6
_HUNDRED = Decimal(100)


def tops_of(assessment: Assessment) -> list[int]:
    """The results that no other result of the list stands above and that state a score."""
    codes = {result.code.value for result in assessment.results if result.score is not None}

    def covered(code: Code) -> bool:
        parent = code.parent
        return parent is not None and (parent in codes or covered(parent))

    return [
        number
        for number, result in enumerate(assessment.results)
        if result.score is not None and not covered(result.code.value)
    ]


def domains_of_total(assessment: Assessment) -> Iterator[Equation]:
    """The domains sum to the total: to the appraised part where it is stated, else where the maxima show them all.

    Not where points are given or taken besides those of the criteria (the reader notes it).
    """
    totals, results = assessment.totals, assessment.results
    tops = tops_of(assessment) if "points-beside" not in assessment.doubts else []
    if len(tops) < 2 or len({results[n].code.value for n in tops}) < len(tops):
        return
    owners = tuple(tops)
    scores = _ones([results[n].score for n in tops])
    maxima = _ones([results[n].max_score for n in tops])
    if totals.max_score is not None and len(maxima) == len(tops):
        whole = totals.max_score.value == sum((value.value for _, value in maxima), Decimal(0))
        relation: Relation = "sum" if whole else "at-most"
        yield Equation("domains-max-score", None, totals.max_score, maxima, owners, relation)
        if whole:
            if totals.score is not None:
                rounded = _rounded(assessment, tops, "score")
                yield Equation("domains-total", None, totals.score, scores, owners, rounded=rounded)
            own = _ones([results[n].self_score for n in tops])
            if totals.self_score is not None and len(own) == len(tops):
                rounded = _rounded(assessment, tops, "self_score")
                yield Equation("domains-self-total", None, totals.self_score, own, owners, rounded=rounded)
            return
    elif totals.max_score is None and totals.score is not None and _are_hundred(assessment, tops):
        rounded = _rounded(assessment, tops, "score")
        yield Equation("domains-total", None, totals.score, scores, owners, rounded=rounded)
        return
    by_survey = any(results[n].survey for n in tops)
    if totals.appraised_score is not None and totals.survey_score is not None and not by_survey:
        # a letter often speaks of the domains that lost points only
        full = _are_all_domains([results[n].code.value for n in tops])
        if full:
            yield Equation("domains-appraised", None, totals.appraised_score, scores, owners)
        else:
            yield Equation("domains-perhaps", None, totals.appraised_score, scores, owners, "perhaps")
    elif totals.score is not None:
        yield Equation("domains-perhaps", None, totals.score, scores, owners, "perhaps")


def _rounded(assessment: Assessment, tops: Sequence[int], field: str) -> tuple[bool, ...]:
    """Which of the tops are known to be rounded from finer numbers below them."""
    finer = above_computed(assessment, field)
    return tuple(assessment.results[n].code.value in finer for n in tops)


def _are_all_domains(codes: Sequence[Code]) -> bool:
    """Whether these are domains without a gap from the first on, as many as scorecards usually have."""
    parts = sorted(code.parts for code in codes)
    return len(parts) >= _DOMAINS_OF_A_FULL_LIST and parts == [(n,) for n in range(1, len(parts) + 1)]


def _are_hundred(assessment: Assessment, tops: Sequence[int]) -> bool:
    """Whether the tops are domains 1 to n whose maxima make up the usual hundred points."""
    codes = [assessment.results[n].code.value.parts for n in tops]
    maxima = [value.value for n in tops if (value := assessment.results[n].max_score) is not None]
    return (
        sorted(codes) == [(n,) for n in range(1, len(tops) + 1)]
        and len(maxima) == len(tops)
        and sum(maxima, Decimal(0)) == _HUNDRED
    )


def _ones(values: Sequence[Score | None]) -> tuple[tuple[int, Score], ...]:
    return tuple((1, value) for value in values if value is not None)


def deductions_of_total(assessment: Assessment) -> Iterator[Equation]:
    """The stated deductions sum to the stated total of deductions; a parent and its children count once.

    A list that leaves out domains may be partial: it may fall short of the total, but not exceed it.
    """
    stated = assessment.totals.deducted
    if stated is None:
        return
    results = assessment.results
    losing = [n for n, r in enumerate(results) if r.deducted_stated and r.deducted is not None]
    lost = {results[n].code.value for n in losing}
    leaves = [n for n in losing if not any(code.under(results[n].code.value) for code in lost)]
    if len(leaves) < 2 or len({results[n].code.value for n in leaves}) < len(leaves):
        return
    domains = {result.code.value.parts[0] for result in results}
    full = len(domains) >= _DOMAINS_OF_A_FULL_LIST and domains >= set(range(1, max(domains)))
    parts = _ones([results[n].deducted for n in leaves])
    yield Equation("deductions-total", None, stated, parts, tuple(leaves), "sum" if full else "at-most")


def parts_of_total(assessment: Assessment) -> Iterator[Equation]:
    """appraised + survey = total, and maximum - total = deducted."""
    totals = assessment.totals
    if totals.score and totals.appraised_score and totals.survey_score:
        parts = ((1, totals.appraised_score), (1, totals.survey_score))
        yield Equation("appraised-plus-survey", None, totals.score, parts, ())
    if totals.score and totals.max_score and totals.deducted:
        parts = ((1, totals.max_score), (-1, totals.score))
        yield Equation("total-max-minus-score", None, totals.deducted, parts, ())


def share_of_total(assessment: Assessment) -> Iterator[Equation]:
    """The stated index is the share of the maximum in per cent."""
    totals = assessment.totals
    if totals.index_percent and totals.score and totals.max_score and totals.max_score.value:
        parts = ((1, totals.score), (1, totals.max_score))
        yield Equation("index-percent", None, totals.index_percent, parts, (), "share")
