"""Recognition engines: a picture of a block of text in, lines of words with their confidence out.

An engine is a small protocol, so that another one can be registered; Tesseract with the Vietnamese data is the one
that comes along. It runs inside the process: no program is started for a cell, the model is loaded once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from normalize.errors import NeedsTool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

Layout = Literal["page", "block", "line", "character"]
"""How much layout a picture has: several columns, one block of lines, one line, one sign."""

LANGUAGE = "vie"


@dataclass(frozen=True, slots=True)
class Pixels:
    """A rectangle in pixels of the picture that was read; right and bottom are outside of it."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    def moved(self, dx: int, dy: int) -> Pixels:
        return Pixels(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def grown(self, by: int) -> Pixels:
        return Pixels(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def union(self, other: Pixels) -> Pixels:
        return Pixels(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as the engine read it.

    `confidence` (a share) is the word's own; for a word with digits it is that of its weakest sign, because a mean
    hides one wrong digit among good ones.
    """

    text: str
    box: Pixels
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of words, left to right; `block` counts the blocks of text that the engine found, from 0."""

    words: tuple[ReadWord, ...]
    box: Pixels
    block: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Engine(Protocol):
    """What recognition needs of an engine. `version` names program and data: it is part of the cache's key."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def read(self, picture: Gray, layout: Layout, *, dpi: int, only: str = "") -> tuple[ReadLine, ...]:
        """The lines of a gray picture (dark on white), top to bottom; `only` limits the signs that may come out."""
        ...

    def upright(self, picture: Gray, *, dpi: int) -> int | None:
        """By how many degrees clockwise (0, 90, 180, 270) the picture must be turned to be upright; None: no idea."""
        ...


def tessdata_folders() -> Iterator[Path]:
    """The folders where Tesseract's data may lie on this machine, the most explicit first."""
    named = os.environ.get("TESSDATA_PREFIX")
    if named:
        yield Path(named)
        yield Path(named) / "tessdata"
    yield Path(sys.prefix) / "share" / "tessdata"
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
            base = os.environ.get(variable)
            if base:
                yield Path(base) / "Tesseract-OCR" / "tessdata"
                yield Path(base) / "Programs" / "Tesseract-OCR" / "tessdata"
        return
    for share in (Path("/usr/share"), Path("/usr/local/share"), Path("/opt/homebrew/share"), Path("/opt/local/share")):
        yield from sorted(share.glob("tesseract-ocr/*/tessdata"), reverse=True)
        yield share / "tesseract-ocr" / "tessdata"
        yield share / "tessdata"


def find_tessdata(language: str = LANGUAGE) -> Path:
    """The first folder that holds the language; NeedsTool("needs-tesseract-vie") where none does."""
    for folder in tessdata_folders():
        if (folder / f"{language}.traineddata").is_file():
            return folder
    raise NeedsTool("needs-tesseract-vie", f"{language}.traineddata")


class Tesseract:
    """Tesseract 5 through tesserocr; one model per process, loaded on the first picture."""

    name = "tesseract"

    def __init__(self) -> None:
        # Tesseract's own threads cost more than they win on pictures as small as a cell.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            import tesserocr
        except ImportError as error:
            raise NeedsTool("needs-tesserocr", "tesserocr") from error
        self._lib: Any = tesserocr
        # Pictures of a cell too small for its image library are reported on stderr and read as empty.
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
        self._folder = find_tessdata()
        self._api: Any = tesserocr.PyTessBaseAPI(
            path=str(self._folder),
            lang=LANGUAGE,
            oem=tesserocr.OEM.LSTM_ONLY,
            psm=tesserocr.PSM.SINGLE_BLOCK,
            # The pictures come dark on white; looking for the inverse of every doubtful line doubles the time.
            # Type of one width for all letters is not looked for either.
            variables={"tessedit_do_invert": "0", "invert_threshold": "0", "textord_all_prop": "1"},
        )
        self._only = ""
        self._modes: dict[Layout, int] = {
            "page": tesserocr.PSM.AUTO,
            "block": tesserocr.PSM.SINGLE_BLOCK,
            "line": tesserocr.PSM.SINGLE_LINE,
            "character": tesserocr.PSM.SINGLE_CHAR,
        }

    @property
    def version(self) -> str:
        program = str(self._lib.tesseract_version()).split()[1]
        data = (self._folder / f"{LANGUAGE}.traineddata").stat().st_size
        return f"{program}-{LANGUAGE}-{data}"

    def read(self, picture: Gray, layout: Layout, *, dpi: int, only: str = "") -> tuple[ReadLine, ...]:
        api = self._api
        if only != self._only:
            api.SetVariable("tessedit_char_whitelist", only)
            self._only = only
        api.SetPageSegMode(self._modes[layout])
        self._show(picture, dpi)
        api.Recognize()
        return tuple(self._lines(api.GetIterator()))

    def upright(self, picture: Gray, *, dpi: int) -> int | None:
        folder = find_tessdata("osd")
        with self._lib.PyTessBaseAPI(path=str(folder), lang="osd", psm=self._lib.PSM.OSD_ONLY) as api:
            height, width = picture.shape
            api.SetImageBytes(picture.tobytes(), width, height, 1, width)
            api.SetSourceResolution(dpi)
            found = api.DetectOrientationScript()
        if not found or found["orient_conf"] < 1.5:
            return None
        return (360 - int(found["orient_deg"])) % 360

    def _show(self, picture: Gray, dpi: int) -> None:
        height, width = picture.shape
        self._api.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(dpi)

    def _lines(self, found: Any) -> Iterator[ReadLine]:
        if found is None:
            return
        level = self._lib.RIL
        words: list[ReadWord] = []
        line_box, block = Pixels(0, 0, 0, 0), -1
        while True:
            if found.IsAtBeginningOf(level.BLOCK):
                block += 1
            if found.IsAtBeginningOf(level.TEXTLINE):
                line_box = _pixels(found.BoundingBox(level.TEXTLINE))
            last = found.IsAtFinalElement(level.TEXTLINE, level.WORD)
            if not found.Empty(level.WORD):
                word = self._word(found)
                if word.text:
                    words.append(word)
            if last and words:
                yield ReadLine(tuple(words), line_box, max(block, 0))
                words = []
            if not found.Next(level.WORD):
                return

    def _word(self, found: Any) -> ReadWord:
        level = self._lib.RIL
        text = found.GetUTF8Text(level.WORD).strip()
        box = _pixels(found.BoundingBox(level.WORD))
        share = found.Confidence(level.WORD) / 100
        if any(sign.isdigit() for sign in text):
            weakest = share
            while True:
                weakest = min(weakest, found.Confidence(level.SYMBOL) / 100)
                if found.IsAtFinalElement(level.WORD, level.SYMBOL) or not found.Next(level.SYMBOL):
                    break
            share = weakest
        return ReadWord(text, box, max(0.0, min(1.0, share)))


def _pixels(box: tuple[int, int, int, int] | None) -> Pixels:
    return Pixels(*box) if box else Pixels(0, 0, 0, 0)


_ENGINES: dict[str, Callable[[], Engine]] = {"tesseract": Tesseract}


def register(name: str, make: Callable[[], Engine]) -> None:
    """Makes another engine known under a name; `make` is called once a process, on first use."""
    _ENGINES[name] = make
    engine.cache_clear()


@cache
def engine(name: str = "tesseract") -> Engine:
    """The engine of that name, one object a process. NeedsTool where the engine or its data are not installed."""
    make = _ENGINES.get(name)
    if make is None:
        raise NeedsTool("needs-engine", name)
    return make()
