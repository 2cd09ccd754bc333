"""The letters of the old encodings, from `patterns/encodings/`, and the change of a word from one to Unicode."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Legacy = Literal["tcvn3", "vni", "cp1258"]
LEGACY: tuple[Legacy, ...] = ("tcvn3", "vni", "cp1258")


@dataclass(frozen=True, slots=True)
class Table:
    """Signs of an old encoding, one or two characters each, and the letters they stand for."""

    letters: dict[str, str]
    longest: int

    def convert(self, word: str) -> tuple[tuple[str, ...], str]:
        """What each character of the word becomes (nothing for a mark that went into its letter), and what is unknown.

        ASCII stays; a character outside the table stays and is told in the second part.

        >>> table("vni").convert("Töï")
        (('T', 'ự', ''), '')
        >>> table("tcvn3").convert("nµàn")
        (('n', 'à', 'à', 'n'), 'à')
        """
        pieces: list[str] = []
        unknown = ""
        place = 0
        while place < len(word):
            for length in range(self.longest, 0, -1):
                letter = self.letters.get(word[place : place + length])
                if letter is not None and place + length <= len(word):
                    pieces.extend((letter, *("",) * (length - 1)))
                    place += length
                    break
            else:
                sign = word[place]
                pieces.append(sign)
                unknown += sign if not sign.isascii() else ""
                place += 1
        return tuple(pieces), unknown


@cache
def table(encoding: Legacy) -> Table:
    """The table of one encoding."""
    text = files("patterns").joinpath("encodings", f"{encoding}.tsv").read_text(encoding="utf-8")
    letters = {}
    for line in text.splitlines()[1:]:
        legacy, letter = line.split("\t")[:2]
        letters[_signs(legacy)] = unicodedata.normalize("NFC", letter)
    return Table(letters, max(map(len, letters)))


@cache
def legacy_signs() -> frozenset[str]:
    """Every character outside ASCII that some old encoding uses for a letter or a mark."""
    return frozenset(sign for encoding in LEGACY for key in table(encoding).letters for sign in key if sign > "\x7f")


def _signs(cell: str) -> str:
    return chr(int(cell[2:], 16)) if cell.startswith("U+") else cell
