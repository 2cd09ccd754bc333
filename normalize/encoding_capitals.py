"""Capital letters of TCVN3 where the font is not known: its letters with tones are small in every text."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.encoding_syllables import is_syllable
from normalize.text import nfc

_LINE = regex.compile(r"[^\n\t]+")
# signs outside ASCII are letters here: C«NG
_WORD = regex.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’…–—]+")
_TWO_CAPITALS = regex.compile(r"[A-Z][^\sa-z]*[A-Z]")
# two capitals and no small letter of ASCII
_LOUD = regex.compile(r"[^A-Za-z]*[A-Z][^A-Za-z]*[A-Z][^a-z]*")
_SMALL = regex.compile(r"[a-z]")


def in_capitals(text: str, pieces: Sequence[str]) -> list[str]:
    """The pieces that the characters of `text` became, as capitals where the ASCII letters around them are.

    A word with two capitals or more is in capitals; so is every word of a line without small ASCII letters, if it has
    such a word. Abbreviations do not count: "UBND xã" has a word in small letters.

    >>> "".join(in_capitals("QUYÕT §ÞNH", ["Q", "U", "Y", "ế", "T", " ", "Đ", "ị", "N", "H"]))
    'QUYẾT ĐỊNH'
    >>> "".join(in_capitals("UBND x·", [*"UBND x", "ã"]))
    'UBND xã'
    """
    result = list(pieces)
    for line in _LINE.finditer(text):
        if not _TWO_CAPITALS.search(line[0]):
            continue
        words = list(_WORD.finditer(text, line.start(), line.end()))
        loud = [match for match in words if _in_capitals(match[0], pieces[match.start() : match.end()])]
        whole = bool(loud) and not _SMALL.search(line[0])
        for match in [line] if whole else loud:
            span = slice(match.start(), match.end())
            result[span] = [piece.upper() for piece in result[span]]
    return result


def _in_capitals(word: str, pieces: Sequence[str]) -> bool:
    return bool(_LOUD.fullmatch(word)) and is_syllable(nfc("".join(pieces)))
