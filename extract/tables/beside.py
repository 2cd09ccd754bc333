"""Rows of points that are given or taken besides those of the criteria: they stand in the total of the table."""

from __future__ import annotations

import regex

from extract.tables.grid import Row
from normalize.text import fold

_BESIDE = regex.compile(r"^\W*(?:tổng )?(?:số )?điểm (?:thưởng|cộng thêm|cộng|phạt|trừ|khuyến khích|ưu tiên)\b")


def is_beside(row: Row) -> bool:
    """Whether a row without a code gives or takes points of its own: "Điểm thưởng", "Điểm trừ do vi phạm"."""
    cells = [cell.text for _, cell in row.filled()]
    return any(_BESIDE.match(fold(text)) for text in cells) and any(text.strip()[-1:].isdigit() for text in cells)
