"""Which rows of a table are its headings: titles over the whole width, headings, storeys that divide them."""

from __future__ import annotations

import regex

from extract.document import Cell
from extract.tables.code_headings import is_code_row, is_headed_by_codes
from extract.tables.grid import Grid, Row
from normalize.text import plain
from patterns.columns import is_header_text

_MAXIMA = regex.compile(r"(?:(?:tong )?(?:so )?diem )?(?:toi da|chuan)\b|thang diem\b")
_FIGURE = regex.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,4})?(?:\s*(?:đ|điểm))?", regex.IGNORECASE)


def split_header(grid: Grid) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The heading rows of a table and the rest. A heading row holds words of column headings and no values.

    The maxima of domains may stand between two of them ("Lĩnh vực", "Điểm tối đa", then what each domain is made of, as
    in the annexes of the national index): they come first in the rest.
    """
    count = title_rows(grid)
    maxima: list[Row] = []
    for row in grid.rows[count : count + 6]:
        texts = [cell.text for _, cell in row.filled()]
        if count and not maxima and count + 1 < len(grid.rows) and _is_row_of_maxima(row, grid.rows[count + 1]):
            maxima.append(row)
            count += 1
            continue
        if not texts:
            count += 1 if count else 0
            if not count:
                break
            continue
        above = grid.rows[count - 1] if count else None
        below = above is not None and (
            _is_second_storey(above, row)
            or _fills_gaps(above, row, grid.columns)
            or is_code_row(texts)
            or _counts_criteria(above, row)
        )
        if not is_header_text(texts) and not below and not is_headed_by_codes(texts):
            break
        count += 1
    while count and not any(True for _ in grid.rows[count - 1].filled()):
        count -= 1
    # a merged heading cell reaches down into the rows below it: they are heading too
    if count:
        deepest = max(
            (cell.row + cell.row_span for row in grid.rows[:count] for _, cell in row.filled()),
            default=count,
        )
        count = max(count, min(deepest, count + 2))
    header = tuple(row for row in grid.rows[:count] if row not in maxima)
    return header, (*maxima, *grid.rows[count:])


def _is_row_of_maxima(row: Row, below: Row) -> bool:
    """Whether a row gives one maximum for each group of columns, and the row below it the headings of the groups."""
    title, *numbers = [cell for _, cell in row.filled()]
    grouped = all(cell.column_span > 1 or not row.text(cell.column + 1) for cell in numbers)
    if len(numbers) < 2 or not grouped or not _MAXIMA.match(plain(title.text)):
        return False
    return all(_FIGURE.fullmatch(cell.text.strip()) for cell in numbers) and is_header_text(
        [cell.text for _, cell in below.filled()]
    )


def _is_second_storey(above: Row, row: Row) -> bool:
    """Whether a row under a heading row divides its group labels: words only, none under the first column.

    A group label is merged over several columns, or stands over the first of them with empty places to its right.
    """
    texts = list(row.filled())
    if len(texts) < 2 or texts[0][0] == 0 or any(len(c.text) > 40 or any(map(str.isdigit, c.text)) for _, c in texts):
        return False
    upper = [above.cell(column) for column, _ in texts]
    return all(
        cell is None or not cell.text.strip() or cell.column_span > 1 or not above.text(column + 1)
        for (column, _), cell in zip(texts, upper, strict=True)
    )


def _fills_gaps(above: Row, row: Row, columns: int) -> bool:
    """Whether a row of words stands under group labels alone, in a format that knows no merged cells.

    It has its texts where the row above is empty, and under the label before that; all else is told above.
    """
    texts = [(column, cell.text) for column, cell in row.filled()]
    if len(texts) < 2 or row.text(0) or not all(sum(sign.isalpha() for sign in text) >= 3 for _, text in texts):
        return False
    if any(cell.column_span > 1 or cell.row_span > 1 for _, cell in above.filled()):
        return False
    told = all(above.text(column) or row.text(column) for column in range(columns))
    groups = [column for column, _ in texts if above.text(column)]
    return told and len(groups) < len(texts) and all(not above.text(column + 1) for column in groups)


def _counts_criteria(above: Row, row: Row) -> bool:
    """Whether a row counts the criteria below group labels, from 1 under each: 1, 2, 3 under "I", 1, 2 under "II"."""
    groups: dict[int, list[str]] = {}
    for column, cell in row.filled():
        group = above.cell(column)
        if group is None or group.column_span < 2:
            return False
        groups.setdefault(group.column, []).append(cell.text.strip(" .)"))
    counted = [[text for text in texts if text.isdecimal()] for texts in groups.values()]
    return len(groups) >= 2 and all(texts and texts == [str(n) for n in range(1, len(texts) + 1)] for texts in counted)


def title_rows(grid: Grid) -> int:
    """How many rows at the top hold one title over all columns, where column headings follow them."""
    count = 0
    for row in grid.rows[:3]:
        cells = [cell for _, cell in row.filled()]
        if len(cells) != 1 or not (cells[0].column_span >= grid.columns or _is_title(cells[0])):
            break
        count += 1
    following = grid.rows[count : count + 1]
    heads = following and is_header_text([cell.text for _, cell in following[0].filled()])
    return count if heads else 0


def _is_title(cell: Cell) -> bool:
    """A lone text at the left that is no column heading: text tables know no cells over all columns."""
    text = cell.text.strip()
    return cell.column == 0 and len(text) > 12 and (len(text) > 40 or not is_header_text([text]))
