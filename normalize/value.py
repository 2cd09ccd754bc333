"""A value and how it was come by: nothing enters the store without the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from normalize.place import NOWHERE, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way recognition read a piece of the picture; confidence is a share from 0 to 1."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as a reader handed it on: what stands there, where, and how sure the reading is.

    `confidence` is None where nothing was measured (typed text). `alternatives` are the other readings that
    recognition offered, the best first, without the one chosen.
    """

    text: str
    place: Place = NOWHERE
    confidence: float | None = None
    alternatives: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A normalised value with its derivation.

    `printed` is the text it was read from and its place; `pattern` the name of the rule in `patterns/` that matched;
    `steps` the changes made on the way, in order, each `rule: before -> after`.
    """

    value: T
    printed: Printed
    pattern: str
    steps: tuple[str, ...] = ()

    @property
    def confidence(self) -> float | None:
        return self.printed.confidence

    def with_step(self, step: str) -> Value[T]:
        return replace(self, steps=(*self.steps, step))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that should have held a value of a `kind` ("score", "code", ...) and did not; `why` names the reason."""

    printed: Printed
    kind: str
    why: str
