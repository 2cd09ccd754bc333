"""Tables with many units: which row or column is whose, and what is not known of them. Every table here is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.document import Document
from extract.report import read_report
from extract.tables.read_tables import read_tables
from extract.tables.unit_reading import Context, UnitReading
from tests.tabling import document, table
from tests.test_score_tables import Numbers, numbers

LANG_SON = Context("Lạng Sơn", None, "2023-02-01")
Rows = list[list[str | None]]


def units(made: Document) -> tuple[UnitReading, ...]:
    return read_tables(made, LANG_SON, 2022).units


def totals(unit: UnitReading) -> tuple[str | None, str | None, str | None]:
    held = unit.reading.totals
    return (
        str(held.max_score.value) if held.max_score else None,
        str(held.score.value) if held.score else None,
        held.rank.value if held.rank else None,
    )


def results(unit: UnitReading) -> list[Numbers]:
    return [numbers(result) for result in unit.reading.results]


def test_the_mean_of_the_units_is_not_their_maximum() -> None:
    rows: Rows = [
        ["TT", "Xã, thị trấn", "Tổng điểm (100 điểm)", "Xếp hạng"],
        ["1", "Xã Tú Đoạn", "81,5", "1"],
        ["2", "Xã Khuất Xá", "80", "2"],
        ["", "Điểm trung bình", "80,75", ""],
    ]
    assert [totals(unit)[0] for unit in units(document(table(rows)))] == ["100", "100"]


def test_a_unit_that_no_register_knows_is_kept_in_doubt() -> None:
    rows: Rows = [
        ["TT", "Xã, thị trấn", "Điểm thẩm định", "Xếp hạng"],
        ["1", "Xã Khuất Xá", "81,5", "Hạng 1"],
        ["2", "Xã Tú Đoạn", "80", "Thứ 2"],
        ["3", "Bản Không Đâu", "70", "3/3"],
        ["", "Trung bình", "77,2", ""],
    ]
    assert [(unit.unit.name, unit.unit.level, totals(unit), unit.doubts) for unit in units(document(table(rows)))] == [
        ("Khuất Xá", "commune", (None, "81.5", "1"), ()),
        ("Tú Đoạn", "commune", (None, "80", "2"), ()),
        ("Bản Không Đâu", "commune", (None, "70", "3/3"), ("unit-unknown",)),
    ]


DA_LAT = Context("Lâm Đồng", "commune", "2023-02-06")
HEAD: list[str | None] = ["TT", "Đơn vị", "Điểm thẩm định", "Xếp hạng"]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["I", "Thành phố Đà Lạt", "", ""], ["1", "Phường 1", "90,5", "1"], ["2", "Phường 2", "88", "2"],
            ["II", "Các xã, phường thuộc thành phố Bảo Lộc", "", ""], ["1", "Phường 1", "85", "1"],
        ],
        [
            ["1", "Phường 1 (TP. Đà Lạt)", "90,5", "1"], ["2", "Phường 2, thành phố Đà Lạt", "88", "2"],
            ["3", "Phường 1 - Bảo Lộc", "85", "1"],
        ],
    ],
    ids=["groups of rows", "behind the name"],
)  # fmt: skip
def test_communes_of_one_name_are_told_apart_by_their_district(rows: Rows) -> None:
    found = read_tables(document(table([HEAD, *rows])), DA_LAT, 2022).units
    assert [(unit.unit.name, unit.unit.district, totals(unit)[1]) for unit in found] == [
        ("Phường 1", "Đà Lạt", "90.5"),
        ("Phường 2", "Đà Lạt", "88"),
        ("Phường 1", "Bảo Lộc", "85"),
    ]


def test_counts_beside_units_are_no_ranking() -> None:
    rows: Rows = [
        ["STT", "Huyện, thành phố", "Số hồ sơ", "Trực tuyến", "Tỷ lệ", "Tổng"],
        ["1", "Bình Gia", "1.204", "602", "50%", "1.204"],
        ["2", "Cao Lộc", "2.310", "1.155", "50%", "2.310"],
    ]
    assert units(document("Kết quả giải quyết hồ sơ", table(rows))) == ()


def test_units_that_no_register_knows_are_no_criteria() -> None:
    rows: Rows = [
        ["STT", "Tên đơn vị", "Điểm tối đa", "Điểm đạt", "Xếp hạng"],
        ["1", "Bản Không Đâu", "80", "63,43", "1"],
        ["2", "Bản Chưa Có", "80", "62,35", "2"],
        ["3", "Bản Nào Đó", "80", "59,6", "3"],
    ]
    made = document(table(rows))
    assert read_tables(made, LANG_SON, 2022).own == ()
    assert [(unit.unit.name, totals(unit), unit.doubts) for unit in units(made)] == [
        ("Bản Không Đâu", ("80", "63.43", "1"), ("unit-unknown",)),
        ("Bản Chưa Có", ("80", "62.35", "2"), ("unit-unknown",)),
        ("Bản Nào Đó", ("80", "59.6", "3"), ("unit-unknown",)),
    ]


def test_a_town_whose_name_begins_like_points_is_no_row_of_maxima() -> None:
    rows: Rows = [
        ["TT", "Xã, thị trấn", "Huyện", "Chỉ đạo, điều hành", "Thể chế", "TTHC", "Tổng cộng", "Xếp hạng"],
        ["1", "Đoan Hùng", "Hưng Hà", "9", "8", "7", "24", "1"],
        ["2", "Diêm Điền", "Thái Thụy", "8", "7", "6", "21", "2"],
    ]
    found = read_tables(document(table(rows)), Context("Thái Bình", "commune", "2020-03-05"), 2019).units
    assert [(unit.unit.name, totals(unit)) for unit in found] == [
        ("Đoan Hùng", (None, "24", "1")),
        ("Diêm Điền", (None, "21", "2")),
    ]


def test_a_row_of_maximum_points_tells_that_the_numbers_are_points() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Chỉ đạo, điều hành", "Thể chế", "TTHC", "Tổng cộng", "Xếp hạng"],
        ["", "Số điểm tối đa", "10", "9", "8", "27", ""],
        ["1", "Bình Gia", "9", "8", "7", "24", "1"],
        ["2", "Cao Lộc", "8", "7", "6", "21", "2"],
    ]
    assert [(unit.doubts, totals(unit)) for unit in units(document(table(rows)))] == [
        ((), ("27", "24", "1")),
        ((), ("27", "21", "2")),
    ]


def test_the_last_domain_parted_in_two_leaves_no_doubt_of_the_order() -> None:
    domains: list[str | None] = [
        "Chỉ đạo, điều hành", "Thể chế", "TTHC", "Tổ chức bộ máy", "Công vụ", "Tài chính công", "Hiện đại hóa",
        "Tác động đến phát triển kinh tế - xã hội", "Mức độ hài lòng của người dân",
    ]  # fmt: skip
    rows: Rows = [
        ["TT", "Huyện", *domains, "Tổng điểm"],
        ["1", "Bình Gia", *"987654321", "45"],
        ["2", "Cao Lộc", *"111111111", "9"],
    ]
    found = units(document(table(rows)))
    assert [(str(r.code.value), r.doubts) for r in found[0].reading.results] == [(str(n), ()) for n in range(1, 10)]


def test_a_late_report_ranks_the_units_of_the_year_it_speaks_of() -> None:
    rows: Rows = [
        ["STT", "Tên đơn vị", "Điểm tối đa", "Điểm đạt", "Xếp hạng"],
        ["1", "Pác Nặm", "80", "63,43", "1"],
        ["2", "Bắc Kạn", "80", "62,35", "2"],
        ["3", "Ngân Sơn", "80", "59,6", "3"],
    ]
    made = document(
        "UBND TỈNH BẮC KẠN",
        "Bắc Kạn, ngày 26 tháng 10 năm 2025",
        "THÔNG BÁO",
        "Kết quả Chỉ số cải cách hành chính năm 2024 của các huyện, thị xã, thành phố tỉnh Bắc Kạn",
        table(rows),
    )
    assert [(one.unit.name, one.unit.level, one.doubts) for one in read_report(made).assessments] == [
        ("Pác Nặm", "district", ()),
        ("Bắc Kạn", "district", ()),
        ("Ngân Sơn", "district", ()),
    ]


def test_a_domain_out_of_its_usual_place_puts_all_guessed_codes_in_doubt() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Thể chế", "TTHC", "Tài chính công", "Tổng điểm", "Xếp hạng"],
        ["1", "Bình Gia", "9", "8", "7", "24", "1"],
        ["2", "Cao Lộc", "8", "7", "6", "21", "2"],
    ]
    found = units(document(table(rows)))
    assert [result.doubts for unit in found for result in unit.reading.results] == [("domain-code-guessed",)] * 6


def test_a_misread_heading_over_pairs_of_columns_is_a_domain_between_the_others() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Chỉ đạo, điều hành", None, "Thế chế", None, "TTHC", None, "Tài chính công", None],
        ["", "", "TĐG", "TĐ", "TĐG", "TĐ", "TĐG", "TĐ", "TĐG", "TĐ"],
        ["1", "Bình Gia", "9", "8", "7", "6", "5", "4", "3", "2"],
        ["2", "Cao Lộc", "9", "8", "7", "6", "5", "4", "3", "2"],
    ]
    whole = [("1", None, "9", "8", None), ("2", None, "7", "6", None), ("3", None, "5", "4", None)]
    last = ("4", None, "3", "2", None)
    assert [results(unit) for unit in units(document(table(rows)))] == [[*whole, last]] * 2


def test_a_recognised_name_without_its_beginning_keeps_its_row_in_doubt() -> None:
    rows: Rows = [
        ["TT", "Đơn vị", "Điểm", "Xếp hạng"],
        ["1", "Sở Tài chính", "91", "1"],
        ["2", "m Nội", "90", "2"],
        ["3", "Sở Y tế", "89", "3"],
        ["4", "Sở Tư pháp", "88", "4"],
    ]
    plain = table(rows)
    read = document(replace(plain, cells=tuple(replace(cell, confidence=0.95) for cell in plain.cells)))
    assert [(unit.unit.name, unit.doubts, totals(unit)) for unit in units(read)] == [
        ("Sở Tài chính", (), (None, "91", "1")),
        ("m Nội", ("unit-unknown",), (None, "90", "2")),
        ("Sở Y tế", (), (None, "89", "3")),
        ("Sở Tư pháp", (), (None, "88", "4")),
    ]
    typed = units(document(plain))
    assert [unit.unit.name for unit in typed] == ["Sở Tài chính", "Sở Y tế", "Sở Tư pháp"]


def test_rank_and_index_below_the_criteria_of_one_column_a_unit() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Bình Gia", "Cao Lộc"],
        ["1", "Chỉ đạo, điều hành", "10", "9", "8,5"],
        ["1.1", "Kế hoạch", "10", "9", "8,5"],
        ["", "Tổng điểm", "10", "9", "8,5"],
        ["", "Xếp hạng", "", "1", "2"],
    ]
    assert [(unit.unit.name, totals(unit)) for unit in units(document(table(rows)))] == [
        ("Bình Gia", ("10", "9", "1")),
        ("Cao Lộc", ("10", "8.5", "2")),
    ]


def test_departments_over_columns_beside_a_final_score_are_appraisers() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Sở Nội vụ", "Sở Tư pháp", "Điểm kết luận"],
        ["1.1", "Kế hoạch", "2", "2", "1,5", "", "1"],
        ["1.2", "Báo cáo", "1", "1", "", "1", "1"],
    ]
    found = read_tables(document(table(rows)), LANG_SON, 2022)
    assert found.units == ()
    assert [numbers(result) for result in found.own[0].results] == [
        ("1.1", "2", "2", "1", "1"),
        ("1.2", "1", "1", "1", "0"),
    ]


def test_columns_of_units_that_no_register_knows_stand_beside_the_known() -> None:
    rows: Rows = [
        ["TT", "Nội dung", "Điểm chuẩn", "Bản Không Đâu", "Tú Đoạ\nn", "Khuất Xá", "Nơi Nào\nĐó", "Trung bình"],
        ["1", "Chỉ đạo điều hành", "3", "2", "2,5", "3", "1", "2,13"],
        ["1.1", "Kế hoạch", "2", "1", "1,5", "2", "1", "1,38"],
        ["1.2", "Báo cáo", "1", "1", "1", "1", "0", "0,75"],
    ]
    found = read_tables(document(table(rows)), Context("Lạng Sơn", "commune", "2023-02-01"), 2022).units
    assert [(unit.unit.name, unit.doubts, [score for *_, score, _ in results(unit)]) for unit in found] == [
        ("Bản Không Đâu", ("unit-unknown",), ["2", "1", "1"]),
        ("Tú Đoạn", (), ["2.5", "1.5", "1"]),
        ("Khuất Xá", (), ["3", "2", "1"]),
        ("Nơi Nào Đó", ("unit-unknown",), ["1", "1", "0"]),
    ]


def test_the_sum_of_the_parts_behind_two_rounds_is_the_score() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Điểm tự chấm", "Thẩm định lần 1", "Thẩm định lần 2", "Điểm ĐTXHH", "Tổng điểm", "Xếp thứ"],
        ["1", "Bình Gia", "68,5", "65", "66,25", "22,5", "88,75", "1"],
        ["2", "Cao Lộc", "67", "63", "64", "21", "85", "2"],
    ]
    found = units(document("Kết quả Chỉ số CCHC năm 2022", table(rows)))
    assert [totals(unit) for unit in found] == [(None, "88.75", "1"), (None, "85", "2")]
    held = found[0].reading.totals
    parts = (held.self_score, held.appraised_score, held.survey_score)
    assert [str(part.value) for part in parts if part] == ["68.5", "66.25", "22.5"]


def test_an_index_printed_as_a_share_of_one_is_told_in_per_cent() -> None:
    def index(*shares: str) -> list[str]:
        rows: Rows = [
            ["TT", "Huyện", "Điểm tối đa", "Tổng điểm", "Chỉ số", "Xếp hạng"],
            ["1", "Bình Gia", "98", "87,35", shares[0], "1"],
            ["2", "Cao Lộc", "100", "82,05", shares[1], "2"],
        ]
        found = units(document("Kết quả Chỉ số CCHC năm 2022", table(rows)))
        return [str(unit.reading.totals.index_percent.value) for unit in found if unit.reading.totals.index_percent]

    assert index("0,891", "0,8205") == ["89.1", "82.05"]
    assert index("89,13", "82,05") == ["89.13", "82.05"]
    assert index("0,89%", "0,82%") == ["0.89", "0.82"]


def test_points_that_the_survey_makes_up_to_the_total_are_no_maximum() -> None:
    rows: Rows = [
        ["TT", "Huyện", "Điểm TĐ", "Điểm ĐTXHH", "Tổng", "XH"],
        ["1", "Bình Gia", "72,5", "17,25", "89,75", "1"],
        ["2", "Cao Lộc", "68,5", "16,5", "85", "2"],
    ]
    found = units(document("Kết quả Chỉ số CCHC năm 2022", table(rows)))
    assert [totals(unit) for unit in found] == [(None, "89.75", "1"), (None, "85", "2")]
    assert [str(part.value) for unit in found if (part := unit.reading.totals.appraised_score)] == ["72.5", "68.5"]
    assert [unit.doubts for unit in found] == [(), ()]
