"""The options that several commands share, and the store that `--db` names.

The help of an option is the key of its text in the *wording.toml files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.errors import UsageError

if TYPE_CHECKING:
    from load.store import Store
    from normalize.records import Level as LevelValue


class LanguageName(StrEnum):
    """The languages; the default is put in when the command line is read (cchc.frame)."""

    VI = "vi"
    EN = "en"


class LevelName(StrEnum):
    """The levels of units as the option takes them."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    DEPARTMENT = "department"


Db = Annotated[str, typer.Option("--db", help="option-db", envvar="CCHC_DB", show_envvar=False, show_default=False)]
Language = Annotated[LanguageName, typer.Option("--lang", help="option-lang", show_default=False)]
Province = Annotated[str | None, typer.Option("--province", "-p", help="option-province")]
Level = Annotated[LevelName | None, typer.Option("--level", help="option-level")]
Who = Annotated[
    str,
    typer.Option(
        "--who", help="option-who", envvar=["CCHC_USER", "USER", "USERNAME"], show_envvar=False, show_default=False
    ),
]
DB = "cchc.db"
LANG = LanguageName.EN


def level_value(level: LevelName | None) -> LevelValue | None:
    """The level of an option as the library names it."""
    return None if level is None else level.value


@contextlib.contextmanager
def opened(db: str) -> Iterator[Store]:
    """An open store that was there already: a mistyped --db leaves no file behind."""
    from load.store import Store

    with Store.open(db, create=False) as store:
        yield store


@contextlib.contextmanager
def filled(db: str) -> Iterator[Store]:
    """An open store that holds something; UsageError "empty-store" where it does not."""
    with opened(db) as store:
        if not store.documents():
            raise UsageError("empty-store", db)
        yield store
