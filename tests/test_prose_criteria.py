"""Criteria under the codes they have in the scorecard, whatever list they stand in and wherever their points stand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from prose_told import document_of, told

from extract.document import Document, Paragraph
from extract.prose.read_prose import read_prose

READINGS = {
    "who mends all criteria of a list stands on a line behind it": (
        """
        I. Chỉ đạo, điều hành (đạt 8/9 điểm; trừ 1 điểm)
        - TCTP 1.3.1: trừ 0,4đ do kiểm tra muộn.
        - TCTP 1.5: trừ 0,6đ do tin bài ít.
        Cơ quan khắc phục: Phòng Nội vụ.
        II. Cải cách thể chế (đạt 5/5 điểm)
        """,
        """
1 Chỉ đạo, điều hành: 8/9 -1
1.3.1 ?: -0.4 [Phòng Nội vụ]
  0.4 kiểm tra muộn
1.5 ?: -0.6 [Phòng Nội vụ]
  0.6 tin bài ít [Phòng Nội vụ]
2 Cải cách thể chế: 5/5 ~0
""",
    ),
    "of two rounds of appraisal the last one counts": (
        """
        1. Tiêu chí 2.1.2: huyện tự chấm 2 điểm, thẩm định vòng 1: 1 điểm, vòng 2: 1,25 điểm.
        2. Tiêu chí 4.3: huyện tự chấm 1 điểm; thẩm định lần 1 đạt 0,5 điểm, lần 2 đạt 0,5 điểm.
        """,
        """
2.1.2 ?: 1.25 self 2
4.3 ?: 0.5 self 1
""",
    ),
    "who answers, where recognition made a full stop of the colon": (
        """
        - Tiêu chí 1.3 (đạt 1/2 điểm, trừ 1 điểm): kiểm tra muộn. Trách nhiệm. Thanh tra huyện.
        - Tiêu chí 1.4 (đạt 1/2 điểm, trừ 1 điểm): tin bài ít. Trách nhiệm: Phòng Nội vụ.
        """,
        """
1.3 ?: 1/2 -1 [Thanh tra huyện]
  1 kiểm tra muộn [Thanh tra huyện]
1.4 ?: 1/2 -1 [Phòng Nội vụ]
  1 tin bài ít [Phòng Nội vụ]
""",
    ),
    "points alone are no reason of a domain whose criteria tell theirs": (
        """
        1. Chỉ đạo, điều hành: tối đa 9 điểm, đạt 8,25 điểm, trừ 0,75 điểm
        - Tiêu chí 1.3 “Kiểm tra” (tối đa 2 điểm, thẩm định 1,25 điểm, trừ 0,75 điểm): kiểm tra 04/09 phòng.
        """,
        """
1 Chỉ đạo, điều hành: 8.25/9 -0.75
1.3 Kiểm tra: 1.25/2 -0.75
  0.75 kiểm tra 04/09 phòng
""",
    ),
    "a list's own number, the domain behind the name": (
        """
        2. Cải cách thủ tục hành chính (lĩnh vực 3): đạt 11,5/12 điểm, bị trừ 0,5 điểm.
        3. Tổ chức bộ máy (thuộc lĩnh vực 4): đạt 9/10 điểm, bị trừ 1 điểm.
        """,
        """
3 Cải cách thủ tục hành chính: 11.5/12 -0.5
  0.5 ?
4 Tổ chức bộ máy: 9/10 -1
  1 ?
""",
    ),
    "a list's own number, the domain's below": (
        """
        1. Chỉ đạo, điều hành: đạt 8/9 điểm
        - Tiêu chí 1.5 đạt 1/2 điểm do nhiệm vụ xong muộn.
        2. Cải cách thủ tục hành chính: đạt 12/12,5 điểm
        - Tiêu chí 3.2.2 đạt 0,5/1 điểm do công bố chậm.
        """,
        """
1 Chỉ đạo, điều hành: 8/9 ~1
1.5 ?: 1/2 ~1
  1 nhiệm vụ xong muộn
3 Cải cách thủ tục hành chính: 12/12.5 ~0.5
3.2.2 ?: 0.5/1 ~0.5
  0.5 công bố chậm
""",
    ),
    "some domains counted 1, 2, 3, which may not be their numbers": (
        """
        1. Chỉ đạo, điều hành: đạt 8/9 điểm.
        2. Cải cách thủ tục hành chính: đạt 12/13 điểm.
        3. Tài chính công: đạt 5/6 điểm.
        """,
        """
1 Chỉ đạo, điều hành: 8/9 ~1
2 Cải cách thủ tục hành chính: 12/13 ~1 ?number-of-list
3 Tài chính công: 5/6 ~1 ?number-of-list
""",
    ),
    "points before the criterion, who must act behind both": (
        """
        2. Về cải cách thể chế
        - Bị trừ 0,5 điểm ở tiêu chí 2.1 do góp ý chậm; bị trừ 0,25 điểm tại tiêu chí 2.3 "Theo dõi thi hành" vì chưa \
có báo cáo. Đơn vị chịu trách nhiệm: Phòng Tư pháp.
        """,
        """
2 Về cải cách thể chế:
2.1 ?: -0.5 [Phòng Tư pháp]
  0.5 góp ý chậm
2.3 Theo dõi thi hành: -0.25 [Phòng Tư pháp]
  0.25 chưa có báo cáo [Phòng Tư pháp]
""",
    ),
    "one number for several criteria": (
        """
        1. Chỉ đạo, điều hành: 8/10 điểm
        - Các tiêu chí 1.1, 1.2 mỗi tiêu chí bị trừ 0,5 điểm do chậm báo cáo.
        - Tiêu chí 1.4 và tiêu chí 1.5 bị trừ 1 điểm do không có tài liệu.
        - Tiêu chí từ 1.6 đến 1.8: đạt 3/3 điểm.
        """,
        """
1 Chỉ đạo, điều hành: 8/10 ~2
1.1 ?: -0.5
  0.5 chậm báo cáo
1.2 ?: -0.5
  0.5 chậm báo cáo
1.4 ?: -1 ?number-of-several
  1 không có tài liệu
1.5 ?: -1 ?number-of-several
  1 không có tài liệu
1.6 ?: 3/3 ~0 ?number-of-several
1.7 ?: 3/3 ~0 ?number-of-several
1.8 ?: 3/3 ~0 ?number-of-several
""",
    ),
    "a comparison between the points and their reason, named points in a bracket before the loss": (
        """
        Tiêu chí 3.2 đạt 3,25/4 điểm, giảm 0,25 điểm so với năm 2021 (3,5/4 điểm) do hồ sơ trễ hạn.
        Tiêu chí 3.4 (điểm tối đa 3; điểm tự chấm 3; điểm thẩm định 2; trừ 1): Lý do trừ: có 07 hồ sơ quá hạn.
        """,
        """
3.2 ?: 3.25/4 ~0.75
  0.75 hồ sơ trễ hạn
3.4 ?: 2/3 self 3 -1
  1 có 07 hồ sơ quá hạn
""",
    ),
    "codes in brackets without a word, names of criteria that a list counts": (
        """
        1. Tiêu chí kiểm tra CCHC (1.3) đạt 1 điểm trên tổng số 2 điểm, năm 2021 đạt 2 điểm.
        2. Tiêu chí sáng kiến đạt 0,5 điểm trên tổng số 1 điểm.
        3. Tiêu chí truyền thông đạt 0,5/1 điểm.
        """,
        """
1.3 Tiêu chí kiểm tra CCHC: 1/2 ~1
2 Tiêu chí sáng kiến: 0.5/1 ~0.5 ?number-of-list
3 Tiêu chí truyền thông: 0.5/1 ~0.5 ?number-of-list
""",
    ),
    "who must act, then the criterion and its points in a bracket": (
        """
        1. Giao Sở Tư pháp chủ trì khắc phục tiêu chí thành phần 2.1.2 "Chế độ báo cáo" (mất 0,25 điểm).
        2. Giao Văn phòng UBND tỉnh khắc phục tiêu chí 3.3.1, hiện được 0,5/1 điểm.
        """,
        """
2 Giao Văn phòng UBND tỉnh khắc phục tiêu chí 3.3.1, hiện: 0.5/1 ~0.5 ?number-of-list
2.1.2 Chế độ báo cáo: -0.25 [Sở Tư pháp]
  0.25 ?
""",
    ),
    "what others got, in brackets behind the score; lost points in brackets behind codes": (
        """
        1. Chỉ đạo, điều hành đạt 11,5 điểm, cao hơn trung bình chung toàn tỉnh (10,9 điểm).
        2. Cải cách thể chế đạt 5,75 điểm. Bị trừ điểm ở các tiêu chí: 2.2 (0,5 điểm), 2.4 (1 điểm).
        """,
        """
1 Chỉ đạo, điều hành: 11.5
2 Cải cách thể chế: 5.75
2.2 ?: -0.5
  0.5 ?
2.4 ?: -1
  1 ?
""",
    ),
    "a criterion below the list's own number, its blocks numbered with it": (
        """
        1. TCTP 1.3.2 - Xử lý sau kiểm tra
        1.1. Kết quả: 0,5/1 điểm.
        1.2. Nguyên nhân: chưa xử lý xong.
        1.3. Cơ quan chủ trì: Phòng Nội vụ.
        2. TCTP 2.1.1 - Xây dựng văn bản
        2.1. Kết quả: 1/1,5 điểm.
        2.2. Nguyên nhân: ban hành chậm.
        """,
        """
1.3.2 Xử lý sau kiểm tra: 0.5/1 ~0.5 [Phòng Nội vụ]
  0.5 chưa xử lý xong [Phòng Nội vụ]
2.1.1 Xây dựng văn bản: 1/1.5 ~0.5
  0.5 ban hành chậm
""",
    ),
    "who appraised says why, the unit asks for more": (
        """
        1. TC 3.1 (Công khai)
        - Điểm tối đa: 2. Huyện tự chấm: 2. Tỉnh thẩm định: 1.
        - Ý kiến thẩm định: chưa công khai trên trang thông tin.
        - Giải trình: trang thông tin đang nâng cấp. Đề nghị chấm: 2.
        """,
        """
3.1 Công khai: 1/2 self 2 ~1
  1 chưa công khai trên trang thông tin
""",
    ),
    "the domains of the whole, one after another in its sentence": (
        """
        UBND xã tự chấm 88 điểm, trong đó: chỉ đạo, điều hành 12 điểm; cải cách thể chế 5,5 điểm.
        """,
        """
1 chỉ đạo, điều hành: 12 ?code-from-name
2 cải cách thể chế: 5.5 ?code-from-name
""",
    ),
    "codes in square brackets, names with words of ranks": (
        """
        Lĩnh vực 5. Công vụ (9/10 điểm; trừ 1 điểm):
        • [5.1] Vị trí việc làm: 1/2 điểm. Lý do: chưa có đề án.
        • [5.2] Trách nhiệm người đứng đầu: 1/1 điểm.
        """,
        """
5 Công vụ: 9/10 -1
5.1 Vị trí việc làm: 1/2 ~1
  1 chưa có đề án
5.2 Trách nhiệm người đứng đầu: 1/1 ~0
""",
    ),
    "a sentence that only says who must act": (
        """
        - Tiêu chí 1.5 đạt 1/1,5 điểm. Nguyên nhân: nhiệm vụ xong muộn. Văn phòng UBND tỉnh chủ trì, phối hợp với Sở \
Nội vụ khắc phục.
        - Tiêu chí 1.6 đạt 0/1 điểm. Nguyên nhân: không có sáng kiến. Trách nhiệm khắc phục: Sở Nội vụ.
        """,
        """
1.5 ?: 1/1.5 ~0.5 [Văn phòng UBND tỉnh; Sở Nội vụ (support)]
  0.5 nhiệm vụ xong muộn [Văn phòng UBND tỉnh; Sở Nội vụ (support)]
1.6 ?: 0/1 ~1 [Sở Nội vụ]
  1 không có sáng kiến [Sở Nội vụ]
""",
    ),
}


def test_points_of_the_year_before_are_none_of_this_one() -> None:
    text = """
    1. Công tác chỉ đạo, điều hành: khắc phục 8/11 tiêu chí (năm 2020 bị trừ 12,5 điểm); tiêu chí 1.2 bị trừ 1 điểm.
    2. Cải cách thể chế: đạt 5/6 điểm (năm 2020: 5,5/6 điểm).
    """
    assert told(read_prose(document_of(text), 2021)) == (
        "1 Công tác chỉ đạo, điều hành:\n1.2 ?: -1\n  1 ?\n2 Cải cách thể chế: 5/6 ~1"
    )


def test_two_lists_that_give_a_criterion_different_points_leave_a_doubt() -> None:
    text = """
    1. Kết quả kiểm tra lần đầu
    Tiêu chí 1.3 bị trừ 0,5 điểm do kiểm tra ít.
    2. Kết quả kiểm tra lại
    Tiêu chí 1.3 bị trừ 1 điểm do không kiểm tra.
    """
    assert "1.3 ?: -0.5 ?code-twice" in told(read_prose(document_of(text)))


def recognised(typed: Document) -> Document:
    page = typed.pages[0]
    worn = tuple(replace(block, confidence=0.9) for block in page.blocks if isinstance(block, Paragraph))
    return replace(typed, pages=(replace(page, blocks=worn),))


def test_a_full_stop_for_the_colon_behind_a_round_ends_no_sentence() -> None:
    text = """
    1. Tiêu chí 2.1.2: huyện tự chấm 2 điểm, thẩm định vòng 1. 1 điểm, vòng 2. 1,25 điểm.
    2. Tiêu chí 4.3: huyện tự chấm 1 điểm, thẩm định vòng 1. 0,5 điểm, vòng 2; 0,75 điểm.
    """
    assert told(read_prose(recognised(document_of(text)))) == "2.1.2 ?: 1.25 self 2\n4.3 ?: 0.75 self 1"


def test_a_recognised_l_before_a_title_is_the_first_roman_number() -> None:
    text = """
    L. Chỉ đạo, điều hành (đạt 8/9 điểm)
    II. Cải cách thể chế (đạt 5/6 điểm)
    """
    found = told(read_prose(recognised(document_of(text))))
    assert found == "1 Chỉ đạo, điều hành: 8/9 ~1\n2 Cải cách thể chế: 5/6 ~1"


def test_a_worn_point_in_a_recognised_code_is_a_point() -> None:
    """A colon for a point is of recognition; in typed text "3.1:2" may be a criterion and its score."""
    text = """
    1. Văn phòng HĐND và UBND huyện:
    a) Khắc phục tiêu chí 3.1:2 (đạt 1/2 điểm, mất 1 điểm) do niêm yết thiếu.
    b) Khắc phục tiêu chí 3.4:1.(đạt 2,5/3 điểm, mất 0,5 điểm) do trễ hạn.
    """
    typed = document_of(text)
    assert told(read_prose(recognised(typed))) == (
        "3.1.2 ?: 1/2 -1 [Văn phòng HĐND và UBND]\n  1 niêm yết thiếu\n"
        "3.4.1 ?: 2.5/3 -0.5 [Văn phòng HĐND và UBND]\n  0.5 trễ hạn"
    )
    assert "3.1.2" not in told(read_prose(typed))


@pytest.mark.parametrize("case", READINGS)
def test_criteria_have_their_codes(case: str) -> None:
    text, expected = READINGS[case]
    assert told(read_prose(document_of(text))) == expected.strip()
