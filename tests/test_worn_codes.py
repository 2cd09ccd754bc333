"""Recognised rows of criteria whose code was not read. Every table here is made."""

from __future__ import annotations

from dataclasses import replace

from extract.document import Document, Table
from extract.tables.read_tables import read_tables
from extract.tables.unit_reading import Context
from normalize.records import Result
from tests.tabling import document, table

HEAD: list[str | None] = ["STT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]
GLUED: list[str | None] = ["Tiêu chí", "Điểm tối đa", "Điểm đạt"]
Rows = list[list[str | None]]


def scan(rows: Rows) -> Document:
    made = table(rows)
    cells = tuple(replace(cell, confidence=0.9) for cell in made.cells)
    return document(Table(made.rows, made.columns, cells))


def results(found: Document) -> tuple[Result, ...]:
    (reading,) = read_tables(found, Context("Lạng Sơn", None, "2023-02-01"), 2022).own
    return reading.results


def between(*texts: str) -> list[tuple[str, str, bool]]:
    """Code, score and whether it is doubted of the rows between 7.2.2 and 7.3, whose codes are read as these texts."""
    head: Rows = [
        HEAD,
        ["7", "HIỆN ĐẠI HÓA", "9", "8"],
        ["7.1", "Ứng dụng công nghệ", "2", "2"],
        ["7.2", "Dịch vụ công trực tuyến", "4", "4"],
        ["7.2.1", "Tỷ lệ thủ tục", "1", "1"],
        ["7.2.2", "Tỷ lệ hồ sơ", "1", "1"],
    ]
    rows: Rows = [[text, f"Nội dung thứ {n} của lĩnh vực", "2", "1,5"] for n, text in enumerate(texts)]
    rest: Rows = [["7.3", "Dịch vụ bưu chính", "3", "2"], ["7.4", "Hệ thống chất lượng", "1", "1"]]
    found = results(scan([*head, *rows, *rest]))
    return [
        (str(one.code.value), str(one.score.value), "code-guessed" in one.doubts)
        for one in found[5:-2]
        if one.score is not None
    ]


def test_digits_that_lost_their_dots_are_the_code_that_stands_between() -> None:
    for text in ("72.3", "723.", '"7.2.3:', "7:2.3"):
        assert between(text) == [("7.2.3", "1.5", False)], text
    assert between("72.3", "72.4") == [("7.2.3", "1.5", False), ("7.2.4", "1.5", False)]


def test_where_nothing_was_read_the_only_code_between_is_taken_and_doubted() -> None:
    for text in ("\ufffd", "N", "7.2.?", "?.2.8"):
        assert between(text) == [("7.2.3", "1.5", True)], text


def test_two_unread_rows_are_not_guessed() -> None:
    assert between("\ufffd", "\ufffd") == []


def test_codes_before_names_with_other_signs_behind_them() -> None:
    rows: Rows = [
        GLUED,
        ["4. Tổ chức bộ máy", "9", "8"],
        ["4.1. Thực hiện quy định", "2", "2"],
        ["4.1.1. Sắp xếp tổ chức", "1", "1"],
        ["4.1.2; Cơ cấu số lượng lãnh đạo", "1", "0,5"],
        ["4.2. Quản lý biên chế", "4", "4"],
        ["4.2.1. Tỷ lệ giảm biên chế", "1", "1"],
        ["m Không sử dụng vượt biên chế", "3", "2,5"],
        ["4.2.3. Kiểm tra biên chế", "1", "1"],
        ["43 - Phân cấp quản lý nhà nước", "3", "2"],
        ["4.4. Quy chế làm việc", "1", "1"],
    ]
    found = [(str(one.code.value), "code-guessed" in one.doubts) for one in results(scan(rows))]
    assert ("4.1.2", False) in found
    assert ("4.2.2", True) in found
    assert ("4.3", False) in found
    assert [one.name.value for one in results(scan(rows)) if one.name and str(one.code.value) == "4.2.2"] == [
        "Không sử dụng vượt biên chế"
    ]


def test_a_row_before_the_first_child_of_another_is_left_open() -> None:
    rows: Rows = [
        GLUED,
        ["1. Chỉ đạo, điều hành", "9", "8"],
        ["1.1. Kế hoạch", "2", "2"],
        ["1.2. Kiểm tra", "1", "1"],
        ["1.2.2. Xử lý các vấn đề", "1", "1"],
        ["13 - Tác động của cải cách", "4", "3"],
        ["1.5.1. Tính kịp thời", "1", "1"],
        ["1.5.2. Chất lượng", "3", "2"],
    ]
    assert "1.3" not in [str(one.code.value) for one in results(scan(rows))]


def test_typed_rows_are_left_as_they_are() -> None:
    rows: Rows = [
        HEAD,
        ["7", "HIỆN ĐẠI HÓA", "9", "8"],
        ["7.1", "Ứng dụng công nghệ", "2", "2"],
        ["7.2", "Dịch vụ công", "4", "4"],
        ["72.", "Nội dung bổ sung", "1", "1"],
        ["?", "Nội dung bổ sung", "1", "1"],
        ["7.4", "Dịch vụ bưu chính", "3", "2"],
    ]
    assert [str(one.code.value) for one in results(document(table(rows)))] == ["7", "7.1", "7.2", "7.4"]


def test_a_badly_read_code_that_cannot_stand_where_it_is_gives_way_to_the_only_one_that_can() -> None:
    rows: Rows = [
        HEAD,
        ["5", "CHẾ ĐỘ CÔNG VỤ", "9", "8"],
        ["5.2", "“Tuyển dụng công chức", "2", "2"],
        ["5.3", "Bổ nhiệm chức danh", "2", "2"],
        ["5.4.1.", "Đúng tiêu chuẩn, điều kiện", "1", "0,5"],
        ["5.3.2", "Đúng quy trình", "1", "1"],
        ["54.", "“Đánh giá, phân loại", "2", "1"],
        ["5.4.1", "Trình tự, thủ tục", "2", "1"],
    ]
    made = table(rows)
    worn = tuple(replace(cell, confidence=0.4 if cell.text == "5.4.1." else 0.9) for cell in made.cells)
    found = results(document(Table(made.rows, made.columns, worn)))
    assert [(str(one.code.value), "code-guessed" in one.doubts) for one in found] == [
        ("5", False),
        ("5.2", False),
        ("5.3", False),
        ("5.3.1", True),
        ("5.3.2", False),
        ("5.4", False),
        ("5.4.1", False),
    ]


def test_a_row_with_scores_that_gets_no_code_is_told() -> None:
    glued: Rows = [
        GLUED,
        ["1. Chỉ đạo, điều hành", "9", "8"],
        ["1.1. Kế hoạch", "2", "2"],
        ["1.2.1. Thời hạn báo cáo", "1", "1"],
        ["m Chất lượng báo cáo", "1", "0,5"],
        ["2.1.1. Chương trình xây dựng văn bản", "1", "1"],
        ["2.2. Theo dõi thi hành", "1", "1"],
    ]
    apart: Rows = [HEAD, *([*(row[0] or "").split(" ", 1), *row[1:]] for row in glued[1:])]
    for rows in (glued, apart):
        (reading,) = read_tables(scan(rows), Context("Lạng Sơn", None, "2023-02-01"), 2022).own
        assert [refusal.kind for refusal in reading.refusals] == ["code"]
        assert "m" in reading.refusals[0].printed.text
