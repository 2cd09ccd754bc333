"""The heading of a report: number, date, issuer, kind, title, the unit assessed, year, period and stated totals."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.document import Document, Paragraph
from extract.heading.head_lines import Line
from extract.heading.kinds import is_bare_kind, kind_of_line, kind_of_number
from extract.heading.lines import Head, split_head
from extract.heading.offices import Office, office_of, read_offices
from extract.heading.period import find_basis, find_period, find_year
from extract.heading.totals import find_totals
from extract.heading.unit import find_unit, issuing
from normalize.dates import find_dates
from normalize.document_numbers import FoundNumber, find_document_numbers
from normalize.records import Basis, Heading, Level, Period, Totals, Unit
from normalize.text import squeeze
from normalize.value import Printed, Value

_ANNEX_ISSUER = regex.compile(r"\bcủa\s+(?P<name>[^()]+?)\s*\)?\s*[.;]?\s*$")
_SITE_LINES = 15
_SPEAKS = regex.compile(
    r"(?i)(?:chỉ số|chấm điểm|đánh giá|xếp hạng|thẩm định|điểm).*"
    r"(?:cải cách hành chính|cchc|par ?index|hài lòng|sipas)(?!.*[.;:]\s*$)"
)
# minutes without a dated letterhead: "Hôm nay, hồi 8 giờ 00, ngày 11 tháng 01 năm 2018", "Ngày đánh giá: 18/11/2025"
_MEETING = regex.compile(
    r"\s*(?:hôm nay,?\s|(?:ngày|thời gian)\s+(?:đánh giá|thẩm định|kiểm tra|chấm điểm|lập)\s*:)", regex.IGNORECASE
)
_SIGNING_LINES = 12


@dataclass(frozen=True, slots=True)
class HeadingFacts:
    """What the head and the prose of a report say of the whole.

    `many_units` says that the title speaks of many units (a ranking), `rows_level` of which level. `doubts` are stable
    keys: unit-unknown, unit-ambiguous, unit-by-likeness, unit-from-addressee, unit-from-text, year-from-plan,
    year-from-date, year-unknown, period-unknown, total-conflict:<field>.
    """

    heading: Heading
    unit: Unit
    year: int | None
    period: Period | None
    basis: Basis | None
    totals: Totals
    doubts: tuple[str, ...] = ()
    many_units: bool = False
    rows_level: Level | None = None


@dataclass(frozen=True, slots=True)
class _Annex:
    """The line "(Kèm theo Văn bản số ... ngày ... của ...)" under the title of an annex."""

    line: Line
    number: FoundNumber | None
    date: str | None
    office: Office | None


def read_heading(document: Document) -> HeadingFacts:
    """The facts of a document's head. References in running text ("Căn cứ Quyết định số ...") are never taken."""
    head = split_head(document)
    loose = document.method != "typed"
    annex = _annex(head, loose)
    date = _date(head, annex)
    at = date.value if date else None
    offices = read_offices(head.of("office"), at, loose)
    annexed_to = annex.office if annex else None
    title = _title(head)
    shown = title.value if title else ""

    found = find_unit(head, shown, offices, annexed_to, at, loose)
    year, year_doubts = find_year(shown, head.body, at)
    period, period_doubts = find_period(shown, year)
    totals, total_doubts = find_totals(head.body, found.unit, year)
    issuer = issuing(offices) or annexed_to
    number = _number(head, annex)
    basis = find_basis(shown, head.body, head.tables)
    if basis == "self" and totals.score is not None and totals.score.pattern.startswith("appraised"):
        basis = "appraised"
    if totals.self_score is not None and totals.score is None and find_basis(shown, (), ()) is None:
        basis = "self"  # "ước đạt 83,5 điểm" is the one total given, and the title does not say whose scores they are
    heading = Heading(
        number=number,
        date=date,
        issuer=issuer.issuer if issuer else None,
        title=title,
        kind=_kind(head, annex, number),
        parent=_parent(annex),
    )
    return HeadingFacts(
        heading=heading,
        unit=found.unit,
        year=year,
        period=period,
        basis=basis,
        totals=totals,
        doubts=(*found.doubts, *year_doubts, *period_doubts, *total_doubts),
        many_units=found.many,
        rows_level=found.rows_level,
    )


def _annex(head: Head, loose: bool) -> _Annex | None:
    line = next(iter(head.of("annex")), None)
    if line is None:
        return None
    numbers = find_document_numbers(line.text)
    dates = find_dates(line.text)
    date = dates[0].iso if dates else None
    match = _ANNEX_ISSUER.search(line.text)
    office = office_of(match["name"], line.printed, date, loose) if match else None
    return _Annex(line, numbers[0] if numbers else None, date, office)


def _number(head: Head, annex: _Annex | None) -> Value[str] | None:
    """The letterhead's number, for an annex without letterhead that of its document; None where it is left blank."""
    for line in head.of("number"):
        found = find_document_numbers(line.text)
        return Value(found[0].number, line.printed, "letterhead") if found[0].number else None
    return _parent(annex)


def _parent(annex: _Annex | None) -> Value[str] | None:
    if annex is None or annex.number is None or annex.number.number is None:
        return None
    return Value(annex.number.number, annex.line.printed, "annex")


def _date(head: Head, annex: _Annex | None) -> Value[str] | None:
    """The date beside the place, else that of the document an annex belongs to, else one above the signature."""
    for line in head.of("date"):
        found = find_dates(line.text)
        if found:
            return Value(found[0].iso, line.printed, "place-and-date")
    if annex is not None and annex.date is not None:
        return Value(annex.date, annex.line.printed, "annex")
    for paragraph in head.body[:_SITE_LINES]:
        found = find_dates(paragraph.text) if _MEETING.match(paragraph.text) else ()
        if found:
            return Value(found[0].iso, paragraph.printed, "day-of-meeting")
    for paragraph in head.body[-_SIGNING_LINES:]:
        for part in paragraph.text.split("\n"):
            found = find_dates(part)
            if len(found) == 1 and _signing(part):
                return Value(found[0].iso, Printed(squeeze(part), paragraph.place, paragraph.confidence), "signature")
    return None


def _signing(text: str) -> bool:
    """Whether a line is nothing but a place and a date, as above a signature."""
    return bool(regex.match(r"\s*(?:[\p{Lu}][\p{L}\s.'-]{1,40},\s*)?ngày\b[^,;]{5,60}$", text)) and len(text) < 70


def _title(head: Head) -> Value[str] | None:
    """The subject: the lines from the kind on, or "Về việc ..."; without either, the text lines.

    A kind that stands alone ("BÁO CÁO") is no part of it, unless there is nothing else.
    """
    about = head.of("about")
    lines = [line for line in _above_annex(head.lines) if line.kind in ("kind", "text", "about")]
    kinds = [at for at, line in enumerate(lines) if line.kind == "kind"]
    if kinds:
        lines, rule = lines[kinds[0] :], "title"
        subject = [line for line in lines if line.kind != "kind" or not is_bare_kind(line.text)]
        lines = subject or lines
    elif about:
        # a letter has no title but its subject
        lines, rule = [about[0]], "about"
    elif lines:
        rule = "first-lines"
    else:
        return _first_paragraph(head)
    text = squeeze(" ".join(line.text for line in lines))
    measured = [line.confidence for line in lines if line.confidence is not None]
    return Value(text, Printed(text, lines[0].place, min(measured, default=None)), rule)


def _above_annex(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines up to the annex line, where the subject stands above it; what follows belongs to the table below."""
    at = next((at for at, line in enumerate(lines) if line.kind == "annex"), len(lines))
    stated = any(line.kind in ("text", "about") or not is_bare_kind(line.text) for line in lines[:at] if _titled(line))
    return lines[:at] if stated else lines


def _titled(line: Line) -> bool:
    return line.kind in ("kind", "text", "about")


def _first_paragraph(head: Head) -> Value[str] | None:
    """A report without letterhead may begin with its title as an ordinary short paragraph.

    On a web page what leads through the site stands above it: the first line that speaks of the scoring is the title.
    """
    spoken = (each for each in head.body[:_SITE_LINES] if _SPEAKS.search(each.text) and len(each.text) <= 200)
    first: Paragraph | None = next(spoken, next(iter(head.body), None))
    if first is None or len(first.text) > 200 or first.text.rstrip().endswith((".", ";", ":")):
        return None
    return Value(squeeze(first.text), first.printed, "first-paragraph")


def _kind(head: Head, annex: _Annex | None, number: Value[str] | None) -> Value[str] | None:
    for line in head.of("kind"):
        name = kind_of_line(line.text)
        if name is not None:
            return Value(name, line.printed, "kind-line")
    if annex is not None and not head.of("number"):
        return Value("Phụ lục", annex.line.printed, "annex")
    for line in head.of("number"):
        # a blank number still has its symbol: "Số:     /BC-UBND"
        symbol = regex.search(r"[/\-–]\s*\p{Lu}.*$", line.text)
        name = kind_of_number(f"1{squeeze(symbol[0]).replace(' ', '')}") if symbol else None
        if number is not None:
            name = kind_of_number(number.value)
        if name is not None:
            return Value(name, line.printed, "number-symbol")
    for line in head.of("about"):
        return Value("Công văn", line.printed, "about")
    return None
