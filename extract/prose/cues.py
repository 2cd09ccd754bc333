"""The words of `patterns/cues.toml`: what a number in prose is, and where reasons, remedies and agencies begin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from normalize.text import fold
from patterns.catalogue import load_toml

# Groups that say what a number is; the others are asked for by the rules that need them.
ROLE_GROUPS = frozenset(
    [
        "score",
        "self",
        "appraised",
        "maximum",
        "full",
        "not_full",
        "deducted",
        "total_deducted",
        "change",
        "bonus",
        "rule",
        "threshold",
        "rank",
    ]
)
_COMMA = regex.compile(r"\s*,\s*")
REASON_GROUPS = frozenset({"reason", "because", "remedy"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases of one group; `bare` says that a number without its unit may follow them directly."""

    group: str
    phrases: tuple[str, ...]
    bare: bool = False
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counter_examples: tuple[str, ...] = ()


@cache
def cues() -> tuple[Cue, ...]:
    """All cues in the file's order."""
    return tuple(_cue(table) for table in load_toml("cues")["cue"])


@cache
def phrases(group: str) -> tuple[str, ...]:
    """The folded phrases of a group, the longest first. KeyError for a group the file does not know."""
    found = {fold(phrase) for cue in cues() if cue.group == group for phrase in cue.phrases}
    if not found:
        raise KeyError(group)
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


@cache
def phrase_pattern(group: str) -> regex.Pattern[str]:
    """Finds a phrase of the group, as whole words, in a folded text."""
    return regex.compile(r"(?<![\p{L}\p{N}])(?:" + "|".join(map(regex.escape, phrases(group))) + r")(?![\p{L}\p{N}])")


def either(group: str) -> str:
    """The phrases of a group as alternatives of a pattern, blanks of whatever width."""
    return "|".join(regex.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases(group))


def starts_with(group: str, text: str) -> bool:
    """Whether the text begins with a phrase of the group, whatever its capitals.

    >>> starts_with("section_end", "Phương hướng, nhiệm vụ năm 2021")
    True
    >>> starts_with("section_end", "Cải cách thể chế")
    False
    """
    return phrase_pattern(group).match(fold(text).lstrip("-+*•.,:;( ")) is not None


def without(group: str, text: str) -> str:
    """The folded text without the phrases of the group.

    >>> without("neutral", "UBND huyện được Hội đồng thẩm định chấm")
    ''
    """
    return " ".join(phrase_pattern(group).sub(" ", fold(text)).split())


@cache
def _domains() -> tuple[tuple[int, regex.Pattern[str]], ...]:
    tables = load_toml("cues")["domain"]
    return tuple(
        (table["domain"], regex.compile("|".join(regex.escape(fold(p)) for p in table["phrases"]))) for table in tables
    )


def domain_named(text: str) -> int | None:
    """The usual number of the domain that the text names, the earliest name in it deciding.

    >>> domain_named("Cải cách thủ tục hành chính"), domain_named("Phương hướng"), domain_named("Chỉ đạo,điều hành")
    (3, None, 1)
    """
    folded = _COMMA.sub(", ", fold(text))
    hits = [(match.start(), number) for number, names in _domains() if (match := names.search(folded))]
    return min(hits)[1] if hits else None


def _cue(table: dict[str, Any]) -> Cue:
    return Cue(
        group=table["group"],
        phrases=tuple(table["phrases"]),
        bare=table.get("bare", False),
        examples=tuple((each["text"], tuple(each["numbers"])) for each in table.get("examples", [])),
        counter_examples=tuple(table.get("counter_examples", [])),
    )
