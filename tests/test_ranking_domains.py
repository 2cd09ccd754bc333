"""Rankings with the points of each domain: their columns, maxima, ranks and codes. Every table here is made."""

from __future__ import annotations

from tests.tabling import document, table
from tests.test_rankings import Rows, results, totals, units


def test_one_table_a_domain() -> None:
    def of(scores: tuple[str, str], maximum: str) -> Rows:
        head: list[str | None] = ["STT", "Đơn vị", "Điểm tối đa", "Điểm đạt", "Tỷ lệ (%)", "Xếp hạng"]
        return [
            head,
            ["1", "Huyện Bình Gia", maximum, scores[0], "90", "1"],
            ["2", "Huyện Cao Lộc", maximum, scores[1], "80", "2"],
            ["", "Cao nhất", "", scores[0], "", ""],
        ]

    found = units(
        document(
            "Bảng 1. Kết quả lĩnh vực 1: Chỉ đạo, điều hành",
            table(of(("9", "8"), "10")),
            "Bảng 2. Kết quả lĩnh vực 2: Cải cách thể chế",
            table(of(("7", "6"), "8")),
        )
    )
    assert [(unit.unit.name, results(unit), totals(unit)) for unit in found] == [
        ("Bình Gia", [("1", "10", None, "9", None)], (None, None, None)),
        ("Cao Lộc", [("1", "10", None, "8", None)], (None, None, None)),
        ("Bình Gia", [("2", "8", None, "7", None)], (None, None, None)),
        ("Cao Lộc", [("2", "8", None, "6", None)], (None, None, None)),
    ]


def test_points_and_shares_in_pairs_under_each_domain() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Chỉ đạo, điều hành (10 điểm)", None, "Thể chế (8 điểm)", None, "TTHC (12 điểm)", None, "Hạng"],
        ["", "", "Điểm", "%", "Điểm", "%", "Điểm", "%", ""],
        ["1", "Bình Gia", "9", "90", "8", "100", "11", "91,7", "1"],
        ["2", "Cao Lộc", "8", "80", "6", "75", "10", "83,3", "2"],
    ]
    assert [(unit.unit.name, results(unit), totals(unit)) for unit in units(document(table(rows)))] == [
        (
            "Bình Gia",
            [("1", "10", None, "9", None), ("2", "8", None, "8", None), ("3", "12", None, "11", None)],
            (None, None, "1"),
        ),
        (
            "Cao Lộc",
            [("1", "10", None, "8", None), ("2", "8", None, "6", None), ("3", "12", None, "10", None)],
            (None, None, "2"),
        ),
    ]


def test_the_rank_for_a_domain_is_not_that_of_the_whole() -> None:
    rows: Rows = [
        ["STT", "Đơn vị", "Lĩnh vực 1", None, "Lĩnh vực 2", None, "Lĩnh vực 3", None, "Tổng điểm", "Xếp hạng chung"],
        ["", "", "Điểm", "Hạng", "Điểm", "Hạng", "Điểm", "Hạng", "", ""],
        ["1", "Huyện Cao Lộc", "4", "2", "5", "1", "6", "1", "15", "1"],
        ["2", "Huyện Lộc Bình", "5", "1", "4", "2", "5", "2", "14", "2"],
    ]
    found = units(document("Điểm CCHC", table(rows)))
    assert [totals(unit) for unit in found] == [(None, "15", "1"), (None, "14", "2")]


def test_domains_as_points_of_their_maximum() -> None:
    rows: Rows = [
        ["TT", "Đơn vị", "I. Chỉ đạo", "II. Thể chế", "III. Thủ tục", "Tổng điểm"],
        ["1", "Huyện Cao Lộc", "7,5/8,5", "6/7", "10/13", "23,5/28,5"],
        ["2", "Huyện Lộc Bình", "8/8,5", "5,25/7", "11/13", "24,25/28,5"],
    ]
    (first, second) = units(document("Điểm CCHC", table(rows)))
    assert (totals(first), results(first)[0][:4]) == (("28.5", "23.5", None), ("1", "8.5", None, "7.5"))
    assert results(second)[1][:4] == ("2", "7", None, "5.25")


def test_the_scale_in_brackets_makes_no_column_of_maxima() -> None:
    rows: Rows = [
        ["STT", "Địa phương", "Điểm đạt (thang 65)", "Điểm XHH (thang 35)", "Tổng điểm", "Xếp hạng"],
        ["1", "Huyện Cao Lộc", "60", "30", "90", "1"],
        ["2", "Huyện Lộc Bình", "58,5", "31", "89,5", "2"],
    ]
    found = units(document("Chỉ số CCHC", table(rows)))
    held = [unit.reading.totals.survey_score for unit in found]
    assert [totals(unit) for unit in found] == [(None, "90", "1"), (None, "89.5", "2")]
    assert [str(each.value) for each in held if each] == ["30", "31"]
    assert {doubt for unit in found for doubt in unit.doubts} == set()


def test_points_of_domains_that_look_like_codes_are_points() -> None:
    rows: Rows = [
        ["STT", "Tên đơn vị", *["Điểm các lĩnh vực"] * 4, "Tổng điểm (100)", "Xếp hạng", "Xếp loại"],
        ["STT", "Tên đơn vị", "Chỉ đạo điều hành CCHC (8,5)", "Cải cách thể chế (7)",
         "Cải cách thủ tục hành chính (13)", "Cải cách tài chính công (9)", "Tổng điểm (100)", "Xếp hạng", "Xếp loại"],
        ["01", "Xã Tú Đoạn", "7,22", "6,58", "10,14", "7,02", "85,96", "1", "Tốt"],
        ["02", "Xã Khuất Xá", "7,06", "6,79", "10,92", "8,46", "85,71", "2", "Tốt"],
        ["03", "Xã Đồng Bục", "8,08", "6,93", "7,93", "5,40", "79,05", "3", "Khá"],
        ["Trung bình", "Trung bình", "7,45", "6,77", "9,66", "6,96", "83,57", "", ""],
    ]  # fmt: skip
    found = units(document(table(rows)))
    assert [(unit.unit.name, totals(unit)[1:]) for unit in found] == [
        ("Tú Đoạn", ("85.96", "1")),
        ("Khuất Xá", ("85.71", "2")),
        ("Đồng Bục", ("79.05", "3")),
    ]
    assert [(code, score) for code, _, _, score, _ in results(found[2])] == [
        ("1", "8.08"),
        ("2", "6.93"),
        ("3", "7.93"),
        ("4", "5.4"),
    ]


def test_maxima_between_the_headings_belong_to_the_domains_below_them() -> None:
    """As in the annexes of the national index: domains, their maxima, then what each is made of."""
    merged: Rows = [
        ["TT", "Lĩnh vực", "Tổng hợp", None, None, None, "Chỉ đạo, điều hành", None, None, "Cải cách thể chế", None,
         None, "Cải cách TTHC", None, None],
        ["", "Điểm tối đa", "40", None, None, None, "10", None, None, "8", None, None, "22", None, None],
        ["", "Đơn vị", "Thẩm định", "ĐTXHH", "Tổng điểm", "Chỉ số (%)", *["ĐTXHH", "Thẩm định", "Tổng điểm"] * 3],
        ["1", "Huyện Bình Gia", "24", "9", "33", "82,5", "2", "7", "9", "2,5", "4,5", "7", "4,5", "12,5", "17"],
        ["2", "Huyện Cao Lộc", "22", "8", "30", "75", "2", "6", "8", "2", "4", "6", "4", "12", "16"],
    ]  # fmt: skip
    apart: Rows = [[text or "" for text in row] for row in merged]
    expected = [
        ("Bình Gia", [("1", "10", None, "9", None), ("2", "8", None, "7", None), ("3", "22", None, "17", None)],
         ("40", "33", None)),
        ("Cao Lộc", [("1", "10", None, "8", None), ("2", "8", None, "6", None), ("3", "22", None, "16", None)],
         ("40", "30", None)),
    ]  # fmt: skip
    for rows in (merged, apart):
        found = units(document("Kết quả Chỉ số CCHC năm 2022", table(rows)))
        assert [(unit.unit.name, results(unit), totals(unit)) for unit in found] == expected
        parts = [(unit.reading.totals.appraised_score, unit.reading.totals.survey_score) for unit in found]
        assert [tuple(str(part.value) for part in pair if part) for pair in parts] == [("24", "9"), ("22", "8")]


def test_a_domain_without_maximum_does_not_take_that_of_its_neighbour() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Chỉ đạo, điều hành", "Thể chế", "TTHC", "Tổng điểm"],
        ["", "Điểm tối đa", "10", "", "22", "40"],
        ["1", "Bình Gia", "9", "7", "17", "33"],
        ["2", "Cao Lộc", "8", "6", "16", "30"],
    ]
    found = units(document("Kết quả Chỉ số CCHC năm 2022", table(rows)))
    assert [results(unit)[1] for unit in found] == [("2", None, None, "7", None), ("2", None, None, "6", None)]
