"""Cells that list several criteria with their points, and items below a criterion. Every table here is made."""

from __future__ import annotations

from extract.tables.read_tables import read_tables
from normalize.records import Result
from tests.tabling import document, table
from tests.test_rankings import LANG_SON, Rows, totals
from tests.test_rankings import results as of_unit
from tests.test_score_tables import ANYWHERE, numbers
from tests.test_table_layouts import doubts, reasons


def results_of(rows: Rows) -> tuple[Result, ...]:
    (reading,) = read_tables(document(table(rows)), ANYWHERE, None).own
    return reading.results


def of(rows: Rows) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
    return [numbers(result) for result in results_of(rows)]


def test_the_losses_of_each_unit_listed_in_one_cell() -> None:
    rows: Rows = [
        ["STT", "Đơn vị", "Điểm tối đa", "Điểm đạt", "Các tiêu chí bị trừ điểm"],
        [
            "1",
            "Huyện Cao Lộc",
            "50",
            "48,5",
            "Tiêu chí 1.2 (trừ 0,5 điểm); TC 3.1.1 (trừ 1 điểm do trễ hạn)",
        ],
        ["2", "Huyện Lộc Bình", "50", "49,75", "Tiêu chí 1.2 (trừ 0,25 điểm)"],
        ["3", "Huyện Văn Lãng", "50", "50", ""],
    ]
    units = read_tables(document("Điểm chấm cải cách hành chính", table(rows)), LANG_SON, 2022).units
    assert [(unit.unit.name, totals(unit)[:2], of_unit(unit)) for unit in units] == [
        ("Cao Lộc", ("50", "48.5"), [("1.2", None, None, None, "0.5"), ("3.1.1", None, None, None, "1")]),
        ("Lộc Bình", ("50", "49.75"), [("1.2", None, None, None, "0.25")]),
        ("Văn Lãng", ("50", "50"), []),
    ]


def test_the_losses_of_a_domain_listed_beside_its_points() -> None:
    rows: Rows = [
        ["TT", "Lĩnh vực", "Điểm tối đa", "Điểm đạt", "Tiêu chí bị mất điểm"],
        ["1", "Chỉ đạo, điều hành", "8", "7,25", "- 1.1.2: 0,25 điểm\n- 1.3: 0,5 điểm do chưa có sáng kiến"],
        ["2", "Cải cách thể chế", "6", "6", ""],
        ["3", "Cải cách thủ tục hành chính", "12", "11", "- 3.2 (1 điểm)"],
    ]
    assert of(rows) == [
        ("1", "8", None, "7.25", "0.75"),
        ("2", "6", None, "6", "0"),
        ("3", "12", None, "11", "1"),
        ("1.1.2", None, None, None, "0.25"),
        ("1.3", None, None, None, "0.5"),
        ("3.2", None, None, None, "1"),
    ]
    assert reasons(rows)[3:] == [[("0.25", None)], [("0.5", "chưa có sáng kiến")], [("1", None)]]


LETTERED: Rows = [
    ["STT", "Nội dung", "Điểm chuẩn", "Điểm tự chấm", "Điểm đạt"],
    ["1.1", "Công tác tuyên truyền", "1,5", "1,5", "1"],
    ["a", "Có chuyên mục", "0,5", "0,5", "0,5"],
    ["b", "Có hội thi", "1", "1", "0,5"],
    ["1.2", "Tỷ lệ hồ sơ đúng hạn", "2", "1", "1"],
    ["a", "Đạt 100%", "2", "", ""],
    ["b", "Từ 95% trở lên", "1", "1", "1"],
]


def test_lettered_items_whose_maxima_add_up_are_children_and_rules_of_scoring_are_none() -> None:
    assert of(LETTERED) == [
        ("1.1", "1.5", "1.5", "1", "0.5"),
        ("1.1.1", "0.5", "0.5", "0.5", "0"),
        ("1.1.2", "1", "1", "0.5", "0.5"),
        ("1.2", "2", "1", "1", "1"),
    ]
    named: Rows = [["", f"{row[0]}) {row[1]}", *row[2:]] if row[0] in ("a", "b") else row for row in LETTERED]
    assert of(named) == of(LETTERED)


def test_a_domain_of_plain_numbers_among_whole_codes_and_points_that_are_taken() -> None:
    rows: Rows = [["STT", "Nội dung", "Điểm chuẩn", "Điểm tự chấm", "Điểm đạt"]]
    for number, roman in enumerate(("I", "II", "III", "IV"), 1):
        rows += [[roman, "Cải cách hành chính", "2", "2", "1"], [f"{number}.1", "Kế hoạch", "2", "2", "1"]]
    rows += [
        ["V", "Điểm cộng", "2", "1", "1"],
        ["1", "Có mô hình mới được nhân rộng", "1", "1", "1"],
        ["2", "Khen", "1", "0", "0"],
    ]
    rows += [["VI", "Điểm trừ", "", "-1", "-1,5"], ["1", "Bị phê bình", "", "-1", "-1,5"]]
    assert of(rows)[8:] == [("5", "2", "1", "1", "1"), ("5.1", "1", "1", "1", "0"), ("5.2", "1", "0", "0", "1")]


def test_a_minus_in_a_column_of_scores_puts_its_row_in_doubt() -> None:
    rows: Rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1,5"],
        ["1.2", "Hồ sơ trễ hạn", "", "-0,5"],
        ["1.3", "Báo cáo", "1", "1"],
    ]
    assert doubts(rows) == [(), ("negative-score",), ()]


def test_a_satisfaction_index_in_percent_is_an_index_and_no_points_of_a_survey() -> None:
    rows: Rows = [
        ["STT", "Đơn vị", "Tiếp cận dịch vụ", "Thủ tục hành chính", "Chỉ số hài lòng chung", "Xếp hạng"],
        ["1", "Huyện Cao Lộc", "91,2%", "90%", "92,51%", "1"],
        ["2", "Huyện Lộc Bình", "88%", "95,1%", "90,02%", "2"],
    ]
    units = read_tables(document("Chỉ số hài lòng", table(rows)), LANG_SON, 2022).units
    held = [unit.reading.totals for unit in units]
    assert [(str(each.index_percent and each.index_percent.value), each.score, each.survey_score) for each in held] == [
        ("92.51", None, None),
        ("90.02", None, None),
    ]


def test_criteria_stacked_in_one_row_are_a_row_each() -> None:
    rows: Rows = [
        ["STT", "Lĩnh vực", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1", "Chỉ đạo, điều hành", "1.1. Ban hành kế hoạch\n1.2. Báo cáo định kỳ", "2\n1", "1,5\n1"],
        ["2", "Cải cách thể chế", "2.1. Rà soát văn bản\nhết hiệu lực\n2.2. Kiểm tra văn bản", "1\n3", "0,5\n3"],
        ["3", "Thủ tục hành chính", "3.1. Công khai", "1", "1"],
    ]
    assert of(rows) == [
        ("1.1", "2", None, "1.5", "0.5"),
        ("1.2", "1", None, "1", "0"),
        ("2.1", "1", None, "0.5", "0.5"),
        ("2.2", "3", None, "3", "0"),
        ("3.1", "1", None, "1", "0"),
    ]


def test_criteria_in_one_row_that_cannot_be_told_apart_are_in_doubt() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1", "1.1. Ban hành kế hoạch\n1.2. Báo cáo định kỳ", "3", "2,5"],
        ["2", "2.1. Rà soát văn bản\n2.2. Kiểm tra văn bản", "1\n3", "0,5"],
        ["3", "3.1. Công khai thủ tục", "1", "1"],
    ]
    assert [(numbers(each)[:4], "several-criteria" in each.doubts) for each in results_of(rows)] == [
        (("1.1", "3", None, "2.5"), True),
        (("2.1", None, None, "0.5"), True),
        (("3.1", "1", None, "1"), False),
    ]


def test_a_table_of_scores_without_codes_is_told_as_unread() -> None:
    rows: Rows = [["Tiêu chí", "Điểm tối đa", "Điểm đạt"], *(["Ban hành kế hoạch", "2", "1,5"] for _ in range(3))]
    found = read_tables(document(table(rows)), ANYWHERE, None)
    (refusal,) = found.unread
    assert (refusal.why, refusal.printed.text) == ("table-not-read", "Tiêu chí | Điểm tối đa | Điểm đạt")


def test_tables_of_grades_and_of_counts_are_no_unread_scores() -> None:
    grades: Rows = [["Xếp loại", "Điểm đạt"], ["Tốt", "90"], ["Khá", "80"], ["Trung bình", "70"]]
    counts: Rows = [["TT", "Nội dung", "Số hồ sơ", "Tỷ lệ %"], *([str(n), "Đất đai", "120", "98"] for n in range(1, 5))]
    assert read_tables(document(table(grades), table(counts)), ANYWHERE, None).unread == ()


def test_the_maximum_that_a_name_tells_in_words() -> None:
    rows: Rows = [
        ["STT", "Nội dung chấm điểm", "Điểm tự chấm", "Điểm phúc tra"],
        ["1.1", "Ban hành kế hoạch (tối đa 2 điểm)", "2", "1,5"],
        ["1.2", "Báo cáo định kỳ (điểm chuẩn: 1 điểm)", "1", "1"],
    ]
    assert of(rows) == [("1.1", "2", "2", "1.5", "0.5"), ("1.2", "1", "1", "1", "0")]


def test_a_column_of_domains_tells_their_points_behind_their_names() -> None:
    rows: Rows = [
        ["Lĩnh vực", "Mã tiêu chí", "Tên tiêu chí", "Điểm chuẩn", "Điểm đạt được"],
        ["1. Chỉ đạo, điều hành (6 điểm)", "1.1", "Ban hành kế hoạch", "2", "1,5"],
        ["", "1.2", "Báo cáo định kỳ", "4", "4"],
        ["2. Cải cách thể chế (đạt 2,5/3 điểm)", "2.1", "Rà soát văn bản", "3", "2,5"],
        ["", "2.2", "Theo dõi thi hành pháp luật", "0", "0"],
    ]
    assert of(rows)[4:] == [("1", "6", None, None, None), ("2", "3", None, "2.5", None)]


def test_tables_of_one_domain_each_give_the_units_that_domain_and_its_criteria() -> None:
    first: Rows = [
        ["STT", "Đơn vị", "Tiêu chí 1.1", "Tiêu chí 1.2", "Tiêu chí 1.3", "Tổng"],
        ["", "Điểm tối đa", "1", "2", "1", "4"],
        ["1", "Huyện Cao Lộc", "1", "1,5", "0,5", "3"],
        ["2", "Huyện Lộc Bình", "0", "2", "1", "3"],
    ]
    second: Rows = [
        ["STT", "Đơn vị", "Tiêu chí 2.1", "Tiêu chí 2.2", "Tổng"],
        ["", "Điểm tối đa", "2", "2", "4"],
        ["1", "Huyện Cao Lộc", "1,5", "1", "2,5"],
        ["2", "Huyện Lộc Bình", "2", "2", "4"],
    ]
    made = document(
        "Biểu 1. Lĩnh vực 1: Chỉ đạo, điều hành", table(first), "Biểu 2. Lĩnh vực 2: Cải cách thể chế", table(second)
    )
    found = read_tables(made, LANG_SON, 2022).units
    assert [(unit.unit.name, totals(unit), of_unit(unit)) for unit in found[1:3]] == [
        (
            "Lộc Bình",
            (None, None, None),
            [
                ("1", "4", None, "3", None),
                ("1.1", "1", None, "0", None),
                ("1.2", "2", None, "2", None),
                ("1.3", "1", None, "1", None),
            ],
        ),
        (
            "Cao Lộc",
            (None, None, None),
            [("2", "4", None, "2.5", None), ("2.1", "2", None, "1.5", None), ("2.2", "2", None, "1", None)],
        ),
    ]


def test_two_rankings_side_by_side() -> None:
    rows: Rows = [
        ["TT", "Sở, ban, ngành", "Điểm", "Xếp hạng", "TT", "Huyện, thành phố", "Điểm", "Xếp hạng"],
        ["1", "Sở Nội vụ", "90,5", "1", "1", "Huyện Cao Lộc", "88", "1"],
        ["2", "Sở Y tế", "80", "2", "2", "Huyện Lộc Bình", "70,25", "2"],
    ]
    found = read_tables(document("Chỉ số CCHC", table(rows)), LANG_SON, 2022).units
    assert [(unit.unit.name, totals(unit)) for unit in found] == [
        ("Sở Nội vụ", (None, "90.5", "1")),
        ("Sở Y tế", (None, "80", "2")),
        ("Cao Lộc", (None, "88", "1")),
        ("Lộc Bình", (None, "70.25", "2")),
    ]


def test_criteria_that_count_anew_under_the_domains_over_their_columns() -> None:
    rows: Rows = [
        [
            "STT",
            "Đơn vị",
            "I. Chỉ đạo (3đ)",
            None,
            "II. Thể chế (3đ)",
            None,
            "III. Thủ tục (4đ)",
            None,
            None,
            "Tổng điểm",
        ],
        ["", "", "1", "2", "1", "2", "1", "2", "Cộng", ""],
        ["", "Điểm chuẩn", "1", "2", "2", "1", "3", "1", "4", "10"],
        ["1", "Huyện Cao Lộc", "1", "1,5", "0,5", "1", "3", "0", "3", "7"],
        ["2", "Huyện Lộc Bình", "0", "2", "1", "1", "2", "1", "3", "7"],
    ]
    (first, second) = read_tables(document("Điểm CCHC", table(rows)), LANG_SON, 2022).units
    assert (first.unit.name, totals(first)) == ("Cao Lộc", ("10", "7", None))
    assert [each[:4] for each in of_unit(first)] == [
        ("1.1", "1", None, "1"),
        ("1.2", "2", None, "1.5"),
        ("2.1", "2", None, "0.5"),
        ("2.2", "1", None, "1"),
        ("3", "4", None, "3"),
        ("3.1", "3", None, "3"),
        ("3.2", "1", None, "0"),
    ]
    assert {doubt for result in second.reading.results for doubt in result.doubts} == set()


def test_percentages_in_place_of_points_are_told() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Kết quả đạt được"],
        *([f"1.{n}", "Ban hành kế hoạch", "2", "95,5%"] for n in range(1, 5)),
    ]
    found = read_tables(document(table(rows)), ANYWHERE, None)
    assert (found.own, [refusal.why for refusal in found.unread]) == ((), ["table-not-read"])


def test_a_score_with_its_loss_below_it() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm thẩm định"],
        ["1.1", "Ban hành kế hoạch", "2", "1,5\n(trừ 0,5 điểm do chậm)"],
        ["1.2", "Báo cáo định kỳ", "1", "1"],
    ]
    assert of(rows) == [("1.1", "2", None, "1.5", "0.5"), ("1.2", "1", None, "1", "0")]


def test_nothing_lost_may_be_said_in_words() -> None:
    rows: Rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Điểm còn thiếu"],
        ["1.1", "Ban hành kế hoạch", "2", "1,5", "0,5"],
        ["1.2", "Báo cáo định kỳ", "1", "1", "Không"],
        ["1.3", "Kiểm tra, đôn đốc", "1", "0,5", "0,5"],
    ]
    assert doubts(rows) == [(), (), ()]
