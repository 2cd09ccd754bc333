"""Shares worked out in the text of a report, worked out again: "b/a=120/480=0,25<0,7" (patterns/formulae.toml)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

import regex

from audit.confidence import is_certain
from audit.rounding import plain_decimal, printed_decimals
from normalize.records import Assessment, Finding, Result
from normalize.value import Value
from patterns.catalogue import patterns

_THOUSANDS = regex.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")


def formulae_of(assessment: Assessment, number: int) -> Iterator[Finding]:
    """Findings about shares in reasons and remedies whose numbers do not give what is stated, or are not below what

    they are said to be below.
    """
    for result in assessment.results:
        for text in _texts(result):
            for expected, found in wrong_shares(text.value):
                yield Finding(
                    rule="formula",
                    severity="warning",
                    blame="source" if is_certain(text) else "unknown",
                    code=result.code.value,
                    expected=expected,
                    found=found,
                    evidence=(text.printed,),
                    assessment=number,
                )


def _texts(result: Result) -> Iterator[Value[str]]:
    yield from (item.reason for item in result.deductions if item.reason is not None)
    if result.remedy is not None:
        yield result.remedy


def wrong_shares(text: str) -> Iterator[tuple[str, str]]:
    """What each wrong share should be, and how it stands in the text.

    >>> list(wrong_shares("b/a=120/480=0,25<0,7; 156/168 = 92,85%")), list(wrong_shares("b/a=120/480=0,35<0,7"))
    ([], [('0.25', '120/480=0,35')])
    >>> list(wrong_shares("b/a=365/415=0,88<0,8")), list(wrong_shares("1.234/12.340 = 10%"))
    ([('>= 0.8', '0,88<0,8')], [])
    """
    for pattern in patterns("formulae"):
        for match in pattern.regex.finditer(text):
            part, whole, stated = (_number(match[name]) for name in ("part", "whole", "stated"))
            if part is None or not whole or stated is None:
                continue
            # without the sign for it, a number above 1 is still a percentage
            scale = 100 if match["percent"] or stated > 1 >= part / whole else 1
            share = scale * part / whole
            unit = Decimal(1).scaleb(-printed_decimals(stated))
            if abs(share - stated) >= unit:
                shown = share.quantize(max(unit, Decimal("0.0001")))
                yield (
                    plain_decimal(shown),
                    text[match.start("part") : match.end("percent" if match["percent"] else "stated")],
                )
            elif match["sign"] and (bound := _number(match["bound"])) is not None:
                # "25% < 0,7" and "0,25 < 70" say the same on two scales
                scaled = bound * 100 if scale == 100 and bound <= 1 else bound / 100 if scale == 1 < bound else bound
                wrong = _OPPOSITE[match["sign"]](stated, scaled)
                if wrong:
                    yield f"{wrong} {plain_decimal(bound)}", text[match.start("stated") : match.end("bound")]


_OPPOSITE: dict[str, Callable[[Decimal, Decimal], str]] = {
    "<": lambda a, b: "" if a < b else ">=",
    "≤": lambda a, b: "" if a <= b else ">",
    ">": lambda a, b: "" if a > b else "<=",
    "≥": lambda a, b: "" if a >= b else "<",
}


def _number(text: str) -> Decimal | None:
    text = text.strip(".,")
    plain = text.replace(".", "") if _THOUSANDS.fullmatch(text) else text.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
