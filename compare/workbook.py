"""The answers as an Excel workbook that an auditor can follow: sums, shares and differences are live formulae.

A sheet a question, headings frozen, conditional colours, every row with its document and page. What is absent is an
empty cell, never a zero, and formulae leave it out. A number marked for review has a yellow ground.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import openpyxl
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from compare.answers import Answers
from compare.canonical import canonical_name
from compare.labels import label, labelled
from compare.sheets import Sheet, all_sheets
from compare.table import TOTAL, Block, Line, SideBySide
from load.records import Language
from load.whole_file import whole_file

# Vietnamese writes 1.234,56: the locale in brackets asks for it where the program would show another.
FORMATS = {
    "vi": {
        "points": "[$-42A]#,##0.00##", "share": "[$-42A]0.0%", "whole": "0", "change": "[$-42A]+0.0%;-0.0%;0.0%",
    },
    "en": {"points": "#,##0.00##", "share": "0.0%", "whole": "0", "change": "+0.0%;-0.0%;0.0%"},
}  # fmt: skip
_FONT = "Calibri"
_WIDTHS = {"text": 18, "wide": 52, "points": 11, "share": 10, "whole": 8}
_COLOURS = {"good": "DDF0E0", "fair": "FFF3CD", "bad": "F8D7DA", "doubt": "FFF3CD"}
_HEAD = PatternFill("solid", fgColor="1F4E79")
_FOOT = PatternFill("solid", fgColor="EAF0F7")
_LINE = Border(bottom=Side(style="hair", color="B8C4D0"))
# Letters that a line of A4 holds before it becomes too small to read; wider sheets are printed on A3.
_A4 = 190
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Hidden beside the losses: the leads between bars, so that one name is not found inside another.
_LEADS = "leads-key"


def write_workbook(found: Answers, path: Path, lang: Language = "vi") -> None:
    """Write the workbook. Raises UsageError "export-target" where the file cannot be written."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for table in (found.comparison, found.across):
        for block in table.blocks:
            _comparison(book, found, table, block, lang)
    for sheet in all_sheets(found, lang):
        _flat(book, sheet, lang)
    with whole_file(path) as part:
        book.save(part)


# Comparisons


def _comparison(book: Any, found: Answers, table: SideBySide, block: Block, lang: Language) -> None:
    """Units by domains: scores, their sum, the printed total, its share, rank, differences; mean and best below."""
    across = table.by == "across"
    page = book.create_sheet(_name(book, label("sheet-across" if across else "sheet-comparison", lang), block, lang))
    keys = [column.key for column in block.columns if column.key != TOTAL]
    heads = [label("col-rank", lang), label("col-unit", lang), label("col-province", lang)]
    heads += [_domain_head(block, key, across, lang) for key in keys]
    tail = ("share",) if across else ("sum", "total", "maximum", "share")
    tail = (*tail, "to-mean", "to-best", "previous", "to-previous", "basis", "document", "page")
    heads += [label(f"col-{key}", lang) for key in tail]
    _heads(page, heads, [6, 20, 16, *[13] * len(keys), *[13] * (len(tail) - 2), 38, 8])
    at = {key: len(keys) + 4 + position for position, key in enumerate(tail)}
    counted = [line for line in block.lines if line.counted]
    estimates = [line for line in block.lines if not line.counted]
    first, last = 2, max(len(counted) + 1, 2)
    # Estimates for a part of the year stand below the mean and the best, which leave them out.
    for row, line in [*enumerate(counted, start=first), *enumerate(estimates, start=last + 3)]:
        _comparison_row(page, row, line, keys, at, (first, last, across), lang)
        _link(page.cell(row, at["document"]), found.link(line.sha256, line.page))
    _levels(page, keys, at, (first, last, across), lang)
    for row, coverage in enumerate(found.comparison.coverage, start=last + 4 + len(estimates)):
        if coverage.level == block.level:
            page.cell(row, 2, coverage.sentence(lang)).font = Font(name=_FONT, italic=True)
    page.freeze_panes = page.cell(2, 4)
    whites = {"start_type": "min", "mid_type": "percentile", "mid_value": 50, "end_type": "max"}
    for column in range(4, 4 + len(keys)):
        letter = get_column_letter(column)
        scale = cast(Any, ColorScaleRule)(**whites, start_color="F4A582", mid_color="FFFFFF", end_color="92C5DE")
        page.conditional_formatting.add(f"{letter}{first}:{letter}{last}", scale)


def _comparison_row(
    page: Any, row: int, line: Line, keys: list[str], at: dict[str, int], where: tuple[int, int, bool], lang: Language
) -> None:
    first, last, across = where
    _put(page, row, 1, line.rank, "whole", lang)
    _put(page, row, 2, line.unit.name)
    _put(page, row, 3, line.unit.province)
    for column, key in enumerate(keys, start=4):
        cell = line.cells.get(key)
        value = None if cell is None else cell.share if across else cell.points.score
        put = _put(page, row, column, value, "share" if across else "points", lang)
        if cell is not None and cell.points.review:
            put.fill = PatternFill("solid", fgColor=_COLOURS["doubt"])
    total, letter = line.cells[TOTAL], get_column_letter
    share = letter(at["share"])
    if across:
        _put(page, row, at["share"], total.share, "share", lang)
    else:
        scored = all((cell := line.cells.get(key)) is not None and cell.points.score is not None for key in keys)
        if scored and keys:
            _put(page, row, at["sum"], f"=SUM({letter(4)}{row}:{letter(3 + len(keys))}{row})", "points", lang)
        _put(page, row, at["total"], total.points.score, "points", lang)
        _put(page, row, at["maximum"], total.points.maximum, "points", lang)
        if total.points.score is not None and total.points.maximum:
            formula = f"={letter(at['total'])}{row}/{letter(at['maximum'])}{row}"
            _put(page, row, at["share"], formula, "share", lang)
        else:
            _put(page, row, at["share"], total.share, "share", lang)
    if total.share is not None:
        span = f"{share}${first}:{share}${last}"
        _put(page, row, at["to-mean"], f"={share}{row}-AVERAGE({span})", "change", lang)
        _put(page, row, at["to-best"], f"={share}{row}-MAX({span})", "change", lang)
        if total.previous is not None and total.previous.share is not None:
            _put(page, row, at["previous"], total.share - total.previous.share, "share", lang)
            _put(page, row, at["to-previous"], f"={share}{row}-{letter(at['previous'])}{row}", "change", lang)
    basis = labelled("basis", line.basis, lang)
    notes = [basis, *([labelled("period", line.period, lang)] if line.period != "year" else [])]
    notes += [label("draft", lang)] if line.draft else []
    _put(page, row, at["basis"], ", ".join(notes))
    _put(page, row, at["document"], line.file)
    page.row_dimensions[row].height = _height((line.file, ", ".join(notes)), (38, 13))
    _put(page, row, at["page"], line.page, "whole", lang)


def _levels(page: Any, keys: list[str], at: dict[str, int], where: tuple[int, int, bool], lang: Language) -> None:
    """Mean and best of each column, as formulae that pass over empty cells."""
    first, last, across = where
    kinds = dict.fromkeys(range(4, 4 + len(keys)), "share" if across else "points")
    kinds |= {at["share"]: "share"}
    kinds |= {} if across else {at["total"]: "points"}
    for offset, (key, function) in enumerate((("mean", "AVERAGE"), ("best", "MAX")), start=1):
        row = last + offset
        _put(page, row, 2, label(f"col-{key}", lang)).font = Font(name=_FONT, bold=True)
        for column, kind in kinds.items():
            letter = get_column_letter(column)
            span = f"{letter}{first}:{letter}{last}"
            cell = _put(page, row, column, f'=IF(COUNT({span})=0,"",{function}({span}))', kind, lang)
            cell.font = Font(name=_FONT, bold=True)
        for column in range(1, page.max_column + 1):
            page.cell(row, column).fill = _FOOT


def _domain_head(block: Block, key: str, across: bool, lang: Language) -> str:
    if across:
        return canonical_name(key, lang)
    column = next(column for column in block.columns if column.key == key)
    return f"{key}. {column.name}" if column.name else key


# Flat tables


def _flat(book: Any, sheet: Sheet, lang: Language) -> None:
    page = book.create_sheet(_name(book, sheet.title(lang), None, lang))
    _heads(page, sheet.heads(lang), [_WIDTHS[kind] for _, kind in sheet.columns])
    for number, row in enumerate(sheet.rows, start=2):
        for column, (value, (_, kind)) in enumerate(zip(row.cells, sheet.columns, strict=True), start=1):
            cell = _put(page, number, column, value, kind, lang)
            if row.colour:
                cell.fill = PatternFill("solid", fgColor=_COLOURS[row.colour])
        page.row_dimensions[number].height = _height(row.cells, [_WIDTHS[kind] for _, kind in sheet.columns])
        if row.link and "document" in dict(sheet.columns):
            _link(page.cell(number, sheet.at("document") + 1), row.link)
    page.freeze_panes = "A2"
    if not sheet.rows:
        page.cell(2, 1, label("page-none", lang)).font = Font(name=_FONT, italic=True)
    last = len(sheet.rows) + 1
    if sheet.rows:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    if sheet.key == "losses":
        _losses_foot(page, sheet, last, lang)
    elif sheet.key in ("kinds", "agencies") and sheet.rows:
        _summed(book, page, sheet, last, lang)


def _losses_foot(page: Any, sheet: Sheet, last: int, lang: Language) -> None:
    """The sum of what the filter shows, and the hidden key of the leads."""
    amount, key, leads = sheet.at("amount") + 1, len(sheet.columns) + 1, sheet.at("leads")
    page.cell(1, key, _LEADS)
    page.column_dimensions[get_column_letter(key)].hidden = True
    for number, row in enumerate(sheet.rows, start=2):
        names = row.cells[leads]
        page.cell(number, key, "|" + str(names).replace("; ", "|") + "|" if names else "")
    if sheet.rows:
        letter = get_column_letter(amount)
        _put(page, last + 1, 1, label("col-sum", lang)).font = Font(name=_FONT, bold=True)
        foot = _put(page, last + 1, amount, f"=SUBTOTAL(109,{letter}2:{letter}{last})", "points", lang)
        foot.font = Font(name=_FONT, bold=True)


def _summed(book: Any, page: Any, sheet: Sheet, last: int, lang: Language) -> None:
    """Points, counts and shares as sums over the sheet of losses."""
    losses = next(one for one in book.worksheets if one.cell(1, one.max_column).value == _LEADS)
    heads = [cell.value for cell in losses[1]]
    end = next(row for row in range(losses.max_row, 0, -1) if losses.cell(row, 2).value is not None or row == 1)
    end = max(end, 2)

    def span(column: int) -> str:
        letter = get_column_letter(column)
        return f"'{losses.title}'!${letter}$2:${letter}${end}"

    amount = span(heads.index(label("col-amount", lang)) + 1)
    key = span(heads.index(label("col-kind", lang)) + 1) if sheet.key == "kinds" else span(len(heads))
    points, count = sheet.at("points") + 1, sheet.at("losses") + 1
    for row in range(2, last + 1):
        wanted = f"$A{row}" if sheet.key == "kinds" else f'"*|"&$A{row}&"|*"'
        _put(page, row, points, f"=SUMIF({key},{wanted},{amount})", "points", lang)
        _put(page, row, count, f"=COUNTIF({key},{wanted})", "whole", lang)
        if sheet.key == "kinds":
            letter = get_column_letter(points)
            formula = f"=IF(SUM({letter}$2:{letter}${last})=0,0,{letter}{row}/SUM({letter}$2:{letter}${last}))"
            _put(page, row, sheet.at("part") + 1, formula, "share", lang)
    letter = get_column_letter(points)
    bar = cast(Any, DataBarRule)(start_type="num", start_value=0, end_type="max", color="C0504D")
    page.conditional_formatting.add(f"{letter}2:{letter}{last}", bar)


# Cells


def _heads(page: Any, heads: list[str], widths: list[int]) -> None:
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        cell = page.cell(1, column, _clean(head))
        cell.font, cell.fill = Font(name=_FONT, bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        page.column_dimensions[get_column_letter(column)].width = width
    page.row_dimensions[1].height = max(32.0, _height(heads, [max(width - 3, 4) for width in widths]))
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
    if sum(widths) > _A4:
        page.page_setup.paperSize = page.PAPERSIZE_A3
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _put(page: Any, row: int, column: int, value: Any, kind: str = "text", lang: Language = "vi") -> Any:
    """A cell; a text that begins like a formula stays a text unless it was made here (kind other than text)."""
    cell = page.cell(row, column)
    cell.border = _LINE
    if isinstance(value, str) and kind in ("text", "wide"):
        cell.value = _clean(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        cell.alignment = Alignment(wrap_text=True, vertical="top", indent=1)
    else:
        cell.value = value
        cell.number_format = FORMATS[lang].get(kind, "General")
        cell.alignment = Alignment(vertical="top")
    return cell


def _height(values: Sequence[Any], widths: Sequence[int]) -> float:
    """Room for the longest text, in points: not every program makes it when the file is opened.

    >>> _height(("Tuần Giáo", "x" * 100, None), (18, 52, 8))
    45.0
    """
    texts = [(value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str)]
    lines = [-(-len(text) * 11 // (width * 10)) for text, width in texts]
    return 15.0 * min(max([1, *lines]), 12)


def _link(cell: Any, address: str | None) -> None:
    if address:
        cell.hyperlink = address
        cell.font = Font(name=_FONT, color="0563C1", underline="single")


def _clean(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)[:32_767]


def _name(book: Any, title: str, block: Block | None, lang: Language) -> str:
    """A name for a sheet: at most 31 letters, none of those that Excel forbids, not taken yet."""
    where = "" if block is None else block.province or labelled("levels", block.level, lang)
    name = re.sub(r"[\[\]:*?/\\']", " ", f"{title} {where}".strip())[:31]
    number = 2
    while name in book.sheetnames:
        name, number = f"{name[:28]} {number}", number + 1
    return name
