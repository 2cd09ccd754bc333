"""Tables of several units in one document, told apart by the lines above them. Every text here is made."""

from __future__ import annotations

import pytest

from extract.document import Paragraph
from extract.heading.read_heading import read_heading
from extract.report import read_report
from extract.tables.annexes import captioned_unit
from extract.tables.merging import by_unit
from extract.tables.read_tables import read_tables
from extract.tables.unit_reading import Context
from tests.tabling import document, table

LANG_SON = Context("Lạng Sơn", None, "2023-02-01")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Phụ lục 2", "KẾT QUẢ CHẤM ĐIỂM CHỈ SỐ CCHC NĂM 2022 CỦA UBND HUYỆN CAO LỘC"], "Cao Lộc"),
        (["1. Huyện Bình Gia"], "Bình Gia"),
        (["Biểu 3: Điểm của xã Khuất Xá, huyện Lộc Bình"], "Khuất Xá"),
        (["Kết quả của huyện Cao Lộc", "(Kèm theo Thông báo của UBND huyện Bình Gia)"], "Cao Lộc"),
        (["UBND HUYỆN CAO LỘC", "Số: 12/BC-UBND", "Kết quả chấm điểm"], None),
        (["Đề nghị UBND huyện Cao Lộc chấm điểm lại"], None),
        (["II. Kết quả chi tiết"], None),
    ],
)
def test_the_unit_that_a_caption_names(lines: list[str], expected: str | None) -> None:
    unit = captioned_unit([Paragraph(line) for line in lines], LANG_SON)
    assert (unit.name if unit else None) == expected


def test_each_annex_is_the_assessment_of_its_unit() -> None:
    head: list[str | None] = ["TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt"]

    def annex(score: str) -> list[list[str | None]]:
        return [head, ["1.1", "Kế hoạch", "2", score], ["1.2", "Báo cáo", "1", score]]

    made = document(
        "Phụ lục 1: Kết quả chấm điểm của huyện Bình Gia", table(annex("0,5")),
        "Phụ lục 2: Kết quả chấm điểm của huyện Cao Lộc", table(annex("1")),
        "Phần điều tra xã hội học", table([head, ["8.1", "Mức độ hài lòng", "2", "1,5"], ["8.2", "Đầu tư", "1", "1"]]),
    )  # fmt: skip
    found = by_unit(read_tables(made, LANG_SON, 2022), read_heading(made))
    assert found.own == ()
    assert [
        (unit.unit.name, [str(result.code.value) for result in unit.reading.results], unit.doubts)
        for unit in found.units
    ] == [
        ("Bình Gia", ["1.1", "1.2"], ()),
        ("Cao Lộc", ["1.1", "1.2"], ()),
        ("Cao Lộc", ["8.1", "8.2"], ("unit-of-table-before",)),
    ]


def test_points_that_a_letter_and_its_annex_give_otherwise_are_in_doubt() -> None:
    letter = ("1. Công tác chỉ đạo, điều hành: đạt 14,5/18 điểm.", "2. Cải cách thể chế: đạt 9/10 điểm.")
    rows: list[list[str | None]] = [
        ["TT", "Lĩnh vực", "Điểm tối đa", "Điểm đạt"],
        ["1", "Công tác chỉ đạo, điều hành", "18", "14,5"],
        ["2", "Cải cách thể chế", "10", "8"],
    ]
    title = "BÁO CÁO Kết quả chấm điểm Chỉ số CCHC năm 2022 của UBND huyện Cao Lộc"
    (assessment,) = read_report(document(title, *letter, table(rows))).assessments
    assert [(str(each.code.value), each.doubts) for each in assessment.results] == [
        ("1", ()),
        ("2", ("differs-between-tables",)),
    ]
