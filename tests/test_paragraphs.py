"""Lines to paragraphs, columns and running heads, from words with boxes alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.document import Word
from extract.layout.gutters import columns_of
from extract.layout.paragraphs import Line, Piece, lines_of, paragraphs_of
from extract.layout.running_heads import PageLines, running_lines
from normalize.place import Box

WIDE = 5.0  # a letter


def line(x: float, top: float, words: str, bold: bool = False, size: float = 10) -> list[Piece]:
    pieces = []
    for word in words.split():
        box = Box(x, top, x + WIDE * len(word), top + size)
        pieces.append(Piece(Word(word, box), box, size, bold))
        x = box.x1 + 3
    return pieces


def lines(*rows: Sequence[Piece]) -> tuple[Line, ...]:
    return lines_of([piece for row in rows for piece in row])


def texts(found: Sequence[Line]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(found, 1)]


def test_words_of_neighbouring_columns_do_not_pull_two_lines_together() -> None:
    found = lines(line(50, 100, "trái một"), line(300, 105, "phải một"), line(50, 112, "trái hai"))
    assert [one.text for one in found] == ["trái một phải một", "trái hai"]


def test_wrapped_lines_are_one_paragraph_and_an_indented_sentence_begins_another() -> None:
    found = lines(
        line(70, 100, "Đơn vị đạt chín điểm trên mười điểm"),
        line(50, 113, "của lĩnh vực chỉ đạo, điều hành có số"),
        line(50, 126, "điểm trừ là một."),
        line(70, 139, "Phòng Nội vụ theo dõi, đôn đốc chung"),
        line(50, 152, "trong năm."),
    )
    assert texts(found) == [
        "Đơn vị đạt chín điểm trên mười điểm của lĩnh vực chỉ đạo, điều hành có số điểm trừ là một.",
        "Phòng Nội vụ theo dõi, đôn đốc chung trong năm.",
    ]


def test_list_items_and_bold_headings_begin_paragraphs() -> None:
    found = lines(
        line(50, 100, "1. Cải cách thể chế:", bold=True),
        line(50, 113, "- Chậm ban hành văn bản quy phạm pháp luật;"),
        line(50, 126, "- Chưa tự kiểm tra văn bản do xã ban hành và"),
        line(50, 139, "không báo cáo."),
        line(50, 152, "2. Thủ tục hành chính", bold=True),
    )
    assert texts(found) == [
        "1. Cải cách thể chế:",
        "- Chậm ban hành văn bản quy phạm pháp luật;",
        "- Chưa tự kiểm tra văn bản do xã ban hành và không báo cáo.",
        "2. Thủ tục hành chính",
    ]


def test_a_number_at_the_start_of_a_wrapped_line_is_no_label() -> None:
    found = lines(
        line(50, 100, "Công tác tuyên truyền cải cách hành chính bị trừ"),
        line(50, 113, "0.5 điểm do chậm báo cáo."),
    )
    assert texts(found) == ["Công tác tuyên truyền cải cách hành chính bị trừ 0.5 điểm do chậm báo cáo."]


def test_the_texts_of_the_runs_make_the_paragraph() -> None:
    found = lines(line(50, 100, "báo cáo trước"), line(120, 100, "ngày 29/02", bold=True))
    (paragraph,) = paragraphs_of(found, 1)
    assert [(run.text, run.bold) for run in paragraph.runs] == [("báo cáo trước ", False), ("ngày 29/02", True)]


@pytest.mark.parametrize("step", [0, 4])
def test_two_columns_are_read_one_after_the_other_whatever_their_heights(step: float) -> None:
    found = lines(
        line(60, 100, "ỦY BAN NHÂN DÂN", True),
        line(300, 100, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", True),
        line(75, 114, "XÃ SAM MỨN", True),
        line(310, 114 + step, "Độc lập - Tự do - Hạnh phúc", True),
        line(50, 170, "Thực hiện Kế hoạch của huyện, xã báo cáo kết quả tự chấm điểm như sau đây:", size=11),
    )
    assert [[one.text for one in column] for column in columns_of(found)] == [
        ["ỦY BAN NHÂN DÂN", "XÃ SAM MỨN"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Độc lập - Tự do - Hạnh phúc"],
        ["Thực hiện Kế hoạch của huyện, xã báo cáo kết quả tự chấm điểm như sau đây:"],
    ]


def test_names_with_numbers_behind_them_stay_together() -> None:
    rows = [
        line(50, 100, "Chỉ đạo, điều hành") + line(300, 100, "9/10"),
        line(50, 114, "Thể chế") + line(300, 114, "6/6,5"),
        line(50, 128, "Thủ tục hành chính") + line(300, 128, "12,96/13,5"),
    ]
    (column,) = columns_of(lines(*rows))
    assert [one.text for one in column] == [
        "Chỉ đạo, điều hành 9/10",
        "Thể chế 6/6,5",
        "Thủ tục hành chính 12,96/13,5",
    ]


def test_page_numbers_and_running_heads_are_told_from_text() -> None:
    pages = [
        PageLines(
            number,
            600,
            800,
            lines(
                line(298, 20, str(number)), line(50, 40, "Phụ lục II"), line(50, 70, body), line(50, 400, "Nội dung")
            ),
        )
        for number, body in ((1, "12,5"), (2, "Tổng cộng"), (3, "100"))
    ]
    assert running_lines(pages) == (frozenset({0, 1}), frozenset({0, 1}), frozenset({0, 1}))


def test_a_lone_total_in_the_margin_of_one_page_is_text() -> None:
    page = PageLines(1, 600, 800, lines(line(50, 100, "Điểm của huyện"), line(480, 760, "82")))
    assert running_lines([page]) == (frozenset(),)


def test_a_block_of_two_columns_never_reaches_into_the_block_above_it() -> None:
    scraps = [(190, 70, 0), (330, 50, 0), (310, 60, 20), (260, 150, 40), (70, 100, 40)]
    boxes = [Box(x, top, x + wide, top + 12) for x, wide, top in scraps]
    found = lines_of([Piece(Word(word, box), box, 12) for word, box in zip("abcde", boxes, strict=True)])
    assert [[one.text for one in column] for column in columns_of(found)] == [["a"], ["b", "c"], ["e d"]]
