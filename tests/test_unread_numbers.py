"""Scores of a recognised table that were left while others of it were taken are told."""

from __future__ import annotations

from dataclasses import replace

from audit.check import audited
from audit.messages import message
from extract.document import Cell, Document, Page, Table
from extract.report import read_report
from extract.unread_numbers import unread_numbers
from normalize.place import Box, Place
from normalize.records import Heading, Report

HEAD = ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]
ROWS = [
    ["1", "Công tác chỉ đạo, điều hành", "4", "3,5"],
    ["1.1", "Kế hoạch cải cách hành chính", "1", "1"],
    ["1.2", "Báo cáo định kỳ", "1,5", "1"],
    ["1.3", "Kiểm tra cải cách hành chính", "1,5", "1,5"],
    ["2", "Cải cách thể chế", "2", "2"],
    ["2.1", "Rà soát văn bản", "2", "2"],
]

UNREADABLE = [*ROWS[:2], ["A#", "Báo cáo định kỳ", "1,5", "1"], ["1.4", *ROWS[3][1:]], *ROWS[4:]]  # 1.2, or 1.3
RANKED = [("Huyện Lục Yên", "90,5"), ("Huyện Văn Yên", "89"), ("Huyện Trấn Yên", "85,25"), ("Huyện Yên Bình", "80")]


def document(*rows: list[str]) -> Document:
    """A recognised page with one table of cells a hundred points wide and twenty high."""

    def place(row: int, column: int) -> Place:
        return Place(2, Box(100.0 * column, 20.0 * row, 100.0 * column + 99, 20.0 * row + 19))

    cells = tuple(
        Cell(row, column, text, place=place(row, column), confidence=0.9)
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    )
    table = Table(len(rows), len(rows[0]), cells, Place(2, Box(0, 0, 400, 20 * len(rows))))
    return Document("a.pdf", "0" * 64, "pdf", (Page(2, (table,), 595.0, 842.0, method="ocr"),))


def left(given: Document) -> list[str]:
    return [refusal.printed.text for refusal in unread_numbers(given, read_report(given).assessments)]


def test_where_all_was_taken_nothing_is_told() -> None:
    assert left(document(HEAD, *ROWS)) == []
    assert left(document(HEAD, ["(1)", "(2)", "3", "4"], *ROWS, ["", "Tổng cộng", "6", "5,5"])) == []


def test_a_row_whose_code_is_unreadable_is_told() -> None:
    assert left(document(HEAD, *UNREADABLE)) == ["1,5 1"]


def test_a_pair_and_a_loss_of_a_row_that_was_not_taken_are_told() -> None:
    head = ["TT", "Tiêu chí", "Điểm đạt/ điểm tối đa", "Điểm trừ"]
    rows = [[code, name, f"{score}/{most}", "0"] for code, name, most, score in (*ROWS[:2], *ROWS[4:])]
    lost = ["A#", "Báo cáo định kỳ", "0,711/1,00", "- 0,289"]
    assert left(document(head, *rows[:2], lost, ["#", *lost[1:]], *rows[2:])) == [
        "0,711/1,00 - 0,289 0,711/1,00 - 0,289"
    ]


def test_a_row_that_one_code_alone_can_have_is_taken_and_doubted() -> None:
    given = document(HEAD, *ROWS[:2], ["A#", *ROWS[2][1:]], *ROWS[3:])
    assert left(given) == []
    (assessment,) = read_report(given).assessments
    taken = [(str(result.code.value), result.status) for result in assessment.results]
    assert taken == [(row[0], "review" if row[0] == "1.2" else "ok") for row in ROWS]


def test_a_column_that_was_not_taken_is_told() -> None:
    given = document(HEAD, *ROWS)
    (assessment,) = read_report(given).assessments
    results = tuple(replace(result, max_score=None) for result in assessment.results)
    (refusal,) = unread_numbers(given, [replace(assessment, results=results)])
    assert (refusal.why, refusal.printed.text) == ("numbers-left", "4 1 1,5 1,5 2 2")


def test_rows_that_were_read_as_one_are_told() -> None:
    both = ["1.2\n1.3", "Báo cáo định kỳ\nKiểm tra", "1,5\n1,5", "1\n1,5"]
    assert left(document(HEAD, *ROWS[:2], both, *ROWS[4:])) == ["1,5 1,5 1 1,5"]


def test_ranks_that_were_not_taken_are_told() -> None:
    ranking = [[str(at), name, score, str(at)] for at, (name, score) in enumerate(RANKED, 1)]
    headed = document(["TT", "Đơn vị", "Điểm đạt", "Xếp hạng"], *ranking)
    assert left(headed) == []
    assessments = read_report(headed).assessments
    assert [str(one.totals.rank and one.totals.rank.value) for one in assessments] == ["1", "2", "3", "4"]
    bare = [replace(one, totals=replace(one.totals, rank=None)) for one in assessments]
    assert [refusal.printed.text for refusal in unread_numbers(headed, bare)] == ["1 2 3 4"]


def test_typed_pages_are_left_alone() -> None:
    given = document(HEAD, *UNREADABLE)
    typed = replace(given, pages=(replace(given.pages[0], method="typed"),))
    assert left(typed) == []


def test_the_finding_names_the_page() -> None:
    given = document(HEAD, *UNREADABLE)
    refusals = tuple(unread_numbers(given, read_report(given).assessments))
    (finding,) = audited(Report(Heading(), (), refusals)).findings
    assert (finding.rule, finding.blame, finding.found) == ("numbers-left", "reading", "2")
    assert message(finding, "en").startswith("Page 2: scores of a table are not in the archive")
