"""Letters that go through several units, a heading each: "1. UBND huyện Đăk Hà: tổng điểm 62,5", criteria below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extract.document import Document, Paragraph
from extract.heading.read_heading import HeadingFacts
from extract.heading.totals import find_totals
from extract.prose.read_prose import read_prose
from extract.tables.named_unit import unit_of
from normalize.decimals import decimal_of
from normalize.records import Assessment, Level, Result, Totals, Unit
from normalize.text import squeeze
from normalize.value import Printed, Value

# Points below the heading of another unit than the report's: those it got, or those it must see to.
OF_ANOTHER = "points-below-another-unit"
_HEAD = regex.compile(
    r"\s*(?:(?:[IVX]{1,5}|\d{1,3}|[a-zđ])\s*[.):/-]\s*|\(\d{1,3}\)\s*|[-+*•–]\s*)?"
    r"(?<name>(?i:(?:đối với|tại|về)\s+)?(?i:UBND|Ủy ban nhân dân|huyện|xã|phường|thị trấn|thị xã|thành phố|quận"
    r"|đặc khu|sở|ban|thanh tra|văn phòng)\s[^:;(\n]{2,80}?)"
    r"\s*(?:[:(;]|\.?\s*$|\s[-–]\s|,\s|(?=\s(?:đạt|được|bị|có|mất)\s))"
)
_OPENING = regex.compile(r"(?i:đối với|tại|về)\s+")
_LEAST_TOTAL = Decimal(40)
_TOTAL = regex.compile(
    r"\(?\s*(?i:(?:đạt|được|tổng (?:số )?điểm|tổng)\s*:?\s+)?(?<score>\d{2,3}(?:[.,]\d{1,4})?)"
    r"(?:\s*/\s*(?<max>100))?\s*(?i:điểm|đ)(?!\p{L})"
)
_RANKS: dict[Level | None, int] = {"province": 3, "department": 2, "district": 2, "commune": 1, None: 0}


# A part ends where a label of its heading's own kind, or of a higher one, opens something else.
_LABELS = (
    regex.compile(r"\s*(?:[A-H]|[IVX]{1,5})\s*[.):/-]\s"),
    regex.compile(r"\s*(?:\d{1,2}\s*[.):/]|\(\d{1,2}\))\s*\p{L}"),
    regex.compile(r"\s*[a-zđ]\s*[.)]\s"),
    regex.compile(r"\s*[-•–]\s"),
    regex.compile(r"\s*[+*]\s"),
)


@dataclass(frozen=True, slots=True)
class UnitPart:
    """What stands below the heading of one unit; the heading's own words behind its name are the first of it."""

    unit: Unit
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """A letter taken apart: the parts of its units, what belongs to none of them, and what of that surely does not,

    before the first of them or below a heading of its own.
    """

    parts: tuple[UnitPart, ...] = ()
    sure: tuple[Paragraph, ...] = ()
    rest: tuple[Paragraph, ...] = ()


def unit_parts(document: Document, facts: HeadingFacts) -> Parted:
    """The parts of a letter about units of one level; none where fewer than two are named."""
    lines = list(_lines(document))
    heads = [_headed(line, facts) for line in lines]
    found: dict[Unit, list[Paragraph]] = {}
    apart: list[Paragraph] = []
    rest: list[Paragraph] = []
    current: tuple[list[Paragraph], int] | None = None
    sure = False
    for at, (line, head) in enumerate(zip(lines, heads, strict=True)):
        if head is not None and not _listed(heads, at):
            unit, said = head
            held = found.setdefault(unit, [])
            held += [replace(line, text=said)] if said else []
            current, sure = (held, _label(line.text)), False
        elif current is not None and _label(line.text) > current[1]:
            current[0].append(line)
        else:
            higher = current is not None and _label(line.text) < current[1]
            sure, current = sure or higher, None
            rest.append(line)
            if not found or sure:
                apart.append(line)
    said_of = {unit: held for unit, held in found.items() if any(regex.search(r"\d", line.text) for line in held)}
    if len(said_of) < 2 or len({unit.level for unit in said_of}) != 1:
        return Parted()
    parts = tuple(UnitPart(unit, tuple(held)) for unit, held in said_of.items())
    return Parted(parts, tuple(apart), tuple(rest))


def _listed(heads: Sequence[tuple[Unit, str] | None], at: int) -> bool:
    """Whether a name stands in a bare list of names: the addressees of a letter."""
    bare = [each is not None and not each[1] for each in heads[max(0, at - 1) : at + 2]]
    head = heads[at]
    return head is not None and not head[1] and sum(bare) > 1


def _label(text: str) -> int:
    """How deep a line's label stands; lines without one go with the line before them."""
    return next((depth for depth, label in enumerate(_LABELS) if label.match(text)), len(_LABELS))


def read_unit_parts(document: Document, facts: HeadingFacts, parted: Parted) -> tuple[Assessment, ...]:
    """An assessment a part, where the parts say that each unit was scored: by its total, or by criteria that several

    have. Empty where they may as well name who must act.
    """
    read = [_assessment(document, facts, part) for part in parted.parts]
    held = Counter(code for each in read for code in {result.code.value for result in each.results})
    totals = sum(each.totals != Totals() for each in read)
    scored = sum(any(True for result in each.results for _ in result.scores()) for each in read)
    alike = facts.many_units and scored >= 2
    if totals < 2 and not alike and not (scored >= 2 and any(count > 1 for count in held.values())):
        return ()
    return tuple(each for each in read if each.totals != Totals() or each.results)


def read_rest(document: Document, facts: HeadingFacts, parted: Parted) -> tuple[Result, ...]:
    """What a letter taken apart says of its own unit; in doubt behind the first part, which may have gone on."""
    sure = {each.code.value for each in read_prose(_of(document, parted.sure), facts.year).results}
    results = read_prose(_of(document, parted.rest), facts.year).results
    return tuple(
        each if each.code.value in sure else replace(each, doubts=(*each.doubts, OF_ANOTHER)) for each in results
    )


def doubted_below_units(
    document: Document, facts: HeadingFacts, parted: Parted, results: Sequence[Result]
) -> tuple[Result, ...]:
    """A doubt on what stands below the headings of other places than the report's own, which may have got it."""
    level = parted.parts[0].unit.level
    if level == "department" or _RANKS[facts.unit.level] <= _RANKS[level]:
        return tuple(results)
    below = {
        result.code.value
        for part in parted.parts
        for result in read_prose(_of(document, part.paragraphs), facts.year).results
    }
    return tuple(
        replace(each, doubts=(*each.doubts, OF_ANOTHER)) if each.code.value in below else each for each in results
    )


def _assessment(document: Document, facts: HeadingFacts, part: UnitPart) -> Assessment:
    totals, doubts = find_totals(part.paragraphs, part.unit, facts.year)
    totals = totals if totals.score or totals.self_score else _with_first_said(totals, part)
    reading = read_prose(_of(document, part.paragraphs), facts.year)
    kept = tuple(doubt for doubt in facts.doubts if not doubt.startswith(("unit", "total")))
    return Assessment(
        part.unit, facts.year, facts.period, facts.basis or "appraised", totals, reading.results, (*kept, *doubts)
    )


def _with_first_said(totals: Totals, part: UnitPart) -> Totals:
    """With the total right behind the name: "Xã Tân Lập: 88,5 điểm", "(88,5/100 điểm)"."""
    first = next(iter(part.paragraphs), None)
    match = _TOTAL.match(first.text) if first is not None else None
    score = decimal_of(match["score"]) if match else None
    if first is None or match is None or score is None or score < _LEAST_TOTAL:
        return totals
    printed = Printed(match[0], first.place, first.confidence)
    top = decimal_of(match["max"]) if match["max"] else None
    maximum = Value(top, printed, "behind-the-name") if top is not None else totals.max_score
    return replace(totals, score=Value(score, printed, "behind-the-name"), max_score=maximum)


def _of(document: Document, paragraphs: tuple[Paragraph, ...]) -> Document:
    page = replace(document.pages[0], blocks=paragraphs, running=(), notes=())
    return replace(document, pages=(page,))


def _lines(document: Document) -> Iterator[Paragraph]:
    for block in document.blocks():
        if isinstance(block, Paragraph):
            for line in block.text.splitlines():
                if text := squeeze(line):
                    yield replace(block, text=text, runs=())


def _headed(line: Paragraph, facts: HeadingFacts) -> tuple[Unit, str] | None:
    """The unit that a line begins with, labelled or with a colon behind it, and what the line says further."""
    match = _HEAD.match(line.text)
    if match is None or (match.start("name") == 0 and line.text[match.end("name") :].lstrip()[:1] not in (":", "(")):
        return None
    name = _OPENING.sub("", match["name"])
    at = facts.heading.date.value if facts.heading.date else None
    unit = unit_of(name, facts.unit.province, facts.rows_level, at)
    if unit is None or unit.level in (None, "province") or unit == facts.unit:
        return None
    return unit, line.text[match.end("name") :].lstrip(" :;,.-–")
