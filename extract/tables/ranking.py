"""Tables with one row a unit (family F): rankings, and scores by domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.appraised_part import part_beside, with_appraised_part
from extract.tables.column_roles import Columns
from extract.tables.domain_columns import DomainColumn, domain_columns, domain_of_caption, without_domains
from extract.tables.domain_headings import points_of
from extract.tables.grid import Row
from extract.tables.listed import listed
from extract.tables.maxima import is_maxima_row, maximum_over
from extract.tables.named_unit import district_of, is_summary_row, unit_of
from extract.tables.rank_cell import rank_of
from extract.tables.rows import TableReading
from extract.tables.shares import are_shares_of_one, share_of
from extract.tables.stitching import StitchedTable
from extract.tables.told_levels import level_at_first, level_of_group
from extract.tables.unit_reading import Context, UnitReading
from normalize.codes import parse_code
from normalize.decimals import parse_pair, parse_score
from normalize.records import Level, Result, Score, Totals, Unit
from normalize.text import fold, plain, squeeze
from normalize.typos import clean_text
from normalize.unit_names import bare_name
from normalize.value import Printed, Refusal, Value
from patterns.columns import is_number_row, is_unscored

# what makes numbers beside units points and not counts of something
_OF_SCORES = regex.compile(
    r"\bdiem\b|\btu (?:cham|danh gia)\b|\btham dinh\b|\bchi so (?:cchc|cai cach)\b|\bpar ?index\b"
)


def read_ranking(table: StitchedTable, columns: Columns, context: Context) -> tuple[UnitReading, ...]:
    """One assessment a row; empty for a table that is no ranking of units.

    A row with scores whose unit is not known is kept with a doubt, under its name as printed.
    """
    column = _unit_column(table, columns, context)
    # without headings a rank, a count and a score look alike: nothing is guessed
    if column is None or "columns-without-heading" in columns.doubts:
        return ()
    domains = domain_columns(table, columns, column)
    if not domains and not _tells_scores(table, columns):
        return ()
    columns = without_domains(columns, domains)
    captioned = domain_of_caption(table)
    if captioned is not None and not all(domain.code.under(captioned.code) for domain in domains):
        captioned = None
    districts = _district_column(table, columns, column, context)
    rows = [row for row in table.body if not is_number_row([cell.text for _, cell in row.filled()])]
    maxima_row = next((row for row in rows if is_maxima_row(row, column)), None)
    if maxima_row is not None or _captioned_as_scores(table):  # what "Tổng cộng" alone counts is told elsewhere
        columns = replace(columns, doubts=tuple(doubt for doubt in columns.doubts if doubt != "weak-heading"))
    columns = with_appraised_part(rows, columns)
    of_one = are_shares_of_one(rows, columns.index)
    level = level_at_first(table, columns, column) or context.level
    district: str | None = None
    found: list[UnitReading] = []
    for row in rows:
        text = row.text(column) or next((cell.text for _, cell in row.filled()), "")
        level = level_of_group(row, text) or level
        named = row.cell(districts)
        within = bare_name(named.text) if named is not None and named.text.strip() else district
        if row is maxima_row:
            continue
        if not _has_numbers(row, column) and (over := district_of(text, context.province, context.at)) is not None:
            district, level = over.name, "commune"  # "Huyện Hải Lăng" above its communes
            continue
        recognised = any(cell.confidence is not None for _, cell in row.filled())
        unit = unit_of(text, context.province, level, context.at, within, recognised)
        known = unit is not None
        unit = unit or _unknown(row, column, level, context)
        if unit is None:
            continue
        if unit.level == "commune" and within is not None:
            unit = replace(unit, district=within)
        named_whole = known or (unit.level == "department" and (unit.name or "")[:1].isupper())
        doubts = columns.doubts if named_whole else (*columns.doubts, "unit-unknown")
        reading = _row_reading(row, columns, domains, maxima_row, doubts, of_one)
        if reading is not None and captioned is not None:
            reading = _of_domain(reading, captioned, doubts)
        if reading is not None:
            found.append(UnitReading(unit, reading, (*doubts, *_doubts_of_row(reading, row, columns))))
    return tuple(found) if len(found) >= 2 else ()


def _unit_column(table: StitchedTable, columns: Columns, context: Context) -> int | None:
    """The column most of whose texts name units, and which is not the names of criteria.

    Where its heading says so, fewer need to be known by name; but no table of criteria has such a column of rows.
    """
    if columns.code is not None and (columns.glued or _is_of_criteria(table, columns.code)):
        return None
    best: tuple[int, int] | None = None
    for column in range(table.columns):
        if column == columns.name and _NAMES.search(fold(columns.labels[column])):
            continue  # names of criteria may begin like those of offices
        texts = [text for row in table.body if (text := row.text(column)) and not is_summary_row(text)]
        if len(texts) < 2:
            continue
        named = sum(unit_of(text, context.province, context.level, context.at) is not None for text in texts)
        share = 0.3 if column == columns.unit else 0.6
        if named >= 2 and named >= share * len(texts) and (best is None or named > best[1]):
            best = (column, named)
    if best is None:
        # counted rows under "Đơn vị", without names of criteria: units that no register knows, never criteria
        return columns.unit if columns.name is None and columns.domain is None else None
    agencies = {columns.lead, columns.support, columns.performer}
    return None if best[0] in agencies else best[0]


_NAMES = regex.compile(r"^(?:các |tên )*(?:tiêu chí|chỉ tiêu|nội dung (?:tiêu chí|chấm|đánh giá))")


def _is_of_criteria(table: StitchedTable, column: int) -> bool:
    """Whether a column holds codes below the domains: 1.1, 1.2."""
    codes = [code for row in table.body if not isinstance(code := parse_code(row.printed(column)), Refusal)]
    return sum(len(code.value.parts) > 1 for code in codes) >= 2


def _tells_scores(table: StitchedTable, columns: Columns) -> bool:
    """Whether headings or caption say that the numbers are points, an index of the reform, or ranks."""
    numbers = {columns.max_score, columns.self_score, columns.pair, columns.index, columns.deducted, *columns.scores}
    held = [column for column in numbers if column is not None]
    if columns.rank is not None:
        return True
    if not held:
        return False
    said = any(_OF_SCORES.search(plain(columns.labels[column])) for column in held)
    return said or (_captioned_as_scores(table) and (bool(columns.scores) or columns.pair is not None))


def _captioned_as_scores(table: StitchedTable) -> bool:
    return any(_OF_SCORES.search(plain(paragraph.text)) for paragraph in table.caption[-3:])


def _unknown(row: Row, column: int, level: Level | None, context: Context) -> Unit | None:
    """The unit of a row that stands among units and has numbers, where no register knows its name.

    Recognition may have lost the beginning of a name: its first letter need not be a capital.
    """
    printed = row.printed(column)
    name = squeeze(printed.text).strip(" .:;-*")
    begins = name[:1].isupper() or (printed.confidence is not None and any(map(str.isalpha, name)))
    if not begins or len(name) > 80 or is_summary_row(name) or not _has_numbers(row, column):
        return None
    return Unit(name, level, context.province)


def _district_column(table: StitchedTable, columns: Columns, unit: int, context: Context) -> int | None:
    """The column that names the district of each commune, beside the column of the communes."""
    for column, label in enumerate(columns.labels):
        if column == unit or not regex.search(r"\bhuyen\b|\bdia ban\b", plain(label)):
            continue
        cells = [cell.text for row in table.body if (cell := row.cell(column)) is not None and cell.text.strip()]
        named = [unit_of(text, context.province, "district", context.at) for text in cells]
        if cells and sum(item is not None and item.level == "district" for item in named) >= 0.6 * len(cells):
            return column
    return None


def _has_numbers(row: Row, column: int) -> bool:
    return any(number > column and any(sign.isdigit() for sign in cell.text) for number, cell in row.filled())


def _of_domain(reading: TableReading, domain: DomainColumn, doubts: tuple[str, ...]) -> TableReading | None:
    """The row of a table about one domain: its numbers are those of the domain and no totals of the unit."""
    totals = reading.totals
    if totals.score is None and totals.self_score is None:
        return replace(reading, totals=Totals()) if reading.results else None
    number = totals.score or totals.self_score
    assert number is not None
    code = Value(domain.code, replace(number.printed, text=str(domain.code)), "caption")
    name = clean_text(replace(number.printed, text=domain.name), "caption") if domain.name else None
    doubted = (*doubts, "domain-code-guessed") if domain.guessed else doubts
    result = Result(
        code,
        name,
        max_score=totals.max_score,
        self_score=totals.self_score,
        score=totals.score,
        doubts=doubted,
    )
    return replace(reading, results=(result, *reading.results), totals=Totals())


def _doubts_of_row(reading: TableReading, row: Row, columns: Columns) -> tuple[str, ...]:
    """What asks for a person: a number unread, scores of equal standing that differ, a score above its maximum."""
    doubts = []
    if reading.refusals:
        doubts.append("unread-number")
    read = [parse_score(row.printed(column)) for column in columns.scores]
    values = [value.value for value in read if not isinstance(value, Refusal)]
    if columns.rivals and len(values) > 1 and values[-1] != values[-2]:
        doubts.append("which-score")
    totals = reading.totals
    if totals.max_score is not None and any(
        value is not None and value.value > totals.max_score.value for value in (totals.score, totals.self_score)
    ):
        doubts.append("score-above-maximum")
    return tuple(doubts)


def _row_reading(
    row: Row,
    columns: Columns,
    domains: Sequence[DomainColumn],
    maxima: Row | None,
    doubts: tuple[str, ...],
    of_one: bool = False,
) -> TableReading | None:
    refusals: list[Refusal] = []

    def number(column: int | None, source: Row | None = None, group: Sequence[int | None] = ()) -> Score | None:
        printed = (source or row).printed(column)
        if source is not None and column is not None and not printed.text:
            printed = maximum_over(source, column, group)
        if is_unscored(printed.text):
            return None
        value = parse_score(printed)
        if isinstance(value, Refusal):
            pair = parse_pair(printed)
            if not isinstance(pair, Refusal):
                return pair[0]
            refusals.append(value)
            return None
        return value

    results = []
    for domain in domains:
        score = number(domain.column)
        if score is None:
            continue
        top = parse_score(domain.maximum) if domain.maximum else None
        maximum = number(domain.column, maxima, domain.group) if maxima is not None else number(domain.max_column)
        if top is not None and not isinstance(top, Refusal):
            maximum = top
        pair = parse_pair(row.printed(domain.column))
        if maximum is None and not isinstance(pair, Refusal):
            maximum = pair[1]
        name = clean_text(Printed(domain.name, score.printed.place), "column-heading") if domain.name else None
        code = Value(domain.code, replace(score.printed, text=str(domain.code)), "column-heading")
        doubted = (*doubts, "domain-code-guessed") if domain.guessed else doubts
        doubted = (*doubted, "which-score") if domain.rivals else doubted
        own = number(domain.self_column)
        result = Result(code, name, max_score=maximum, self_score=own, score=score, doubts=doubted)
        results.append(result if not domain.lost else replace(result, score=None, deducted=score, deducted_stated=True))
    if columns.listed is not None:
        lists = listed(row.printed(columns.listed), columns.labels[columns.listed])
        results.extend(replace(result, doubts=doubts) for result in lists)
    scores = [value for column in columns.scores if (value := number(column)) is not None]
    own = number(columns.self_score)
    pair = parse_pair(row.printed(columns.pair))
    maximum = number(columns.max_score) or (number(columns.max_score, maxima) if maxima is not None else None)
    if not isinstance(pair, Refusal):
        scores, maximum = [pair[0]], maximum or pair[1]
    if maximum is None and columns.scores and maxima is not None:
        own_columns = (columns.survey_score, columns.appraised_score, *columns.scores)
        maximum = number(columns.scores[-1], maxima, own_columns)  # "Điểm chuẩn" as a row of its own
    if maximum is None and columns.scores:
        maximum = points_of(columns.labels[columns.scores[-1]], scores[-1] if scores else None)
    survey, appraised = number(columns.survey_score), number(columns.appraised_score)
    appraised = appraised or part_beside(survey, scores)
    totals = Totals(
        max_score=maximum,
        self_score=own,
        score=scores[-1] if scores else None,
        appraised_score=appraised,
        survey_score=survey,
        deducted=number(columns.deducted),
        index_percent=share_of(row.printed(columns.index), of_one),
        rank=rank_of(row.printed(columns.rank)),
    )
    if totals == Totals() and not results:
        return None
    return TableReading(tuple(results), totals, tuple(refusals), columns, by_self=not scores and own is not None)
