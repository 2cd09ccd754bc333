"""Tables without ruling lines: columns by the white between them, rows by their numerals."""

from __future__ import annotations

import cv2
import numpy as np

from extract.document import Cell, Table
from extract.scan.clean import letters_of
from extract.scan.lines import strokes_of
from extract.scan.open_rows import numerals_of, with_whole_rows, without_rests
from extract.scan.open_tables import open_tables
from extract.scan.shapes import shapes_of
from tests.scanning import Gray, paper, write

ROWS = [
    ("1", ["Lead the work", "as planned"], "2,5", "2"),
    ("1.1", ["Yearly plan"], "1", "0,5"),
    ("1.2", ["Report in time", "to the office"], "1,5", "1,5"),
    ("2", ["Keep the rules"], "3", "2,75"),
    ("2.1", ["Look them over", "every year", "once more"], "3", "2,75"),
]


def page_of_rows() -> Gray:
    """A title over the whole width, a heading, and five rows whose names take one to three lines."""
    picture = paper(1200, 900)
    write(picture, "The result of the year as it was found by all of the offices", 100, 80)
    for x, text in ((105, "No"), (300, "Criterion"), (760, "Max"), (960, "Score")):
        write(picture, text, x, 150)
    base = 195
    for code, name, most, score in ROWS:
        for x, text in ((110, code), (770, most), (970, score)):
            write(picture, text, x, base)
        for line in name:
            write(picture, line, 250, base)
            base += 40
        base += 10
    return picture


def small_of(picture: Gray) -> float:
    return letters_of(shapes_of((picture < 128).astype(np.uint8))).small


def test_columns_by_gutters_and_rows_by_numerals() -> None:
    picture = page_of_rows()
    (table,) = open_tables(picture, strokes_of(picture, 1.0), (), small_of(picture))
    assert (table.rows, table.columns, table.ruled) == (6, 4, False)
    assert {(cell.row_span, cell.column_span) for cell in table.cells} == {(1, 1)}
    tops = [cell.inside.y0 for cell in table.cells if cell.column == 0]
    bases = [195 - 26, 285 - 26, 335 - 26, 425 - 26, 475 - 26]
    assert all(
        above < top <= below for above, top, below in zip([155, 240, 290, 380, 430], tops[1:], bases, strict=True)
    )
    assert table.outside.y0 > 90  # the title is none of it


def test_lines_in_one_direction_are_used() -> None:
    picture = page_of_rows()
    for y in (165, 250, 300, 390, 440):
        cv2.line(picture, (90, y), (1080, y), 0, 2)
    (table,) = open_tables(picture, strokes_of(picture, 1.0), (), small_of(picture))
    cuts = [cell.inside.y0 - 1 for cell in table.cells if cell.column == 0][1:]
    assert (table.rows, table.columns) == (6, 4)
    assert all(abs(cut - y) <= 2 for cut, y in zip(cuts, (165, 250, 300, 390, 440), strict=True))


def test_prose_letterheads_and_lists_are_no_tables() -> None:
    picture = paper(1200, 900)
    for base in range(80, 240, 40):
        write(picture, "THE OFFICE", 150, base)
        write(picture, "THE COUNTRY IT IS IN", 700, base)
    for base in range(300, 860, 40):
        write(picture, "1,5 of 2 and 0,75 of 1 were given to it in 11/12 cases,", 100, base)
    assert open_tables(picture, strokes_of(picture, 1.0), (), small_of(picture)) == ()


def cells(rows: list[list[str]]) -> Table:
    made = tuple(Cell(row, column, text) for row, line in enumerate(rows) for column, text in enumerate(line))
    return Table(len(rows), len(rows[0]), made)


def test_lines_without_a_numeral_are_joined_to_their_row() -> None:
    read = cells(
        [
            ["TT", "Tiêu chí", "Điểm", "Điểm", "Cơ quan"],
            ["", "", "tối đa", "đạt", ""],
            ["1", "Công tác chỉ đạo", "2,5", "2", "Phòng"],
            ["", "điều hành", "", "", "Nội vụ"],
            ["1.1", "Kế hoạch", "2,5", "2", ""],
            ["", "Tổng điểm", "2,5", "2", ""],
        ]
    )
    whole = with_whole_rows(read)
    assert numerals_of(read) == 6
    assert [[cell.text for cell in whole.cells if cell.row == row] for row in range(whole.rows)] == [
        ["TT", "Tiêu chí", "Điểm\ntối đa", "Điểm\nđạt", "Cơ quan"],
        ["1", "Công tác chỉ đạo\nđiều hành", "2,5", "2", "Phòng\nNội vụ"],
        ["1.1", "Kế hoạch", "2,5", "2", ""],
        ["", "Tổng điểm", "2,5", "2", ""],
    ]


def test_small_letters_are_told_where_thick_print_runs_together() -> None:
    picture = paper(1400, 600)
    for base in range(60, 560, 50):
        write(picture, "some more of the same words as above", 40, base, 0.9)
        write(picture, "1 2 3 4 5", 900, base, 0.9)
    apart = letters_of(shapes_of((picture < 128).astype(np.uint8))).small
    glued = cv2.dilate((picture < 128).astype(np.uint8), np.ones((2, 6), np.uint8))
    assert abs(letters_of(shapes_of(np.asarray(glued, np.uint8))).small - apart) <= 4


def test_signs_that_rests_of_lines_are_read_as_are_left_out() -> None:
    texts = ("Điểm\ntự\n¡ chấm", "| 0,5", "Kế hoạch ˆ\n`", "-0,25", "-", "x")
    told = [without_rests(Cell(0, 0, text)).text for text in texts]
    assert told == ["Điểm\ntự\nchấm", "0,5", "Kế hoạch", "-0,25", "-", "x"]
