"""SQL views for those who query the archive themselves (views.sql says what their columns hold)."""

from __future__ import annotations

from importlib.resources import files

import regex
from sqlalchemy import text

from load.connect import writing
from load.store import Store

_COMMENT = regex.compile(r"--[^\n]*")
_NAME = regex.compile(r"CREATE VIEW (\w+)")


def view_statements() -> dict[str, str]:
    """The statement of each view by its name, in the order in which they build on one another."""
    sql = _COMMENT.sub("", files("compare").joinpath("views.sql").read_text(encoding="utf8"))
    statements = [statement.strip() for statement in sql.split(";")]
    return {match[1]: statement for statement in statements if (match := _NAME.match(statement))}


def create_views(store: Store) -> tuple[str, ...]:
    """Make the views, or make them anew; returns their names. A change of the schema must drop them before."""
    drop_views(store)
    with writing(store.engine) as connection:
        for statement in view_statements().values():
            connection.execute(text(statement))
    return tuple(view_statements())


def drop_views(store: Store) -> None:
    with writing(store.engine) as connection:
        for name in reversed(view_statements()):
            connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
