"""The year and period a report assesses, and whose scores it gives.

The year is never simply the document's: reports of a year are written early in the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import regex

from extract.document import Paragraph, Table
from normalize.dates import find_dates
from normalize.document_numbers import find_document_numbers
from normalize.records import Basis, Period
from normalize.text import nfc, squeeze
from patterns.catalogue import Pattern, pattern, patterns

_SENTENCE = regex.compile(r"(?<=[.;])\s+(?=[\p{Lu}\-–+*•])|(?<=:)\s+(?=\p{Lu})|\n")
_QUARTERS: dict[str, Period] = {
    "I": "q1", "II": "q2", "III": "q3", "IV": "q4", "1": "q1", "2": "q2", "3": "q3", "4": "q4"
}  # fmt: skip
# what a title adds about the time to come: its years and periods are not those assessed
_OUTLOOK = regex.compile(
    r"\s*(?:[,;]|\bvà\b|\s[-–]\s)?\s*(?:phương hướng|nhiệm vụ(?: trọng tâm)?|kế hoạch|giải pháp|triển khai)\b.*$",
    regex.IGNORECASE | regex.DOTALL,
)
# "các tiêu chí giảm điểm so với năm 2022": the year compared with
_COMPARED = regex.compile(r"so với\s+(?:\p{L}+\s+){0,3}$", regex.IGNORECASE)
_LAW = regex.compile(r"\b(?:Luật|Nghị định|Thông tư|Nghị quyết|Hiến pháp|giai đoạn)\b[^,;.]*", regex.IGNORECASE)
# a numbered heading with a score and its maximum: "3. Nâng cao chất lượng đội ngũ" and "10,5/16" behind it
SCORED_HEADING = regex.compile(
    r"\s*[0-9]{1,2}(?:\.[0-9]{1,2})*\s*[.)/:]?\s*[^.;0-9\n]{3,120}?\D[0-9]{1,3}(?:[.,][0-9]{1,4})?\s*(?:điểm)?\s*/\s*"
    r"(?<max>[0-9]{1,3}(?:[.,][0-9]{1,4})?)(?![0-9/]|[.,][0-9])"
)
_FIRST_PARAGRAPHS = 25
_YEAR_DIGITS = regex.compile(r"(?:19|20)[0-9]{2}")


def find_year(title: str, body: Sequence[Paragraph], date: str | None) -> tuple[int | None, tuple[str, ...]]:
    """The year assessed. Doubts: "year-from-plan" (only a year to come is named), "year-from-date",

    "year-from-index" (the title names another year's work), "year-unknown".
    """
    behind, ahead = _years(title)
    # the halves of one year ("6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2021") look back even where they plan
    if not behind and len(set(ahead)) == 1 and find_period(title, ahead[0])[0] not in ("year", None):
        return ahead[0], ()
    if behind:
        year = _scored(title, behind)
        earlier = _of_index(title, body, year)
        return (year, ()) if earlier is None else (earlier, ("year-from-index",))
    if len(set(ahead)) == 1 and date is not None and int(date[:4]) > ahead[0]:
        return ahead[0], ()  # nobody plans for a year that is over
    for paragraph in body[:_FIRST_PARAGRAPHS]:
        for sentence in _SENTENCE.split(nfc(paragraph.text)):
            if pattern("speaks-of-scores", "headings").search(sentence):
                looking_back, _ = _years(sentence)
                if looking_back and (not ahead or looking_back[0] < ahead[0]):
                    return looking_back[0], ()
    if ahead:
        return ahead[0] - 1, ("year-from-plan",)
    if date is None:
        return None, ("year-unknown",)
    year, *rest = (int(part) for part in date.split("-"))
    # a year is scored when it is over, or at its end
    return (year - 1 if rest and rest[0] <= 6 else year), ("year-from-date",)


def find_period(title: str, year: int | None) -> tuple[Period | None, tuple[str, ...]]:
    """The period a title names, the whole year where it names none. Doubt: "period-unknown" (a month, 11 months).

    >>> find_period("Kết quả công tác CCHC 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2021", 2021)
    ('6m', ())
    >>> find_period("Kết quả CCHC tháng 5 năm 2022", 2022)
    (None, ('period-unknown',))
    """
    found: list[tuple[int, Period | None]] = []
    hidden = _without_references(_stretch(nfc(title), year))
    for each in _of("period"):
        match = each.search(hidden)
        if match is None:
            continue
        named: dict[str, Period | None] = {"6m": "6m", "9m": "9m", "first-3-months": "q1", "other-period": None}
        period = _QUARTERS[match["value"].upper()] if each.name == "quarter" else named[each.name]
        found.append((match.start(), period))
    if not found:
        return ("year" if year is not None else None), ()
    period = min(found, key=lambda pair: pair[0])[1]
    return period, () if period else ("period-unknown",)


def find_basis(title: str, body: Sequence[Paragraph], tables: Sequence[Table]) -> Basis | None:
    """Whose scores a report gives: the title decides, then the column headings, then the running text."""
    in_title = _bases(title)
    if "self" in in_title:
        return "appraised" if "appraised" in in_title and not regex.search(r"tự\s", title, regex.I) else "self"
    if "appraised" in in_title or "after-appraisal" in in_title:
        return "appraised"
    if "survey" in in_title:
        return "survey"
    headings = " ; ".join(squeeze(cell.text) for table in tables for cell in table.cells if cell.row < 2)
    by_headings, by_text = _bases(headings), _bases(" ; ".join(squeeze(each.text) for each in body))
    for found in (by_headings, by_text):
        for basis in ("appraised", "self"):
            if basis in found:
                return "appraised" if basis == "appraised" else "self"
    cells = " ; ".join(squeeze(cell.text) for table in tables for cell in table.cells if cell.row >= 2)
    if "appraised" in _bases(cells):
        return "appraised"
    return "survey" if "survey" in by_text | by_headings and not tables else None


def years_of(text: str) -> tuple[tuple[int, int, int], ...]:
    """The years a text names ("năm 2019"), with their stretch; those of dates, numbers and laws are left out."""
    if not _YEAR_DIGITS.search(text):
        return ()
    hidden = _without_references(text)
    found = {
        (int(match["value"]), match.start(), match.end())
        for each in _of("year")
        for match in each.regex.finditer(hidden)
    }
    return tuple(sorted(found, key=lambda item: item[1]))


def _years(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The years a text looks back on, and those it plans for."""
    text = nfc(text)
    cut = _OUTLOOK.sub("", text)
    if years_of(cut):
        text = cut
    behind: list[int] = []
    ahead: list[int] = []
    last = 0
    for year, start, end in years_of(text):
        before = text[last:start]
        if _COMPARED.search(text[:start]):
            continue
        plans = [match.end() for match in pattern("plan", "headings").regex.finditer(before)]
        backs = [match.end() for match in pattern("looks-back", "headings").regex.finditer(before)]
        found = ahead if plans and max(plans) > max(backs, default=-1) else behind
        if found is behind and _is_next_to(before, behind, year):
            behind.pop()  # two years side by side are compared: the later one is reported on
        found.append(year)
        last = end
    return tuple(behind), tuple(ahead)


_BETWEEN = regex.compile(r"\s*(?:và|với|,|/|-|–)?\s*", regex.IGNORECASE)


def _is_next_to(between: str, years: Sequence[int], year: int) -> bool:
    return bool(years) and year > years[-1] and _BETWEEN.fullmatch(between) is not None


def _scored(title: str, years: Sequence[int]) -> int:
    """Of the years a title looks back on the one that scores were given for: "CCHC quý I năm 2021 và khắc phục hạn chế

    Chỉ số CCHC năm 2020" is about the scores of 2020.
    """
    if len(set(years)) > 1:
        for year in years:
            if pattern("scored-year", "headings").search(_stretch(nfc(title), year)):
                return year
    return years[0]


def _of_index(title: str, body: Sequence[Paragraph], year: int) -> int | None:
    """The year before, where a report on a year's work gives only the points that became known in it: "Chỉ số CCHC năm

    2022 của huyện đạt 89,43 điểm" in the report on 2023. Domains with points of their own are of the year's work.
    """
    if pattern("speaks-of-scores", "headings").search(title) or any(SCORED_HEADING.match(each.text) for each in body):
        return None
    rule = pattern("index-points", "headings").regex
    told = [match[0] for each in body for match in rule.finditer(nfc(each.text))]
    named = {found for each in told for found, _, _ in years_of(each)}
    return year - 1 if named == {year - 1} else None


def _stretch(title: str, year: int | None) -> str:
    """The part of a title that ends with a year, where it names several; all of it where it does not."""
    named = years_of(title)
    if len({found for found, _, _ in named}) > 1:
        last = 0
        for found, _, end in named:
            if found == year:
                return title[last:end]
            last = end
    return title


def _without_references(text: str) -> str:
    """The text with dates, document numbers and laws blanked, letter for letter."""
    spans = [(found.start, found.end) for found in find_dates(text)]
    spans += [(found.start, found.end) for found in find_document_numbers(text)]
    spans += [match.span() for match in _LAW.finditer(text)]
    letters = list(text)
    for start, end in spans:
        # "tháng 12 năm 2022" in a title is a period, not a reference
        if regex.match(r"tháng", text[start:end], regex.I):
            continue
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _bases(text: str) -> frozenset[str]:
    return frozenset(each.name for each in _of("basis") if each.search(text))


@cache
def _of(kind: str) -> tuple[Pattern, ...]:
    return tuple(each for each in patterns("headings") if each.kind == kind)


def sentences(text: str) -> Iterable[str]:
    """The sentences of a text; a line end, a semicolon before a capital and a colon end one too."""
    return tuple(part for part in _SENTENCE.split(nfc(text)) if part.strip())
