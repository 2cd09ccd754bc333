"""The exact upper limit of a share that was observed (Clopper and Pearson, 1934)."""

from __future__ import annotations

import math


def upper_limit(wrong: int, total: int, confidence: float = 0.95) -> float:
    """The share that is exceeded with probability 1 - confidence at the most, given `wrong` of `total`.

    >>> round(upper_limit(0, 1000), 5)
    0.00299
    >>> upper_limit(5, 5)
    1.0
    """
    if total == 0 or wrong >= total:
        return 1.0
    low, high = wrong / total, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(wrong, total, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(wrong: int, total: int, share: float) -> float:
    """The probability of `wrong` or fewer among `total`."""
    logs = [
        math.lgamma(total + 1)
        - math.lgamma(count + 1)
        - math.lgamma(total - count + 1)
        + count * math.log(share)
        + (total - count) * math.log1p(-share)
        for count in range(wrong + 1)
    ]
    return math.fsum(math.exp(value) for value in logs)
