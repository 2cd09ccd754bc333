"""Files that are no files of this machine: any address that fsspec opens ("s3://bucket/2019/003.pdf").

An address is fetched to a temporary file for as long as it is read; the library of its protocol must be installed
wherever that happens.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

from extract.source import MAX_BYTES
from normalize.errors import CchcError, NeedsTool, UnreadableFile, UnsafeFile, UsageError

BLOCK = 1 << 20
# Longer names are cut: most file systems take 255 bytes, and a letter of Vietnamese has up to three.
NAME_BYTES = 200


def is_address(path: Path | str) -> bool:
    """Whether this is an address of fsspec and no path; a Path never is one.

    >>> is_address("s3://kho/2019/003.pdf"), is_address("báo cáo/003.pdf"), is_address("C:/báo cáo")
    (True, False, False)
    """
    return isinstance(path, str) and "://" in path


@contextlib.contextmanager
def near(path: Path | str) -> Iterator[Path]:
    """The file on this machine: itself, or a copy of what the address names for as long as the block runs.

    Raises UnreadableFile "not-found" or "read-error", UnsafeFile "too-large", NeedsTool for a protocol without its
    library.
    """
    if not is_address(path):
        yield Path(path)
        return
    address = str(path)
    with tempfile.TemporaryDirectory(prefix="cchc-") as folder:
        local = Path(folder) / _local_name(address)
        with local.open("wb") as here:
            for block in _blocks(address):
                here.write(block)
        yield local


def content_hash_at(address: str) -> str | None:
    """The SHA-256 of what an address names, read piece by piece; None where it cannot be read."""
    digest = hashlib.sha256()
    try:
        for block in _blocks(address):
            digest.update(block)
    except CchcError:
        return None
    return digest.hexdigest()


def listed(address: str) -> tuple[str, ...]:
    """The addresses below one that ends in "/", or that fit one with * or ?, by name; else the address itself.

    Raises UsageError "no-such-path" where there is none, NeedsTool for a protocol without its library.
    """
    if not address.endswith("/") and not {"*", "?"} & set(address):
        return (address,)
    try:
        system, below = _fsspec().core.url_to_fs(address)
        found = system.find(below) if address.endswith("/") else system.glob(below)
        names = tuple(sorted(str(system.unstrip_protocol(name)) for name in found))
    except (ImportError, ValueError) as error:
        raise _no_protocol(address, error) from error
    except Exception as error:  # each protocol has errors of its own
        raise UsageError("no-such-path", f"{address} ({error})"[:300]) from error
    if not names:
        raise UsageError("no-such-path", address)
    return names


def _blocks(address: str) -> Iterator[bytes]:
    size = 0
    try:
        with _fsspec().open(address, "rb") as distant:
            while block := distant.read(BLOCK):
                size += len(block)
                if size > MAX_BYTES:
                    raise UnsafeFile("too-large", f"{address}: > {MAX_BYTES}")
                yield block
    except CchcError:
        raise
    except FileNotFoundError as error:
        raise UnreadableFile("not-found", address) from error
    except (ImportError, ValueError) as error:
        raise _no_protocol(address, error) from error
    except Exception as error:  # each protocol has errors of its own
        raise UnreadableFile("read-error", f"{address}: {error}"[:300]) from error


def _fsspec() -> Any:
    try:
        return import_module("fsspec")
    except ImportError as error:
        raise NeedsTool("needs-dask", "fsspec") from error


def _no_protocol(address: str, error: Exception) -> NeedsTool:
    return NeedsTool("needs-tool", f"{address.split(':')[0]}: {error}"[:300])


def _local_name(address: str) -> str:
    """The last part of an address as the name of a file, its ending kept.

    >>> _local_name("s3://kho/báo cáo.pdf"), _local_name("s3://kho/..")
    ('báo cáo.pdf', 'report')
    """
    name = PurePosixPath(address.partition("://")[2]).name.replace("\x00", "")
    if name in ("", ".", ".."):
        return "report"
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix[:10]
    return stem.encode()[:NAME_BYTES].decode(errors="ignore") + suffix
