"""All syllables that Vietnamese spelling allows, made by rule from `patterns/encodings/syllables.toml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from patterns.catalogue import load_toml

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_FRONT = frozenset("eêiy")


@cache
def skeletons() -> frozenset[str]:
    """Every syllable without its tone, in small letters and NFC."""
    return frozenset(_skeletons())


@cache
def _stops() -> tuple[str, ...]:
    return tuple(load_toml("encodings/syllables")["stops"])


def is_syllable(text: str) -> bool:
    """Whether the text is one syllable; the tone may stand on any vowel, for writers differ (hoà, hòa, nghiã).

    A syllable that ends in c, ch, p or t needs sắc or nặng.

    >>> [is_syllable(word) for word in ("nghĩa", "Nghiã", "quyết", "giếng", "ĐẮK", "uỷ")]
    [True, True, True, True, True, True]
    >>> [is_syllable(word) for word in ("Céng", "viÖc", "cèt", "kõt", "the", "hotel", "")]
    [False, False, False, False, True, False, False]
    """
    letters = unicodedata.normalize("NFD", text.lower())
    tones = [letter for letter in letters if letter in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if bare not in skeletons():
        return False
    return not bare.endswith(_stops()) or tones[:1] in (["\u0301"], ["\u0323"])


def _skeletons() -> Iterator[str]:
    data = load_toml("encodings/syllables")
    rhymes: list[str] = data["rhymes"].split()
    for onset in data["onsets"]:
        for rhyme in rhymes:
            if onset or rhyme not in data["not_bare"]:
                yield onset + rhyme
    for rhyme in rhymes:
        if rhyme[0] in _FRONT:
            yield from (onset + rhyme for onset in data["before_front"])
        else:
            yield from (onset + rhyme for onset in data["before_back"] if not (onset == "c" and _glides(rhyme)))
    yield from data["bare"]
    yield from (onset + "y" for onset in data["y_after"])
    yield from ("qu" + rhyme for rhyme in data["after_qu"].split())
    yield from ("gi" + rhyme for rhyme in data["after_gi"].split())
    yield from ("g" + rhyme for rhyme in data["i_after_g"])


def _glides(rhyme: str) -> bool:
    """Whether the rhyme opens with the glide that is written qu after the sound k."""
    return rhyme.startswith(("oa", "oă", "oe", "uâ", "uê", "uy", "uơ"))
