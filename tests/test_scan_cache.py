"""What was recognised once is not recognised again."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from extract.document import Page, Paragraph
from extract.scan import cache as scan_cache
from extract.scan import read_scan
from extract.scan.cache import Key, cache_folder, keep, kept
from extract.scan.read_scan import read_image
from extract.source import Source
from tests.scanning import Told, paper

ENGINE = Told([("0,5", 0.9)])
PAGE = Page(1, (Paragraph("Kính gửi:"),), 595.0, 842.0, method="ocr")


def test_a_page_is_kept_by_content_page_and_engine(tmp_path: Path) -> None:
    key = Key.of("ab" * 32, 1, ENGINE)
    keep(tmp_path, key, PAGE)
    assert kept(tmp_path, key) == PAGE
    assert kept(tmp_path, Key.of("ab" * 32, 2, ENGINE)) is None
    assert kept(tmp_path, Key.of("ab" * 32, 1, Told([], version="2"))) is None
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


def test_a_change_of_the_code_makes_old_pages_strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, Key.of("ab" * 32, 1, ENGINE), PAGE)
    monkeypatch.setattr(scan_cache, "recipe", lambda: "changed")
    assert kept(tmp_path, Key.of("ab" * 32, 1, ENGINE)) is None


def test_damaged_files_and_missing_folders_are_no_error(tmp_path: Path) -> None:
    key = Key.of("ab" * 32, 1, ENGINE)
    (tmp_path / key.name).write_text('{"number": 1', encoding="utf-8")
    assert kept(tmp_path, key) is None
    assert kept(None, key) is None
    keep(None, key, PAGE)
    (tmp_path / "file").touch()
    keep(tmp_path / "file", key, PAGE)


def test_the_folder_is_named_or_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CCHC_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path / "recognised"
    monkeypatch.setenv("CCHC_CACHE", "off")
    assert cache_folder() is None


def test_a_picture_is_recognised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_CACHE", str(tmp_path))
    asked: list[int | None] = []

    def recognised(picture: object, number: int | None, engine: object) -> Page:
        asked.append(number)
        return PAGE

    monkeypatch.setattr(read_scan, "page_of_picture", recognised)
    data = cv2.imencode(".png", paper(60, 80))[1].tobytes()
    first = read_image(Source.of(data, Path("trang.png")), ENGINE)
    again = read_image(Source.of(data, Path("trang.png")), ENGINE)
    assert first == again
    assert first.pages == (PAGE,)
    assert asked == [1]
