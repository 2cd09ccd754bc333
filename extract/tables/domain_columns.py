"""The columns of a ranking that hold the scores of one domain each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extract.tables.code_headings import code_of_heading
from extract.tables.column_roles import Columns, Content, contents_of
from extract.tables.domain_headings import NUMBERED, ROMAN, code_by_place, domain_name, points_told, usual_places
from extract.tables.stitching import StitchedTable
from normalize.codes import Code
from normalize.text import fold, squeeze
from normalize.value import Printed
from patterns.columns import is_number_row, roles_of
from patterns.domains import usual_domain

_SHARE = regex.compile(r"%|\btỷ lệ\b|\bchỉ số\b|\bhạng\b")
_TOTAL = regex.compile(r"^(?:tổng|cộng)\b")
_LEAST = 3  # domains; two columns headed by codes of criteria are no chance
_SCORED = ("score", "round1", "round2", "survey_score", "appraised_score")


@dataclass(frozen=True, slots=True)
class DomainColumn:
    """Where the numbers of one domain stand; `guessed` says that its code is only its place among the others.

    `rivals` says that several columns under its heading may hold its score; `group` are all of them, with shares and
    ranks. `lost`: the numbers are points lost, not points got.
    """

    column: int
    code: Code
    name: str | None
    maximum: Printed | None
    max_column: int | None = None
    self_column: int | None = None
    guessed: bool = False
    numbered: bool = False
    rivals: bool = False
    group: tuple[int, ...] = ()
    lost: bool = False


def without_domains(columns: Columns, domains: Sequence[DomainColumn]) -> Columns:
    """The columns of the whole: what stands under the heading of a domain is no total, no index, no rank."""
    taken = {column for domain in domains for column in domain.group}
    if not taken:
        return columns

    def kept(column: int | None, role: str = "") -> int | None:
        """The column, or the next of its role outside the domains: the own total beside their own scores."""
        if column not in taken:
            return column
        return next((n for n, label in enumerate(columns.labels) if n not in taken and _role(label) == role), None)

    scores = tuple(column for column in columns.scores if column not in taken)
    return replace(
        columns,
        scores=scores,
        rivals=columns.rivals and scores == columns.scores,
        max_score=kept(columns.max_score, "max_score"),
        self_score=kept(columns.self_score, "self_score"),
        pair=kept(columns.pair),
        deducted=kept(columns.deducted, "deducted"),
        survey_score=kept(columns.survey_score, "survey_score"),
        appraised_score=kept(columns.appraised_score),
        index=kept(columns.index, "index"),
        rank=kept(columns.rank, "rank"),
        doubts=tuple(doubt for doubt in columns.doubts if doubt != "several-self-columns"),
    )


def domain_columns(table: StitchedTable, columns: Columns, unit: int) -> tuple[DomainColumn, ...]:
    """Columns whose headings name or number a domain, in their order; the shares (%) beside them are left out.

    Several columns under one domain are its maximum, self score and score by their own headings. A column of numbers
    among them whose heading says nothing known is a domain too, under a name of its own.
    """
    headings = [_headings(table, column) for column in range(table.columns)]
    groups: list[tuple[str, list[int]]] = []
    for column in range(unit + 1, table.columns):
        name = _domain_heading(headings[column], column, columns)
        if name is None:
            continue
        if groups and groups[-1][0] == name:
            groups[-1][1].append(column)
        elif all(name != other for other, _ in groups):
            groups.append((name, [column]))
    least = 2 if all(code_of_heading(name) is not None for name, _ in groups) else _LEAST
    if len(groups) < least:
        return ()
    groups = sorted([*groups, *_strangers(table, columns, headings, groups)], key=lambda group: group[1][0])
    usual = usual_places([name for name, _ in groups])
    whole = [
        found
        for place, (name, numbers) in enumerate(groups, 1)
        for found in _of_group(table, headings, name, numbers, place, usual[place - 1])
    ]
    whole = [replace(domain, lost=_is_lost(headings[domain.column], columns)) for domain in whole]
    # one domain out of its usual place: none of the codes given by place alone is certain
    if any(domain.guessed for domain in whole):
        whole = [replace(domain, guessed=not domain.numbered) for domain in whole]
    return tuple(whole) if len(whole) >= least and len({domain.code for domain in whole}) == len(whole) else ()


def _is_lost(texts: Sequence[str], columns: Columns) -> bool:
    """Whether a column of a domain tells what was lost: its headings say so, or the total of the table is of losses."""
    if any(_role(text) == "deducted" for text in texts):
        return True
    roles = {_role(label) for label in columns.labels if _TOTAL.search(fold(label))}
    return "deducted" in roles and not roles & {"score", "self_score", "pair"}


def _headings(table: StitchedTable, column: int) -> tuple[str, ...]:
    """The heading texts over a column from the top down, without those over the whole table."""
    texts: list[str] = []
    for row in table.header:
        cell = row.cell(column)
        if cell is None or cell.column_span >= table.columns or is_number_row([c.text for _, c in row.filled()]):
            continue
        text = squeeze(cell.text)
        if text and text not in texts:
            texts.append(text)
    return tuple(texts)


def _taken(columns: Columns) -> set[int | None]:
    fixed = {columns.index, columns.rank, columns.max_score, columns.ordinal, columns.unit, columns.self_score}
    return fixed | {columns.survey_score, columns.appraised_score, *columns.scores}


def _domain_heading(texts: Sequence[str], column: int, columns: Columns) -> str | None:
    """The one of the headings over a column that speaks of a domain."""
    if column in (columns.ordinal, columns.unit) or (column == columns.rank and len(texts) < 2):
        return None
    for text in reversed(texts):
        if code_of_heading(text) is not None:
            return text
    for text in texts:
        folded = fold(text)
        if NUMBERED.match(folded):
            return text
        role = _role(text)
        if len(texts) == 1 and (_SHARE.search(folded) or column in (columns.index, columns.max_score)):
            continue
        if usual_domain(folded) is not None and role not in ("score", "max_score", "self_score", "deducted"):
            return text
    return None


def _role(text: str) -> str | None:
    return max(roles_of(text), key=lambda item: item[1], default=(None, 0))[0]


def _strangers(
    table: StitchedTable, columns: Columns, headings: Sequence[tuple[str, ...]], groups: Sequence[tuple[str, list[int]]]
) -> list[tuple[str, list[int]]]:
    """Columns of numbers among the domains, or right behind them, whose heading nobody knows.

    So are several columns below one such heading that are headed as those of the domains they stand between.
    """
    known = {column for _, numbers in groups for column in numbers}
    contents = contents_of(table.body, table.columns)
    below = {headings[column][-1] for column in known if len(headings[column]) == 2}
    parted: dict[str, list[int]] = {}
    for column in range(min(known), max(known)):
        texts = headings[column]
        if column not in known and len(texts) == 2 and not roles_of(texts[0]) and texts[1] in below:
            parted.setdefault(texts[0], []).append(column)
    return [*parted.items()] + [
        (headings[column][0], [column])
        for column in range(_leftmost(headings, contents, columns, min(known)), min(max(known) + 2, table.columns))
        if column not in known | _taken(columns) and _is_stranger(headings[column], contents[column], len(table.body))
    ]


def _is_stranger(texts: Sequence[str], content: Content, rows: int) -> bool:
    return len(texts) == 1 and not roles_of(texts[0]) and content.numbers >= 0.6 * rows


def _leftmost(headings: Sequence[tuple[str, ...]], contents: Sequence[Content], columns: Columns, first: int) -> int:
    """Where the domains begin: unknown headings over numbers right before the first known one belong to them."""
    rows = contents[first].filled
    while (
        first > 0 and first - 1 not in _taken(columns) and _is_stranger(headings[first - 1], contents[first - 1], rows)
    ):
        first -= 1
    return first


def _of_group(
    table: StitchedTable,
    headings: Sequence[tuple[str, ...]],
    name: str,
    numbers: Sequence[int],
    place: int,
    usual: int | None,
) -> Iterator[DomainColumn]:
    """The columns under one heading: those of a domain, or its criteria one by one, with their sum where it stands."""
    below = {column: " ".join(headings[column][headings[column].index(name) + 1 :]) for column in numbers}
    criteria = [
        column for column, text in below.items() if text and _role(text) is None and not _SHARE.search(fold(text))
    ]
    summed = [column for column in numbers if column not in criteria]
    if len(criteria) < 2:
        criteria, summed = [], list(numbers)
    domain = _domain(table, headings, name, summed, place, usual)
    if domain is not None:
        yield replace(domain, group=tuple(numbers))
    code = code_by_place(name, place)
    counted = [below[column].strip(" .)") for column in criteria] == [str(n) for n in range(1, len(criteria) + 1)]
    for number, column in enumerate(criteria, 1):
        own = Code((*code.parts, number))
        title = None if counted else below[column]
        yield DomainColumn(column, own, title, None, guessed=not counted, numbered=counted, group=tuple(numbers))


def _domain(
    table: StitchedTable,
    headings: Sequence[tuple[str, ...]],
    name: str,
    numbers: Sequence[int],
    place: int,
    usual: int | None,
) -> DomainColumn | None:
    score: int | None = None
    unnamed = 0
    maximum: int | None = None
    own: int | None = None
    for column in numbers:
        below = " ".join(headings[column][headings[column].index(name) + 1 :])
        role = _role(below) if below else "score"
        unnamed += not below
        if role == "max_score":
            maximum = column
        elif role == "self_score":
            own = column
        elif role in _SCORED or (role is None and not _SHARE.search(fold(below))):
            score = column
    if score is None:
        return None
    head = NUMBERED.match(fold(name))
    code = code_by_place(name, place)
    criterion = code_of_heading(name)
    if criterion is not None:
        head, code = None, criterion
    points = points_told(" ".join(headings[score]))
    cell = next((row.cell(score) for row in table.header if row.cell(score) is not None), None)
    printed = replace(cell.printed, text=points) if points and cell else None
    # by its place alone: in doubt where the usual order of domains says otherwise
    guessed = head is None and usual is not None and usual != place
    return DomainColumn(
        score,
        code,
        domain_name(name),
        printed,
        maximum,
        own,
        guessed,
        head is not None or criterion is not None,
        unnamed > 1,
        tuple(numbers),
    )


def domain_of_caption(table: StitchedTable) -> DomainColumn | None:
    """The domain that the line above a table names: its scores are those of one domain only.

    "Bảng 2. Kết quả lĩnh vực 3: Cải cách TTHC", "II. Cải cách thể chế". The number is printed or that of the usual
    order; where only the name tells, it is a guess.
    """
    for paragraph in reversed(table.caption[-2:]):
        line = squeeze(paragraph.text)
        folded = fold(line)
        numbered = _LED.search(folded)
        usual = usual_domain(_CAPTION_HEAD.sub("", folded))
        if len(line) > 200 or not (numbered or (usual and (_CAPTION_HEAD.search(folded) or "lĩnh vực" in folded))):
            continue
        number = int(ROMAN.get(numbered["number"], numbered["number"])) if numbered else usual
        named = regex.search(r"[:.]\s*([^:.]+)$", line)
        name = named.group(1).strip() if named else None
        return DomainColumn(-1, Code((number or 0,)), name, None, guessed=numbered is None)
    return None


_LED = regex.compile(r"\blĩnh vực (?:số |thứ )?(?P<number>[1-9]|[ivx]{1,4})\b")
_CAPTION_HEAD = regex.compile(
    r"^(?:(?:bảng|biểu|phụ lục|mục)(?: số)? ?[\d.]*[a-z]?|\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-zđ])\s*[.:)-]\s*"
)
