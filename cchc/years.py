"""Prints the years an archive has assessments of, the newest first (for the demo)."""

from __future__ import annotations

import sys

from load.assessed import assessed
from load.store import Store


def years_of(store: Store) -> tuple[int, ...]:
    """The years of all assessments, the newest first."""
    with store.reading() as connection:
        found = {one.year for several in assessed(connection).values() for one in several}
    return tuple(sorted((year for year in found if year is not None), reverse=True))


if __name__ == "__main__":
    with Store.open(sys.argv[1], create=False) as opened:
        print(*years_of(opened))
