"""Units through time: what became of them, and the commands that show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import typer
from building import agency, build_assessment, build_document, build_report, build_result, deduction
from typer.testing import CliRunner

from cchc import db_commands, search_commands, units_commands
from extract.document import Page
from load.store import Store
from normalize.errors import UsageError
from normalize.records import Unit
from normalize.unit_history import UnitHistory, history
from normalize.units import UnitRegistry

NEW = date(2025, 7, 1)
HA_TINH = ("Cẩm Bình", "Cẩm Duệ", "Cẩm Hưng", "Cẩm Lạc", "Cẩm Trung", "Cẩm Xuyên", "Thiên Cầm", "Yên Hòa")


def commune(name: str, district: str | None = None, province: str = "Hà Tĩnh") -> Unit:
    return Unit(name, "commune", province, district)


def test_a_district_its_town_and_the_commune_of_today() -> None:
    town = commune("Cẩm Xuyên", "Cẩm Xuyên")
    assert history("Cẩm Xuyên", "Hà Tĩnh") == (
        UnitHistory(
            "huyện", Unit("Cẩm Xuyên", "district", "Hà Tĩnh"), None, NEW, tuple(commune(name) for name in HA_TINH)
        ),
        UnitHistory("thị trấn", town, None, NEW, (commune("Cẩm Xuyên"),)),
        UnitHistory(
            "xã", commune("Cẩm Xuyên"), NEW, None, (),
            (town, commune("Cẩm Quang", "Cẩm Xuyên"), commune("Cẩm Quan", "Cẩm Xuyên")),
        ),
    )  # fmt: skip
    assert [one.word for one in history("huyện Cẩm Xuyên")] == ["huyện"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tỉnh Kon Tum", [("Kon Tum", None, NEW, ["Quảng Ngãi"])]),
        ("huyện Thông Nông", [("Thông Nông", None, date(2020, 2, 1), ["Hà Quảng"])]),
        ("tỉnh Thừa Thiên Huế", [("Thừa Thiên Huế", None, date(2025, 1, 1), ["Huế"])]),
        (
            "thành phố Huế",
            [("Huế", None, date(2025, 1, 1), ["Thuận Hóa", "Phú Xuân"]), ("Huế", date(2025, 1, 1), None, [])],
        ),
        ("Hà Nội", [("Hà Nội", None, None, [])]),
        ("Tuần Giao", []),
    ],
)
def test_histories(name: str, expected: list[tuple[str, date | None, date | None, list[str]]]) -> None:
    found = [(one.unit.name, one.since, one.until, [unit.name for unit in one.into]) for one in history(name)]
    assert found == expected


def test_provinces_that_one_was_made_from() -> None:
    (today,) = [one for one in history("tỉnh Quảng Ngãi") if one.until is None]
    assert [unit.name for unit in today.out_of] == ["Kon Tum", "Quảng Ngãi"]


def test_a_unit_is_the_one_of_the_day_of_the_report() -> None:
    registry, before, after = UnitRegistry.load(), date(2024, 1, 1), date(2025, 9, 1)
    for one in history("Châu Thành"):
        name = f"{one.word} Châu Thành"
        assert (one.unit in registry.resolve(name, at=before)) == (one.until is not None)
        assert (one.unit in registry.resolve(name, at=after)) == (one.until is None)
    assert sum(one.unit.level == "district" for one in history("Châu Thành")) == 10


def command_line() -> typer.Typer:
    app = typer.Typer(rich_markup_mode=None)
    app.command()(units_commands.units)
    app.command()(search_commands.search)
    app.command()(search_commands.renditions)
    app.add_typer(db_commands.app, name="db")
    app.add_typer(units_commands.agencies, name="agencies")
    return app


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command_line(), [*arguments], catch_exceptions=True)
    if isinstance(done.exception, UsageError):
        return done.exception.exit_code, done.exception.reason
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_units_on_the_command_line() -> None:
    code, shown = run("units", "Cẩm Xuyên", "--province", "Hà Tĩnh")
    assert code == 0
    assert "huyện Cẩm Xuyên" in shown
    assert "2025-07-01" in shown or "01/07/2025" in shown
    assert "Thiên Cầm" in " ".join(shown.split())
    assert "huyện" not in run("units", "Cẩm Xuyên", "--at", "2025-08")[1]
    assert run("units", "Cẩm Xuyến") == (2, "unit-unknown")
    assert run("units", "Cẩm Xuyên", "--at", "hôm qua") == (2, "date-unclear")


def test_the_store_on_the_command_line(tmp_path: Path) -> None:
    db, copy, other = str(tmp_path / "a.db"), str(tmp_path / "a.zip"), str(tmp_path / "b.db")
    row = build_result(
        "1.1", deductions=(deduction("0.5", "Ban hành [kế hoạch] chậm"),), agencies=(agency("Phòng Nội vụ"),)
    )
    with Store.open(db) as store:
        store.add_report(build_document("a.docx"), build_report(build_assessment(row)))
        page = Page(1, (), 595.0, 842.0, method="ocr")
        store.add_report(build_document("scan.pdf", pages=(page,)), build_report(build_assessment(row)))
    assert "[kế hoạch]" in run("search", "ke", "hoach", "--db", db)[1]
    assert run("search", "?", "--db", db) == (2, "search-empty")
    shown = run("renditions", "--db", db)[1]
    assert "scan.pdf" in shown
    assert "✓" in shown
    assert run("agencies", "merge", "Phòng Nội vụ", "Phòng Nội vụ và Lao động", "--who", "An", "--db", db)[0] == 0
    assert "An" in run("agencies", "list", "--db", db)[1]
    assert run("agencies", "merge", "Phòng X", "Phòng Y", "--who", "An", "--db", db) == (2, "agency-unknown")
    assert run("db", "upgrade", "--db", db)[0] == 0
    assert "2" in run("db", "check", "--db", db)[1]
    assert run("db", "backup", copy, "--db", db)[0] == 0
    assert run("db", "restore", db, "--db", other) == (2, "no-backup")
    assert not Path(other).exists()  # a slip in the name leaves no empty archive behind
    assert run("db", "restore", copy, "--db", other)[0] == 0
    assert run("db", "restore", copy, "--db", other) == (2, "store-not-empty")
    assert run("db", "reader", "analyst", "--db", db) == (2, "no-roles")
