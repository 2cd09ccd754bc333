"""Recognised pages kept by what they were recognised from: content, page, engine with its data, and our own recipe."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.document import Page
from extract.page_json import page_from_json, page_to_json
from extract.scan.engines import Engine


@cache
def recipe() -> str:
    """A print of the code that makes a page out of a picture: after a change of it nothing kept before is taken."""
    here = Path(__file__).parent
    parts = sorted([*here.glob("*.py"), *(here.parent / "layout").glob("*.py")])
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes())
    return digest.hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Key:
    """What a recognised page depends on. `content` is the SHA-256 of the file, `page` counts from 1."""

    content: str
    page: int
    engine: str
    recipe: str

    @classmethod
    def of(cls, content: str, page: int, engine: Engine) -> Key:
        return cls(content, page, f"{engine.name}-{engine.version}", recipe())

    @property
    def name(self) -> str:
        return f"{self.content[:40]}-p{self.page}-{self.engine}-{self.recipe}.json"


def cache_folder() -> Path | None:
    """Where recognised pages are kept: `CCHC_CACHE`, or the platform's folder for caches; None for `CCHC_CACHE=off`."""
    named = os.environ.get("CCHC_CACHE", "")
    if named.casefold() == "off":
        return None
    if named:
        return Path(named) / "recognised"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "cchc" / "cache"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches" / "cchc"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cchc"
    return base / "recognised"


def kept(folder: Path | None, key: Key) -> Page | None:
    """The page as it was kept; None where there is none or its file is damaged."""
    if folder is None:
        return None
    try:
        return page_from_json(json.loads((folder / key.name).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(folder: Path | None, key: Key, page: Page) -> None:
    """Keeps a page. It is written whole or not at all; a folder that cannot be written to costs time, not the page."""
    if folder is None:
        return
    text = json.dumps(page_to_json(page), ensure_ascii=False, separators=(",", ":"))
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(folder / key.name)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
