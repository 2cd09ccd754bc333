"""Rounding is an interval: what a printed number may stand for, and when a sum agrees with it.

Reports print points that were given (0,5; 0,25: exact) and points that were computed from a share (0,734; 16,74:
rounded at the last digit). A given point is a multiple of 0.05; anything else may be off by half a unit of its last
digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_GIVEN = Decimal("0.05")
_HALF = Decimal("0.5")


def decimals_of(value: Decimal) -> int:
    """How many decimals a value has.

    >>> decimals_of(Decimal("20.58")), decimals_of(Decimal("3"))
    (2, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def slack(value: Decimal) -> Decimal:
    """How far the true value may lie from the printed one.

    >>> slack(Decimal("0.5")), slack(Decimal("0.734"))
    (Decimal('0'), Decimal('0.0005'))
    """
    if value % _GIVEN == 0:
        return Decimal(0)
    return _HALF * Decimal(1).scaleb(-decimals_of(value))


def agree(stated: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether a stated sum agrees with its parts within rounding.

    >>> agree(Decimal("20.58"), [Decimal("20.5"), Decimal("0.081")])
    True
    >>> agree(Decimal("1.5"), [Decimal("0.5"), Decimal("0.5")])
    False
    >>> agree(Decimal("0.38"), [Decimal("0.386")])
    False
    """
    total = sum(parts, Decimal(0))
    allowed = sum((slack(abs(part)) for part in parts), Decimal(0)) if len(parts) > 2 else Decimal(0)
    if decimals_of(total) > decimals_of(stated):
        allowed += _HALF * Decimal(1).scaleb(-decimals_of(stated))
    return abs(stated - total) <= allowed
