"""The schema through time. A new database and an old one reach today's schema by the same steps.

The steps lie in `versions/`, one file each, and travel inside the package. There is no alembic.ini: `upgrade` runs them
in one transaction, so that a process that dies in the middle leaves the schema as it was. Alembic is loaded only for a
schema that is not today's: every command that opens a store asks, and nearly all find it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from load.connect import writing
from normalize.errors import StoreError

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

# Any number, the same in every program that upgrades a store: PostgreSQL lets one of them in at a time.
UPGRADE_LOCK = 20_250_701


def steps() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(Path(__file__).parent))


def head() -> str:
    """The name of today's schema: that of the last step, as the names of their files tell it (`r0001_...`)."""
    return max(path.name[1:5] for path in (Path(__file__).parent / "versions").glob("r[0-9]*.py"))


def current(connection: Connection) -> str | None:
    """The name of the schema of a database; None for an empty one. StoreError for a database of another program."""
    tables = inspect(connection).get_table_names()
    named = "alembic_version" in tables
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version")) if named else None
    if found is None and tables:
        raise StoreError("store-foreign", ", ".join(sorted(tables)[:5]))
    return found


def upgrade(engine: Engine) -> None:
    """Bring the schema of the database to today's. StoreError for a database that a newer program wrote."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script.revision import RevisionError

    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        script, found = steps(), current(connection)
        try:
            missing = list(script.iterate_revisions("head", found or "base"))
        except RevisionError as error:
            raise StoreError("store-newer", str(found)) from error
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for step in reversed(missing):
                step.module.upgrade()
                context.stamp(script, step.revision)
        for step in reversed(missing if found else []):
            # what a step has to do with the rows that are there, once the tables are those of today's models
            if hasattr(step.module, "after"):
                step.module.after(connection)


def at_head(engine: Engine) -> bool:
    """Whether the database has today's schema; asks without locking anything."""
    with engine.connect() as connection:
        return current(connection) == head()


def described(_item: object, name: str | None, *_about: object) -> bool:
    """Whether the models describe a table or index: the index for searching is each database's own."""
    return not (name or "").startswith("passages_words")
