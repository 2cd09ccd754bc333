"""The codes of a table's rows, read together: what one row leaves open its neighbours settle.

Three habits of such tables: domains in Roman numerals above criteria that count anew ("I", then "1", "1.1"); codes
that a spreadsheet shortened (1.10 kept as the number 1.1); parts of the report ("A", "I. Điểm thẩm định") that are no
domains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.coded_row import CodedRow as CodedRow
from extract.tables.coded_row import is_roman
from extract.tables.coded_row import printed_rest as printed_rest
from extract.tables.column_roles import Columns
from extract.tables.counted_domains import with_counted_domains
from extract.tables.grid import Row
from extract.tables.recognised_codes import without_dots, without_mark
from extract.tables.worn_codes import with_codes_between
from extract.tables.worn_domains import with_domains_between, with_worn_romans
from normalize.codes import Code, parse_code, split_code
from normalize.text import fold
from normalize.value import Printed, Refusal, Value
from patterns.domains import usual_domain

_DOMAIN_BESIDE = regex.compile(r"(?s)^(?P<code>\d{1,2}|[IVX]{1,4}(?=\s*[.):–-]))\s*[.):–-]?\s*(?P<name>\p{Lu}.*)$")
_DOMAINS_AT_LEAST = 4  # scorecards have 5 to 9 domains; parts of a report are two or three


def coded_rows(rows: Sequence[Row], columns: Columns) -> tuple[CodedRow, ...]:
    """Every row with its code read in the light of all the others."""
    found = _lettered([_read(row, columns) for row in rows], columns)
    if columns.glued:
        found = _domains_beside_names(found, columns)
    worn = with_domains_between(with_worn_romans(found, columns), columns)
    counted = with_counted_domains(with_codes_between(worn, columns), columns)
    return tuple(_unshortened(_with_domains(counted, columns)))


def _read(row: Row, columns: Columns) -> CodedRow:
    if columns.code is None:
        return CodedRow(row, None)
    printed = _title_over(row, columns.code) or row.printed(columns.code)
    if columns.glued:
        split = split_code(printed.text)
        if split is not None:
            code = parse_code(replace(printed, text=split[0]))
            if not isinstance(code, Refusal):
                return CodedRow(
                    row, replace(code, printed=replace(printed, text=split[0])), split[1], is_roman(split[0])
                )
        whole = parse_code(printed)
        if not isinstance(whole, Refusal) and len(whole.value.parts) > 1:
            return CodedRow(row, whole, "", False)
        return CodedRow(row, None)
    code = without_dots(printed) or without_mark(printed) or parse_code(printed)
    if not isinstance(code, Refusal):
        return CodedRow(row, code, None, is_roman(printed.text))
    # a domain title is often merged over the code column and the name: "1. Công tác chỉ đạo, điều hành"
    split = split_code(printed.text)
    if split is not None and split[1]:
        code = parse_code(replace(printed, text=split[0]))
        if not isinstance(code, Refusal):
            return CodedRow(row, code, split[1], is_roman(split[0]))
    title = domain_title(printed)
    return CodedRow(row, title[0], title[1], True) if title is not None else CodedRow(row, None)


def _title_over(row: Row, column: int) -> Printed | None:
    """A title that begins left of the column of codes and reaches over it: "Lĩnh vực 1. ..." over the whole row."""
    cell = row.cell(column)
    over = cell is not None and cell.row == row.number and cell.column < column and cell.row_span == 1
    return cell.printed if cell is not None and over else None


_ROMAN_TITLE = regex.compile(r"(?s)^(?:(?i:lĩnh vực|phần|mục)\s+)?(?P<code>[IVX]{1,5})\s*[.):–-]\s*(?P<name>\p{Lu}.*)$")


def domain_title(printed: Printed) -> tuple[Value[Code], str] | None:
    """The Roman number and the name of a domain's title: "IV. Cải cách tổ chức bộ máy"."""
    match = _ROMAN_TITLE.match(printed.text.strip())
    code = parse_code(replace(printed, text=match["code"])) if match is not None else None
    if match is None or code is None or isinstance(code, Refusal):
        return None
    return replace(code, printed=replace(printed, text=match["code"])), match["name"]


_LETTER = regex.compile(r"^\s*([A-HĐ])\s*[.)]?\s*$")


def _lettered(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """Domains that are lettered ("A", "B", "C", "D") over criteria which count anew: numbered in their order."""
    letters = [
        position
        for position, coded in enumerate(found)
        if coded.code is None and not columns.glued and _LETTER.match(coded.row.text(columns.code))
    ]
    singles = [coded.code.value for coded in found if coded.code is not None and len(coded.code.value.parts) == 1]
    if len(letters) < _DOMAINS_AT_LEAST or sum(code.parts == (1,) for code in singles) < 0.5 * len(letters):
        return found
    result = list(found)
    for number, position in enumerate(letters, 1):
        printed = found[position].row.printed(columns.code)
        code = Value(Code((number,)), printed, "lettered-domain", (f"letter: {printed.text.strip()!r} -> {number}",))
        result[position] = CodedRow(found[position].row, code, None, roman=True)
    return result


def _domains_beside_names(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """Domain rows of a table whose codes stand before the names: "I. Công tác chỉ đạo", "1 - Công tác chỉ đạo".

    A number without a full stop is a code only where the next code of the table stands below it: "3 xã" is a count.
    """
    result = list(found)
    for position, coded in enumerate(found):
        if coded.code is not None:
            continue
        printed = coded.row.printed(columns.code)
        match = _DOMAIN_BESIDE.match(printed.text.strip())
        if match is None:
            continue
        code = parse_code(replace(printed, text=match.group("code")))
        following = next((later.code.value for later in found[position + 1 :] if later.code is not None), None)
        if isinstance(code, Refusal) or following is None:
            continue
        roman = is_roman(match.group("code"))
        if roman or following.under(code.value):
            code = replace(code, printed=replace(printed, text=match.group("code")))
            result[position] = CodedRow(coded.row, code.with_step("domain-before-name"), match.group("name"), roman)
    for position, code in _counted_domains(result, columns).items():
        result[position] = CodedRow(result[position].row, code.with_step("domain-in-ordinal"), None, roman=True)
    return result


def _counted_domains(found: Sequence[CodedRow], columns: Columns) -> dict[int, Value[Code]]:
    """Rows that "STT" counts in Roman numbers over names led by codes; domains where 1.1 follows I each time."""
    domains: dict[int, Value[Code]] = {}
    for position, coded in enumerate(found):
        printed = coded.row.printed(columns.ordinal)
        if coded.code is not None or columns.ordinal is None or not is_roman(printed.text):
            continue
        code = parse_code(printed)
        following = next((later.code.value for later in found[position + 1 :] if later.code is not None), None)
        if isinstance(code, Refusal) or following is None or not following.under(code.value):
            return {}
        domains[position] = code
    return domains if len(domains) >= _DOMAINS_AT_LEAST else {}


def _are_named_domains(romans: Sequence[CodedRow], columns: Columns) -> bool:
    """Whether the few Roman numbers of a table stand before domains by their names, not before parts of the report."""
    names = [fold(printed_rest(coded, columns).text) for coded in romans]
    return len(romans) >= 2 and 2 * sum(usual_domain(name) is not None for name in names) > len(romans)


def _with_domains(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """Put the Roman domain before codes that count anew under it; Roman parts of the report lose their code."""
    romans = [coded for coded in found if coded.roman]
    if not romans or all(coded.roman or coded.code is None for coded in found):
        return found
    under: list[tuple[int, Code]] = []
    current: int | None = None
    for coded in found:
        if coded.roman and coded.code is not None:
            current = coded.code.value.parts[0]
        elif coded.code is not None and current is not None:
            under.append((current, coded.code.value))
    if not _count_anew(under):
        complete = sum(code.parts[0] == domain for domain, code in under)
        if not under or complete >= 0.5 * len(under):
            return _with_counted_sections(found) if len(romans) >= _DOMAINS_AT_LEAST else found
        return [replace(coded, code=None) if coded.roman else coded for coded in found]
    if len(romans) < _DOMAINS_AT_LEAST and not _are_named_domains(romans, columns):
        return [replace(coded, code=None) if coded.roman else coded for coded in found]
    result = []
    current = None
    for coded in found:
        if coded.roman and coded.code is not None:
            current = coded.code.value.parts[0]
        elif coded.code is not None and current is not None:
            value = coded.code.value
            prefixed = Code((current, *value.parts))
            step = f"domain-above: {value} -> {prefixed}"
            coded = replace(coded, code=replace(coded.code, value=prefixed).with_step(step))
        result.append(coded)
    return result


def _with_counted_sections(found: list[CodedRow]) -> list[CodedRow]:
    """The domain put before plain numbers that count below it where other domains have whole codes: VIII, 1, 2."""
    result = list(found)
    heads = [position for position, coded in enumerate(found) if coded.roman and coded.code is not None]
    for head, end in zip(heads, [*heads[1:], len(found)], strict=True):
        domain = found[head].code
        below = [(n, code) for n in range(head + 1, end) if (code := found[n].code) is not None]
        if domain is None or [code.value.parts for _, code in below] != [(n,) for n in range(1, len(below) + 1)]:
            continue
        for position, code in below:
            whole = Code((*domain.value.parts, *code.value.parts))
            step = f"domain-above: {code.value} -> {whole}"
            result[position] = replace(found[position], code=replace(code, value=whole).with_step(step))
    return result


def _count_anew(under: Sequence[tuple[int, Code]]) -> bool:
    """Whether criteria begin at 1 under most domains; a single such code is a slip of the report or of the reading."""
    first: dict[int, Code] = {}
    for domain, code in under:
        first.setdefault(domain, code)
    later = [code for domain, code in first.items() if domain > 1]
    anew = sum(code.parts[0] == 1 for code in later)
    return anew >= 1 and anew >= 0.5 * len(later)


def _unshortened(found: list[CodedRow]) -> list[CodedRow]:
    """1.10 that a spreadsheet kept as 1.1: it follows 1.9 and repeats a code that was there already."""
    result: list[CodedRow] = []
    seen: set[Code] = set()
    before: Code | None = None
    for coded in found:
        if coded.code is None:
            result.append(coded)
            continue
        code = coded.code.value
        if before is not None and code in seen and len(code.parts) == len(before.parts) > 1:
            following = Code((*before.parts[:-1], before.parts[-1] + 1))
            if following.parts[-1] % 10 == 0 and Code((*code.parts[:-1], code.parts[-1] * 10)) == following:
                step = f"shortened-by-spreadsheet: {code} -> {following}"
                coded = replace(coded, code=replace(coded.code, value=following).with_step(step))
                code = following
        seen.add(code)
        before = code
        result.append(coded)
    return result


def repeated_codes(found: Sequence[CodedRow]) -> frozenset[Code]:
    """Codes that stand more than once in one table."""
    seen: set[Code] = set()
    twice: set[Code] = set()
    for coded in found:
        if coded.code is not None:
            (twice if coded.code.value in seen else seen).add(coded.code.value)
    return frozenset(twice)
