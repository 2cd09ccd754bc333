"""A report as Word users make it: borderless two-column letterhead, merged cells, in some automatic numbering."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from zlib import crc32

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from samples.layout import Cell, Grid, Letterhead, PageBreak, Para, Sheet

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_PAGE_CM = (21.0, 29.7)
_MARGIN_CM = 2.0


def render_docx(sheet: Sheet) -> bytes:
    """The sheet as DOCX; the same sheet gives the same bytes."""
    document = Document()
    width = _page(document, sheet)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = sheet.font, Pt(sheet.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), sheet.font)
    numbering = _numbering(document) if any(isinstance(b, Para) and b.level for b in sheet.blocks) else None
    for block in sheet.blocks:
        if isinstance(block, Letterhead):
            _letterhead(document, block, width)
        elif isinstance(block, Para):
            _paragraph(document.add_paragraph(), block, numbering)
        elif isinstance(block, Grid):
            _grid(document, block, width)
        elif isinstance(block, PageBreak):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    return _without_times(document)


def _page(document: Any, sheet: Sheet) -> float:
    section = document.sections[0]
    width, height = _PAGE_CM[::-1] if sheet.landscape else _PAGE_CM
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    if sheet.numbered:
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)
    return width - 2 * _MARGIN_CM


def _paragraph(paragraph: Any, para: Para, numbering: str | None) -> None:
    paragraph.alignment = _ALIGN[para.align]
    paragraph.paragraph_format.space_after = Pt(4)
    text = para.text
    if para.level and numbering is not None:
        _number(paragraph, numbering, para.level)
    else:
        if para.label:
            text = f"{para.label} {text}"
        if para.indent:
            paragraph.paragraph_format.first_line_indent = Cm(1.0)
    _runs(paragraph, text, bold=para.bold, italic=para.italic)


def _runs(paragraph: Any, text: str, *, bold: bool, italic: bool) -> None:
    for number, piece in enumerate(text.split("**")):
        if piece:
            run = paragraph.add_run(piece)
            run.bold, run.italic = bold or number % 2 == 1 or None, italic or None


def _letterhead(document: Any, head: Letterhead, width: float) -> None:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, column, share in zip(table.rows[0].cells, (head.left, head.right), (0.42, 0.58), strict=True):
        cell.width = Cm(width * share)
        for number, para in enumerate(column):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            _paragraph(paragraph, para, None)


def _grid(document: Any, grid: Grid, width: float) -> None:
    table = document.add_table(rows=0, cols=len(grid.widths), style="Table Grid")
    table.autofit = False
    unit = width / sum(grid.widths)
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = Cm(unit * share)
    body = table._tbl
    covered: dict[int, dict[int, Cell]] = {}
    starts: dict[int, dict[int, Cell]] = {}
    for r, c, cell in grid.placed():
        starts.setdefault(r, {})[c] = cell
        for below in range(r + 1, r + cell.rows):
            covered.setdefault(below, {})[c] = cell
    for r in range(len(grid.rows)):
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        if not grid.cut:
            properties.append(OxmlElement("w:cantSplit"))
        if grid.repeat and r < grid.head:
            properties.append(OxmlElement("w:tblHeader"))
        if len(properties):
            row.append(properties)
        c = 0
        while c < len(grid.widths):
            start, above = starts.get(r, {}).get(c), covered.get(r, {}).get(c)
            cell = start or above or Cell()
            row.append(_cell(cell, grid, unit, c, goes_on=start is None and above is not None))
            c += cell.columns
        body.append(row)


def _cell(cell: Cell, grid: Grid, unit: float, column: int, *, goes_on: bool) -> Any:
    element = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    width = OxmlElement("w:tcW")
    width.set(qn("w:w"), str(round(sum(grid.widths[column : column + cell.columns]) * unit / 2.54 * 1440)))
    width.set(qn("w:type"), "dxa")
    properties.append(width)
    if cell.columns > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(cell.columns))
        properties.append(span)
    if cell.rows > 1:
        merge = OxmlElement("w:vMerge")
        if not goes_on:
            merge.set(qn("w:val"), "restart")
        properties.append(merge)
    element.append(properties)
    # A line end inside a cell is a new paragraph for some typists and a break in the paragraph for others.
    lines = [""] if goes_on else cell.text.split("\n")
    if crc32(cell.text.encode()) % 3 == 0:
        lines = ["\n".join(lines)]
    for line in lines:
        element.append(_cell_line(line, cell, grid.size))
    return element


def _cell_line(text: str, cell: Cell, size: float) -> Any:
    marks = ("<w:b/>" if cell.bold else "") + ("<w:i/>" if cell.italic else "") + f'<w:sz w:val="{round(size * 2)}"/>'
    aligned = {"justify": "both"}.get(cell.align, cell.align)
    runs = "".join(
        f"<w:r><w:rPr>{marks}</w:rPr>"
        + "<w:br/>".join('<w:t xml:space="preserve"/>' for _ in part.split("\n"))
        + "</w:r>"
        for part in _edited(text)
    )
    paragraph: Any = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:after="0"/><w:jc w:val="{aligned}"/></w:pPr>{runs}</w:p>'
    )
    pieces = [piece for part in _edited(text) for piece in part.split("\n")]
    for element, piece in zip(paragraph.xpath(".//w:t"), pieces, strict=True):
        element.text = piece
    return paragraph


def _edited(text: str) -> list[str]:
    """The text in the runs that Word leaves behind when it was edited: numbers and words cut anywhere."""
    check = crc32(text.encode())
    if len(text) < 2 or check % 5:
        return [text] if text else []
    at = 1 + check % (len(text) - 1)
    return [text[:at], text[at:]]


def _numbering(document: Any) -> str:
    """Adds one multilevel list ("1.", "1.1.") and returns its number id."""
    part = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="'
        + ".".join(f"%{n}" for n in range(1, depth + 2))
        + '."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
        for depth in range(3)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}'
        "</w:abstractNum>"
    )
    part.insert(0, abstract)
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def _number(paragraph: Any, numbering: str, level: int) -> None:
    number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_ilvl().val = level - 1
    number.get_or_add_numId().val = int(numbering)


def _without_times(document: Any) -> bytes:
    """The package with fixed times: otherwise two runs of one seed would differ."""
    document.core_properties.created = document.core_properties.modified = datetime(2020, 1, 1)
    document.core_properties.author = ""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(info.filename))
    return fixed.getvalue()
