"""Agencies: every writing to its official name, lists cut where one name ends, nothing from other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.agencies import find_agencies
from normalize.agency_list import agency_list
from normalize.records import Level, Responsibility
from normalize.value import Printed
from patterns.catalogue import load_toml

AGENCIES = load_toml("agencies")["agency"]


def names(text: str, level: Level | None = None) -> list[str]:
    return [each.name for each in find_agencies(Printed(text), "lead", level)]


@pytest.mark.parametrize("table", AGENCIES, ids=[table["name"] for table in AGENCIES])
def test_each_agency_is_found_by_its_name_and_examples(table: dict[str, list[str]]) -> None:
    level: Level = table["levels"][0]  # type: ignore[assignment]
    writings = [str(table["name"]), *table.get("examples", []), *table.get("alone", [])]
    assert {text: names(text, level) for text in writings} == {text: [str(table["name"])] for text in writings}


def test_no_writing_names_two_agencies_of_one_level() -> None:
    clashes = [
        (key, level)
        for table in (agency_list().full, agency_list().alone)
        for key, agencies in table.items()
        for level in ("province", "district", "commune", "department")
        if sum(level in agency.levels for agency in agencies) > 1
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phòng Kinh tế-Hạ tầng, Phòng Nội vụ", ["Phòng Kinh tế và Hạ tầng", "Phòng Nội vụ"]),
        ("Văn phòng HĐND-UBND; Phòng Văn hóa Thông tin", ["Văn phòng HĐND và UBND", "Phòng Văn hóa và Thông tin"]),
        (
            "Phòng Văn Hóa-Thông tin, TT VHTT-TH",
            ["Phòng Văn hóa và Thông tin", "Trung tâm Văn hóa, Truyền thanh - Truyền hình"],
        ),
        ("Các cơ quan chuyên môn, UBND cấp xã", ["Các cơ quan chuyên môn", "UBND cấp xã"]),
        (
            "Các cơ quan, đơn vị trực thuộc UBND huyện; UBND các xã, thị trấn",
            ["Các cơ quan, đơn vị trực thuộc UBND huyện", "UBND các xã, thị trấn"],
        ),
        ("Phòng Nội\nvụ\nVăn phòng\nHĐND-\nUBND", ["Phòng Nội vụ", "Văn phòng HĐND và UBND"]),
        ("Phòng Nội vụ + Văn phòng", ["Phòng Nội vụ", "Văn phòng HĐND và UBND"]),
        ("Phòng Nội vụ/Văn phòng", ["Phòng Nội vụ", "Văn phòng HĐND và UBND"]),
        ("- Phòng Nội vụ;\n- Văn phòng", ["Phòng Nội vụ", "Văn phòng HĐND và UBND"]),
        ("Văn phòng và UBND các xã", ["Văn phòng HĐND và UBND", "UBND các xã"]),
        ("Phòng Nội vụ, Tư pháp", ["Phòng Nội vụ", "Phòng Tư pháp"]),
        ("Các phòng: Nội vụ, Tài chính - KH", ["Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"]),
        ("Sở Nội vụ, Tư pháp", ["Sở Nội vụ", "Sở Tư pháp"]),
        ("(Phòng Tài chính – Kế hoạch phụ trách):", ["Phòng Tài chính - Kế hoạch"]),
        ("Nội dung này do Văn phòng HĐND-UBND huyện tham mưu và thực hiện", ["Văn phòng HĐND và UBND"]),
        ("Phòng Nội vụ chủ trì, phối hợp với Văn phòng", ["Phòng Nội vụ", "Văn phòng HĐND và UBND"]),
        ("Phòng Nội vụ thuộc UBND huyện Tuần Giáo", ["Phòng Nội vụ"]),
        ("UBND xã Mường Mùn; UBND thị trấn Tuần Giáo", ["UBND xã Mường Mùn", "UBND thị trấn Tuần Giáo"]),
        ("Phòng Giao thông X, Phòng Nội vụ", ["Phòng Giao thông X", "Phòng Nội vụ"]),
        (
            "Các bộ phận nhận hồ sơ, trả kết quả; Văn phòng",
            ["Các bộ phận nhận hồ sơ, trả kết quả", "Văn phòng HĐND và UBND"],
        ),
        ("Phòng Nội vụ, Phòng Nội vụ huyện", ["Phòng Nội vụ"]),
        ("PHÒNG NỘI VỤ", ["Phòng Nội vụ"]),
        ("Phòng Nội vụ\nHuyện đoàn", ["Phòng Nội vụ", "Đoàn Thanh niên"]),
        ("Phòng Nội vụ\nTT VHTT-TH", ["Phòng Nội vụ", "Trung tâm Văn hóa, Truyền thanh - Truyền hình"]),
        ("Phòng Nội vụ\nhuyện\nTuần Giáo", ["Phòng Nội vụ"]),
        ("Phong Noi vu", ["Phòng Nội vụ"]),
        ("UBND HUYỆN TUẦN GIÁO", ["UBND huyện Tuần Giáo"]),
        ("Ủy ban nhân dân tỉnh. Điểm đạt cao", ["UBND tỉnh"]),
        ("Nhiệm vụ UBND tỉnh, Chủ tịch UBND tỉnh giao trong năm chưa đạt", ["UBND tỉnh"]),
        ("Phòng Giao thông X (đồng chí A); Tổ công tác Y", ["Phòng Giao thông X", "Tổ công tác Y"]),
    ],
)
def test_lists_and_clauses(text: str, expected: list[str]) -> None:
    assert names(text, "district") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "Trong năm 2024",
        "Thường xuyên trong năm",
        "Điều tra xã hội học",
        "Cơ quan chủ trì",
        "Ban hành kế hoạch",
        "Tổ chức hội nghị tuyên truyền",
        "giáo dục, y tế chưa đạt",
        "công tác văn phòng",
        "tại các xã chưa đạt, các xã còn lại đạt",
        "0,5 điểm",
        "Số: 185 /UBND – NV",
        "Các PCT",
    ],
)
def test_words_that_name_no_agency(text: str) -> None:
    assert names(text) == []


def test_the_level_of_the_report_decides() -> None:
    levels: list[Level | None] = [None, "district", "province", "department", "commune"]
    assert [names("Văn phòng", level) for level in levels] == [
        ["Văn phòng HĐND và UBND"],
        ["Văn phòng HĐND và UBND"],
        ["Văn phòng UBND tỉnh"],
        ["Văn phòng Sở"],
        ["Văn phòng HĐND và UBND"],
    ]
    assert [names("Nội vụ, Tư pháp", level)[0] for level in levels[:3]] == ["Phòng Nội vụ", "Phòng Nội vụ", "Sở Nội vụ"]


def test_what_is_printed_and_how_sure_stays_with_the_name() -> None:
    printed = Printed("do Phòng NV huyện, P.TP phụ trách", confidence=0.8)
    assert find_agencies(printed, "support", "district") == (
        Responsibility("Phòng Nội vụ", "support", Printed("Phòng NV huyện", confidence=0.8)),
        Responsibility("Phòng Tư pháp", "support", Printed("P.TP", confidence=0.8)),
    )


@given(st.text("Phòng Nội vụ, ; và \n/-Văn ubnd huyện xã T()", max_size=40))
def test_every_name_stands_in_the_text(text: str) -> None:
    found = find_agencies(Printed(text), "lead")
    assert all(each.printed.text in text for each in found)
    assert len({each.name for each in found}) == len(found)
