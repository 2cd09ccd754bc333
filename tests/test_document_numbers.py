"""Numbers of official documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.document_numbers import FoundNumber, find_document_numbers, parse_document_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 185 /UBND – NV", "185/UBND-NV"),
        ("Số: 185 /UBND - NV", "185/UBND-NV"),
        ("Số 1356 /UBND-NV", "1356/UBND-NV"),
        ("Số:1029 /QĐ-UBND", "1029/QĐ-UBND"),
        ("Số:1029 /QÐ-UBND", "1029/QĐ-UBND"),
        ("Số: 12/2019/QĐ-UBND", "12/2019/QĐ-UBND"),
        ("Số: 41/BC-SNV", "41/BC-SNV"),
        ("số 33/BC-VPUB", "33/BC-VPUB"),
        ("Số : 160/SNV-CCHC&PC", "160/SNV-CCHC&PC"),
        ("Số: 330/TTr-SNV Quảng Trị, ngày 24 tháng 10 năm 2017", "330/TTr-SNV"),
        ("Số: 185 /UBND – NV Về việc khắc phục", "185/UBND-NV"),
        ("Số: 12/BC-UBND - Về việc báo cáo", "12/BC-UBND"),
        ("Số 34 -KH/ĐU", "34-KH/ĐU"),
        ("4293/QĐ-UBND", "4293/QĐ-UBND"),
        ("Số: 05a/BC-UBND", "05a/BC-UBND"),
    ],
)
def test_read(text: str, number: str) -> None:
    assert parse_document_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Số:     /BC-UBND",
        "Số: ..../KH-UBND",
        "12/63",
        "17/19 xã",
        "30/10/2020",
        "9/10 Điểm",
        "số 9/10 điểm",
        "5/13 A",
    ],
)
def test_no_number(text: str) -> None:
    assert parse_document_number(text) is None


def test_all_numbers_of_a_text() -> None:
    text = "Quyết định số 4293/QĐ-UBND ngày 30/12/2019; Kế hoạch số     /KH-UBND; Báo cáo 33/BC-VPUB; 2/79 nhiệm vụ"
    assert find_document_numbers(text) == (
        FoundNumber("4293/QĐ-UBND", text.index("số 4293"), text.index(" ngày")),
        FoundNumber(None, text.index("số     "), text.index("; Báo")),
        FoundNumber("33/BC-VPUB", text.index("33/"), text.index("; 2/79")),
    )


@given(
    st.integers(1, 99999),
    st.sampled_from(["BC-UBND", "UBND-NV", "TTr-SNV", "QĐ-HĐTĐ"]),
    st.sampled_from(["", " ", "  "]),
)
def test_blanks_and_dashes_do_not_matter(digits: int, symbol: str, gap: str) -> None:
    printed = f"Số:{gap}{digits}{gap}/{symbol.replace('-', gap + '–' + gap)}"
    assert parse_document_number(printed) == f"{digits}/{symbol}"


@given(st.text())
def test_nothing_makes_it_stumble(text: str) -> None:
    parse_document_number(text)
    find_document_numbers(text)
