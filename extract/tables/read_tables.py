"""All tables of a report: which kind each is, and what it says of which unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import regex

from extract.document import Document, Paragraph
from extract.tables.annexes import captioned_unit, of_sheet
from extract.tables.code_headings import code_of_heading
from extract.tables.code_levels import with_whole_codes
from extract.tables.codes_with_points import with_points_apart
from extract.tables.column_roles import Columns, contents_of
from extract.tables.columns import recognise_columns
from extract.tables.dashed_codes import with_dotted_codes
from extract.tables.domain_captions import with_domains
from extract.tables.folded import unfolded
from extract.tables.grid import Row
from extract.tables.outline_codes import with_outline_codes
from extract.tables.ranking import read_ranking
from extract.tables.rows import TableReading, read_rows
from extract.tables.stacked import unstacked
from extract.tables.stitching import StitchedTable, stitched_tables
from extract.tables.trailing_codes import with_leading_codes
from extract.tables.transposed import upright
from extract.tables.unit_blocks import read_unit_blocks
from extract.tables.unit_columns import read_unit_columns
from extract.tables.unit_reading import Context, UnitReading
from extract.tables.unread import holds_shares, of_unread
from extract.tables.years import year_of_table
from normalize.decimals import parse_pair
from normalize.records import ScorecardRow
from normalize.text import fold
from normalize.value import Refusal
from patterns.columns import roles_of

# habits of print undone, in this order: what one makes the next finds
_STEPS: tuple[Callable[[StitchedTable], StitchedTable], ...] = (
    upright,
    with_dotted_codes,
    unfolded,
    unstacked,
    with_outline_codes,
    with_whole_codes,
    with_leading_codes,
    with_points_apart,
)


@dataclass(frozen=True, slots=True)
class TablesReading:
    """The readings of one unit's tables, of tables with many units, the rows of a scorecard without scores.

    `unread` are the tables that look like scores and gave none.
    """

    own: tuple[TableReading, ...] = ()
    units: tuple[UnitReading, ...] = ()
    scorecard: tuple[ScorecardRow, ...] = ()
    unread: tuple[Refusal, ...] = ()


def read_tables(document: Document, context: Context, year: int | None) -> TablesReading:
    """Read every table; a table that holds no scores (a letterhead, a list of members) gives nothing."""
    own: list[TableReading] = []
    captions: list[tuple[Paragraph, ...]] = []
    units: list[UnitReading] = []
    scorecard: list[ScorecardRow] = []
    left: list[StitchedTable] = []
    before: Columns | None = None
    names = {page.number: page.name for page in document.pages if page.name}
    for each in stitched_tables(document):
        table = reduce(lambda made, step: step(made), _STEPS, each)
        columns = recognise_columns(table, year)
        if not table.header and before is not None and len(before.labels) == table.columns:
            columns = _inherited(before, columns, table)
        if not table.body or (
            not columns.has_numbers
            and columns.index is None
            and columns.rank is None
            and columns.listed is None
            and not _may_score(table, columns)
        ):
            left.append(table)
            continue
        if is_of_counts(table, columns):
            continue
        before = columns if table.header else before
        many = (
            read_unit_blocks(table, columns, context)
            or read_unit_columns(table, columns, context)
            or read_ranking(table, columns, context)
        )
        if many:
            units.extend(many)
            continue
        if (columns.code is None and columns.listed is None) or _counts_units(columns):
            left.append(table)
            continue
        reading = read_rows(table, columns, context.level)
        if is_scorecard(reading) and "unread-column" not in columns.doubts:
            left.extend([table] if holds_shares(table) else [])
            scorecard.extend(ScorecardRow(result.code, result.name, result.max_score) for result in reading.results)
        elif any(True for result in reading.results for _ in result.scores()):
            unit = captioned_unit(table.caption, context) or of_sheet(names, table, context)
            own.append(replace(reading, unit=unit, year=year_of_table(names, table)))
            captions.append(table.caption)
        else:
            left.append(table)
    return TablesReading(with_domains(own, captions), tuple(units), tuple(scorecard), of_unread(left))


def _inherited(before: Columns, columns: Columns, table: StitchedTable) -> Columns:
    """A table without headings, as wide as the one before it: its columns mean the same where the content allows."""
    if before.code is None:
        return columns
    content = contents_of(table.body, table.columns)[before.code]
    fits = content.codes + content.led_by_code >= 0.4 * max(content.filled, 1)
    return before if fits else columns


def _counts_units(columns: Columns) -> bool:
    """Whether what is counted are units ("STT | Đơn vị"): their numbers are no codes of criteria."""
    counted = "code:domains" in columns.why or "code:domains-anew" in columns.why
    return counted and columns.unit is not None and columns.name is None and columns.domain is None


def _may_score(table: StitchedTable, columns: Columns) -> bool:
    """Whether a table without columns of numbers can hold scores: beside units, or behind the names of criteria."""
    return columns.glued or (table.columns >= 3 and len(table.body) >= 3)


_MEASURED = regex.compile(r"^(?:đơn vị tính|đvt|đv tính)$")
_MAXIMA = regex.compile(r"^(?:số )?điểm (?:tối đa|chuẩn)$")
_OF_SCORES = regex.compile(r"\bđiểm\b|\bchỉ số (?:cchc|cải cách)\b|\bpar ?index\b|\bbộ (?:chỉ số|tiêu chí)\b")


def is_of_counts(table: StitchedTable, columns: Columns) -> bool:
    """Whether numbers under "Kết quả" or the like count something: measured in units, or nowhere called points."""
    if columns.max_score is not None or columns.rank is not None or columns.self_score is not None:
        return False
    if any(_MEASURED.match(fold(label)) for label in columns.labels):
        return True
    if sum(code_of_heading(label) is not None for label in columns.labels) >= 2 or any(map(_gives_maxima, table.body)):
        return False
    told = any(_OF_SCORES.search(fold(paragraph.text)) for paragraph in table.caption[-4:])
    return ("weak-heading" in columns.doubts or _are_ratios(table, columns)) and not told


def _are_ratios(table: StitchedTable, columns: Columns) -> bool:
    """Whether the pairs are whole numbers under a heading that says nothing of points: "Hoàn thành: 25/27"."""
    if columns.pair is None or columns.scores or any("điểm" in fold(label) for label in columns.labels):
        return False
    if {role for role, _ in roles_of(columns.labels[columns.pair])} & {"pair", "score", "survey_score"}:
        return False
    pairs = [parse_pair(row.printed(columns.pair)) for row in table.body]
    return all(
        isinstance(pair, Refusal) or all(half.value == half.value.to_integral_value() for half in pair)
        for pair in pairs
    )


def _gives_maxima(row: Row) -> bool:
    return any(_MAXIMA.match(fold(cell.text)) for _, cell in row.filled())


def is_scorecard(reading: TableReading) -> bool:
    """Whether a table states maxima and nothing that was scored: a scorecard (family H)."""
    with_maximum = sum(result.max_score is not None for result in reading.results)
    scored = any(
        result.score is not None or result.self_score is not None or result.deducted is not None
        for result in reading.results
    )
    return with_maximum >= 2 and not scored


def largest(readings: Sequence[TableReading]) -> TableReading | None:
    """The reading with the most results."""
    return max(readings, key=lambda reading: len(reading.results), default=None)
