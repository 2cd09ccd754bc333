"""The version of all patterns together: it changes when any of them does, and the store remembers it with every run."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def pattern_version() -> str:
    """Twelve hexadecimal digits over the content of every pattern file."""
    digest = hashlib.sha256()
    for entry in sorted(files("patterns").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:12]
