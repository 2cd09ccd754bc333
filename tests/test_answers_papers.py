"""The memo has two pages and the form of an administrative paper; the page stands alone; charts are well-formed."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import docx
import pytest
import regex
from answers_truth import plant
from building import agency, build_assessment, build_document, build_report, build_result, build_unit, deduction
from pypdf import PdfReader

from compare.answers import Answers, answers
from compare.charts import HeatCell, heat_map, loss_bars, rank_slope
from compare.drawing import charts, write_charts
from compare.labels import keys, label
from compare.memo import write_memo
from compare.page import page, write_page
from compare.pictures import SCALE, missing
from load.store import Store

soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    with Store.open(Path(tmp_path_factory.mktemp("archive")) / "x.db") as store:
        plant(store)
        return answers(store, 2021, first=2018)


def wordy(path: Path) -> Answers:
    """Long names, reasons and remedies, in more units and criteria than a memo can show."""
    with Store.open(path) as store:
        for year in (2018, 2019, 2020):
            for number in range(12):
                rows = [
                    build_result(
                        f"1.{code}", "3", "1", "2", name=f"Mức độ hoàn thành nhiệm vụ được giao số {code} " * 4,
                        deductions=(deduction("2", f"Hoàn thành chậm {code} ngày so với thời hạn được giao " * 4),),
                        agencies=(agency(f"Phòng Kinh tế - Hạ tầng và phát triển nông thôn số {code}"),),
                        remedy="Tiếp tục đôn đốc các cơ quan chuyên môn hoàn thành nhiệm vụ đúng thời hạn " * 4,
                    )
                    for code in range(1, 10)
                ]  # fmt: skip
                unit = build_unit(f"Thành phố vùng cao số {number}")
                told = build_assessment(*rows, unit=unit, year=year, max_score="27", score="9")
                store.add_report(build_document(f"{number}-{year}.pdf"), build_report(told))
        return answers(store, 2020)


@soffice
@pytest.mark.parametrize("which", ["planted", "wordy"])
def test_the_memo_has_two_pages(found: Answers, which: str, tmp_path: Path) -> None:
    write_memo(found if which == "planted" else wordy(tmp_path / "x.db"), tmp_path / "báo cáo.docx", "vi")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "báo cáo.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert len(PdfReader(tmp_path / "báo cáo.pdf").pages) == 2


def test_the_memo_has_the_form_of_the_decree(found: Answers, tmp_path: Path) -> None:
    write_memo(found, tmp_path / "x.docx", "vi")
    paper = docx.Document(str(tmp_path / "x.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số:        /BC-…", "BÁO CÁO", "Nơi nhận:",
        "11/12 huyện có kết quả, 2 theo văn bản chưa có số",
    ):  # fmt: skip
        assert words in text
    section = paper.sections[0]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin, section.page_width)] == [30, 15, 210]


def test_the_page_stands_alone(found: Answers, tmp_path: Path) -> None:
    for lang in ("vi", "en"):
        write_page(found, tmp_path / "x.html", lang)
        text = (tmp_path / "x.html").read_text(encoding="utf8")
        assert text == page(found, lang)
        assert not regex.search(r"<script|<link|@import|src=|url\((?!#)", text)
        addresses = set(regex.findall(r'(?:href|xmlns)="([^"]*)"', text))
        assert {one for one in addresses if not one.startswith("#")} == {"http://www.w3.org/2000/svg"}
        assert text.count("<svg") == len(charts(found, lang))
        assert label("sheet-promises", lang) in text


def test_texts_are_escaped(tmp_path: Path) -> None:
    bad = build_result("1.1", "2", "1", "1", name="<b>&", deductions=(deduction("1", "<script>alert(1)</script>"),))
    with Store.open(tmp_path / "x.db") as store:
        told = build_assessment(bad, unit=build_unit("<i>x</i>"), year=2020, max_score="2", score="1")
        store.add_report(build_document("a&b.pdf"), build_report(told))
        text = page(answers(store, 2020), "vi")
    assert "<script" not in text
    assert "<i>" not in text


def test_charts_are_well_formed_and_have_titles(found: Answers, tmp_path: Path) -> None:
    paths = write_charts(found, tmp_path, "en")
    assert [path.name for path in paths] == ["heat.svg", "slope.svg", "slope-2.svg", "slope-3.svg", "bars.svg"]
    for path in paths:
        root = ElementTree.fromstring(path.read_text(encoding="utf8"))
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
    heat = (tmp_path / "heat.svg").read_text(encoding="utf8")
    line = found.across.blocks[0].lines[0]
    assert f"{line.unit.name} ({line.unit.province})" in heat


def test_pictures_are_the_same_drawings(found: Answers, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    if (lacking := missing()) is not None:
        pytest.skip(f"pictures need a library that is not installed: {lacking}")
    paths = write_charts(found, tmp_path, "vi", ("svg", "png"))
    assert [path.suffix for path in paths] == [".svg", ".png"] * (len(paths) // 2)
    for name, chart in charts(found, "vi").items():
        with image.open(tmp_path / f"{name}.png") as picture:
            assert picture.size == tuple(SCALE * length for length in chart.size)
            assert len(picture.getcolors(1 << 20)) > 10


def test_charts_say_what_they_rest_on(found: Answers) -> None:
    drawn = charts(found, "en")
    assert drawn["heat"].note == "11 of 12 districts, 2 from drafts"
    assert drawn["bars"].note.startswith("From ")


def test_charts_of_little_or_nothing() -> None:
    assert ElementTree.fromstring(heat_map("x", ["a"], [("b", [HeatCell(None, "–")])]).svg) is not None
    assert ElementTree.fromstring(rank_slope("x", [2020, 2021], [("b", [None, 1]), ("c", [1, None])]).svg) is not None
    assert ElementTree.fromstring(loss_bars("x", []).svg) is not None


def test_both_languages_have_every_word() -> None:
    for key in keys():
        for lang in ("vi", "en"):
            assert label(key, lang, **dict.fromkeys(_SLOTS, "x"))


_SLOTS = (
    *(
        "page",
        "n",
        "of",
        "level",
        "period",
        "year",
        "first",
        "last",
        "subject",
        "documents",
        "names",
        "files",
        "points",
    ),
    *("share", "coverage", "losses", "unreasoned", "unclassified", "unit", "score", "maximum", "rank", "mean", "best"),
    *("previous", "all", "kept", "eased", "broken", "unknown", "reason", "amount", "deadline", "issued", "printed"),
    *("form", "what", "computed", "listed", "where", "low", "high"),
)
