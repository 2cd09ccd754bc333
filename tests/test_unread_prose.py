"""Points and ranks in the running text of notices and news, which give no assessment: told, never lost in silence."""

from __future__ import annotations

import pytest

from audit.check import audited
from audit.messages import message
from extract.report import read_report
from tests.tabling import document

NOTICE = "Công bố Chỉ số CCHC năm 2021 của các sở, ngành và UBND các huyện"
PLAN = ("ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 77/KH-UBND",
        "Hà Tĩnh, ngày 12 tháng 8 năm 2022", "KẾ HOẠCH", "Nâng cao Chỉ số PAR INDEX năm 2022")  # fmt: skip


@pytest.mark.parametrize(
    "blocks",
    [
        (NOTICE, "Sở Tư pháp dẫn đầu bảng xếp hạng Chỉ số CCHC với 92,4 điểm, xếp cuối là Sở Y tế với 70,15 điểm."),
        (NOTICE, "Kết quả xếp hạng CCHC: Sở Xây dựng (88,5 điểm), Sở Công Thương (87 điểm)."),
        (*PLAN, "Năm 2021, Chỉ số CCHC của tỉnh tăng 3,1 điểm so với năm 2020, xếp thứ 9/63 tỉnh, thành phố."),
    ],
)  # fmt: skip
def test_what_the_text_gives_is_told(blocks: tuple[str, ...]) -> None:
    report = read_report(document(*blocks))
    assert (report.assessments, [refusal.why for refusal in report.refusals]) == ((), ["prose-not-read"])
    (finding,) = audited(report).findings
    assert (finding.rule, finding.severity, finding.blame) == ("prose-not-read", "warning", "reading")
    assert message(finding, "vi").endswith("hãy xem bản gốc")


@pytest.mark.parametrize(
    "blocks",
    [
        (NOTICE, "Các đơn vị xếp loại tốt khi Chỉ số CCHC đạt từ 80 điểm trở lên, xếp loại khá khi đạt từ 70 điểm."),
        (*PLAN, "Chỉ số PCI của tỉnh Hà Tĩnh đạt 64,8 điểm, xếp thứ 27/63; huyện Can Lộc đạt 95 điểm hội thi."),
        ("BÁO CÁO", "Kết quả công tác CCHC quý I năm 2024", "Sở Y tế nhận 95 hồ sơ; UBND huyện rà soát 42 thủ tục."),
    ],
)  # fmt: skip
def test_bounds_other_indices_and_counts_are_not_told(blocks: tuple[str, ...]) -> None:
    report = read_report(document(*blocks))
    assert (report.assessments, report.refusals) == ((), ())
