"""The options that the commands on the store share, and their words."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import typer

from cchc.wording import Wording


class LanguageName(StrEnum):
    """The languages; the default is put in when the command line is read (cchc.frame)."""

    VI = "vi"
    EN = "en"


Db = Annotated[str, typer.Option("--db", help="option-db", envvar="CCHC_DB", show_envvar=False, show_default=False)]
Language = Annotated[LanguageName, typer.Option("--lang", help="option-lang", show_default=False)]
DB = "cchc.db"
LANG = LanguageName.EN


class StoreWording(Wording):
    """The texts of one language: those of wording.toml, then those of store_wording.toml."""

    def __call__(self, key: str, **values: object) -> str:
        if super().known(key):
            return super().__call__(key, **values)
        return str(_texts()[key][self.lang]).format(**values)

    def known(self, key: str) -> bool:
        return super().known(key) or key in _texts()


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(files("cchc").joinpath("store_wording.toml").read_text(encoding="utf8"))


def words(lang: LanguageName) -> StoreWording:
    return StoreWording("vi" if lang is LanguageName.VI else "en")
