"""Totals among the sentences of notices, plans and news: bounds, scales, domains, others, ranks in words."""

from __future__ import annotations

import pytest
from headings import letter, read, totals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # bounds of a class and rough figures
        ("Loại tốt từ 80 điểm đến dưới 90 điểm; năm 2019 huyện đạt 83,4 điểm, xếp loại tốt.", {"score": "83.4"}),
        ("Năm 2019, tổng điểm của huyện ở mức trên dưới 85 điểm.", {}),
        ("Xếp loại khá khi tổng điểm sau thẩm định đạt từ 70 điểm trở lên.", {}),
        # what a scale is made of, and domains announced
        ("Thang điểm đánh giá là 100, trong đó: Điểm tự đánh giá 60/100; điểm điều tra xã hội học 40/100.",
         {"max_score": "100"}),
        ("Một số lĩnh vực xếp hạng còn thấp như: Cải cách thể chế xếp thứ 10/13; tài chính công xếp thứ 12/13.",
         {}),
        ("Năm 2019, huyện Cẩm Xuyên đạt 81,2 điểm, xếp thứ 9/13. Một số chỉ số thành phần đạt cao, đó là: Công tác "
         "chỉ đạo, điều hành đạt 95,5 điểm, xếp thứ 2; Cải cách thể chế đạt 90,1 điểm, xếp thứ 4.",
         {"score": "81.2", "rank": "9/13"}),
        # another one behind the points
        ("Với 91,2 điểm, huyện Thạch Hà dẫn đầu khối huyện năm 2019.", {}),
        ("Với tổng điểm 81,2 điểm, huyện Cẩm Xuyên xếp thứ 9/13 năm 2019.", {"score": "81.2", "rank": "9/13"}),
        # an aside with points of another index
        ("Năm 2019, huyện Cẩm Xuyên đạt 81,2 điểm, gồm: Điểm thẩm định: 60,2 điểm; điểm tác động: 21 điểm (Chỉ số "
         "SIPAS: 8,3 điểm; khảo sát lãnh đạo: 12,7 điểm), xếp thứ 9/13 huyện.",
         {"score": "81.2", "appraised_score": "60.2", "rank": "9/13"}),
        ("Năm 2019, sự hài lòng của người dân huyện Cẩm Xuyên xếp thứ 4/13; Chỉ số CCHC của huyện xếp thứ 6/13.",
         {"rank": "6/13"}),
        # ranks
        ("Đứng vị trí thứ 5 về Chỉ số CCHC năm 2018, huyện vươn lên vị trí thứ 3 năm 2019.", {}),
        ("Năm 2019 huyện xếp vị trí thứ nhất với 91,5 điểm.", {"score": "91.5", "rank": "1"}),
        ("Chỉ số CCHC năm 2019 của huyện đạt 80,05%, nằm ở vị trí số 4.", {"index_percent": "80.05", "rank": "4"}),
        ("Chỉ số CCHC năm 2019 của huyện tăng từ 80,2 điểm lên 83,5 điểm, xếp thứ 6/13.",
         {"score": "83.5", "rank": "6/13"}),
        ("Kết quả: 83,5/100 điểm, xếp loại khá, xếp thứ 6/13 huyện.",
         {"score": "83.5", "max_score": "100", "rank": "6/13"}),
        # points lost in a part are not the part's
        ("Tổng điểm bị trừ năm 2019 là 15,88 điểm, trong đó: trừ qua thẩm định 10,38 điểm, trừ qua điều tra xã hội học "
         "5,5 điểm.", {"deducted": "15.88"}),
    ],
)  # fmt: skip
def test_totals_of_notices(text: str, expected: dict[str, str]) -> None:
    facts = letter(text)
    assert totals(facts) == expected
    assert not [doubt for doubt in facts.doubts if doubt.startswith("total")]


def test_items_below_a_scale_are_no_scores() -> None:
    facts = letter(
        "1. Thang điểm của Bộ chỉ số năm 2019 là 100 điểm, trong đó:",
        "a) Điểm tự đánh giá: 65/100 điểm.",
        "b) Điểm điều tra xã hội học: 35/100 điểm.",
        "Năm 2019, tổng điểm của huyện đạt 82,6/100 điểm.",
    )
    assert totals(facts) == {"score": "82.6", "max_score": "100"}


@pytest.mark.parametrize(
    "text",
    [
        "Sở Tư pháp dẫn đầu bảng xếp hạng với tổng điểm 92,4 điểm, xếp cuối là Ban Dân tộc (70,15 điểm).",
        "Huyện Thạch Hà đạt 90,1/100 điểm, xếp thứ 1/13; huyện Hương Khê đạt 75,3/100 điểm.",
        "Với tổng điểm 91,3 điểm, Văn phòng UBND tỉnh Hà Tĩnh đứng đầu khối sở, ngành.",
    ],
)
def test_points_of_those_a_notice_names_are_not_those_of_a_unit_unknown(text: str) -> None:
    facts = read("Công bố Chỉ số CCHC năm 2019 của các sở, ngành và UBND các huyện, thị xã", text)
    assert totals(facts) == {}


def test_a_list_of_parts_ends_where_its_items_end() -> None:
    facts = letter(
        "Năm 2019, một số lĩnh vực của huyện xếp hạng thấp như:",
        "- Cải cách thể chế xếp thứ 12/13.",
        "- Tài chính công đạt 61,5 điểm, xếp thứ 11/13.",
        "Năm 2019, tổng điểm của huyện đạt 82,6/100 điểm, xếp thứ 7/13.",
    )
    assert totals(facts) == {"score": "82.6", "max_score": "100", "rank": "7/13"}
