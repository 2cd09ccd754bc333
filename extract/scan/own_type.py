"""The digits of a page held against each other: a page is printed in few types, so what is read as a nine must look
like the other nines of its page.

An engine knows digits from elsewhere, and now and then it is sure of a wrong one: of a 0 whose stroke has a gap it
makes a 9, whatever is done to the picture. The page's own digits say it better. Where a digit looks like those of
another name and not like those of its own, the numeral is read with the other one or goes to a person; where every
digit looks like its own and no other, two witnesses that know nothing of each other agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import cv2
import numpy as np
import regex
from numpy.typing import NDArray

from extract.scan.clean import Gray
from extract.scan.glyphs import glyphs_of
from extract.scan.numerals import AGREED, looks_numeral, parts_of
from extract.scan.shapes import shapes_of
from extract.scan.sheet import Sheet, SheetWord
from normalize.value import Reading

# All likenesses are correlations of two digits of one height, softened, at the best shift of a pixel. Measured on
# generated scans: a digit is as like the others of its name as 0.97 in the middle, 0.85 to those of the next name.
LIKE, APART = 0.90, 0.04
"""A digit is its own when it is so like the others of its name, and by so much more like them than any other's."""
OTHER, ANOTHER = 0.92, 0.95
"""So like those of another name, and unlike its own, a digit is in doubt; or it is read as the other."""
CLEARLY = 0.08
UNLIKE = 0.80
"""Less like its own than this a digit is not whole, or something sticks to it."""
WITNESSED = 0.98
"""The confidence of a numeral that the engine read surely and of which every digit looks like its own."""
SURE = 0.85
DOUBTED, REPLACED = 0.4, 0.6
_ENOUGH, _NEAREST = 3, 3
_MOST = 40
_HIGH, _WIDE = 24, 20
_TALL = "0123456789/()đ"
_WORD = regex.compile(r"[\d.,/()đ:; –-]+")

Picture = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Digit:
    """One digit of a word: its place among the signs of the text, its name and its picture.

    `fits`: the text accounts for every shape of the word, its commas and points too.
    """

    word: int
    at: int
    name: str
    picture: Picture
    fits: bool


def in_own_type(sheet: Sheet, words: Sequence[SheetWord]) -> list[SheetWord]:
    """The words of a page, in order, their numerals held against the digits of the page."""
    digits = [digit for number, word in enumerate(words) for digit in _digits_of(sheet, word, number)]
    named = _references(digits, words)
    checked = list(words)
    if len(named) < 2:
        return checked
    likeness = _likenesses(digits, named)
    of_word: dict[int, list[tuple[_Digit, Mapping[str, float]]]] = defaultdict(list)
    for digit, like in zip(digits, likeness, strict=True):
        of_word[digit.word].append((digit, like))
    enough = {name for name, own in named.items() if len(own) >= _ENOUGH}
    for number, seen in of_word.items():
        checked[number] = _judged(words[number], seen, enough)
    return checked


def _digits_of(sheet: Sheet, word: SheetWord, number: int) -> Iterator[_Digit]:
    """The digits of a numeral; nothing where its shapes cannot be told apart one by one."""
    if not _WORD.fullmatch(word.text) or not any(sign.isdigit() for sign in word.text):
        return
    glyphs = glyphs_of(sheet.ink, word.box.grown(2), sheet.small or 14.0)
    if glyphs is None or glyphs.touching or glyphs.odd:
        return
    signs = [(at, sign) for at, sign in enumerate(word.text) if sign in _TALL]
    shapes = shapes_of((glyphs.picture < 150).astype(np.uint8))
    tall = sorted(
        (int(stats[0]), label)
        for label, stats in enumerate(shapes.stats[1:], 1)
        if stats[3] >= 0.6 * glyphs.picture.shape[0]
    )
    if len(tall) != len(signs):
        return
    fits = glyphs.trust(parts_of(word.text)[1] or word.text) == 1
    for (at, sign), (_, label) in zip(signs, tall, strict=True):
        if sign.isdigit():
            yield _Digit(number, at, sign, _picture(glyphs.picture, shapes.labels, shapes.stats[label], label), fits)


def _picture(picture: Gray, labels: NDArray[np.int32], stats: NDArray[np.int32], label: int) -> Picture:
    """A digit alone, dark on white turned into light on black, brought to one height and softened."""
    x, y, wide, high = (int(value) for value in stats[:4])
    part = slice(max(0, y - 1), y + high + 1), slice(max(0, x - 1), x + wide + 1)
    alone = 255 - picture[part]
    alone[(labels[part] != label) & (labels[part] != 0)] = 0
    tall = _HIGH - 4
    width = max(1, min(_WIDE - 2, round(alone.shape[1] * tall / alone.shape[0])))
    framed = np.zeros((_HIGH, _WIDE), np.float32)
    left = (_WIDE - width) // 2
    framed[2 : 2 + tall, left : left + width] = cv2.resize(alone, (width, tall), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(framed, (0, 0), 0.9), np.float32)


def _references(digits: Sequence[_Digit], words: Sequence[SheetWord]) -> dict[str, list[int]]:
    """By name, which of the digits were read surely; of many, some from all over the page."""
    named: dict[str, list[int]] = defaultdict(list)
    for at, digit in enumerate(digits):
        if words[digit.word].confidence >= SURE:
            named[digit.name].append(at)
    return {name: own[:: -(-len(own) // _MOST)] for name, own in named.items()}


def _likenesses(digits: Sequence[_Digit], named: Mapping[str, Sequence[int]]) -> list[Mapping[str, float]]:
    """How like each digit is to those of every name: the mean of the nearest, those of its own word left out."""
    chosen = [at for own in named.values() for at in own]
    pictures = np.stack([digit.picture for digit in digits])
    references = _flat(pictures[chosen])
    best = np.full((len(digits), len(chosen)), -1.0, np.float32)
    for down, right in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)):
        best = np.maximum(best, _flat(np.roll(pictures, (down, right), (1, 2))) @ references.T)
    owners = np.array([digit.word for digit in digits])
    best[owners[:, None] == owners[chosen][None, :]] = -1
    found: list[dict[str, float]] = [{} for _ in digits]
    start = 0
    for name, own in named.items():
        nearest = np.sort(best[:, start : start + len(own)], axis=1)[:, -_NEAREST:]
        start += len(own)
        counted = nearest > -1
        means = np.where(counted, nearest, 0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
        for at in np.nonzero(counted.any(axis=1))[0]:
            found[at][name] = float(means[at])
    return list(found)


def _flat(pictures: Picture) -> Picture:
    rows = pictures.reshape(len(pictures), -1)
    rows = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def _judged(word: SheetWord, seen: Sequence[tuple[_Digit, Mapping[str, float]]], enough: Set[str]) -> SheetWord:
    """The word with what its digits look like taken into account."""
    text = list(word.text)
    clearly = own_all = True
    strange = False
    for digit, like in seen:
        own = like.get(digit.name, 0.0)
        rivals = {name: value for name, value in like.items() if name != digit.name and name in enough}
        name, other = max(rivals.items(), key=lambda rival: rival[1], default=("", 0.0))
        own_all &= digit.name in enough and own >= LIKE and own - other >= APART
        strange |= digit.name in enough and own < UNLIKE
        if other >= OTHER and other - own >= APART:
            text[digit.at] = name
            clearly &= other >= ANOTHER and other - own >= CLEARLY
    said = "".join(text)
    rest = tuple(one for one in word.others if one.text not in (said, word.text))
    if said != word.text and clearly:
        others = (Reading(word.text, DOUBTED), *rest)
        return SheetWord(said, word.box, min(word.confidence, REPLACED), others)
    if said != word.text:
        return replace(word, confidence=min(word.confidence, DOUBTED), others=(Reading(said, REPLACED), *rest))
    whole = _is_whole(word.text)
    if strange and not whole:
        return replace(word, confidence=min(word.confidence, DOUBTED))  # a 5 that a comma sticks to is like no 5
    if own_all and whole and seen[0][0].fits and word.confidence >= DOUBTED:
        return replace(word, confidence=WITNESSED if word.confidence >= SURE else AGREED, others=())
    return word


def _is_whole(text: str) -> bool:
    """Whether a numeral cannot have lost a comma: the digits would look no different without it."""
    body = parts_of(text)[1].removesuffix("đ")
    halves = body.lstrip("-–").split("/")
    return looks_numeral(body) and all(len(half) == 1 or any(sign in ".," for sign in half) for half in halves)
