"""Comparisons: what is absent is absent, what is summed is whole, and every row says which document speaks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from building import build_assessment, build_document, build_report, build_result, build_unit, score
from hypothesis import given
from hypothesis import strategies as st

from compare.comparison import Comparison, Domain, UnitScores, compare
from compare.domains import Points, Scored, closes, domain_loss, domain_score, topmost
from load.store import Store
from normalize.codes import Code
from normalize.records import Assessment, Result, Totals, Unit

pytest_plugins = ("databases",)

A, B, C, D = (build_unit(name) for name in ("Mường Ảng", "Nậm Pồ", "Tủa Chùa", "Điện Biên Đông"))


def domain_rows(first: str, second: str) -> tuple[Result, ...]:
    """A report of two domains, 60 and 40 points."""
    return (
        build_result("1", "60", first, name="Chỉ đạo, điều hành"),
        build_result("2", "40", second, name="Thể chế"),
    )


def fill(store: Store, *documents: tuple[str, Assessment], date: str = "2020-01-01") -> None:
    for file, assessment in documents:
        store.add_report(build_document(file), build_report(assessment, date=date))


def points(score: str | None, maximum: str | None, origin: str = "printed", review: bool = False) -> Points:
    number = None if score is None else Decimal(score)
    return Points(number, None if maximum is None else Decimal(maximum), origin, review)  # type: ignore[arg-type]


def by_file(comparison: Comparison) -> dict[str, UnitScores]:
    return {row.file: row for row in comparison.rows}


def row(code: str, maximum: str | None, got: str | None, deducted: str | None = None) -> Scored:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Scored(Code.of(code), None, number(maximum), number(got), number(deducted))


# One domain


@pytest.mark.parametrize(
    ("rows", "known", "expected"),
    [
        ([], None, points(None, None, "not-listed")),
        ([], "6", points(None, "6", "not-listed")),
        ([row("1", "6", "5"), row("1.1", "2", "1")], None, points("5", "6")),
        ([row("1", None, "5")], "6", points("5", "6")),
        ([row("1", "6", None), row("1.1", "2", "1"), row("1.2", "4", "3.5")], None, points("4.5", "6", "summed")),
        ([row("1", "6", None), row("1.1", "2", "1")], None, points(None, "6", "incomplete")),
        ([row("1.1", "2", "1"), row("1.2", "4", "3.5")], None, points(None, None, "incomplete")),
        ([row("1.1", "2", "1"), row("1.2", "4", "3.5")], "6", points("4.5", "6", "summed")),
        ([row("1.1", "2", "1"), row("1.2", "4", None)], "6", points(None, "6", "incomplete")),
        ([row("1.1", "2", "1"), row("1.1.1", "2", "1"), row("1.2", "4", "3")], "6", points("4", "6", "summed")),
        ([row("1.1", "2", None), row("1.1.1", "2", "1"), row("1.2", "4", "3")], "6", points("4", "6", "summed")),
        ([row("1.1", "2", "1"), row("1.1", "2", "1"), row("1.2", "4", "3")], "6", points("4", "6", "summed")),
        ([row("1.1", "2", "1"), row("1.1", "2", "2"), row("1.2", "4", "3")], "6", points(None, "6", "twice", True)),
        ([row("1", "6", "7")], None, points("7", "6", "printed", True)),
    ],
)
def test_the_score_of_a_domain(rows: list[Scored], known: str | None, expected: Points) -> None:
    assert domain_score(rows, None if known is None else Decimal(known)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], points(None, None, "not-listed")),
        ([row("1", "6", "5", "1"), row("1.1", "2", "1", "1")], points("1", None)),
        ([row("1.1", "2", "1"), row("1.2.1", None, None, "0.25")], points("1.25", None, "summed")),
        ([row("1.1", "2", None)], points(None, None, "incomplete")),
        ([row("1.1", "2", "1"), row("1.1", "2", "0")], points(None, None, "twice", True)),
        ([row("1.1", "2", "3")], points(None, None, "incomplete")),
    ],
)
def test_the_points_lost_in_a_domain(rows: list[Scored], expected: Points) -> None:
    assert domain_loss(rows) == expected


def test_points_lost_close_with_the_total_within_rounding() -> None:
    lost = {1: points("20", None), 2: points("0.581", None), 3: points(None, None, "not-listed")}
    assert closes(Decimal("20.58"), lost)
    assert not closes(Decimal("20.68"), lost)
    assert not closes(None, lost)
    assert not closes(Decimal("20.58"), {**lost, 3: points(None, None, "twice")})


@given(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=4).map(lambda parts: Code(tuple(parts)))))
def test_no_point_is_counted_twice_and_none_is_lost(codes: list[Code]) -> None:
    kept = [found.code for found in topmost([Scored(code, None, None, None, None) for code in codes])]
    assert len(set(kept)) == len(kept)
    assert not any(one.under(other) for one in kept for other in kept)
    assert all(code in kept or any(code.under(above) for above in kept) for code in codes)


# Units


def test_units_side_by_side(store: Store) -> None:
    fill(
        store,
        ("a.pdf", build_assessment(*domain_rows("50", "30"), unit=A, score="80")),
        ("b.pdf", build_assessment(*domain_rows("55", "35"), unit=B, score="90")),
        ("c.pdf", build_assessment(*domain_rows("45", "35"), unit=C, score="80")),
    )
    comparison = compare(store, 2019)
    assert comparison.domains == (Domain(1, ("Chỉ đạo, điều hành",)), Domain(2, ("Thể chế",)))
    assert [(found.unit, found.rank, found.share, found.total) for found in comparison.rows] == [
        (B, 1, Decimal("0.9"), points("90", "100")),
        (A, 2, Decimal("0.8"), points("80", "100")),
        (C, 2, Decimal("0.8"), points("80", "100")),
    ]
    assert by_file(comparison)["a.pdf"].domains == {1: points("50", "60"), 2: points("30", "40")}
    assert by_file(comparison)["a.pdf"].domains[1].share == Decimal("0.8333")
    assert by_file(comparison)["a.pdf"].lost == {1: points("10", None), 2: points("10", None)}
    assert (comparison.missing, comparison.unplaced) == ((), ())


def test_a_missing_unit_is_absent_and_not_zero(store: Store) -> None:
    fill(
        store,
        ("a.pdf", build_assessment(*domain_rows("50", "30"), unit=A, score="80")),
        ("b18.pdf", build_assessment(*domain_rows("50", "30"), unit=B, score="80", year=2018)),
        ("c.pdf", build_assessment(unit=C, max_score=None)),
    )
    comparison = compare(store, 2019, expected=(A, D))
    assert comparison.missing == (B, D)
    absent = by_file(comparison)["c.pdf"]
    assert absent.domains == {1: points(None, "60", "not-listed"), 2: points(None, "40", "not-listed")}
    assert (absent.total, absent.share, absent.rank) == (points(None, None, "not-listed"), None, None)
    assert (absent.lost, absent.lost_complete) == (
        dict.fromkeys((1, 2), points(None, None, "not-listed")),
        False,
    )


def test_a_domain_that_only_one_report_lists(store: Store) -> None:
    listed = (build_result("1.1", "20", "15"), build_result("1.2", "40", "35"))
    fill(
        store,
        ("a.pdf", build_assessment(*domain_rows("50", "30"), unit=A, score="80")),
        ("b.pdf", build_assessment(*listed, unit=B, score=None, max_score="60")),
        ("c.pdf", build_assessment(build_result("1.1", "20", "15"), unit=C, score="95")),
    )
    rows = by_file(compare(store, 2019))
    assert rows["b.pdf"].domains == {1: points("50", "60", "summed"), 2: points(None, "40", "not-listed")}
    assert rows["b.pdf"].total == points("50", "60", "summed")
    assert rows["c.pdf"].domains[1] == points(None, "60", "incomplete")


def test_reports_that_print_different_maxima_lend_none(store: Store) -> None:
    other = (build_result("1", "50", "50"), build_result("2", "40", "30"))
    fill(
        store,
        ("a.pdf", build_assessment(*domain_rows("50", "30"), unit=A, score="80")),
        ("b.pdf", build_assessment(*other, unit=B, score="80", max_score="90")),
        ("c.pdf", build_assessment(build_result("1.1", "60", "15"), unit=C)),
    )
    assert by_file(compare(store, 2019))["c.pdf"].domains == {
        1: points(None, None, "incomplete"),
        2: points(None, "40", "not-listed"),
    }


def test_points_lost_are_whole_where_the_total_says_so(store: Store) -> None:
    """A report that lists only what lost points (family A to D of the design)."""
    losses = (build_result("1.4.2", "1", "0.75", "0.25"), build_result("2.1", "2", None, "20.33"))
    fill(
        store,
        ("a.pdf", build_assessment(*losses, unit=A, score="79.42")),
        ("b.pdf", build_assessment(*losses, unit=B, score="70")),
        ("c.pdf", build_assessment(*domain_rows("60", "40"), build_result("3", "0", "0"), unit=C, score="100")),
    )
    rows = by_file(compare(store, 2019))
    lost = {1: points("0.25", None, "summed"), 2: points("20.33", None, "summed")}
    assert rows["a.pdf"].lost == {**lost, 3: points("0", None, "closed")}
    assert (rows["a.pdf"].lost_total, rows["a.pdf"].lost_complete) == (Decimal("20.58"), True)
    assert rows["b.pdf"].lost == {**lost, 3: points(None, None, "not-listed")}
    assert (rows["b.pdf"].lost_total, rows["b.pdf"].lost_complete) == (Decimal("30"), False)


def test_which_of_several_documents_speaks(store: Store) -> None:
    whole, part = domain_rows("50", "30"), domain_rows("50", "30")[:1]
    fill(
        store,
        ("self.pdf", build_assessment(*whole, unit=A, score="99", basis="self")),
        ("appraised.pdf", build_assessment(*part, unit=A, score="80")),
        ("few.pdf", build_assessment(*part, unit=B, score="80")),
        ("many.pdf", build_assessment(*whole, unit=B, score="81")),
        ("old.pdf", build_assessment(*whole, unit=C, score="80")),
        ("empty.pdf", build_assessment(unit=D, max_score=None)),
        ("said.pdf", build_assessment(unit=D, score="50", basis="self")),
    )
    fill(store, ("new.pdf", build_assessment(*whole, unit=C, score="82")), date="2020-06")
    found = {row.unit: (row.file, row.others) for row in compare(store, 2019).rows}
    assert found == {
        A: ("appraised.pdf", ("self.pdf",)),
        B: ("many.pdf", ("few.pdf",)),
        C: ("new.pdf", ("old.pdf",)),
        D: ("said.pdf", ("empty.pdf",)),
    }
    assert [row.file for row in compare(store, 2019, basis="self").rows] == ["self.pdf", "said.pdf"]


def test_only_what_was_asked_for(store: Store) -> None:
    commune = Unit("Quài Tở", "commune", "Điện Biên", "Tuần Giáo")
    elsewhere = build_unit("Hải Lăng", province="Quảng Trị")
    fill(
        store,
        ("a.pdf", build_assessment(unit=A, score="80")),
        ("commune.pdf", build_assessment(unit=commune, score="85")),
        ("elsewhere.pdf", build_assessment(unit=elsewhere, score="90")),
        ("half.pdf", build_assessment(unit=A, score="40", period="6m")),
    )
    everything = compare(store, 2019).rows
    assert [(row.file, row.rank) for row in everything] == [
        ("commune.pdf", 1),
        ("elsewhere.pdf", 1),
        ("a.pdf", 2),
    ]
    assert [row.file for row in compare(store, 2019, province="Điện Biên", level="district").rows] == ["a.pdf"]
    assert [row.file for row in compare(store, 2019, period="6m").rows] == ["half.pdf"]
    assert compare(store, 2018).missing == (commune, elsewhere, A)


def test_files_that_have_no_place_are_named(store: Store) -> None:
    fill(
        store,
        ("year.pdf", build_assessment(unit=A, year=None)),
        ("unit.pdf", build_assessment(unit=Unit(None, None))),
        ("period.pdf", build_assessment(unit=A, period=None)),
        ("other-year.pdf", build_assessment(unit=Unit(None, None), year=2018)),
        ("elsewhere.pdf", build_assessment(unit=build_unit("Hải Lăng", province="Quảng Trị"), year=None)),
    )
    comparison = compare(store, 2019, province="Điện Biên")
    assert comparison.rows == ()
    assert comparison.unplaced == ("period.pdf", "unit.pdf", "year.pdf")


def test_ranks_by_index_and_by_total(store: Store) -> None:
    def percent(unit: Unit, number: str) -> Assessment:
        return build_assessment(unit=unit, totals=Totals(index_percent=score(number)))

    def total(unit: Unit, number: str) -> Assessment:
        return build_assessment(unit=unit, totals=Totals(score=score(number)), year=2020)

    fill(
        store,
        ("a.pdf", percent(A, "80.5")), ("b.pdf", percent(B, "91.25")), ("c.pdf", build_assessment(unit=C, score="85")),
        ("a20.pdf", total(A, "80.5")), ("b20.pdf", total(B, "91.25")),
    )  # fmt: skip
    assert [(row.file, row.rank, row.share) for row in compare(store, 2019).rows] == [
        ("b.pdf", 1, Decimal("0.9125")),
        ("c.pdf", 2, Decimal("0.85")),
        ("a.pdf", 3, Decimal("0.805")),
    ]
    assert [(row.file, row.rank, row.share) for row in compare(store, 2020).rows] == [
        ("b20.pdf", 1, None),
        ("a20.pdf", 2, None),
    ]


def test_what_a_person_must_look_at_is_marked(store: Store) -> None:
    doubtful = build_result("1", "60", "50", doubts=("score-unclear",))
    fill(
        store,
        ("a.pdf", build_assessment(doubtful, unit=A, score="80")),
        ("b.pdf", build_assessment(unit=B, score="180")),
        ("c.pdf", build_assessment(*domain_rows("50", "30"), unit=C, score="80")),
    )
    assert {row.file: row.review for row in compare(store, 2019).rows} == {
        "a.pdf": True, "b.pdf": True, "c.pdf": False,
    }  # fmt: skip


def test_a_comparison_of_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as store:
        assert compare(store, 2019).rows == ()
