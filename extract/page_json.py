"""A page of a document as JSON and back, exactly: what was recognised once is kept and need not be recognised again.

Defaults are left out and boxes are lists of four numbers, because a page has a thousand words.
"""

from __future__ import annotations

from typing import Any, cast

from extract.document import Block, Cell, Method, Page, Paragraph, Run, Table, Word
from normalize.place import Box, Place
from normalize.value import Reading

Json = dict[str, Any]


def page_to_json(page: Page) -> Json:
    return _slim(
        number=page.number,
        width=page.width,
        height=page.height,
        method=page.method,
        why=page.why,
        name=page.name,
        blocks=[_block(block) for block in page.blocks],
        running=[_paragraph(paragraph) for paragraph in page.running],
        notes=[_paragraph(paragraph) for paragraph in page.notes],
    )


def page_from_json(data: Json) -> Page:
    """The page; KeyError, TypeError or ValueError where the data are not a page's."""
    return Page(
        data.get("number"),
        tuple(_to_block(block) for block in data.get("blocks", ())),
        data.get("width"),
        data.get("height"),
        tuple(_to_paragraph(paragraph) for paragraph in data.get("running", ())),
        tuple(_to_paragraph(paragraph) for paragraph in data.get("notes", ())),
        cast("Method", data["method"]),
        data.get("why"),
        data.get("name"),
    )


def _slim(**values: Any) -> Json:
    """The values that say something: None, False and empty are what a missing key means."""
    return {key: value for key, value in values.items() if value is not None and value is not False and value != []}


def _block(block: Block) -> Json:
    return {"table": _table(block)} if isinstance(block, Table) else {"paragraph": _paragraph(block)}


def _to_block(data: Json) -> Block:
    return _to_table(data["table"]) if "table" in data else _to_paragraph(data["paragraph"])


def _paragraph(paragraph: Paragraph) -> Json:
    return _slim(
        text=paragraph.text,
        place=_place(paragraph.place),
        runs=[_slim(text=run.text, bold=run.bold, italic=run.italic, font=run.font) for run in paragraph.runs],
        words=[_word(word) for word in paragraph.words],
        align=paragraph.align,
        confidence=paragraph.confidence,
    )


def _to_paragraph(data: Json) -> Paragraph:
    runs = tuple(
        Run(run["text"], run.get("bold", False), run.get("italic", False), run.get("font"))
        for run in data.get("runs", ())
    )
    return Paragraph(
        data["text"],
        _to_place(data.get("place")),
        runs,
        _to_words(data),
        data.get("align"),
        data.get("confidence"),
    )


def _table(table: Table) -> Json:
    return _slim(
        rows=table.rows,
        columns=table.columns,
        place=_place(table.place),
        starts_page=table.starts_page,
        ends_page=table.ends_page,
        cells=[_cell(cell) for cell in table.cells],
    )


def _to_table(data: Json) -> Table:
    return Table(
        data["rows"],
        data["columns"],
        tuple(_to_cell(cell) for cell in data.get("cells", ())),
        _to_place(data.get("place")),
        data.get("starts_page", False),
        data.get("ends_page", False),
    )


def _cell(cell: Cell) -> Json:
    return _slim(
        at=[cell.row, cell.column],
        span=None if (cell.row_span, cell.column_span) == (1, 1) else [cell.row_span, cell.column_span],
        text=cell.text,
        place=_place(cell.place),
        bold=cell.bold,
        italic=cell.italic,
        words=[_word(word) for word in cell.words],
        confidence=cell.confidence,
        alternatives=[[reading.text, reading.confidence] for reading in cell.alternatives],
        nested=[_table(table) for table in cell.nested],
    )


def _to_cell(data: Json) -> Cell:
    row, column = data["at"]
    row_span, column_span = data.get("span", (1, 1))
    return Cell(
        row,
        column,
        data["text"],
        row_span,
        column_span,
        _to_place(data.get("place")),
        data.get("bold", False),
        data.get("italic", False),
        _to_words(data),
        data.get("confidence"),
        tuple(Reading(text, confidence) for text, confidence in data.get("alternatives", ())),
        tuple(_to_table(table) for table in data.get("nested", ())),
    )


def _word(word: Word) -> list[Any]:
    box = word.box
    return [word.text, box.x0, box.top, box.x1, box.bottom, word.confidence]


def _to_words(data: Json) -> tuple[Word, ...]:
    return tuple(
        Word(text, Box(x0, top, x1, bottom), confidence)
        for text, x0, top, x1, bottom, confidence in data.get("words", ())
    )


def _place(place: Place) -> list[Any] | None:
    if place.page is None and place.box is None:
        return None
    box = place.box
    return [place.page, *((box.x0, box.top, box.x1, box.bottom) if box else ())]


def _to_place(data: list[Any] | None) -> Place:
    if data is None:
        return Place()
    page, *sides = data
    return Place(page, Box(*sides) if sides else None)
