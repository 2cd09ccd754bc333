"""What tables, charts and papers say, in Vietnamese and in English (labels.toml), with their numbers."""

from __future__ import annotations

import tomllib
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files

from load.columns import plain_decimal
from load.records import Language

NONE = "–"
_TENTH = Decimal("0.1")


@cache
def _labels() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("compare").joinpath("labels.toml").read_text(encoding="utf8"))


def label(key: str, lang: Language, **values: object) -> str:
    """The text of a key with its values filled in; KeyError for a key that labels.toml lacks.

    >>> label("unit", "vi"), label("page-of", "en", page=3)
    ('Đơn vị', 'p. 3')
    """
    return _labels()[key][lang].format(**values)


def labelled(group: str, key: str | None, lang: Language) -> str:
    """The word for a value of a group ("level-district"); the value itself where there is none, a dash for None."""
    if key is None:
        return NONE
    entry = _labels().get(f"{group}-{key}")
    return entry[lang] if entry else key


def keys() -> frozenset[str]:
    return frozenset(_labels())


def number(value: Decimal | int | None, lang: Language, signed: bool = False) -> str:
    """A number in full, with a comma in Vietnamese; a dash for None, for absent is not zero.

    >>> number(Decimal("0.50"), "vi"), number(Decimal("-1.25"), "en"), number(None, "vi")
    ('0,5', '−1.25', '–')
    >>> number(Decimal("0.5"), "vi", signed=True), number(Decimal(0), "vi", signed=True)
    ('+0,5', '0')
    """
    if value is None:
        return NONE
    text = plain_decimal(abs(Decimal(value)))
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign + (text.replace(".", ",") if lang == "vi" else text)


def percent(share: Decimal | None, lang: Language, signed: bool = False) -> str:
    """A share as a percentage to a tenth.

    >>> percent(Decimal("0.8125"), "vi"), percent(Decimal("-0.02"), "en", signed=True)
    ('81,3 %', '−2.0 %')
    """
    if share is None:
        return NONE
    value = (share * 100).quantize(_TENTH, ROUND_HALF_UP)
    text = format(abs(value), "f")
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign + (text.replace(".", ",") if lang == "vi" else text) + " %"
