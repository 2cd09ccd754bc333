"""A value of a spreadsheet as the sheet shows it, by its number format (ECMA-376, 18.8.30).

Two liberties: the decimal sign is always a point, and thousands are not grouped, because the signs that Excel shows
for both depend on the computer that opens the file.
"""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Context, Decimal

import regex

# Excel itself keeps 15 digits; the binary noise of sums (0.7500000001) begins behind the tenth.
_SHORTEST = Context(prec=10, rounding=ROUND_HALF_UP)
_NOISE = Decimal("1e-10")  # what a difference of equal sums leaves
_WIDE = Context(prec=400)
_LITERAL = regex.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]', regex.DOTALL)
_DIVIDER = regex.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_DIGITS = regex.compile(r"[#0?](?:[#0?,]*[#0?])?(?P<scale>,*)(?:\.(?P<decimals>[#0?]*))?")


def displayed(value: object, number_format: str) -> str:
    """The text of a cell.

    >>> displayed(0.1 + 0.65, "General"), displayed(1.1, "0.00"), displayed(0.955, "0.0%"), displayed(7, "00")
    ('0.75', '1.10', '95.5%', '07')
    >>> displayed(-0.5, "0.00;(0.00)"), displayed(0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-'), displayed(2.5, '0.0" đ"')
    ('-0.50', '-', '2.5 đ')
    >>> displayed(datetime.datetime(2023, 3, 5), "d-mmm-yy"), displayed(None, "General"), displayed(True, "General")
    ('05/03/2023', '', 'TRUE')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float, Decimal)):
        return _number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), number_format)
    if isinstance(value, datetime.datetime):
        return _date(value, number_format)
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def shortest(number: Decimal) -> str:
    """The shortest numeral of at most ten significant digits, never in powers of ten.

    >>> shortest(Decimal("0.7500000000001")), shortest(Decimal("1E+3")), shortest(Decimal("-0.0"))
    ('0.75', '1000', '0')
    """
    if not number.is_finite():
        return str(number)
    if abs(number) < _NOISE:
        return "0"
    rounded = _SHORTEST.plus(number) if number != number.to_integral_value() else number
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _number(number: Decimal, number_format: str) -> str:
    sections = _sections(number_format)
    chosen = sections[0]
    if number < 0 and len(sections) > 1:
        chosen = sections[1]
    elif number == 0 and len(sections) > 2:
        chosen = sections[2]
    marked, literals = _take_literals(chosen)
    core = _DIGITS.search(marked)
    plain = marked.strip().lower() in {"", "@"} and not literals
    if "general" in marked.lower() or plain or "/" in marked or "e" in marked.lower():
        # fractions and powers come out as decimals: what stands in the cell is the same number
        return shortest(number) if chosen or len(sections) == 1 else ""
    if core is None or not ("0" in core[0] or "#" in core[0]):
        return _put_literals(marked, literals).strip()
    size = abs(number) * 100 if "%" in marked else abs(number)
    if core["scale"]:
        return shortest(number)
    before, after = marked[: core.start()], marked[core.end() :]
    text = _digits(size, core)
    sign = "-" if number < 0 and Decimal(text) != 0 else ""
    before, after = (_put_literals(side, literals).strip("()-+ ") for side in (before, after.replace("%", "")))
    percent = "%" if "%" in marked else ""
    return f"{before + ' ' if before else ''}{sign}{text}{percent}{' ' + after if after else ''}"


def _digits(size: Decimal, core: regex.Match[str]) -> str:
    """The digits that the pattern asks for, rounded as Excel does (half away from zero)."""
    decimals = core["decimals"] or ""
    rounded = size.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _WIDE)
    whole, _, part = f"{rounded:f}".partition(".")
    while part and len(part) > decimals.count("0") and part.endswith("0"):
        part = part[:-1]
    whole = whole.zfill(core[0].partition(".")[0].count("0") or 1)
    return f"{whole}.{part}" if part else whole


def _sections(number_format: str) -> list[str]:
    """The format's parts for positive, negative, zero; a semicolon inside quotes divides nothing."""
    return [str(part) for part in _DIVIDER.split(number_format or "General")]


def _take_literals(section: str) -> tuple[str, list[str]]:
    """The section with each piece of literal text replaced by a private letter, and the pieces."""
    literals: list[str] = []

    def taken(match: regex.Match[str]) -> str:
        text = match["quoted"] if match["quoted"] is not None else match["escaped"]
        if text is None:
            return ""
        literals.append(text)
        return chr(0xE000 + len(literals) - 1)

    return _LITERAL.sub(taken, section), literals


def _put_literals(text: str, literals: list[str]) -> str:
    for index, literal in enumerate(literals):
        text = text.replace(chr(0xE000 + index), literal)
    return text.replace("?", "")


def _date(value: datetime.datetime, number_format: str) -> str:
    """A day as Vietnamese offices write it; the hour only where the format shows one, the year unless it shows none."""
    codes = _LITERAL.sub("", number_format).lower()
    day = value.strftime("%d/%m/%Y" if "y" in codes or "d" not in codes else "%d/%m")
    return f"{day} {value:%H:%M}" if "h" in codes else day
