"""The choice of readings as an integer programme: the one place that knows the solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from audit.equations import Equation
from audit.readings import Candidate, Site
from audit.rounding import slack

# What it costs, in thousandths of a logarithm, that the report itself is wrong at one place (one number in three
# hundred) and wrong in just the way that looks like this misreading (some twenty ways are usual: digits changed round,
# a comma misplaced, a quarter of a point too much).
ERROR_OF_SOURCE = 8700
# An explanation is clearly dearer when it is twenty times less likely.
MARGIN = 3000
# More misreadings than these in sums that hang together are for a person to sort out.
MOST_CHANGES = 4
_DETERMINISTIC_SECONDS = 2.0
_MOST_DECIMALS = 6


@dataclass(frozen=True)
class Problem:
    """The equations of one component. `where` tells the site of each value by its identity; the sites that are `free`

    may be read otherwise.
    """

    sites: Sequence[Site]
    equations: tuple[Equation, ...]
    where: Mapping[int, int]
    free: frozenset[int]

    def candidates(self, number: int) -> Sequence[Candidate]:
        """The readings to choose from, without those that never pay, even should they close every broken equation."""
        if number not in self.free:
            return (self.sites[number].current,)
        if number not in self._candidates:
            broken = sum(not equation.holds for equation in self.equations_at(number))
            limit = self.sites[number].current.cost + ERROR_OF_SOURCE * broken
            self._candidates[number] = [one for one in self.sites[number].candidates if one.cost <= limit]
        return self._candidates[number]

    def sites_of(self, equation: Equation) -> list[int]:
        return list(dict.fromkeys(self.where[id(value)] for value in equation.values))

    def equations_at(self, number: int) -> Sequence[Equation]:
        return self._at.get(number, ())

    @cached_property
    def _at(self) -> Mapping[int, Sequence[Equation]]:
        found: dict[int, list[Equation]] = defaultdict(list)
        for equation in self.equations:
            for number in self.sites_of(equation):
                found[number].append(equation)
        return found

    @cached_property
    def _candidates(self) -> dict[int, Sequence[Candidate]]:
        return {}

    def numbers(self, equation: Equation, picks: Mapping[int, int]) -> tuple[Decimal, list[Decimal]]:
        """The stated number and the parts of an equation under a choice of readings; 0 is what was read."""
        values = [self._value(id(value), picks) for value in equation.values]
        return values[0], values[1:]

    def _value(self, key: int, picks: Mapping[int, int]) -> Decimal:
        site = self.sites[self.where[key]]
        role = next(role for role, value in site.numbers if id(value) == key)
        picked = picks.get(self.where[key], 0)
        return (site.candidates[picked] if picked else site.current).value(role)

    def holds(self, equation: Equation, picks: Mapping[int, int]) -> bool:
        return equation.holds_for(*self.numbers(equation, picks))

    def is_exact(self, equation: Equation, picks: Mapping[int, int]) -> bool:
        stated, parts = self.numbers(equation, picks)
        return equation.relation == "sum" and equation.expected_of(parts) == stated


@dataclass(frozen=True, slots=True)
class Choice:
    """The reading picked at each site and what the whole costs, in thousandths."""

    cost: int
    picks: Mapping[int, int] = field(default_factory=dict)


def cheapest(problem: Problem, forbidden: tuple[int, int] | None = None) -> Choice:
    """The cheapest choice, without the one forbidden reading of a site. The same problem has the same answer always."""
    from ortools.sat.python import cp_model  # slow to load, and most reports need no repair

    model = cp_model.CpModel()
    numbers = sorted({number for equation in problem.equations for number in problem.sites_of(equation)})
    scale = 10 ** min(_MOST_DECIMALS, max(_decimals(problem, number) for number in numbers) + 1)
    open_ones = [number for number in numbers if len(problem.candidates(number)) > 1]
    picks: dict[int, list[Any]] = {}
    cost: list[Any] = [problem.sites[number].current.cost for number in numbers if number not in open_ones]
    for number in open_ones:
        candidates = problem.candidates(number)
        picks[number] = [model.new_bool_var(f"{number}/{at}") for at in range(len(candidates))]
        model.add_exactly_one(picks[number])
        cost += [one.cost * var for one, var in zip(candidates, picks[number], strict=True)]
    if forbidden is not None:
        model.add(picks[forbidden[0]][forbidden[1]] == 0)
    for at, equation in enumerate(problem.equations):
        if equation.relation in ("share", "perhaps"):
            continue
        broken = model.new_bool_var(f"broken {at}")
        cost.append(ERROR_OF_SOURCE * broken)
        gap, allowed, bound = _terms(problem, equation, picks, scale)
        model.add(gap <= allowed + bound * broken)
        if equation.relation == "sum":
            model.add(-gap <= allowed + bound * broken)
    model.add(sum(var for variables in picks.values() for var in variables[1:]) <= MOST_CHANGES)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = _DETERMINISTIC_SECONDS
    # Small sums with few readings each: the linear relaxation finds the answer, presolving costs more than it saves.
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_presolve = False
    if solver.solve(model) != cp_model.OPTIMAL:
        return Choice(0)
    chosen = {
        number: next(at for at, var in enumerate(variables) if solver.value(var)) for number, variables in picks.items()
    }
    return Choice(round(solver.objective_value), chosen)


def _terms(problem: Problem, equation: Equation, picks: Mapping[int, list[Any]], scale: int) -> tuple[Any, Any, int]:
    """Sum of the parts minus the stated number, the rounding allowed, and a bound on both, all in units of the scale.

    The rounding is at least as wide as that of `agree`; what is found is held against `agree` afterwards.
    """
    gap: Any = 0
    allowed: Any = 0
    bound = 0
    known = (False, *equation.rounded, *(False for _ in equation.parts[len(equation.rounded) :]))
    for (sign, value), is_rounded in zip(((-1, equation.stated), *equation.parts), known, strict=True):
        number = problem.where[id(value)]
        role = next(role for role, own in problem.sites[number].numbers if own is value)
        values = [candidate.value(role) for candidate in problem.candidates(number)]
        chosen = picks.get(number, (1,))
        gap += sum(round(sign * v * scale) * var for v, var in zip(values, chosen, strict=True))
        widths = [_width(v, value is equation.stated, is_rounded) for v in values]
        allowed += sum(round(w * scale) * var for w, var in zip(widths, chosen, strict=True))
        bound += round(max(values) * scale)
    return gap, allowed, bound


def _width(value: Decimal, stated: bool, rounded: bool) -> Decimal:
    return max(slack(value), Decimal("0.005")) if stated else slack(value, rounded)


def _decimals(problem: Problem, number: int) -> int:
    return max(
        (-int(exponent) for one in problem.candidates(number) for _, v in one.values
         if isinstance(exponent := v.as_tuple().exponent, int)),
        default=0,
    )  # fmt: skip
