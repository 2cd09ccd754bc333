"""Engines: found by name, missing data named, Tesseract itself where it is installed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extract.scan import engines
from extract.scan.engines import Pixels, engine, find_tessdata, register
from normalize.errors import NeedsTool
from tests.scanning import Told, paper, write


def test_missing_data_name_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engines, "tessdata_folders", lambda: iter([tmp_path]))
    with pytest.raises(NeedsTool) as caught:
        find_tessdata()
    assert (caught.value.reason, caught.value.detail) == ("needs-tesseract-vie", "vie.traineddata")


def test_the_named_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "vie.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_tessdata() == tmp_path


def test_another_engine_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_ENGINES", dict(engines._ENGINES))
    register("told", lambda: Told([("0,5", 0.9)]))
    assert engine("told") is engine("told")
    assert engine("told").name == "told"


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(NeedsTool, match="needs-engine: nobody"):
        engine("nobody")


def test_rectangles() -> None:
    box = Pixels(2, 3, 10, 8)
    assert (box.width, box.height) == (8, 5)
    assert box.moved(1, -1) == Pixels(3, 2, 11, 7)
    assert box.grown(2) == Pixels(0, 1, 12, 10)
    assert box.union(Pixels(0, 5, 4, 20)) == Pixels(0, 3, 10, 20)


@pytest.mark.engine
def test_tesseract_reads_a_line_with_places_and_confidence() -> None:
    try:
        tesseract = engine()
    except NeedsTool as missing:
        pytest.skip(f"recognition is not installed: {missing}")
    picture = paper(420, 80)
    write(picture, "Nam 2019", 20, 55, 1.2)
    (line,) = tesseract.read(np.ascontiguousarray(picture), "line", dpi=200)
    assert line.text == "Nam 2019"
    assert all(0.5 < word.confidence <= 1 and 10 < word.box.x0 < word.box.x1 < 410 for word in line.words)
