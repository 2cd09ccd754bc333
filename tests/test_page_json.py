"""A page survives JSON whole."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from extract.document import Cell, Page, Paragraph, Run, Table, Word
from extract.page_json import page_from_json, page_to_json
from normalize.place import Box, Place
from normalize.value import Reading

BOX = Box(1.5, 2.0, 30.25, 12.0)
WORD = Word("0,75/1", BOX, 0.93)
CELL = Cell(
    1,
    2,
    "0,75/1\nđiểm",
    2,
    3,
    Place(4, BOX),
    True,
    True,
    (WORD, Word("điểm", BOX)),
    0.93,
    (Reading("0,751", 0.2),),
    (Table(1, 1, (Cell(0, 0, "trong"),)),),
)
PARAGRAPH = Paragraph("Kính gửi:", Place(1, BOX), (Run("Kính gửi:", True, False, "Times"),), (WORD,), "left", 0.5)
PAGE = Page(
    1,
    (PARAGRAPH, Table(3, 5, (CELL, Cell(0, 0, "")), Place(1, BOX), True, True)),
    595.0,
    842.0,
    (Paragraph("2"),),
    (Paragraph("ghi chú"),),
    "ocr",
    "blank",
)


def there_and_back(page: Page) -> Page:
    return page_from_json(json.loads(json.dumps(page_to_json(page))))


def test_a_page_with_everything() -> None:
    assert there_and_back(PAGE) == PAGE


def test_a_page_with_nothing() -> None:
    assert there_and_back(Page(None, ())) == Page(None, ())


texts = st.text(max_size=12)
shares = st.none() | st.floats(0, 1)
boxes = st.builds(Box, *[st.floats(-10, 2000) for _ in range(4)])
places = st.builds(Place, st.none() | st.integers(1, 9), st.none() | boxes)
words = st.builds(Word, texts, boxes, shares)
paragraphs = st.builds(Paragraph, texts, places, st.just(()), st.lists(words, max_size=2).map(tuple))
cells = st.builds(
    Cell, st.integers(0, 9), st.integers(0, 9), texts, st.integers(1, 3), st.integers(1, 3), places, confidence=shares
)
tables = st.builds(Table, st.integers(1, 9), st.integers(1, 9), st.lists(cells, max_size=3).map(tuple), places)


@given(st.lists(paragraphs | tables, max_size=3))
def test_any_blocks(blocks: list[Paragraph | Table]) -> None:
    page = Page(1, tuple(blocks), method="ocr")
    assert there_and_back(page) == page
