"""The usual domains of a scorecard by their names (domains.toml)."""

from __future__ import annotations

from functools import cache

import regex

from patterns.catalogue import load_toml


@cache
def _domains() -> tuple[tuple[int, regex.Pattern[str]], ...]:
    return tuple((entry["number"], regex.compile(entry["regex"])) for entry in load_toml("domains")["domain"])


def usual_domain(folded: str) -> int | None:
    """The usual number of the domain that a folded name speaks of; None where none or several fit.

    >>> usual_domain("cải cách thủ tục hành chính")
    3
    >>> usual_domain("ban hành kế hoạch")
    """
    found = [number for number, pattern in _domains() if pattern.search(folded)]
    return found[0] if len(found) == 1 else None
