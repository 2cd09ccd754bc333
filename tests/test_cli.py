"""The commands as people type them: what is printed, in which language, and the exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
from building import build_document, build_report, full_report
from command_line import Said, cchc

from cchc.comparison_view import comparison_notes
from cchc.wording import Wording
from compare.choice import Question
from compare.comparison import Comparison
from load.entries import FileEntry
from load.store import Store
from normalize.records import Heading, Report, Unit
from patterns.version import pattern_version

ROOT = Path(__file__).parents[1]
COMMANDS = ("ingest", "list", "show", "export", "compare", "findings", "runs", "quarantine", "doctor")
LONG = "x" * 200
SEE = "See how it is used: cchc"


@pytest.fixture
def db(tmp_path: Path) -> str:
    """An archive of one report and of one file that could not be read."""
    path = tmp_path / "kho.db"
    with Store.open(path) as store:
        run = store.start_run("ingest", {}, "0.1.0", "p7")
        document = build_document(file="báo cáo [1].pdf")
        store.add_report(document, full_report(), run=run)
        store.log_file(run, FileEntry(str(tmp_path / "hỏng.docx"), "failed", None, "broken-docx", "no zip", 0.1))
        store.finish_run(run)
    return str(path)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_help_of_everything_in_both_languages(lang: str) -> None:
    whole = cchc("--help", lang=lang)
    assert (whole.code, whole.err) == (0, [])
    assert cchc(lang=lang) == whole
    assert all(any(line.startswith(f"  {command} ") for line in whole.out) for command in COMMANDS)
    words = {"vi": ("Cách dùng: ", "Tùy chọn:", "Xem hướng dẫn này."), "en": ("Usage: ", "Options:", "Show this")}[lang]
    strange = {"en": ("Cách dùng", "Tùy chọn"), "vi": ("Usage", "Options:", "OPTIONS", "Show this", "[default")}[lang]
    for command in COMMANDS:
        said = cchc(command, "--help", lang=lang)
        text = "\n".join(said.out)
        assert (said.code, said.err) == (0, [])
        assert all(word in text for word in words), text
        assert not any(word in text for word in strange), text
        assert "option-" not in text
        assert "help-" not in text


def test_the_help_of_a_command_as_it_stands() -> None:
    assert cchc("show", "-h", lang="vi").out == [
        "Cách dùng: cchc show [TÙY CHỌN] {BÁO_CÁO}",
        "",
        "  Xem một báo cáo: từng tiêu chí, điểm, lý do bị trừ, cơ quan phụ trách, trang.",
        "",
        "Tham số:",
        "  BÁO_CÁO <str>  Tên tệp, số thứ tự trong kho hoặc phần đầu mã băm của báo cáo.",
        "                 [bắt buộc]",
        "",
        "Tùy chọn:",
        "  --db KHO        Kho dữ liệu: tệp SQLite hoặc địa chỉ PostgreSQL (không ghi:",
        "                  cchc.db, hoặc biến CCHC_DB).",
        "  --lang <vi|en>  Ngôn ngữ: vi hoặc en.",
        "  -h, --help      Xem hướng dẫn này.",
    ]


def test_the_version() -> None:
    assert cchc("--version") == Said(0, [f"cchc {version('cchc')} (patterns {pattern_version()})"], [])


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (["lst"], "Không có lệnh 'lst'. Ý bạn là 'list'?", "No such command 'lst'. Did you mean 'list'?"),
        (["xyzzy"], "Không có lệnh 'xyzzy'.", "No such command 'xyzzy'."),
        (["list", "--x"], "Không có tùy chọn --x.", "No such option: --x"),
        (["show"], "Thiếu tham số 'BÁO_CÁO'.", "Missing argument 'REPORT'."),
        (["compare"], "Thiếu tùy chọn '--year' / '-y'.", "Missing option '--year' / '-y'."),
        (["export", "--out"], "Tùy chọn '--out' cần có giá trị.", "Option '--out' requires an argument."),
        (["quarantine", "a"], "Thừa tham số: a", "Got unexpected extra argument(s) (a)"),
        (
            ["export", "-o", "x", "-f", "doc"],
            "Giá trị của '--format' / '-f' không hợp lệ: không có 'doc', chọn một trong 'jsonl', 'csv', 'xlsx'.",
            "Invalid value for '--format' / '-f': 'doc' is not one of 'jsonl', 'csv', 'xlsx'.",
        ),
        (
            ["compare", "--year", "nay"],
            "Giá trị của '--year' / '-y' không hợp lệ: phải là số nguyên",
            "Invalid value for '--year' / '-y': "
            "Input should be a valid integer, unable to parse string as an integer",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_parsed(arguments: Sequence[str], vietnamese: str, english: str) -> None:
    for lang, text in (("vi", vietnamese), ("en", english)):
        said = cchc(*arguments, lang=lang)
        assert (said.code, said.out) == (2, [])
        assert said.err[0] == text
        assert said.err[1].startswith("Xem cách dùng: cchc" if lang == "vi" else SEE)
        assert len(said.err) == 2


def test_the_language_of_the_option_goes_before_that_of_the_environment(tmp_path: Path) -> None:
    absent = str(tmp_path / "không.db")
    in_front, behind = cchc("--lang", "vi", "list", "--db", absent), cchc("list", "--db", absent, "--lang=vi")
    assert in_front == behind
    assert behind.err == [
        f"Không có kho dữ liệu ở {absent}. Kiểm tra đường dẫn sau --db, hoặc tạo kho: cchc ingest THƯ_MỤC"
    ]


READING = [["list"], ["show", "1"], ["export", "-o", "x"], ["compare", "-y", "2019"], ["findings"]]


@pytest.mark.parametrize("arguments", [*READING, ["runs"], ["quarantine"]])
def test_a_mistyped_archive_leaves_no_file_behind(tmp_path: Path, arguments: list[str]) -> None:
    absent = tmp_path / "mistyped.db"
    said = cchc(*arguments, "--db", absent)
    assert said == Said(
        5, [], [f"There is no archive at {absent}. Check what follows --db, or make one: cchc ingest FOLDER"]
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", READING)
def test_an_empty_archive(tmp_path: Path, arguments: list[str]) -> None:
    db = tmp_path / "empty.db"
    Store.open(db).close()
    assert cchc(*arguments, "--db", db) == Said(
        2, [], [f"The archive {db} holds no report yet. Run: cchc ingest FOLDER"]
    )


def test_what_is_no_archive(tmp_path: Path) -> None:
    text = tmp_path / "thư.docx"
    text.write_text("This is no database but a text of some length. " * 50, encoding="utf8")
    said = cchc("list", "--db", text)
    assert (said.code, said.out, len(said.err)) == (5, [], 1)
    assert said.err[0].startswith("This file is no archive of cchc, or it is damaged")
    said = cchc("list", "--db", tmp_path)
    assert (said.code, len(said.err)) == (5, 1)
    said = cchc("list", "--db", "nosuch://x/y")
    assert said == Said(
        5, [], ["The address of the archive is not right: nosuch://x/y. Use a file name or postgresql+psycopg://..."]
    )
    assert text.read_text(encoding="utf8").startswith("This is no database")


def test_an_unknown_document_and_an_unknown_year(db: str) -> None:
    assert cchc("show", "không có.pdf", "--db", db) == Said(
        2, [], ["There is no such report: không có.pdf. See the list: cchc list"]
    )
    said = cchc("compare", "-y", "1999", "-p", "Điện Biên", "--db", db)
    years = sorted({a.year for a in full_report().assessments if a.year is not None}, reverse=True)
    shown = ", ".join(map(str, years))
    assert said == Said(2, [], [f"The archive holds no results for: 1999 · Điện Biên. Years there: {shown}"])


def test_square_brackets_and_control_characters_mean_themselves(tmp_path: Path) -> None:
    db = tmp_path / "kho.db"
    with Store.open(db) as store:
        store.add_report(build_document(file="[bold]a\x1b[2J:smile:.pdf"), build_report())
    (_, _, row) = cchc("list", "--db", db).out[-3:]
    assert row.startswith("[bold]a\ufffd[2J:smile:.pdf ")


def test_the_ledger_and_the_quarantine(db: str, tmp_path: Path) -> None:
    said = cchc("runs", "--db", db)
    assert said.code == 0
    assert [line.split()[0] for line in (said.out[0], said.out[2])] == ["Run", "1"]
    assert said.out[2].endswith("0:00:00  read 1, not read 1")
    assert said.out[3:] == ["Files not read: 1. See: cchc quarantine"]
    said = cchc("quarantine", "--db", db)
    assert said.code == 0
    assert said.out[2].replace(" ", "").startswith(str(tmp_path / "hỏng.docx").replace(" ", "")[:20])
    assert "The Word file is broken or cut short (no zip)." in said.out[2]
    assert said.out[-1] == "Files: 1. When mended, run: cchc ingest --retry-failed"


def test_nothing_in_quarantine(tmp_path: Path) -> None:
    db = tmp_path / "kho.db"
    Store.open(db).close()
    assert cchc("quarantine", "--db", db, lang="vi").out == ["Không có tệp nào chưa đọc được."]
    assert cchc("ingest", "--retry-failed", "--db", db, lang="vi") == Said(0, ["Không có tệp nào cần đọc lại."], [])


@pytest.mark.parametrize(
    "arguments",
    [["side-by-side", "-y", "1999"], ["audit", "-u", "Không Đâu"], ["audit", "-p", "Không Đâu"],
     ["answers", "-y", "1999", "-u", "Không Đâu", "-o", "x"]],
)  # fmt: skip
def test_a_question_that_the_archive_does_not_answer(db: str, arguments: Sequence[str]) -> None:
    said = cchc(*arguments, "--db", db)
    assert (said.code, said.out, len(said.err)) == (2, [], 1)
    assert said.err[0].startswith("The archive holds no results for: ")
    assert arguments[2] in said.err[0]


def test_an_environment_that_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_WORKERS", "hai")
    said = cchc("ingest", str(tmp_path), "--db", str(tmp_path / "kho.db"))
    assert (said.code, said.out, len(said.err)) == (2, [], 1)
    assert said.err[0].startswith("The environment does not fit: CCHC_WORKERS=hai.")


def test_units_without_a_report_are_named_by_their_level() -> None:
    missing = (Unit("An Định", "commune"), Unit("Ba Bể", "district"), Unit("Na Rì", "district"), Unit("?", None))
    found = Comparison(Question(2022, "year", None, None, None), (), (), missing)
    assert list(comparison_notes(Wording("en"), found)) == [
        "No report of communes: An Định",
        "No report of districts: Ba Bể, Na Rì",
        "No report of units of an unknown level: ?",
    ]


def test_a_rule_that_there_is_not(db: str) -> None:
    said = cchc("findings", "--rule", "item-sum", "--db", db)
    assert (said.code, said.out) == (2, [])
    assert said.err[0].startswith("No finding is of the rule item-sum (")


def test_a_province_is_found_however_it_is_written(db: str) -> None:
    named = next(one.unit.province for one in full_report().assessments if one.unit.province)
    year = next(str(one.year) for one in full_report().assessments if one.year)
    for command in (["side-by-side", "-y", year], ["compare", "-y", year], ["audit"]):
        said = [cchc(*command, "-p", way, "--db", db) for way in (named, f"tỉnh {named.upper()}")]
        assert said[0] == said[1]
        assert said[0].code == 0


@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx"])
def test_an_export_and_where_it_cannot_go(db: str, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"kết quả.{form}"
    assert cchc("export", "-f", form, "-o", out, "--db", db) == Said(0, [f"Reports exported: 1, into {out}"], [])
    written = out.read_bytes()
    assert cchc("export", "-o", out, "--db", db).code == 0  # the ending says it as well
    assert out.read_bytes()[:4] == written[:4]
    nowhere = tmp_path / "không có" / f"x.{form}"
    said = cchc("export", "-f", form, "-o", nowhere, "--db", db)
    assert (said.code, said.out, len(said.err)) == (2, [], 1)
    assert said.err[0].startswith(f"Cannot write to: {nowhere}")


def command(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """The program itself, as another process."""
    return subprocess.Popen(
        [sys.executable, "-c", "from cchc.cli import main; main()", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf8",
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "",
            "CCHC_LANG": "en",
            **environment,
        },
    )


def test_whoever_reads_the_output_may_stop(tmp_path: Path) -> None:
    db = tmp_path / "kho.db"
    with Store.open(db) as store:
        for number in range(300):
            store.add_report(build_document(f"{number:03} {LONG}.pdf"), Report(Heading(), ()))
    listing = command("list", "--db", str(db))
    assert listing.stdout is not None
    assert listing.stderr is not None
    listing.stdout.read(10)
    listing.stdout.close()
    assert listing.wait(120) == 1
    assert listing.stderr.read() == ""


def test_colours_only_on_a_terminal(db: str) -> None:
    plain = command("list", "--db", db, FORCE_COLOR="", TERM="xterm-256color")
    out, err = plain.communicate(timeout=120)
    assert (plain.returncode, err) == (0, "")
    assert "báo cáo [1].pdf" in out
    assert "\x1b" not in out
