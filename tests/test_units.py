"""Names of administrative units to the units they meant at their time."""

from __future__ import annotations

from datetime import date

import pytest

from normalize.records import Level, Unit
from normalize.unit_lists import index
from normalize.units import UnitRegistry

REGISTRY = UnitRegistry.load()


def test_the_lists_are_whole() -> None:
    def units(level: Level, day: date) -> int:
        return sum(entry.at(day) for entries in index(level).values() for entry in entries)

    before, after = date(2025, 6, 30), date(2025, 7, 1)
    assert (units("province", before), units("district", before), units("commune", before)) == (63, 696, 10_035)
    assert (units("province", after), units("district", after), units("commune", after)) == (34, 0, 3_321)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("HUYỆN CẨM XUYÊN", date(2020, 2, 3), Unit("Cẩm Xuyên", "district", "Hà Tĩnh")),
        ("huyện Lộc Bình", date(2024, 1, 31), Unit("Lộc Bình", "district", "Lạng Sơn")),
        ("huyện Lộc  Hà", date(2020, 1, 1), Unit("Lộc Hà", "district", "Hà Tĩnh")),
        ("TP. Hồ Chí Minh", None, Unit("Hồ Chí Minh", "province", "Hồ Chí Minh")),
        ("TP.HCM", None, Unit("Hồ Chí Minh", "province", "Hồ Chí Minh")),
        ("tỉnh Đắc Lắc", None, Unit("Đắk Lắk", "province", "Đắk Lắk")),
        ("ĐĂK LĂK", None, Unit("Đắk Lắk", "province", "Đắk Lắk")),
        ("Thừa Thiên - Huế", date(2022, 1, 1), Unit("Thừa Thiên Huế", "province", "Thừa Thiên Huế")),
        ("thành phố Huế", date(2022, 1, 1), Unit("Huế", "district", "Thừa Thiên Huế")),
        ("thành phố Huế", date(2025, 3, 1), Unit("Huế", "province", "Huế")),
        ("Bà Rịa – Vũng Tàu", None, Unit("Bà Rịa - Vũng Tàu", "province", "Bà Rịa - Vũng Tàu")),
        ("tp Cao Bằng", None, Unit("Cao Bằng", "district", "Cao Bằng")),
        ("Quận 1", None, Unit("Quận 1", "district", "Hồ Chí Minh")),
        ("Huyện Hoà An", date(2021, 1, 1), Unit("Hòa An", "district", "Cao Bằng")),
        ("TP Qui Nhơn", None, Unit("Quy Nhơn", "district", "Bình Định")),
        # an upgraded district goes on under its old word in older reports
        ("huyện Đông Triều", date(2014, 5, 1), Unit("Đông Triều", "district", "Quảng Ninh")),
        ("xã Cẩm Bình", date(2025, 8, 1), Unit("Cẩm Bình", "commune", "Hà Tĩnh")),
    ],
)
def test_one_unit(name: str, day: date | None, expected: Unit) -> None:
    assert expected in REGISTRY.resolve(name, at=day)
    assert {unit.level for unit in REGISTRY.resolve(name, expected.level, day)} == {expected.level}
    assert REGISTRY.resolve(name, expected.level, day, expected.province) == (expected,)


def test_an_ambiguous_name_gives_all_and_the_province_narrows() -> None:
    assert {unit.province for unit in REGISTRY.resolve("Châu Thành", "district")} == {
        "Tây Ninh",
        "Long An",
        "Tiền Giang",
        "Bến Tre",
        "Trà Vinh",
        "Đồng Tháp",
        "An Giang",
        "Kiên Giang",
        "Hậu Giang",
        "Sóc Trăng",
    }
    assert REGISTRY.resolve("Châu Thành", "district", province="tỉnh Long An") == (
        Unit("Châu Thành", "district", "Long An"),
    )
    communes = REGISTRY.resolve("xã Cẩm Bình", at=date(2024, 1, 1))
    assert len(communes) > 1
    assert REGISTRY.resolve("xã Cẩm Bình", at=date(2024, 1, 1), district="Cẩm Thủy") == (
        Unit("Cẩm Bình", "commune", "Thanh Hóa", "Cẩm Thủy"),
    )


@pytest.mark.parametrize("name", ["", "huyện", "1", "Hòa Ân Tây", "các xã, thị trấn", "huyện Tuần Giao"])
def test_no_unit(name: str) -> None:
    assert REGISTRY.resolve(name) == ()


def test_districts_ended_in_july_2025() -> None:
    assert REGISTRY.resolve("huyện Tuần Giáo", at=date(2025, 6, 30)) == (Unit("Tuần Giáo", "district", "Điện Biên"),)
    assert REGISTRY.resolve("huyện Tuần Giáo", at=date(2025, 7, 1)) == ()
    assert REGISTRY.resolve("Quận 2", at=date(2021, 3, 1)) == ()


def test_departments_are_not_looked_up() -> None:
    assert REGISTRY.resolve("Sở Nội vụ", province="tỉnh Quảng Trị") == (Unit("Sở Nội vụ", "department", "Quảng Trị"),)


def test_marks_lost_in_recognition_only_when_asked() -> None:
    assert REGISTRY.resolve("huyện CÂM XUYEN", "district") == ()
    assert REGISTRY.resolve("huyện CÂM XUYEN", "district", loose=True) == (Unit("Cẩm Xuyên", "district", "Hà Tĩnh"),)


def test_successors() -> None:
    assert REGISTRY.successors(Unit("Thừa Thiên Huế", "province")) == (Unit("Huế", "province", "Huế"),)
    assert REGISTRY.successors(Unit("Kon Tum", "province")) == (Unit("Quảng Ngãi", "province", "Quảng Ngãi"),)
    assert REGISTRY.successors(Unit("Tuần Giáo", "district", "Điện Biên")) == ()
    old = Unit("Tuần Giáo", "commune", "Điện Biên", "Tuần Giáo")
    assert REGISTRY.successors(old) == (Unit("Tuần Giáo", "commune", "Điện Biên"),)
