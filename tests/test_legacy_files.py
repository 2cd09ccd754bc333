"""Real files of 2003 to 2008 in the old encodings, read whole and compared with their text letter by letter."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest
import regex

from extract.document import Block, Document, Paragraph
from extract.readers import read_document
from normalize.encodings import repair_text
from normalize.text import nfc, plain

FOLDER = Path(__file__).parents[2] / "shared" / "reference" / "legacy-encodings"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="../shared is absent")
WORD = regex.compile(r"\p{L}+")
FILES = {
    "2003-A28.rtf": "tcvn3",
    "2004-13-t-Phuluc3.doc": "tcvn3",
    "2005-QD-256.doc": "tcvn3",
    "2006-Bang-bieu.xls": "tcvn3",
    "2006-Mau22_CKTC_NSH.xls": "vni",
    "2007-1AF57_02-2007.pdf": "tcvn3",
    "2008-23.QD-991-UBND.doc": "vni",
}


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


def text_of(document: Document) -> str:
    return "\n".join(text for page in document.pages for text in (*texts(page.blocks), *texts(page.running)))


def share_of_marked_letters(read: str, meant: str) -> tuple[float, list[str]]:
    """The share of the letters with marks of `meant` that stand in `read` as they should, in any case, and the misses.

    Words are aligned without their marks, so a word that was not understood counts with all its letters. Words that one
    of the two has and the other lacks (blank forms, hidden cells) are no matter of encoding and do not count.
    """
    right = total = 0
    misses: list[str] = []
    ours, theirs = (WORD.findall(nfc(text).lower()) for text in (read, meant))
    aligned = SequenceMatcher(None, [plain(word) for word in theirs], [plain(word) for word in ours], autojunk=False)
    for kind, start, end, first, last in aligned.get_opcodes():
        want, got = theirs[start:end], ours[first:last]
        if kind == "equal":
            pairs = [(a, b) for x, y in zip(want, got, strict=True) for a, b in zip(x, y, strict=True)]
        elif kind == "replace":
            pairs = [(a, "") for word in want for a in word]
        else:
            continue
        marked = [a == b for a, b in pairs if not a.isascii()]
        right += sum(marked)
        total += len(marked)
        if not all(marked):
            misses.append(f"{' '.join(want)[:60]} | {' '.join(got)[:60]}")
    return right / total, misses


@pytest.mark.parametrize(("name", "encoding"), FILES.items())
def test_letters_with_marks(name: str, encoding: str) -> None:
    file = FOLDER / "documents" / name
    if file.suffix != ".pdf" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    document = read_document(file)
    assert f"legacy-encoding:{encoding}" in document.warnings
    assert [page.method for page in document.pages] == ["typed"] * len(document.pages)
    share, misses = share_of_marked_letters(text_of(document), file.with_suffix(".txt").read_text(encoding="utf-8"))
    assert share >= 0.995, misses


def test_vectors() -> None:
    vectors = json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))
    assert {v["legacy"]: repair_text(v["legacy"]).text for v in vectors} == {v["legacy"]: v["unicode"] for v in vectors}
    encodings = {v["legacy"]: repair_text(v["legacy"]).encoding for v in vectors}
    assert encodings == {v["legacy"]: v["encoding"].removesuffix("-pdf") for v in vectors}


def test_texts_of_the_files_are_unicode_already() -> None:
    changed = [
        line
        for file in (FOLDER / "documents").glob("*.txt")
        for line in nfc(file.read_text(encoding="utf-8")).splitlines()
        if repair_text(line).changed
    ]
    assert changed == []
