"""Document numbers: "Số: 185 /UBND – NV" to "185/UBND-NV" (number and symbol of Decree 30/2020, Circular 01/2011).

A number is digits, a stroke and the symbol of kind and issuer; legal documents carry their year between
(12/2019/QĐ-UBND), those of the Party a dash before the kind (12-BC/HU). A number left blank is None.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from normalize.text import nfc

_DASH = r"[-\u2010-\u2015\u2212]"
# a part of the symbol: QĐ, TTr, HĐND, SNV, CCHC&PC, NV1; capitals (but Tr), so that no word of a sentence is one
_PART = r"\p{Lu}(?:[\p{Lu}\d&.]|r)*(?!\p{Ll})"
_SYMBOL = rf"{_PART}(?:\s*{_DASH}\s*{_PART})*"
_STATE = rf"(?<digits>\d{{1,5}}[a-zA-Z]?)?[\s.…_]*(?:/\s*(?<year>(?:19|20)\d{{2}})\s*)?/\s*(?<symbol>{_SYMBOL})"
_PARTY = (
    rf"(?<digits>\d{{1,5}}[a-zA-Z]?)?[\s.…_]*{_DASH}\s*(?<kind>\p{{Lu}}[\p{{Lu}}r]{{1,5}})\s*/\s*(?<body>{_SYMBOL})"
)
_CUE = r"(?<!\p{L})[Ss](?:ố|ó|ô|ổ|o|Ố)(?:\s+hiệu)?[\s:.…_;]*"
_FORMS = tuple(regex.compile(form, regex.VERSION1) for form in (_STATE, _PARTY))
_CUED = tuple(regex.compile(_CUE + form, regex.VERSION1) for form in (_STATE, _PARTY))
# what a symbol starts with where no "Số" stands before it
_SYMBOL_START = regex.compile(
    r"(?:QĐ|QÐ|BC|KH|TB|TTr|NQ|CT|CTr|HD|CV|BB|TT|NĐ|KL|PA|ĐA|GM|UBND|HĐND|HĐTĐ|BCĐ|SNV|PNV|BNV|VP)(?![\p{Ll}])"
)


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A document number in a text and its stretch; `number` is None where the digits were left blank."""

    number: str | None
    start: int
    end: int


def parse_document_number(text: str) -> str | None:
    """The document number that a text starts with, blanks removed and dashes made one; None where there is none.

    >>> parse_document_number("Số: 185 /UBND – NV"), parse_document_number("Số:1029 /QĐ-UBND")
    ('185/UBND-NV', '1029/QĐ-UBND')
    >>> parse_document_number("Số: 12/2019/QĐ-UBND"), parse_document_number("Số 34 -KH/ĐU")
    ('12/2019/QĐ-UBND', '34-KH/ĐU')
    >>> parse_document_number("Số:     /BC-UBND"), parse_document_number("12/63"), parse_document_number("17/19 xã")
    (None, None, None)
    >>> parse_document_number("Số: 1091/QĐĐ-UBND")
    '1091/QĐ-UBND'
    """
    text = nfc(text).strip()
    for form in _CUED:
        match = form.match(text)
        if match:
            return _number(match)
    for form in _FORMS:
        match = form.match(text)
        if match and (match["digits"] or "").isdigit() and _known(match):
            return _number(match)
    return None


def find_document_numbers(text: str) -> tuple[FoundNumber, ...]:
    """All document numbers after the word "số", and those whose symbol is a known kind, in their order.

    >>> [each.number for each in find_document_numbers("Quyết định số 4293/QĐ-UBND, số     /KH-UBND, 17/19 xã")]
    ['4293/QĐ-UBND', None]
    """
    text = nfc(text)
    found: list[FoundNumber] = []
    for cued, form in [(True, each) for each in _CUED] + [(False, each) for each in _FORMS]:
        for match in form.finditer(text):
            if not cued and not (match["digits"] and _known(match)):
                continue
            start, end = match.span()
            if not any(start < each.end and each.start < end for each in found):
                found.append(FoundNumber(_number(match), start, end))
    return tuple(sorted(found, key=lambda each: each.start))


def _known(match: regex.Match[str]) -> bool:
    groups = match.groupdict()
    return bool(_SYMBOL_START.match(groups.get("symbol") or groups.get("kind") or ""))


def _number(match: regex.Match[str]) -> str | None:
    groups = match.groupdict()
    if not groups["digits"]:
        return None
    if groups.get("kind"):
        return f"{groups['digits']}-{groups['kind']}/{_symbol(groups['body'])}"
    year = f"/{groups['year']}" if groups.get("year") else ""
    return f"{groups['digits']}{year}/{_symbol(groups['symbol'])}"


def _symbol(text: str) -> str:
    dashed = str(regex.sub(rf"\s*{_DASH}\s*", "-", text)).rstrip(".")
    # the bar and the body of a broad Đ are recognised as two letters; no kind is called so
    return regex.sub(r"\bQĐĐ(?=-|$)", "QĐ", dashed.replace("Ð", "Đ"))
