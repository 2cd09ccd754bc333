"""Excel workbooks: each sheet a page, the ruled part of a sheet a table, what stands above and below it prose."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from openpyxl.workbook.workbook import Workbook

from extract.document import Document, Media, Page, Paragraph
from extract.layout.runs import clean
from extract.office.office_package import check_entities, open_archive
from extract.sheet.sheet_blocks import sheet_blocks
from extract.sheet.xlsx_sheet import Sheet, read_sheet
from extract.source import Source
from normalize.errors import UnreadableFile


def read_xlsx(source: Source) -> Document:
    """The workbook, one page a visible sheet that is not empty, numbered by its position.

    Warnings: "hidden-sheet:<name>", "hidden-cells:<sheet>", "formula-without-value:<sheet>!<cell>" (the cell then
    holds the formula itself). Raises UnreadableFile "broken-xlsx" or "password", UnsafeFile "zip-bomb",
    "external-entities" or "too-many-columns".
    """
    return read_workbook(source, "xlsx")


def read_workbook(source: Source, media: Media) -> Document:
    """`read_xlsx` for a file that was of another medium before its conversion."""
    _check(source)
    values = _load(source, data_only=True)
    formulas = _load(source, data_only=False) if _has_formulas(source) else None
    warnings: list[str] = []
    pages = []
    for number, name in enumerate(values.sheetnames, start=1):
        cells = values[name]
        if not hasattr(cells, "merged_cells"):
            continue  # a sheet that is only a chart
        if cells.sheet_state != "visible":
            warnings.append(f"hidden-sheet:{name}")
            continue
        sheet: Sheet = read_sheet(cells, None if formulas is None else formulas[name], warnings)
        blocks = tuple(sheet_blocks(sheet, number))
        if blocks:
            pages.append(Page(number, blocks, running=_running(cells), name=name))
    return Document(source.file, source.sha256, media, tuple(pages), tuple(warnings))


def _check(source: Source) -> None:
    try:
        with open_archive(source.data, source.file) as archive:
            for member in archive.namelist():
                if member.lower().endswith((".xml", ".rels", ".vml")):
                    check_entities(archive.read(member), f"{source.file}: {member}")
    except UnreadableFile as error:
        if error.reason == "broken-docx":
            raise UnreadableFile("broken-xlsx", error.detail) from error
        raise
    # zipfile says RuntimeError of a part with a password, and a kind of it, NotImplementedError, of a compression that
    # it does not know
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
        raise UnreadableFile("broken-xlsx", f"{source.file}: {error}") from error


def _load(source: Source, data_only: bool) -> Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(source.data), data_only=data_only, keep_links=False)
    except Exception as error:  # openpyxl lets any error of a broken part through
        raise UnreadableFile("broken-xlsx", f"{source.file}: {error}") from error


def _has_formulas(source: Source) -> bool:
    with open_archive(source.data, source.file) as archive:
        sheets = [member for member in archive.namelist() if "worksheets/" in member and member.endswith(".xml")]
        return any(b"<f>" in (data := archive.read(sheet)) or b"<f " in data for sheet in sheets)


def _running(cells: object) -> tuple[Paragraph, ...]:
    texts = []
    for head in ("oddHeader", "oddFooter"):
        for side in ("left", "center", "right"):
            text = getattr(getattr(getattr(cells, head, None), side, None), "text", None)
            # &[Page] and the like are filled in by Excel when it prints
            if text and "&" not in text and clean(text).strip():
                texts.append(clean(text).strip())
    return tuple(Paragraph(text) for text in dict.fromkeys(texts))
