"""Dates as official documents print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.dates import FoundDate, find_dates, last_day, parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ngày 03 tháng 02 năm 2020", "2020-02-03"),
        ("Cẩm Xuyên, ngày 03 tháng 02 năm 2020", "2020-02-03"),
        ("Quảng Ngãi, ngày23 tháng 01 năm 2025", "2025-01-23"),
        ("Ngày 3 thang 2 nam 2020", "2020-02-03"),
        ("ngày 30 /10/2020", "2020-10-30"),
        ("30.10.2020", "2020-10-30"),
        ("30-10-2020", "2020-10-30"),
        ("2020-10-30", "2020-10-30"),
        ("ngày /01/2024", "2024-01"),
        ("ngày     /01/2024", "2024-01"),
        ("ngày … / 01 / 2024", "2024-01"),
        ("01/2024", "2024-01"),
        ("tháng 01/2025", "2025-01"),
        ("ngày     tháng 12 năm 2022", "2022-12"),
        ("ngày ..... tháng 12 năm 2022", "2022-12"),
        ("ngày ... tháng ... năm 2023", "2023"),
        ("ngày      tháng      năm 2023", "2023"),
        ("ngày      /      /2023", "2023"),
    ],
)
def test_read(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2020",
        "ngày 31 tháng 02 năm 2020",
        "03/02/20",
        "32/10/2020",
        "17/19 xã",
        "12/63",
        "13/2024",
        "năm 2019",
        "1029/2019",
        "từ 01/01/2020 đến 31/12/2020",
        "12.340 hồ sơ",
        "3/15",
        "10/10/2020/1",
        "01.02.2020.5",
    ],
)
def test_refused(text: str) -> None:
    assert parse_date(text) is None


def test_all_dates_of_a_sentence() -> None:
    text = "Quyết định số 4293/QĐ-UBND ngày 30/12/2019, Kế hoạch ngày 05 tháng 01 năm 2020; đạt 9/10 điểm"
    assert find_dates(text) == (
        FoundDate("2019-12-30", text.index("30/12"), text.index(", Kế")),
        FoundDate("2020-01-05", text.index("ngày 05"), text.index("; đạt")),
    )


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_read_in_both_forms(day: date) -> None:
    assert parse_date(f"ngày {day.day:02} tháng {day.month} năm {day.year}") == day.isoformat()
    assert parse_date(f"{day.day}/{day.month:02}/{day.year}") == day.isoformat()
    assert last_day(day.isoformat()) == day


@given(st.text())
def test_nothing_makes_it_stumble(text: str) -> None:
    parse_date(text)
