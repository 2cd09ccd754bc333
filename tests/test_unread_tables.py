"""Pages whose tables were left to prose say so."""

from __future__ import annotations

from dataclasses import replace

from audit.check import audited
from audit.messages import message
from extract.document import Cell, Document, Page, Paragraph, Table, Word
from extract.unread_tables import unread_tables
from normalize.place import Box, Place
from normalize.records import Heading, Report
from normalize.value import Printed, Refusal

LINES = [("1.1", "2,5", "2"), ("1.2", "1", "0,75"), ("1.3", "3", "3"), ("2.1", "1,5", "1,25"), ("2.2", "2", "2")]


def page_of(lines: list[tuple[str, str, str]], shift: float = 0.0) -> Page:
    """Lines of words a hundred points apart, each line moved by `shift` against the one before."""
    words = [
        Word(text, Box(80 + 100 * at + shift * row, 100 + 20 * row, 95 + 100 * at + shift * row, 112 + 20 * row), 0.9)
        for row, line in enumerate(lines)
        for at, text in enumerate(line)
    ]
    paragraph = Paragraph(" ".join(word.text for word in words), words=tuple(words))
    return Page(3, (paragraph,), 595.0, 842.0, method="ocr")


def document(page: Page) -> Document:
    return Document("a.pdf", "0" * 64, "pdf", (page,))


def test_columns_of_numerals_outside_tables_are_told_with_their_page() -> None:
    (refusal,) = unread_tables(document(page_of(LINES)))
    assert (refusal.kind, refusal.why, refusal.printed.place.page) == ("table", "table-not-read", 3)


def test_prose_and_typed_pages_are_left_alone() -> None:
    assert list(unread_tables(document(page_of(LINES, shift=31.0)))) == []
    assert list(unread_tables(document(page_of(LINES[:3])))) == []
    assert list(unread_tables(document(replace(page_of(LINES), method="typed")))) == []


def test_the_finding_names_the_page_also_where_nothing_else_was_read() -> None:
    refusals = tuple(unread_tables(document(page_of(LINES))))
    (finding,) = audited(Report(Heading(), (), refusals)).findings
    assert (finding.rule, finding.severity, finding.blame) == ("table-not-read", "warning", "reading")
    assert message(finding, "en") == "Page 3: a table of numbers was not read, its scores are not in the archive"


def tabled(confidence: float) -> Page:
    """The lines as a table of cells."""
    cells = tuple(
        Cell(row, column, text, words=(Word(text, Box(80 + 100 * column, 20 * row, 95, 12), confidence),))
        for row, line in enumerate(LINES)
        for column, text in enumerate(line)
    )
    return Page(3, (Table(len(LINES), 3, cells, Place(3, Box(80, 0, 380, 100))),), 595.0, 842.0, method="ocr")


def test_a_page_of_which_most_numerals_are_unsure_is_told() -> None:
    assert list(unread_tables(document(tabled(0.9)))) == []
    refusals = tuple(unread_tables(document(tabled(0.4))))
    (finding,) = audited(Report(Heading(), (), refusals)).findings
    assert (finding.rule, finding.blame, finding.found) == ("table-unclear", "reading", "3")
    assert message(finding, "en").startswith("Page 3: too faint or too dark")


def test_where_a_format_has_no_pages_the_headings_of_the_table_are_told() -> None:
    refusal = Refusal(Printed("STT | Tiêu chí | Điểm"), "table", "table-not-read")
    (finding,) = audited(Report(Heading(), (), (refusal,))).findings
    assert message(finding, "en") == "The table “STT | Tiêu chí | Điểm” was not read, its scores are not in the archive"
