"""Worker processes: what hangs or crashes costs one file, the others are read in their order, nobody stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ingesting import write_reports

import cchc.workers as workers
from cchc.ingest import ingest
from cchc.settings import Settings
from cchc.waiting import Waiting
from cchc.workers import Limits, process_files
from load.entries import FileEntry
from load.store import Store
from normalize.errors import CchcError

TESTS = Path(__file__).parent
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def files(folder: Path, *texts: str) -> list[tuple[Path, str]]:
    made = []
    for number, text in enumerate(texts):
        path = folder / f"{number:03}.txt"
        path.write_text(text, encoding="utf8")
        made.append((path, path.name))
    return made


def outcomes(given: list[tuple[Path, str]], task: str, count: int = 2, **limits: float) -> list[FileEntry]:
    limit = Limits(limits.get("seconds", 60.0), int(limits.get("memory", 4096)))
    return [processed.entry for processed in process_files(given, count, limit, f"worker_tasks:{task}")]


@posix
def test_of_200_files_two_hang_and_two_crash(tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "báo cáo", 200)
    for number, text in {20: "HANG", 60: "CRASH", 61: "ABORT", 150: "HANG"}.items():
        reports[number].write_text(text, encoding="utf8")
    reports[61].write_text("ABORT now", encoding="utf8")
    reports[150].write_text("HANG\n", encoding="utf8")
    seen: list[str] = []
    with Store.open(tmp_path / "cchc.db") as store:
        summary = ingest(
            store, reports, Settings(workers=2, file_seconds=15.0), lambda entry: seen.append(entry.path),
            task="worker_tasks:report",
        )  # fmt: skip
        assert Counter(entry.outcome for entry in summary.entries) == {"read": 196, "failed": 4}
        quarantined = [(Path(entry.path).name, entry.reason, entry.detail) for entry in store.undone()]
        assert quarantined == [
            ("báo cáo 020.txt", "time-limit", None),
            ("báo cáo 060.txt", "crashed", "SIGSEGV"),
            ("báo cáo 061.txt", "crashed", "SIGABRT"),
            ("báo cáo 150.txt", "time-limit", None),
        ]
        assert all(entry.sha256 for entry in store.undone())
        assert seen == [str(path) for path in reports]
        assert [Path(entry.path).name for entry in store.files(summary.run)] == [path.name for path in reports]
        assert len(store.documents()) == 196
        assert store.runs()[0].finished_at is not None


@posix
def test_a_memory_hog_is_stopped_and_the_next_file_is_read(tmp_path: Path) -> None:
    hog, after = outcomes(files(tmp_path, "HOG", "fine"), "process_id", 1, memory=1024)
    assert (hog.outcome, hog.reason) == ("failed", "memory-limit")
    assert after.outcome == "read"


def test_workers_are_started_anew_after_some_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_RECYCLED_AFTER", 3)
    processes = [entry.detail for entry in outcomes(files(tmp_path, *["fine"] * 7), "process_id", 1)]
    assert [processes.index(each) for each in processes] == [0, 0, 0, 3, 3, 3, 6]


def test_outcomes_keep_the_order_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "met").mkdir()
    given = files(tmp_path, f"MEET {tmp_path / 'met'}", *["fine"] * 19, f"MEET {tmp_path / 'met'}")
    entries = outcomes(given, "process_id")
    assert [entry.path for entry in entries] == [name for _, name in given]
    assert len({entry.detail for entry in entries}) == 2


def test_a_defect_quarantines_its_file_with_what_it_said(tmp_path: Path) -> None:
    broken, fine = outcomes(files(tmp_path, "DEFECT", "fine"), "process_id", 1)
    assert (broken.outcome, broken.reason, broken.detail) == ("failed", "defect", "ZeroDivisionError: a defect")
    assert fine.outcome == "read"


@posix
def test_a_crash_after_other_files_is_tried_once_more_in_a_fresh_worker(tmp_path: Path) -> None:
    entries = outcomes(files(tmp_path, "harmless", "delicate", "harmless"), "crash_if_not_first", 1)
    assert [(entry.outcome, entry.detail) for entry in entries] == [("read", "1"), ("read", "1"), ("read", "2")]


def test_files_are_asked_for_as_workers_fall_idle(tmp_path: Path) -> None:
    asked: list[str] = []

    def listed() -> Iterator[tuple[Path, str]]:
        for path, name in files(tmp_path, *["fine"] * 20):
            asked.append(name)
            yield path, name

    reading = process_files(listed(), 1, Limits(), "worker_tasks:process_id")
    assert next(reading).entry.path == "000.txt"
    assert len(asked) <= 10  # a few ahead, not all twenty
    reading.close()


@pytest.mark.parametrize(
    ("sizes", "count", "expected"),
    [
        ((1, 3, 2, 5), 2, 0),
        ((1, 3, 2, 7), 2, 3),  # more than half of what is left
        ((1, 3, 2, 7), 1, 0),
        ((1, 3, 2, 5), 3, 3),
        ((1, 3, 2, 5), 1, 0),
        ((1, 1, 1, 1, 1, 1, 1, 99), 2, 0),  # more are to come
    ],
)
def test_of_the_last_files_one_that_is_more_than_its_share_is_read_first(
    sizes: tuple[int, ...], count: int, expected: int
) -> None:
    ahead = [workers._Job(number, Path(str(number)), "", size, False) for number, size in enumerate(sizes)]
    assert workers._next(ahead, count).number == expected


def test_outcomes_come_in_order_whichever_file_is_read_first(tmp_path: Path) -> None:
    given = files(tmp_path, "1", "22", "1", "4" * 99)
    assert [entry.path for entry in outcomes(given, "turn")] == [name for _, name in given]


@posix
@pytest.mark.parametrize("harm", ["", " HARMED"])
def test_who_has_no_file_helps_with_one_of_many_pages_and_loses_nothing_by_it(tmp_path: Path, harm: str) -> None:
    told = tmp_path / "helper.pid"
    (entry,) = outcomes(files(tmp_path, f"%PDF-1.7 HELPED {told}{harm}"), "process_id")
    assert (entry.outcome, entry.reason) == ("read", None)
    assert entry.detail != told.read_text(encoding="utf8")


def test_a_task_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    with pytest.raises(CchcError) as caught:
        outcomes(files(tmp_path, "fine"), "no_such_task")
    assert caught.value.reason == "worker-start"
    assert "no_such_task" in caught.value.detail


def test_no_files_start_no_workers() -> None:
    assert list(process_files([], 4, Limits(), "no.such.module:task")) == []


def test_what_waits_goes_to_the_disk_beyond_a_limit() -> None:
    waiting = Waiting(in_memory=10)
    for number in (3, 1, 2):
        waiting.put(number, bytes([number]) * 6)
    assert waiting.take() is None
    waiting.put(0, b"0" * 100)  # what is next in order is not written at all
    assert [waiting.take() for _ in range(5)] == [b"0" * 100, b"\1" * 6, b"\2" * 6, b"\3" * 6, None]
    waiting.close()


PARENT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in a shell's background
sys.path[:0] = {paths!r}
from pathlib import Path
from cchc.workers import Limits, process_files
# Not under `if __name__ == "__main__"`: workers do not run the program that started them.
files = [(Path(path), path) for path in sys.argv[1:]]
list(process_files(files, 2, Limits(), "worker_tasks:process_id"))
"""


@posix
@pytest.mark.parametrize("ending", ["SIGINT", "SIGKILL"])
def test_no_worker_stays_behind(tmp_path: Path, ending: str) -> None:
    told = [tmp_path / "first.pid", tmp_path / "second.pid"]
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(paths=[str(TESTS.parent), str(TESTS)]), encoding="utf8")
    given = files(tmp_path, *[f"HANG {path}" for path in told])
    command = [sys.executable, str(script), *[str(path) for path, _ in given]]
    parent = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    wait_for(lambda: all(path.exists() and path.read_text() for path in told))
    parent.send_signal(getattr(signal, ending))
    parent.wait(60)
    wait_for(lambda: not any(is_there(int(path.read_text())) for path in told))


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")  # one that ended and that nobody has asked about yet is gone too
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_for(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("waited in vain")
