"""Files that appear when they are whole, never half written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from normalize.errors import UsageError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside the path that takes its name at the end, and is gone if anything fails.

    Raises UsageError "export-target" where it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".cchc-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise UsageError("export-target", f"{path}: {error.strerror}") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise UsageError("export-target", f"{path}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
