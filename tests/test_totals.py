"""The totals that the prose of a report states."""

from __future__ import annotations

from decimal import Decimal

import pytest
from headings import letter, read, totals

from extract.document import Paragraph, Word
from extract.report import read_report
from normalize.place import Box, Place
from tests.tabling import document, table


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
        ("Năm 2019, Chỉ số CCHC của huyện đạt 81,4/100 điểm, tăng 1,2 điểm so với năm 2018 (80,2 điểm). Trong đó: điểm "
         "thẩm định 62,3/70 điểm; điểm điều tra xã hội học 19,1/30 điểm.",
         {"score": "81.4", "max_score": "100", "appraised_score": "62.3", "survey_score": "19.1"}),
        ("Năm 2019, điểm tự chấm của huyện là 86,5 điểm; điểm thẩm định vòng 1 là 78,25 điểm; điểm thẩm định vòng 2 "
         "(kết quả chính thức) là 80,75 điểm.", {"self_score": "86.5", "score": "80.75"}),
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


def test_the_text_may_go_on_behind_the_addressees_in_one_paragraph() -> None:
    told = "Theo kết quả công bố, năm 2019 huyện Cẩm Xuyên đạt 80,4/100 điểm, xếp thứ 6/13 huyện, thị xã."
    facts = read(
        "ỦY BAN NHÂN DÂN", "HUYỆN CẨM XUYÊN", "Số: 12/UBND-NV", "V/v khắc phục tồn tại CCHC năm 2019",
        "Cẩm Xuyên, ngày 03 tháng 02 năm 2020", f"Kính gửi: Các phòng chuyên môn; UBND các xã, thị trấn. {told}",
    )  # fmt: skip
    assert totals(facts) == {"score": "80.4", "max_score": "100", "rank": "6/13"}


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


def test_points_of_those_who_appraise_are_not_passed_over_for_the_units_own() -> None:
    facts = letter("Huyện tự chấm 88 điểm. Qua thẩm định, Hội đồng thống nhất 85,5 điểm.")
    assert totals(facts) == {"self_score": "88", "score": "85.5"}
    assert (facts.basis, facts.doubts) == ("appraised", ())
    facts = letter("Huyện tự chấm 88 điểm. Hội đồng của tỉnh nhất trí mức 85,5 điểm.")
    assert totals(facts) == {"self_score": "88"}
    assert facts.doubts == ("total-conflict:score",)
    facts = letter("Huyện tự chấm 88 điểm, đề nghị tỉnh công nhận mức 88 điểm sau khi phúc tra.")
    assert (totals(facts), facts.doubts) == ({"self_score": "88"}, ())


def test_a_total_stands_where_its_words_stand() -> None:
    text = "Tổng điểm đạt 88,21 điểm"
    words = tuple(Word(word, Box(50.0 * at, 10, 50.0 * at + 40, 20), 0.9) for at, word in enumerate(text.split()))
    facts = read("UBND HUYỆN CẨM XUYÊN", "BÁO CÁO", "CCHC năm 2019", "Căn cứ Luật;",
                 Paragraph(text, Place(1, Box(0, 10, 290, 20)), words=words))  # fmt: skip
    assert facts.totals.score is not None
    assert facts.totals.score.value == Decimal("88.21")
    assert facts.totals.score.printed.place == Place(1, Box(150, 10, 190, 20))
    assert facts.totals.score.confidence == 0.9


def test_the_total_that_closes_the_last_of_several_tables_is_that_of_the_report() -> None:
    head: list[str | None] = ["STT", "Tiêu chí", "Điểm tối đa", "Điểm thẩm định"]
    first = table([head, ["1", "Chỉ đạo, điều hành", "3", "2"], ["1.1", "Ban hành kế hoạch", "3", "2"]])
    second = table(
        [head, ["2", "Cải cách thể chế", "4", "4"], ["2.1", "Rà soát văn bản", "4", "4"], ["", "Tổng điểm", "7", "6"]]
    )
    made = document("UBND XÃ TÂN LẬP", "Kết quả chấm điểm CCHC năm 2022", "Lĩnh vực 1", first, "Lĩnh vực 2", second)
    (assessment,) = read_report(made).assessments
    stated = assessment.totals
    shown = [str(value.value) for value in (stated.max_score, stated.score) if value is not None]
    assert shown == ["7", "6"]
    assert not [doubt for doubt in assessment.doubts if doubt.startswith("total")]
