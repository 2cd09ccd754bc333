"""The answers as one HTML file: charts inside, no network, no script, fit for print."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from pathlib import Path

from compare.answers import Answers
from compare.drawing import charts
from compare.labels import NONE, label, number, percent
from compare.sheets import Kind, Row, Sheet, Value, all_sheets
from compare.table import TOTAL, Block, Cell, Line
from load.records import Language
from load.whole_file import whole_file

_CENT = Decimal("0.01")
# Rows of a table on the page; the workbook has all.
MOST_ROWS = 60
_STYLE = """
:root { --ink: #1c2833; --soft: #5d6d7e; --line: #d5dce4; --head: #1f4e79; }
* { box-sizing: border-box; }
body { font: 15px/1.5 'Segoe UI', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif; color: var(--ink); margin: 0 auto;
  max-width: 1320px; padding: 24px; background: #fff; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; color: var(--head); }
h2 { font-size: 19px; margin: 36px 0 8px; padding-bottom: 4px; border-bottom: 2px solid var(--head); }
h3 { font-size: 15px; margin: 20px 0 6px; }
p.note, figcaption { color: var(--soft); font-size: 13px; margin: 4px 0 12px; max-width: 900px; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 14px; }
a { color: #0563c1; } figure { margin: 0 0 20px; overflow-x: auto; } svg { max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; width: 100%; }
th { background: var(--head); color: #fff; font-weight: 600; padding: 5px 7px; text-align: left;
  vertical-align: bottom; }
td { padding: 4px 7px; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } td.n, td.unit { white-space: nowrap; }
table.units th.n { max-width: 96px; } table.units { font-size: 12px; }
td.file { min-width: 120px; overflow-wrap: anywhere; }
td small { display: block; color: var(--soft); } td.doubt { font-style: italic; text-decoration: underline dotted; }
tr.mean td { font-weight: 600; background: #eaf0f7; }
tr.good td { background: #eef8f0; } tr.fair td, tr.doubt td { background: #fff9e6; } tr.bad td { background: #fdeff0; }
@media print { body { max-width: none; padding: 0; font-size: 11px; } table { font-size: 9px; } nav { display: none; }
  h2 { break-after: avoid; } tr, figure { break-inside: avoid; } thead { display: table-header-group; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } @page { size: A4 landscape; margin: 12mm; } }
"""


def write_page(found: Answers, path: Path, lang: Language = "vi") -> None:
    """Write the page. Raises UsageError "export-target" where the file cannot be written."""
    with whole_file(path) as part:
        part.write_text(page(found, lang), encoding="utf8")


def page(found: Answers, lang: Language = "vi") -> str:
    """The page as text."""
    title = label("page-title", lang, subject=found.subject(lang), year=found.year)
    sheets = all_sheets(found, lang)
    parts = [f'<h2 id="units">{escape(label("page-units", lang))}</h2>', *_notes(found, lang), *_units(found, lang)]
    drawn = charts(found, lang)
    parts += [_figure(drawn[name].svg, name, found, lang) for name in drawn if name != "bars"]
    parts.append(f'<h2 id="audit">{escape(label("page-audit", lang))}</h2>')
    if "bars" in drawn:
        parts.append(_figure(drawn["bars"].svg, "bars", found, lang))
    parts += [_section(sheet, lang) for sheet in sheets]
    links = [("units", label("page-units", lang)), ("audit", label("page-audit", lang))]
    links += [(sheet.key, sheet.title(lang)) for sheet in sheets]
    contents = "".join(f'<li><a href="#{key}">{escape(text)}</a></li>' for key, text in links)
    made = label("page-made", lang, documents=len(found.sources))
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f'<p class="note">{escape(made)}</p><nav><ul>{contents}</ul></nav>' + "\n".join(parts) + "</body></html>\n"
    )


def _notes(found: Answers, lang: Language) -> list[str]:
    told = [one.sentence(lang) for one in found.comparison.coverage]
    strange = sorted({name for block in found.across.blocks for name in block.strange})
    if strange:
        told.append(label("page-strange", lang, names=", ".join(strange)))
    if found.comparison.unplaced:
        told.append(label("page-unplaced", lang, files=", ".join(found.comparison.unplaced)))
    return [f'<p class="note">{escape(text)}</p>' for text in told]


def _figure(svg: str, name: str, found: Answers, lang: Language) -> str:
    kind = name.split("-")[0]
    told = label(f"chart-{kind}-help", lang) if kind != "bars" else _bars_told(found, lang)
    return f"<figure>{svg}<figcaption>{escape(told)}</figcaption></figure>"


def _bars_told(found: Answers, lang: Language) -> str:
    points = sum((one.points for one in found.kinds), Decimal(0))
    share = percent(found.unclassified, lang)
    return label("chart-bars-help", lang, points=number(points, lang), share=share)


# Units side by side


def _units(found: Answers, lang: Language) -> list[str]:
    return [_block(found, block, lang) for block in found.comparison.blocks]


def _block(found: Answers, block: Block, lang: Language) -> str:
    keys = [column.key for column in block.columns]
    heads = [label("col-rank", lang), label("col-unit", lang)]
    heads += [label("chart-total", lang) if key == TOTAL else _head(block, key) for key in keys]
    heads += [label(f"col-{key}", lang) for key in ("share", "to-mean", "to-previous", "document")]
    row_heads = "".join(
        f"<th{'' if at in (1, len(heads) - 1) else _N}>{escape(head)}</th>" for at, head in enumerate(heads)
    )
    rows = "".join(_unit_row(found, line, keys, lang) for line in block.lines)
    mean = "".join(f"<td{_N}>{escape(_level(block, key, lang))}</td>" for key in keys)
    share = block.means.get(TOTAL)
    foot = f"<tr class='mean'><td></td><td>{escape(label('col-mean', lang))}</td>{mean}"
    foot += f"<td{_N}>{percent(share.share, lang) if share else NONE}</td><td></td><td></td><td></td></tr>"
    name = f"<h3>{escape(block.province)}</h3>" if block.province else ""
    table = f"<thead><tr>{row_heads}</tr></thead><tbody>{rows}{foot}</tbody>"
    return f'{name}<div class="wide"><table class="units">{table}</table></div>'


_N = ' class="n"'


def _head(block: Block, key: str) -> str:
    column = next(column for column in block.columns if column.key == key)
    return f"{key}. {_short(column.name)}" if column.name else key


def _short(name: str) -> str:
    """A name of a domain short enough for a heading."""
    return name if len(name) <= 34 else name[:33].rsplit(" ", 1)[0] + "…"


def _level(block: Block, key: str, lang: Language) -> str:
    level = block.means.get(key)
    return (
        NONE
        if level is None
        else number(level.points.quantize(_CENT), lang)
        if level.points is not None
        else percent(level.share, lang)
    )


def _unit_row(found: Answers, line: Line, keys: list[str], lang: Language) -> str:
    total = line.cells[TOTAL]
    cells = "".join(_points(line.cells.get(key), lang) for key in keys)
    note = "" if line.counted and not line.draft else f"<small>{escape(_note(line, lang))}</small>"
    mean = NONE if total.mean is None else percent(total.mean.share, lang, signed=True)
    previous = NONE if total.previous is None else percent(total.previous.share, lang, signed=True)
    where = line.file if line.page is None else f"{line.file}, {label('page-of', lang, page=line.page)}"
    return (
        f'<tr><td{_N}>{line.rank or NONE}</td><td class="unit">{escape(line.unit.name or NONE)}{note}</td>{cells}'
        f"<td{_N}>{percent(total.share, lang)}</td><td{_N}>{mean}</td><td{_N}>{previous}</td>"
        f'<td class="file">{_linked(where, found.link(line.sha256, line.page))}</td></tr>'
    )


def _note(line: Line, lang: Language) -> str:
    period = [] if line.counted else [label(f"period-{line.period}", lang)]
    return ", ".join([*period, *([label("draft", lang)] if line.draft else [])])


def _points(cell: Cell | None, lang: Language) -> str:
    if cell is None or cell.points.score is None:
        return f"<td{_N}>{NONE}</td>"
    kind = "n doubt" if cell.points.review else "n"
    maximum = "" if cell.points.maximum is None else f"/{number(cell.points.maximum, lang)}"
    return f'<td class="{kind}">{number(cell.points.score, lang)}{maximum}</td>'


# Flat tables


def _section(sheet: Sheet, lang: Language) -> str:
    title = f'<h2 id="{sheet.key}">{escape(sheet.title(lang))}</h2>'
    if not sheet.rows:
        return f'{title}<p class="note">{escape(label("page-none", lang))}</p>'
    kinds = [kind for _, kind in sheet.columns]
    heads = "".join(
        f"<th{_align(kind)}>{escape(head)}</th>" for head, kind in zip(sheet.heads(lang), kinds, strict=True)
    )
    linked = sheet.at("document") if "document" in dict(sheet.columns) else -1
    rows = "".join(_row(row, kinds, linked, lang) for row in sheet.rows[:MOST_ROWS])
    left = len(sheet.rows) - MOST_ROWS
    more = f'<p class="note">{escape(label("page-more", lang, n=left))}</p>' if left > 0 else ""
    return f'{title}<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{more}'


def _row(row: Row, kinds: list[Kind], linked: int, lang: Language) -> str:
    cells = [_shown(value, kind, lang) for value, kind in zip(row.cells, kinds, strict=True)]
    told = [
        f"<td{_align(kind)}>{_linked(text, row.link if at == linked else None)}</td>"
        for at, (text, kind) in enumerate(zip(cells, kinds, strict=True))
    ]
    return f'<tr class="{row.colour}">{"".join(told)}</tr>' if row.colour else f"<tr>{''.join(told)}</tr>"


def _shown(value: Value, kind: Kind, lang: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return percent(value, lang) if kind == "share" else number(value, lang)
    return str(value)


def _align(kind: Kind) -> str:
    return _N if kind in ("points", "share", "whole") else ""


def _linked(text: str, link: str | None) -> str:
    return f'<a href="{escape(link, quote=True)}">{escape(text)}</a>' if link else escape(text)
