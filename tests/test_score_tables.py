"""Score tables as reports lay them out, to whole results. Every table here is made."""

from __future__ import annotations

from decimal import Decimal

from extract.document import Document
from extract.tables.read_tables import TablesReading, read_tables
from extract.tables.unit_reading import Context
from normalize.records import Result
from tests.tabling import document, paged, table

ANYWHERE = Context(None, None, None)
Numbers = tuple[str, str | None, str | None, str | None, str | None]


def numbers(result: Result) -> Numbers:
    def shown(value: object) -> str | None:
        held = getattr(value, "value", None)
        return None if held is None else format(Decimal(held).normalize(), "f")

    return (
        str(result.code.value),
        shown(result.max_score),
        shown(result.self_score),
        shown(result.score),
        shown(result.deducted),
    )


def own(made: Document, year: int | None = None) -> list[Numbers]:
    (reading,) = read_tables(made, ANYWHERE, year).own
    return [numbers(result) for result in reading.results]


def read(made: Document, context: Context = ANYWHERE) -> TablesReading:
    return read_tables(made, context, None)


def test_roman_domains_over_codes_that_count_anew() -> None:
    rows: list[list[str | None]] = [["TT", "Nội dung", "Điểm chuẩn", "Điểm tự chấm", "Điểm thẩm định"]]
    for roman, name in zip(("I", "II", "III", "IV"), ("Chỉ đạo", "Thể chế", "Thủ tục", "Bộ máy"), strict=True):
        rows += [[roman, name, "3", "2,5", "2"], ["1", "Kế hoạch", "1", "1", "1"], ["2", "Báo cáo", "2", "1,5", "1"]]
        rows += [["2.1", "Báo cáo quý", "2", "1,5", "1"]]
    found = own(document(table(rows)))
    assert found[:4] == [
        ("1", "3", "2.5", "2", "1"),
        ("1.1", "1", "1", "1", "0"),
        ("1.2", "2", "1.5", "1", "1"),
        ("1.2.1", "2", "1.5", "1", "1"),
    ]
    assert [code for code, *_ in found[4:8]] == ["2", "2.1", "2.2", "2.2.1"]


def test_roman_domains_over_whole_codes_are_left_as_they_are() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Nội dung", "Điểm tối đa", "Điểm đạt"],
        ["I", "Chỉ đạo, điều hành", "3", "2"],
        ["1.1", "Kế hoạch", "1", "1"],
        ["1.2", "Báo cáo", "2", "1"],
        ["II", "Cải cách thể chế", "2", "1,5"],
        ["2.1", "Ban hành văn bản", "2", "1,5"],
    ]
    assert [code for code, *_ in own(document(table(rows)))] == ["1", "1.1", "1.2", "2", "2.1"]


def test_points_beside_the_criteria_are_noted_for_they_are_in_the_total() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1", "Chỉ đạo, điều hành", "3", "2"],
        ["2", "Cải cách thể chế", "2", "1,5"],
        ["", "Điểm thưởng", "1", "0,5"],
    ]
    (reading,) = read(document(table(rows))).own
    assert (reading.beside, [numbers(result)[0] for result in reading.results]) == (True, ["1", "2"])
    (reading,) = read(document(table(rows[:3]))).own
    assert not reading.beside


def test_parts_of_a_report_are_no_domains() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Nội dung", "Điểm tối đa", "Điểm đạt"],
        ["I", "PHẦN THẨM ĐỊNH", "5", "3,5"],
        ["1", "Chỉ đạo, điều hành", "3", "2"],
        ["1.1", "Kế hoạch", "3", "2"],
        ["2", "Cải cách thể chế", "2", "1,5"],
        ["2.1", "Ban hành văn bản", "2", "1,5"],
        ["II", "PHẦN ĐIỀU TRA XÃ HỘI HỌC", "5", "4"],
        ["3", "Mức độ hài lòng", "5", "4"],
        ["3.1", "Hài lòng về thái độ", "5", "4"],
    ]
    found = own(document(table(rows)))
    assert [code for code, *_ in found] == ["1", "1.1", "2", "2.1", "3", "3.1"]


def test_two_storeys_of_headings_and_a_row_that_numbers_the_columns() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Lĩnh vực, tiêu chí", "Điểm", None, None, "Ý kiến của Hội đồng", "Đơn vị thực hiện"],
        ["", "", "Tối đa", "Tự chấm", "Thẩm định", "", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["1.1", "Kế hoạch", "2,00", "2,00", "1,50", "Chậm 05 ngày", "Phòng Nội vụ"],
        ["1.2", "Báo cáo", "1,00", "1,00", "1,00", "", "Văn phòng HĐND và UBND"],
    ]
    (reading,) = read(document(table(rows))).own
    assert [numbers(result) for result in reading.results] == [
        ("1.1", "2", "2", "1.5", "0.5"),
        ("1.2", "1", "1", "1", "0"),
    ]
    first = reading.results[0]
    assert [item.reason.value for item in first.deductions if item.reason] == ["Chậm 05 ngày"]
    assert not first.deducted_stated


def test_a_spreadsheet_shortened_ten_to_one() -> None:
    rows: list[list[str | None]] = [["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]]
    rows += [[f"1.{number}", f"Tiêu chí thứ {number}", "1", "0,5"] for number in range(1, 10)]
    rows += [["1.1", "Tiêu chí thứ mười", "1", "0,5"], ["1.11", "Tiêu chí mười một", "1", "0,5"]]
    codes = [code for code, *_ in own(document(table(rows)))]
    assert codes == [f"1.{number}" for number in range(1, 12)]


def test_the_unread_number_asks_for_a_person() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1,5 hoặc 2"],
        ["1.2", "Báo cáo", "1", "1"],
    ]
    (reading,) = read(document(table(rows))).own
    first, second = reading.results
    assert (first.score, first.status, first.doubts) == (None, "review", ("unread-score",))
    assert second.status == "ok"
    assert [refusal.printed.text for refusal in reading.refusals] == ["1,5 hoặc 2"]


def test_counts_and_dates_beside_scores_are_no_scores() -> None:
    rows: list[list[str | None]] = [
        ["STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Tài liệu kiểm chứng"],
        ["1.1", "Kế hoạch", "2", "2", "Kế hoạch số 02/KH-UBND ngày 05/01/2023"],
        ["1.2", "Tỷ lệ đúng hạn", "1", "0,9", "12.340/12.400 hồ sơ; 17/19 xã; 99,5%"],
    ]
    (reading,) = read(document(table(rows))).own
    assert [numbers(result) for result in reading.results] == [
        ("1.1", "2", "2", None, "0"),
        ("1.2", "1", "0.9", None, "0.1"),
    ]
    assert reading.by_self


def test_the_total_beside_appraised_and_survey_is_the_score() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm thẩm định", "Điểm điều tra XHH", "Tổng điểm đạt"],
        ["1", "Chỉ đạo, điều hành", "10", "7", "2", "9"],
        ["1.1", "Kế hoạch", "8", "7", "", "7"],
        ["1.2", "Chất lượng chỉ đạo", "2", "", "2", "2"],
    ]
    assert own(document(table(rows))) == [
        ("1", "10", None, "9", "1"),
        ("1.1", "8", None, "7", "1"),
        ("1.2", "2", None, "2", "0"),
    ]


def test_rows_without_a_code_are_no_results() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"],
        ["1.1", "Kế hoạch", "2", "1"],
        ["", "- Ban hành đúng hạn", "1", ""],
        ["", "- Thực hiện đầy đủ", "1", ""],
        ["", "Tổng cộng", "2", "1"],
    ]
    (reading,) = read(document(table(rows))).own
    assert [numbers(result) for result in reading.results] == [("1.1", "2", None, "1", "1")]
    assert reading.totals.score is not None
    assert reading.totals.score.value == 1


def test_the_parts_over_two_pages_are_one_table_whose_numbers_keep_their_page() -> None:
    head: list[str | None] = ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt", "Nguyên nhân"]
    first = table([head, ["1.1", "Kế hoạch", "2", "1,5", "Chậm so với"]], 1, ends_page=True)
    second = table([["", "", "", "", "quy định"], ["1.2", "Báo cáo", "1", "0,5", "Thiếu"]], 2, starts_page=True)
    (reading,) = read(paged((first,), (second,))).own
    assert [(str(r.code.value), r.score.printed.place.page) for r in reading.results if r.score] == [
        ("1.1", 1),
        ("1.2", 2),
    ]
    (item,) = reading.results[0].deductions
    assert item.reason is not None
    assert item.reason.value == "Chậm so với quy định"


def test_one_row_a_unit() -> None:
    rows: list[list[str | None]] = [
        ["STT", "Đơn vị", "Điểm tự chấm", "Điểm thẩm định", "Điểm XHH", "Tổng điểm", "Chỉ số (%)", "Xếp hạng"],
        ["1", "Huyện Tuần Giáo", "70", "65,5", "20", "85,5", "85,5%", "1"],
        ["2", "Huyện Mường Chà", "68", "60", "19,25", "79,25", "79,25%", "2"],
        ["", "Trung bình", "", "", "", "82,375", "", ""],
    ]
    found = read(document(table(rows)), Context("Điện Biên", None, "2023-02-01")).units
    assert [(unit.unit.name, unit.unit.level, unit.unit.province) for unit in found] == [
        ("Tuần Giáo", "district", "Điện Biên"),
        ("Mường Chà", "district", "Điện Biên"),
    ]
    totals = found[0].reading.totals
    held = (totals.self_score, totals.appraised_score, totals.survey_score, totals.score, totals.index_percent)
    assert [str(value.value) for value in held if value] == ["70", "65.5", "20", "85.5", "85.5"]
    assert totals.rank is not None
    assert totals.rank.value == "1"


def test_communes_under_their_districts() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Tên đơn vị", "Điểm thẩm định", "Xếp hạng"],
        ["I", "Huyện Tuần Giáo", "", ""],
        ["1", "Xã Quài Tở", "81,5", "2"],
        ["2", "Thị trấn Tuần Giáo", "90", "1"],
        ["II", "Huyện Mường Chà", "", ""],
        ["3", "Xã Mường Mươn", "80", "3"],
    ]
    found = read(document(table(rows)), Context("Điện Biên", None, "2023-02-01")).units
    assert [(unit.unit.name, unit.unit.level, unit.unit.district) for unit in found] == [
        ("Quài Tở", "commune", "Tuần Giáo"),
        ("Tuần Giáo", "commune", "Tuần Giáo"),
        ("Mường Mươn", "commune", "Mường Chà"),
    ]


def test_one_column_a_unit() -> None:
    rows: list[list[str | None]] = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Tuần Giáo", "Mường Chà", "Điện Biên Đông"],
        ["1", "Chỉ đạo, điều hành", "10", "9", "8,5", "7"],
        ["1.1", "Kế hoạch", "10", "9", "8,5", "7"],
    ]
    found = read(document(table(rows)), Context("Điện Biên", None, "2023-02-01")).units
    assert [unit.unit.name for unit in found] == ["Tuần Giáo", "Mường Chà", "Điện Biên Đông"]
    assert [numbers(result) for result in found[1].reading.results] == [
        ("1", "10", None, "8.5", "1.5"),
        ("1.1", "10", None, "8.5", "1.5"),
    ]


def test_a_scorecard_is_not_scored() -> None:
    rows: list[list[str | None]] = [
        ["STT", "Lĩnh vực/tiêu chí", "Điểm tối đa", "Cách chấm điểm"],
        ["1", "Chỉ đạo, điều hành", "10", ""],
        ["1.1", "Kế hoạch", "4", "Đúng hạn: 4; chậm: 2; không ban hành: 0"],
        ["1.2", "Báo cáo", "6", "Mỗi báo cáo 1,5 điểm"],
    ]
    found = read(document(table(rows)))
    assert found.own == ()
    assert [(str(row.code.value), row.max_score.value if row.max_score else None) for row in found.scorecard] == [
        ("1", Decimal(10)),
        ("1.1", Decimal(4)),
        ("1.2", Decimal(6)),
    ]


def test_tables_that_hold_no_scores_give_nothing() -> None:
    letterhead = table(
        [
            ["ỦY BAN NHÂN DÂN\nHUYỆN TUẦN GIÁO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["Số: 12/BC-UBND", "Ngày 3/2/2023"],
        ]
    )
    members = table(
        [
            ["STT", "Họ và tên", "Chức vụ", "Đơn vị"],
            ["1", "Trưởng ban", "Chủ tịch", "UBND huyện"],
            ["2", "Phó ban", "Trưởng phòng", "Phòng Nội vụ"],
        ]
    )
    counts = table(
        [
            ["TT", "Lĩnh vực", "Số hồ sơ tiếp nhận", "Số hồ sơ đúng hạn", "Tỷ lệ (%)"],
            ["1", "Đất đai", "12.340", "12.300", "99,7"],
            ["2", "Tư pháp", "1.204", "1.204", "100"],
        ]
    )
    found = read(document(letterhead, "Báo cáo", members, "Số liệu", counts))
    assert (found.own, found.units, found.scorecard) == ((), (), ())


def test_words_in_place_of_appraised_points_give_none_and_leave_the_own_score_its_own() -> None:
    verdicts = ["Không đạt", "Đạt", "Chưa thực hiện", "Đạt điểm tối đa", "Không"]
    rows: list[list[str | None]] = [["TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Điểm thẩm định"]]
    rows += [[f"1.{n}", f"Tiêu chí thứ {n}", "1", "0,75", word] for n, word in enumerate(verdicts, start=1)]
    rows += [["1.6", "Tiêu chí thứ sáu", "1", "1", "0,5"]]
    (reading,) = read(document(table(rows))).own
    assert [numbers(result) for result in reading.results] == [
        *((f"1.{n}", "1", "0.75", None, None) for n in range(1, 6)),
        ("1.6", "1", "1", "0.5", "0.5"),
    ]
    assert [result.doubts for result in reading.results] == [("unread-score",)] * 5 + [()]
    assert [refusal.printed.text for refusal in reading.refusals] == verdicts
