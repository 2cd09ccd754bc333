"""The Dask engine: a scheduler and two workers as processes of their own, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import cchc
from ingesting import write_reports
from slow_reading import slow

from cchc.dask_engine import address_of, process_files
from cchc.inputs import content_hash, find_inputs
from cchc.pipeline import process_file
from cchc.workers import Limits
from load.export import export_jsonl
from load.store import Store
from normalize.errors import StoreError, UsageError

ROOT = Path(__file__).parents[1]
FILES = 24


def test_addresses_of_schedulers() -> None:
    assert address_of("dask://máy-chủ:8786") == "tcp://máy-chủ:8786"
    for wrong in ("local", "dask://", "dask://host", "tcp://host:1", "dask://host:x"):
        with pytest.raises(UsageError) as caught:
            address_of(wrong)
        assert caught.value.reason == "engine-unknown"


def test_an_address_of_fsspec(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    (path,) = write_reports(tmp_path, 1)
    with fsspec.open("memory://kho/báo cáo.txt", "wb") as out:
        out.write(path.read_bytes())
    near, far = process_file(path, "x"), process_file("memory://kho/báo cáo.txt", "x")
    assert (far.report, far.entry.outcome, far.entry.path) == (near.report, "read", "x")
    assert process_file("memory://kho/không có.txt", "y").entry.reason == "not-found"
    assert process_file("nonsense://kho/z", "z").entry.reason == "needs-tool"


def test_addresses_are_listed_and_hashed(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    (path,) = write_reports(tmp_path, 1)
    for name in ("2019/b.txt", "2019/a.txt", "2019/a.exe", "2020/c.txt"):
        with fsspec.open(f"memory://tủ/{name}", "wb") as out:
            out.write(path.read_bytes())
    found = find_inputs(["memory://tủ/2019/"])
    assert [str(one).rsplit("/", 1)[1] for one in (*found.files, *found.passed_over)] == ["a.txt", "b.txt", "a.exe"]
    assert len(find_inputs(["memory://tủ/*/c.txt"]).files) == 1
    assert {content_hash(one) for one in found.files} == {content_hash(path)}
    assert content_hash("memory://tủ/không có.txt") is None
    with pytest.raises(UsageError) as caught:
        find_inputs(["memory://tủ/2018/"])
    assert caught.value.reason == "no-such-path"


def test_the_option_names_an_engine(tmp_path: Path) -> None:
    write_reports(tmp_path / "kho", 1)
    told = cchc("ingest", tmp_path / "kho", "--engine", "nonsense", "--db", tmp_path / "a.db")
    assert (told.code, told.err) == (2, ["There is no engine nonsense. Use local or dask://host:port."])
    assert not (tmp_path / "a.db").exists()


def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("cchc.dask_engine.CONNECT_SECONDS", 0.5)
    with pytest.raises(StoreError) as caught:
        next(process_files([("a", "a")], "dask://127.0.0.1:1"))
    assert caught.value.reason == "engine-unreachable"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, Path, list[subprocess.Popen[bytes]]]]:
    """The engine's address, the file in which workers note what they take up, the scheduler and its workers."""
    pytest.importorskip("distributed")
    notes, told = tmp_path / "notes", tmp_path / "scheduler.json"
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests"), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": paths, "CCHC_TEST_NOTES": str(notes)}

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    quiet = ("--no-dashboard",)
    started = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told), *quiet)]
    try:
        worker = ("dask_worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny", *quiet)
        started += [start(*worker, "--local-directory", str(tmp_path)) for _ in range(2)]
        while not told.exists():
            assert started[0].poll() is None, "the scheduler ended at its start"
            time.sleep(0.1)
        from distributed import Client

        with Client(scheduler_file=str(told), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
            address = client.scheduler.address
        yield address.replace("tcp://", "dask://"), notes, started
    finally:
        for process in started:
            process.kill()
            process.wait()


def test_every_document_is_there_once_though_a_worker_is_killed(
    cluster: tuple[str, Path, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    engine, notes, (scheduler, victim, _survivor) = cluster
    paths = write_reports(tmp_path / "báo cáo", FILES)
    taken = 0
    with Store.open(tmp_path / "dask.db") as store:
        run = store.start_run()
        for processed in process_files([(path, str(path)) for path in paths], engine, Limits(), slow):
            assert processed.document is not None
            assert processed.report is not None
            store.add_report(processed.document, processed.report, run=run, entry=processed.entry)
            taken += 1
            if taken == 4:
                while not _under_way(notes, victim.pid):
                    time.sleep(0.01)
                victim.send_signal(signal.SIGKILL)
                victim.wait()
        assert [document.file for document in store.documents()] == [path.name for path in paths]
        assert [(entry.path, entry.outcome) for entry in store.files(run)] == [(str(path), "read") for path in paths]
        export_jsonl(store, tmp_path / "dask.jsonl")
    begun = notes.read_text("utf8").splitlines()
    assert {line.split(" ", 1)[0] for line in begun} >= {str(victim.pid)}
    assert len(begun) > FILES  # what the victim was at was done again
    with Store.open(tmp_path / "local.db") as store:
        for path in paths:
            here = process_file(path, str(path))
            assert here.document is not None
            assert here.report is not None
            store.add_report(here.document, here.report)
        export_jsonl(store, tmp_path / "local.jsonl")
    assert (tmp_path / "dask.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()
    with pytest.raises(StoreError) as caught:
        _read_until_it_is_killed(engine, paths, scheduler)
    assert caught.value.reason == "engine-unreachable"


def _read_until_it_is_killed(engine: str, paths: list[Path], scheduler: subprocess.Popen[bytes]) -> None:
    for number, _ in enumerate(process_files([(path, str(path)) for path in paths], engine, Limits(), slow)):
        if number == 1:
            scheduler.kill()


def _under_way(notes: Path, pid: int) -> bool:
    return notes.exists() and f"{pid} " in notes.read_text("utf8")
