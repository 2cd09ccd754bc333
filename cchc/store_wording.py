"""The words of the commands on the store: those of wording.toml, then those of store_wording.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from cchc.wording import Wording, current


class StoreWording(Wording):
    """The texts of one language, with those of the commands on the store."""

    def __call__(self, key: str, **values: object) -> str:
        if super().known(key):
            return super().__call__(key, **values)
        return str(_texts()[key][self.lang]).format(**values)

    def known(self, key: str) -> bool:
        return super().known(key) or key in _texts()


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(files("cchc").joinpath("store_wording.toml").read_text(encoding="utf8"))


def words() -> StoreWording:
    """The wording of this run of the program."""
    return StoreWording(current().lang)
