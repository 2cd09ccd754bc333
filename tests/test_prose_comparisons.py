"""A cause that compares with an earlier year keeps its loss; a loss of an earlier year, or what others got, is none."""

from __future__ import annotations

import pytest
from prose_told import document_of

from extract.prose.read_prose import read_prose

HEAD = "UBND HUYỆN A\nSố: 12/BC-UBND, ngày 05 tháng 01 năm 2019\nVề kết quả chấm điểm CCHC năm 2018\n"


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        (
            "6. Cải cách tài chính công: đạt 4,88/7 điểm; bị trừ 2,12 điểm do: "
            "Quy chế chưa được sửa đổi, bị trừ 0,5 điểm; số đơn vị không tăng so với năm 2017, bị trừ 1,62 điểm.",
            ["0.5", "1.62"],
        ),
        (
            "6. Cải cách tài chính công: đạt 6,14/7 điểm\n\n- Số đơn vị không tăng so với năm 2017 (0,36 điểm).\n"
            "- Quy chế chưa được sửa đổi (0,5 điểm).",
            ["0.36", "0.5"],
        ),
        (
            "6. Cải cách tài chính công: đạt 6,5/7 điểm; bị trừ 0,5 điểm do chưa khắc phục "
            "tồn tại của năm 2017, bị trừ 0,5 điểm.",
            ["0.5"],
        ),
    ],
    ids=["behind a comma", "in brackets", "of an earlier year's faults"],
)
def test_a_cause_may_name_an_earlier_year(text: str, losses: list[str]) -> None:
    (result,) = read_prose(document_of(HEAD + text)).results
    assert [str(item.amount.value) for item in result.deductions] == losses
