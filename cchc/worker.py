"""The life of a worker process: files come in, outcomes go out, within limits that hold even when the parent is gone.

Only the standard library is loaded here; the task brings the rest with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

# The first byte of what a worker says.
READY, DONE, LAST, UNFIT = b"r", b"d", b"l", b"u"
# An orphan that hangs in a native library is ended by the system this many seconds after its limit.
_ORPHAN_SECONDS = 60
_LEAVING_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for one file, `memory` in MiB for one worker (kept where the system can enforce it)."""

    seconds: float = 900.0
    memory: int = 4096


def work(channel: Connection, limits: Limits, task_name: str) -> None:
    """Answer jobs (path, name) with pickled outcomes until the channel closes; `task_name` is "module:function".

    A job without a name is that of another worker: the function `lend_a_hand` of the module, where there is one, does
    of it what it can, and nothing comes out.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    _be_quiet()
    signal.signal(signal.SIGTERM, _leave)
    _follow_parent()
    try:
        task = _task(task_name)
    except Exception as error:
        _say(channel, UNFIT, f"{type(error).__name__}: {error}".encode())
        return
    limit_memory(limits.memory)
    going = _say(channel, READY)
    while going:
        try:
            path, name = channel.recv()
        except (EOFError, OSError):
            return
        with _alarm(limits.seconds + _ORPHAN_SECONDS):
            kind, outcome = _helped(task_name, path) if name is None else _done(task, path, name)
        going = _say(channel, kind, outcome) and kind == DONE


def _task(name: str) -> Callable[[Path | str, str], Any]:
    """The function, when all that it can load before the first file is loaded (`warm_up` of its module)."""
    module, _, function = name.partition(":")
    found = import_module(module)
    task: Callable[[Path | str, str], Any] = getattr(found, function)
    with contextlib.suppress(Exception):  # a defect is told with every file it concerns
        getattr(found, "warm_up", lambda: None)()
    return task


def _done(task: Callable[[Path | str, str], Any], path: Path | str, name: str) -> tuple[bytes, bytes]:
    """What to say of a file. After a lack of memory the process is no longer to be trusted: it says its last word."""
    from cchc.processed import Processed
    from load.entries import FileEntry

    start = time.perf_counter()
    try:
        return DONE, pickle.dumps(task(path, name), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        kind, reason, detail = LAST, "memory-limit", None
    except Exception as error:  # a defect of the program: the file is quarantined with what it said, the run goes on
        kind, reason, detail = DONE, "defect", f"{type(error).__name__}: {error}"[:500]
    entry = FileEntry(name, "failed", None, reason, detail, time.perf_counter() - start)
    return kind, pickle.dumps(Processed(entry), pickle.HIGHEST_PROTOCOL)


def _helped(task_name: str, path: Path) -> tuple[bytes, bytes]:
    try:
        getattr(import_module(task_name.partition(":")[0]), "lend_a_hand", lambda path: None)(path)
    except MemoryError:
        return LAST, b""
    except Exception:  # a defect shows itself to the worker that reads the file, and is told there
        pass
    return DONE, b""


def _say(channel: Connection, kind: bytes, said: bytes = b"") -> bool:
    """Whether anybody was there to hear it."""
    try:
        channel.send_bytes(kind + said)
    except OSError:
        return False
    return True


def _be_quiet() -> None:
    # Native libraries write what they think of a file to the terminal; what matters of it comes as an exception.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _leave(_number: int, _frame: FrameType | None) -> None:
    # As an exception, so that a reader which has started a program of its own ends it too.
    sys.exit(1)


def _follow_parent() -> None:
    """Leave when the parent is gone, however it went."""
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(_LEAVING_SECONDS)
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextlib.contextmanager
def _alarm(seconds: float) -> Any:
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)  # its signal ends the process: nobody handles it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def limit_memory(megabytes: int) -> None:
    """Let this process have no more address space than this; without effect where the system knows no such limit."""
    try:
        import resource
    except ImportError:  # Windows
        return
    size = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(OSError, ValueError):  # macOS refuses it
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
