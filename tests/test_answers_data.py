"""Frames, tidy files and views say the same, with the types that the dictionary promises."""

from __future__ import annotations

import csv
import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from answers_truth import Truth, plant
from rich.console import Console
from sqlalchemy import text
from typer.testing import CliRunner

from cchc import answers_commands, answers_view, open_archive
from cchc.frame import Command, Commands
from compare.archive import Archive
from compare.audited import Audited
from compare.dictionary import columns, dictionary_markdown, tables
from compare.history import Scope
from compare.labels import number as number_words
from compare.parquet import missing as missing_for_parquet
from compare.pictures import missing as missing_for_pictures
from compare.sheets import losses_sheet
from compare.side_by_side import side_by_side
from compare.tidy import write_tidy
from compare.views import create_views, drop_views, view_statements
from load.store import Store
from normalize.errors import NeedsTool, StoreError

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    path = Path(tmp_path_factory.mktemp("archive")) / "x.db"
    with Store.open(path) as store:
        return path, plant(store)


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {name: str(dtype) for name, dtype in frame.dtypes.items()}


def test_frames_have_the_documented_columns_and_dtypes(planted: tuple[Path, Truth]) -> None:
    path, truth = planted
    with open_archive(path) as archive:
        made = {
            "comparison": archive.compare(2021),
            "losses": archive.deductions(unit="Cẩm Xuyên"),
            "recurring": archive.recurring(province="Hà Tĩnh"),
            "promises": archive.promises(),
            "agencies": archive.agencies(),
            "results": archive.frame("results"),
            "totals": archive.frame("totals"),
        }
        assert set(made) == set(tables())
        for table, frame in made.items():
            assert dtypes(frame) == {column.name: column.dtype for column in columns(table)}
            assert len(frame)
        losses = made["losses"]
        expected = {(y, c): truth.lost(u, y, c) for u, y, c in truth.reasons if u.name == "Cẩm Xuyên"}
        assert {(row.year, row.code): row.amount for row in losses.itertuples()} == expected
        assert all(isinstance(amount, Decimal) for amount in losses["amount"])
        some = archive.deductions(code="1", agency="Phòng Nội vụ")
        assert len(some) == sum(
            c.startswith("1.") and truth.leads[u, y, c] == "Phòng Nội vụ" for u, y, c in truth.reasons
        )
        with pytest.raises(KeyError):
            archive.frame("nothing")
    with Archive.open(path, floats=True) as archive:
        assert str(archive.compare(2021)["score"].dtype) == "Float64"
    with pytest.raises(StoreError):
        open_archive(path.parent / "absent.db")


def test_every_column_is_described_in_the_documentation() -> None:
    assert dictionary_markdown() in (ROOT / "docs/DATA.md").read_text(encoding="utf8")
    assert all(column.vi and column.en for table in tables() for column in columns(table))


def test_tidy_files_and_their_package(planted: tuple[Path, Truth], tmp_path: Path) -> None:
    path, truth = planted
    with Store.open(path) as store:
        names = write_tidy(store, tmp_path / "tệp", province="Hà Tĩnh", lang="en")
    folder = tmp_path / "tệp"
    assert {entry.name for entry in folder.iterdir()} == set(names)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf8"))
    assert [resource["name"] for resource in package["resources"]] == list(tables())
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        rows = list(csv.reader(content.decode("utf8").splitlines()))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert len(rows) - 1 == resource["rows"]
    with (folder / "losses.csv").open(encoding="utf8") as lines:
        told = {(r["unit"], int(r["year"]), r["code"]): Decimal(r["amount"]) for r in csv.DictReader(lines)}
    assert told == {(u.name, y, c): truth.lost(u, y, c) for u, y, c in truth.reasons if u.province == "Hà Tĩnh"}


def test_parquet_files_hold_the_same(planted: tuple[Path, Truth], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra data)")
    with Store.open(planted[0]) as store:
        names = write_tidy(store, tmp_path, "Hà Tĩnh", lang="en", forms=("csv", "parquet"))
    assert {"losses.csv", "losses.parquet", "datapackage.json"} <= set(names)
    for table in tables():
        read = parquet.read_table(tmp_path / f"{table}.parquet")
        assert read.column_names == [column.name for column in columns(table)]
        described = {column.name: column.en for column in columns(table)}
        assert {field.name: field.metadata[b"description"].decode() for field in read.schema} == described
        with (tmp_path / f"{table}.csv").open(encoding="utf8") as lines:
            rows = list(csv.DictReader(lines))
        assert read.num_rows == len(rows)
        exact = [column.name for column in columns(table) if column.type == "decimal"]
        for row, same in zip(rows, read.to_pylist(), strict=True):
            assert {name: Decimal(row[name]) if row[name] else None for name in exact} == {
                name: same[name] for name in exact
            }


def test_what_is_not_installed_is_said(
    planted: tuple[Path, Truth], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compare.parquet.find_spec", lambda _name: None)
    with Store.open(planted[0]) as store, pytest.raises(NeedsTool, match="pyarrow"):
        write_tidy(store, tmp_path, forms=("parquet",))


def test_views_on_the_archive(planted: tuple[Path, Truth]) -> None:
    path, truth = planted
    with Store.open(path) as store:
        assert create_views(store) == tuple(view_statements()) == create_views(store)
        query = "SELECT SUM(lost) FROM cchc_results WHERE unit = 'Cẩm Xuyên' AND year = 2021 AND code LIKE '_'"
        query += " AND file NOT LIKE '%plan%'"
        with store.reading() as connection:
            lost = connection.execute(text(query)).scalar_one()
            counts = {
                name: connection.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar_one()
                for name in view_statements()
            }
        unit = next(unit for unit in (u for u, _ in truth.scores) if unit.name == "Cẩm Xuyên")
        score, maximum = truth.total(unit, 2021)
        assert Decimal(str(lost)) == maximum - score
        assert all(counts.values())
        drop_views(store)


def test_units_as_they_are_now(planted: tuple[Path, Truth]) -> None:
    path, _ = planted
    with Store.open(path) as store:
        provinces = {
            line.unit.province for block in side_by_side(store, 2021, units="now").blocks for line in block.lines
        }
    assert provinces == {"Điện Biên", "Quảng Trị", "Hà Tĩnh"}


def test_the_commands(planted: tuple[Path, Truth], tmp_path: Path) -> None:
    import typer

    app = typer.Typer(cls=Commands)
    for name in ("side_by_side", "audit", "answers", "views"):
        app.command(name.replace("_", "-"), cls=Command)(getattr(answers_commands, name))
    db = ["--db", str(planted[0])]
    run = CliRunner().invoke
    for by in ("domains", "criteria", "across"):
        done = run(app, ["side-by-side", "--year", "2021", "--by", by, "--lang", "en", *db])
        assert done.exit_code == 0, done.output
        assert "11 of 12 districts, 2 from drafts" in done.output
    done = run(app, ["audit", "--province", "Hà Tĩnh", "--unit", "Cẩm Xuyên", "--lang", "vi", *db])
    assert done.exit_code == 0, done.output
    assert "Cam kết khắc phục" in done.output
    done = run(app, ["audit", "--code", "1.1", "--lang", "en", *db])
    assert "Points lost" in done.output
    out = tmp_path / "kết quả"
    done = run(app, ["answers", "--year", "2021", "--province", "Hà Tĩnh", "--out", str(out), "--lang", "vi", *db])
    assert done.exit_code == 0, done.output
    optional = [".png"] if missing_for_pictures() is None else []
    optional += [".parquet"] if missing_for_parquet() is None else []
    assert {path.suffix for path in out.iterdir()} == {".xlsx", ".docx", ".html", ".svg", ".csv", ".json", *optional}


@pytest.mark.parametrize("wide", [60, 80, 120])
def test_every_number_stands_whole_on_a_narrow_terminal(
    planted: tuple[Path, Truth], wide: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, truth = planted
    monkeypatch.setattr(answers_view, "console", lambda: Console(width=wide, highlight=False, markup=False))
    with Store.open(path) as store:
        answers_view.show_comparison(side_by_side(store, 2021, "Hà Tĩnh"), "en")
        answers_view.show_sheet(losses_sheet(Audited(store, Scope(province="Hà Tĩnh")).losses, "en"), "en")
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    for unit, year in truth.scores:
        if unit.province == "Hà Tĩnh" and year == 2021:
            assert (unit.name or "") in shown
            numbers = [truth.total(unit, year), *(truth.domain(unit, year, number) for number in "123")]
            assert {number_words(score, "en") for score, _ in numbers} <= set(shown.split())
