"""The one family of errors: each says what happened, what to do next, and the exit code a command ends with.

The library raises them; only the commands in `cchc/` translate them and end the process. `reason` is a stable key
that the ledger stores and `cchc/messages.toml` puts into Vietnamese and English; `detail` is the part that varies.
"""

from __future__ import annotations


class CchcError(Exception):
    """Anything the program refuses, with a stable reason key and the varying detail."""

    exit_code = 1
    reason = "error"

    def __init__(self, reason: str | None = None, detail: str = "") -> None:
        self.reason = reason or type(self).reason
        self.detail = detail
        super().__init__(f"{self.reason}: {detail}" if detail else self.reason)


class UnreadableFile(CchcError):
    """A file that cannot be read as a report: empty, broken, locked, of an unknown format."""

    exit_code = 3
    reason = "unreadable"


class NeedsTool(CchcError):
    """A program or data file that is not installed; `detail` names it."""

    exit_code = 4
    reason = "needs-tool"


class UnsafeFile(UnreadableFile):
    """A file refused before it is decoded: a bomb by size, external entities, paths that leave the archive."""

    reason = "unsafe"


class StoreError(CchcError):
    """The store cannot be opened, is of another version, or lost its connection."""

    exit_code = 5
    reason = "store"


class UsageError(CchcError):
    """A path, a name or a number that the user gave and that does not fit."""

    exit_code = 2
    reason = "usage"
