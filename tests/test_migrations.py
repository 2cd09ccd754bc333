"""The migrations make the tables that the models describe, and refuse what is not theirs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from load.connect import address, connect
from load.migrations import at_head, current, described, head, steps, upgrade
from load.models import Base
from load.store import Store
from normalize.errors import NeedsTool, StoreError

pytest_plugins = ("databases",)

TABLES = {
    "agencies", "agency_merges", "alembic_version", "alignments", "assessments", "corrections", "deductions",
    "documents", "evidence", "findings", "normalisations", "pages", "passages", "reason_kinds", "refusals",
    "renditions", "responsibilities", "results", "run_files", "run_steps", "runs", "scorecard_criteria", "scorecards",
    "shared_criteria", "shared_scorecards", "units", "unsettled",
}  # fmt: skip


def test_the_files_of_the_steps_tell_the_last_one() -> None:
    assert head() == steps().get_current_head()


def test_the_migrations_and_the_models_agree(url: str) -> None:
    engine = connect(address(url))
    upgrade(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": described}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
        assert current(connection) == head()
    engine.dispose()


def test_all_tables_are_there(store_path: Path) -> None:
    with Store.open(store_path):
        found = {
            row[0] for row in sqlite3.connect(store_path).execute("SELECT name FROM sqlite_schema WHERE type='table'")
        }
    assert {name for name in found if not name.startswith("passages_words")} == TABLES


def test_upgrading_twice_changes_nothing(url: str) -> None:
    engine = connect(address(url))
    upgrade(engine)
    upgrade(engine)
    assert at_head(engine)
    engine.dispose()


def test_the_steps_form_one_chain() -> None:
    script = steps()
    assert len(script.get_heads()) == 1
    assert [step.revision for step in script.walk_revisions()][-1] == "0001"


def test_a_database_of_a_newer_program_is_refused(url: str) -> None:
    Store.open(url).close()
    engine = connect(address(url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError) as caught:
        Store.open(url)
    assert (caught.value.reason, caught.value.detail) == ("store-newer", "9999")


def test_a_database_of_another_program_is_refused_and_left_alone(url: str) -> None:
    engine = connect(address(url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE invoices (id INTEGER)"))
    with pytest.raises(StoreError) as caught:
        Store.open(url)
    assert (caught.value.reason, caught.value.detail) == ("store-foreign", "invoices")
    with engine.connect() as connection:
        assert connection.dialect.get_table_names(connection) == ["invoices"]
    engine.dispose()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.db"
    path.write_bytes(b"%PDF-1.7 " * 500)
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.reason == "store-broken"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(tmp_path / "absent" / "cchc.db")
    assert caught.value.reason == "store-unreachable"


def test_a_file_that_must_be_there_already(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(tmp_path / "cchc.db", create=False)
    assert (caught.value.reason, caught.value.detail) == ("store-absent", str(tmp_path / "cchc.db"))
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_not_there() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://127.0.0.1:1/cchc")
    assert caught.value.reason == "store-unreachable"


@pytest.mark.parametrize("bad", ["nonsense://x", "postgresql://[::1/cchc"])
def test_an_address_that_is_none(bad: str) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(bad)
    assert caught.value.reason == "store-address"


def test_a_driver_that_is_not_installed() -> None:
    with pytest.raises(NeedsTool) as caught:
        Store.open("postgresql+pg8000://127.0.0.1/cchc")
    assert caught.value.detail == "pg8000"


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "kho dữ liệu.db"
