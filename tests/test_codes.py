"""Criterion codes: canonical from any print, and never from a date, a count or an amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.codes import Code, parse_code, split_code
from normalize.value import Printed, Refusal, Value


@pytest.mark.parametrize(
    ("text", "code", "pattern", "steps"),
    [
        ("1.4.2", "1.4.2", "code", ()),
        ("9", "9", "code", ()),
        (" 5.4.3.4 ", "5.4.3.4", "code", ()),
        ("1,5", "1.5", "code", ("comma: '1,5' -> '1.5'",)),
        ("1.4.2.", "1.4.2", "code", ("closing-mark: '.' dropped",)),
        ("1.5.1:", "1.5.1", "code", ("closing-mark: ':' dropped",)),
        ("1. 4. 2", "1.4.2", "code", ("blanks: '1. 4. 2' -> '1.4.2'",)),
        ("TC 1.4.2", "1.4.2", "code", ("label: 'TC' dropped",)),
        ("Tiêu chí 2.3", "2.3", "code", ("label: 'Tiêu chí' dropped",)),
        ("01", "1", "code", ("leading-zero: '01' -> '1'",)),
        ("1.04", "1.4", "code", ("ambiguous-leading-zero: '1.04'",)),
        ("5.10.\n2", "5.10.2", "code", ("ambiguous-join: '5.10. 2' -> '5.10.2'",)),
        ("5.4\n.3", "5.4.3", "code", ("join-lines: '5.4 .3' -> '5.4.3'",)),
        ("VIII", "8", "roman-domain", ("roman: 'VIII' -> '8'",)),
        ("IV.", "4", "roman-domain", ("roman: 'IV' -> '4'",)),
        ("II.3", "2.3", "roman-domain", ("roman: 'II' -> '2'",)),
    ],
)
def test_a_cell_with_a_code(text: str, code: str, pattern: str, steps: tuple[str, ...]) -> None:
    printed = Printed(text)
    assert parse_code(printed) == Value(Code.of(code), printed, pattern, steps)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("-", "empty"),
        ("A", "not-a-code"),
        ("b)", "not-a-code"),
        ("3 xã", "not-a-code"),
        ("12.340", "not-a-code"),
        ("30/10/2020", "not-a-code"),
        ("95%", "not-a-code"),
        ("2019", "not-a-code"),
        ("1.4.2 Có sáng kiến", "not-a-code"),
        ("0.5", "implausible"),
        ("0,25", "implausible"),
        ("2.00", "implausible"),
        ("1.75", "implausible"),
        ("25", "implausible"),
        ("1.2.3.4.5.6", "implausible"),
        ("1.4\n1.5", "several-codes"),
        ("1.4.\n1.5.", "several-codes"),
        ("1\n2", "several-codes"),
    ],
)
def test_a_cell_without_one(text: str, why: str) -> None:
    printed = Printed(text)
    assert parse_code(printed) == Refusal(printed, "code", why)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5.1: Mức độ hoàn thành", ("1.5.1", "Mức độ hoàn thành")),
        ("6.5.1 Thực hiện tiết kiệm", ("6.5.1", "Thực hiện tiết kiệm")),
        ("1.8.Kết quả", ("1.8", "Kết quả")),
        ("1.5.2- Mức độ", ("1.5.2", "Mức độ")),
        ("1.4.2.Có sáng kiến", ("1.4.2", "Có sáng kiến")),
        ("7.2 Áp dụng ISO:", ("7.2", "Áp dụng ISO:")),
        ("5.10.1.\nTình trạng", ("5.10.1", "Tình trạng")),
        ("1. 4. 2 Có sáng kiến", ("1.4.2", "Có sáng kiến")),
        ("7,2: Hồ sơ", ("7.2", "Hồ sơ")),
        ("3. Cải cách: 10.5/16", ("3", "Cải cách: 10.5/16")),
        ("3) Cải cách", ("3", "Cải cách")),
        ("Tiêu chí 6.1.1: Chưa đủ", ("6.1.1", "Chưa đủ")),
        ("1.4.2. cán bộ được đào tạo", ("1.4.2", "cán bộ được đào tạo")),
        ("1.4.2 – Có sáng kiến", ("1.4.2", "Có sáng kiến")),
        ("1.2 Báo cáo", ("1.2", "Báo cáo")),
        ("2.1. Văn bản ban hành đúng hạn", ("2.1", "Văn bản ban hành đúng hạn")),
        ("4.1 Tổ chức bộ máy", ("4.1", "Tổ chức bộ máy")),
    ],
)
def test_a_code_before_a_name(text: str, expected: tuple[str, str] | None) -> None:
    assert split_code(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.4.2",
        "3 xã",
        "3 Cải cách",
        "12.340 hồ sơ",
        "1.200 văn bản",
        "30/10/2020 họp",
        "30.10.2020 họp",
        "12.10.2020 họp",
        "17/19 xã",
        "100% hồ sơ",
        "99.5% hồ sơ",
        "0.5 điểm",
        "0,5 điểm",
        "2.5 điểm",
        "2.5 Điểm",
        "1,5 triệu đồng",
        "2.5 tỷ đồng",
        "7.30 giờ",
        "7,2 Tỷ lệ hồ sơ",
        "2019: năm",
        "48. nhiệm vụ",
        "1. 2 đơn vị chưa đạt",
        "I. Kết quả",
        "a) Ưu điểm",
        "Năm 2019 có 3 xã",
        "185/UBND-NV ngày 3 tháng 2",
        "0,75/1",
        "3.4 và 3.5",
        "3.4.1 và 3.4.2 chưa đạt",
        "Tiêu chí 2.3 đạt 3/4 điểm",
        "5. điểm thưởng",
    ],
)
def test_no_code_before_these(text: str) -> None:
    assert split_code(text) is None


@given(st.dates(), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m/%Y"]), st.sampled_from([" ", ": ", ". "]))
def test_never_from_a_date(day: object, style: str, after: str) -> None:
    assert split_code(f"{day:{style}}{after}Họp giao ban") is None


@given(
    st.integers(1, 999_999_999),
    st.sampled_from(["hồ sơ", "xã", "nhiệm vụ", "văn bản", "đồng", "người", "TTHC"]),
)
def test_never_from_a_count(count: int, counted: str) -> None:
    for text in (f"{count} {counted}", f"{count:,} {counted}".replace(",", ".")):
        assert split_code(text) is None


@given(st.lists(st.integers(1, 20), min_size=1, max_size=5), st.sampled_from([".", ":", ")"]))
def test_a_code_reads_back(parts: list[int], mark: str) -> None:
    code = Code(tuple(parts))
    read = parse_code(Printed(f"{code}{mark}"))
    assert isinstance(read, Value)
    assert read.value == code
    assert split_code(f"{code}{mark} Mức độ") == (str(code), "Mức độ")


def test_codes_stand_in_the_order_of_their_numbers() -> None:
    assert sorted(map(Code.of, ["1.10", "1.9", "2", "1"])) == [Code((1,)), Code((1, 9)), Code((1, 10)), Code((2,))]
