"""Rows of a score table to results: numbers by their columns, deductions, reasons, agencies, and the total row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from extract.tables.beside import is_beside, is_penalty, without_items_beside
from extract.tables.bracketed import name_and_points
from extract.tables.code_column import coded_rows, repeated_codes
from extract.tables.coded_row import CodedRow, printed_rest
from extract.tables.column_checks import with_doubts_of_columns
from extract.tables.column_roles import Columns
from extract.tables.continued import amounts_of, lost_over, rows_below
from extract.tables.domain_column import domains_beside
from extract.tables.grid import Row
from extract.tables.grouped import under_agencies, with_agencies_of_groups
from extract.tables.itemised import itemised
from extract.tables.items_beside import rows_of_items
from extract.tables.lettered_items import with_lettered_items
from extract.tables.listed import is_left, listed
from extract.tables.row_numbers import lost_of, numbers_of
from extract.tables.stacked import holds_several
from extract.tables.stitching import StitchedTable
from extract.tables.total_rows import (
    is_called_total,
    is_rounded,
    is_total_row,
    larger_totals,
    read_totals,
    survey_points,
)
from extract.tables.worn_codes import is_guessed, stands_for_code
from normalize.agencies import find_agencies
from normalize.codes import Code, parse_code
from normalize.decimals import parse_score
from normalize.records import Deduction, Level, Responsibility, Result, Role, Score, Totals, Unit
from normalize.text import plain
from normalize.typos import clean_text
from normalize.value import Printed, Refusal, Value
from patterns.columns import is_number_row

# Without marks, which recognition loses first.
_SURVEY = regex.compile(r"^(?:ket qua |diem |theo )?(?:dieu tra|khao sat) (?:xhh|xa hoi hoc).{0,20}$|^dtxhh$|^xhh$")


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one table says of one unit; `unit` and `year` are those its caption names, None where it names none.

    `beside`: points are given or taken besides those of the criteria, so that these are not all of the total.
    """

    results: tuple[Result, ...] = ()
    totals: Totals = field(default_factory=Totals)
    refusals: tuple[Refusal, ...] = ()
    columns: Columns | None = None
    by_self: bool = False
    unit: Unit | None = None
    year: int | None = None
    beside: bool = False


def read_rows(table: StitchedTable, columns: Columns, level: Level | None) -> TableReading:
    """The results of a table with one row a criterion."""
    rows = [row for row in table.body if not is_number_row([cell.text for _, cell in row.filled()])]
    rows, agencies = under_agencies(with_agencies_of_groups(rows, columns), columns, level)
    every = with_lettered_items(coded_rows(rows, columns), columns)
    coded = tuple(without_items_beside(every, columns))
    twice, below, first_items = repeated_codes(coded), rows_below(coded, columns), rows_of_items(coded, columns)
    results: list[Result] = []
    refusals: list[Refusal] = []
    totals, survey = Totals(), None
    domain: Code | None = None
    survey_part, beside = False, any(is_penalty(entry, columns) for entry in every)
    for entry in coded:
        domain = _domain(entry, columns) or domain
        if entry.code is None:
            if is_total_row(entry.row, columns):
                if totals == Totals() or not is_rounded(entry.row):
                    totals = larger_totals(totals, read_totals(entry.row, columns))
            elif (points := survey_points(entry.row, columns)) is not None:
                survey = points
            elif _is_survey_title(entry.row):
                survey_part = True
            elif is_beside(entry.row):
                beside = True
            elif (unread := _unread_code(entry, columns)) is not None:
                refusals.append(unread)
            continue
        if is_called_total(printed_rest(entry, columns).text):
            totals = larger_totals(totals, read_totals(entry.row, columns))
            continue
        result, refused = _result(entry, columns, level, below.get(entry.row.number, ()))
        refusals.extend(refused)
        if not result.agencies and (over := agencies.get(entry.row.number)) is not None:
            result = replace(result, agencies=find_agencies(over, "performer", level))
        doubts = list(result.doubts)
        if result.code.value in twice:
            doubts.append("code-twice")
        if is_guessed(result.code):
            doubts.append("code-guessed")
        several = any(holds_several(entry.row.text(column)) for column in {columns.code, columns.name})
        if several or entry.row.number in first_items:
            doubts.append("several-criteria")
        results.append(replace(result, domain=domain, survey=result.survey or survey_part, doubts=tuple(doubts)))
    totals = replace(totals, survey_score=totals.survey_score or survey)
    results.extend(_listed(coded, columns, level))
    refusals.extend(_left_lists(coded, columns))
    results.extend(domains_beside(rows, columns, {result.code.value for result in results}))
    results = with_doubts_of_columns(_items_at_leaves(results))
    by_self = not columns.scores and columns.pair is None and columns.self_score is not None
    return TableReading(tuple(results), totals, tuple(refusals), columns, by_self, beside=beside)


def _listed(coded: Sequence[CodedRow], columns: Columns, level: Level | None) -> Iterator[Result]:
    """The criteria that cells of a row list with their points, below its own code; each once, and none with a row.

    Who answers, what is to be done and until when is said once for all criteria of a cell.
    """
    if columns.listed is None:
        return
    seen = {entry.code.value for entry in coded if entry.code is not None}
    for entry in coded:
        for result in listed(entry.row.printed(columns.listed), columns.labels[columns.listed]):
            code = result.code.value
            if code not in seen and (entry.code is None or code.under(entry.code.value)):
                seen.add(code)
                yield replace(
                    result,
                    agencies=_agencies(entry.row, columns, level),
                    remedy=_words(entry.row.printed(columns.remedy), "column-remedy"),
                    deadline=_text(entry.row.printed(columns.deadline), "column-deadline"),
                    doubts=columns.doubts,
                )


def _left_lists(coded: Sequence[CodedRow], columns: Columns) -> Iterator[Refusal]:
    """The cells of a column of lists whose criteria and points could not be told apart."""
    if columns.listed is not None:
        cells = (entry.row.printed(columns.listed) for entry in coded)
        label = columns.labels[columns.listed]
        yield from (Refusal(printed, "table", "numbers-left") for printed in cells if is_left(printed, label))


def _unread_code(entry: CodedRow, columns: Columns) -> Refusal | None:
    """Why a row with scores has no code, where its cell of codes holds figures: it is not passed over in silence.

    What recognition made of a code may be a sign or two of any kind, also before the name ("m Kế hoạch").
    """
    scored = any(entry.row.text(column) for column in (*columns.scores, columns.self_score, columns.pair))
    if not scored:
        return None
    printed = entry.row.printed(columns.code)
    if printed.confidence is not None and stands_for_code(printed.text, columns.glued):
        return Refusal(printed, "code", "not-a-code")
    if columns.glued or not any(map(str.isdigit, printed.text)):
        return None
    code = parse_code(printed)
    return code if isinstance(code, Refusal) else None


def _items_at_leaves(results: Sequence[Result]) -> list[Result]:
    """Without the items of parents that only sum up what their children lost: each loss is itemised once."""
    losing = {result.code.value for result in results if result.deductions}

    def sums_up(result: Result) -> bool:
        told = any(item.reason is not None for item in result.deductions)
        return bool(result.deductions) and not told and any(code.under(result.code.value) for code in losing)

    return [replace(result, deductions=()) if sums_up(result) else result for result in results]


def _domain(entry: CodedRow, columns: Columns) -> Code | None:
    """The domain a row stands under in print: its own number column, or a domain row above it."""
    if columns.domain is not None and columns.ordinal is not None:
        own = parse_code(entry.row.printed(columns.ordinal))
        return None if isinstance(own, Refusal) else own.value
    if entry.code is not None and len(entry.code.value.parts) == 1:
        return entry.code.value
    return None


def _is_survey_title(row: Row) -> bool:
    texts = [cell.text for _, cell in row.filled()]
    return bool(texts) and len(texts) <= 2 and any("dieu tra xa hoi hoc" in plain(text) for text in texts)


def _result(
    entry: CodedRow, columns: Columns, level: Level | None, below: Sequence[Row] = ()
) -> tuple[Result, list[Refusal]]:
    """The result of a row; `below` are the rows that go on with its reasons."""
    assert entry.code is not None
    row = entry.row
    numbers, refusals, doubts = numbers_of(row, columns)
    doubts = [*columns.doubts, *doubts]
    name = printed_rest(entry, columns)
    listing = columns.listed is not None and columns.listed == columns.name  # its points are those of what it lists
    if not listing and (not numbers or (columns.max_score is None and columns.pair is None)):
        bare, told = name_and_points(name)
        if told and not (told.keys() & numbers.keys()):
            name, numbers = bare, {**told, **numbers}
    by_survey = not any(row.text(column) for column in columns.scores) and bool(row.text(columns.survey_score))
    survey = by_survey or any(_SURVEY.match(plain(cell.text).strip(" .")) for _, cell in row.filled())
    maximum, stated = numbers.get("max_score"), numbers.get("deducted")
    score = numbers.get("score")
    if not columns.scores and columns.pair is None:
        score = score or numbers.get("self_score")
    lost, deducted_stated = lost_of(columns, maximum, score, stated)
    rows = (row, *below)
    if below:
        lost = lost_over(rows, columns, lost)
    result = Result(
        code=entry.code,
        name=_text(name, "criterion-name"),
        max_score=maximum,
        self_score=numbers.get("self_score"),
        score=numbers.get("score"),
        deducted=lost,
        deducted_stated=deducted_stated,
        survey=survey,
        deductions=_deductions(row, columns, lost) if not below else _by_rows(rows, columns, lost),
        agencies=_agencies_of(rows, columns, level),
        remedy=_words(row.printed(columns.remedy), "column-remedy"),
        deadline=_text(row.printed(columns.deadline), "column-deadline"),
        doubts=tuple(dict.fromkeys(doubts)),
    )
    return result, refusals


def _by_rows(rows: Sequence[Row], columns: Columns, lost: Score | None) -> tuple[Deduction, ...]:
    """An item for each row of a criterion; one for all of them where not every row tells its amount."""
    if amounts := amounts_of(rows, columns):
        told = zip(amounts, rows, strict=True)
        return tuple(Deduction(amount, _reason(row.printed(columns.reason))) for amount, row in told if amount.value)
    if lost is None or not lost.value:
        return ()
    first = rows[0].printed(columns.reason)
    texts = [text for row in rows if (text := row.text(columns.reason))]
    return (Deduction(lost, _reason(replace(first, text="\n".join(texts)))),)


def _deductions(row: Row, columns: Columns, lost: Score | None) -> tuple[Deduction, ...]:
    if lost is None or not lost.value:
        return ()
    printed = _printed_reason(row, columns)
    beside = row.printed(columns.deducted)  # "-0,5 (báo cáo chậm)": the amount and its reason in one cell
    several = itemised(printed, lost, "column-reason") or itemised(beside, lost, "column-reason", 1)
    if several:
        return several
    reason = _reason(printed)
    if columns.deducted is None and reason is None:
        return ()  # the report itemises nothing: what was lost is only computed
    return (Deduction(lost, reason),)


def _printed_reason(row: Row, columns: Columns) -> Printed:
    """The cell that tells why; the notes where no column is called so."""
    if columns.reason is None and columns.note not in (columns.deducted, columns.code):
        return row.printed(columns.note)
    told = (column for column in (columns.reason, *columns.opinions) if row.text(column))
    return row.printed(next(told, columns.reason))


def _reason(printed: Printed) -> Value[str] | None:
    if _SURVEY.match(plain(printed.text).strip(" .")):
        return None
    return _text(printed, "column-reason")


def _text(printed: Printed, pattern: str) -> Value[str] | None:
    if not any(sign.isalnum() for sign in printed.text) or printed.text.strip().casefold() == "x":
        return None
    return clean_text(printed, pattern)


def _words(printed: Printed, pattern: str) -> Value[str] | None:
    """A text that says something: a lone number under "Giải pháp" (a survey score noted there) does not."""
    return None if not isinstance(parse_score(printed), Refusal) else _text(printed, pattern)


def _agencies_of(rows: Sequence[Row], columns: Columns, level: Level | None) -> tuple[Responsibility, ...]:
    """The agencies of all rows of a criterion, each in its role once."""
    every = _agencies(rows[0], columns, level)
    held = {(agency.name, agency.role) for agency in every}
    later = (agency for row in rows[1:] for agency in _agencies(row, columns, level))
    return (*every, *{(each.name, each.role): each for each in later if (each.name, each.role) not in held}.values())


def _agencies(row: Row, columns: Columns, level: Level | None) -> tuple[Responsibility, ...]:
    found: list[Responsibility] = []
    roles: Sequence[tuple[int | None, Role]] = (
        (columns.lead, "lead"),
        (columns.support, "support"),
        (columns.performer, "performer"),
    )
    if columns.lead is columns.support is columns.performer is None:
        roles = ((columns.unit, "performer"),)  # "Đơn vị" beside the criteria of another one: who must act
    for column, role in roles:
        cell = row.cell(column)  # an agency merged over several criteria is responsible for each of them
        if cell is not None and cell.text.strip():
            found.extend(find_agencies(cell.printed, role, level))
    return tuple(found)
