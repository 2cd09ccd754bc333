"""Worker processes with limits: a file that crashes or hangs a native library costs that file, not the run.

Each worker reads one file at a time and is started anew after a crash, a time-out or a number of files (so that a
leak in a native library stays bounded). The standard pools end as a whole when one of their processes dies, which is
why the few lines of supervision stand here.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from cchc.pipeline import Processed, process_file
from load.ledger import FileEntry

Task = Callable[[Path, str], Processed]
_RECYCLED_AFTER = 200  # files


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for one file, `memory` in MiB for one worker (kept where the system can enforce it)."""

    seconds: float = 900.0
    memory: int = 4096


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    channel: Connection
    done: int = 0
    job: tuple[int, Path, str] | None = None
    deadline: float = field(default=float("inf"))


def process_files(
    files: Sequence[tuple[Path, str]], workers: int, limits: Limits, task: Task = process_file
) -> Iterator[Processed]:
    """Process (path, shown name) pairs and yield what became of each, in the order given.

    Results wait until those before them are there: any number of workers fills a store in the same order.
    """
    ready: dict[int, Processed] = {}
    following = 0
    for number, processed in _unordered(files, max(1, workers), limits, task):
        ready[number] = processed
        while following in ready:
            yield ready.pop(following)
            following += 1


def _unordered(
    files: Sequence[tuple[Path, str]], count: int, limits: Limits, task: Task
) -> Iterator[tuple[int, Processed]]:
    pending = deque((number, path, name) for number, (path, name) in enumerate(files))
    crew: list[_Worker] = []
    try:
        while pending or any(worker.job for worker in crew):
            while pending and len(crew) < min(count, len(files)):
                crew.append(_started(limits, task))
            for worker in crew:
                if worker.job is None and pending:
                    _hand(worker, pending.popleft(), limits)
            busy = [worker for worker in crew if worker.job is not None]
            nearest = min(worker.deadline for worker in busy) - time.monotonic()
            answered = wait([worker.channel for worker in busy], timeout=max(0.0, nearest))
            for worker in busy:
                finished = _collected(worker, worker.channel in answered)
                if finished is None:
                    continue
                yield finished
                if not worker.process.is_alive() or worker.done >= _RECYCLED_AFTER:
                    _ended(worker)
                    crew.remove(worker)
    finally:
        for worker in crew:
            _ended(worker)


def _hand(worker: _Worker, job: tuple[int, Path, str], limits: Limits) -> None:
    worker.job = job
    worker.deadline = time.monotonic() + limits.seconds
    with contextlib.suppress(OSError):  # a worker that died meanwhile is seen when its answer fails
        worker.channel.send((job[1], job[2]))


def _collected(worker: _Worker, answered: bool) -> tuple[int, Processed] | None:
    """The outcome of a worker's job, None while it goes on. A worker that crashed or hangs is ended."""
    assert worker.job is not None
    number, _, name = worker.job
    if answered:
        try:
            processed: Processed = worker.channel.recv()
        except (EOFError, OSError):
            _ended(worker)
            processed = _quarantined(name, "crashed", _cause(worker.process.exitcode))
    elif time.monotonic() >= worker.deadline:
        _ended(worker)
        processed = _quarantined(name, "time-limit", "")
    else:
        return None
    worker.job, worker.deadline = None, float("inf")
    worker.done += 1
    return number, processed


def _quarantined(name: str, reason: str, detail: str) -> Processed:
    return Processed(FileEntry(name, "failed", None, reason, detail or None, None))


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exitcode).name
    return f"exit {exitcode}"


def _started(limits: Limits, task: Task) -> _Worker:
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, limits, task), daemon=False)
    process.start()
    theirs.close()
    return _Worker(process, mine)


def _ended(worker: _Worker) -> None:
    with contextlib.suppress(OSError):
        worker.channel.close()
    if worker.process.is_alive():
        worker.process.join(0.2)
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()


def _work(channel: Connection, limits: Limits, task: Task) -> None:
    """The life of a worker: files come in, outcomes go out, until the channel closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    _limit_memory(limits.memory)
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    while True:
        try:
            path, name = channel.recv()
        except (EOFError, OSError):
            return
        start = time.perf_counter()
        try:
            processed = task(path, name)
        except MemoryError:
            processed = Processed(FileEntry(name, "failed", None, "memory-limit", None, time.perf_counter() - start))
        except Exception as error:  # a defect of the program: the file is quarantined with its trace, the run goes on
            detail = f"{type(error).__name__}: {error}"[:500]
            processed = Processed(FileEntry(name, "failed", None, "defect", detail, time.perf_counter() - start))
        try:
            channel.send(processed)
        except OSError:
            return


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    size = megabytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
