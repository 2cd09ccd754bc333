"""Domains across scorecards: by their names, never by their numbers (patterns/canonical_domains.toml).

A scorecard that splits a canonical domain in two (impact and satisfaction) has it as their sum, and only where both
parts are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from compare.domains import Origin, Points
from load.records import Language
from normalize.text import fold
from patterns.catalogue import load_toml, patterns


@cache
def canonical_domain(name: str | None) -> str | None:
    """The canonical domain that a name speaks of; None where none or several fit.

    >>> canonical_domain("Cải cách TTHC"), canonical_domain("Xây dựng, hoàn thiện thể chế")
    ('procedures', 'institutions')
    >>> canonical_domain("Kiểm tra"), canonical_domain(None)
    (None, None)
    """
    if not name:
        return None
    folded = fold(name)
    found = [pattern.name for pattern in patterns("canonical_domains") if pattern.search(folded)]
    return found[0] if len(found) == 1 else None


@cache
def _shown() -> dict[str, dict[str, str]]:
    return {
        entry["name"]: {"vi": entry["vi"], "en": entry["en"]} for entry in load_toml("canonical_domains")["pattern"]
    }


def canonical_order() -> tuple[str, ...]:
    """All canonical domains in the order in which they are shown."""
    return tuple(_shown())


def canonical_name(key: str, lang: Language) -> str:
    """The name of a canonical domain; KeyError for an unknown one."""
    return _shown()[key][lang]


def by_canonical(domains: Mapping[int, Points], names: Mapping[int, str]) -> tuple[dict[str, Points], tuple[str, ...]]:
    """The points of one unit by canonical domain, and the names of domains that fit none."""
    parts: dict[str, list[Points]] = {}
    strange: list[str] = []
    for code, points in domains.items():
        name = names.get(code)
        key = canonical_domain(name)
        if key is not None:
            parts.setdefault(key, []).append(points)
        elif points.score is not None:
            strange.append(name or str(code))
    return {key: _together(parts[key]) for key in canonical_order() if key in parts}, tuple(strange)


def _together(parts: list[Points]) -> Points:
    if len(parts) == 1:
        return parts[0]
    if any(part.score is None or part.maximum is None for part in parts):
        return Points(None, None, "incomplete", any(part.review for part in parts))
    origin: Origin = "summed"
    score = sum((part.score for part in parts if part.score is not None), Decimal(0))
    maximum = sum((part.maximum for part in parts if part.maximum is not None), Decimal(0))
    return Points(score, maximum, origin, any(part.review for part in parts))
