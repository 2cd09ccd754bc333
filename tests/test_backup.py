"""Backups restore to an identical export on either database; checks find what does not fit; readers only read."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from building import agency, build_assessment, build_document, build_report, build_result, full_report
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from load.agency_merges import AgencyMerge
from load.connect import address, connect
from load.export import export_jsonl
from load.ledger import FileEntry
from load.migrations import upgrade
from load.models import Base
from load.store import Store
from load.upkeep import Problem
from normalize.errors import StoreError, UsageError

pytest_plugins = ("databases",)

# The tables of the first version.
FIRST = (
    "agencies", "assessments", "deductions", "documents", "evidence", "findings", "normalisations", "pages", "refusals",
    "responsibilities", "results", "run_files", "runs", "scorecard_criteria", "scorecards", "units",
)  # fmt: skip
WHEN = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)


def fill(store: Store) -> None:
    run = store.start_run("ingest", {"files": 4}, "0.1.0", "p7")
    store.add_report(build_document("a.pdf"), full_report(), run=run)
    store.add_report(build_document("b.pdf"), build_report(), run=run)
    store.add_report(build_document("b.docx"), build_report(), run=run)
    store.log_file(run, FileEntry("hỏng.pdf", "failed", None, "unreadable", "…", 0.125))
    store.finish_run(run)
    store.merge_agency("Phòng Văn hóa và Thông tin", "Phòng Văn hóa, Khoa học và Thông tin", "Nguyễn Văn An", WHEN)


def exported(store: Store, folder: Path) -> bytes:
    export_jsonl(store, folder / "export.jsonl")
    return (folder / "export.jsonl").read_bytes()


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_backup_restores_on_either_database(
    store: Store, into: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fill(store)
    copy = tmp_path / "kho.zip"
    assert store.backup(copy) == 3
    url = f"sqlite:///{tmp_path / 'copy.db'}"
    if into == "postgresql":
        server = request.getfixturevalue("server")
        name = f"restored_{store.engine.dialect.name}"
        admin = connect(address(f"{server}/postgres"))
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        url = f"{server}/{name}"
    with Store.open(url) as other:
        assert other.restore(copy) == 3
        assert exported(other, tmp_path) == exported(store, tmp_path)
        assert other.check() == store.check()
        assert other.check().problems == ()
        assert (other.runs(), other.files(), other.renditions()) == (store.runs(), store.files(), store.renditions())
        assert other.agency_merges() == store.agency_merges()
        assert other.search("ke hoach") == store.search("ke hoach") != ()
        again = tmp_path / "again.zip"
        other.backup(again)
        assert again.read_bytes() == copy.read_bytes()
        assert other.add_report(build_document("new.pdf"), build_report(number="1/BC"), run=other.start_run())
        with pytest.raises(UsageError) as caught:
            other.restore(copy)
        assert caught.value.reason == "store-not-empty"


def test_files_that_are_no_whole_backup(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "full.db") as full:
        fill(full)
        full.backup(tmp_path / "whole.zip")
    data = (tmp_path / "whole.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(data[: len(data) // 2])
    (tmp_path / "text.zip").write_text("không phải", encoding="utf8")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("manifest.json", "{}")
    with zipfile.ZipFile(tmp_path / "whole.zip") as whole, zipfile.ZipFile(tmp_path / "changed.zip", "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name).replace("Tuần Giáo".encode(), "Tuần Giao".encode()))
    for name in ("absent.zip", "cut.zip", "text.zip", "other.zip", "changed.zip"):
        with pytest.raises(UsageError) as caught:
            store.restore(tmp_path / name)
        assert caught.value.reason == "no-backup"
        assert store.documents() == ()
    assert sum(store.check().counts.values()) == 0
    assert store.restore(tmp_path / "whole.zip") == 3


def test_a_backup_of_a_newer_program(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": "cchc-backup", "version": 1, "schema": "9999"}))
    with pytest.raises(StoreError) as caught:
        store.restore(tmp_path / "new.zip")
    assert (caught.value.reason, caught.value.detail) == ("store-newer", "9999")


def test_what_does_not_fit_is_told(store: Store) -> None:
    fill(store)
    assert store.check().problems == ()
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE results SET code_key = 'x' WHERE code = '1.10' AND document_id = 2"))
        connection.execute(text("UPDATE evidence SET owner_position = 99 WHERE owner = 'findings' AND position > 0"))
        connection.execute(text("DELETE FROM passages WHERE kind = 'reason' AND document_id = 2"))
        connection.execute(text("UPDATE run_files SET sha256 = 'f00' WHERE path = 'a.pdf'"))
    assert store.check().problems == (
        Problem("evidence-owner", "findings", "2"),
        Problem("document-missing", "run_files", "1"),
        Problem("code-order", "results", "1"),
        Problem("search-index", "passages", "2 / 3"),
    )


def test_a_damaged_file_is_refused_on_opening(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        for number in range(20):
            store.add_report(build_document(f"{number}"), build_report(number=f"{number}/BC"))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096 * 8] = b"\xff" * 4096 * 8
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.reason == "store-broken"


def test_an_older_store_is_brought_up_with_its_documents(url: str, tmp_path: Path) -> None:
    """A store of the first version gets the index and the links of what it holds."""
    with Store.open(url) as store:
        fill(store)
        expected, linked, found = exported(store, tmp_path), store.renditions(), store.search("ke hoach")
        drop = [table.name for table in reversed(Base.metadata.sorted_tables) if table.name not in FIRST]
        if store.engine.dialect.name == "sqlite":
            drop.append("passages_words")
        with store.engine.begin() as connection:
            for table in drop:
                connection.execute(text(f"DROP TABLE {table}"))
            connection.execute(text("DROP INDEX ix_assessments_score"))
            connection.execute(text("ALTER TABLE findings DROP COLUMN also"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine = connect(address(url))
    upgrade(engine)
    engine.dispose()
    with Store.open(url) as store:
        assert (store.renditions(), store.search("ke hoach")) == (linked, found)
        store.merge_agency("Phòng Văn hóa và Thông tin", "Phòng Văn hóa, Khoa học và Thông tin", "Nguyễn Văn An", WHEN)
        assert exported(store, tmp_path) == expected
        assert store.check().problems == ()


def test_a_reader_reads_and_changes_nothing(server: str) -> None:
    admin = connect(address(f"{server}/postgres"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE shared"))
    admin.dispose()
    with Store.open(f"{server}/shared") as store:
        fill(store)
        store.create_reader("analyst", "it's 100% secret")
        store.create_reader("analyst")
        expected = store.documents()
        with pytest.raises(UsageError) as caught:
            store.create_reader('x"; DROP TABLE documents')
        assert caught.value.reason == "reader-name"
    with Store.open(f"{server}/shared".replace("cchc@", "analyst@")) as store:
        assert store.documents() == expected
        assert store.search("ke hoach") != ()
        with pytest.raises(StoreError) as refused:
            store.add_report(build_document("x"), build_report())
        assert refused.value.reason == "store-readonly"
        with store.engine.connect() as connection:
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.commit()
            with pytest.raises(DBAPIError, match="permission denied"):
                connection.execute(text("DELETE FROM results"))


def test_there_are_no_roles_in_a_file(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store, pytest.raises(UsageError) as caught:
        store.create_reader("analyst")
    assert caught.value.reason == "no-roles"


def names(store: Store) -> list[str]:
    return [
        agency.name
        for stored in store.reports()
        for result in stored.report.assessments[0].results
        for agency in result.agencies
    ]


def test_agencies_merge_by_a_decision_that_outlives_a_new_reading(store: Store) -> None:
    read = build_report(
        build_assessment(build_result("1.1", agencies=(agency("Phòng A"), agency("Phòng B", "support"))))
    )
    store.add_report(build_document(), read)
    store.merge_agency("Phòng A", "Phòng B", "An", WHEN)
    store.merge_agency("Phòng B", "Phòng C", "Bình", WHEN)
    assert names(store) == ["Phòng C", "Phòng C"]
    with pytest.raises(UsageError) as caught:
        store.merge_agency("Phòng B", "Phòng A", "An", WHEN)
    assert caught.value.reason == "agency-circle"
    store.add_report(build_document(), read, replace=True)
    assert names(store) == ["Phòng C", "Phòng C"]
    store.merge_agency("Phòng B", "Phòng B", "An", WHEN)
    assert names(store) == ["Phòng B", "Phòng B"]
    assert store.agency_merges() == (
        AgencyMerge("Phòng A", "Phòng B", "An", WHEN),
        AgencyMerge("Phòng B", "Phòng C", "Bình", WHEN),
        AgencyMerge("Phòng B", "Phòng B", "An", WHEN),
    )
    printed = store.report(build_document().sha256).report.assessments[0].results[0].agencies[0].printed
    assert printed.text == "Phòng A"
    with pytest.raises(UsageError) as caught:
        store.merge_agency("Phòng X", "Phòng A", "An", WHEN)
    assert caught.value.reason == "agency-unknown"
