"""Recognised rows of domains whose code was misread: "VH" for VII, "1" for III, nothing for VIII.

The strokes of Roman numbers run together on a poor scan. Which domain it is the numbers before and behind it say, and
the codes of the criteria between which it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.tables.coded_row import CodedRow, is_roman, printed_rest
from extract.tables.column_roles import Columns
from extract.tables.total_rows import is_called_total
from normalize.codes import Code, parse_code
from normalize.text import fold
from normalize.value import Refusal, Value
from patterns.domains import usual_domain

_STROKES = (
    *((sign, "I") for sign in "ỊỈÌÍĨịỉìíĩiíl1|!"), *((sign, "II") for sign in "HnUu"), *((sign, "III") for sign in "mM")
)  # fmt: skip


def with_worn_romans(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """Recognised Roman numbers whose strokes ran together (VỊ, VH, VIn), where just that number follows the one before,

    and one that is that before once more and lost a stroke.

    >>> [_unworn(text) for text in ("VỊ", "VH.", "VIn", "Vm", '"II', "Vụ")]
    ['VI', 'VII', 'VIII', 'VIII', 'II', None]
    """
    if columns.code is None or sum(coded.roman for coded in found) < 2:
        return found
    result, last = list(found), 0
    known = {coded.code.value.parts[0] for coded in found if coded.roman and coded.code is not None}
    for position, coded in enumerate(found):
        printed = coded.row.printed(columns.code)
        if coded.roman and coded.code is not None:
            number = coded.code.value.parts[0]
            if number == last and printed.confidence is not None and _stands_between(found[position + 1 :], last):
                step = f"worn-roman: {printed.text!r} -> {last + 1}"
                own = replace(coded.code, value=Code((last + 1,))).with_step(step)
                result[position] = replace(coded, code=own)
                number = last + 1
            last = number
            continue
        text = _unworn(printed.text) if coded.code is None and printed.confidence is not None else None
        code = None if text is None else parse_code(replace(printed, text=text))
        if code is None or isinstance(code, Refusal) or code.value.parts != (last + 1,) or last + 1 in known:
            continue
        last += 1
        own = replace(code, printed=printed).with_step(f"worn-roman: {printed.text!r} -> {text!r}")
        result[position] = CodedRow(coded.row, own, None, roman=True)
    return result


def _stands_between(later: Sequence[CodedRow], last: int) -> bool:
    """Whether the next Roman number is the second after the last: "V" behind V and before VII is VI."""
    following = next((one.code.value.parts[0] for one in later if one.roman and one.code is not None), None)
    return following == last + 2


def _unworn(text: str) -> str | None:
    """The Roman number that a text of a few strokes may have been; None where letters are no strokes."""
    bare = text.strip(" .:,;)\"'“”‘’*")  # specks stand before it and behind it
    if not 1 < len(bare) <= 5:
        return None
    for sign, strokes in _STROKES:
        bare = bare.replace(sign, strokes)
    return bare if is_roman(bare) and bare == bare.upper() else None


def with_domains_between(found: list[CodedRow], columns: Columns) -> list[CodedRow]:
    """Recognised rows before the first criterion of a domain, whose own code says nothing or another: that domain.

    The criteria before it are of the domain one below, and no row bears its code; the row is named as domains are, or
    stands in a table with other domains, whose first criteria follow them in the same way.
    """
    coded = [position for position, one in enumerate(found) if one.code is not None]
    heads = [position for position in coded if _leads_its_first(found, position)]
    known = {found[position].code.value.parts[0] for position in heads}  # type: ignore[union-attr] # they are coded
    roman = 2 * sum(found[position].roman for position in heads) > len(heads)
    result = list(found)
    for position, one in enumerate(found[:-1]):
        domain = _domain_begun(found[position + 1])
        if domain is None or domain in known or not _may_be_domain(one, columns, among_others=len(heads) >= 2):
            continue
        before = next((found[n].code for n in reversed(coded) if n < position), None)
        if (before.value.parts[0] if before is not None else 0) != domain - 1:
            continue
        printed = one.row.printed(columns.code)
        step = f"domain-of-first-child: {printed.text!r} -> {domain}"
        result[position] = CodedRow(
            one.row, Value(Code((domain,)), printed, "domain-of-first-child", (step,)), None, roman
        )
        known.add(domain)
    return result


def _leads_its_first(found: Sequence[CodedRow], position: int) -> bool:
    """Whether the row of a domain stands directly before its first criterion: 2 before 2.1."""
    code = found[position].code
    following = _domain_begun(found[position + 1]) if position + 1 < len(found) else None
    return code is not None and len(code.value.parts) == 1 and code.value.parts[0] == following


def _domain_begun(coded: CodedRow) -> int | None:
    """The domain whose first criterion a row is."""
    parts = coded.code.value.parts if coded.code is not None else ()
    return parts[0] if len(parts) == 2 and parts[1] == 1 else None


def _may_be_domain(coded: CodedRow, columns: Columns, among_others: bool) -> bool:
    """Whether a recognised row may be that of a domain: a word of few signs for its code, and a name."""
    name = printed_rest(coded, columns)
    if columns.code is None or name.confidence is None or sum(map(str.isalpha, name.text)) < _LETTERS:
        return False
    if is_called_total(name.text) or (coded.code is not None and len(coded.code.value.parts) > 1):
        return False
    text = coded.row.text(columns.code).strip()
    named = usual_domain(fold(name.text)) is not None
    return len(text) <= _LONGEST and (named or (bool(text) and among_others))


_LETTERS, _LONGEST = 6, 6
