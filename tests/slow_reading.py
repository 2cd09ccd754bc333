"""A task for the tests of engines: reads a file slowly, and leaves a note of each attempt."""

from __future__ import annotations

import os
import time
from pathlib import Path

from cchc.pipeline import Processed, process_file


def slow(path: Path, name: str) -> Processed:
    notes = os.environ.get("CCHC_TEST_NOTES")
    if notes:
        with Path(notes).open("a", encoding="utf8") as out:
            out.write(f"{os.getpid()} {path.name}\n")
    time.sleep(0.1)
    if path.name == "tử thần.txt":
        os.kill(os.getpid(), 9)
    return process_file(path, name)
