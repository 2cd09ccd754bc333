"""The version of all patterns together: it changes when any of them does, and the store remembers it with every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def pattern_version() -> str:
    """Twelve hexadecimal digits over the content of every pattern file."""
    digest = hashlib.sha256()
    for name, content in sorted(_data(files("patterns"))):
        digest.update(name.encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _data(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and not entry.name.startswith("_"):
            yield from _data(entry, name)
        elif entry.name.endswith((".toml", ".tsv", ".json")):
            yield name, entry.read_bytes()
