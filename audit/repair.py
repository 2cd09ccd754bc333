"""Misreadings put right by the sums they break, all constraints of an assessment weighed together.

Every recognised number picks one of its readings, every equation holds or is broken at a price, and the cheapest whole
is sought. Reports contain errors of their own, so a sum is no proof: a reading is replaced only where
- the replacement closes every equation the number stands in, one of which was broken before,
- no other set of readings explains the sums nearly as cheaply,
- it is clearly likelier than an error of the report that happens to look like this misreading, and
- one broken sum alone must rest on numbers that are otherwise certain.
Whatever fails one of these stays as it was read, and a person looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.confidence import ACCEPTED
from audit.equations import Equation
from audit.readings import Candidate, Site
from audit.solving import ERROR_OF_SOURCE, MARGIN, MOST_CHANGES, Problem, cheapest

# A sum of more numbers than these is only checked, not weighed.
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Repair:
    """One site that is read otherwise, and the equations that were broken and now hold."""

    site: Site
    candidate: Candidate
    closed: tuple[Equation, ...]

    @property
    def step(self) -> str:
        """How a value notes it: what was read, what it is taken for, and by which sums."""
        rules = ", ".join(f"{e.rule} {e.code}" if e.code else e.rule for e in self.closed)
        return f"repair: {self.site.printed.text!r} -> {self.candidate.text!r} by {rules}"


def repairs_of(sites: Sequence[Site], equations: Sequence[Equation]) -> tuple[Repair, ...]:
    """The corrections that are certain, for one assessment; empty where nothing recognised stands in a broken sum."""
    where = {id(value): number for number, site in enumerate(sites) for _, value in site.numbers}
    known = [equation for equation in equations if all(id(value) in where for value in equation.values)]
    certain: dict[int, int] = {}
    for problem in _components(sites, known, where):
        chosen = cheapest(problem)
        changes = {number: picked for number, picked in chosen.picks.items() if picked}
        if len(changes) >= MOST_CHANGES:
            continue
        certain |= {
            number: picked
            for number, picked in changes.items()
            if cheapest(problem, forbidden=(number, picked)).cost - chosen.cost >= MARGIN
        }
    return tuple(_justified(Problem(sites, tuple(known), where, frozenset(certain)), certain))


def _components(sites: Sequence[Site], equations: Sequence[Equation], where: Mapping[int, int]) -> Iterator[Problem]:
    """The broken equations and what hangs together with them, each a problem of its own.

    Free to be read otherwise are the sites of broken equations; every equation that holds one of them is taken in,
    with its other sites as they were read. Sums over a whole report say too little about each of their parts to be
    weighed; whether they close is asked of what was found.
    """
    at = [list(dict.fromkeys(where[id(value)] for value in equation.values)) for equation in equations]
    short = [(equation, own) for equation, own in zip(equations, at, strict=True) if len(own) <= _LONGEST]
    broken = [own for equation, own in short if not equation.holds]
    free = {number for own in broken for number in own if len(sites[number].candidates) > 1}
    root = {number: number for number in free}

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    touching = [(equation, [number for number in own if number in free]) for equation, own in short]
    for _, own in touching:
        for other in own[1:]:
            root[find(other)] = find(own[0])
    groups: dict[int, list[Equation]] = defaultdict(list)
    for equation, own in touching:
        if own:
            groups[find(own[0])].append(equation)
    for head, group in groups.items():
        if not all(equation.holds for equation in group):
            yield Problem(sites, tuple(group), where, frozenset(number for number in free if find(number) == head))


def _justified(problem: Problem, changes: Mapping[int, int]) -> list[Repair]:
    """The changes that meet every condition of the module's text; what one refusal leaves is looked at again."""
    changes = dict(changes)
    while True:
        refused = [number for number in changes if not _is_justified(problem, changes, number)]
        if not refused:
            return [_repair(problem, changes, number) for number in changes]
        for number in refused:
            del changes[number]


def _is_justified(problem: Problem, changes: Mapping[int, int], number: int) -> bool:
    own = problem.equations_at(number)
    if not all(problem.holds(equation, changes) for equation in own):
        return False
    closed = [equation for equation in own if not equation.holds]
    if not any(problem.is_exact(equation, changes) for equation in closed):
        return False
    site = problem.sites[number]
    candidate = site.candidates[changes[number]]
    if candidate.cost - site.current.cost > ERROR_OF_SOURCE - MARGIN:
        return False
    return len(closed) > 1 or all(_is_solid(problem, other, changes, own) for other in problem.sites_of(closed[0]))


def _is_solid(problem: Problem, number: int, changes: Mapping[int, int], own: Sequence[Equation]) -> bool:
    """Whether a number is certain without the equations in question: typed, surely read, or confirmed elsewhere."""
    if number in changes:
        return True
    site = problem.sites[number]
    if site.confidence is None or site.confidence >= ACCEPTED:
        return True
    return any(equation not in own and problem.is_exact(equation, changes) for equation in problem.equations_at(number))


def _repair(problem: Problem, changes: Mapping[int, int], number: int) -> Repair:
    closed = tuple(equation for equation in problem.equations_at(number) if not equation.holds)
    site = problem.sites[number]
    return Repair(site, site.candidates[changes[number]], closed)


def decimals_after(repair: Repair) -> dict[int, Decimal]:
    """The new number of each value of the site, by the value's identity."""
    return {id(value): repair.candidate.value(role) for role, value in repair.site.numbers}
