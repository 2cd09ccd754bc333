"""Text of the old Vietnamese encodings to Unicode: decided by the words, for fonts are often named wrongly.

Before Unicode, Vietnamese was typed with fonts that draw Vietnamese letters in the places of Western ones. Read today
such a text is a row of Western letters ("Céng hoµ", "Coäng hoøa"), of which only the font's name tells what was meant.
Most files that name such a font hold Unicode all the same, so the text itself decides: whether its words become
Vietnamese syllables by the change or already are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from normalize.encoding_capitals import in_capitals
from normalize.encoding_evidence import Evidence, decide, evidence_of
from normalize.encoding_fonts import draws_capitals, hint_of
from normalize.encoding_tables import Legacy, table
from normalize.encoding_words import Vote, converted_word, reads_as_unicode, verdict, words_of
from normalize.text import nfc

Encoding = Literal["unicode", "tcvn3", "vni", "cp1258"]

# Vietnamese and an old encoding may stand in one stretch; where so many words speak for the old one, it is whole.
_WHOLE = 5
_ETH = regex.compile(r"[A-Za-z\p{L}]*[Ðð][A-Za-z\p{L}]*")
_CAPITAL_ETH = regex.compile(r"[A-ZÐ]{2,8}")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text in Unicode, and the encoding it was in.

    `unmapped` are the characters that the encoding does not know, as often as they stand there: they are still in the
    text.
    """

    text: str
    encoding: Encoding
    changed: bool
    unmapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """What each character of a text became ("" for a mark that went into its letter), and what is unknown."""

    pieces: tuple[str, ...]
    unmapped: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return nfc("".join(self.pieces))


def repair_text(text: str, font: str | None = None) -> Repaired:
    """The text in NFC Unicode; `font` is a hint and says whether TCVN3 was drawn in capitals.

    >>> repair_text("§éc lËp - Tù do - H¹nh phóc")
    Repaired(text='Độc lập - Tự do - Hạnh phúc', encoding='tcvn3', changed=True, unmapped=())
    >>> repair_text("UÛy ban nhaân daân tænh").text, repair_text("th«ng t\\u00ad", ".VnTimeH").text
    ('Ủy ban nhân dân tỉnh', 'THÔNG TƯ')
    >>> [repair_text(text).changed for text in ("Ủy ban", "5 µm × 3", "un café très serré", "½ điểm")]
    [False, False, False, False]
    """
    composed = nfc(text)
    found = decide(evidence_of(composed), hint_of(font))
    if found is not None:
        converted = convert(composed, found, font)
        after = with_d(converted.text)
        # what still looks like an old encoding afterwards was not understood: leave it as it came
        if after != composed and decide(evidence_of(after), hint_of(font)) is None:
            return Repaired(after, found, True, converted.unmapped)
        return Repaired(composed, "unicode", composed != text)
    after = with_d(composed)
    if after != composed and decide(evidence_of(after), hint_of(font)) is not None:
        after = composed
    return Repaired(after, "unicode", after != text)


def convert(text: str, encoding: Legacy, font: str | None = None, forced: bool = False) -> Converted:
    """The change of a text known to be in an old encoding; words that are Unicode all the same are kept.

    `forced` is for a text whose neighbours decided: its words need not speak for the encoding themselves.

    >>> convert("Bé Tµi", "tcvn3").text, convert("Bé", "tcvn3", forced=True).text, convert("Bộ", "tcvn3").text
    ('Bộ Tài', 'Bộ', 'Bộ')
    """
    pieces = list(text)
    unmapped: list[str] = []
    words = words_of(text)
    taken = _taken([verdict(word, encoding).vote for _, word in words], [word for _, word in words], encoding, forced)
    for (start, word), take in zip(words, taken, strict=True):
        if take and not _stays(text, start, word):
            changed, unknown = converted_word(word, encoding)
            pieces[start : start + len(word)] = changed
            unmapped.extend(unknown)
    if encoding == "tcvn3":
        pieces = [piece.upper() for piece in pieces] if draws_capitals(font) else in_capitals(text, pieces)
    return Converted(tuple(pieces), tuple(unmapped))


def judge(text: str, font: str | None = None) -> tuple[Legacy | None, dict[Legacy, Evidence]]:
    """The encoding that a text by itself is in (None: Unicode, or nothing to tell by), and the counts behind it."""
    evidence = evidence_of(text)
    return decide(evidence, hint_of(font)), evidence


def with_d(text: str) -> str:
    """Đ for the Icelandic letter that some keyboards wrote for it.

    >>> with_d("Ðồng Nai, QÐ-UBND, ðất"), with_d("Ðorðarson")
    ('Đồng Nai, QĐ-UBND, đất', 'Ðorðarson')
    """
    if "Ð" not in text and "ð" not in text:
        return text

    def replaced(match: regex.Match[str]) -> str:
        word = match[0]
        if reads_as_unicode(word) or _CAPITAL_ETH.fullmatch(word):
            return word.replace("Ð", "Đ").replace("ð", "đ")
        return word

    return _ETH.sub(replaced, text)


def _taken(votes: Sequence[Vote], words: Sequence[str], encoding: Legacy, forced: bool) -> list[bool]:
    """Which words are changed: those for it, and those in between that say nothing, up to the next against it."""
    gain, loss = votes.count("for"), votes.count("against")
    whole = loss == 0 or gain >= _WHOLE * loss or (forced and gain > loss)
    taken = [False] * len(votes)
    start = 0
    for end in range(len(votes) + 1):
        if end < len(votes) and votes[end] != "against":
            continue
        stretch = range(start, end)
        gains = [place for place in stretch if votes[place] == "for"]
        strong = any(verdict(words[place], encoding).strong for place in gains)
        if whole and (gain or forced):
            between: Sequence[int] = stretch
        elif strong or len(gains) > 1:
            between = range(gains[0], gains[-1] + 1)
        else:
            between = ()
        for place in between:
            taken[place] = True
        if end < len(votes) and whole and gain:
            # a slip of the pen that happens to be a syllable: its signs are of the same font as its neighbours'
            taken[end] = not table(encoding).convert(words[end])[1]
        start = end + 1
    return taken


def _stays(text: str, start: int, word: str) -> bool:
    """Whether a sign alone is meant as it is printed: § 5, ½, ©; a letter đ behind an amount or before a stroke is not.

    Signs beside digits never get here.
    """
    if len(word) > 1 or word.isalpha() or word in "¸¶µ¹¬ª«©¤¢":
        return False
    before, after = text[:start].rstrip()[-1:], text[start + 1 : start + 2]
    return not ((word == "®" and before.isdigit()) or (word in "®§" and after in ("/", ".")))
