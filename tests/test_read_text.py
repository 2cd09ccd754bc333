"""Plain text as earlier digitisation left it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.document import Block, Cell, Document, Paragraph, Table
from extract.plain.read_text import read_text, text_blocks
from extract.source import Source

REPORTS = Path(__file__).parents[2] / "shared" / "reports"


def read(text: str | bytes) -> Document:
    return read_text(Source.of(text if isinstance(text, bytes) else text.encode(), Path("a.txt")))


def shape(blocks: tuple[Block, ...]) -> list[str | list[list[str]]]:
    """Paragraphs as their text, tables as rows of texts."""
    return [rows(block) if isinstance(block, Table) else block.text for block in blocks]


def rows(table: Table) -> list[list[str]]:
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid


def blocks_of(text: str) -> list[str | list[list[str]]]:
    return shape(read(text).pages[0].blocks)


def test_lines_with_tabs_are_a_table_and_short_ones_are_padded() -> None:
    text = "Phụ lục\n\nMã\tTên\tĐiểm\n1.1\tKế hoạch\n1.2\t\t0,5\n\n1.3\tBáo cáo\t1\n2,5/3\t\t0,5"
    assert blocks_of(text) == [
        "Phụ lục",
        [["Mã", "Tên", "Điểm"], ["1.1", "Kế hoạch", ""], ["1.2", "", "0,5"]],
        [["1.3", "Báo cáo", "1"], ["2,5/3", "", "0,5"]],
    ]


def test_pipes_between_cells_only_as_law_portals_save_them() -> None:
    letterhead = "UBND TỈNH A | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 19/QĐ-UBND | A, ngày 12 tháng 3 năm 2012 |"
    table = "TT | Đơn vị | Điểm\n1 | Huyện B | 85,5\n2 | Huyện C | 80"
    assert blocks_of(f"{letterhead}\n\n{table}\n\nNghị quyết số 11 |\n|\na|b|c") == [
        "UBND TỈNH A",
        "Số: 19/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "A, ngày 12 tháng 3 năm 2012",
        [["TT", "Đơn vị", "Điểm"], ["1", "Huyện B", "85,5"], ["2", "Huyện C", "80"]],
        "Nghị quyết số 11",
        "a|b|c",
    ]


def test_a_cell_cut_by_a_line_end_is_joined_and_a_line_over_all_columns_is_a_row() -> None:
    text = "Mã\tTên\tĐiểm\nLĩnh vực thứ nhất\n1.1\tBan hành kế\nhoạch năm\t0,2439/1\n1.2\tBáo cáo\t1"
    table = read(text).pages[0].blocks[0]
    assert isinstance(table, Table)
    assert table.cells[3] == Cell(1, 0, "Lĩnh vực thứ nhất", column_span=3)
    assert rows(table)[2:] == [["1.1", "Ban hành kế\nhoạch năm", "0,2439/1"], ["1.2", "Báo cáo", "1"]]


def test_markdown_tables_headings_and_lists() -> None:
    text = "## Kết quả\n\n* mục một\n* mục hai\n\n"
    text += "| Mã | Tên |\n|---|:---:|\n| 1.1 | **Kế hoạch** |\n| 1\\.2 | a \\| b |\n---\nHết"
    assert blocks_of(text) == [
        "Kết quả",
        "- mục một",
        "- mục hai",
        [["Mã", "Tên"], ["1.1", "Kế hoạch"], ["1.2", "a | b"]],
        "Hết",
    ]
    document = read(text)
    table = document.pages[0].blocks[3]
    assert isinstance(table, Table)
    assert [cell.bold for cell in table.cells] == [False, False, False, True, False, False]


def test_inline_markup_becomes_style() -> None:
    document = read(
        "**ỦY BAN NHÂN DÂN\nHUYỆN A**\n\n<p>Đạt <b>9/10</b>&nbsp;điểm<br>(*do Phòng X*)</p><ul><li>một</li></ul>"
    )
    blocks = document.pages[0].blocks
    assert shape(blocks) == ["ỦY BAN NHÂN DÂN", "HUYỆN A", "Đạt 9/10 điểm", "(do Phòng X)", "- một"]
    assert [getattr(block, "bold", None) for block in blocks] == [True, True, False, False, False]
    assert [(run.text, run.italic) for run in blocks[3].runs] == [("(", False), ("do Phòng X", True), (")", False)]


@pytest.mark.parametrize(
    "line", ["đạt từ 75% - <90% hồ sơ", "2 * 3 * 4", "Ghi chú (*)", "-----***-----", "Số: ____/BC-UBND", "b/a=0,25<0,7"]
)
def test_signs_that_are_no_markup_stay(line: str) -> None:
    assert blocks_of(line) == [line]


def test_wrapped_lines_are_joined_and_own_lines_are_kept() -> None:
    text = (
        "Số: 12 /UBND – NV\nVề việc khắc phục\ncông tác năm 2019\n\nKính gửi:\n- Phòng A;\n- Phòng B.\na) mục\nb) mục"
    )
    assert blocks_of(text) == [
        "Số: 12 /UBND – NV",
        "Về việc khắc phục công tác năm 2019",
        "Kính gửi:",
        "- Phòng A;",
        "- Phòng B.",
        "a) mục",
        "b) mục",
    ]


def test_a_sentence_cut_by_the_page_end_goes_on() -> None:
    first = "Yêu cầu các phòng, đơn vị thuộc huyện tổ chức thực hiện nhiệm vụ của năm sau đạt"
    assert blocks_of(f"{first}\n\nkết quả tốt nhất.") == [f"{first} kết quả tốt nhất."]
    assert blocks_of("Kết quả\n\nđạt được") == ["Kết quả", "đạt được"]


def test_a_letterhead_with_tabs_is_prose_read_column_by_column() -> None:
    text = "UBND TỈNH A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc"
    expected = ["UBND TỈNH A", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert blocks_of(text) == expected


def test_html_tables_inside_text() -> None:
    text = "Bảng\n<table><tr><td rowspan=2>1</td><td>a</td></tr>\n<tr><td>b</td></tr></table>\nHết"
    assert blocks_of(text) == ["Bảng", [["1", "a"], ["", "b"]], "Hết"]


@pytest.mark.parametrize(
    ("data", "text", "warnings"),
    [
        ("Tuần Giáo".encode("utf-8-sig"), "Tuần Giáo", ()),
        ("Tuần Giáo".encode("utf-16"), "Tuần Giáo", ()),
        ("Tuần Giáo, điểm 1".encode("utf-16-le"), "Tuần Giáo, điểm 1", ()),
        (b"Tu\xe2\xccn Gi\xe1o", "Tuần Giáo", ("decoded-as:cp1258",)),
        (b"C\xe9ng h\xdfa x\xb7 h\xe9i", "Céng hßa x· héi", ("decoded-as:legacy-bytes",)),
    ],
)
def test_encodings(data: bytes, text: str, warnings: tuple[str, ...]) -> None:
    document = read(data)
    assert (shape(document.pages[0].blocks), document.warnings) == ([text], warnings)


@given(st.text(alphabet="a1Đ \t\n|*<>/bp-.,", max_size=80))
@example("<a 1>")
def test_any_text_is_read_and_no_letter_of_words_is_lost(text: str) -> None:
    document = read(text)
    seen = "".join(cell for block in shape(document.pages[0].blocks) for cell in _texts(block))
    assert seen.count("Đ") == text.count("Đ")
    assert seen.count("1") == text.count("1")


def _texts(block: str | list[list[str]]) -> list[str]:
    return [block] if isinstance(block, str) else [cell for row in block for cell in row]


@pytest.mark.skipif(not REPORTS.exists(), reason="../shared is absent")
def test_the_tables_of_the_real_reports() -> None:
    shapes = {}
    for name in ("000", "001", "003"):
        document = read_text(Source.open(REPORTS / f"{name}.txt"))
        shapes[name] = [(block.rows, block.columns) for block in document.blocks() if isinstance(block, Table)]
    assert shapes == {
        "000": [],
        "001": [(5, 9), (5, 9), (5, 9), (6, 9)],
        "003": [(6, 6), (12, 6), (15, 6), (12, 6), (10, 6)],
    }


def test_a_table_drawn_with_signs_is_read_by_its_borders() -> None:
    drawn = "+-----+----------+------+\n| TT  | Tiêu chí | Điểm |\n+=====+==========+======+\n"
    drawn += "| 1.1 | Kế hoạch | 0,5  |\n|     | năm      |      |\n+-----+----------+------+\n"
    (made,) = text_blocks(drawn)
    assert isinstance(made, Table)
    assert [cell.text for cell in made.cells] == ["TT", "Tiêu chí", "Điểm", "1.1", "Kế hoạch\nnăm", "0,5"]


def test_columns_lined_up_with_blanks_are_a_table() -> None:
    lines = ["TT    Tiêu chí     Điểm", "1.1   Kế hoạch     0,5", "      năm 2022", "1.2   Báo cáo        1"]
    made, prose = text_blocks("\n".join([*lines, "", "Lưu: VT."]))
    assert isinstance(made, Table)
    texts = ["TT", "Tiêu chí", "Điểm", "1.1", "Kế hoạch\nnăm 2022", "0,5", "1.2", "Báo cáo", "1"]
    assert [cell.text for cell in made.cells] == texts
    assert isinstance(prose, Paragraph)
