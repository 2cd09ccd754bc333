"""The ledger: every run and every file in it, in the transaction of the document it speaks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from building import build_document, build_report, printed, score, words
from sqlalchemy import text

from load.ledger import FileEntry, Run
from load.store import Store
from normalize.codes import Code
from normalize.errors import StoreError
from normalize.records import Heading, Report, ScorecardRow
from normalize.value import Value

pytest_plugins = ("databases",)


def test_a_run_and_its_files(store: Store) -> None:
    before = datetime.now(UTC)
    run = store.start_run("ingest", {"paths": ["báo cáo/"], "workers": 2}, "0.1.0", "p7")
    read = FileEntry("báo cáo/003.pdf", "read", build_document().sha256, seconds=0.25)
    store.add_report(build_document(), build_report(), run=run, entry=read)
    store.add_report(build_document(), build_report(), run=run, entry=replace(read, path="báo cáo/bản sao.pdf"))
    failed = FileEntry("báo cáo/hỏng.pdf", "failed", None, "unreadable", "cut short after 3 pages", 0.5)
    store.log_file(run, failed)
    assert store.files(run) == (
        read,
        FileEntry("báo cáo/bản sao.pdf", "unchanged", read.sha256, seconds=0.25),
        failed,
    )
    (running,) = store.runs()
    assert running.finished_at is None
    store.finish_run(run)
    (found,) = store.runs()
    assert found.finished_at is not None
    assert before <= found.started_at <= found.finished_at <= datetime.now(UTC)
    files = {"failed": 1, "read": 1, "unchanged": 1}
    settings = {"paths": ["báo cáo/"], "workers": 2}
    assert found == Run(run, "ingest", settings, "0.1.0", "p7", found.started_at, found.finished_at, files)


def test_each_line_carries_the_versions_of_its_run(store: Store) -> None:
    for program, patterns in (("0.1.0", "p7"), ("0.2.0", "p8")):
        store.log_file(store.start_run("ingest", {}, program, patterns), FileEntry("a.pdf", "skipped"))
    with store.reading() as connection:
        rows = connection.execute(text("SELECT path, program_version, pattern_version FROM run_files ORDER BY id"))
        assert [tuple(row) for row in rows] == [("a.pdf", "0.1.0", "p7"), ("a.pdf", "0.2.0", "p8")]


def test_runs_come_with_the_newest_first(store: Store) -> None:
    runs = [store.start_run() for _ in range(3)]
    assert [run.id for run in store.runs()] == runs[::-1]


def test_what_is_undone_is_what_failed_last(store: Store) -> None:
    first, second = store.start_run(), store.start_run()
    for path, outcome in (("a", "failed"), ("b", "failed"), ("c", "needs-recognition"), ("d", "read")):
        store.log_file(first, FileEntry(path, outcome))  # type: ignore[arg-type]
    store.log_file(second, FileEntry("b", "read"))
    store.log_file(second, FileEntry("d", "failed"))
    assert [(entry.path, entry.outcome) for entry in store.files()] == [
        ("a", "failed"), ("b", "read"), ("c", "needs-recognition"), ("d", "failed"),
    ]  # fmt: skip
    assert [entry.path for entry in store.undone()] == ["a", "c", "d"]


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (build_report(), None),
        (Report(Heading(), ()), "no-assessment"),
        (
            Report(
                Heading(),
                (),
                scorecard=(ScorecardRow(Value(Code((1,)), printed("1"), "x"), words("a"), score("2")),),
            ),
            None,
        ),
    ],
    ids=["assessed", "nothing", "scorecard"],
)
def test_a_document_without_an_assessment_is_stored_with_the_reason(
    store: Store, report: Report, reason: str | None
) -> None:
    document, run = build_document(), store.start_run()
    assert store.add_report(document, report, run=run)
    assert store.files(run) == (FileEntry("003.pdf", "read", document.sha256, reason),)
    assert store.has(document.sha256)


def test_a_run_that_does_not_exist(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.add_report(build_document(), build_report(), run=99)
    assert caught.value.reason in ("store-no-run", "store")
    assert store.documents() == ()
    with pytest.raises(StoreError) as caught:
        store.log_file(99, FileEntry("a", "failed"))
    assert caught.value.reason == "store-no-run"


def test_deleting_a_run_keeps_its_documents(store: Store) -> None:
    run = store.start_run()
    store.add_report(build_document(), build_report(), run=run)
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM runs"))
    assert len(store.documents()) == 1
    assert store.files() == ()
