"""Criterion codes: 1.4.2, ordered by their numbers (1.10 after 1.9)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A criterion code as its numbers.

    >>> Code((1, 10)) > Code((1, 9))
    True
    >>> str(Code((5, 4, 3, 4)))
    '5.4.3.4'
    """

    parts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Code:
        """The code of a canonical text ("1.4.2"); ValueError for anything else. Printed codes: `parse_code`."""
        return cls(tuple(int(part) for part in text.split(".")))

    def __str__(self) -> str:
        return ".".join(str(part) for part in self.parts)

    @property
    def domain(self) -> Code:
        return Code(self.parts[:1])

    @property
    def parent(self) -> Code | None:
        return Code(self.parts[:-1]) if len(self.parts) > 1 else None

    def under(self, other: Code) -> bool:
        """Whether this code stands below the other in the tree."""
        return len(self.parts) > len(other.parts) and self.parts[: len(other.parts)] == other.parts
