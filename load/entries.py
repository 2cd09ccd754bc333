"""A line of the ledger, apart from the database: worker processes make them and need nothing of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["read", "unchanged", "skipped", "failed", "needs-recognition"]
# A later run takes these files up again when asked to retry.
UNDONE: tuple[Outcome, ...] = ("failed", "needs-recognition")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What became of a file. `reason` is a stable key (see normalize.errors), `seconds` the time it took."""

    path: str
    outcome: Outcome
    sha256: str | None = None
    reason: str | None = None
    detail: str | None = None
    seconds: float | None = None
