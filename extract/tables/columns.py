"""What each column of a table holds: by its heading, by its content, and by arithmetic.

The heading proposes (patterns/columns.toml). Content overrules it: a column of codes is the code column whatever it
is called. Arithmetic has the last word on numbers: where max - score equals the number in a column called "Ghi chú",
row after row, that column is the deduction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.code_headings import code_of_heading
from extract.tables.column_roles import NUMERIC, TEXTUAL, Columns, Content, contents_of, labels_of
from extract.tables.listed import listed, listed_column
from extract.tables.number_arithmetic import by_arithmetic
from extract.tables.number_columns import find_numbers
from extract.tables.stitching import StitchedTable
from normalize.codes import parse_code
from normalize.text import fold
from normalize.value import Refusal
from patterns.columns import roles_of, unmarked_roles_of


def recognise_columns(table: StitchedTable, year: int | None = None) -> Columns:
    """The roles of a table's columns; `year` picks among columns that name years in their headings."""
    labels = labels_of(table)
    contents = contents_of(table.body, table.columns)
    meant, doubts = _year_meant(labels, year)
    roles = _roles(table, labels, meant)
    columns = Columns(labels=labels, doubts=doubts, listed=listed_column(table.body, labels))
    columns = _find_code(columns, roles, contents, _over_points(table))
    if _counts_lists(table, columns):
        columns = replace(columns, code=None, why=())
    columns = _find_texts(columns, roles, contents)
    columns = find_numbers(columns, roles, contents)
    if columns.deducted is not None and columns.deducted == columns.listed:
        columns = replace(columns, deducted=None)  # its amounts are those of the criteria it lists
    columns = by_arithmetic(columns, roles, contents, table.body)
    if _may_tell_losses(table, columns):
        columns = replace(columns, doubts=(*columns.doubts, "score-without-known-heading"))
    return columns


def _counts_lists(table: StitchedTable, columns: Columns) -> bool:
    """Whether what looks like numbers of domains only counts rows: they list criteria of other domains."""
    if columns.code is None or columns.listed is None or columns.why != ("code:domains",):
        return False
    label = columns.labels[columns.listed]
    for row in table.body:
        own = parse_code(row.printed(columns.code))
        found = [result.code.value for result in listed(row.printed(columns.listed), label)]
        if not isinstance(own, Refusal) and found and all(code.domain != own.value for code in found):
            return True
    return False


_LOSSES = regex.compile(r"\b(?:trừ|mất) điểm\b|\bđiểm (?:bị )?(?:trừ|mất)\b")
_POINTS_GOT = regex.compile(r"\b(?:đạt|chấm|thẩm định|đánh giá|kết quả|tự)\b")


def _may_tell_losses(table: StitchedTable, columns: Columns) -> bool:
    """Whether numbers that no heading calls points got stand below a title of points lost: "Điểm trừ của các xã"."""
    told = (columns.max_score, columns.self_score, columns.pair, columns.deducted)
    if any(column is not None for column in told) or not columns.scores:
        return False
    if any(_POINTS_GOT.search(fold(columns.labels[column])) for column in columns.scores):
        return False
    titles = [fold(paragraph.text) for paragraph in table.caption[-3:]]
    return any(_LOSSES.search(title) for title in titles) and not any(_POINTS_GOT.search(title) for title in titles)


_YEAR = regex.compile(r"\b(?:19|20)\d\d\b")
_YEAR_BEFORE = regex.compile(r"\b(?:năm|kỳ|quý) (?:trước|ngoái|liền kề|cũ)\b")


def _years_of(label: str) -> set[int]:
    return {int(match.group()) for match in _YEAR.finditer(label)}


def _year_meant(labels: Sequence[str], year: int | None) -> tuple[int | None, tuple[str, ...]]:
    """The year whose columns count: the report's own; where no heading of numbers names it, the latest, in doubt."""
    named: set[int] = set()
    for label in labels:
        roles = {role for role, _ in roles_of(label)}
        if (roles & NUMERIC or _YEAR.search(label)) and not _is_comparison(label) and not roles & TEXTUAL:
            named |= _years_of(label)
    if not named or year in named:
        return year, ()
    if len(named) == 1 and year is None:
        return named.pop(), ()
    return max(named), ("year-of-column",)


def _is_comparison(label: str) -> bool:
    """A heading that speaks of two years at once ("Tăng/giảm so với năm 2021") names neither as its own."""
    return any(role == "difference" for role, _ in roles_of(label))


def _role(label: str, year: int | None, labels: Sequence[str]) -> str | None:
    """The likeliest role of a heading; a column of another year than the one assessed holds nothing of this report."""
    label = _SCALE.sub("", label) or label
    named = _years_of(label)
    found = roles_of(label)
    if not _is_comparison(label):
        if year is not None and named and year not in named and any(year in _years_of(other) for other in labels):
            return "other"
        if _YEAR_BEFORE.search(fold(label)):
            return "other"
    best = max(found, key=lambda item: item[1])[0] if found else None
    if best == "deducted" and (plain := _ASIDE.sub("", label).strip()) and plain != label:
        # "Điểm đạt (điểm trừ)": what stands in brackets is only said by the way
        best = _role(plain, year, labels) or best
    if best in ("survey_score", "appraised_score", "score") and any(role == "max_score" for role, _ in found):
        # "Điểm tối đa" over "Thẩm định", "ĐTXHH", "Tổng": the parts of the maximum
        return best if _REACHED.search(fold(label)) else "max_score"
    return best


# "Điểm thẩm định (thang 65)", "Tổng điểm (100)": the scale of the points below, and no column of maxima
_SCALE = regex.compile(
    r"\s*\((?:(?:thang(?: điểm)?|tối đa|điểm tối đa)\s*:?\s*)?\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\)", regex.IGNORECASE
)
_ASIDE = regex.compile(r"\s*\([^()]*\)")
_REACHED = regex.compile(r"\bđạt\b|/")


def _roles(table: StitchedTable, labels: Sequence[str], year: int | None) -> list[str | None]:
    """The role of each column by all its headings; by the lowest alone where the label of its group says nothing.

    So it is where the group speaks of several columns: "Kết quả tự chấm và thẩm định" over both, misread as it may be.
    """
    found = []
    for column, label in enumerate(labels):
        role = _role(label, year, labels)
        cells = [cell for row in table.header if (cell := row.cell(column)) is not None and cell.text.strip()]
        worded = [cell.text for cell in cells if any(map(str.isalpha, cell.text))]
        lowest = worded[-1] if worded else ""
        group = " ".join(text for text in worded[:-1] if text != lowest)
        several = len(_OF_POINTS & {name for name, _ in (*roles_of(group), *unmarked_roles_of(group))}) > 1
        if role is None or (several and role != "other"):
            role = _role(lowest, None, ()) or role
        if role in TEXTUAL and _POINTS_ALONE.match(fold(lowest)):
            # "Thẩm định lần 2 (sau giải trình)" over "Điểm" and "Ý kiến": the words of the group are not of the points
            role = next((name for name, _ in sorted(roles_of(label), key=_lightest) if name in NUMERIC), role)
        found.append(role)
    return found


_POINTS_TO_GET = regex.compile(r"\((?:(?:thang(?: điểm)?|(?:điểm )?tối đa):? ?\d[^()]*|\d+(?:[.,]\d+)? ?(?:điểm|đ))\)")
_POINTS_ALONE = regex.compile(r"^(?:số )?điểm(?: số)?$")


def _lightest(item: tuple[str, int]) -> int:
    return -item[1]


_OF_POINTS = frozenset({"max_score", "self_score", "score", "deducted"})


def _over_points(table: StitchedTable) -> frozenset[int]:
    """Columns whose lowest heading names points, whatever their group is: "Điểm" under "Lĩnh vực 3"; or a criterion,

    or the points to be had: "Lĩnh vực 1 (10 điểm)".
    """
    found = set()
    for column in range(table.columns):
        cells = [cell for row in table.header if (cell := row.cell(column)) is not None and cell.text.strip()]
        lowest = cells[-1].text if cells else ""
        if (
            code_of_heading(lowest) is not None
            or _POINTS_TO_GET.search(fold(lowest))
            or (len({cell.text for cell in cells}) > 1 and _role(lowest, None, ()) in NUMERIC)
        ):
            found.add(column)
    return frozenset(found)


def _find_code(
    columns: Columns, roles: Sequence[str | None], contents: Sequence[Content], points: frozenset[int]
) -> Columns:
    closed = NUMERIC | TEXTUAL | {"other", "unit"}
    open_columns = [
        number
        for number, role in enumerate(roles)
        if (role not in closed or _lists_codes(columns.labels[number], contents[number])) and number not in points
    ]
    labelled = any(roles)
    full = [
        number
        for number in open_columns
        if contents[number].codes >= 0.5 * max(contents[number].filled - contents[number].lettered, 1)
        and contents[number].deep_codes
        and (contents[number].rising or (labelled and _is_only_one(number, roles, contents)))
    ]
    if full:
        code = max(full, key=lambda number: (contents[number].rising, contents[number].deep_codes, -number))
        return replace(columns, code=code, why=("code:content",))
    # names led by codes are told by their content alone: a heading such as "Các tiêu chí chưa đạt điểm tối đa" misleads
    glued = [
        number
        for number, content in enumerate(contents)
        if number != columns.listed
        and _is_led(content)
        and (content.led_by_deep_code >= 2 or (content.led_by_deep_code and number in open_columns))
    ]
    if glued:
        code = max(glued, key=lambda number: (contents[number].led_by_deep_code, -number))
        return replace(columns, code=code, glued=True, why=("code:with-name",))
    numbered = [n for n in open_columns if contents[n].codes >= 2 and contents[n].rising and _is_numbered(contents[n])]
    if numbered and (roles[numbered[0]] in ("ordinal", "code", None)):
        return replace(columns, code=numbered[0], why=("code:domains",))
    anew = [n for n in open_columns if contents[n].anew and roles[n] in ("ordinal", "code", None)]
    if anew and "unit" not in roles:
        return replace(columns, code=anew[0], why=("code:domains-anew",))
    led = [
        number
        for number in open_columns
        if number != columns.listed and contents[number].led_by_code >= 2 and _is_led(contents[number])
    ]
    if led:
        return replace(columns, code=led[0], glued=True, why=("code:domains-with-name",))
    return columns


def _lists_codes(label: str, content: Content) -> bool:
    """Whether "Tiêu chí bị trừ" or the like stands over codes alone: it tells neither why nor how much."""
    codes_alone = content.codes == content.deep_codes == content.filled
    return _NAMES.search(fold(label)) is not None and content.filled >= 2 and codes_alone


def _is_only_one(column: int, roles: Sequence[str | None], contents: Sequence[Content]) -> bool:
    """Whether a known heading is that of a column of codes; a series ("Lĩnh vực …" eight times) holds points: 7,29."""
    alike = [n for n, role in enumerate(roles) if role == roles[column] and contents[n].numbers]
    return roles[column] is not None and len(alike) < 3


def _is_led(content: Content) -> bool:
    return content.led_by_code + content.codes >= 0.4 * max(content.filled, 1)


def _is_numbered(content: Content) -> bool:
    return content.codes >= 0.6 * max(content.filled - content.lettered, 1)


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
            domain = number if domain is None and role != "unit" else domain
        elif name is None and role != "unit":
            name = number
    if domain is not None and ordinal is not None and contents[ordinal].filled > 1.5 * contents[domain].filled:
        domain = None  # what is counted are the rows, not the domains merged over them
    if name is None and code is not None:
        name = next((n for n in range(code + 1, len(roles)) if roles[n] is None and _is_prose(contents[n])), None)
    if name is None and code is not None:
        # "Tiêu chí bị trừ điểm" beside the codes names the criteria; why is told elsewhere
        name = next((n for n in range(code + 1, len(roles)) if _NAMES.search(fold(columns.labels[n]))), None)
    unit = first("unit")
    if unit is None:
        # "Xã" alone may also say who gave the points below it
        bare = (n for n, label in enumerate(columns.labels) if fold(label) in _BARE_UNITS and n != columns.code)
        unit = next((n for n in bare if contents[n].filled and not contents[n].digits), None)
    reasons = [n for n, role in enumerate(roles) if role == "reason" and n not in (code, name)]
    reasons.sort(key=lambda n: (not regex.search(r"nguyên nhân|lý do|lí do", fold(columns.labels[n])), n))
    return replace(
        columns,
        ordinal=ordinal,
        name=name,
        domain=domain,
        unit=unit,
        reason=reasons[0] if reasons else None,
        opinions=tuple(reasons[1:]),
        remedy=first("remedy"),
        lead=first("lead"),
        support=first("support"),
        performer=first("performer"),
        deadline=first("deadline"),
        # beside two years the notes say why points came or went, not why they were lost
        note=None if {"difference", "other"} <= set(roles) else first("note"),
        evidence=tuple(n for n, role in enumerate(roles) if role in ("evidence", "rule")),
    )


_BARE_UNITS = frozenset({"xã", "phường", "huyện", "sở"})
_NAMES = regex.compile(r"^(?:các |tên )?(?:tiêu chí|tctp|tc/tctp)\b")


def _is_prose(content: Content) -> bool:
    return content.letters >= 0.5 * max(content.filled, 1)
