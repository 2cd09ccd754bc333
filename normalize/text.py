"""Text made comparable, never changed for good: NFC always, NFKC never (½ and ⁄ carry meaning)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

# Old and new tone placement differ in open syllables (hoà, hòa; uỷ, ủy), never after q (quý).
_NEW_PLACEMENT = regex.compile(r"(?<![q\p{M}])(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![\p{L}\p{M}])")
# A tone on the wrong vowel: of a closed syllable (hòan, hùynh), after q (qúy), after gi (gía).
_MISPLACED = regex.compile(
    r"[òóỏõọ][ae](?=\p{L})|[ùúủũụ]y(?=\p{L})|(?<=q)[ùúủũụ][aey](?!\p{M})|(?<=g)[ìíỉĩị][aou](?!\p{M})"
)
_DASHES = regex.compile(r"\s*[-\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]\s*")
_BLANKS = regex.compile(r"[\s\u200b\u2060\ufeff]+")
_ZERO_WIDTH = regex.compile(r"[\u200b\u2060\ufeff]+")
_MARKS = regex.compile(r"\p{Mn}+")
_TONES = "\u0300\u0301\u0309\u0303\u0323"


def nfc(text: str) -> str:
    """The text in composed form.

    >>> nfc("Ủy ban") == "Ủy ban"
    True
    >>> nfc("½ điểm, 3⁄4")
    '½ điểm, 3⁄4'
    """
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 13)  # a report says the same over and over, and every rule asks anew
def squeeze(text: str) -> str:
    r"""NFC, with line ends and runs of blanks as one blank, none at the ends; zero-width blanks are dropped.

    >>> squeeze("  Phòng\u00a0Nội\n vụ ")
    'Phòng Nội vụ'
    >>> squeeze("0, 5")
    '0, 5'
    """
    return _BLANKS.sub(" ", _ZERO_WIDTH.sub("", nfc(text))).strip()


@lru_cache(maxsize=1 << 13)
def fold(text: str) -> str:
    """The text for matching only: small letters, one tone placement, one dash without blanks, đ for ð.

    >>> fold("UỶ BAN  Hoà An – Ðồng Nai")
    'ủy ban hòa an-đồng nai'
    >>> fold("quý, hoàn thành, thuyền, khoản")
    'quý, hoàn thành, thuyền, khoản'
    """
    lower = nfc(unicodedata.normalize("NFD", squeeze(text)).casefold())
    lower = lower.replace("ð", "đ").replace("ɖ", "đ")
    moved = _NEW_PLACEMENT.sub(lambda match: _tone_first(match[0]), lower)
    moved = _MISPLACED.sub(lambda match: _tone_second(match[0]), moved)
    return _BLANKS.sub(" ", _DASHES.sub("-", moved)).strip()


def plain(text: str) -> str:
    """`fold` without diacritics, for text whose marks were lost in recognition or typing.

    >>> plain("Phòng Tài chính – Kế hoạch, Đắk Nông")
    'phong tai chinh-ke hoach, dak nong'
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", fold(text)))
    # A mark that stood alone leaves a blank behind, so blanks and dashes are put in order once more.
    return fold(bare.replace("đ", "d"))


def _split_tone(text: str) -> tuple[str, str]:
    """The letters without their tone (the hat of ê stays), and the tone."""
    marks = unicodedata.normalize("NFD", text)
    tone = "".join(mark for mark in marks if mark in _TONES)
    return nfc("".join(mark for mark in marks if mark not in _TONES)), tone


def _tone_first(pair: str) -> str:
    letters, tone = _split_tone(pair)
    return nfc(letters[0] + tone + letters[1:])


def _tone_second(pair: str) -> str:
    letters, tone = _split_tone(pair)
    return nfc(letters + tone)
