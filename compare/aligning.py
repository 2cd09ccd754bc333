"""Criteria of two scorecards that may be one: proposed by their names, with what speaks for it; a person decides.

The same code means different criteria in different scorecards, and alike names need not mean the same rule of scoring:
nothing is aligned by itself. A decision is kept in the store and holds for every year in which both scorecards name the
criteria so (load/alignments.py); `side_by_side(by="aligned")` compares what was confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise

from sqlalchemy import Connection, select

from compare.canonical import canonical_domain
from compare.choice import Question, candidates, results_of
from compare.domains import SHARE
from compare.pages import result_pages
from compare.trees import trees
from load.alignments import Aligned, Alignment, Verdict, align, aligned, alignments, standing
from load.connect import writing
from load.models import ResultRow
from load.store import Store
from normalize.codes import Code
from normalize.errors import UsageError
from normalize.records import Level, Unit
from normalize.text import fold

# Names less alike than this are not proposed.
LEAST = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard by the units it scores and a year of it."""

    province: str | None
    level: Level | None
    year: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion as the reports under a scorecard print it, the most usual name, with one document that has it."""

    code: Code
    name: str
    maximum: Decimal | None
    domain: str | None
    file: str
    sha256: str
    page: int | None
    key: Aligned


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two criteria that may be one. `likeness` of the names is from 0 to 1; `domains` tells whether both stand under
    the same canonical domain (None where one is not known); `verdict` is what a person decided, `who` that was.
    """

    first: Criterion
    second: Criterion
    likeness: Decimal
    domains: bool | None
    verdict: Verdict = "open"
    who: str | None = None


def criteria(store: Store, card: Card) -> tuple[Criterion, ...]:
    """The criteria below the domains of a scorecard: the one of most units where a year knows several.

    Raises UsageError "scorecard-unknown" where no report of the year prints maxima.
    """
    with store.reading() as connection:
        found = candidates(connection, Question(card.year, "year", card.province, card.level))
        best = {unit: several[0] for unit, several in found.items()}
        results = results_of(connection, best.values())
        rows = {unit: results.get((one.document_id, one.position), []) for unit, one in best.items()}
        known = trees(rows)
        if not known:
            raise UsageError("scorecard-unknown", f"{card.province or ''} {card.year}".strip())
        tree = max(known, key=lambda one: len(one.owners))
        source = max((best[unit] for unit in tree.owners), key=lambda one: (one.results, one.sha256))
        pages = _pages(connection, source.document_id, source.position)
    names = {code.parts[0]: tree.name(code) for code in tree.named if len(code.parts) == 1}
    return tuple(
        Criterion(
            code, name, maximum, canonical_domain(names.get(code.parts[0])), source.file, source.sha256,
            pages.get(str(code)), aligned(card.province, card.level, str(code), name),
        )
        for code, maximum in tree.maxima.items() if len(code.parts) > 1 and (name := tree.name(code))
    )  # fmt: skip


def _pages(connection: Connection, document: int, position: int) -> dict[str, int]:
    found = result_pages(connection, [document])
    query = select(ResultRow.position, ResultRow.code)
    query = query.where(ResultRow.document_id == document, ResultRow.assessment == position)
    rows = ((row.code, found.get((document, row.position))) for row in connection.execute(query))
    return {code: page for code, page in rows if page is not None}


def proposals(store: Store, first: Card, second: Card, least: Decimal = LEAST) -> tuple[Proposal, ...]:
    """The likeliest partner of each criterion, each taken once, by code; and all that was decided on."""
    here, there = criteria(store, first), criteria(store, second)
    with store.reading() as connection:
        decided = standing(alignments(connection))
    made = {(one.code, other.code): _proposal(one, other, decided) for one in here for other in there}
    kept = [one for one in made.values() if one.verdict != "open"]
    taken = {one.first.code for one in kept if one.verdict == "same"}
    met = {one.second.code for one in kept if one.verdict == "same"}
    for one in sorted(made.values(), key=_likeliest):
        open_still = one.first.code not in taken and one.second.code not in met and one.verdict == "open"
        if open_still and one.likeness >= least:
            kept.append(one)
            taken.add(one.first.code)
            met.add(one.second.code)
    return tuple(sorted(kept, key=lambda one: (one.first.code, one.second.code)))


def decide(
    store: Store, first: Card, second: Card, pairs: Iterable[tuple[str, str]], verdict: Verdict, who: str
) -> tuple[Proposal, ...]:
    """Keep a person's decision on pairs of codes, the first of each a code of the first scorecard.

    Raises UsageError "criterion-unknown" for a code that its scorecard does not have, before anything is kept.
    """
    here = {str(one.code): one for one in criteria(store, first)}
    there = {str(one.code): one for one in criteria(store, second)}
    chosen = [(_of(here, one), _of(there, other)) for one, other in pairs]
    now = datetime.now(UTC)
    with writing(store.engine) as connection:
        for one, other in chosen:
            align(connection, Alignment(one.key, other.key, verdict, who, now))
    return tuple(Proposal(a, b, likeness(a.name, b.name), _same_domain(a, b), verdict, who) for a, b in chosen)


def _of(known: Mapping[str, Criterion], code: str) -> Criterion:
    if code not in known:
        raise UsageError("criterion-unknown", code)
    return known[code]


def _proposal(one: Criterion, other: Criterion, decided: Mapping[tuple[Aligned, Aligned], Alignment]) -> Proposal:
    pair = (min(one.key, other.key), max(one.key, other.key))
    found = decided.get(pair)
    verdict: Verdict = found.verdict if found else "open"
    return Proposal(
        one, other, likeness(one.name, other.name), _same_domain(one, other), verdict, found.who if found else None
    )


def _same_domain(one: Criterion, other: Criterion) -> bool | None:
    return None if one.domain is None or other.domain is None else one.domain == other.domain


def _likeliest(one: Proposal) -> tuple[object, ...]:
    """The order in which partners are given: within a domain before across, then by likeness, maximum and code."""
    apart = abs((one.first.maximum or Decimal(0)) - (one.second.maximum or Decimal(0)))
    return one.domains is False, -one.likeness, apart, one.first.code, one.second.code


def likeness(name: str, other: str) -> Decimal:
    """The share of syllables and of neighbouring pairs of them that two names have in common (Dice), to four places.

    >>> likeness("Ban hành kế hoạch CCHC", "Ban hành kế hoạch CCHC năm"), likeness("Kiểm tra", "Tuyên truyền")
    (Decimal('0.9000'), Decimal('0.0000'))
    """
    first, second = _pieces(name), _pieces(other)
    shared = sum((first & second).values())
    whole = sum(first.values()) + sum(second.values())
    return (Decimal(2 * shared) / Decimal(max(whole, 1))).quantize(SHARE)


@cache
def _pieces(name: str) -> Counter[tuple[str, ...]]:
    syllables = [word.strip(".,;:()-/\"'") for word in fold(name).split()]
    syllables = [word for word in syllables if word]
    return Counter([*((word,) for word in syllables), *pairwise(syllables)])


def groups(decided: Iterable[Alignment]) -> dict[Aligned, Aligned]:
    """The criteria that were said to be one, each with the first of its group."""
    first: dict[Aligned, Aligned] = {}
    for (one, other), decision in standing(decided).items():
        if decision.verdict == "same":
            a, b = first.setdefault(one, one), first.setdefault(other, other)
            least = min(a, b)
            first |= {key: least for key, of in first.items() if of in (a, b)}
    return first


def group_of(found: Mapping[Aligned, Aligned], unit: Unit, code: Code, name: str | None) -> Aligned | None:
    """The group of a criterion of a unit's scorecard; a decision made for a whole level or province counts too."""
    for level in (unit.level, None):
        for province in (unit.province, None):
            if (key := found.get(aligned(province, level, str(code), name))) is not None:
                return key
    return None
