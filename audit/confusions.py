"""Which signs of a numeral recognition takes for one another: what a text may have been in print, and how likely.

The table, with its shares, is `patterns/confusions.toml`. Nothing is decided here: a reading is offered, and only the
arithmetic of the report can prefer it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from patterns.catalogue import load_toml


@dataclass(frozen=True, slots=True)
class Confusion:
    """`read` stands in the reading where `printed` may stand on paper; `share` of all misreadings go this way."""

    name: str
    read: str
    printed: str
    share: float

    def undone(self, text: str) -> Iterator[str]:
        """The texts with the misreading undone at one place each; words and blanks are left as they are."""
        if not self.read:
            gaps = _behind_comma(text) if self.printed.isdigit() else _between_digits(text)
            yield from (text[:at] + self.printed + text[at:] for at in gaps)
            return
        start = text.find(self.read)
        while start >= 0:
            if _in_numeral(text, start):
                yield text[:start] + self.printed + text[start + len(self.read) :]
            start = text.find(self.read, start + 1)


@cache
def confusions() -> tuple[Confusion, ...]:
    """The table, digits of a like shape both ways."""
    found: list[Confusion] = []
    for entry in load_toml("confusions")["confusion"]:
        name, share = entry["name"], float(entry["share"])
        for first, second in entry.get("digits", ()):
            found += [Confusion(name, first, second, share), Confusion(name, second, first, share)]
        found += [Confusion(name, read, printed, share) for read, printed in entry.get("letters", {}).items()]
        found += [Confusion(name, "", digit, share) for digit in entry.get("lost", "")]
        if "read" in entry:
            found.append(Confusion(name, entry["read"], entry["printed"], share))
    return tuple(found)


def texts_before(text: str) -> Iterator[tuple[str, float]]:
    """The texts that one confusion turns into this one, each with its share; words and blanks are left as they are.

    >>> [before for before, share in texts_before("05") if share > 0.05]
    ['0,5', '0/5']
    >>> ("0,5/1" in dict(texts_before("0,51")), "17/19" in dict(texts_before("17/19")))
    (True, False)
    """
    for confusion in confusions():
        yield from ((before, confusion.share) for before in confusion.undone(text))


def _between_digits(text: str) -> list[int]:
    return [at for at in range(1, len(text)) if text[at - 1].isdigit() and text[at].isdigit()]


def _behind_comma(text: str) -> list[int]:
    """Where a decimal may have been lost: behind each comma and behind each decimal."""
    found = []
    behind = False
    for at, sign in enumerate(text):
        behind = sign in ",." or (behind and sign.isdigit())
        if behind:
            found.append(at + 1)
    return found


def _in_numeral(text: str, at: int) -> bool:
    """Whether the sign is a digit or stands beside a digit or a sign of numerals, not within a word."""
    beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    own = text[at]
    if own.isdigit():
        return not any(sign.isalpha() for sign in beside)
    return any(sign.isdigit() or sign in ",./" for sign in beside) and not any(
        sign.isalpha() for sign in beside if own.isalpha()
    )
