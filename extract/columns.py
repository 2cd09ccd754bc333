"""What each column of a table holds: by its heading, by its content, and by arithmetic.

The heading proposes (patterns/columns.toml). Content overrules it: a column of codes is the code column whatever it
is called. Arithmetic has the last word on numbers: where max - score equals the number in a column called "Ghi chú",
row after row, that column is the deduction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

import regex

from extract.grid import Row
from extract.stitching import StitchedTable
from normalize.codes import Code, parse_code, split_code
from normalize.decimals import parse_pair, parse_score
from normalize.text import fold
from normalize.value import Printed, Refusal
from patterns.columns import is_number_row, roles_of

NUMERIC = frozenset(
    {
        "max_score", "self_score", "score", "round1", "round2", "pair", "deducted", "difference",
        "survey_score", "appraised_score", "index", "rank",
    }
)  # fmt: skip
_TEXTUAL = frozenset({"reason", "remedy", "lead", "support", "performer", "deadline", "evidence", "rule"})


@dataclass(frozen=True, slots=True)
class Content:
    """What the body cells of one column are, as counts of rows."""

    filled: int = 0
    numbers: int = 0
    pairs: int = 0
    codes: int = 0
    deep_codes: int = 0
    led_by_code: int = 0
    led_by_deep_code: int = 0
    rising: bool = False
    letters: int = 0
    percents: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """The column numbers by role; `scores` in the order of the appraisal rounds, the last one counts."""

    labels: tuple[str, ...]
    code: int | None = None
    glued: bool = False
    ordinal: int | None = None
    name: int | None = None
    domain: int | None = None
    unit: int | None = None
    max_score: int | None = None
    self_score: int | None = None
    scores: tuple[int, ...] = ()
    pair: int | None = None
    deducted: int | None = None
    reason: int | None = None
    remedy: int | None = None
    lead: int | None = None
    support: int | None = None
    performer: int | None = None
    deadline: int | None = None
    note: int | None = None
    survey_score: int | None = None
    appraised_score: int | None = None
    index: int | None = None
    rank: int | None = None
    evidence: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    why: tuple[str, ...] = field(default=())

    @property
    def has_numbers(self) -> bool:
        return bool(self.scores) or any(
            column is not None for column in (self.pair, self.max_score, self.self_score, self.deducted)
        )


def labels_of(table: StitchedTable) -> tuple[str, ...]:
    """The heading of each column: the texts above it from the top down, without those over the whole table."""
    rows = [row for row in table.header if not is_number_row([cell.text for _, cell in row.filled()])]
    labels = []
    for column in range(table.columns):
        texts: list[str] = []
        for row in rows:
            cell = row.cell(column)
            if cell is None or (cell.column_span >= table.columns and table.columns > 1):
                continue
            text = " ".join(cell.text.split())
            if text and text not in texts:
                texts.append(text)
        labels.append(" ".join(texts))
    return tuple(labels)


def contents_of(rows: Sequence[Row], columns: int) -> tuple[Content, ...]:
    return tuple(_content([row.printed(column) for row in rows]) for column in range(columns))


def _content(cells: Sequence[Printed]) -> Content:
    shown = [cell for cell in cells if cell.text.strip()]
    codes: list[Code] = []
    led: list[Code] = []
    numbers = pairs = letters = percents = 0
    for cell in shown:
        code = parse_code(cell)
        if not isinstance(code, Refusal):
            codes.append(code.value)
        else:
            split = split_code(cell.text)
            head = parse_code(Printed(split[0])) if split else None
            if head is not None and not isinstance(head, Refusal):
                led.append(head.value)
        numbers += not isinstance(parse_score(cell), Refusal)
        pairs += not isinstance(parse_pair(cell), Refusal)
        letters += sum(sign.isalpha() for sign in cell.text) > 12
        percents += cell.text.strip().endswith("%")
    steps = list(pairwise(codes))
    return Content(
        filled=len(shown),
        numbers=numbers,
        pairs=pairs,
        codes=len(codes),
        deep_codes=sum(len(code.parts) > 1 for code in codes),
        led_by_code=len(led),
        led_by_deep_code=sum(len(code.parts) > 1 for code in led),
        rising=len(set(codes)) >= 0.8 * len(codes) and sum(a < b for a, b in steps) >= 0.8 * len(steps),
        letters=letters,
        percents=percents,
    )


def recognise_columns(table: StitchedTable, year: int | None = None) -> Columns:
    """The roles of a table's columns; `year` picks among columns that name years in their headings."""
    labels = labels_of(table)
    contents = contents_of(table.body, table.columns)
    roles = [_role(label, year, labels) for label in labels]
    columns = Columns(labels=labels)
    columns = _find_code(columns, roles, contents)
    columns = _find_texts(columns, roles, contents)
    columns = _find_numbers(columns, roles, contents)
    return _by_arithmetic(columns, roles, contents, table.body)


_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")


def _role(label: str, year: int | None, labels: Sequence[str]) -> str | None:
    """The likeliest role of a heading; a column of another year than the one assessed holds nothing of this report."""
    named = {match.group() for match in _YEAR.finditer(label)}
    if year is not None and named and str(year) not in named and any(str(year) in other for other in labels):
        return "other"
    found = roles_of(label)
    return max(found, key=lambda item: item[1])[0] if found else None


def _find_code(columns: Columns, roles: Sequence[str | None], contents: Sequence[Content]) -> Columns:
    open_columns = [number for number, role in enumerate(roles) if role not in NUMERIC | _TEXTUAL | {"other", "unit"}]
    labelled = any(roles)
    full = [
        number
        for number in open_columns
        if contents[number].codes >= 0.5 * max(contents[number].filled, 1)
        and contents[number].deep_codes
        and (contents[number].rising or (labelled and roles[number] is not None))
    ]
    if full:
        code = max(full, key=lambda number: (contents[number].rising, contents[number].deep_codes, -number))
        return replace(columns, code=code, why=("code:content",))
    # names led by codes are told by their content alone: a heading such as "Các tiêu chí chưa đạt điểm tối đa" misleads
    glued = [
        number
        for number, content in enumerate(contents)
        if _is_led(content) and (content.led_by_deep_code >= 2 or (content.led_by_deep_code and number in open_columns))
    ]
    if glued:
        code = max(glued, key=lambda number: (contents[number].led_by_deep_code, -number))
        return replace(columns, code=code, glued=True, why=("code:with-name",))
    numbered = [n for n in open_columns if contents[n].codes >= 2 and contents[n].rising and _is_numbered(contents[n])]
    if numbered and (roles[numbered[0]] in ("ordinal", "code", None)):
        return replace(columns, code=numbered[0], why=("code:domains",))
    led = [number for number in open_columns if contents[number].led_by_code >= 2 and _is_led(contents[number])]
    if led:
        return replace(columns, code=led[0], glued=True, why=("code:domains-with-name",))
    return columns


def _is_led(content: Content) -> bool:
    return content.led_by_code + content.codes >= 0.4 * max(content.filled, 1)


def _is_numbered(content: Content) -> bool:
    return content.codes >= 0.6 * max(content.filled, 1)


def _find_texts(columns: Columns, roles: Sequence[str | None], contents: Sequence[Content]) -> Columns:
    def first(*wanted: str) -> int | None:
        return next((n for n, role in enumerate(roles) if role in wanted and n != columns.code), None)

    code = columns.code
    ordinal = first("ordinal")
    name: int | None = code if columns.glued else None
    domain: int | None = None
    for number, role in enumerate(roles):
        if role not in ("name", "domain", "unit", "code") or number == code or not contents[number].letters:
            continue
        # a name stands to the right of its code; what stands to the left and is filled more rarely is the domain,
        # the more surely where the table counts it ("STT" before it)
        rarer = 0.9 if ordinal is not None and ordinal < number else 0.7
        if code is not None and number < code and contents[number].filled < rarer * contents[code].filled:
            domain = number if domain is None else domain
        elif name is None and role != "unit":
            name = number
    if name is None and code is not None:
        name = next((n for n in range(code + 1, len(roles)) if roles[n] is None and _is_prose(contents[n])), None)
    reasons = [n for n, role in enumerate(roles) if role == "reason" and n not in (code, name)]
    reasons.sort(key=lambda n: (not regex.search(r"nguyên nhân|lý do|lí do", fold(columns.labels[n])), n))
    return replace(
        columns,
        ordinal=ordinal,
        name=name,
        domain=domain,
        unit=first("unit"),
        reason=reasons[0] if reasons else None,
        remedy=first("remedy"),
        lead=first("lead"),
        support=first("support"),
        performer=first("performer"),
        deadline=first("deadline"),
        note=first("note"),
        evidence=tuple(n for n, role in enumerate(roles) if role in ("evidence", "rule")),
    )


def _is_prose(content: Content) -> bool:
    return content.letters >= 0.5 * max(content.filled, 1)


def _find_numbers(columns: Columns, roles: Sequence[str | None], contents: Sequence[Content]) -> Columns:
    pairs = [
        n
        for n, role in enumerate(roles)
        if contents[n].pairs >= 0.5 * max(contents[n].filled, 1)
        and contents[n].pairs
        and n != columns.code
        and role not in _TEXTUAL | {"other", "rank", "self_score"}
    ]

    def named(*wanted: str) -> list[int]:
        return [n for n, role in enumerate(roles) if role in wanted and n not in (columns.code, columns.name, *pairs)]

    def one(*wanted: str) -> int | None:
        held = [content.numbers + content.pairs + content.percents for content in contents]
        return next((n for n in named(*wanted) if held[n] or not contents[n].filled), None)

    # several appraisals stand in the order they were made: by rounds where headings say so, else from left to right
    rounds = [n for n in named("round1") + named("round2") if _holds_numbers(contents[n])]
    scores = rounds or [n for n in named("score") if _holds_numbers(contents[n])]
    return replace(
        columns,
        pair=pairs[0] if pairs and not scores else None,
        max_score=one("max_score"),
        self_score=one("self_score"),
        scores=tuple(scores),
        deducted=one("deducted"),
        survey_score=one("survey_score"),
        appraised_score=one("appraised_score"),
        index=one("index"),
        rank=one("rank"),
    )


def _holds_numbers(content: Content) -> bool:
    return content.numbers + content.pairs >= 0.5 * max(content.filled, 1) and content.numbers + content.pairs > 0


def _by_arithmetic(
    columns: Columns, roles: Sequence[str | None], contents: Sequence[Content], rows: Sequence[Row]
) -> Columns:
    """Let the sums decide what headings leave open: the maximum, the score and the deduction."""
    taken = {columns.code, columns.max_score, columns.self_score, columns.pair, *columns.scores}
    free = [
        n
        for n, role in enumerate(roles)
        if n not in taken
        and n != columns.deducted
        and role not in _TEXTUAL | {"other", "rank", "index", "ordinal", "name", "unit", "survey_score"}
        and contents[n].numbers >= 0.6 * max(contents[n].filled, 1)
        and contents[n].numbers >= 2
    ]
    if columns.deducted is None:
        lost = [_lost(columns, row) for row in rows]
        found = next((n for n in free if _agrees(lost, [_number(row, n) for row in rows])), None)
        if found is not None:
            columns = replace(columns, deducted=found, why=(*columns.why, "deducted:arithmetic"))
    columns = _with_survey(columns, rows)
    if columns.pair is None and columns.max_score is None and not columns.scores and columns.self_score is None:
        return _unlabelled(columns, [n for n in free if not columns.labels[n]], rows)
    return columns


def _with_survey(columns: Columns, rows: Sequence[Row]) -> Columns:
    """Appraised + survey = total beside each other: the total is the score, whatever its column is called."""
    if columns.survey_score is None or len(columns.scores) < 2:
        return columns
    for total in columns.scores:
        parts = [n for n in (*columns.scores, columns.survey_score) if n != total]
        sums = [[_number(row, n) for n in parts] for row in rows]
        added = [sum((v for v in values if v is not None), Decimal(0)) if any(values) else None for values in sums]
        if _agrees(added, [_number(row, total) for row in rows]):
            rest = tuple(n for n in columns.scores if n != total)
            appraised = columns.appraised_score if columns.appraised_score is not None else rest[0]
            return replace(columns, scores=(total,), appraised_score=appraised, why=(*columns.why, "total:arithmetic"))
    return columns


def _number(row: Row, column: int | None) -> Decimal | None:
    value = parse_score(row.printed(column))
    return None if isinstance(value, Refusal) else value.value


def _lost(columns: Columns, row: Row) -> Decimal | None:
    """max - score of a row, None where it does not state both."""
    pair = parse_pair(row.printed(columns.pair))
    if not isinstance(pair, Refusal):
        return pair[1].value - pair[0].value
    maximum = _number(row, columns.max_score)
    scores = [value for column in columns.scores if (value := _number(row, column)) is not None]
    if not scores and not columns.scores and (own := _number(row, columns.self_score)) is not None:
        scores = [own]
    return maximum - scores[-1] if maximum is not None and scores else None


def _agrees(lost: Sequence[Decimal | None], stated: Sequence[Decimal | None]) -> bool:
    """Whether a column of numbers is max - score, but for a few rows that the report got wrong itself."""
    both = [(a, b) for a, b in zip(lost, stated, strict=True) if a is not None and b is not None]
    right = sum(a == b for a, b in both)
    return right >= 2 and right >= 0.8 * len(both) and any(b for _, b in both)


def _unlabelled(columns: Columns, free: Sequence[int], rows: Sequence[Row]) -> Columns:
    """Columns of numbers without a heading that says which: max, score, and perhaps the deduction, from left to right.

    The order is taken only where it holds on every row (score <= max), and the roles stay in doubt.
    """
    for left, right in pairwise(free):
        both = [
            (a, b) for row in rows if (a := _number(row, left)) is not None and (b := _number(row, right)) is not None
        ]
        if len(both) >= 2 and all(a >= b for a, b in both) and any(a > b for a, b in both):
            found = replace(columns, max_score=left, scores=(right,), doubts=("columns-without-heading",))
            lost = [_lost(found, row) for row in rows]
            rest = [n for n in free if n not in (left, right)]
            deducted = next((n for n in rest if _agrees(lost, [_number(row, n) for row in rows])), None)
            if deducted is None:
                return found
            # a third column that closes the sum on every row settles which is which
            return replace(found, deducted=deducted, doubts=(), why=(*columns.why, "columns:arithmetic"))
    return columns
