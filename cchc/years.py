"""Prints the years an archive has assessments of, the newest first (for the demo)."""

from __future__ import annotations

import sys

from load.store import Store


def years_of(store: Store) -> tuple[int, ...]:
    """The years of all assessments, the newest first."""
    found = {a.year for stored in store.reports() for a in stored.report.assessments if a.year is not None}
    return tuple(sorted(found, reverse=True))


if __name__ == "__main__":
    with Store.open(sys.argv[1]) as store:
        print(*years_of(store))
