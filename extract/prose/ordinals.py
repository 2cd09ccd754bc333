"""Whether the numbers before a letter's domains are their codes or only count the list.

A letter that goes through the domains where points were lost counts them 1, 2, 3, though they are 1, 3 and 7 of the
scorecard. A scorecard of a district may as well have fewer domains than the usual ones. The names tell where the two
ways part, and the maxima decide: where they stay below that of the whole the list is not complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract.prose.cues import domain_named
from normalize.records import Result, Totals
from normalize.text import fold

DOUBT = "domain-code-guessed"


def doubtful_ordinals(results: Sequence[Result], totals: Totals) -> tuple[Result, ...]:
    """The results, those under a number in doubt that may only count the list, and the numbers below it."""
    domains = [each for each in results if len(each.code.value.parts) == 1]
    usual = {each.code.value: domain_named(fold(each.name.value)) if each.name else None for each in domains}
    counted = [code.parts[0] for code in usual] == list(range(1, len(usual) + 1))
    named = [number for number in usual.values() if number is not None]
    rising = all(first < second for first, second in pairwise(named))
    if not counted or not rising or not _is_part(domains, totals):
        return tuple(results)
    other = {code.domain for code, number in usual.items() if number is not None and number > code.parts[0]}
    return tuple(
        replace(each, doubts=tuple(dict.fromkeys((*each.doubts, DOUBT)))) if each.code.value.domain in other else each
        for each in results
    )


def _is_part(domains: Sequence[Result], totals: Totals) -> bool:
    maxima = [each.max_score.value for each in domains if each.max_score is not None]
    if totals.max_score is None or len(maxima) != len(domains):
        return False
    return sum(maxima, Decimal(0)) < totals.max_score.value
