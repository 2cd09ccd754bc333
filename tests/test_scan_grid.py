"""Tables by their ruling lines."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.grid import GridTable, tables_of, without_lines
from extract.scan.lines import strokes_of
from extract.scan.worn_lines import with_worn_lines
from tests.scanning import Gray, paper, ruled, write

XS, YS = [100, 300, 500, 900], [100, 180, 260, 340]


def tables(picture: Gray) -> tuple[GridTable, ...]:
    return tables_of(strokes_of(picture, 1.0), 1.0, 30.0)


def spans(table: GridTable) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]


FULL = [(row, column, 1, 1) for row in range(3) for column in range(3)]


def test_a_full_grid() -> None:
    (table,) = tables(ruled(1000, 500, XS, YS))
    assert (table.rows, table.columns, spans(table)) == (3, 3, FULL)
    middle = table.cells[4].inside
    assert all(
        abs(one - other) <= 2
        for one, other in zip((middle.x0, middle.y0, middle.x1, middle.y1), (301, 181, 500, 260), strict=True)
    )


def test_gaps_in_the_lines_are_closed() -> None:
    picture = ruled(1000, 500, XS, YS)
    picture[:, 395:412] = 255
    picture[130:141, :] = 255
    (table,) = tables(picture)
    assert spans(table) == FULL


def test_cells_with_spans() -> None:
    picture = ruled(1000, 500, XS, YS)
    picture[184:258, 296:304] = 255  # second row: first two columns are one
    picture[256:264, 504:896] = 255  # last column: second and third row are one
    (table,) = tables(picture)
    assert spans(table) == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 0, 1, 2),
        (1, 2, 2, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
    ]


def test_a_row_cut_by_the_page_end_is_kept() -> None:
    picture = ruled(1000, 500, XS, YS)
    for x in XS:
        cv2.line(picture, (x, YS[-1]), (x, 420), 0, 2)
    (table,) = tables(picture)
    assert (table.rows, table.columns) == (4, 3)


def test_a_lone_frame_and_underlines_are_no_table() -> None:
    picture = ruled(1000, 500, [100, 400], [100, 200])
    cv2.line(picture, (500, 300), (800, 300), 0, 2)
    assert tables(picture) == ()


def test_print_is_no_ruling_line() -> None:
    picture = ruled(1000, 500, XS, YS)
    plain = tables(picture)
    write(picture, "Illl1HHHEEE", 110, 160, 1.5)
    assert tables(picture) == plain


def test_two_tables_in_their_order() -> None:
    picture = paper(1000, 1000)
    picture[600:1000] = ruled(1000, 400, XS, [20, 100, 180])
    picture[0:400] = np.minimum(picture[0:400], ruled(1000, 400, XS[:3], [20, 100]))
    first, second = tables(picture)
    assert [(one.rows, one.columns) for one in (first, second)] == [(1, 2), (2, 3)]


def test_lines_are_painted_out_and_letters_kept() -> None:
    picture = ruled(1000, 500, XS, YS)
    letters = paper(1000, 500)
    write(letters, "0,75", 330, 240)
    both = np.minimum(picture, letters)
    cleaned = without_lines(both, strokes_of(both, 1.0), tables(both), 1.0)
    assert np.array_equal(cleaned < 128, letters < 128)


def test_lines_worn_to_dashes_are_drawn_out_over_the_table() -> None:
    picture = paper(1000, 500)
    for y in YS:
        for x in range(105, 880, 54):
            picture[y : y + 2, x : x + 34] = 0
    for x in XS:
        for y in YS[:-1]:
            picture[y + 8 : y + 54, x : x + 2] = 0
    found = strokes_of(picture, 1.0)
    (table,) = tables_of(with_worn_lines(picture, found, 1.0), 1.0, 30.0)
    assert (table.rows, table.columns, spans(table)) == (3, 3, FULL)


def test_a_page_without_dashes_has_no_worn_lines() -> None:
    picture = paper(1000, 500)
    for row in range(80, 420, 40):
        write(picture, "Ty le 11/12 111 ll ii", 100, row)
    found = strokes_of(picture, 1.0)
    assert with_worn_lines(picture, found, 1.0) is found


def test_a_table_says_how_many_of_its_lines_are_drawn_in_part() -> None:
    assert tables(ruled(1000, 500, XS, YS))[0].unclear == 0
    picture = ruled(1000, 500, XS, YS)
    picture[176:186, 330:470] = 255
    picture[256:266, 500:700] = 255
    assert tables(picture)[0].unclear > 0.05
