"""Which process recognises a page: two that read one file do not read the same page twice."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from extract.scan.cache import Key

PATIENCE = 60.0
"""Seconds to wait for a page that another process reads; then it is read here too."""
_LOOK_AGAIN = 0.02  # seconds


@contextlib.contextmanager
def claimed(folder: Path | None, key: Key, patience: float = PATIENCE) -> Iterator[bool]:
    """Whether the page is this process' own to read for as long as the block runs.

    Waits at most `patience` seconds while another process has it. The claim of a process that ends, however it ends,
    goes with it. Where nothing is kept or nothing can be locked it is False: everybody reads for himself.
    """
    mark = None if folder is None else _opened(folder / f"{key.name}.lock")
    if mark is None:
        yield False
        return
    with mark:
        mine = _locked_within(mark, patience)
        try:
            yield mine
        finally:
            if mine:  # who waits for the lock of a file that is gone gets it, and finds the page kept
                Path(mark.name).unlink(missing_ok=True)


def _opened(path: Path) -> IO[bytes] | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    except OSError:
        return None


def _locked_within(mark: IO[bytes], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while True:
        try:
            _lock(mark)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(_LOOK_AGAIN)
        except OSError:  # a file system without locks
            return False
        else:
            return True


def _lock(mark: IO[bytes]) -> None:
    """Raises BlockingIOError where another process has the lock, OSError where there are none."""
    if sys.platform == "win32":
        raise OSError("no locks that end with their process")
    import fcntl

    fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
