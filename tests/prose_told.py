"""A prose reading as text, so that tests compare whole readings, and documents made of plain lines."""

from __future__ import annotations

from collections.abc import Iterable

from extract.document import Document, Page, Paragraph
from extract.prose.read_prose import ProseReading
from normalize.place import Place
from normalize.records import Responsibility, Result


def document_of(text: str) -> Document:
    """One page with a paragraph a line."""
    lines = [line.strip() for line in text.strip().splitlines()]
    paragraphs = tuple(Paragraph(line, Place(1)) for line in lines if line)
    return Document("report.txt", "0" * 64, "txt", (Page(1, paragraphs),))


def told(reading: ProseReading) -> str:
    """A line a result and a line a deduction.

    "3 Name: 12.96/13.5 self 13 -0.54 [lead] ?doubt >remedy"; a deduction that was computed has "~" for "-".
    """
    return "\n".join(line for result in reading.results for line in _lines(result))


def _lines(result: Result) -> Iterable[str]:
    yield " ".join(
        part for part in (_head(result), _numbers(result), _agencies(result.agencies), _rest(result)) if part
    )
    for each in result.deductions:
        reason = each.reason.value if each.reason else "?"
        yield " ".join(part for part in (f"  {each.amount.value:f} {reason}", _agencies(each.agencies)) if part)


def _head(result: Result) -> str:
    return f"{result.code.value} {result.name.value if result.name else '?'}:"


def _numbers(result: Result) -> str:
    score = f"{result.score.value:f}" if result.score else ""
    maximum = f"/{result.max_score.value:f}" if result.max_score else ""
    own = f" self {result.self_score.value:f}" if result.self_score else ""
    sign = "-" if result.deducted_stated else "~"
    lost = f" {sign}{result.deducted.value:f}" if result.deducted else ""
    return f"{score}{maximum}{own}{lost}".strip()


def _agencies(agencies: tuple[Responsibility, ...]) -> str:
    names = [each.name + ("" if each.role == "lead" else f" ({each.role})") for each in agencies]
    return f"[{'; '.join(names)}]" if names else ""


def _rest(result: Result) -> str:
    doubts = " ".join(f"?{doubt}" for doubt in result.doubts)
    remedy = f">{result.remedy.value}" if result.remedy else ""
    return " ".join(part for part in (doubts, remedy, "survey" if result.survey else "") if part)
