"""Tables that hold one domain each, under its title: "III. CẢI CÁCH THỦ TỤC HÀNH CHÍNH (15 điểm)".

The title gives the domain, the last row ("Cộng") its points; criteria that count anew in every table stand below the
number of the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.document import Paragraph
from extract.tables.bracketed import name_and_points
from extract.tables.rows import TableReading
from normalize.codes import Code, parse_code
from normalize.records import Result, Totals
from normalize.text import fold, squeeze
from normalize.typos import clean_text
from normalize.value import Printed, Refusal, Value
from patterns.domains import usual_domain

_NEAREST = 2
_LONGEST = 200
_TITLE = regex.compile(
    r"^(?:(?i:(?:bảng|biểu|phụ lục)(?: số)? ?[\d.]*[a-zA-Z]?\s*[.:-]?\s+))?(?:(?i:lĩnh vực|mục|phần)\s+(?i:số\s+)?)?"
    r"(?P<code>[IVX]{1,5}|\d{1,2})\s*[.):–-]\s*(?P<name>\p{L}.*)$"
)


def with_domains(readings: Sequence[TableReading], captions: Sequence[Sequence[Paragraph]]) -> tuple[TableReading, ...]:
    """The readings of tables that stand under titles of domains, each with the result of its domain.

    Nothing is changed unless two titles or more number different domains.
    """
    titles = [_title(reading, caption) for reading, caption in zip(readings, captions, strict=True)]
    numbered = [title[0].value for title in titles if title is not None]
    if len(numbered) < 2 or len(set(numbered)) < len(numbered):
        return tuple(readings)
    anew = _count_anew(readings, titles)
    return tuple(
        reading if title is None else _with_domain(_below(reading, title[0].value) if anew else reading, *title)
        for reading, title in zip(readings, titles, strict=True)
    )


_Title = tuple[Value[Code], Printed]


def _title(reading: TableReading, caption: Sequence[Paragraph]) -> _Title | None:
    for paragraph in reversed(caption[-_NEAREST:]):
        line = squeeze(paragraph.text)
        match = _TITLE.match(line) if len(line) <= _LONGEST else None
        if match is None or usual_domain(fold(match["name"])) is None:
            continue
        code = parse_code(replace(paragraph.printed, text=match["code"]))
        if not isinstance(code, Refusal):
            return replace(code, pattern="caption"), replace(paragraph.printed, text=match["name"])
    return None


def _count_anew(readings: Sequence[TableReading], titles: Sequence[_Title | None]) -> bool:
    """Whether the criteria of every table begin at 1, whatever the number of its title."""
    firsts = [
        reading.results[0].code.value.parts[0]
        for reading, title in zip(readings, titles, strict=True)
        if title is not None and reading.results
    ]
    return len(firsts) >= 2 and all(first == 1 for first in firsts)


def _below(reading: TableReading, domain: Code) -> TableReading:
    def under(code: Value[Code]) -> Value[Code]:
        whole = Code((*domain.parts, *code.value.parts))
        return replace(code, value=whole).with_step(f"domain-above: {code.value} -> {whole}")

    results = tuple(replace(each, code=under(each.code), domain=domain) for each in reading.results)
    return replace(reading, results=results)


def _with_domain(reading: TableReading, code: Value[Code], title: Printed) -> TableReading:
    """The reading with its domain as a result: named by the title, its points those of the title or of the last row."""
    if any(not each.code.value.under(code.value) for each in reading.results):
        return reading
    name, told = name_and_points(title)
    totals = reading.totals
    maximum = told.get("max_score") or totals.max_score
    fits = totals.max_score is None or maximum is None or totals.max_score.value == maximum.value
    result = Result(
        code,
        clean_text(name, "caption"),
        max_score=maximum,
        self_score=totals.self_score if fits else None,
        score=told.get("score") or (totals.score if fits else None),
        domain=code.value,
        doubts=() if fits else ("differs-between-tables",),
    )
    return replace(reading, results=(result, *reading.results), totals=Totals() if fits else totals)
