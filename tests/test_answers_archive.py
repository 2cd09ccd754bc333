"""Documents with planted answers, written, read as any others, asked: every answer is what was planted."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.answers_truth import checked
from cchc.ingest import ingest
from cchc.settings import Settings
from compare.audited import Audited
from compare.history import Scope
from load.connect import writing
from load.store import Store
from samples.archive import Archive, make_archive
from samples.archive_papers import papers, write_archive

YEARS = (2020, 2021)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(1, provinces=1, districts=3, years=YEARS)


@pytest.fixture(scope="module")
def store(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = Path(tmp_path_factory.mktemp("archive"))
    files = write_archive(archive, folder / "reports")
    assert len(files) > 20
    found = Store.open(folder / "x.db")
    ingest(found, list(files), Settings())
    return found


def test_every_answer_is_what_was_planted(store: Store, archive: Archive) -> None:
    told = checked(store, archive)
    assert told.differences == ()
    assert told.facts > 400
    assert {one.outcome for one in Audited(store, Scope()).promises} == {"kept", "eased", "broken", "unknown"}


def test_the_check_sees_a_single_wrong_number(store: Store, archive: Archive) -> None:
    change = "UPDATE results SET score = '0.01' WHERE document_id = :document AND code = '1'"
    told = next(one for one in store.documents() if one.file.endswith("appraised.docx"))
    with writing(store.engine) as connection:
        before = connection.execute(text("SELECT score FROM results WHERE document_id = :document AND code = '1'"),
                                    {"document": told.id}).scalar_one()  # fmt: skip
        connection.execute(text(change), {"document": told.id})
    assert checked(store, archive).differences
    with writing(store.engine) as connection:
        connection.execute(text(change.replace("'0.01'", ":before")), {"document": told.id, "before": before})
    assert checked(store, archive).differences == ()


def test_a_whole_archive_holds_every_case() -> None:
    archive = make_archive(1)
    names = [f"{paper.name}.{media}" for paper in papers(archive) for media in paper.media]
    assert len(names) == len(set(names))
    assert 900 < len(names) < 1100
    assert len(archive.districts) == 30
    assert set(archive.fates.values()) == {"kept", "eased", "broken"}
    assert archive.misprinted
    assert any(not one.papers & {"self", "appraised"} and not one.ranked for one in archive.told.values())
    assert any(one.draft for one in archive.told.values())
    again = make_archive(1)
    assert {key: one.lost for key, one in again.told.items()} == {key: one.lost for key, one in archive.told.items()}
