"""The store gives back what it was given, whole or not at all, on SQLite and on PostgreSQL."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from building import (
    TUAN_GIAO,
    agency,
    build_assessment,
    build_document,
    build_report,
    build_result,
    build_unit,
    full_report,
    printed,
    score,
    words,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from extract.document import Page
from load.columns import plain_decimal
from load.listing import StoredDocument
from load.models import Base, EvidenceRow, NormalisationRow, UnitRow
from load.reading import StoredReport
from load.store import Store
from normalize.errors import StoreError, UsageError
from normalize.records import Heading, Report
from normalize.value import Value

pytest_plugins = ("databases",)

OWNED = sorted(table.name for table in Base.metadata.sorted_tables if "document_id" in table.c)


def count(store: Store, table: str) -> int:
    with store.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_a_report_comes_back_as_it_was(store: Store) -> None:
    document, report = build_document("báo cáo 001.pdf"), full_report()
    assert store.add_report(document, report)
    expected = StoredReport("báo cáo 001.pdf", document.sha256, "pdf", "typed", 1, report)
    assert store.report(document.sha256) == expected


def test_two_reports_stay_apart(store: Store) -> None:
    first, second = full_report(), build_report()
    store.add_report(build_document("b.pdf"), first)
    store.add_report(build_document("a.pdf"), second)
    assert [(stored.file, stored.report) for stored in store.reports()] == [("a.pdf", second), ("b.pdf", first)]


def test_what_was_printed_read_and_audited_stays_apart(store: Store) -> None:
    def report(value: str) -> Report:
        result = replace(build_result("1.1", deductions=()), score=score(value, "0,51", steps=("comma: 0,51 -> 0.51",)))
        return build_report(build_assessment(result))

    store.add_report(build_document(), report("0.5"), as_read=report("0.51"))
    columns = (EvidenceRow.field, EvidenceRow.printed, EvidenceRow.value_read, EvidenceRow.value_audited)
    query = select(*columns).where(EvidenceRow.owner == "results").order_by(EvidenceRow.position)
    steps = select(NormalisationRow.rule, NormalisationRow.step)
    with store.reading() as connection:
        assert [tuple(row) for row in connection.execute(query)] == [
            ("code", "1.1.", None, None),
            ("max_score", "1", Decimal(1), Decimal(1)),
            ("score", "0,51", Decimal("0.51"), Decimal("0.5")),
        ]
        assert [tuple(row) for row in connection.execute(steps)] == [("comma", "comma: 0,51 -> 0.51")]


def test_rows_that_the_audit_added_are_not_mistaken_for_others(store: Store) -> None:
    before = build_report(build_assessment(build_result("1.2", score="0.1")))
    after = build_report(build_assessment(build_result("1.1", score="0.9"), build_result("1.2", score="0.1")))
    store.add_report(build_document(), after, as_read=before)
    query = select(EvidenceRow.value_read, EvidenceRow.value_audited).where(EvidenceRow.field == "score")
    with store.reading() as connection:
        rows = [tuple(row) for row in connection.execute(query.order_by(EvidenceRow.position))]
    assert rows == [(Decimal("0.9"), Decimal("0.9")), (Decimal("0.1"), Decimal("0.1"))]


def test_the_same_content_changes_nothing(store: Store) -> None:
    document = build_document()
    run = store.start_run()
    assert store.add_report(document, build_report(), run=run)
    assert not store.add_report(replace(document, file="copy.pdf"), full_report(), run=run)
    assert store.report(document.sha256).report == build_report()
    assert [(entry.path, entry.outcome) for entry in store.files(run)] == [
        ("003.pdf", "read"),
        ("copy.pdf", "unchanged"),
    ]


def test_a_new_reading_replaces_the_old_one_whole(store: Store) -> None:
    document = build_document()
    store.add_report(document, full_report())
    assert all(count(store, table) for table in OWNED)
    assert store.add_report(document, Report(Heading(), ()), replace=True)
    left = {table: count(store, table) for table in OWNED if count(store, table)}
    assert left == {"pages": 1}


def test_nothing_is_half_written(store: Store) -> None:
    run = store.start_run()
    bad = build_report(build_assessment(build_result("1.1"), replace(build_result("1.2"), score=score("NaN", "x"))))
    with pytest.raises(StoreError) as caught:
        store.add_report(build_document(), bad, run=run)
    assert caught.value.reason == "store-value"
    assert store.files(run) == ()
    assert {table: count(store, table) for table in (*OWNED, "documents", "units")} == dict.fromkeys(
        (*OWNED, "documents", "units"), 0
    )


def test_a_negative_score_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        store.add_report(build_document(), build_report(build_assessment(build_result("1.1", score="-0.5"))))


def test_a_unit_and_an_agency_stand_once(store: Store) -> None:
    same = build_assessment(build_result("1.1", agencies=(agency("Phòng Nội vụ"), agency("Phòng Nội vụ", "support"))))
    elsewhere = build_assessment(unit=build_unit("Châu Thành", province="Long An"))
    store.add_report(build_document("a.pdf"), build_report(same, elsewhere))
    store.add_report(build_document("b.pdf"), build_report(same, build_assessment(unit=build_unit("Châu Thành"))))
    with store.reading() as connection:
        rows = connection.execute(select(UnitRow.name, UnitRow.province).order_by(UnitRow.name, UnitRow.province))
        assert [tuple(row) for row in rows] == [
            ("Châu Thành", "Long An"),
            ("Châu Thành", "Điện Biên"),
            ("Tuần Giáo", "Điện Biên"),
        ]
    assert count(store, "agencies") == 1


def test_text_that_no_database_takes_is_kept_as_far_as_it_goes(store: Store) -> None:
    name = replace(build_result("1.1"), name=words("tin\x00 học \ud835"))
    store.add_report(build_document(), build_report(build_assessment(name)))
    found = store.report(build_document().sha256).report.assessments[0].results[0].name
    assert found == words("tin\ufffd học \ufffd")


def test_scores_are_never_binary_fractions(store: Store) -> None:
    store.add_report(build_document(), build_report(build_assessment(build_result("1.1", "1.50", "0.10"))))
    kind = "typeof" if store.engine.dialect.name == "sqlite" else "pg_typeof"
    with store.reading() as connection:
        row = connection.execute(text(f"SELECT {kind}(score) kind, CAST(score AS TEXT) score FROM results")).one()
    assert tuple(row) == ("text" if kind == "typeof" else "numeric", "0.1")


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, places=9) | st.decimals(0, 1).filter(bool))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_digit_comes_back(store: Store, number: Decimal) -> None:
    document = build_document()
    result = replace(build_result("1.1"), score=Value(number, printed("x"), "bare"))
    store.add_report(document, build_report(build_assessment(result)), replace=True)
    found = store.report(document.sha256).report.assessments[0].results[0].score
    assert found is not None
    assert plain_decimal(found.value) == plain_decimal(number)


def test_documents_as_a_list(store: Store) -> None:
    store.add_report(build_document("b.pdf"), full_report())
    store.add_report(build_document("a.pdf"), Report(Heading(), ()))
    sha_a, sha_b = build_document("a.pdf").sha256, build_document("b.pdf").sha256
    nothing = (None, None, None, None, None)
    head = ("1356/UBND-NV", "2020-10", "UBND huyện Tuần Giáo", "Về việc khắc phục", "Công văn")
    assert store.documents() == (
        StoredDocument(2, "a.pdf", sha_a, "pdf", "typed", 1, *nothing, 0, 0, 0, 0),
        StoredDocument(1, "b.pdf", sha_b, "pdf", "typed", 1, *head, 2, 2, 1, 2),
    )


def test_a_document_is_found_by_name_id_or_hash(store: Store) -> None:
    document = build_document("003.pdf")
    store.add_report(document, build_report())
    found = store.document("003.pdf")
    assert found == store.document(found.id) == store.document(str(found.id)) == store.document(document.sha256[:8])
    assert store.has(document.sha256)
    assert not store.has("0" * 64)


def test_a_document_that_is_not_there_or_not_one(store: Store) -> None:
    store.add_report(build_document("003.pdf", "one"), build_report())
    store.add_report(build_document("003.pdf", "two"), build_report())
    with pytest.raises(UsageError) as caught:
        store.document("003.pdf")
    hashes = sorted(build_document(content=content).sha256[:12] for content in ("one", "two"))
    assert (caught.value.reason, caught.value.detail) == ("document-ambiguous", ", ".join(hashes))
    for absent in ("004.pdf", "99", "abcdef0", "%"):
        with pytest.raises(UsageError) as caught:
            store.document(absent)
        assert (caught.value.reason, caught.value.detail) == ("document-unknown", absent)


def test_more_documents_than_are_read_at_once(store: Store) -> None:
    names = [f"{number:03}.txt" for number in range(120)]
    for name in reversed(names):
        store.add_report(build_document(name), Report(Heading(), ()))
    assert [stored.file for stored in store.reports()] == names


def test_the_store_as_it_stood_when_reading_began(store: Store) -> None:
    store.add_report(build_document("a.pdf"), build_report())
    if store.engine.dialect.name == "sqlite":
        reading = store.reports()
        next(reading)
        store.add_report(build_document("b.pdf"), build_report())
        assert list(reading) == []
    assert count(store, "documents") == len(store.documents())


def test_codes_sort_by_their_numbers_in_sql(store: Store) -> None:
    rows = [build_result(code) for code in ("1.10", "1.9", "10", "2", "1.9.1", "1")]
    store.add_report(build_document(), build_report(build_assessment(*rows)))
    with store.reading() as connection:
        found = connection.execute(text("SELECT code FROM results ORDER BY code_key")).scalars().all()
    assert found == ["1", "1.9", "1.9.1", "1.10", "2", "10"]


def test_pages_that_wait_for_recognition(store: Store) -> None:
    pages = (Page(1, (), 595, 842, method="needs-recognition", why="no text layer"), Page(2, (), 595, 842))
    document, run = build_document("scan.pdf", pages=pages), store.start_run()
    store.add_report(document, Report(Heading(), ()), run=run)
    with store.reading() as connection:
        rows = connection.execute(text("SELECT position, page, width, method, why FROM pages ORDER BY position")).all()
    assert [tuple(row) for row in rows] == [
        (0, 1, 595.0, "needs-recognition", "no text layer"),
        (1, 2, 595.0, "typed", None),
    ]
    entry = store.files(run)[0]
    assert (entry.outcome, entry.reason, entry.detail) == ("needs-recognition", "needs-recognition", "no text layer")


def _write(url: str, names: list[str]) -> None:
    with Store.open(url) as store:
        run = store.start_run()
        for name in names:
            units = tuple(build_assessment(build_result("1.1"), unit=build_unit(f"{name} {n}")) for n in range(3))
            store.add_report(build_document(name), build_report(*units, build_assessment(unit=TUAN_GIAO)), run=run)
        store.finish_run(run)


def test_two_processes_write_at_once(new_url: Callable[[], str]) -> None:
    """Both open the new database, both write, and half of their files are the same."""
    url = new_url()
    spawn = multiprocessing.get_context("spawn")
    shared, own = [f"s{n}" for n in range(10)], [f"o{n}" for n in range(5)]
    others = [spawn.Process(target=_write, args=(url, names)) for names in (own + shared, shared[::-1])]
    for other in others:
        other.start()
    for other in others:
        other.join(timeout=120)
    assert [other.exitcode for other in others] == [0, 0]
    with Store.open(url) as store:
        assert [document.file for document in store.documents()] == sorted(shared + own)
        totals = [run.files for run in store.runs()]
        assert sum(files.get("read", 0) for files in totals) == 15
        assert sum(files.get("unchanged", 0) for files in totals) == 10
        with store.reading() as connection:
            assert connection.execute(select(func.count()).select_from(UnitRow)).scalar_one() == 15 * 3 + 1


def _write_without_end(url: str) -> None:
    with Store.open(url) as store:
        run = store.start_run()
        for number in range(100_000):
            store.add_report(build_document(f"{number:06}"), full_report(), run=run)


def test_a_writer_that_is_killed_leaves_whole_documents(new_url: Callable[[], str]) -> None:
    url = new_url()
    writer = multiprocessing.get_context("spawn").Process(target=_write_without_end, args=(url,))
    with Store.open(url) as store:
        writer.start()
        while len(store.documents()) < 5 and writer.is_alive():
            writer.join(timeout=0.05)
        writer.kill()
        writer.join()
        documents = store.documents()
        whole = len(documents)
        assert whole >= 5
        # a server may still commit what the writer asked for before it died: later looks may see one document more
        assert [stored.report for stored in store.reports()][:whole] == [full_report()] * whole
        assert [(entry.path, entry.sha256, entry.outcome) for entry in store.files()][:whole] == [
            (document.file, document.sha256, "read") for document in documents
        ]
        assert store.runs()[0].finished_at is None
        if url.startswith("sqlite"):
            with store.reading() as connection:
                assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
