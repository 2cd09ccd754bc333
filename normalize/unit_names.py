"""Names of administrative units: the word that says what a unit is, and what two spellings of a name share."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from normalize.records import Level
from normalize.text import fold, plain, squeeze

LEVELS: dict[str, tuple[Level, ...]] = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "huyện": ("district",),
    "quận": ("district",),
    "thị xã": ("district",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
"""The levels that a word in front of a name may mean; đặc khu (special zones) exist since 1 July 2025."""

_SHORT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "h": "huyện", "q": "quận", "p": "phường", "x": "xã"}
_PREFIX = regex.compile(
    r"^(?:(?<word>tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+"
    r"|(?<short>tp|tx|tt)(?:\s*\.\s*|\s+)|(?<letter>[hqpx])\s*\.\s*)(?=\S)",
    regex.IGNORECASE,
)
_NO_LETTER = regex.compile(r"[\s'’‘`´.\-\u2010-\u2015]+")
# qui, quy; mĩ, mỹ: one vowel written two ways
_FINAL_Y = regex.compile(r"(?<=qu|[bcdđghklmnpqrstvx])[yỳýỷỹỵ](?!\p{L})")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


@lru_cache(maxsize=1 << 16)  # the lists of units ask for the same names again and again
def split_prefix(name: str) -> tuple[str | None, str]:
    """The kind of unit in front of a name, in full, and the bare name.

    >>> split_prefix("HUYỆN CẨM XUYÊN")
    ('huyện', 'CẨM XUYÊN')
    >>> split_prefix("TP.HCM")
    ('thành phố', 'HCM')
    >>> split_prefix("Xã Đàn"), split_prefix("Quảng Trị"), split_prefix("Huyện")
    (('xã', 'Đàn'), (None, 'Quảng Trị'), (None, 'Huyện'))
    """
    text = squeeze(name)
    match = _PREFIX.match(text)
    if match is None:
        return None, text
    word = _folded_word(match["word"]) if match["word"] else _SHORT[(match["short"] or match["letter"]).lower()]
    return word, text[match.end() :]


@cache
def _folded_word(word: str) -> str:
    return fold(word)


@cache
def bare_name(name: str) -> str:
    """The name without its word; a name that is a number keeps it.

    >>> bare_name("Huyện Tuần Giáo"), bare_name("Quận 1")
    ('Tuần Giáo', 'Quận 1')
    """
    bare = split_prefix(name)[1]
    return squeeze(name) if bare.isdecimal() else bare


@lru_cache(maxsize=1 << 16)
def unit_key(name: str) -> str:
    """What two spellings of one bare name have in common.

    >>> unit_key("Thừa Thiên - Huế") == unit_key("THỪA THIÊN HUẾ"), unit_key("Quy Nhơn") == unit_key("Qui Nhơn")
    (True, True)
    >>> unit_key("Hòa An") == unit_key("Hòa Ân"), unit_key("Tây Hòa") == unit_key("Tai Hòa")
    (False, False)
    """
    key = "".join(_syllable_key(syllable) for syllable in _NO_LETTER.split(name))
    return str(int(key)) if key.isdecimal() else key


def plain_key(name: str) -> str:
    """`unit_key` without diacritics, for names read from pictures."""
    return "".join(_plain_syllable(syllable) for syllable in _NO_LETTER.split(name))


# names are made of few syllables: folding each once is ten times as fast as folding 13,000 names
@cache
def _syllable_key(syllable: str) -> str:
    return str(_FINAL_Y.sub(lambda match: match[0].translate(_Y_TO_I), fold(syllable)))


@cache
def _plain_syllable(syllable: str) -> str:
    return plain(_syllable_key(syllable))
