"""Everything the program says, in Vietnamese and in English (*wording.toml); the only place that chooses a language."""

from __future__ import annotations

import locale
import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from normalize.errors import CchcError

Lang = Literal["vi", "en"]


def language_of(arguments: list[str]) -> Lang:
    """The language of a run: `--lang`, then CCHC_LANG, then Vietnamese where the locale is Vietnamese.

    >>> language_of(["--lang", "en", "list"]), language_of(["list", "--lang=vi"])
    ('en', 'vi')
    """
    for number, argument in enumerate(arguments):
        value = argument.split("=", 1)[1] if argument.startswith("--lang=") else None
        if argument == "--lang" and number + 1 < len(arguments):
            value = arguments[number + 1]
        if value in ("vi", "en"):
            return "vi" if value == "vi" else "en"
    chosen = os.environ.get("CCHC_LANG", "")
    if chosen in ("vi", "en"):
        return "vi" if chosen == "vi" else "en"
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), locale.getlocale()[0] or "")
    return "vi" if name.lower().startswith("vi") else "en"


class Wording:
    """The texts of one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values filled in; KeyError for a key that wording.toml lacks."""
        return str(texts()[key][self.lang]).format(**values)

    def known(self, key: str) -> bool:
        return key in texts()

    def doubt(self, doubt: str) -> str:
        """Why a person must look, in words. What follows a known key names a field ("unread-score", "x:max_score")."""
        from audit.messages import UNCLOSED, unclosed_message  # only commands that show reports need it

        if doubt.startswith(UNCLOSED):
            return self("doubt-unclosed", detail=unclosed_message(doubt, self.lang))
        parts = doubt.replace(":", "-").replace("_", "-").split("-")
        for length in range(len(parts), 0, -1):
            key, field = f"doubt-{'-'.join(parts[:length])}", "-".join(parts[length:])
            if self.known(key):
                name = self(f"col-{field}") if self.known(f"col-{field}") else field
                return self(key, detail=" ".join(name.lower().split())).replace(" ()", "").strip()
        return doubt

    def reason(self, reason: str, detail: str | None = None) -> str:
        """A reason key of the library in words, with what to do next."""
        key = f"reason-{reason}"
        text = self(key, detail=detail or "") if self.known(key) else self("reason-other", detail=reason)
        return text.replace(" ()", "").replace(": .", ".")

    def error(self, error: CchcError) -> str:
        return self.reason(error.reason, error.detail)

    def number(self, value: object) -> str:
        """A decimal as people of the language write it."""
        text = "" if value is None else str(value)
        return text.replace(".", ",") if self.lang == "vi" else text


@cache
def texts() -> dict[str, Any]:
    """All texts, each with its Vietnamese and its English form: those of every file here that ends in wording.toml."""
    found: dict[str, Any] = {}
    for entry in sorted(files("cchc").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith("wording.toml"):
            found |= tomllib.loads(entry.read_text(encoding="utf8"))
    return found
