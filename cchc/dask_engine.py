"""Many machines: files are read by the workers of a Dask scheduler, one process writes the store.

A task is the function that reads one file here too (`cchc.pipeline.process_file`). A worker that dies costs nothing:
the scheduler gives its file to another one; a file that kills several workers is noted as failed. Results come back in
the order of the files, so that any number of workers fills a store alike, and the one writer stores each content once.
"""

from __future__ import annotations

import time
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from cchc.pipeline import process_file
from cchc.processed import Processed
from cchc.workers import Limits
from load.entries import FileEntry
from normalize.errors import NeedsTool, StoreError, UsageError

Task = Callable[[Any, str], Processed]
PREFIX = "dask://"
# A file that was under way on so many workers when they died is taken to be what killed them.
DEATHS = 3
CONNECT_SECONDS = 10
# Files handed to the scheduler at once, for each of its threads; more would only wait there.
AHEAD = 4


def address_of(engine: str) -> str:
    """The address of the scheduler in "dask://host:port". UsageError "engine-unknown" for anything else.

    >>> address_of("dask://10.0.0.7:8786")
    'tcp://10.0.0.7:8786'
    """
    host, colon, port = engine.removeprefix(PREFIX).rpartition(":")
    if not engine.startswith(PREFIX) or not (host and colon and port.isdecimal()):
        raise UsageError("engine-unknown", engine)
    return f"tcp://{host}:{port}"


def process_files(
    files: Iterable[tuple[Path | str, str]], engine: str, limits: Limits | None = None, task: Task = process_file
) -> Generator[Processed, None, None]:
    """Process (address, shown name) pairs on the workers of a scheduler and yield what became of each, in order.

    The pairs are asked for a few ahead of the workers.

    An address is a path that the workers see too, or anything fsspec opens ("s3://bucket/report.pdf"). Raises NeedsTool
    "needs-dask" without Dask, UsageError "engine-unknown", StoreError "engine-unreachable" where there is no scheduler.
    """
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise NeedsTool("needs-dask", "dask") from error
    try:
        client = distributed.Client(address_of(engine), timeout=CONNECT_SECONDS, set_as_default=False)
    except OSError as error:
        raise StoreError("engine-unreachable", engine) from error
    try:
        with client:
            yield from _in_order(client, files, limits or Limits(), task)
    except OSError as error:  # the connection to the scheduler, which is the only one there is
        raise StoreError("engine-unreachable", f"{engine}: {error}"[:300]) from error


def _in_order(client: Any, files: Iterable[tuple[Path | str, str]], limits: Limits, task: Task) -> Iterator[Processed]:
    client.run_on_scheduler(_allow_deaths)
    under_way = deque[tuple[Any, str]]()
    for address, name in files:
        # not pure: the same name may be another file in another run
        under_way.append((client.submit(task, address, name, pure=False), name))
        if len(under_way) >= AHEAD * max(1, sum(client.nthreads().values())):
            yield _result(client, *under_way.popleft(), limits)
    for future, name in under_way:
        yield _result(client, future, name, limits)


def _allow_deaths(dask_scheduler: Any = None) -> None:
    dask_scheduler.allowed_failures = DEATHS


def _result(client: Any, future: Any, name: str, limits: Limits) -> Processed:
    """What became of a file; the time limit holds from the moment when its turn has come.

    A scheduler that is gone, or has no workers left, says nothing about the file: StoreError "engine-unreachable".
    """
    start = time.perf_counter()
    try:
        processed: Processed = future.result(timeout=limits.seconds)
        return processed
    except TimeoutError as error:
        if not client.nthreads():
            raise StoreError("engine-unreachable", "no workers") from error
        future.cancel(force=True)
        reason, detail = "time-limit", ""
    except (Exception, CancelledError) as error:
        if client.status != "running":
            raise StoreError("engine-unreachable", str(error)[:200]) from error
        killed = type(error).__name__ == "KilledWorker"
        reason, detail = ("crashed", "") if killed else ("defect", f"{type(error).__name__}: {error}"[:500])
    finally:
        future.release()
    return Processed(FileEntry(name, "failed", None, reason, detail or None, time.perf_counter() - start))
