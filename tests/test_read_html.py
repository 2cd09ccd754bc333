"""Web pages, and documents that Word saved as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import Block, Document, Paragraph, Table
from extract.source import Source
from extract.web.read_html import read_html
from normalize.errors import UnsafeFile

WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><style>p{}</style>
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head><body>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Ban hành
kế hoạch<o:p></o:p></p>
<p align=center style='text-align:center'><b>KẾT QUẢ<br>chấm điểm</b></p>
<table border=1><tr><td rowspan=2>TT</td><td colspan=2><p><b>Điểm</b></p></td></tr>
<tr><td>Chuẩn</td><td>Đạt</td></tr>
<tr><td>1</td><td>2,00</td><td>1<sup>1</sup></td></tr>
<![if !supportMisalignedColumns]><tr height=0><td width=50></td><td></td><td></td></tr><![endif]></table>
</body></html>"""


def read(text: str | bytes) -> Document:
    return read_html(Source.of(text if isinstance(text, bytes) else text.encode(), Path("a.doc")))


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def places(table: Block) -> list[tuple[int, int, int, int, str]]:
    assert isinstance(table, Table)
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def test_a_page_saved_by_word() -> None:
    first, title, table = read(WORD_PAGE).pages[0].blocks
    assert isinstance(first, Paragraph)
    assert isinstance(title, Paragraph)
    assert first.text == "1.1.   Ban hành kế hoạch"
    assert (title.text, title.bold, title.align) == ("KẾT QUẢ chấm điểm", True, "center")
    assert places(table) == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 1, 2, "Điểm"),
        (1, 1, 1, 1, "Chuẩn"),
        (1, 2, 1, 1, "Đạt"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "2,00"),
        (2, 2, 1, 1, "1¹"),
    ]
    assert [cell.bold for cell in table.cells if cell.row == 0] == [False, True]  # type: ignore[union-attr]


def test_lists_hidden_text_and_entities() -> None:
    page = read(
        "<body><ol start=3><li>ba<li value=7>bảy</ol><ul><li>ý</ul><ol type=a><li>x</ol>"
        "<p style='display:none'>ẩn</p><p>75% &lt; 90%&nbsp;<del>bỏ</del><ins>thêm</ins></p><script>x</script>"
    )
    assert texts(page.pages[0].blocks) == ["3. ba", "7. bảy", "- ý", "a. x", "75% < 90% thêm"]
    assert page.warnings == ("hidden-text",)


def test_tables_that_lay_out_a_page_are_taken_apart() -> None:
    inner = "<table border=1><tr><td>1<td>a<tr><td>2<td>b</table>"
    page = read(
        "<table><tr><td>UBND TỈNH A<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</table>"
        f"<table><tr><td>Đầu trang</td></tr><tr><td>{inner}</td></tr></table>"
    )
    blocks = page.pages[0].blocks
    assert texts(blocks) == [
        "UBND TỈNH A",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đầu trang",
    ]
    assert [len(block.cells) for block in blocks if isinstance(block, Table)] == [4]


def test_nested_tables_and_rows_that_never_end() -> None:
    (table,) = (
        read("<table border=1><tr><td rowspan=0>a<td>b<tr><td><table><tr><td>x<td>1</table></table>").pages[0].blocks
    )
    assert places(table) == [(0, 0, 2, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "x\t1")]


@pytest.mark.parametrize(
    ("data", "text", "warnings"),
    [
        ("<p>Tuần Giáo</p>".encode("utf-16"), "Tuần Giáo", ()),
        (b"<meta charset=windows-1258><p>Tu\xe2\xccn Gi\xe1o</p>", "Tuần Giáo", ("decoded-as:cp1258",)),
        (b"<meta charset=x-user-defined><p>C\xe9ng h\xdfa x\xb7</p>", "Céng hßa x·", ("decoded-as:legacy-bytes",)),
        ("<meta charset=windows-1252><p>Tuần Giáo</p>".encode(), "Tuần Giáo", ()),
        (b"<meta charset=windows-1252><p>Tu&#7847;n Gi\xe1o</p>", "Tuần Giáo", ("decoded-as:legacy-bytes",)),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html;"
            b" charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>Tu=E1=BA=A7n Gi=C3=A1o</p>\n--x--",
            "Tuần Giáo",
            (),
        ),
    ],
)
def test_encodings(data: bytes, text: str, warnings: tuple[str, ...]) -> None:
    page = read(data)
    assert (texts(page.pages[0].blocks), page.warnings) == ([text], warnings)


def test_a_table_no_report_holds_is_refused() -> None:
    with pytest.raises(UnsafeFile) as caught:
        read("<table><tr>" + "<td>1</td>" * 1000 + "</tr></table>")
    assert caught.value.reason == "too-many-columns"
