"""Which kind of document a heading line names (patterns/kinds.toml): báo cáo, kế hoạch, phụ lục ..."""

from __future__ import annotations

from functools import cache

import regex

from normalize.text import fold, squeeze
from patterns.catalogue import load_toml

# what may follow a kind that stands alone: a numbering ("Phụ lục số 02", "Biểu 3")
_NUMBERING = regex.compile(r"(?:\s*(?:số|sô)?\s*:?\s*(?:\d{1,2}[a-z]?|[ivx]{1,5}|[a-h]))?[\s.:]*")
_AFTER_SYMBOL = regex.compile(r"^(?P<digits>\d+[a-zA-Z]?)(?:/\d{4})?(?:/(?P<state>[\p{L}]+)|-(?P<party>[\p{L}]+)/)")


def kind_of_line(text: str) -> str | None:
    """The kind a line begins with, in capitals, or is, with a numbering; None for a line of text.

    >>> kind_of_line("BÁO CÁO TỰ ĐÁNH GIÁ"), kind_of_line("Phụ lục số 02"), kind_of_line("Báo cáo số 33/BC-VPUB")
    ('Báo cáo', 'Phụ lục', None)
    """
    shown = squeeze(text)
    folded = fold(shown)
    for words, name in _kinds():
        if folded.startswith(words) and not folded[len(words) : len(words) + 1].isalpha():
            rest = folded[len(words) :]
            capitals = shown[: len(words)].isupper() and not rest.startswith(" dương")
            if capitals or _NUMBERING.fullmatch(rest):
                return name
    return None


def is_bare_kind(text: str) -> bool:
    """Whether a line is a kind and nothing else but a numbering.

    >>> is_bare_kind("QUYẾT ĐỊNH"), is_bare_kind("Phụ lục 1"), is_bare_kind("BẢNG CHẤM ĐIỂM CHỈ SỐ CCHC")
    (True, True, False)
    """
    folded = fold(squeeze(text))
    return any(
        folded.startswith(words) and _NUMBERING.fullmatch(folded[len(words) :]) is not None for words, _ in _kinds()
    )


def kind_of_number(number: str) -> str | None:
    """The kind that a document number's symbol says; a letter (công văn) where it begins with the issuer.

    >>> kind_of_number("41/BC-SNV"), kind_of_number("185/UBND-NV"), kind_of_number("12-KH/HU")
    ('Báo cáo', 'Công văn', 'Kế hoạch')
    """
    match = _AFTER_SYMBOL.match(number)
    if match is None:
        return None
    symbol = match["state"] or match["party"]
    return _symbols().get(symbol, "Công văn")


@cache
def _kinds() -> tuple[tuple[str, str], ...]:
    found = [(fold(words), entry["name"]) for entry in load_toml("kinds")["kind"] for words in entry["words"]]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _symbols() -> dict[str, str]:
    return {symbol: entry["name"] for entry in load_toml("kinds")["kind"] for symbol in entry["symbols"]}
