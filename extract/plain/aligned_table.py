"""Tables of plain text whose columns are only lined up with blanks, as programs that take text out of pages print them.

Every line leaves the same places blank between its columns. A line without anything in the first column that adds words
only goes on with the row above it.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

_GAP = regex.compile(r"\S {2,}(?=\S)")
_NUMBER = regex.compile(r"^[-–]?\d+(?:[.,]\d+)*\.?$|^\d+(?:[.,]\d+)?/\d+(?:[.,]\d+)?$")
_LEAST_COLUMNS, _LEAST_LINES = 3, 4


def is_aligned_line(line: str) -> bool:
    """
    >>> [is_aligned_line(line) for line in ("1.1   Kế hoạch      2     1,5", "Kế hoạch  năm 2022", "a b c")]
    [True, False, False]
    """
    return "\t" not in line and len(_GAP.findall(line.strip())) >= _LEAST_COLUMNS - 1


def aligned_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of such a table; empty where the lines share no blank places, or hold no column of numbers.

    >>> aligned_rows(["TT    Tiêu chí  Điểm", "1.1   Kế hoạch   0,5", "1.2   Báo cáo      1", "1.3   Họp          2"])
    [['TT', 'Tiêu chí', 'Điểm'], ['1.1', 'Kế hoạch', '0,5'], ['1.2', 'Báo cáo', '1'], ['1.3', 'Họp', '2']]
    """
    shown = [line.rstrip() for line in lines if line.strip()]
    if len(shown) < _LEAST_LINES:
        return []
    columns = _columns(shown)
    if len(columns) < _LEAST_COLUMNS:
        return []
    rows: list[list[str]] = []
    for line in shown:
        fields = [line[start:end].strip() for start, end in columns]
        if rows and not fields[0] and not any(_NUMBER.match(field) for field in fields):
            rows[-1] = [f"{above}\n{field}".strip() for above, field in zip(rows[-1], fields, strict=True)]
        else:
            rows.append(fields)
    return rows if _has_numbers(rows, len(columns)) else []


def _columns(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where text stands: between places that are blank in every line for two signs or more."""
    width = max(map(len, lines))
    filled = [any(at < len(line) and line[at] != " " for line in lines) for at in range(width)]
    columns: list[tuple[int, int]] = []
    start: int | None = None
    for at in range(width + 2):
        inside = at < width and filled[at]
        if inside and start is None:
            start = at
        elif start is not None and not any(filled[at : at + 2]):
            columns.append((start, at))
            start = None
    return columns


def _has_numbers(rows: Sequence[Sequence[str]], width: int) -> bool:
    held = [[row[column] for row in rows if row[column]] for column in range(1, width)]
    return any(len(cells) >= 2 and 2 * sum(bool(_NUMBER.match(cell)) for cell in cells) > len(cells) for cells in held)
