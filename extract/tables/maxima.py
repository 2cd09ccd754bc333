"""A row of a ranking that gives the maxima of its columns."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.tables.grid import Row
from normalize.text import plain
from normalize.value import Printed
from patterns.columns import whole_words

# "Điểm" alone is such a row, the town of Diêm Điền is not.
_MAXIMA_ROW = regex.compile(
    r"^(?:(?:tong )?(?:so )?(?:diem|thang|thang diem) )?(?:toi da|chuan)\b|^thang diem\b|^(?:so )?diem$"
)
_MEAN = regex.compile(r"\b(?:trung binh|binh quan|cao nhat|thap nhat|lon nhat|nho nhat)\b")


def is_maxima_row(row: Row, column: int) -> bool:
    """Whether a row gives the maxima: "Điểm chuẩn", "Điểm", but not "Điểm trung bình"."""
    titles = [cell.text for number, cell in row.filled() if number <= column]
    bare = [plain(whole_words(text)) for text in titles]
    return any(map(_MAXIMA_ROW.match, bare)) and not any(map(_MEAN.search, bare))


def maximum_over(maxima: Row, column: int, group: Sequence[int | None]) -> Printed:
    """A maximum that stands over all columns of a group: merged, or where no cells merge, over the first of them."""
    left = column
    while left in group and not maxima.text(left):
        cell = maxima.cell(left)
        if cell is not None and cell.text.strip():
            return cell.printed
        left -= 1
    return maxima.printed(left) if left in group else Printed("")
