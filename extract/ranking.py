"""Tables with many units: one row a unit (family F), or one column a unit beside the criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extract.code_column import coded_rows
from extract.column_roles import Columns, contents_of, labels_of
from extract.grid import Row
from extract.named_unit import unit_of
from extract.rows import TableReading, read_rows
from extract.stitching import StitchedTable
from normalize.codes import Code
from normalize.decimals import parse_pair, parse_score
from normalize.records import Level, Result, Score, Totals, Unit
from normalize.text import fold, squeeze
from normalize.typos import clean_text
from normalize.unit_names import bare_name
from normalize.value import Printed, Refusal, Value
from patterns.columns import is_number_row, roles_of
from patterns.domains import usual_domain

_MAXIMA_ROW = regex.compile(r"^(?:điểm |thang |số điểm )?(?:tối đa|chuẩn|điểm)\b|^điểm (?:tối đa|chuẩn)")
_POINTS = regex.compile(
    r"[(\[]\s*(?:tối đa )?(\d+(?:[.,]\d+)?)\s*(?:đ|điểm)\b\.?\s*[)\]]|\btối đa (\d+(?:[.,]\d+)?) ?(?:đ|điểm)\b"
)
_NUMBERED = regex.compile(r"^(?:lĩnh vực |lv ?|tiêu chí )?(\d|[ivx]{1,4})\b[.:)]?\s*(.*)$")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True, slots=True)
class UnitReading:
    """One unit of a table with many."""

    unit: Unit
    reading: TableReading


@dataclass(frozen=True, slots=True)
class Context:
    """What the head of the report says of all units in it."""

    province: str | None
    level: Level | None
    at: str | None


@dataclass(frozen=True, slots=True)
class _DomainColumn:
    column: int
    code: Code
    name: str | None
    maximum: Printed | None


def read_ranking(table: StitchedTable, columns: Columns, context: Context) -> tuple[UnitReading, ...]:
    """One assessment a row; empty for a table that is no ranking of units."""
    column = _unit_column(table, columns, context)
    if column is None or columns.doubts:  # without headings a rank, a count and a score look alike: nothing is guessed
        return ()
    districts = _district_column(table, columns, column, context)
    rows = [row for row in table.body if not is_number_row([cell.text for _, cell in row.filled()])]
    domains = _domain_columns(table, columns, column)
    maxima_row = next(
        (row for row in rows if _MAXIMA_ROW.match(fold(row.text(column))) or _is_maxima(row, column)), None
    )
    level = context.level
    district: str | None = None
    found = []
    for row in rows:
        text = row.text(column) or next((cell.text for _, cell in row.filled()), "")
        level = _group_level(row, text) or level
        named = row.cell(districts)
        within = bare_name(named.text) if named is not None and named.text.strip() else district
        unit = unit_of(text, context.province, level, context.at, within)
        if unit is None or row is maxima_row:
            continue
        if unit.level == "district" and not _has_numbers(row, column):
            district, level = unit.name, "commune"  # "Huyện Hải Lăng" above its communes
            continue
        if unit.level == "commune" and within is not None:
            unit = replace(unit, district=within)
        reading = _row_reading(row, columns, domains, maxima_row)
        if reading is not None:
            found.append(UnitReading(unit, reading))
    return tuple(found) if len(found) >= 2 else ()


def _unit_column(table: StitchedTable, columns: Columns, context: Context) -> int | None:
    """The column most of whose texts name units, and which is not the names of criteria."""
    if columns.code is not None and columns.glued:
        return None
    best: tuple[int, int] | None = None
    for column in range(table.columns):
        texts = [row.text(column) for row in table.body if row.text(column)]
        if len(texts) < 2:
            continue
        named = sum(unit_of(text, context.province, context.level, context.at) is not None for text in texts)
        if named >= 2 and named >= 0.6 * len(texts) and (best is None or named > best[1]):
            best = (column, named)
    if best is None:
        return None
    agencies = {columns.lead, columns.support, columns.performer}
    return None if best[0] in agencies else best[0]


def _district_column(table: StitchedTable, columns: Columns, unit: int, context: Context) -> int | None:
    """The column that names the district of each commune, beside the column of the communes."""
    for column, label in enumerate(columns.labels):
        if column == unit or not regex.search(r"\bhuyện\b|\bcấp huyện\b|\bđịa bàn\b", fold(label)):
            continue
        cells = [cell.text for row in table.body if (cell := row.cell(column)) is not None and cell.text.strip()]
        named = [unit_of(text, context.province, "district", context.at) for text in cells]
        if cells and sum(item is not None and item.level == "district" for item in named) >= 0.6 * len(cells):
            return column
    return None


def _has_numbers(row: Row, column: int) -> bool:
    return any(number > column and any(sign.isdigit() for sign in cell.text) for number, cell in row.filled())


def _is_maxima(row: Row, column: int) -> bool:
    return any(_MAXIMA_ROW.match(fold(cell.text)) for number, cell in row.filled() if number <= column)


def _group_level(row: Row, text: str) -> Level | None:
    """A row that opens a group of units: "I. CÁC SỞ, BAN, NGÀNH", "UBND CÁC HUYỆN"."""
    folded = fold(text)
    if sum(1 for _ in row.filled()) > 2:
        return None
    if regex.search(r"\bsở,? (ban,? )?ngành\b|\bcơ quan chuyên môn\b", folded):
        return "department"
    if regex.search(r"\bcác huyện\b|\bcấp huyện\b", folded):
        return "district"
    if regex.search(r"\bcác xã\b|\bcấp xã\b|\bxã, phường\b", folded):
        return "commune"
    return None


def _domain_columns(table: StitchedTable, columns: Columns, unit: int) -> tuple[_DomainColumn, ...]:
    """Columns whose heading names or numbers a domain, in their order; the shares (%) beside them are left out.

    A column of numbers among them whose heading says nothing known is a domain too, under a name of its own.
    """
    labels = labels_of(table)
    known = [column for column in range(unit + 1, table.columns) if _is_domain(labels[column], column, columns)]
    if len(known) < 3:
        return ()
    contents = contents_of(table.body, table.columns)
    found: list[_DomainColumn] = []
    for column in range(known[0], table.columns):
        label = labels[column]
        among = column < known[-1] or column == known[-1] + 1
        stranger = among and not roles_of(label) and contents[column].numbers >= 0.6 * len(table.body)
        if column not in known and not (stranger and label and column not in _taken(columns)):
            continue
        if any(other.name and other.name == _domain_name(label) for other in found):
            continue
        head = _NUMBERED.match(fold(label))
        code = Code((int(_ROMAN.get(head.group(1), head.group(1))),)) if head else Code((len(found) + 1,))
        points = _POINTS.search(fold(label))
        cell = next((row.cell(column) for row in table.header if row.cell(column) is not None), None)
        maximum = replace(cell.printed, text=points.group(1) or points.group(2)) if points and cell else None
        found.append(_DomainColumn(column, code, _domain_name(label), maximum))
    distinct = {domain.code for domain in found}
    return tuple(found) if len(found) >= 3 and len(distinct) == len(found) else ()


def _taken(columns: Columns) -> set[int | None]:
    fixed = {columns.self_score, columns.index, columns.rank, columns.max_score, columns.ordinal, columns.unit}
    return fixed | {columns.survey_score, columns.appraised_score, *columns.scores}


def _is_domain(label: str, column: int, columns: Columns) -> bool:
    folded = fold(label)
    if column in _taken(columns) - {columns.survey_score, *columns.scores} or not label:
        return False
    if regex.search(r"%|\btỷ lệ\b|\bchỉ số\b|\bhạng\b", folded):
        return False
    if _NUMBERED.match(folded):
        return True
    role = max(roles_of(label), key=lambda item: item[1], default=(None, 0))[0]
    return usual_domain(folded) is not None and role not in ("score", "max_score", "self_score", "deducted")


def _domain_name(label: str) -> str | None:
    text = regex.sub(r"^\s*(?:Lĩnh vực\s+)?(?:\d|[IVX]{1,4})\s*[.:)]\s*", "", squeeze(label))
    return regex.sub(r"\s*[(\[][^)\]]*(?:đ|điểm)\s*[)\]]\s*$", "", text).strip() or None


def _row_reading(
    row: Row, columns: Columns, domains: Sequence[_DomainColumn], maxima: Row | None
) -> TableReading | None:
    refusals: list[Refusal] = []

    def number(column: int | None, source: Row | None = None) -> Score | None:
        printed = (source or row).printed(column)
        if not printed.text.strip() or fold(printed.text) in {"-", "x", "/"}:
            return None
        value = parse_score(replace(printed, text=printed.text.replace("%", "")))
        if isinstance(value, Refusal):
            pair = parse_pair(printed)
            if not isinstance(pair, Refusal):
                return pair[0]
            refusals.append(value)
            return None
        return replace(value, printed=printed)

    results = []
    for domain in domains:
        score = number(domain.column)
        if score is None:
            continue
        top = parse_score(domain.maximum) if domain.maximum else None
        maximum = number(domain.column, maxima) if maxima is not None else None
        if top is not None and not isinstance(top, Refusal):
            maximum = top
        name = clean_text(Printed(domain.name, score.printed.place), "column-heading") if domain.name else None
        code = Value(domain.code, replace(score.printed, text=str(domain.code)), "column-heading")
        results.append(Result(code=code, name=name, max_score=maximum, score=score))
    scores = [value for column in columns.scores if (value := number(column)) is not None]
    own = number(columns.self_score)
    pair = parse_pair(row.printed(columns.pair))
    maximum = number(columns.max_score) or (number(columns.max_score, maxima) if maxima is not None else None)
    if not isinstance(pair, Refusal):
        scores, maximum = [pair[0]], maximum or pair[1]
    if maximum is None and columns.scores and maxima is not None:
        maximum = number(columns.scores[-1], maxima)  # "Điểm chuẩn" as a row of its own
    if maximum is None and columns.scores:
        maximum = _points_of(columns.labels[columns.scores[-1]], scores[-1] if scores else None)
    rank = row.printed(columns.rank)
    totals = Totals(
        max_score=maximum,
        self_score=own,
        score=scores[-1] if scores else None,
        appraised_score=number(columns.appraised_score),
        survey_score=number(columns.survey_score),
        deducted=number(columns.deducted),
        index_percent=number(columns.index),
        rank=Value(squeeze(rank.text).replace(" ", ""), rank, "column-rank")
        if regex.search(r"\d", rank.text)
        else None,
    )
    if totals == Totals() and not results:
        return None
    return TableReading(tuple(results), totals, tuple(refusals), columns, by_self=not scores and own is not None)


def _points_of(label: str, beside: Score | None) -> Score | None:
    """The points that can be had, as a heading states them: "Tổng điểm (100 điểm)"."""
    points = _POINTS.search(fold(label))
    if points is None or beside is None:
        return None
    printed = replace(beside.printed, text=points.group(1) or points.group(2))
    value = parse_score(printed)
    return None if isinstance(value, Refusal) else value


def read_unit_columns(table: StitchedTable, columns: Columns, context: Context) -> tuple[UnitReading, ...]:
    """One assessment a column where the headings over the numbers name units; empty for any other table."""
    if columns.code is None:
        return ()
    groups: dict[str, list[int]] = {}
    units: dict[str, Unit] = {}
    for column in range(table.columns):
        if column in (columns.code, columns.name, columns.max_score, columns.ordinal):
            continue
        for row in table.header:
            cell = row.cell(column)
            unit = (
                unit_of(cell.text, context.province, context.level, context.at) if cell and cell.text.strip() else None
            )
            if cell is not None and unit is not None and unit.level != "province" and not roles_of(cell.text):
                groups.setdefault(cell.text, []).append(column)
                units[cell.text] = unit
                break
    if len(groups) < 2:
        return ()
    coded = coded_rows(table.body, columns)
    if sum(entry.code is not None for entry in coded) < 2:
        return ()
    found = []
    for heading, numbers in groups.items():
        roles = {
            column: max(roles_of(_under(table, column, heading)), key=lambda item: item[1], default=("score", 0))[0]
            for column in numbers
        }
        own = replace(
            columns,
            self_score=next((c for c, role in roles.items() if role == "self_score"), None),
            scores=tuple(c for c, role in roles.items() if role in ("score", "round1", "round2"))[-1:],
            deducted=next((c for c, role in roles.items() if role == "deducted"), None),
            pair=None,
        )
        found.append(UnitReading(units[heading], read_rows(table, own, units[heading].level)))
    return tuple(found)


def _under(table: StitchedTable, column: int, heading: str) -> str:
    texts = [cell.text for row in table.header if (cell := row.cell(column)) is not None and cell.text != heading]
    return " ".join(texts)
