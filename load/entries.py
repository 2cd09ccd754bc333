"""A line of the ledger, apart from the database: worker processes make them and need nothing of the store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from normalize.errors import CchcError

Outcome = Literal["read", "unchanged", "skipped", "failed", "needs-recognition"]
# A later run takes these files up again when asked to retry.
UNDONE: tuple[Outcome, ...] = ("failed", "needs-recognition")
# open: the bytes and their hash; read: bytes to a document; extract: document to a report; audit; store.
StepName = Literal["open", "read", "extract", "audit", "store"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way of a file. `reason` is a stable key, set where it failed; `seconds` the time it took."""

    name: StepName
    seconds: float
    reason: str | None = None

    @property
    def outcome(self) -> str:
        return "failed" if self.reason else "done"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What became of a file. `reason` is a stable key (see normalize.errors), `seconds` the time it took.

    `steps` are those that were made; two entries that say the same of a file are equal however long its steps took.
    """

    path: str
    outcome: Outcome
    sha256: str | None = None
    reason: str | None = None
    detail: str | None = None
    seconds: float | None = None
    steps: tuple[Step, ...] = field(default=(), compare=False)

    def with_step(self, step: Step) -> FileEntry:
        return replace(self, steps=(*self.steps, step))

    def unchanged(self) -> FileEntry:
        """The entry of a file whose content was stored already."""
        return FileEntry(self.path, "unchanged", self.sha256, seconds=self.seconds, steps=self.steps)


class Steps:
    """The steps of one file as they are made."""

    def __init__(self) -> None:
        self.made: tuple[Step, ...] = ()

    @contextmanager
    def step(self, name: StepName) -> Iterator[None]:
        """Time what is done inside; an error of the program is noted with its reason and goes on its way."""
        start, reason = time.perf_counter(), None
        try:
            yield
        except CchcError as error:
            reason = error.reason
            raise
        finally:
            self.made = (*self.made, Step(name, time.perf_counter() - start, reason))
