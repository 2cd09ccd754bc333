"""Word files: what the page shows, whatever the markup behind it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from word_files import NAMESPACES, p, places, r, read, source_of, table, tbl, tc, texts, tr, zip_bytes

from extract.document import Block, Cell, Paragraph, Run, Table
from extract.office.read_docx import read_docx
from extract.plain.read_text import read_text
from extract.source import Source

REPORTS = Path(__file__).parents[2] / "shared" / "reports"


# tables


def test_spans_of_columns_and_rows() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    made = table(
        tbl(
            tr(tc(p("TT"), restart), tc(p("Điểm"), '<w:gridSpan w:val="2"/>')),
            tr(tc(p(""), go_on), tc(p("Chuẩn")), tc(p("Đạt"))),
            tr(tc(p("1")), tc(p("2,00")), tc(p("1,50"))),
        )
    )
    assert (made.rows, made.columns) == (3, 3)
    assert places(made) == [
        (0, 0, 2, 1, "TT"),
        (0, 1, 1, 2, "Điểm"),
        (1, 1, 1, 1, "Chuẩn"),
        (1, 2, 1, 1, "Đạt"),
        (2, 0, 1, 1, "1"),
        (2, 1, 1, 1, "2,00"),
        (2, 2, 1, 1, "1,50"),
    ]


def test_cells_before_the_row_horizontal_merge_and_content_controls() -> None:
    made = table(
        tbl(
            tr(tc(p("a"), '<w:hMerge w:val="restart"/>'), tc(p(""), '<w:hMerge w:val="continue"/>'), tc(p("b"))),
            tr(tc(p("c")), tc(p("d")), properties='<w:gridBefore w:val="1"/>'),
            "<w:sdt><w:sdtContent>" + tr(tc(p("e")), f"<w:sdt><w:sdtContent>{tc(p('f'))}</w:sdtContent></w:sdt>")
            + "</w:sdtContent></w:sdt>",
        )
    )  # fmt: skip
    assert places(made) == [
        (0, 0, 1, 2, "a"),
        (0, 2, 1, 1, "b"),
        (1, 1, 1, 1, "c"),
        (1, 2, 1, 1, "d"),
        (2, 0, 1, 1, "e"),
        (2, 1, 1, 1, "f"),
    ]


def test_a_continued_cell_without_a_beginning_is_a_cell() -> None:
    made = table(tbl(tr(tc(p("a"), "<w:vMerge/>"), tc(p("b"))), tr(tc(p(""), "<w:vMerge/>"), tc(p("c")))))
    assert places(made) == [(0, 0, 2, 1, "a"), (0, 1, 1, 1, "b"), (1, 1, 1, 1, "c")]


def test_nested_tables_stand_in_their_cell() -> None:
    inner = tbl(tr(tc(p("x")), tc(p("1"))), tr(tc(p("y")), tc(p("2"))))
    made = table(tbl(tr(tc(p("trước") + inner + p("sau")), tc(p("b")))))
    assert made.cells[0].text == "trước\nx\t1\ny\t2\nsau"
    assert [places(nested) for nested in made.cells[0].nested] == [
        [(0, 0, 1, 1, "x"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "y"), (1, 1, 1, 1, "2")]
    ]


def test_a_cell_is_bold_if_all_that_is_seen_of_it_is() -> None:
    mixed = f"<w:p>{r('a', '<w:b/>')}{r('b')}</w:p>"
    whole = f"<w:p>{r('a', '<w:b/>')}{r(' ')}{r('b', '<w:b/>')}</w:p>"
    made = table(tbl(tr(tc(mixed), tc(whole), tc(p("")))))
    assert [cell.bold for cell in made.cells] == [False, True, False]


def test_a_letterhead_table_is_prose_column_by_column() -> None:
    left = p("UBND HUYỆN A") + p("Số: 5 /BC-UBND") + p("Về việc khắc phục") + p("công tác năm 2019")
    right = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc")
    assert texts(tbl(tr(tc(left), tc(right)))) == [
        "UBND HUYỆN A",
        "Số: 5 /BC-UBND",
        "Về việc khắc phục công tác năm 2019",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_a_frame_around_a_text_is_no_table() -> None:
    assert texts(tbl(tr(tc(p("Trong khung"))))) == ["Trong khung"]


def test_a_table_of_python_docx_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = docx.Document()
    made = written.add_table(rows=2000, cols=6)
    for number, row in enumerate(made._tbl.tr_lst):
        for column, cell in enumerate(row.tc_lst):
            cell.p_lst[0].add_r().text = f"{number}.{column}"
    path = tmp_path / "to.docx"
    written.save(str(path))
    block = read_docx(Source.open(path)).pages[0].blocks[0]
    expected = tuple(Cell(row, column, f"{row}.{column}") for row in range(2000) for column in range(6))
    assert block == Table(2000, 6, expected)


# tracked changes


def test_tracked_changes_are_accepted() -> None:
    body = (
        f"<w:p>{r('Đạt ')}<w:del><w:r><w:delText>8</w:delText></w:r></w:del><w:ins>{r('9')}</w:ins>{r('/10')}"
        f"<w:moveFrom>{r(' đi')}</w:moveFrom><w:moveTo>{r(' đến')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('nối')}</w:p>{p(' liền')}"
    )
    assert texts(body) == ["Đạt 9/10 đến", "nối liền"]


def test_deleted_rows_are_gone() -> None:
    made = table(
        tbl(
            tr(tc(p("a")), tc(p("1"))),
            tr(tc(p("b")), tc(p("2")), properties="<w:del/>"),
            tr(tc(p("c")), tc(p("3")), properties="<w:ins/>"),
        )
    )
    assert places(made) == [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "c"), (1, 1, 1, 1, "3")]


# what stands around the text


def test_notes_and_running_heads_are_set_apart() -> None:
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator" w:id="-1">{p("---")}</w:footnote>'
        f'<w:footnote w:id="1">{p("Theo Quyết định 5")}</w:footnote></w:footnotes>'
    )
    head = f"<w:hdr {NAMESPACES}>{p('Phụ lục II')}</w:hdr>"
    body = f'<w:p>{r("Đạt 0,5")}<w:r><w:footnoteReference w:id="1"/></w:r>{r(" điểm")}</w:p>'
    page = read(body, footnotes=notes, header=head, footer=head.replace("hdr", "ftr")).pages[0]
    assert [block.text for block in page.blocks if isinstance(block, Paragraph)] == ["Đạt 0,5 điểm"]
    assert [note.text for note in page.notes] == ["Theo Quyết định 5"]
    assert [line.text for line in page.running] == ["Phụ lục II"]


def test_a_text_box_is_read_once_at_its_anchor() -> None:
    box = f"<w:txbxContent>{p('UBND HUYỆN A')}</w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(p("Trước") + f"<w:p><w:r>{drawing}</w:r>{r('Chữ quanh khung')}</w:p>") == [
        "Trước",
        "UBND HUYỆN A",
        "Chữ quanh khung",
    ]


def test_signs_fields_and_links() -> None:
    body = (
        f'<w:p><w:r><w:t>KT</w:t><w:noBreakHyphen/><w:t>XH</w:t><w:tab/><w:sym w:font="Symbol" w:char="F0B3"/>'
        f'<w:t>90%</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(" mục 2")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"<w:hyperlink>{r(' xem')}</w:hyperlink><w:fldSimple>{r(' 7')}</w:fldSimple></w:p>"
    )
    assert texts(body) == ["KT-XH\t≥90% mục 2 xem 7"]


def test_a_raised_figure_is_no_digit_of_the_number_before_it() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    assert texts(f"<w:p>{r('0,5')}{r('1', raised)}{r(' điểm, km')}{r('2', raised)}</w:p>") == ["0,5¹ điểm, km²"]


def test_fractions_of_formulas_and_check_boxes() -> None:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>17</m:t></m:r></m:num><m:den><m:r><m:t>19</m:t></m:r></m:den></m:f></m:oMath>"
    )
    box = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent/></w:sdt>'
    assert texts(f"<w:p>{r('Tỷ lệ ')}{fraction}</w:p><w:p>{box}{r(' Có')}</w:p>") == ["Tỷ lệ 17/19", "☒ Có"]


def test_what_is_hidden_or_lost_is_told() -> None:
    body = (
        f"<w:p>{r('thấy ')}{r('ẩn', '<w:vanish/>')}</w:p>"
        "<w:p><w:r><w:instrText>EQ \\f(1;2)</w:instrText></w:r></w:p>"
        + tbl(tr(tc(p("a"), '<w:vMerge w:val="restart"/>'), tc(p("b"))), tr(tc(p("che"), "<w:vMerge/>"), tc(p("c"))))
    )
    document = read(body)
    assert document.warnings == ("hidden-text", "field-lost:EQ", "hidden-merged-text")


def test_a_broken_part_beside_the_text_is_told() -> None:
    document = read(p("Điểm"), footnotes="<w:footnotes", styles="<x/>")
    assert document.warnings == ("lost-part:word/footnotes.xml",)


def test_line_breaks_make_lines_and_wrapped_ones_are_joined() -> None:
    body = "<w:p><w:r><w:t>ỦY BAN</w:t><w:br/><w:t>HUYỆN A</w:t><w:br/><w:t>về việc</w:t></w:r></w:p>"
    assert texts(body) == ["ỦY BAN", "HUYỆN A về việc"]


# styles


def test_styles_are_inherited() -> None:
    styles = (
        f'<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:styleId="H"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/>'
        '</w:rPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/><w:rPr><w:rFonts '
        'w:ascii=".VnTime"/></w:rPr></w:style><w:style w:type="character" w:styleId="Manh">'
        "<w:rPr><w:b/></w:rPr></w:style></w:styles>"
    )
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="H2"/></w:pPr>{r("a")}'
        + r("b", '<w:rStyle w:val="Manh"/>') + r("c", '<w:b w:val="0"/><w:i/>') + "</w:p>" + p("d")
    )  # fmt: skip
    blocks = read(body, styles=styles).pages[0].blocks
    assert blocks == (
        Paragraph(
            "abc",
            runs=(
                Run("a", True, False, ".VnTime"),
                Run("b", False, False, ".VnTime"),
                Run("c", False, True, ".VnTime"),
            ),
            align="center",
        ),
        Paragraph("d", runs=(Run("d", font="Arial"),), align="left"),
    )


def test_the_letter_of_the_old_encodings_at_the_soft_hyphen_is_kept() -> None:
    old = '<w:rFonts w:ascii=".VnTime"/>'
    assert texts(f"<w:p><w:r><w:rPr>{old}</w:rPr><w:t>b</w:t><w:softHyphen/><w:t>íc</w:t></w:r></w:p>") == ["b\u00adíc"]
    assert texts("<w:p><w:r><w:t>kế</w:t><w:softHyphen/><w:t>hoạch</w:t></w:r></w:p>") == ["kếhoạch"]


def test_the_strict_form_of_the_standard_is_read() -> None:
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f"<w:document {NAMESPACES.replace(usual, strict)}><w:body>{p('Điểm')}</w:body></w:document>"
    data = zip_bytes({"word/document.xml": document})
    assert list(read_docx(source_of(data)).blocks()) == list(read(p("Điểm")).blocks())


@pytest.mark.skipif(not REPORTS.exists(), reason="../shared is absent")
@pytest.mark.parametrize("name", ["000", "001", "003"])
def test_the_real_reports_say_the_same_in_word_and_text(name: str) -> None:
    def words(blocks: list[Block]) -> list[str]:
        cells = [c.text for b in blocks if isinstance(b, Table) for c in b.cells if c.text]
        return [*sorted(b.text for b in blocks if isinstance(b, Paragraph)), *cells]

    word = read_docx(Source.open(REPORTS / f"{name}.docx"))
    text = read_text(Source.open(REPORTS / f"{name}.txt"))
    assert words(list(word.blocks())) == words(list(text.blocks()))
    assert word.warnings == ()
