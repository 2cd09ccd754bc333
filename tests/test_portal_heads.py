"""Letterheads copied from the pages of law portals: lines cut by narrow columns, properties above them."""

from __future__ import annotations

import pytest
from headings import MOTTO, head, read, table, title


def test_halves_of_lines_are_one_line() -> None:
    facts = read(
        "BỘ", "NỘI VỤ", "CỘNG", "HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MOTTO[1], "Số:", "412/BC-BNV", "Hà",
        "Nội, ngày 08 tháng 05 năm 2017", "BÁO", "CÁO", "KẾT QUẢ CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2016",
        "Thực hiện kế hoạch;",
    )  # fmt: skip
    assert head(facts) == ("412/BC-BNV", "2017-05-08", "Bộ Nội vụ", "Báo cáo", None)
    assert title(facts) == "KẾT QUẢ CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2016"
    facts = read(
        "ỦY BAN NHÂN", "DÂN", "CỘNG HÒA XÃ", "HỘI CHỦ NGHĨA VIỆT NAM", "Số: 52/KH-UBND",
        "Cẩm Xuyên, ngày 08 tháng 05 năm 2017", "Căn cứ Quyết định số 15/QĐ-UBND;",
    )  # fmt: skip
    assert head(facts) == ("52/KH-UBND", "2017-05-08", "UBND", "Kế hoạch", None)


def test_whole_lines_stay_apart() -> None:
    facts = read(
        "ỦY BAN NHÂN DÂN", "HUYỆN CẨM XUYÊN", *MOTTO, "Số: 52/BC-UBND", "Cẩm Xuyên, ngày 08 tháng 05 năm 2017",
        "BÁO CÁO", "KẾT QUẢ CCHC NĂM 2016", "Thực hiện kế hoạch;",
    )  # fmt: skip
    assert head(facts) == ("52/BC-UBND", "2017-05-08", "UBND huyện Cẩm Xuyên", "Báo cáo", None)
    assert title(facts) == "KẾT QUẢ CCHC NĂM 2016"


def test_what_a_portal_tells_above_the_letterhead_is_no_head() -> None:
    letterhead = (
        "ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH", *MOTTO, "Số: 718/QĐ-UBND", "Hà Tĩnh, ngày 21 tháng 02 năm 2019",
        "QUYẾT ĐỊNH", "CÔNG BỐ KẾT QUẢ XẾP HẠNG CCHC NĂM 2018", "Căn cứ Luật;",
    )  # fmt: skip
    expected = ("718/QĐ-UBND", "2019-02-21", "UBND tỉnh Hà Tĩnh", "Quyết định", None)
    named = "Quyết định 718/QĐ-UBND năm 2019 công bố kết quả xếp hạng CCHC tỉnh Hà Tĩnh"
    lines = read(named, "Số hiệu: 718/QĐ-UBND Loại văn bản: Quyết định", "Ngày ban hành: 21/02/2019", *letterhead)
    assert head(lines) == expected
    rows = read(named, table(("Số hiệu", "718/QĐ-UBND"), ("Ngày ban hành", "21/02/2019")), *letterhead)
    assert head(rows) == expected
    assert title(rows) == title(lines) == "CÔNG BỐ KẾT QUẢ XẾP HẠNG CCHC NĂM 2018"


def test_a_date_typed_without_a_blank_is_read() -> None:
    facts = read("ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH", *MOTTO, "Số: 718/QĐ-UBND", "Hà Tĩnh, ngày21 tháng 02 năm 2019",
                 "QUYẾT ĐỊNH", "CÔNG BỐ KẾT QUẢ DO ỦY BAN NHÂN DÂN TỈNH THẨM ĐỊNH", "Căn cứ Luật;")  # fmt: skip
    assert head(facts)[1] == "2019-02-21"
    assert title(facts) == "CÔNG BỐ KẾT QUẢ DO ỦY BAN NHÂN DÂN TỈNH THẨM ĐỊNH"


@pytest.mark.parametrize(
    "marks", [("DỰ THẢO",), ("Mẫu số 02",), ("HỎA TỐC",), ("Phụ lục 1",), ("Kho văn bản", "Báo cáo")]
)
def test_a_mark_above_the_letterhead_leaves_it_whole(marks: tuple[str, ...]) -> None:
    facts = read(
        *marks, "ỦY BAN NHÂN DÂN", "HUYỆN CẨM XUYÊN", *MOTTO, "Số: 52/BC-UBND", "Cẩm Xuyên, ngày 08 tháng 05 năm 2017",
        "BÁO CÁO", "KẾT QUẢ CCHC NĂM 2016", "Thực hiện kế hoạch;",
    )  # fmt: skip
    assert head(facts) == ("52/BC-UBND", "2017-05-08", "UBND huyện Cẩm Xuyên", "Báo cáo", None)
    assert title(facts) == "KẾT QUẢ CCHC NĂM 2016"
