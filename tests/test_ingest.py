"""An ingest as a whole: what the ledger keeps, what happens to files that go or change, names and texts of any kind."""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import build_assessment, build_document, build_report, build_result
from command_line import cchc
from ingesting import ingest_here, read_reports, write_reports
from sqlalchemy import text

import cchc.ingest as ingesting_module
from cchc.ingest import Mode, Summary, ingest
from cchc.inputs import find_inputs
from cchc.pipeline import process_file
from cchc.processed import Processed
from cchc.settings import Settings
from cchc.version import program_version
from load.export import export_jsonl
from load.store import Store
from normalize.errors import UsageError
from patterns.version import pattern_version

pytest_plugins = ("databases",)

ROOT = Path(__file__).parents[1]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Summary]:
    """Ingests in this process; `between` is called with each path after its content was noted, before it is read."""

    def run(store: Store, paths: Sequence[Path], mode: Mode = "new", between: Any = lambda _path: None) -> Summary:
        def one_by_one(files: Iterator[tuple[Path, str]], *_limits: Any) -> Iterator[Processed]:
            for path, name in files:
                between(path)
                yield process_file(path, name)

        monkeypatch.setattr(ingesting_module, "process_files", one_by_one)
        return ingest(store, paths, Settings(workers=1), mode=mode, given=[str(path) for path in paths])

    return run


def outcomes(done: Summary) -> list[tuple[str, str, str | None]]:
    return [(Path(entry.path).name, entry.outcome, entry.reason) for entry in done.entries]


def test_a_run_keeps_its_settings_its_versions_and_every_step(
    store: Store, here: Callable[..., Summary], tmp_path: Path
) -> None:
    (fine,) = write_reports(tmp_path, 1)
    broken = tmp_path / "hỏng.docx"
    broken.write_bytes(b"PK\x03\x04 cut")
    here(store, [fine, broken])
    (run,) = store.runs()
    assert run.settings == {
        "mode": "new", "paths": [str(fine), str(broken)], "engine": "local", "workers": 1, "file_seconds": 900.0,
        "file_memory": 4096,
    }  # fmt: skip
    assert (run.program_version, run.pattern_version) == (program_version(), pattern_version())
    assert run.finished_at is not None
    read, failed = store.files(run.id)
    steps = [(step.name, step.outcome, step.reason) for step in read.steps]
    assert steps == [(name, "done", None) for name in ("open", "read", "extract", "audit", "store")]
    assert [(step.name, step.outcome, step.reason) for step in failed.steps] == [
        ("open", "done", None), ("read", "failed", failed.reason),
    ]  # fmt: skip
    assert all(step.seconds >= 0 for step in (*read.steps, *failed.steps))
    with store.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM run_steps")).scalar_one() == 7
    sums = [(one.step, one.files, one.failed) for one in store.steps(run.id)]
    assert sums == [("open", 2, 0), ("read", 2, 1), ("extract", 1, 0), ("audit", 1, 0), ("store", 1, 0)]
    if store.engine.dialect.name == "sqlite":
        told = cchc("runs", "1", "--db", store.engine.url.database or "")
        assert told.code == 0
        assert ["read", "2", "1"] in [line.split()[:3] for line in told.out]
        assert {"mode: new", "engine: local", "workers: 1"} <= set(told.out)
        assert cchc("runs", "9", "--db", store.engine.url.database or "").code == 2


def test_a_file_that_disappears_while_it_is_read_and_one_that_changes(
    store: Store, here: Callable[..., Summary], tmp_path: Path
) -> None:
    stays, goes, changes = write_reports(tmp_path, 3)

    def happen(path: Path) -> None:
        if path == goes:
            path.unlink()
        if path == changes:
            path.write_text(path.read_text("utf8") + "3.1\tNửa chừng\t1\t1\t0\t\n", encoding="utf8")

    done = here(store, [stays, goes, changes], between=happen)
    assert outcomes(done) == [
        (stays.name, "read", None), (goes.name, "failed", "not-found"), (changes.name, "failed", "changed"),
    ]  # fmt: skip
    assert [document.file for document in store.documents()] == [stays.name]
    assert outcomes(here(store, [changes], "retry")) == [(changes.name, "read", None)]


def test_reading_anew_keeps_corrections_and_tells_what_changed(
    store: Store, here: Callable[..., Summary], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write_reports(tmp_path, 1)
    here(store, [path])
    store.correct(path.name, "2.1", "reason", "Chưa xử lý văn bản", "An", "bản ký")
    again = here(store, [path], "reprocess")
    assert (again.reread, bool(again.changes), again.unplaced) == (1, False, [])
    whole = process_file

    def otherwise(path: Path, name: str) -> Processed:
        """As another version of the patterns may read it: 1.2 is lost, 1.9 is gained, 1.1 changes."""
        read = whole(path, name)
        assert read.report is not None
        (one,) = read.report.assessments
        results = (build_result("1.1", "2", "1"), *one.results[2:], build_result("1.9", "1", "1"))
        report = replace(read.report, assessments=(replace(one, results=results),))
        return replace(read, report=report, as_read=report)

    monkeypatch.setitem(globals(), "process_file", otherwise)
    done = here(store, [path], "reprocess")
    assert (done.changes.gained, done.changes.lost, done.changes.changed) == (1, 1, 1)
    (result,) = [
        one
        for one in store.report(store.documents()[0].sha256).report.assessments[0].results
        if str(one.code.value) == "2.1"
    ]
    assert [item.reason and item.reason.value for item in result.deductions] == ["Chưa xử lý văn bản"]


def _name_of_255_bytes() -> str:
    name = "Báo cáo tự chấm điểm cải cách hành chính của Ủy ban nhân dân huyện " * 5
    while len(name.encode()) > 251:
        name = name[:-1]
    return name.ljust(len(name) + 251 - len(name.encode()), "x") + ".txt"


NAMES = [
    _name_of_255_bytes(), "=HYPERLINK(1).txt", "dòng\nmới.txt", "\x1b[2J.txt", "-rf.txt", "x..b.txt",
    "a\u202etxt.pdf.txt",
]  # fmt: skip


def test_names_of_any_kind(store: Store, here: Callable[..., Summary], tmp_path: Path) -> None:
    written = write_reports(tmp_path / "viết", len(NAMES) + 1)
    folder = tmp_path / "kho"
    folder.mkdir()
    for path, name in zip(written, NAMES, strict=False):
        path.rename(folder / name)
    written[-1].rename(folder / os.fsdecode(b"b\xe1o c\xe1o.txt"))
    assert len(_name_of_255_bytes().encode()) == 255
    done = here(store, find_inputs([folder]).files)
    assert {entry.outcome for entry in done.entries} == {"read"}
    assert {document.file for document in store.documents()} == {*NAMES, "b\\xe1o c\\xe1o.txt"}
    assert {entry.outcome for entry in here(store, find_inputs([folder]).files).entries} == {"unchanged"}
    export_jsonl(store, tmp_path / "x.jsonl")


def test_links_and_paths_that_lead_out_and_back(tmp_path: Path) -> None:
    folder, outside = tmp_path / "kho", tmp_path / "ngoài"
    inside, elsewhere = write_reports(folder, 1)[0], write_reports(outside, 1)[0]
    (folder / "vòng").symlink_to(folder)
    (folder / "ngoài.txt").symlink_to(elsewhere)
    (folder / "gãy.txt").symlink_to(tmp_path / "không có")
    found = find_inputs([folder / ".." / "kho"])
    assert found.files == (inside, folder / "gãy.txt", folder / "ngoài.txt")
    assert process_file(folder / "gãy.txt").entry.reason == "not-found"
    with pytest.raises(UsageError):
        find_inputs([tmp_path / "không có"])


def test_control_characters_in_texts_are_kept_as_far_as_a_database_takes_them(store: Store, tmp_path: Path) -> None:
    said = "chậm \x00 \x1b[2J \x07 \ud83d 5"
    result = build_result("1.1", name=said, remedy=said)
    assert store.add_report(build_document("a\x00.pdf"), build_report(build_assessment(result), number="1\x00/BC"))
    export_jsonl(store, tmp_path / "x.jsonl")
    assert store.check().problems == ()
    assert store.search("cham") != ()
    (stored,) = store.reports()
    name = stored.report.assessments[0].results[0].name
    assert name is not None
    assert name.value == "chậm \ufffd \x1b[2J \x07 \ufffd 5"


def test_two_processes_ingest_the_same_folder_at_once(new_url: Callable[[], str], tmp_path: Path) -> None:
    read, url, alone = read_reports(write_reports(tmp_path / "báo cáo", 24)), new_url(), f"{tmp_path}/alone.db"
    Store.open(url).close()
    context = multiprocessing.get_context("forkserver")
    both = [context.Process(target=ingest_here, args=(url, order)) for order in (read, read[::-1])]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    ingest_here(alone, read)
    exports = []
    for one in (url, alone):
        with Store.open(one) as store:
            export_jsonl(store, tmp_path / "x.jsonl")
            exports.append((tmp_path / "x.jsonl").read_bytes())
            assert store.check().problems == ()
    assert exports[0] == exports[1]


LIMITED = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); " \
    "from cchc.cli import main; sys.argv[0] = 'cchc'; main()"  # fmt: skip


def limited(size: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command where no file may grow beyond a size, as on a full disk."""
    command = [sys.executable, "-c", LIMITED.format(size=size), *map(str, arguments), "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="this system limits no files")
def test_a_disk_that_is_full_in_the_middle(tmp_path: Path) -> None:
    folder, db = tmp_path / "báo cáo", tmp_path / "kho.db"
    write_reports(folder, 24)
    Store.open(db).close()
    told = limited(db.stat().st_size + 150_000, "ingest", folder, "--db", db, "--workers", "1")
    assert told.returncode == 5, told.stderr
    assert "nothing is half written" in told.stderr
    assert "Traceback" not in told.stderr
    with Store.open(db) as store:
        held = len(store.documents())
        assert 0 <= held < 24
        assert store.check().problems == ()
    whole = cchc("ingest", folder, "--db", db)
    assert whole.code == 0
    with Store.open(db) as store:
        assert len(store.documents()) == 24
    target = tmp_path / "x.jsonl"
    target.write_text("yesterday", encoding="utf8")
    told = limited(40_000, "export", "--out", target, "--db", db)
    assert (told.returncode, told.stderr.startswith("The disk is full, the file was not written")) == (5, True)
    assert target.read_text("utf8") == "yesterday"
    assert not list(tmp_path.glob(".cchc-*"))
