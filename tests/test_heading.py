"""The heading of reports in the layouts that authorities use."""

from __future__ import annotations

from pathlib import Path

import pytest
from headings import CAM_XUYEN, MOTTO, head, read, table, title, totals

from extract.document import Cell, Table
from extract.heading.kinds import kind_of_line
from extract.heading.read_heading import read_heading
from extract.readers import read_document
from normalize.records import Unit
from patterns.catalogue import load_toml

SHARED = Path(__file__).parents[2] / "shared" / "reports"


LETTER_ORDERS = {
    "column by column": (
        "ỦY BAN NHÂN DÂN", "HUYỆN CẨM XUYÊN", "Số: 185 /UBND – NV", "Về việc khắc phục tồn tại trong",
        "công tác CCHC năm 2019", *MOTTO, "Cẩm Xuyên, ngày 03 tháng 02 năm 2020", "Kính gửi:", "- Các phòng;",
    ),
    "line by line": (
        f"ỦY BAN NHÂN DÂN {MOTTO[0]}", f"HUYỆN CẨM XUYÊN {MOTTO[1]}",
        "Số: 185 /UBND – NV Cẩm Xuyên, ngày 03 tháng 02 năm 2020", "Về việc khắc phục tồn tại trong",
        "công tác CCHC năm 2019", "Kính gửi:", "- Các phòng;",
    ),
    "one paragraph": (
        f"ỦY BAN NHÂN DÂN HUYỆN CẨM XUYÊN {MOTTO[0]} {MOTTO[1]} Số: 185 /UBND – NV Về việc khắc phục tồn tại trong "
        "công tác CCHC năm 2019 Cẩm Xuyên, ngày 03 tháng 02 năm 2020 Kính gửi: Các phòng",
    ),
    "table of one row": (
        table((
            "ỦY BAN NHÂN DÂN\nHUYỆN CẨM XUYÊN\n\nSố: 185 /UBND – NV\n"
            "Về việc khắc phục tồn tại trong\ncông tác CCHC năm 2019",
            "\n".join(MOTTO) + "\n\nCẩm Xuyên, ngày 03 tháng 02 năm 2020",
        )),
        "Kính gửi: Các phòng",
    ),
    "table of two rows": (
        table(
            ("ỦY BAN NHÂN DÂN\nHUYỆN CẨM XUYÊN", "\n".join(MOTTO)),
            ("Số: 185 /UBND – NV\nVề việc khắc phục tồn tại trong công tác CCHC năm 2019",
             "Cẩm Xuyên, ngày 03/02/2020"),
        ),
        "Kính gửi: Các phòng",
    ),
    "lines cut by the column": (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", "HUYỆN CẨM XUYÊN", MOTTO[1],
        "Số: 185 /UBND – NV", "Cẩm Xuyên, ngày 03 tháng 02 năm 2020",
        "Về việc khắc phục tồn tại trong", "công tác CCHC năm 2019", "Kính gửi:",
    ),
}  # fmt: skip


@pytest.mark.parametrize("order", LETTER_ORDERS)
def test_a_letterhead_in_every_order(order: str) -> None:
    facts = read(*LETTER_ORDERS[order], "Trong năm 2019, huyện được tỉnh thẩm định.")
    assert head(facts) == ("185/UBND-NV", "2020-02-03", "UBND huyện Cẩm Xuyên", "Công văn", None)
    assert title(facts) == "Về việc khắc phục tồn tại trong công tác CCHC năm 2019"
    assert (facts.unit, facts.year, facts.period, facts.basis) == (CAM_XUYEN, 2019, "year", "appraised")
    assert facts.doubts == ()


def test_what_a_web_page_has_above_the_letterhead_is_no_head() -> None:
    facts = read("Văn bản pháp luật.", "Đang tải văn bản, vui lòng chờ giây lát...", *LETTER_ORDERS["column by column"])
    assert head(facts) == ("185/UBND-NV", "2020-02-03", "UBND huyện Cẩm Xuyên", "Công văn", None)


def test_a_second_letterhead_is_that_of_an_enclosure() -> None:
    above = ("SỞ NỘI VỤ", "Số: 41/SNV-CCHC", "Kính gửi: UBND huyện Cẩm Xuyên", "Sở Nội vụ gửi báo cáo sau đây.")
    assert head(read(*above, *LETTER_ORDERS["column by column"]))[0] == "41/SNV-CCHC"


def test_a_department_reports_on_a_district() -> None:
    facts = read(
        "UBND TỈNH QUẢNG TRỊ", "SỞ NỘI VỤ", *MOTTO, "Số: 41/BC-SNV", "Quảng Trị, ngày 15 tháng 01 năm 2024", "BÁO CÁO",
        "Kết quả thẩm định Chỉ số cải cách hành chính năm 2023", "của UBND huyện Hải Lăng",
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 03/02/2023 của UBND tỉnh, Sở Nội vụ báo cáo như sau:",
    )  # fmt: skip
    assert head(facts) == ("41/BC-SNV", "2024-01-15", "Sở Nội vụ", "Báo cáo", None)
    assert facts.unit == Unit("Hải Lăng", "district", "Quảng Trị")
    assert (facts.year, facts.basis, facts.doubts) == (2023, "appraised", ())


def test_a_department_reports_on_itself() -> None:
    facts = read(
        "ỦY BAN NHÂN DÂN", "TỈNH QUẢNG TRỊ", MOTTO[0], "SỞ KẾ HOẠCH", MOTTO[1], "VÀ ĐẦU TƯ", "Số: 4/BC-SKHĐT",
        "Quảng Trị, ngày 10 tháng 01 năm 2023", "BÁO CÁO", "Tự đánh giá, chấm điểm Chỉ số CCHC năm 2022",
        "Sở tự đánh giá đạt 95/100 điểm.",
    )  # fmt: skip
    assert head(facts) == ("4/BC-SKHĐT", "2023-01-10", "Sở Kế hoạch và Đầu tư", "Báo cáo", None)
    assert facts.unit == Unit("Sở Kế hoạch và Đầu tư", "department", "Quảng Trị")
    assert (facts.year, facts.basis) == (2022, "self")
    assert totals(facts) == {"self_score": "95", "max_score": "100"}


def test_what_a_title_adds_behind_a_department_is_not_its_name() -> None:
    facts = read(
        "SỞ XÂY DỰNG", *MOTTO, "BÁO CÁO", "Phân tích Chỉ số CCHC năm 2023 của Sở Xây dựng và giải pháp khắc phục"
    )
    assert facts.unit == Unit("Sở Xây dựng", "department", None)


def test_a_comma_inside_the_name_of_a_department() -> None:
    title = "Kết quả thẩm định Chỉ số CCHC năm 2023 của Sở Văn hóa, Thể thao và Du lịch"
    assert read("SỞ NỘI VỤ", *MOTTO, "BÁO CÁO", title).unit.name == "Sở Văn hóa, Thể thao và Du lịch"


def test_a_web_page_on_the_satisfaction_of_citizens_begins_with_its_title() -> None:
    facts = read("Trang chủ", "UBND TỈNH BẮC KẠN", "KẾT QUẢ CHỈ SỐ HÀI LÒNG CỦA NGƯỜI DÂN NĂM 2022")
    assert facts.year == 2022


def test_home_affairs_writes_to_the_department_it_appraised() -> None:
    body = "Sở Nội vụ thông báo kết quả thẩm định Chỉ số cải cách hành chính năm 2023 như sau:"
    facts = read("UBND TỈNH TRÀ VINH", "SỞ NỘI VỤ", *MOTTO, "Kính gửi: Sở Giao thông vận tải", body)
    assert (facts.unit.name, facts.unit.level, facts.doubts) == (
        "Sở Giao thông vận tải",
        "department",
        ("unit-from-addressee",),
    )
    reporting = read("UBND TỈNH TRÀ VINH", "SỞ Y TẾ", *MOTTO, "Kính gửi: Sở Nội vụ", body)
    assert reporting.unit.name == "Sở Y tế"


def test_a_section_that_a_title_names_is_assessed_itself() -> None:
    title = "Thẩm định kết quả chấm điểm Chỉ số CCHC năm 2024 của Phòng Tư pháp huyện"
    facts = read("UBND HUYỆN PHÚ XUYÊN", "PHÒNG NỘI VỤ", *MOTTO, "BIÊN BẢN", title)
    assert (facts.unit.name, facts.unit.level) == ("Phòng Tư pháp", "department")


def test_titles_within_the_table_are_the_head() -> None:
    merged = Table(
        3,
        3,
        (
            Cell(0, 0, "BẢNG ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2020", 1, 3),
            Cell(1, 0, "Đơn vị: UBND phường Bắc Hà", 1, 3),
            *(Cell(2, column, text) for column, text in enumerate(("STT", "Tiêu chí", "Điểm chuẩn"))),
        ),
    )
    facts = read("UBND THÀNH PHỐ HÀ TĨNH", merged)
    assert (facts.unit.name, facts.unit.level, facts.year) == ("Bắc Hà", "commune", 2020)


def test_a_letter_of_a_higher_office_is_about_its_one_addressee() -> None:
    facts = read(
        "UBND TỈNH ĐIỆN BIÊN", "SỞ NỘI VỤ", *MOTTO, "Số: 1988/SNV-CCHC", "V/v thông báo kết quả thẩm định Chỉ số",
        "CCHC năm 2019", "Điện Biên, ngày 20 tháng 02 năm 2020", "Kính gửi: UBND huyện Tuần Giáo",
        "Sở Nội vụ thông báo: Tổng điểm 79,42/100, tổng điểm trừ 20,58 điểm.",
    )  # fmt: skip
    assert head(facts) == ("1988/SNV-CCHC", "2020-02-20", "Sở Nội vụ", "Công văn", None)
    assert facts.unit == Unit("Tuần Giáo", "district", "Điện Biên")
    assert facts.doubts == ("unit-from-addressee",)
    assert totals(facts) == {"score": "79.42", "max_score": "100", "deducted": "20.58"}


@pytest.mark.parametrize(
    ("offices", "number", "issuer", "unit"),
    [
        (("UBND XÃ CẨM BÌNH", "HUYỆN CẨM XUYÊN"), "Số: 15/BC-UBND", "UBND xã Cẩm Bình",
         Unit("Cẩm Bình", "commune", "Hà Tĩnh", "Cẩm Xuyên")),
        (("UBND HUYỆN CẨM XUYÊN", "UBND XÃ CẨM BÌNH"), "Số: 15/BC-UBND", "UBND xã Cẩm Bình",
         Unit("Cẩm Bình", "commune", "Hà Tĩnh", "Cẩm Xuyên")),
        (("UBND HUYỆN HẢI LĂNG", "PHÒNG NỘI VỤ"), "Số: 4/BC-PNV", "Phòng Nội vụ",
         Unit("Hải Lăng", "district", "Quảng Trị")),
        (("ĐẢNG BỘ TỈNH HÀ TĨNH", "HUYỆN ỦY CẨM XUYÊN"), "Số 34 -BC/HU", "Huyện ủy Cẩm Xuyên", CAM_XUYEN),
        (("UBND TỈNH LẠNG SƠN", "HỘI ĐỒNG THẨM ĐỊNH", "CHỈ SỐ CCHC"), "Số: 4/BC-HĐTĐ", "Hội đồng thẩm định chỉ số CCHC",
         Unit("Lạng Sơn", "province", "Lạng Sơn")),
        (("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH",), "Số: 4/BC-UBND", "UBND thành phố Hà Tĩnh",
         Unit("Hà Tĩnh", "district", "Hà Tĩnh")),
        (("ỦY BAN NHÂN DÂN", "QUẬN 1"), "Số: 4/BC-UBND", "UBND quận 1", Unit("Quận 1", "district", "Hồ Chí Minh")),
    ],
)  # fmt: skip
def test_issuers(offices: tuple[str, ...], number: str, issuer: str, unit: Unit) -> None:
    facts = read(*offices, *MOTTO, number, "ngày 3 tháng 12 năm 2021", "BÁO CÁO", "Kết quả CCHC năm 2021", "I. KẾT QUẢ")
    assert head(facts)[2:4] == (issuer, "Báo cáo")
    assert (facts.unit, facts.doubts) == (unit, ())


def test_a_decision_about_many_units_belongs_to_the_province() -> None:
    facts = read(
        "ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH", *MOTTO, "Số: 4293/QĐ-UBND", "Hà Tĩnh, ngày 30 tháng 12 năm 2019",
        "QUYẾT ĐỊNH",
        "Về việc công bố Chỉ số cải cách hành chính năm 2019 của UBND các huyện, thành phố, thị xã",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    )  # fmt: skip
    assert head(facts) == ("4293/QĐ-UBND", "2019-12-30", "UBND tỉnh Hà Tĩnh", "Quyết định", None)
    assert title(facts) == "Về việc công bố Chỉ số cải cách hành chính năm 2019 của UBND các huyện, thành phố, thị xã"
    assert facts.unit == Unit("Hà Tĩnh", "province", "Hà Tĩnh")
    assert (facts.many_units, facts.rows_level, facts.year, facts.doubts) == (True, "district", 2019, ())


def test_an_annex_takes_number_and_date_of_its_document() -> None:
    facts = read(
        "Phụ lục 1", "BẢNG CHẤM ĐIỂM CHỈ SỐ CCHC NĂM 2022 CỦA UBND HUYỆN CHÂU THÀNH",
        "(Ban hành kèm theo Báo cáo số: 41/BC-UBND, ngày 12 tháng 3 năm 2023", "của Ủy ban nhân dân huyện Châu Thành)",
        table(("TT", "Tiêu chí", "Điểm thẩm định"), ("1", "Chỉ đạo", "1")),
    )  # fmt: skip
    assert head(facts) == ("41/BC-UBND", "2023-03-12", "UBND huyện Châu Thành", "Phụ lục", "41/BC-UBND")
    assert title(facts) == "BẢNG CHẤM ĐIỂM CHỈ SỐ CCHC NĂM 2022 CỦA UBND HUYỆN CHÂU THÀNH"
    # ten districts have the name, and nothing says which
    assert (facts.unit, facts.doubts) == (Unit("Châu Thành", "district", None), ("unit-ambiguous",))


def test_the_province_in_the_text_tells_districts_of_one_name_apart() -> None:
    facts = read(
        "ỦY BAN NHÂN DÂN", "HUYỆN CHÂU THÀNH", *MOTTO, "Số:      /BC-UBND", "Châu Thành, ngày      tháng 3 năm 2023",
        "BÁO CÁO", "Kết quả khắc phục Chỉ số CCHC năm 2022", "Căn cứ Quyết định số 5/QĐ-UBND của UBND tỉnh Long An;",
    )  # fmt: skip
    assert head(facts) == (None, "2023-03", "UBND huyện Châu Thành", "Báo cáo", None)
    assert (facts.unit, facts.doubts) == (Unit("Châu Thành", "district", "Long An"), ())


def test_references_are_not_the_documents_own() -> None:
    facts = read(
        "UBND HUYỆN CẨM XUYÊN", "BÁO CÁO", "Kết quả CCHC năm 2019",
        "Căn cứ Quyết định số 4293/QĐ-UBND ngày 30/12/2019 của UBND tỉnh;",
        "Thực hiện Công văn số 15/SNV-CCHC ngày 05 tháng 01 năm 2020 của Sở Nội vụ tỉnh Hà Tĩnh,",
    )  # fmt: skip
    assert head(facts) == (None, None, "UBND huyện Cẩm Xuyên", "Báo cáo", None)


@pytest.mark.parametrize(
    ("subject", "year", "period", "doubts"),
    [
        ("Kết quả công tác CCHC 6 tháng đầu năm, phương hướng nhiệm vụ 6 tháng cuối năm 2021", 2021, "6m", ()),
        ("Công tác CCHC quý I, nhiệm vụ trọng tâm quý II năm 2022", 2022, "q1", ()),
        ("Kết quả công tác CCHC 9 tháng năm 2022", 2022, "9m", ()),
        ("Công tác CCHC năm 2020, phương hướng nhiệm vụ năm 2021", 2020, "year", ()),
        ("Kết quả thực hiện Kế hoạch CCHC năm 2022", 2022, "year", ()),
        ("Khắc phục hạn chế trong công tác CCHC năm 2023 và nâng cao Chỉ số CCHC năm 2024", 2023, "year", ()),
        ("Nâng cao Chỉ số CCHC năm 2024", 2023, "year", ("year-from-plan",)),
        ("Khắc phục hạn chế, nâng cao Chỉ số CCHC năm 2023", 2023, "year", ()),
        ("Công tác CCHC quý I năm 2024 và khắc phục hạn chế Chỉ số CCHC năm 2023", 2023, "year", ()),
        ("Tình hình công tác CCHC tháng 5/2022", 2022, None, ("period-unknown",)),
        ("Khắc phục hạn chế theo Kế hoạch số 15/KH-UBND ngày 3 tháng 2 năm 2021", 2023, "year", ("year-from-date",)),
    ],
)
def test_year_and_period(subject: str, year: int, period: str | None, doubts: tuple[str, ...]) -> None:
    facts = read(
        "UBND HUYỆN CẨM XUYÊN",
        *MOTTO,
        "Số: 1/BC-UBND",
        "Cẩm Xuyên, ngày 3 tháng 2 năm 2024",
        "BÁO CÁO",
        subject,
        "I. A",
    )
    assert (facts.year, facts.period, facts.doubts) == (year, period, doubts)


def test_the_year_of_a_plan_is_found_in_its_text() -> None:
    facts = read(
        "UBND HUYỆN LỘC BÌNH", *MOTTO, "Số: 12/KH-UBND", "Lộc Bình, ngày 15 tháng 01 năm 2024", "KẾ HOẠCH",
        "Nâng cao Chỉ số CCHC năm 2024", "Năm 2023, Chỉ số CCHC của huyện đạt 86,73%, xếp hạng 5/11 huyện, thành phố.",
    )  # fmt: skip
    assert (facts.year, facts.period, facts.doubts) == (2023, "year", ())
    assert totals(facts) == {"index_percent": "86.73", "rank": "5/11"}


def test_a_name_with_lost_marks_counts_in_a_picture_only() -> None:
    lines = ("UBND HUYỆN CẤM XUYÊN", *MOTTO, "Số: 1/BC-UBND", "ngày 3 tháng 2 năm 2020", "BÁO CÁO", "CCHC năm 2019")
    assert read(*lines, method="ocr").unit == CAM_XUYEN
    assert read(*lines, method="ocr").doubts == ("unit-by-likeness",)
    assert read(*lines).doubts == ("unit-unknown",)


def test_a_commune_lies_where_the_districts_named_lie() -> None:
    facts = read(
        "ỦY BAN NHÂN DÂN", "XÃ THẠCH ĐÀI", *MOTTO, "Số: 45 /BC-UBND", "Thạch Đài, ngày        tháng 6 năm 2021",
        "BÁO CÁO",
        "Kết quả công tác CCHC 6 tháng đầu năm 2021", "Thực hiện Công văn số 1020/UBND-NV của UBND huyện Thạch Hà,",
        "6 tháng đầu năm 2021, xã ước đạt 83,5 điểm.",
    )  # fmt: skip
    assert facts.unit == Unit("Thạch Đài", "commune", "Hà Tĩnh", "Thạch Hà")
    assert (head(facts)[1], facts.period, facts.basis) == ("2021-06", "6m", "self")
    assert (totals(facts), facts.doubts) == ({"self_score": "83.5"}, ())


def test_a_report_without_letterhead_is_the_signing_committees() -> None:
    facts = read(
        *MOTTO, "Số: 254/TB-UBND", "Ngày 30 tháng 12 năm 2019", "THÔNG BÁO", "Kết quả khắc phục tồn tại CCHC năm 2019",
        "Theo công bố của UBND tỉnh Hà Tĩnh, huyện đạt 81,6 điểm.", "1. Chỉ đạo điều hành (bị trừ 0,75 điểm)",
        "TM. ỦY BAN NHÂN DÂN HUYỆN CẨM XUYÊN", "CHỦ TỊCH",
    )  # fmt: skip
    assert (facts.unit, facts.doubts) == (CAM_XUYEN, ())


def test_a_unit_whose_name_begins_like_an_office() -> None:
    """PHONG is no PHÒNG: the line is not cut; the province in the text tells it from Cần Thơ's Phong Điền."""
    facts = read(
        "ỦY BAN NHÂN DÂN", "HUYỆN PHONG ĐIỀN", *MOTTO, "Số: 655/UBND-NV", "V/v khắc phục tồn tại CCHC năm 2020",
        "Phong Điền, ngày 06 tháng 4 năm 2021", "Theo Quyết định của UBND tỉnh Thừa Thiên Huế, huyện đạt 83,17 điểm.",
    )  # fmt: skip
    assert (facts.unit, facts.doubts) == (Unit("Phong Điền", "district", "Thừa Thiên Huế"), ())


def test_an_empty_document() -> None:
    facts = read()
    assert (head(facts), title(facts)) == ((None,) * 5, None)
    assert (facts.unit, facts.doubts) == (Unit(None, None), ("unit-unknown", "year-unknown"))


def test_kinds_match_their_examples() -> None:
    for kind in load_toml("kinds")["kind"]:
        assert [kind_of_line(text) for text in kind["examples"]] == [kind["name"]] * len(kind["examples"])
        assert kind["name"] not in [kind_of_line(text) for text in kind["counter_examples"]]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
@pytest.mark.parametrize("media", ["txt", "docx", "pdf"])
@pytest.mark.parametrize(
    ("name", "expected", "unit", "year", "stated"),
    [
        ("000", ("185/UBND-NV", "2020-02-03", "UBND huyện Cẩm Xuyên", "Công văn", None), CAM_XUYEN, 2019,
         {"score": "88.21", "appraised_score": "69.46", "survey_score": "18.75"}),
        ("001", (None, "2024-01", "UBND huyện Lộc Bình", "Phụ lục", None),
         Unit("Lộc Bình", "district", "Lạng Sơn"), 2023, {}),
        ("003", ("1356/UBND-NV", "2020-10-30", "UBND huyện Tuần Giáo", "Bảng phân tích", "1356/UBND-NV"),
         Unit("Tuần Giáo", "district", "Điện Biên"), 2019, {}),
    ],
)  # fmt: skip
def test_the_real_reports(
    name: str, media: str, expected: tuple[str | None, ...], unit: Unit, year: int, stated: dict[str, str]
) -> None:
    facts = read_heading(read_document(SHARED / f"{name}.{media}"))
    assert (head(facts), facts.unit, facts.year, facts.period, facts.basis) == (
        expected,
        unit,
        year,
        "year",
        "appraised",
    )
    assert (totals(facts), facts.doubts) == (stated, ())
