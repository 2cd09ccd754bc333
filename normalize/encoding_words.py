"""What one word says about the encoding of the text it stands in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import regex

from normalize.encoding_syllables import is_syllable
from normalize.encoding_tables import LEGACY, Legacy, legacy_signs, table

# "for": a syllable only after the change. "against": one only as it stands, or with a letter the encoding has not.
# "either": one both ways, or too short to tell. "neither". "silent": a sign or an abbreviation.
Vote = Literal["for", "against", "either", "neither", "silent"]

SOFT_HYPHEN = "\u00ad"
# Signs that print as a dash or a dot and are a letter in TCVN3 only where that makes a syllable.
_DASH = regex.compile(r"([\u00ad\u2212\u2219\u00b7])")
_VIETNAMESE_ONLY = regex.compile(r"[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_INNER_CAPITAL = regex.compile(r"\p{Ll}\p{M}*\p{Lu}")
_UNIT = regex.compile(r"µ[A-Za-z]{1,2}")
_ONE_LETTER = frozenset("àáảạâêôơừứửụùúủởờớợồộổýỷỳỵìíịỉòóọỏờẻèéêôụ")
# Capitals as TCVN3 types them: §T, Q§, H§ND.
_CAPITALS = regex.compile(r"[A-Z¡-§]{2,}")
_ABBREVIATION = regex.compile(r"\p{Lu}{1,8}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a word votes on one encoding; `strong` where chance hardly makes such a word in other languages."""

    vote: Vote
    strong: bool = False


@cache
def _letters() -> regex.Pattern[str]:
    """Stretches of letters and of signs that are letters in some old encoding."""
    signs = "".join(sorted(regex.escape(sign) for sign in legacy_signs()))
    return regex.compile(rf"[A-Za-z\p{{L}}\p{{M}}{signs}]+")


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> tuple[tuple[int, str], ...]:
    """The words with letters outside ASCII, and where each begins.

    Signs that open or close a word without being a letter of it are left out, and so are those beside a digit.

    >>> words_of("«xin» kinh tÕ\u2212x· héi, 3 × 4 = ½ ®iÓm")
    ((11, 'tÕ'), (14, 'x·'), (17, 'héi'), (30, '½'), (32, '®iÓm'))
    """
    if text.isascii():
        return ()
    found: list[tuple[int, str]] = []
    for match in _letters().finditer(text):
        word = match[0]
        if word.isascii():
            continue
        for offset, part in _parts(word):
            start = match.start() + offset
            if len(part) > 1 or part.isalpha() or not _counts(text, start, part):
                found.append((start, part))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[tuple[int, str], ...]:
    """A word as it stands if it reads in some encoding; else without dashes and signs at its ends."""
    if len(word) == 1 or _reads(word):
        return ((0, word),)
    chunks = [chunk for chunk in _DASH.split(word) if chunk]
    parts: list[tuple[int, str]] = []
    place = start = 0
    while place < len(chunks):
        # the longest row of chunks that reads, so that a dash that is a letter stays in its word
        ends = (end for end in range(len(chunks), place, -1) if _reads("".join(chunks[place:end])))
        end = next(ends, place + 1)
        chunk = "".join(chunks[place:end])
        if not _DASH.fullmatch(chunk):
            offset, part = _trimmed(chunk)
            if not part.isascii():
                parts.append((start + offset, part))
        start, place = start + len(chunk), end
    return tuple(parts)


def _trimmed(chunk: str) -> tuple[int, str]:
    """The chunk without quotation marks, raised figures and the like at its ends, if that reads."""
    first = len(chunk) - len(chunk.lstrip("»§½¼¾×÷"))
    last = len(chunk.rstrip("»½¼¾×÷¹©®"))
    if chunk.startswith("«") and chunk.endswith("»"):
        first = 1
    for start, end in ((first, len(chunk)), (0, last), (first, last)):
        if _reads(chunk[start:end]):
            return start, chunk[start:end]
    return 0, chunk


def _reads(word: str) -> bool:
    """Whether a word is a syllable, or an abbreviation, as it stands or in some encoding."""
    if word.isascii():
        return word.isalpha()
    if _CAPITALS.fullmatch(word):
        return True
    return reads_as_unicode(word) or any(verdict(word, encoding).vote in {"for", "either"} for encoding in LEGACY)


def _counts(text: str, start: int, sign: str) -> bool:
    """Whether a sign stands beside a digit and so belongs to a number: 3 × 4, ½, 5 §. A đ behind an amount does not."""
    if sign == "®":
        return False
    return text[:start].rstrip()[-1:].isdigit() or text[start + len(sign) :].lstrip()[:1].isdigit()


@lru_cache(maxsize=1 << 16)
def verdict(word: str, encoding: Legacy) -> Verdict:
    """The vote of a word that has letters outside ASCII.

    >>> verdict("héi", "tcvn3"), verdict("hội", "tcvn3").vote, verdict("Bé", "tcvn3").vote
    (Verdict(vote='for', strong=False), 'against', 'either')
    >>> verdict("®iÓm", "tcvn3"), verdict("½", "tcvn3").vote, verdict("µm", "tcvn3").vote
    (Verdict(vote='for', strong=True), 'silent', 'silent')
    """
    pieces, unknown = converted_word(word, encoding)
    now = reads_as_unicode(word)
    if unknown:
        return Verdict("against" if now or _VIETNAMESE_ONLY.search(unknown) else "neither")
    if _UNIT.fullmatch(word) or (not any(sign.isalpha() for sign in word) and not _is_word(pieces)):
        return Verdict("silent")
    after = "".join(pieces)
    changed = sum(first != second for first, second in zip(word, pieces, strict=True))
    if not changed:
        return Verdict("silent")
    inside = any(not sign.isalpha() or sign in "µª" for sign in word) and len(word) > 1
    if _is_word(pieces) and not _breaks_case(word, after, encoding):
        # words of two Western letters are words in too many languages (où, dû)
        if now or (len(word) <= 2 and not inside):
            return Verdict("either")
        return Verdict("for", inside or changed > 2)
    if now:
        return Verdict("against")
    if _ABBREVIATION.fullmatch(after):
        # a section sign after a capital letter is no section sign: Q§, H§ND
        return Verdict("for", True) if regex.search(r"[A-Z]§", word) else Verdict("silent")
    return Verdict("neither")


@lru_cache(maxsize=1 << 16)
def reads_as_unicode(word: str) -> bool:
    """Whether a word is a syllable as it stands, with Ð for Đ and without soft hyphens."""
    plain = word.replace("Ð", "Đ").replace("ð", "đ").replace(SOFT_HYPHEN, "")
    return plain.isalpha() and "µ" not in plain and not _INNER_CAPITAL.search(plain) and is_syllable(plain)


@lru_cache(maxsize=1 << 16)
def converted_word(word: str, encoding: Legacy) -> tuple[tuple[str, ...], str]:
    """`Table.convert`; of two soft hyphens in TCVN3 one is a soft hyphen and only the other is ư.

    >>> converted_word("n\\u00ad\\u00adíc", "tcvn3")
    (('n', '', 'ư', 'ớ', 'c'), '')
    """
    pieces, unknown = table(encoding).convert(word)
    if encoding == "tcvn3" and SOFT_HYPHEN in word and not _is_word(pieces):
        for place in (place for place, sign in enumerate(word) if sign == SOFT_HYPHEN):
            fewer = (*pieces[:place], "", *pieces[place + 1 :])
            if _is_word(fewer):
                return fewer, unknown
    return pieces, unknown


def _is_word(pieces: tuple[str, ...]) -> bool:
    text = "".join(pieces)
    return (text.lower() in _ONE_LETTER) if len(text) == 1 else is_syllable(text)


def _breaks_case(word: str, after: str, encoding: Legacy) -> bool:
    """A capital after a small letter; in TCVN3 the letters with tones have no capitals, so only typed ones count."""
    if encoding != "tcvn3":
        return bool(_INNER_CAPITAL.search(unicodedata.normalize("NFC", after)))
    return bool(regex.search(r"[a-z][A-Z¡-§]", word))
