"""Which program this is. On its own, so that `cchc --version` loads nothing else."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """The version of the program that the ledger records."""
    try:
        return version("cchc")
    except PackageNotFoundError:
        return "unknown"
