"""What the units of one table have in common: sums and shares that nearly all of them show hold for the others too.

A ranking seldom says that its columns are all the domains, or what the index is a share of; but where the columns add
up to the total for nearly every unit, the unit for which they do not is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audit.equations import Equation
from audit.overall import tops_of
from normalize.records import Assessment
from normalize.value import Printed, Value

_UNITS = 4
_SHARE = 0.75
_HUNDRED = Value(Decimal(100), Printed("100"), "consensus")


def shared_equations(assessments: Sequence[Assessment]) -> dict[int, list[Equation]]:
    """The equations of each assessment, by its position, that the consensus of the units supports."""
    found: dict[int, list[Equation]] = {}
    if len(assessments) < _UNITS:
        return found
    for rule in (_domains, _own_domains, _index):
        equations = {n: made for n, one in enumerate(assessments) if (made := rule(one)) is not None}
        for length in {len(equation.parts) for equation in equations.values()}:
            alike = {n: equation for n, equation in equations.items() if len(equation.parts) == length}
            held = sum(equation.holds for equation in alike.values())
            if held >= _UNITS - 1 and held >= _SHARE * len(alike):
                for number, equation in alike.items():
                    found.setdefault(number, []).append(equation)
    return found


def _domains(assessment: Assessment) -> Equation | None:
    """The domains' scores are the total; only where the maxima do not show it."""
    totals = assessment.totals
    tops = tops_of(assessment)
    scores = [value for n in tops if (value := assessment.results[n].score) is not None]
    if totals.score is None or len(scores) < 2 or _shown_whole(assessment, tops):
        return None
    return Equation("domains-total", None, totals.score, tuple((1, value) for value in scores), tuple(tops))


def _own_domains(assessment: Assessment) -> Equation | None:
    """The same of the units' own scores."""
    tops = tops_of(assessment)
    own = [value for n in tops if (value := assessment.results[n].self_score) is not None]
    total = assessment.totals.self_score
    if total is None or len(own) < 2 or len(own) != len(tops) or _shown_whole(assessment, tops):
        return None
    return Equation("domains-self-total", None, total, tuple((1, value) for value in own), tuple(tops))


def _shown_whole(assessment: Assessment, tops: Sequence[int]) -> bool:
    maxima = [assessment.results[n].max_score for n in tops]
    whole = assessment.totals.max_score
    known = sum((value.value for value in maxima if value is not None), Decimal(0))
    return whole is not None and None not in maxima and known == whole.value


def _index(assessment: Assessment) -> Equation | None:
    """The index is the total, as it is where the maximum is a hundred points; only where no maximum is stated."""
    totals = assessment.totals
    if totals.index_percent is None or totals.score is None or totals.max_score is not None:
        return None
    hundred = replace(_HUNDRED)
    return Equation("index-percent", None, totals.index_percent, ((1, totals.score), (1, hundred)), (), "share")
