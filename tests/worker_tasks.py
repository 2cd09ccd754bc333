"""What workers do in the tests, by what stands in the file: the names of these functions are handed to them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from cchc.pipeline import process_file
from cchc.processed import Processed
from load.entries import FileEntry

_files = 0


def report(path: Path, name: str) -> Processed:
    """The real pipeline, but some files hang and some crash as a native library does."""
    _misbehave(path.read_text(encoding="utf8"))
    return process_file(path, name)


def process_id(path: Path, name: str) -> Processed:
    """Tells the worker's process in the detail of the entry."""
    _misbehave(path.read_text(encoding="utf8"))
    return Processed(FileEntry(name, "read", None, None, str(os.getpid()), None))


def lend_a_hand(path: Path) -> None:
    """Of a file that another worker reads: tells the process that helps; or dies of it."""
    text = path.read_text(encoding="utf8")
    if "HELPED" in text:
        Path(text.split()[2]).write_text(str(os.getpid()), encoding="utf8")
    if "HARMED" in text:
        os.kill(os.getpid(), signal.SIGSEGV)


def turn(path: Path, name: str) -> Processed:
    """Tells how many files this worker has had."""
    global _files
    _files += 1
    return Processed(FileEntry(name, "read", None, None, str(_files), None))


def crash_if_not_first(path: Path, name: str) -> Processed:
    """A library that a file before has damaged."""
    global _files
    _files += 1
    if "delicate" in path.read_text(encoding="utf8") and _files > 1:
        os.kill(os.getpid(), signal.SIGSEGV)
    return Processed(FileEntry(name, "read", None, None, str(_files), None))


def _misbehave(text: str) -> None:
    if "HANG" in text:
        if len(text.split()) > 1:
            Path(text.split()[1]).write_text(str(os.getpid()), encoding="utf8")
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # as native code that does not listen
        time.sleep(3600)
    elif "CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    elif "ABORT" in text:
        os.abort()
    elif "HOG" in text:
        held = []
        while True:
            held.append(bytearray(16 * 1024 * 1024))
    elif "DEFECT" in text:
        raise ZeroDivisionError("a defect")
    elif "HELPED" in text:
        while not Path(text.split()[2]).exists():
            time.sleep(0.01)
    elif "MEET" in text:
        _meet(Path(text.split()[1]))


def _meet(folder: Path) -> None:
    """Wait until two processes are here, so that the files before them cannot all have gone to one."""
    (folder / str(os.getpid())).touch()
    while len(list(folder.iterdir())) < 2:
        time.sleep(0.01)
