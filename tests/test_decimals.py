"""Printed numbers: what is one, what only looks like one, and what the steps say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.decimals import decimal_of, is_ambiguous, parse_pair, parse_score
from normalize.value import Printed, Refusal, Value

POINTS = st.decimals(min_value=0, max_value=999, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "value", "steps"),
    [
        ("2,00", "2.00", ()),
        ("10.5", "10.5", ()),
        ("07", "7", ()),
        ("0,4 đ", "0.4", ()),
        ("0,5đ", "0.5", ()),
        ("01 điểm", "1", ()),
        ("(0,5 điểm)", "0.5", ()),
        ("0,5 điểm;", "0.5", ()),
        ("- 0,5", "0.5", ("sign: '-' dropped",)),
        ("–0,25", "0.25", ("sign: '-' dropped",)),
        ("−0,60", "0.60", ("sign: '-' dropped",)),
        ("(trừ 0,03 điểm)", "0.03", ("cue: 'trừ' dropped",)),
        ("0, 5", "0.5", ("join-blanks: '0, 5' -> '0,5'",)),
        ("0 , 5", "0.5", ("join-blanks: '0 , 5' -> '0,5'",)),
        ("Điểm: 0,5", "0.5", ("cue: 'Điểm:' dropped",)),
        ("1 .5", "1.5", ("join-blanks: '1 .5' -> '1.5'",)),
        ("3, 4", "3.4", ("ambiguous-join: '3, 4' -> '3,4'",)),
        ("1\n,5", "1.5", ("join-lines: '1\\n,5' -> '1,5'",)),
        ("0,\n75", "0.75", ("join-lines: '0,\\n75' -> '0,75'",)),
        ("0,24\n39", "0.2439", ("ambiguous-join: '0,24\\n39' -> '0,2439'",)),
        ("0,5\nđiểm", "0.5", ()),
        ("12.340", "12.340", ("ambiguous-thousands",)),
        ("1.968", "1.968", ("ambiguous-thousands",)),
        ("1,968", "1.968", ()),
        ("0.949", "0.949", ()),
    ],
)
def test_one_number(text: str, value: str, steps: tuple[str, ...]) -> None:
    printed = Printed(text)
    assert parse_score(printed) == Value(Decimal(value), printed, "points", steps)
    assert is_ambiguous(Value(0, printed, "", steps)) is any(step.startswith("ambiguous") for step in steps)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("-", "empty"),
        ("…", "empty"),
        ("x", "no-number"),
        ("Điều tra xã hội học", "no-number"),
        ("½", "fraction-sign"),
        ("95%", "percentage"),
        ("80%-100%", "percentage"),
        ("<0,5", "comparison"),
        ("30/10/2020", "date"),
        ("12/2019", "date"),
        ("0,5 - 1", "range"),
        ("từ 0,5 đến 1", "range"),
        ("185/UBND-NV", "document-number"),
        ("1.234.567", "thousands"),
        ("0,75/1", "pair"),
        ("1/2 điểm", "pair"),
        ("17/19 xã", "ratio"),
        ("2/79 nhiệm vụ", "ratio"),
        ("0,5/1\n0,75/1", "two-pairs"),
        ("0,25\n0,5", "several-numbers"),
        ("0,25 0,5", "several-numbers"),
        ("2\n0", "several-numbers"),
        ("V1: 0,5", "several-numbers"),
        ("1.4.2", "several-numbers"),
        ("12.340 hồ sơ", "other-unit"),
        ("3 xã", "other-unit"),
        ("O,5", "not-a-score"),
        ("0,5,", None),
    ],
)
def test_what_is_not_one_number(text: str, why: str | None) -> None:
    read = parse_score(Printed(text))
    assert (read.why if isinstance(read, Refusal) else None) == why


@pytest.mark.parametrize(
    ("text", "score", "maximum"),
    [
        ("0,75/1", "0.75", "1"),
        ("07/10", "7", "10"),
        ("10.5/16 điểm", "10.5", "16"),
        ("0/1.5", "0", "1.5"),
        ("1/3 điểm", "1", "3"),
        ("Đạt 9/10", "9", "10"),
        ("0 ,75/ 1", "0.75", "1"),
        ("0,5 đ/1 đ", "0.5", "1"),
        ("0,75⁄1", "0.75", "1"),
        ("0,2439/1\n,5 điểm", "0.2439", "1.5"),
        ("16.74/2\n0 điểm", "16.74", "20"),
        ("0,38\n6/0,5", "0.386", "0.5"),
        ("0,75\n/1", "0.75", "1"),
        ("0,75/\n1", "0.75", "1"),
        ("79,42/100", "79.42", "100"),
        ("1,5/1", "1.5", "1"),
    ],
)
def test_score_and_maximum(text: str, score: str, maximum: str) -> None:
    read = parse_pair(Printed(text))
    assert not isinstance(read, Refusal)
    assert [(each.value, each.pattern, is_ambiguous(each)) for each in read] == [
        (Decimal(score), "score/maximum", False),
        (Decimal(maximum), "score/maximum", False),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("17/19 xã", "ratio"),
        ("01/04 sáng kiến", "ratio"),
        ("30/10/2020", "date"),
        ("12/2019", "date"),
        ("½ điểm", "fraction-sign"),
        ("b/a=120/480=0,25<0,7", "comparison"),
        ("0,5/1\n0,75", "ratio"),
        ("0,5/1 0,75/1", "two-pairs"),
        ("0,75", "not-a-pair"),
    ],
)
def test_what_is_not_a_pair(text: str, why: str) -> None:
    printed = Printed(text)
    assert parse_pair(printed) == Refusal(printed, "pair", why)


def test_a_pair_of_counts_is_marked() -> None:
    counts, settled = parse_pair(Printed("2.340/12.340")), parse_pair(Printed("1.968/2.5"))
    assert not isinstance(counts, Refusal)
    assert not isinstance(settled, Refusal)
    assert [is_ambiguous(each) for each in counts] == [True, True]
    assert [is_ambiguous(each) for each in settled] == [False, False]


@given(
    POINTS,
    st.sampled_from([",", "."]),
    st.sampled_from(["", "- ", "-", "– ", "("]),
    st.sampled_from(["", "đ", " điểm", " đ."]),
)
def test_every_style_reads_back(points: Decimal, mark: str, before: str, after: str) -> None:
    text = f"{before}{str(points).replace('.', mark)}{after}{')' if before == '(' else ''}"
    read = parse_score(Printed(text))
    assert isinstance(read, Value)
    assert read.value == points


@given(POINTS, POINTS, st.sampled_from([",", "."]), st.sampled_from(["/", " / ", "⁄"]))
def test_every_pair_reads_back(score: Decimal, maximum: Decimal, mark: str, slash: str) -> None:
    text = f"{score}{slash}{maximum}".replace(".", mark)
    read = parse_pair(Printed(text))
    assert not isinstance(read, Refusal)
    assert (read[0].value, read[1].value) == (score, maximum)


@given(POINTS, POINTS, st.data())
def test_a_pair_cut_anywhere_is_itself_or_refused(score: Decimal, maximum: Decimal, data: st.DataObject) -> None:
    text = f"{score}/{maximum}".replace(".", ",")
    cut = data.draw(st.integers(1, len(text) - 1))
    read = parse_pair(Printed(f"{text[:cut]}\n{text[cut:]}"))
    if not isinstance(read, Refusal):
        assert (read[0].value, read[1].value) == (score, maximum)


@given(st.text("0123456789,./- đ\nđiểm½%", max_size=12))
def test_anything_is_a_value_or_a_reason(text: str) -> None:
    for read in (parse_score(Printed(text)), parse_pair(Printed(text))):
        if isinstance(read, Refusal):
            assert read.why


@pytest.mark.parametrize("text", ["", "-1", "1.", ",5", "1.4.2", "½", "१", "1 000", "5đ"])
def test_a_bare_numeral_is_only_that(text: str) -> None:
    assert decimal_of(text) is None
