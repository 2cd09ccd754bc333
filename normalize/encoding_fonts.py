"""What the name of a font says: a hint at an encoding, and capitals."""

from __future__ import annotations

from functools import lru_cache

import regex

from normalize.encoding_tables import Legacy

_SUBSET = regex.compile(r"^[A-Z]{6}\+")
_VNI = regex.compile(r"(?i)^\.?VNI[-_ ]")
_TCVN3 = regex.compile(r"(?i)^\.VN|^VN(?=Time|Arial|Cent|Book|Avant|Helv|Cour|Revue|Clar|South|Park|Bodoni|Aristote)")
_STYLE = regex.compile(r"(?i)[-,](?:bold|italic|oblique|regular|mt|ps)+$| (?:bold|italic|regular)$")


@lru_cache(maxsize=1024)
def hint_of(font: str | None) -> Legacy | None:
    """The encoding a font was drawn for.

    >>> [hint_of(font) for font in (".VnTime", "CCBOFB+.VnTime,Bold", "VNI-Times", "Times New Roman", None)]
    ['tcvn3', 'tcvn3', 'vni', None, None]
    """
    name = _SUBSET.sub("", font or "")
    return "vni" if _VNI.match(name) else "tcvn3" if _TCVN3.match(name) else None


@lru_cache(maxsize=1024)
def draws_capitals(font: str | None) -> bool:
    """Whether the font draws small letters as capitals: TCVN3 has no other capital letters with tones.

    >>> [draws_capitals(font) for font in (".VnTimeH", ".VnArialH,Bold", ".VnTime", "VNI-Times", "TimesH")]
    [True, True, False, False, False]
    """
    return hint_of(font) == "tcvn3" and _STYLE.sub("", font or "").endswith("H")
