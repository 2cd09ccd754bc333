"""The audit memo: a report of two pages in Word, laid out as Decree 30/2020/NĐ-CP (annex I) has administrative papers.

A4, margins 20 mm above and below, 30 mm left, 15 mm right; Times New Roman; national motto, names of the bodies,
number, place and date left open; recipients left and signature right at the end. The figures are filled in; what the
body that issues it makes of them is its own to write.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from compare.answers import Answers
from compare.kinds import kind_name
from compare.labels import NONE, label, number, percent
from compare.table import TOTAL, Line
from load.records import Language
from load.whole_file import whole_file

FONT = "Times New Roman"
# Rows of each table: what fits on two pages. The rest is in the workbook.
ROWS = {"ranks": 8, "kinds": 6, "recurring": 7, "broken": 6, "agencies": 5}
# Letters of a text in a table cell.
LETTERS = 66


def write_memo(found: Answers, path: Path, lang: Language = "vi") -> None:
    """Write the memo. Raises UsageError "export-target" where the file cannot be written."""
    paper = docx.Document()
    _lay_out(paper)
    _heading(paper, found, lang)
    _overall(paper, found, lang)
    _kinds(paper, found, lang)
    _recurring(paper, found, lang)
    _promises(paper, found, lang)
    _responsibility(paper, found, lang)
    _signature(paper, lang)
    with whole_file(path) as part:
        paper.save(str(part))


def _lay_out(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.0
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(head)


def _page_number(paragraph: Any) -> None:
    """The number of the page on top, from the second on."""
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _heading(paper: Any, found: Answers, lang: Language) -> None:
    table = paper.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widths(table, (66, 99))
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], label("memo-parent", lang), 12, centre=True)
    _line(left.add_paragraph(), label("memo-issuer", lang), 12, bold=True, centre=True)
    _line(left.add_paragraph(), "―――――", 10, centre=True)
    _line(right.paragraphs[0], label("memo-motto-1", lang), 12, bold=True, centre=True)
    _line(right.add_paragraph(), label("memo-motto-2", lang), 13, bold=True, centre=True)
    _line(right.add_paragraph(), "――――――――――", 10, centre=True)
    below_left, below_right = table.rows[1].cells
    _line(below_left.paragraphs[0], label("memo-number", lang), 13, centre=True)
    _line(below_right.paragraphs[0], label("memo-date", lang), 13, italic=True, centre=True)
    kind = paper.add_paragraph()
    kind.paragraph_format.space_before = Pt(8)
    _line(kind, label("memo-kind", lang), 14, bold=True, centre=True)
    about = label("memo-about", lang, subject=found.subject(lang), first=found.first, last=found.year)
    _line(paper.add_paragraph(), about, 13, bold=True, centre=True)
    coverage = "; ".join(one.sentence(lang) for one in found.comparison.coverage) or NONE
    documents = len(found.sources)
    _body(paper, label("memo-basis", lang, documents=documents, year=found.year, coverage=coverage))


def _overall(paper: Any, found: Answers, lang: Language) -> None:
    _title(paper, label("memo-1", lang))
    sums = found.audited.sums
    told = {"points": number(sums.points, lang), "losses": sums.losses, "unreasoned": len(found.without_reason)}
    share = percent(found.unclassified, lang)
    _body(paper, label("memo-overall", lang, first=found.first, last=found.year, unclassified=share, **told))
    table = found.across if len(found.comparison.blocks) > 1 else found.comparison
    lines = [line for block in table.blocks for line in block.lines if line.rank is not None]
    lines.sort(key=lambda line: (line.unit.level or "", line.rank or 0))
    own = [line for line in lines if line.unit.name == found.scope.unit]
    for line in own:
        _body(paper, _told(line, found, lines, lang))
    half = ROWS["ranks"] // 2
    shown = lines if len(lines) <= ROWS["ranks"] else [*lines[:half], *lines[-half:]]
    if shown and not own:
        heads = ("col-rank", "col-unit", "col-total", "col-share", "col-to-mean", "col-to-previous")
        _table(
            paper,
            [label(head, lang) for head in heads],
            [_ranked(line, lang) for line in shown],
            (14, 45, 30, 26, 25, 25),
        )


def _told(line: Line, found: Answers, lines: list[Line], lang: Language) -> str:
    total = line.cells[TOTAL]
    kin = sum(other.unit.level == line.unit.level for other in lines)
    gaps = {"mean": total.mean, "best": total.best, "previous": total.previous}
    away = {key: NONE if gap is None else percent(gap.share, lang, signed=True) for key, gap in gaps.items()}
    return label(
        "memo-rank", lang, year=found.year, unit=line.unit.name, score=number(total.points.score, lang),
        maximum=number(total.points.maximum, lang), share=percent(total.share, lang), rank=line.rank, of=kin, **away,
    )  # fmt: skip


def _ranked(line: Line, lang: Language) -> list[str]:
    total = line.cells[TOTAL]
    score = f"{number(total.points.score, lang)}/{number(total.points.maximum, lang)}"
    mean = NONE if total.mean is None else percent(total.mean.share, lang, signed=True)
    previous = NONE if total.previous is None else percent(total.previous.share, lang, signed=True)
    return [str(line.rank), line.unit.name or NONE, score, percent(total.share, lang), mean, previous]


def _kinds(paper: Any, found: Answers, lang: Language) -> None:
    _title(paper, label("memo-2", lang))
    heads = [label(f"col-{key}", lang) for key in ("kind", "losses", "points", "part")]
    rows = [
        [kind_name(one.kind, lang), str(one.losses), number(one.points, lang), percent(one.share, lang)]
        for one in found.kinds[: ROWS["kinds"]]
    ]
    _table(paper, heads, rows, (75, 30, 30, 30), lang)


def _recurring(paper: Any, found: Answers, lang: Language) -> None:
    _title(paper, label("memo-3", lang))
    heads = [label(f"col-{key}", lang) for key in ("unit", "criterion", "years", "points")]
    rows = [
        [one.unit.name or NONE, _short(f"{one.key} {one.name or ''}".strip()),
         ", ".join(str(year) for year, _ in one.years), number(one.points, lang)]
        for one in found.recurring if one.by == "code"
    ]  # fmt: skip
    _table(paper, heads, rows[: ROWS["recurring"]], (35, 70, 40, 20), lang)


def _promises(paper: Any, found: Answers, lang: Language) -> None:
    _title(paper, label("memo-4", lang))
    counts = Counter(one.outcome for one in found.promises)
    told = {key: counts[key] for key in ("kept", "eased", "broken", "unknown")}
    _body(paper, label("memo-promises", lang, all=len(found.promises), **told))
    broken = sorted((one for one in found.promises if one.outcome == "broken"), key=lambda one: -(one.lost_after or 0))
    heads = [label(f"col-{key}", lang) for key in ("unit", "criterion", "remedy", "lost", "lost-after")]
    rows = [
        [f"{one.unit.name} ({one.year})", _short(f"{one.code} {one.name or ''}".strip()), _short(one.remedy),
         number(one.lost, lang), number(one.lost_after, lang)]
        for one in broken[: ROWS["broken"]]
    ]  # fmt: skip
    _table(paper, heads, rows, (34, 52, 47, 16, 16), lang)


def _responsibility(paper: Any, found: Answers, lang: Language) -> None:
    _title(paper, label("memo-5", lang))
    heads = [label(f"col-{key}", lang) for key in ("agency", "losses", "points", "years")]
    rows = [
        [one.agency, str(one.losses), number(one.points, lang), ", ".join(map(str, one.years))]
        for one in found.agencies[: ROWS["agencies"]]
    ]
    _table(paper, heads, rows, (75, 25, 25, 40), lang)
    counts = {
        "reason": found.without_reason,
        "amount": found.without_amount,
        "deadline": found.deadlines,
        "rank": found.ranks,
    }
    _body(paper, label("memo-checks", lang, **{key: len(rows) for key, rows in counts.items()}))
    _body(paper, label("memo-close", lang))


def _signature(paper: Any, lang: Language) -> None:
    table = paper.add_table(rows=1, cols=2)
    _widths(table, (70, 95))
    _unbroken(table.rows[0])
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], label("memo-to", lang), 12, bold=True, italic=True)
    for key in ("memo-to-1", "memo-to-2"):
        _line(left.add_paragraph(), label(key, lang), 11)
    _line(right.paragraphs[0], label("memo-sign", lang), 13, bold=True, centre=True)
    _line(right.add_paragraph(), label("memo-sign-2", lang), 12, italic=True, centre=True)
    for _ in range(3):
        _line(right.add_paragraph(), "", 13)
    _line(right.add_paragraph(), label("memo-name", lang), 13, bold=True, centre=True)


# Pieces


def _line(
    paragraph: Any, text: str, size: int, *, bold: bool = False, italic: bool = False, centre: bool = False
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    paragraph.paragraph_format.space_after = Pt(0)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _title(paper: Any, text: str) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).bold = True


def _body(paper: Any, text: str) -> None:
    paragraph = paper.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)


def _table(paper: Any, heads: list[str], rows: list[list[str]], widths: tuple[int, ...], lang: Language = "vi") -> None:
    if not rows:
        _body(paper, label("page-none", lang))
        return
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _line(cell.paragraphs[0], head, 10, bold=True, centre=True)
    for row in rows:
        added = table.add_row()
        _unbroken(added)
        for cell, text in zip(added.cells, row, strict=True):
            figure = text[:1] in "0123456789+−–" and len(text) < 16
            _line(cell.paragraphs[0], text, 10, centre=figure)
    _widths(table, widths)
    paper.add_paragraph().paragraph_format.line_spacing = Pt(4)


def _unbroken(row: Any) -> None:
    """A row that is not cut by the end of the page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(table: Any, widths: tuple[int, ...]) -> None:
    """Widths in millimetres; every cell has its own, which all word processors obey, and so has every column."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rsplit(" ", 1)[0] + "…"
