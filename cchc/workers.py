"""Worker processes with limits: a file that crashes or hangs a native library costs that file, not the run.

Each worker reads one file at a time and is started anew after a crash, a time-out or a number of files (so that a
leak in a native library stays bounded). The standard pools end as a whole when one of their processes dies, which is
why the few lines of supervision stand here.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.forkserver
import os
import pickle
import signal
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import Literal, TypeAlias

from cchc.processed import Processed
from cchc.waiting import Waiting
from cchc.worker import DONE, LAST, READY, UNFIT, Limits, work
from load.entries import FileEntry
from normalize.errors import CchcError

__all__ = ["TASK", "Limits", "make_ready", "process_files"]

TASK = "cchc.pipeline:process_file"
_RECYCLED_AFTER = 200  # files
_START_SECONDS = 180.0  # to load the libraries, on a slow and busy machine
_START_TRIALS = 3
_AHEAD = 8  # files that are known before they are read

Process: TypeAlias = SpawnProcess | ForkServerProcess
State = Literal["starting", "idle", "busy"]


@dataclass(frozen=True, slots=True)
class _Job:
    number: int
    path: Path | str
    name: str
    size: int  # bytes; 0 where it is not known
    in_pages: bool  # whether other workers can read pages of it
    tried: bool = False  # a crash in a worker that had read other files before is not yet held against this one


@dataclass(slots=True)
class _Worker:
    process: Process
    channel: Connection
    deadline: float
    state: State = "starting"
    job: _Job | None = None
    helping: _Job | None = None  # the job of another worker that this one works for
    done: int = 0


def process_files(
    files: Iterable[tuple[Path | str, str]], workers: int, limits: Limits, task: str = TASK
) -> Generator[Processed, None, None]:
    """Process (path, shown name) pairs and yield what became of each, in the order given.

    The pairs are asked for as workers fall idle, a few ahead. `task` names the function that is called with them in a
    worker, as "module:function". Raises CchcError "worker-start" where no worker can be started.
    """
    waiting = Waiting()
    crew = _Crew(max(1, workers), limits, task)
    try:
        for number, outcome in crew.outcomes(_numbered(files)):
            waiting.put(number, outcome)
            while (data := waiting.take()) is not None:
                processed: Processed = pickle.loads(data)
                yield processed
    finally:
        crew.dismiss()
        waiting.close()


def _numbered(files: Iterable[tuple[Path | str, str]]) -> Iterator[_Job]:
    for number, (path, name) in enumerate(files):
        yield _Job(number, path, name, _size(path), _in_pages(path))


def _size(path: Path | str) -> int:
    """How large a file is: the pages of a scan are so much work, whatever they show."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):  # an address, or a file that is gone by now, which is told when it is read
        return 0


def _in_pages(path: Path | str) -> bool:
    """Whether a file may be a scan of many pages; one behind an address is fetched by its own worker alone."""
    if isinstance(path, str) or sys.platform == "win32":  # without locks no two processes share a file's pages
        return False
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except (OSError, ValueError):
        return False


def _next(ahead: Sequence[_Job], workers: int) -> _Job:
    """The first one, because outcomes wait for those before them.

    Of the last ones that which is more than an even share of all, so that it does not keep one worker busy at the end.
    """
    largest = max(ahead, key=lambda job: job.size)
    is_last = len(ahead) < _AHEAD
    return largest if is_last and largest.size * workers > sum(job.size for job in ahead) else ahead[0]


class _Crew:
    """Workers and what they are at."""

    def __init__(self, size: int, limits: Limits, task: str) -> None:
        self._size = size
        self._limits = limits
        self._task = task
        self._workers: list[_Worker] = []
        self._ahead: list[_Job] = []
        self._failed_starts = 0
        self._helped: set[int] = set()  # numbers of jobs for which no other worker can do anything more

    def outcomes(self, jobs: Iterator[_Job]) -> Iterator[tuple[int, bytes]]:
        """Pickled outcomes by the number of the job, as they come."""
        self._ahead.extend(islice(jobs, _AHEAD))
        while self._ahead or any(worker.job for worker in self._workers):
            self._start_due()
            heard = list(self._heard())
            self._hand_out(jobs)  # before anybody is busy with what was heard
            yield from heard

    def _hand_out(self, jobs: Iterator[_Job]) -> None:
        """A file for every idle worker; where none is left, pages of one that is still being read."""
        ahead = self._ahead
        for worker in [each for each in self._workers if each.state == "idle"]:
            if not ahead:
                self._lend(worker)
                continue
            job = _next(ahead, self._size)
            ahead.remove(job)
            self._hand(worker, job)
            ahead.extend(islice(jobs, max(0, _AHEAD - len(ahead))))

    def _start_due(self) -> None:
        """As many workers as there are files, one more where it could help."""
        due = len(self._ahead) + sum(worker.state == "busy" for worker in self._workers)
        if not self._ahead and self._helpable() is not None:
            due += 1
        while len(self._workers) < min(self._size, due):
            self._workers.append(self._started())

    def dismiss(self) -> None:
        """End all workers, whatever they are at."""
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.channel.close()
            worker.process.terminate()
        for worker in self._workers:
            _ended(worker)
        self._workers.clear()

    def _started(self) -> _Worker:
        context = _context()
        mine, theirs = context.Pipe()
        # No daemon: a reader may start a program of its own.
        process = context.Process(target=work, args=(theirs, self._limits, self._task), daemon=False)
        with _without_main():
            process.start()
        theirs.close()
        return _Worker(process, mine, time.monotonic() + _START_SECONDS)

    def _hand(self, worker: _Worker, job: _Job) -> None:
        worker.state, worker.job = "busy", job
        worker.deadline = time.monotonic() + self._limits.seconds
        with contextlib.suppress(OSError):  # a worker that died meanwhile is seen when its answer fails
            worker.channel.send((job.path, job.name))

    def _lend(self, worker: _Worker) -> None:
        """No file is left for a worker: it takes pages of one that is still being read."""
        job = self._helpable()
        if job is None:
            return
        worker.state, worker.helping = "busy", job
        worker.deadline = time.monotonic() + self._limits.seconds
        with contextlib.suppress(OSError):
            worker.channel.send((job.path, None))

    def _helpable(self) -> _Job | None:
        """The file with the most to do, first of those with the fewest helpers."""
        helpers = Counter(worker.helping.number for worker in self._workers if worker.helping is not None)
        jobs = [worker.job for worker in self._workers if worker.job is not None and worker.job.in_pages]
        free = [job for job in jobs if job.number not in self._helped]
        return min(free, key=lambda job: (helpers[job.number], -job.size), default=None)

    def _heard(self) -> Iterator[tuple[int, bytes]]:
        """Wait until a worker says something or a limit is reached, and see to it."""
        nearest = min(worker.deadline for worker in self._workers) - time.monotonic()
        speaking = wait(
            [worker.channel for worker in self._workers], timeout=None if nearest == float("inf") else max(0.0, nearest)
        )
        for worker in list(self._workers):
            if worker.channel in speaking:
                yield from self._answer(worker)
            elif time.monotonic() >= worker.deadline:
                yield from self._lost(worker, "time-limit")

    def _answer(self, worker: _Worker) -> Iterator[tuple[int, bytes]]:
        try:
            said = worker.channel.recv_bytes()
        except (EOFError, OSError):
            yield from self._lost(worker, "crashed")
            return
        kind, outcome = said[:1], said[1:]
        if kind == UNFIT:
            raise CchcError("worker-start", outcome.decode(errors="replace"))
        job, worker.job, worker.deadline = worker.job, None, float("inf")
        worker.state = "idle"
        if kind == READY:
            self._failed_starts = 0
            return
        assert kind in (DONE, LAST)
        self._helped_out(worker)
        worker.done += 1
        if kind == LAST or worker.done >= _RECYCLED_AFTER:
            self._end(worker)
        if job is not None:
            yield job.number, outcome

    def _helped_out(self, worker: _Worker) -> None:
        """One that helped found nothing more to do, or could not go on: no other one needs to try."""
        if worker.helping is not None:
            self._helped.add(worker.helping.number)
            worker.helping = None

    def _lost(self, worker: _Worker, reason: str) -> Iterator[tuple[int, bytes]]:
        """A worker that died, or that is ended because it took too long."""
        self._end(worker, at_once=reason == "time-limit")
        self._helped_out(worker)
        cause, job = _cause(worker.process.exitcode), worker.job
        if worker.state == "starting":
            self._failed_starts += 1
            if self._failed_starts >= _START_TRIALS:
                raise CchcError("worker-start", cause)
        elif job is not None and reason == "crashed" and worker.done and not job.tried:
            self._ahead.insert(0, replace(job, tried=True))
        elif job is not None:
            entry = FileEntry(job.name, "failed", None, reason, cause if reason == "crashed" else None, None)
            yield job.number, pickle.dumps(Processed(entry))

    def _end(self, worker: _Worker, at_once: bool = False) -> None:
        with contextlib.suppress(OSError):
            worker.channel.close()
        if at_once:
            worker.process.terminate()
        _ended(worker)
        self._workers.remove(worker)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """A new process would run the program that started this one once more, to find there what it is to do.

    Nothing of ours is there, loading the commands takes a quarter of a second, and a script of a user that has no
    `if __name__ == "__main__"` would begin anew in every worker.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _ended(worker: _Worker) -> None:
    """Wait for a process that should go by itself, and make it go where it does not."""
    worker.process.join(2.0)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _cause(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exitcode).name
    return f"exit {exitcode}"


def make_ready() -> None:
    """Let the libraries be loaded for the workers from now on, beside what the caller does before it has files."""
    context = _context()
    if isinstance(context, multiprocessing.context.ForkServerContext):
        multiprocessing.forkserver.ensure_running()


def _context() -> multiprocessing.context.SpawnContext | multiprocessing.context.ForkServerContext:
    """Fresh processes everywhere. On Linux they are forked off a server that has loaded the libraries once."""
    # One thread for each worker: the workers are as many as the cores. Read by the libraries when they are loaded.
    for name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ.setdefault(name, "1")
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cchc.warm", "cchc.worker"])
    return context
