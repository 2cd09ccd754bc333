"""Files that appear when they are whole, never half written."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from normalize.errors import CchcError, StoreError, UsageError

# No room on the disk, none left to this user, none in a file of this size.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside the path that takes its name at the end, and is gone if anything fails.

    Raises UsageError "export-target" where it cannot be written, StoreError "disk-full" where there is no room for it.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".cchc-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> CchcError:
    if error.errno in _FULL:
        return StoreError("disk-full", f"{path}: {error.strerror}")
    return UsageError("export-target", f"{path}: {error.strerror}")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
