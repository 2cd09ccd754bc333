"""The rank of a unit as a cell prints it."""

from __future__ import annotations

import regex

from normalize.text import fold, squeeze
from normalize.value import Printed, Value

_RANK = regex.compile(
    r"^(?:(?:xếp )?(?:hạng|thứ|vị trí)(?: thứ)?\s*:?\s*)?(?:0?(?P<rank>[1-9]\d{0,2})\s*(?P<of>/\s*\d{1,3})?)\.?$"
)


def rank_of(printed: Printed) -> Value[str] | None:
    """The rank without blanks and words, "3" or "3/15"; None for a cell without one ("Xuất sắc", a class of merit).

    >>> [rank_of(Printed(text)).value for text in ("1", "03", "Hạng 1", "Thứ 3", "3 / 15", "Xếp thứ 4/12")]
    ['1', '3', '1', '3', '3/15', '4/12']
    >>> [rank_of(Printed(text)) for text in ("Xuất sắc", "85,5", "", "-")]
    [None, None, None, None]
    """
    match = _RANK.match(fold(printed.text))
    if match is None:
        return None
    rank = match["rank"] + (match["of"] or "").replace(" ", "")
    shown = squeeze(printed.text).replace(" ", "")
    return Value(rank, printed, "column-rank", () if shown == rank else (f"rank: {shown!r} -> {rank!r}",))
