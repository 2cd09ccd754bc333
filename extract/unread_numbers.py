"""Scores of a recognised table that were left while others of it were taken: those of a row whose code could not be
read, of a column whose heading could not. No sum tells of them where their parents are lost too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extract.document import Cell, Document, Page, Table
from normalize.place import Box, Place
from normalize.records import Assessment
from normalize.text import plain
from normalize.value import Printed, Refusal

_LEAST = 4
"""So many numerals make a column, and so many results of a page tell what its columns were read as."""
_SCORE = regex.compile(
    r"(?:[-–—]\s?)?\d{1,3}(?:[.,]\s?\d(?:\s?\d){0,3})?(?:\s*/[/\s]*\d{1,3}(?:[.,]\d{1,4})?)?\s?(?:đ|điểm)?"
)
_LINE = regex.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
_TOTAL = regex.compile(r"\b(?:tong|cong|binh quan|trung binh|xep hang|xep loai)\b")
_Place = tuple[float, float]


def unread_numbers(document: Document, assessments: Sequence[Assessment]) -> Iterator[Refusal]:
    """One refusal, kind "table", reason "numbers-left", for every recognised page with results that leaves rows with
    two scores and more, or a whole column of numerals while its results lack their maximum or their score, or its
    units their rank."""
    used: dict[int | None, list[_Place]] = {}
    lacking: dict[int | None, list[tuple[bool, bool]]] = {}
    unranked_pages: Counter[int | None] = Counter()
    for assessment in assessments:
        score = assessment.totals.score or assessment.totals.index_percent
        if score is not None and assessment.totals.rank is None:
            unranked_pages[score.printed.place.page] += 1
        for printed in _printed(assessment):
            box = printed.place.box
            if box is not None:
                middle = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
                used.setdefault(printed.place.page, []).append(middle)
        for result in assessment.results:
            place = result.code.printed.place
            lacking.setdefault(place.page, []).append((result.max_score is None, result.score is None))
    for page in document.pages:
        if page.method == "ocr" and page.number in used:
            lack = lacking.get(page.number, [])
            unranked = unranked_pages[page.number] >= _LEAST and not lack
            bare = len(lack) >= _LEAST and (all(top for top, _ in lack) or all(score for _, score in lack))
            cells = [cell for table in _tables(page) for cell in _left(table, used[page.number], columns=bare)]
            cells += [cell for table in _tables(page) for cell in _ranks(table, used[page.number]) if unranked]
            if cells:
                text = " ".join(cell.text.replace("\n", " ") for cell in cells)[:200]
                sure = min((cell.confidence for cell in cells if cell.confidence is not None), default=None)
                yield Refusal(Printed(text, Place(page.number, cells[0].place.box), sure), "table", "numbers-left")


def _tables(page: Page) -> list[Table]:
    return [block for block in page.blocks if isinstance(block, Table)]


def _printed(assessment: Assessment) -> Iterator[Printed]:
    totals = assessment.totals
    for total in (totals.max_score, totals.self_score, totals.score, totals.appraised_score, totals.survey_score):
        if total is not None:
            yield total.printed
    for rest in (totals.deducted, totals.index_percent, totals.rank):
        if rest is not None:
            yield rest.printed
    for result in assessment.results:
        yield from (value.printed for _, value in result.scores())


def _left(table: Table, used: Sequence[_Place], *, columns: bool) -> list[Cell]:
    """The numerals of a table that were left: those of rows, of several rows that were read as one, and with `columns`
    those of whole columns too."""
    stacked = [cell for cell in table.cells if cell.column and _is_stacked(cell)]
    several = Counter(cell.row for cell in stacked)
    return [cell for cell in stacked if several[cell.row] >= 2] or _apart(table, used, columns=columns)


def _ranks(table: Table, used: Sequence[_Place]) -> list[Cell]:
    """A column beside the first that counts its rows, of which nothing was taken."""
    numbers = [cell for cell in table.cells if cell.column and cell.text.strip().isdigit()]
    columns = [[cell for cell in numbers if cell.column == column] for column in {cell.column for cell in numbers}]
    return [
        cell
        for cells in columns
        if {int(one.text) for one in cells} == set(range(1, len(cells) + 1)) and len(cells) >= _LEAST
        if not any(one.place.box and _holds(one.place.box, used) for one in cells)
        for cell in cells
    ]


def _is_stacked(cell: Cell) -> bool:
    """Whether several scores stand below each other in a cell: the line between their rows is gone."""
    lines = cell.text.split("\n")
    return len(lines) >= 2 and all(_LINE.fullmatch(line.strip()) for line in lines)


def _apart(table: Table, used: Sequence[_Place], *, columns: bool) -> list[Cell]:
    """The numerals of rows of which nothing was taken and, with `columns`, of columns."""
    numerals = [cell for cell in table.cells if cell.column and _SCORE.fullmatch(cell.text.strip())]
    taken = {(cell.row, cell.column) for cell in numerals if cell.place.box and _holds(cell.place.box, used)}
    every = Counter(cell.column for cell in numerals)
    known = Counter(column for _, column in taken)
    read = {column for column, count in known.items() if count >= 2 and 2 * count >= every[column]}
    if not read:
        return []
    rows = {row for row, _ in taken}
    totals = {cell.row for cell in table.cells if _TOTAL.search(plain(cell.text))}
    free = [cell for cell in numerals if cell.row not in rows | totals and cell.column in read]
    count = Counter(cell.row for cell in free)
    lost = [
        cell
        for cell in free
        if (count[cell.row] >= 2 or "/" in cell.text)
        and not _is_counted([other for other in free if other.row == cell.row])
    ]
    if columns:
        whole = {column for column, count in every.items() if count >= _LEAST and not known[column]}
        own = {column: [cell for cell in numerals if cell.column == column] for column in whole}
        lost += [cell for column, cells in own.items() if not _is_counted(cells) for cell in cells]
    return lost


def _is_counted(cells: Sequence[Cell]) -> bool:
    """Whether the cells count on by one: running numbers, or the numbers under the headings of columns."""
    numbers = [int(cell.text) if cell.text.strip().isdigit() else None for cell in cells]
    return all(first is not None and second is not None and second == first + 1 for first, second in pairwise(numbers))


def _holds(box: Box, places: Sequence[_Place]) -> bool:
    return any(box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for x, y in places)
