"""What happens to a run that is killed, to a full disk and to a lost connection: whole documents, clear reasons."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from building import build_assessment, build_document, build_report, full_report
from ingesting import ingest_here, killed_ingest, read_reports, write_reports
from sqlalchemy import Connection, create_engine, event, text

from load.export import export_jsonl
from load.store import Store
from normalize.errors import StoreError
from normalize.records import Report

pytest_plugins = ("databases",)

FILES, MOMENTS = 60, 6  # benchmarks/durability.py has 300 and 20, and kills the command itself


def exported(url: str, target: Path) -> bytes:
    with Store.open(url) as store:
        export_jsonl(store, target)
    return target.read_bytes()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_run_killed_again_and_again_ends_like_an_undisturbed_one(new_url: Callable[[], str], tmp_path: Path) -> None:
    read = read_reports(write_reports(tmp_path / "báo cáo", FILES))
    disturbed, undisturbed = new_url(), f"sqlite:///{tmp_path / 'undisturbed.db'}"
    held = killed_ingest(disturbed, read, MOMENTS, seed=20_250_701)
    assert held == sorted(held)
    assert 0 < held[-1] < FILES
    with Store.open(disturbed) as store:
        assert [document.sha256 for document in store.documents()] == [one.entry.sha256 for one in read]
        assert sum(run.files.get("read", 0) for run in store.runs()) == FILES
    ingest_here(undisturbed, read)
    assert exported(disturbed, tmp_path / "a.jsonl") == exported(undisturbed, tmp_path / "b.jsonl")


def test_a_full_disk(tmp_path: Path) -> None:
    """The database may grow no more: the document that does not fit is not there at all, those before it are."""
    target = tmp_path / "store.db"
    Store.open(target).close()
    with Store.open(target) as store:
        pages = "PRAGMA max_page_count = {}"
        with store.engine.connect() as connection:
            used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        event.listen(store.engine, "begin", lambda found: found.exec_driver_sql(pages.format(used + 40)))
        run = store.start_run()
        with pytest.raises(StoreError) as caught:
            _fill(store, run)
        stored = len(store.documents())
        assert (caught.value.reason, caught.value.exit_code) == ("store-full", 5)
        assert stored > 0
        assert [document.file for document in store.documents()] == [f"{number:03}.pdf" for number in range(stored)]
        assert len(store.files(run)) == stored
        assert [found.report for found in store.reports()] == [small_report(number) for number in range(stored)]
        assert store.check().problems == ()


def _fill(store: Store, run: int) -> None:
    for number in range(1000):
        store.add_report(build_document(f"{number:03}.pdf"), small_report(number), run=run)


def small_report(number: int) -> Report:
    """Reports that are not renditions of each other."""
    return build_report(build_assessment(*full_report().assessments[1].results, year=number), number=f"{number}/BC")


def test_a_connection_that_is_lost_in_the_middle(server: str, tmp_path: Path) -> None:
    """The server ends the connection after the rows were sent: nothing is there; the next document finds a new one."""
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE lost"))
    with Store.open(f"{server}/lost") as store:
        store.add_report(build_document("a.pdf"), build_report())

        def end(connection: Connection, *_statement: object) -> None:
            if "evidence" in str(_statement[1]):
                event.remove(store.engine, "before_cursor_execute", end)
                with admin.connect() as other:
                    other.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'lost'"))

        event.listen(store.engine, "before_cursor_execute", end)
        with pytest.raises(StoreError) as caught:
            store.add_report(build_document("b.pdf"), full_report())
        assert (caught.value.reason, caught.value.exit_code) == ("store-lost", 5)
        assert [document.file for document in store.documents()] == ["a.pdf"]
        assert store.add_report(build_document("b.pdf"), full_report())
        assert store.check().problems == ()
    admin.dispose()
