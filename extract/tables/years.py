"""Tables of one unit for several years in one file: a sheet a year, or a caption a year over the same criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from extract.tables.rows import TableReading
from extract.tables.stitching import StitchedTable
from normalize.text import fold, squeeze

_NEAREST = 3
_LONGEST = 160
_YEAR = regex.compile(r"\bnăm ((?:19|20)\d\d)\b")
_SHEET = regex.compile(r"^(?:năm |nam )?((?:19|20)\d\d)$")
# dates, papers referred to, and comparisons name years that are not those of the scores
_OTHERWISE = regex.compile(r"\bngày\b|\btháng\b|\bcăn cứ\b|\bkèm theo\b|\bso với\b|\bsố ?:|^\(")


def year_of_table(names: Mapping[int | None, str], table: StitchedTable) -> int | None:
    """The one year that the sheet or the nearest title above a table names; None where none does."""
    page = next((row.page for row in table.body if row.page is not None), None)
    sheet = _SHEET.match(fold(names.get(page, "")))
    if sheet is not None:
        return int(sheet.group(1))
    for paragraph in reversed(table.caption[-_NEAREST:]):
        line = fold(squeeze(paragraph.text))
        years = {int(match.group(1)) for match in _YEAR.finditer(line)}
        if years and len(line) <= _LONGEST and not _OTHERWISE.search(line):
            return years.pop() if len(years) == 1 else None
    return None


def by_year(readings: Sequence[TableReading], year: int | None) -> dict[int | None, tuple[TableReading, ...]]:
    """The readings of each year, those of `year` alone where tables do not tell of several years.

    They do where tables under different years hold the same criteria: otherwise a caption only mentions a year. A table
    without a year goes with the one before it.
    """
    years = {reading.year for reading in readings} - {None}
    if len(years) < 2 or not _same_criteria(readings):
        return {year: tuple(readings)}
    groups: dict[int | None, list[TableReading]] = {}
    current = next(reading.year for reading in readings if reading.year is not None)
    for reading in readings:
        current = reading.year or current
        groups.setdefault(current, []).append(reading)
    return {named: tuple(group) for named, group in groups.items()}


def _same_criteria(readings: Sequence[TableReading]) -> bool:
    held: dict[int, set[object]] = {}
    for reading in readings:
        if reading.year is not None:
            held.setdefault(reading.year, set()).update(result.code.value for result in reading.results)
    shared: set[object] = set.intersection(*held.values())
    return all(2 * len(shared) >= len(codes) for codes in held.values())
