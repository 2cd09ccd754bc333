"""Rounding is an interval: what a printed number may stand for, and when a sum agrees with it.

Reports print points that were given (0,5; 0,25: exact) and points that were computed from a share (0,734; 16,74:
rounded at the last digit). Points are given in steps of 0.05; where every part of a sum is such a point the sum is
exact, and a difference of a hundredth is a contradiction. Where a part was computed, it and the stated sum may each be
off by half a unit of the last digit. Closing zeros are often not printed, so a number has at least two decimals here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

_GIVEN = Decimal("0.05")
_QUARTER = Decimal("0.25")
_HALF = Decimal("0.5")
# Closing zeros are dropped in print: 20,5 may be 20,50 rounded to two decimals.
_USUAL = 2


@lru_cache(maxsize=4096)
def decimals_of(value: Decimal) -> int:
    """How many decimals a value has, closing zeros not counted.

    >>> decimals_of(Decimal("20.58")), decimals_of(Decimal("3.0"))
    (2, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def printed_decimals(value: Decimal) -> int:
    """How many decimals a value was printed with, closing zeros counted.

    >>> printed_decimals(Decimal("20.50")), printed_decimals(Decimal("3"))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@lru_cache(maxsize=4096)
def slack(value: Decimal, rounded: bool = False) -> Decimal:
    """How far the true value of a computed number may lie from the printed one; quarters are given points, unless they

    are known to be rounded.

    >>> slack(Decimal("0.5")), slack(Decimal("0.734")), slack(Decimal("0.8"))
    (Decimal('0'), Decimal('0.0005'), Decimal('0.005'))
    """
    return Decimal(0) if value % _QUARTER == 0 and not rounded else _half_unit(max(_USUAL, decimals_of(value)))


def is_computed_number(value: Decimal) -> bool:
    """Whether a number is no point that is given, but was computed from a share."""
    return bool(value % _GIVEN)


def tolerance(stated: Decimal, parts: Sequence[Decimal], rounded: Sequence[bool] = ()) -> tuple[Decimal, int]:
    """How far a stated sum may lie from that of its parts, and how many of the numbers were rounded.

    `rounded`: which parts are known to be, even should they look like given points (0,5532 printed as 0,55; 2,253 as
    2,25).

    >>> tolerance(Decimal("0.8"), [Decimal("0.5"), Decimal("0.25")])
    (Decimal('0'), 0)
    """
    if not any(rounded) and not any(part % _GIVEN for part in parts):
        return Decimal(0), 0
    known = (*rounded, *(False for _ in parts[len(rounded) :]))
    slacks = [width for part, is_known in zip(parts, known, strict=True) if (width := slack(part, is_known))]
    if not slacks:
        return Decimal(0), 0
    finest = decimals_of(sum(parts, Decimal(0)))
    own = max(1, decimals_of(stated), min(_USUAL, printed_decimals(stated)))
    places = min(finest, own) if finest > _USUAL else max(_USUAL, own)
    return sum(slacks, _half_unit(places)), len(slacks) + 1


def agree(stated: Decimal, parts: Sequence[Decimal], rounded: Sequence[bool] = ()) -> bool:
    """Whether a stated sum agrees with its parts within rounding.

    A gap as wide as all roundings together is a tie for one rounded number and no longer likely for several.

    >>> agree(Decimal("20.58"), [Decimal("20.5"), Decimal("0.081")])
    True
    >>> agree(Decimal("0.27"), [Decimal("1"), Decimal("-0.734")])
    True
    >>> agree(Decimal("1.5"), [Decimal("0.5"), Decimal("0.5")])
    False
    >>> agree(Decimal("0.8"), [Decimal("0.5"), Decimal("0.25")]), agree(Decimal("0.74"), [Decimal("0.75")])
    (False, False)
    >>> sums = Decimal("5.11"), [Decimal("3.75"), Decimal("0.55"), Decimal("0.8")]
    >>> agree(*sums), agree(*sums, rounded=(False, True, False))
    (False, True)
    >>> agree(Decimal("0.38"), [Decimal("0.386")]), agree(Decimal("0.28"), [Decimal("1"), Decimal("-0.73")])
    (False, False)
    """
    gap = abs(stated - sum(parts, Decimal(0)))
    if not gap:
        return True
    allowed, count = tolerance(stated, [abs(part) for part in parts], rounded)
    return gap < allowed or (gap == allowed and count == 1)


def agree_share(percent: Decimal, score: Decimal, maximum: Decimal) -> bool:
    """Whether a stated percentage is the share of the maximum, rounded or cut off at its last printed digit.

    >>> agree_share(Decimal("96"), Decimal("12.96"), Decimal("13.5"))
    True
    >>> agree_share(Decimal("79.42"), Decimal("79.42"), Decimal("100"))
    True
    >>> agree_share(Decimal("82.140"), Decimal("57.5"), Decimal("70"))
    True
    >>> agree_share(Decimal("78.42"), Decimal("79.42"), Decimal("100"))
    False
    """
    if not maximum:
        return False
    # zeros behind the second decimal fill a column, they are no digits of the share
    unit = Decimal(1).scaleb(-max(decimals_of(percent), min(_USUAL, printed_decimals(percent))))
    return abs(percent - 100 * score / maximum) < unit + 100 * slack(score) / maximum


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent or closing zeros.

    >>> plain_decimal(Decimal("1.50")), plain_decimal(Decimal("10")), plain_decimal(Decimal("-0.0"))
    ('1.5', '10', '0')
    """
    return format(value.normalize(), "f") if value else "0"


def _half_unit(places: int) -> Decimal:
    return _HALF * Decimal(1).scaleb(-places)
