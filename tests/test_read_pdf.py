"""Typed PDF: tables whole, prose in reading order, what belongs to the paper set aside."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from pdf_pages import centred, drawn, grid, level, line, needs_fonts, prose, read, rotated, tables, text, upright


@needs_fonts
def test_spans_follow_the_rulings() -> None:
    def page(canvas: Any) -> None:
        level(canvas, (100, 140, 180), 50, 450)
        level(canvas, (120,), 250, 450)
        level(canvas, (160,), 150, 450)
        upright(canvas, (50, 150, 250, 450), 100, 180)
        upright(canvas, (350,), 120, 180)
        text(canvas, 55, 112, "Lĩnh vực")
        text(canvas, 155, 112, "Tiêu chí")
        text(canvas, 300, 112, "Điểm")
        text(canvas, 255, 133, "Tối đa")
        text(canvas, 355, 133, "Đạt")
        text(canvas, 55, 152, "1")
        text(canvas, 155, 152, "1.4")
        text(canvas, 255, 152, "2,00")
        text(canvas, 355, 152, "1,50")
        text(canvas, 155, 172, "1.5")
        text(canvas, 355, 172, "- 0,5")

    (table,) = tables(read(drawn(page)))
    assert (table.rows, table.columns) == (4, 4)
    assert grid(table) == [
        (0, 0, 2, 1, "Lĩnh vực"),
        (0, 1, 2, 1, "Tiêu chí"),
        (0, 2, 1, 2, "Điểm"),
        (1, 2, 1, 1, "Tối đa"),
        (1, 3, 1, 1, "Đạt"),
        (2, 0, 2, 1, "1"),
        (2, 1, 1, 1, "1.4"),
        (2, 2, 1, 1, "2,00"),
        (2, 3, 1, 1, "1,50"),
        (3, 1, 1, 1, "1.5"),
        (3, 2, 1, 1, ""),
        (3, 3, 1, 1, "- 0,5"),
    ]
    cell = table.cells[7]
    assert cell.place.page == 1
    assert [word.text for word in cell.words] == ["2,00"]
    assert cell.words[0].box.x0 == pytest.approx(255, abs=0.1)


@needs_fonts
def test_a_number_cut_by_the_line_end_of_its_cell_stays_in_two_lines() -> None:
    def page(canvas: Any) -> None:
        level(canvas, (100, 140), 50, 250)
        upright(canvas, (50, 110, 250), 100, 140)
        text(canvas, 52, 113, "0,2439/1")
        text(canvas, 52, 126, ",5 điểm")
        text(canvas, 115, 113, "Văn phòng HĐND-")
        text(canvas, 115, 126, "UBND")

    (table,) = tables(read(drawn(page)))
    assert grid(table) == [(0, 0, 1, 1, "0,2439/1\n,5 điểm"), (0, 1, 1, 1, "Văn phòng HĐND-\nUBND")]


@needs_fonts
def test_rows_cut_by_the_page_end_are_kept_though_their_line_is_missing() -> None:
    def first(canvas: Any) -> None:
        text(canvas, 50, 80, "Bảng tổng hợp điểm thẩm định của các xã.")
        level(canvas, (700, 720), 50, 450)
        upright(canvas, (50, 150, 450), 700, 760)
        text(canvas, 55, 713, "1.1")
        text(canvas, 155, 713, "0,5")
        text(canvas, 55, 735, "1.2")
        text(canvas, 155, 735, "Ban hành kế hoạch")

    def second(canvas: Any) -> None:
        centred(canvas, 297, 40, "2")
        upright(canvas, (50, 150, 450), 60, 120)
        level(canvas, (90, 120), 50, 450)
        text(canvas, 155, 75, "chưa kịp thời")
        text(canvas, 55, 105, "1.3")

    document = read(drawn(first, second))
    one, two = tables(document)
    assert grid(one) == [
        (0, 0, 1, 1, "1.1"),
        (0, 1, 1, 1, "0,5"),
        (1, 0, 1, 1, "1.2"),
        (1, 1, 1, 1, "Ban hành kế hoạch"),
    ]
    assert grid(two) == [
        (0, 0, 1, 1, ""),
        (0, 1, 1, 1, "chưa kịp thời"),
        (1, 0, 1, 1, "1.3"),
        (1, 1, 1, 1, ""),
    ]
    assert (one.starts_page, one.ends_page) == (False, True)
    assert (two.starts_page, two.ends_page) == (True, True)
    assert [paragraph.text for paragraph in document.pages[1].running] == ["2"]


@needs_fonts
@pytest.mark.parametrize("form", ["dots", "thin rectangles", "double lines", "inner lines only"])
def test_forms_of_ruling(form: str) -> None:
    xs, ys = (50.0, 150.0, 250.0, 350.0), (100.0, 120.0, 140.0)

    def page(canvas: Any) -> None:
        for index, y in enumerate(ys):
            if form == "dots":
                for step in range(int((xs[-1] - xs[0]) / 3)):
                    line(canvas, xs[0] + 3 * step, y, xs[0] + 3 * step + 1, y)
            elif form == "thin rectangles":
                for left, right in pairwise(xs):
                    canvas.rect(left + 0.2, 842 - y, right - left - 0.4, 0.6, stroke=0, fill=1)
            elif form == "double lines":
                level(canvas, (y, y + 2), xs[0], xs[-1])
            elif index == 1:
                level(canvas, (y,), xs[0], xs[-1])
        for index, x in enumerate(xs):
            if form == "dots":
                for step in range(int((ys[-1] - ys[0]) / 3)):
                    line(canvas, x, ys[0] + 3 * step, x, ys[0] + 3 * step + 1)
            elif form == "thin rectangles":
                canvas.rect(x, 842 - ys[-1], 0.6, ys[-1] - ys[0], stroke=0, fill=1)
            elif form == "double lines":
                upright(canvas, (x, x + 2), ys[0], ys[-1])
            elif 0 < index < 3:
                upright(canvas, (x,), ys[0], ys[-1])
        for row, y in enumerate(ys[:-1]):
            for column, x in enumerate(xs[:-1]):
                text(canvas, x + 5, y + 13, f"ô {row}{column}")

    (table,) = tables(read(drawn(page)))
    assert grid(table) == [(row, column, 1, 1, f"ô {row}{column}") for row in range(2) for column in range(3)]


@needs_fonts
def test_letterhead_and_signature_are_read_column_by_column() -> None:
    def page(canvas: Any) -> None:
        centred(canvas, 150, 60, "ỦY BAN NHÂN DÂN", "SansB")
        centred(canvas, 410, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SansB")
        centred(canvas, 150, 75, "XÃ THANH AN", "SansB")
        centred(canvas, 410, 76, "Độc lập - Tự do - Hạnh phúc", "SansB")
        line(canvas, 340, 79, 480, 79)
        centred(canvas, 150, 100, "Số: 12/BC-UBND")
        centred(canvas, 410, 102, "Thanh An, ngày 5 tháng 1 năm 2024")
        centred(canvas, 297, 140, "BÁO CÁO", "SansB", 12)
        text(canvas, 80, 170, "Tổng điểm tự đánh giá của xã năm 2023 là 82,5 điểm, tăng 1,5 điểm so với")
        text(canvas, 50, 184, "năm 2022.")
        text(canvas, 50, 230, "Nơi nhận:", "SansB", 9)
        centred(canvas, 430, 230, "TM. ỦY BAN NHÂN DÂN", "SansB")
        text(canvas, 50, 243, "- Phòng Nội vụ;", size=9)
        centred(canvas, 430, 245, "CHỦ TỊCH", "SansB")
        text(canvas, 50, 255, "- Lưu: VT.", size=9)
        centred(canvas, 430, 320, "Lò Văn Minh", "SansB")

    document = read(drawn(page))
    assert prose(document) == [
        "ỦY BAN NHÂN DÂN XÃ THANH AN",
        "Số: 12/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Thanh An, ngày 5 tháng 1 năm 2024",
        "BÁO CÁO",
        "Tổng điểm tự đánh giá của xã năm 2023 là 82,5 điểm, tăng 1,5 điểm so với năm 2022.",
        "Nơi nhận:",
        "- Phòng Nội vụ;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lò Văn Minh",
    ]
    assert tables(document) == []


@needs_fonts
def test_a_paragraph_cut_by_the_page_end_is_one_and_heads_and_numbers_are_set_aside() -> None:
    def page(number: int, words: str) -> Any:
        def draw(canvas: Any) -> None:
            centred(canvas, 297, 30, str(number))
            text(canvas, 50, 45, "Phụ lục điểm số của các xã", size=8)
            text(canvas, 50, 100, words)

        return draw

    document = read(
        drawn(
            page(1, "Công tác tuyên truyền của các xã trong năm đạt 0,75 điểm và"),
            page(2, "bị trừ 0,25 điểm."),
            page(3, "Công tác khác không bị trừ."),
        )
    )
    assert prose(document) == [
        "Công tác tuyên truyền của các xã trong năm đạt 0,75 điểm và bị trừ 0,25 điểm.",
        "Công tác khác không bị trừ.",
    ]
    running = [[paragraph.text for paragraph in one.running] for one in document.pages]
    assert running == [[str(number), "Phụ lục điểm số của các xã"] for number in (1, 2, 3)]


@needs_fonts
def test_footnotes_are_set_aside_and_do_not_part_a_paragraph() -> None:
    def first(canvas: Any) -> None:
        text(canvas, 50, 100, "Xã không có sáng kiến được huyện công nhận trong năm theo quyết định đã ban hành")
        line(canvas, 50, 760, 194, 760)
        text(canvas, 50, 772, "1 Quyết định số 12/QĐ-UBND ngày 5/1/2024 của Ủy ban nhân dân huyện", size=7)

    def second(canvas: Any) -> None:
        text(canvas, 50, 100, "nên bị trừ 0,5 điểm")
        text(canvas, 50, 130, "a) Giải pháp")

    document = read(drawn(first, second))
    assert prose(document) == [
        "Xã không có sáng kiến được huyện công nhận trong năm theo quyết định đã ban hành nên bị trừ 0,5 điểm",
        "a) Giải pháp",
    ]
    assert [note.text for note in document.pages[0].notes] == [
        "1 Quyết định số 12/QĐ-UBND ngày 5/1/2024 của Ủy ban nhân dân huyện"
    ]


@needs_fonts
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_rotated_page_has_the_places_a_person_sees(angle: int) -> None:
    def page(canvas: Any) -> None:
        if angle == 90:
            canvas.translate(595, 0)
            canvas.rotate(90)
        elif angle == 270:
            canvas.translate(0, 842)
            canvas.rotate(-90)
        else:
            canvas.translate(595, 842)
            canvas.rotate(180)
        top = 842 if angle == 180 else 595
        canvas.drawString(60, top - 113, "1.4.2")
        canvas.drawString(160, top - 113, "0,75/1")
        for y in (100, 120):
            canvas.line(50, top - y, 250, top - y)
        for x in (50, 150, 250):
            canvas.line(x, top - 100, x, top - 120)

    document = read(rotated(drawn(page), angle))
    (table,) = tables(document)
    assert (document.pages[0].width, document.pages[0].height) == ((595, 842) if angle == 180 else (842, 595))
    assert grid(table) == [(0, 0, 1, 1, "1.4.2"), (0, 1, 1, 1, "0,75/1")]
    box = table.cells[1].place.box
    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((150, 100, 250, 120), abs=0.5)


@needs_fonts
def test_turned_column_headings_are_read_upright() -> None:
    def page(canvas: Any) -> None:
        level(canvas, (100, 200, 220), 50, 210)
        upright(canvas, (50, 130, 170, 210), 100, 220)
        text(canvas, 55, 150, "Tiêu chí")
        text(canvas, 55, 213, "1.1")
        text(canvas, 135, 213, "1,0")
        text(canvas, 175, 213, "0,5")
        for x, words in ((150, ("Điểm", "tối đa")), (190, ("Điểm đạt",))):
            for index, word in enumerate(words):
                canvas.saveState()
                canvas.translate(x + 12 * index, 842 - 190)
                canvas.rotate(90)
                canvas.drawString(0, 0, word)
                canvas.restoreState()

    (table,) = tables(read(drawn(page)))
    assert grid(table) == [
        (0, 0, 1, 1, "Tiêu chí"),
        (0, 1, 1, 1, "Điểm\ntối đa"),
        (0, 2, 1, 1, "Điểm đạt"),
        (1, 0, 1, 1, "1.1"),
        (1, 1, 1, 1, "1,0"),
        (1, 2, 1, 1, "0,5"),
    ]


@needs_fonts
def test_aligned_columns_without_rulings_are_a_table_and_prose_is_not() -> None:
    def page(canvas: Any) -> None:
        text(canvas, 50, 80, "Kết quả điểm của các xã như sau:")
        for row, (name, top, own) in enumerate(
            (("Xã Thanh An", "82,5", "80,25"), ("Xã Noong Hẹt", "81,0", "79,5"), ("Xã Sam Mứn", "79,25", "78,0"))
        ):
            text(canvas, 55, 110 + 15 * row, str(row + 1))
            text(canvas, 90, 110 + 15 * row, name)
            text(canvas, 250, 110 + 15 * row, top)
            text(canvas, 350, 110 + 15 * row, own)
        text(canvas, 50, 180, "Các xã có điểm thấp phải báo cáo nguyên nhân và giải pháp trước ngày 30/6.")

    document = read(drawn(page))
    (table,) = tables(document)
    assert [cell.text for cell in table.cells] == [
        *("1", "Xã Thanh An", "82,5", "80,25"),
        *("2", "Xã Noong Hẹt", "81,0", "79,5"),
        *("3", "Xã Sam Mứn", "79,25", "78,0"),
    ]
    assert prose(document) == [
        "Kết quả điểm của các xã như sau:",
        "Các xã có điểm thấp phải báo cáo nguyên nhân và giải pháp trước ngày 30/6.",
    ]


@needs_fonts
def test_a_note_mark_does_not_lengthen_a_number_and_underlines_are_no_rulings() -> None:
    def page(canvas: Any) -> None:
        level(canvas, (100, 120), 50, 250)
        upright(canvas, (50, 150, 250), 100, 120)
        text(canvas, 55, 113, "12,5")
        text(canvas, 55 + canvas.stringWidth("12,5", "Sans", 10), 109, "1", size=6)
        text(canvas, 151.5, 113, "Ghi chú của hội đồn")
        line(canvas, 151.5, 114.5, 151.5 + canvas.stringWidth("Ghi chú của hội đồn", "Sans", 10), 114.5)

    (table,) = tables(read(drawn(page)))
    assert grid(table) == [(0, 0, 1, 1, "12,5¹"), (0, 1, 1, 1, "Ghi chú của hội đồn")]


@needs_fonts
def test_a_word_written_in_two_fonts_and_out_of_order_is_one_word() -> None:
    def page(canvas: Any) -> None:
        wide = canvas.stringWidth("Ủ", "SansB", 10)
        text(canvas, 50 + wide, 100, "Y BAN c")
        after = 50 + wide + canvas.stringWidth("Y BAN c", "Sans", 10)
        text(canvas, after, 100, "ủ", "SansB")
        text(canvas, after + canvas.stringWidth("ủ", "SansB", 10), 100, "a xã")
        text(canvas, 50, 100, "Ủ", "SansB")

    assert prose(read(drawn(page))) == ["ỦY BAN của xã"]
