"""A file as it lies on the disk: read once, its bytes never changed."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from pathlib import Path

from normalize.errors import UnreadableFile, UnsafeFile

# The largest real archives of scans seen in one file are some 200 MB; more is a mistake or an attack.
MAX_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file, the name under which it is listed and the SHA-256 that identifies its content."""

    path: Path
    file: str
    data: bytes = field(repr=False)
    sha256: str

    @classmethod
    def open(cls, path: Path, limit: int = MAX_BYTES) -> Source:
        """Read the file at `path`, at most `limit` bytes.

        Raises UnreadableFile "not-found", "no-permission", "not-a-file" (a folder, a pipe, a device), "empty-file" or
        "read-error" (the disk or the network share gave up), UnsafeFile "too-large".
        """
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFile("not-a-file", str(path))
            if status.st_size > limit:
                raise UnsafeFile("too-large", f"{status.st_size} > {limit}")
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a zero byte in the name
            raise UnreadableFile("not-found", str(path)) from error
        except PermissionError as error:
            raise UnreadableFile("no-permission", str(path)) from error
        except OSError as error:
            raise UnreadableFile("read-error", f"{path}: {error.strerror}") from error
        if not data:
            raise UnreadableFile("empty-file", str(path))
        return cls.of(data, path)

    @classmethod
    def of(cls, data: bytes, path: Path) -> Source:
        """Bytes that are in memory already, as if they had been read from `path`."""
        return cls(path, path.name, data, hashlib.sha256(data).hexdigest())
