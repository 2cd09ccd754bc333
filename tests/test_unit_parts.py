"""Letters in prose that go through several units."""

from __future__ import annotations

from headings import MOTTO

from extract.document import Document, Page, Paragraph
from extract.report import read_report
from normalize.records import Assessment

HEAD = ("UBND TỈNH AN GIANG", "SỞ NỘI VỤ", "Số: 45/SNV-CCHC", *MOTTO, "An Giang, ngày 12 tháng 01 năm 2026")


def told(*lines: str) -> list[str]:
    page = Page(None, tuple(Paragraph(line) for line in lines))
    report = read_report(Document("letter.docx", "0" * 64, "docx", (page,)))
    return [_told(each) for each in report.assessments]


def _told(assessment: Assessment) -> str:
    total = assessment.totals.score
    results = [
        f"{each.code.value} -{each.deducted.value if each.deducted else '?'}{' ?' if each.doubts else ''}"
        for each in assessment.results
    ]
    return f"{assessment.unit.name} {total.value if total else '-'}: {', '.join(results)}"


def test_each_unit_has_its_own_criteria_and_total() -> None:
    assert told(
        *HEAD,
        "V/v thông báo kết quả thẩm định Chỉ số CCHC năm 2025",
        "Kính gửi:",
        "- UBND xã Châu Phú;",
        "- UBND phường Long Xuyên.",
        "1. UBND phường Long Xuyên (88,5/100 điểm): bị trừ điểm tại tiêu chí 1.2 (0,5 điểm), tiêu chí 3.1 (1 điểm).",
        "2. UBND xã Châu Phú: tổng điểm thẩm định 79,25 điểm",
        "- Tiêu chí 1.2: bị trừ 1 điểm do không kiểm tra.",
        "- Tiêu chí 2.4: bị trừ 0,75 điểm do báo cáo chậm.",
    ) == ["Long Xuyên 88.5: 1.2 -0.5, 3.1 -1", "Châu Phú 79.25: 1.2 -1, 2.4 -0.75"]


def test_a_list_of_communes_ends_where_the_report_goes_on_about_itself() -> None:
    assert told(
        "ỦY BAN NHÂN DÂN",
        "HUYỆN MỘC HÓA",
        "Số: 12/BC-UBND",
        *MOTTO,
        "Mộc Hóa, ngày 12 tháng 12 năm 2022",
        "BÁO CÁO",
        "Kết quả chấm điểm CCHC năm 2022 của huyện Mộc Hóa",
        "I. KẾT QUẢ CẤP XÃ",
        "- Xã Tân Lập: 88,5 điểm, xếp thứ 1",
        "- Xã Bình Thạnh: 80,25 điểm, xếp thứ 2",
        "II. KẾT QUẢ CỦA HUYỆN",
        "1. Công tác chỉ đạo, điều hành: đạt 9/10 điểm, bị trừ 1 điểm do chưa có sáng kiến.",
        "2. Cải cách thể chế: đạt 5/6 điểm, bị trừ 1 điểm.",
    ) == ["Mộc Hóa -: 1 -1, 2 -1", "Tân Lập 88.5: ", "Bình Thạnh 80.25: "]


def test_points_below_the_names_of_places_are_in_doubt_where_nothing_says_whose_they_are() -> None:
    assert told(
        *HEAD,
        "V/v khắc phục Chỉ số CCHC năm 2025 của tỉnh An Giang",
        "1. UBND phường Long Xuyên: tiêu chí 1.2 bị trừ 0,5 điểm do chậm kế hoạch.",
        "2. UBND xã Châu Phú: tiêu chí 2.4 bị trừ 0,75 điểm do báo cáo chậm.",
    ) == ["An Giang -: 1.2 -0.5 ?, 2.4 -0.75 ?"]
