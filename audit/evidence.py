"""Whether what was read bears an accusation: a finding says that a report contradicts itself.

Typed numbers always bear it, but for a loss that another column, one nobody knows, may have made good.
Of recognised ones a broken sum may be our misreading as well, and then the numbers go to
a person with the sum that does not close as the reason, and no finding is raised; once they are confirmed the check
runs again and tells what is left. A finding is raised where
- every number bound was read surely, or is confirmed by another sum (two broken sums that say the same of one surely
  read number confirm the others),
- the rows it speaks of are all there and stand under their own codes,
- no misreading explains it as well as a mistake of the report, and
- it is no sum of maxima alone: those stand in the scorecard, and reports copy them rightly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audit.code_order import in_sequence, out_of_order
from audit.confidence import ACCEPTED, CONFIRMED, confirmed_by, doubtful_numbers, is_certain
from audit.equations import Equation
from audit.explaining import Cause
from audit.readings import Candidate, Site, values_of
from audit.solving import ERROR_OF_SOURCE
from normalize.codes import Code
from normalize.records import Assessment, Result, Score

_OF_MAXIMA = frozenset({"children-max-score", "domains-max-score"})
# A number less than what it is stated to be the sum of: a part of it may not have been seen.
_OF_LISTS = frozenset({"items-sum", "items-and-score", "deductions-total", "domains-appraised"})
_BY_FAR = Decimal("0.5")  # more than rounding makes
# Doubts of the reader that say that a row is not whole, and that it may not be the one that its code names.
_NOT_WHOLE = (
    "unread-", "unknown-column", "several-", "columns-without-heading", "which-score", "two-scores", "lone-score",
    "score-of-unnamed-part", "amount-without-cue", "implausible-maximum", "maximum-too-great",
)  # fmt: skip
_OF_ANOTHER_CODE = ("code-", "domain-code-guessed", "number-of-list")


@dataclass(frozen=True)
class Evidence:
    """What is known of the reading of one assessment: numbers by identity, rows by position.

    `unsure_sums` are the codes whose children's maxima do not add up: a child may not have been seen.
    `beside_unknown` are the rows with points in a column that nobody knows.
    """

    confirmed: frozenset[int]
    doubtful: frozenset[int]
    where: Mapping[int, Site]
    torn_rows: frozenset[int]
    unsure_codes: frozenset[int]
    unsure_sums: frozenset[Code]
    beside_unknown: frozenset[int]

    @classmethod
    def of(cls, assessment: Assessment, equations: Sequence[Equation], sites: Sequence[Site]) -> Evidence:
        where = {id(value): site for site in sites for _, value in site.numbers}
        maxima = frozenset(
            equation.code
            for equation in equations
            if equation.rule == "children-max-score" and equation.code is not None and not equation.exact
        )
        torn = frozenset(at for at, one in enumerate(assessment.results) if _has_doubt(one, _NOT_WHOLE))
        doubtful = frozenset(id(value) for value in doubtful_numbers(assessment))
        unknown = frozenset(at for at, one in enumerate(assessment.results) if "unknown-column" in one.doubts)
        codes = frozenset(_unsure_codes(assessment))
        return cls(confirmed_by(equations), doubtful, where, torn, codes, maxima, unknown)

    def bears(self, cause: Cause) -> bool:
        """Whether the cause is the report's rather than ours, by those of its sums that were read whole and surely."""
        if not any(equation.recognised for equation in cause.equations):
            return not all(map(self._may_count_more, cause.equations))
        whole = [equation for equation in cause.equations if not self._may_lack_rows(equation)]
        proven = self._proves(cause, whole)
        solid = [one for one in whole if proven or all(map(self._is_sure, one.values)) or self._is_exceeded(one)]
        return bool(solid) and not self._is_explained(cause, solid)

    def _may_count_more(self, equation: Equation) -> bool:
        """Whether points of a column that nobody knows, a bonus perhaps, may stand between the loss and the score."""
        if equation.rule == "max-minus-score":
            return all(owner in self.beside_unknown for owner in equation.owners)
        return equation.rule == "total-max-minus-score" and bool(self.beside_unknown)

    def _proves(self, cause: Cause, equations: Sequence[Equation]) -> bool:
        """Whether two sums say the same of one number that was surely read: then the others in them are confirmed."""
        if cause.root is None or cause.value is None or not self._is_sure(cause.root):
            return False
        changed = {id(cause.root): cause.value}
        read = [value for equation in equations for value in equation.values if value is not cause.root]
        exact = sum(equation.is_exact_with(changed) for equation in equations)
        return exact > 1 and all(value.confidence is None or value.confidence >= CONFIRMED for value in read)

    def _is_exceeded(self, equation: Equation) -> bool:
        """Whether the parts that were surely read are by far more than the sum surely is, whatever the others are."""
        if not equation.rule.startswith("children-") or not self._is_sure(equation.stated):
            return False
        sure = sum((part.value for _, part in equation.parts if self._is_sure(part)), Decimal(0))
        return sure > equation.stated.value + _BY_FAR

    def _may_lack_rows(self, equation: Equation) -> bool:
        if equation.rule in _OF_MAXIMA or any(owner in self.torn_rows for owner in equation.owners):
            return True
        if len(equation.owners) > 1 and any(owner in self.unsure_codes for owner in equation.owners):
            return True
        if equation.rule.startswith("children-") and equation.code in self.unsure_sums:
            return True
        return equation.rule in _OF_LISTS and equation.stated.value > equation.expected

    def _is_sure(self, value: Score) -> bool:
        if value.confidence is None or id(value) in self.confirmed:
            return True
        return value.confidence >= ACCEPTED and id(value) not in self.doubtful

    def _is_explained(self, cause: Cause, equations: Sequence[Equation]) -> bool:
        """Whether one number read otherwise closes all these sums, as likely as the report is wrong at one of them."""
        if cause.root is not None:
            open_ones, equations = [cause.root], cause.equations
        else:
            open_ones = list({id(value): value for one in equations for value in one.values}.values())
        if len(cause.equations) > 1 and any(self._is_a_digit_off(value, cause.equations) for value in open_ones):
            return True
        misread = sum(
            math.exp(-one.cost / 1000)
            for value in open_ones
            if id(value) not in self.confirmed
            for one in self._others(value)
            if self._closes(value, one, equations)
        )
        return misread >= len(open_ones) * math.exp(-ERROR_OF_SOURCE / 1000)

    def _is_a_digit_off(self, value: Score, equations: Sequence[Equation]) -> bool:
        """Whether one other digit in a number that is not beyond doubt closes all these sums.

        Any digit may be read for any other, and more numbers that are not certain are misread than reports err.
        """
        site = self.where.get(id(value))
        if site is None or is_certain(value):
            return False
        text, roles = site.printed.text, tuple(role for role, _ in site.current.values)
        read = (
            values_of(replace(site.printed, text=text[:at] + digit + text[at + 1 :]), roles)
            for at, sign in enumerate(text)
            if sign.isdigit()
            for digit in "0123456789"
        )
        by_role = (dict(values) for values in read if values is not None)
        return any(
            all(equation.holds_with({id(own): values[role] for role, own in site.numbers}) for equation in equations)
            for values in by_role
        )

    def _others(self, value: Score) -> Sequence[Candidate]:
        site = self.where.get(id(value))
        return site.candidates[1:] if site is not None else ()

    def _closes(self, value: Score, candidate: Candidate, equations: Sequence[Equation]) -> bool:
        site = self.where[id(value)]
        changed = {id(own): candidate.value(role) for role, own in site.numbers}
        return all(equation.holds_with(changed) for equation in equations)


def _has_doubt(result: Result, keys: tuple[str, ...]) -> bool:
    return any(doubt.startswith(keys) for doubt in result.doubts)


def _unsure_codes(assessment: Assessment) -> Iterator[int]:
    """The positions of recognised rows that may not be the ones that their codes name."""
    yield from out_of_order(assessment)
    for position, result in enumerate(assessment.results):
        code = result.code.confidence
        unsure = code is not None and code < CONFIRMED and not in_sequence(assessment, position)
        if unsure or _has_doubt(result, _OF_ANOTHER_CODE):
            yield position
