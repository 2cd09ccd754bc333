"""Which signs of a numeral recognition takes for one another (confusions.toml): what a text may have been in print."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Confusion:
    """`read` stands in the reading where `printed` may stand on paper; `share` of all misreadings go this way."""

    read: str
    printed: str
    share: float


@cache
def confusions() -> tuple[Confusion, ...]:
    """The table, digits of a like shape both ways."""
    found: list[Confusion] = []
    for entry in tomllib.loads(files("audit").joinpath("confusions.toml").read_text(encoding="utf8"))["confusion"]:
        share = float(entry["share"])
        for first, second in entry.get("digits", ()):
            found += [Confusion(first, second, share), Confusion(second, first, share)]
        found += [Confusion(read, printed, share) for read, printed in entry.get("letters", {}).items()]
        found += [Confusion("", digit, share) for digit in entry.get("lost", "")]
        if "read" in entry:
            found.append(Confusion(entry["read"], entry["printed"], share))
    return tuple(found)


def texts_before(text: str) -> Iterator[tuple[str, float]]:
    """The texts that one confusion turns into this one, each with its share; words and blanks are left as they are.

    >>> [before for before, share in texts_before("05") if share > 0.05]
    ['0,5', '0/5']
    >>> ("0,5/1" in dict(texts_before("0,51")), "17/19" in dict(texts_before("17/19")))
    (True, False)
    """
    for confusion in confusions():
        if not confusion.read:
            gaps = _behind_comma(text) if confusion.printed.isdigit() else _between_digits(text)
            yield from ((text[:at] + confusion.printed + text[at:], confusion.share) for at in gaps)
            continue
        start = text.find(confusion.read)
        while start >= 0:
            if _in_numeral(text, start):
                end = start + len(confusion.read)
                yield text[:start] + confusion.printed + text[end:], confusion.share
            start = text.find(confusion.read, start + 1)


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
