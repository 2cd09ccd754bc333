"""Prints the years an archive has assessments of, the newest first (for the demo)."""

from __future__ import annotations

import sys

from compare.years import known_years
from load.store import Store

if __name__ == "__main__":
    with Store.open(sys.argv[1], create=False) as opened:
        print(*reversed(known_years(opened)))
