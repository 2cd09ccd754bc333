"""An ingest that can be killed: the same as the command's, in one process that starts at once.

The files are read in the process itself instead of in its workers; the store is written by the same code.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import text

import cchc.ingest
from cchc.ingest import ingest
from cchc.pipeline import process_file
from cchc.processed import Processed
from cchc.settings import Settings
from load.store import Store

PLACES = ("Tuần Giáo", "Mường Chà", "Điện Biên Đông", "Tủa Chùa", "Mường Nhé", "Nậm Pồ")
REPORT = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN {place}\tĐộc lập - Tự do - Hạnh phúc
Số: {number}/BC-UBND\t{name}, ngày 05 tháng 01 năm {following}

BÁO CÁO
Kết quả chấm điểm Chỉ số cải cách hành chính năm {year}

TT\tTiêu chí\tĐiểm tối đa\tĐiểm đạt\tĐiểm trừ\tLý do
1.1\tKế hoạch cải cách hành chính\t2\t{first}\t{lost}\tBan hành kế hoạch chậm {days} ngày
1.2\tKiểm tra cải cách hành chính\t1,5\t1,5\t0\t
2.1\tTheo dõi thi hành pháp luật\t1\t0,75\t0,25\tChưa xử lý văn bản trái pháp luật
"""


def write_reports(folder: Path, count: int) -> list[Path]:
    """Small reports, each with its own number, unit and year."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        name, year, days = PLACES[number % len(PLACES)], 2012 + number // len(PLACES), number % 19 + 1
        lost = f"0,{days:02}"
        written = REPORT.format(
            place=name.upper(), name=name, number=100 + number, year=year, following=year + 1,
            first=f"1,{100 - days:02}", lost=lost, days=days,
        )  # fmt: skip
        path = folder / f"báo cáo {number:03}.txt"
        path.write_text(written, encoding="utf8")
        paths.append(path)
    return paths


def read_reports(paths: Sequence[Path]) -> list[Processed]:
    return [process_file(path, str(path)) for path in paths]


def ingest_here(url: str, read: Sequence[Processed]) -> None:
    """Ingest files in this process; what their reading gave is there already, so that the time goes into the store."""
    known = {processed.entry.path: processed for processed in read}

    def one_by_one(files: Sequence[tuple[Path, str]], *_limits: Any) -> Iterator[Processed]:
        return (known[name] for _, name in files)

    with mock.patch.object(cchc.ingest, "process_files", one_by_one), Store.open(url) as store:
        ingest(store, [Path(processed.entry.path) for processed in read], Settings(db=url, workers=1))


def killed_ingest(url: str, read: Sequence[Processed], moments: int, seed: int) -> list[int]:
    """Ingest the files, killed (SIGKILL) at that many random moments, then once to the end.

    Returns how many documents the store held after each kill.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingesting"])
    rng, held, step = random.Random(seed), [0], 2 * len(read) // (moments + 1)
    with Store.open(url) as store:
        for _ in range(moments):
            process = context.Process(target=ingest_here, args=(url, read))
            process.start()
            goal = held[-1] + rng.randint(0, step)
            while process.is_alive() and _count(store) < goal:
                time.sleep(0.02)
            process.join(rng.uniform(0, 0.02))  # into the middle of the next one
            process.kill()
            process.join()
            held.append(_count(store))
    process = context.Process(target=ingest_here, args=(url, read))
    process.start()
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"the last ingest ended with {process.exitcode}")
    return held


def _count(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM documents")).scalar_one())
