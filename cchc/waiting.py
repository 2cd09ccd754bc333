"""Outcomes that wait for those of the files before them, so that any number of workers fills a store in one order."""

from __future__ import annotations

import tempfile
from pathlib import Path

# More than this waits on the disk: behind a file that takes a quarter of an hour a thousand others may be done.
IN_MEMORY = 64 * 1024 * 1024


class Waiting:
    """Bytes by number, taken out in the order of the numbers."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._limit = in_memory
        self._held: dict[int, bytes | Path] = {}
        self._size = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._following = 0

    def put(self, number: int, data: bytes) -> None:
        if number != self._following and self._size + len(data) > self._limit:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="cchc-")
            path = Path(self._folder.name) / str(number)
            path.write_bytes(data)
            self._held[number] = path
            return
        self._held[number] = data
        self._size += len(data)

    def take(self) -> bytes | None:
        """What is next in order; None while it is not there."""
        held = self._held.pop(self._following, None)
        if held is None:
            return None
        self._following += 1
        if isinstance(held, bytes):
            self._size -= len(held)
            return held
        data = held.read_bytes()
        held.unlink()
        return data

    def close(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
