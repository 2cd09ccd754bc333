"""Texts are found with their accents or without, the same way on both databases."""

from __future__ import annotations

import pytest
from building import build_assessment, build_document, build_report, build_result, build_unit, deduction, full_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.document import Page
from load.passages import words
from load.search import Hit
from load.store import Store
from normalize.errors import UsageError
from normalize.records import Unit

pytest_plugins = ("databases",)

LATE = "Ban hành kế hoạch tuyên truyền chậm 05 ngày so với quy định"
REASONS = {
    "1.1": LATE,
    "1.2": "Cán bộ, công chức chưa hoàn thành bồi dưỡng",
    "1.3": "Còn 02/15 hồ sơ trễ hạn; hoà giải chưa đạt",
    "1.4": "Đề án vị trí việc làm chưa được phê duyệt",
}


def fill(store: Store) -> None:
    rows = [build_result(code, deductions=(deduction("0.25", reason),)) for code, reason in REASONS.items()]
    store.add_report(build_document("a.pdf"), build_report(build_assessment(*rows)))
    named = build_result("5.1", "3", "3", name="Đào tạo, bồi dưỡng cán bộ", remedy="Tuyên truyền đến từng hộ dân")
    store.add_report(
        build_document("b.pdf"),
        build_report(build_assessment(named, unit=build_unit("Mường Chà"), year=2022), number=None),
    )


def found(store: Store, query: str) -> list[tuple[str, str]]:
    return [(hit.code, hit.kind) for hit in store.search(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tuyên truyền", [("1.1", "reason"), ("5.1", "remedy")]),
        ("tuyen truyen", [("1.1", "reason"), ("5.1", "remedy")]),
        ("TUYEN Truyền", [("1.1", "reason"), ("5.1", "remedy")]),
        ("tuyển truyền", []),
        ("can bo", [("1.2", "reason"), ("5.1", "name")]),
        ("cần bộ", []),
        ("de an", [("1.4", "reason")]),
        ("hòa giải", [("1.3", "reason")]),
        ("hoà giải", [("1.3", "reason")]),
        ('"kế hoạch" chậm', [("1.1", "reason")]),
        ('"chậm kế hoạch"', []),
        ("boi duong can bo", [("1.2", "reason"), ("5.1", "name")]),
        ('"boi duong can bo"', [("5.1", "name")]),
        ("tuy*", [("1.1", "reason"), ("5.1", "remedy")]),
        ("02/15", [("1.3", "reason")]),
        ("05", [("1.1", "reason")]),
        ("khong co", []),
    ],
)
def test_queries(store: Store, query: str, expected: list[tuple[str, str]]) -> None:
    fill(store)
    assert found(store, query) == expected


def test_a_hit_whole(store: Store) -> None:
    fill(store)
    assert store.search("ke hoach") == (
        Hit(
            "a.pdf", build_document("a.pdf").sha256, 1, "1.1", Unit("Tuần Giáo", "district", "Điện Biên"), 2019,
            "reason", LATE,
        ),
    )  # fmt: skip
    assert [hit.document for hit in store.search("chua", limit=2)] == ["a.pdf", "a.pdf"]
    assert len(store.search("chua")) == 3


def test_criteria_of_a_scorecard(store: Store) -> None:
    store.add_report(build_document("bộ tiêu chí.pdf"), full_report())
    assert found(store, '"kế hoạch"') == [("1.5.1", "name"), ("1.1", "criterion")]


def test_a_snippet_of_a_long_text(store: Store) -> None:
    long = (
        "Nội dung này không liên quan. " * 20
        + "Hồ sơ giải quyết trễ hạn tại Bộ phận Một cửa. "
        + "Đã xử lý xong. " * 20
    )
    row = build_result("1.1", deductions=(deduction("0.1", long),))
    store.add_report(build_document(), build_report(build_assessment(row)))
    (hit,) = store.search("tre han")
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert "giải quyết trễ hạn tại" in hit.snippet
    assert len(hit.snippet) < 170


def test_what_is_replaced_is_not_found_any_more(store: Store) -> None:
    fill(store)
    store.add_report(build_document("a.pdf"), build_report(), replace=True)
    assert found(store, "ke hoach") == []
    assert found(store, "sang kien") == [("1.4.2", "name")]
    assert store.check().problems == ()


def test_renditions_tell_a_thing_once(store: Store) -> None:
    rows = [build_result(code, deductions=(deduction("0.25", reason),)) for code, reason in REASONS.items()]
    scan = build_document("scan.pdf", pages=(Page(1, (), 595.0, 842.0, method="ocr"),))
    store.add_report(scan, build_report(build_assessment(*rows)))
    store.add_report(build_document("typed.docx"), build_report(build_assessment(*rows)))
    assert [(hit.document, hit.code) for hit in store.search("ke hoach")] == [("typed.docx", "1.1")]


@pytest.mark.parametrize("empty", ["", "  ", '""', "*", ".,;", "()"])
def test_a_query_without_a_word(store: Store, empty: str) -> None:
    with pytest.raises(UsageError) as caught:
        store.search(empty)
    assert caught.value.reason == "search-empty"


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_taken_for_the_language_of_the_database(store: Store, query: str) -> None:
    if words(query):
        assert isinstance(store.search(query), tuple)
    else:
        with pytest.raises(UsageError):
            store.search(query)
