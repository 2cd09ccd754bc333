"""The heading of reports in the layouts that authorities use, and the totals their prose states."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extract.document import Cell, Document, Page, Paragraph, Table, Word
from extract.heading.kinds import kind_of_line
from extract.heading.read_heading import HeadingFacts, read_heading
from extract.readers import read_document
from normalize.place import Box, Place
from normalize.records import Unit
from patterns.catalogue import load_toml

SHARED = Path(__file__).parents[2] / "shared" / "reports"

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
CAM_XUYEN = Unit("Cẩm Xuyên", "district", "Hà Tĩnh")


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(len(rows), len(rows[0]), cells)


def read(*blocks: str | Table | Paragraph, method: str = "typed") -> HeadingFacts:
    made = tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    page = Page(None, made, method=method)  # type: ignore[arg-type]
    return read_heading(Document("report.docx", "0" * 64, "docx", (page,)))


def head(facts: HeadingFacts) -> tuple[str | None, ...]:
    """Number, date, issuer, kind, parent."""
    heading = facts.heading
    values = (heading.number, heading.date, heading.issuer, heading.kind, heading.parent)
    return tuple(value.value if value else None for value in values)


def title(facts: HeadingFacts) -> str | None:
    return facts.heading.title.value if facts.heading.title else None


def totals(facts: HeadingFacts) -> dict[str, str]:
    found = {name: getattr(facts.totals, name) for name in facts.totals.__slots__}
    return {name: str(value.value) for name, value in found.items() if value is not None}


def letter(*body: str) -> HeadingFacts:
    """A district's letter about 2019 with this running text."""
    return read(
        "ỦY BAN NHÂN DÂN", "HUYỆN CẨM XUYÊN", *MOTTO, "Số: 185 /UBND – NV", "V/v khắc phục tồn tại CCHC năm 2019",
        "Cẩm Xuyên, ngày 03 tháng 02 năm 2020", "Kính gửi: Các phòng chuyên môn", *body,
    )  # fmt: skip


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2019, huyện được Đoàn thẩm định đánh giá về CCHC đạt 88,21 điểm, trong đó điểm thành phần đạt "
         "69,46 điểm, điểm điều tra xã hội học đạt 18,75 điểm.",
         {"score": "88.21", "appraised_score": "69.46", "survey_score": "18.75"}),
        ("Tổng điểm: 79,42/100", {"score": "79.42", "max_score": "100"}),
        ("Tổng số điểm đạt được là 85,5/100 điểm, xếp thứ 3/15 huyện.",
         {"score": "85.5", "max_score": "100", "rank": "3/15"}),
        ("Huyện tự chấm 92,5 điểm; điểm thẩm định 88,25 điểm; tổng điểm trừ 11,75 điểm.",
         {"self_score": "92.5", "score": "88.25", "deducted": "11.75"}),
        ("Chỉ số CCHC đạt 86,73%, đứng vị trí thứ 4 trong 13 đơn vị, thang điểm 100.",
         {"index_percent": "86.73", "rank": "4/13", "max_score": "100"}),
        ("Chỉ số CCHC đạt 88,21%, tăng 3,2% so với năm 2018 và xếp ở vị trí thứ 05/13.",
         {"index_percent": "88.21", "rank": "5/13"}),
        ("Điểm thẩm định: 69,46/80; điểm điều tra XHH: 18,75/20; tổng điểm: 88,21/100; tỷ lệ 88,21%.",
         {"score": "88.21", "appraised_score": "69.46", "survey_score": "18.75", "max_score": "100",
          "index_percent": "88.21"}),
        ("Năm 2019 đạt 88,21 điểm, xếp thứ 5, tăng 3,21 điểm so với năm 2018 (85 điểm).",
         {"score": "88.21", "rank": "5"}),
        ("Năm 2019, huyện Cẩm Xuyên được Hội đồng thẩm định đánh giá đạt 65,32 điểm (điểm thẩm định: 50,59 điểm; điểm "
         "điều tra xã hội học: 14,73 điểm) tại Báo cáo số 19/KH-UBND.",
         {"score": "65.32", "appraised_score": "50.59", "survey_score": "14.73"}),
        ("Huyện có tổng điểm là 62,10 điểm, gồm 46,22 điểm thẩm định và 15,88 điểm điều tra xã hội học.",
         {"score": "62.10", "appraised_score": "46.22", "survey_score": "15.88"}),
        ("Năm 2019, huyện Cẩm Xuyên đạt 55,630/70,000 điểm. Các lĩnh vực cụ thể:",
         {"score": "55.630", "max_score": "70.000"}),
        ("Theo Quyết định công bố Chỉ số CCHC năm 2019 của các sở, ngành, UBND các huyện, huyện Cẩm Xuyên được 87,18 "
         "điểm, hạng 4/9 (năm 2018 hạng 6/9).", {"score": "87.18", "rank": "4/9"}),
        ("Năm 2019, Chỉ số CCHC đạt 90,12 điểm (năm 2018 đạt 88,45 điểm), xếp thứ 2/13 (năm 2018 xếp thứ 4/13).",
         {"score": "90.12", "rank": "2/13"}),
        ("Kết quả tự chấm của huyện: 92,75 điểm; kết quả thẩm định của Hội đồng thẩm định tỉnh: 88,5/100 điểm.",
         {"self_score": "92.75", "score": "88.5", "max_score": "100"}),
        ("Huyện Cẩm Xuyên năm 2019 ước đạt 83,5 điểm.", {"self_score": "83.5"}),
        ("Năm 2019, huyện Cẩm Xuyên đạt 87,45%, xếp thứ 12/14 địa phương.",
         {"index_percent": "87.45", "rank": "12/14"}),
        # of another year, another unit, a part, a target
        ("Tỷ lệ hồ sơ đúng hạn đạt 87,45%, xếp thứ 12/14 địa phương.", {"rank": "12/14"}),
        ("Năm 2019, huyện đạt 45 điểm về lĩnh vực thủ tục hành chính.", {}),
        ("Năm 2019, huyện đạt 85,5 điểm đánh giá chuyển đổi số.", {}),
        ("Năm 2019, tổng điểm các tiêu chí chưa đạt là 55,5 điểm.", {}),
        ("Năm 2019, có 12 xã đạt từ 80 điểm đến dưới 90 điểm; 8 xã đạt 75 điểm; thí sinh đạt 88 điểm cao nhất.", {}),
        ("Năm 2019, UBND xã Cẩm Bình được UBND huyện Cẩm Xuyên chấm đạt 91,5 điểm.", {}),
        ("Cuộc thi tìm hiểu CCHC năm 2019, huyện đạt 95 điểm, xếp thứ 2.", {}),
        ("Năm 2019, huyện đạt 69,46 điểm do Hội đồng thẩm định chấm và 18,75 điểm điều tra xã hội học, tổng điểm 88,21 "
         "điểm.", {"score": "88.21", "survey_score": "18.75"}),
        ("1. Tiêu chí 1.3.1: Tổ thẩm định chấm 0,5 điểm. Điểm tối đa: 1,0 điểm.", {}),
        ("5. Nâng cao chất lượng đội ngũ: 10,5/16. Tổng số điểm bị trừ: 5,5 điểm.", {}),
        ("Năm 2018, tổng điểm của huyện đạt 85 điểm, xếp hạng 7/13.", {}),
        ("Huyện Thạch Hà đạt 90,1/100 điểm, xếp thứ 1/13.", {}),
        ("Năm 2019 tỉnh Hà Tĩnh xếp thứ 15/63 tỉnh, thành phố; Chỉ số CCHC của tỉnh đạt 82,5%.", {}),
        ("Chỉ số hài lòng đạt 88,5%, xếp thứ 2/13. Chỉ số CCHC cấp xã đạt 85%.", {}),
        ("Xếp thứ 1 là huyện Thạch Hà; xã Cẩm Bình tự chấm 95 điểm.", {}),
        ("Chỉ số CCHC trung bình của các huyện đạt 83,2%.", {}),
        ("Lĩnh vực thể chế đạt tổng điểm 45 điểm, xếp thứ 2/13.", {}),
        ("Phấn đấu năm 2019 Chỉ số CCHC đạt 90 điểm trở lên.", {}),
        ("Có 88,5/100 hồ sơ đạt; 17/19 xã, thị trấn đạt 95%.", {}),
        ("1. Công tác chỉ đạo, điều hành: Tổng điểm: 9/10 điểm, tổng điểm trừ 1 điểm.", {}),
    ],
)  # fmt: skip
def test_totals(text: str, expected: dict[str, str]) -> None:
    assert totals(letter(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2019, huyện Cẩm Xuyên, tỉnh Hà Tĩnh đạt 79,6 điểm.", {"score": "79.6"}),
        ("Năm 2019 huyện đạt 85,27 điểm theo công bố của UBND tỉnh.", {"score": "85.27"}),
        ("Năm 2019, huyện xếp thứ 13/17 huyện, thị xã với 70,15 điểm.", {"score": "70.15", "rank": "13/17"}),
        ("Năm 2019 huyện đạt 67,08 điểm, xếp thứ 9/13; giảm 3 điểm so năm 2018.", {"score": "67.08", "rank": "9/13"}),
        (
            "Năm 2019, huyện được Đoàn thẩm định chấm 86,4 điểm, trong đó điểm điều tra xã hội học 18,5 điểm.",
            {"score": "86.4", "survey_score": "18.5"},
        ),
    ],
)  # fmt: skip
def test_totals_beside_places_years_and_parts(text: str, expected: dict[str, str]) -> None:
    assert totals(letter(text)) == expected


def test_totals_of_a_domain_are_not_the_reports() -> None:
    facts = letter("1. Công tác chỉ đạo, điều hành:", "Tổng điểm trừ 2 điểm. Chỉ số CCHC đạt 80%.",
                   "II. ĐÁNH GIÁ CHUNG", "Chỉ số CCHC của huyện đạt 86,5%.")  # fmt: skip
    assert totals(facts) == {"index_percent": "86.5"}


def test_two_different_totals_are_doubted() -> None:
    facts = letter("Tổng điểm đạt 88,21 điểm.", "Như vậy, tổng điểm đạt 88,12 điểm.")
    assert totals(facts) == {"score": "88.21"}
    assert facts.doubts == ("total-conflict:score",)


def test_a_total_stands_where_its_words_stand() -> None:
    text = "Tổng điểm đạt 88,21 điểm"
    words = tuple(Word(word, Box(50.0 * at, 10, 50.0 * at + 40, 20), 0.9) for at, word in enumerate(text.split()))
    facts = read("UBND HUYỆN CẨM XUYÊN", "BÁO CÁO", "CCHC năm 2019", "Căn cứ Luật;",
                 Paragraph(text, Place(1, Box(0, 10, 290, 20)), words=words))  # fmt: skip
    assert facts.totals.score is not None
    assert facts.totals.score.value == Decimal("88.21")
    assert facts.totals.score.printed.place == Place(1, Box(150, 10, 190, 20))
    assert facts.totals.score.confidence == 0.9


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
