"""The archive as files: JSON lines by the schema, CSV, Excel. A file appears when it is whole, never half written."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from load.records import Language, Message, plain_message, records
from load.store import Store
from normalize.errors import UsageError


def export_jsonl(store: Store, path: Path, lang: Language = "vi", message: Message = plain_message) -> int:
    """One record a line; the same store gives the same bytes. Returns the number of documents written."""
    count = 0
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="\n") as lines:
        for record in records(store, lang, message):
            lines.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return count


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside the path that takes its name at the end, and is gone if anything fails.

    Raises UsageError "export-target" where the folder cannot be written.
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
