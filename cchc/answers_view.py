"""Answers on the terminal: every number whole, whatever the width; what finds no room goes below, never away."""

from __future__ import annotations

from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING

from cchc.terminal import clean, console, line, row, table, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from compare.sheets import Kind, Row, Sheet, Value
    from compare.table import Block, Cell, Line, SideBySide
    from load.records import Language

# Rows of a table on the terminal; the files have all.
SHOWN = 40
# Letters that a column of running text needs at least, and a column of names has at most.
_WIDE, _NAMES = 24, 20


def show_comparison(found: SideBySide, lang: Language) -> None:
    """Every block of a comparison, with what it rests on."""
    from compare.labels import label

    for block in found.blocks:
        _block(found, block, lang)
    for coverage in found.coverage:
        line(coverage.sentence(lang))
        if coverage.missing:
            line(f"{label('col-missing', lang)}: {', '.join(unit.name or '' for unit in coverage.missing)}")
    if found.unplaced:
        line(label("page-unplaced", lang, files=", ".join(found.unplaced)))


def _block(found: SideBySide, block: Block, lang: Language) -> None:
    from compare.labels import labelled
    from compare.table import TOTAL

    keys = [column.key for column in block.columns if column.key != TOTAL]
    line("")
    line(", ".join([*([block.province] if block.province else []), labelled("levels", block.level, lang)]), "bold")
    console().print(_totals(found, block, lang))
    while keys:
        fitting = len(keys)
        while fitting > 1 and width(_columns(found, block, keys[:fitting], lang)) > console().width:
            fitting -= 1
        console().print(_columns(found, block, keys[:fitting], lang))
        keys = keys[fitting:]
    named = [f"{column.key} {column.name}" for column in block.columns if column.name]
    if named and found.by != "criteria":
        line("; ".join(named), "dim")


def _totals(found: SideBySide, block: Block, lang: Language) -> Table:
    """Rank, total and differences; shares alone where scorecards differ."""
    from compare.labels import label, number, percent
    from compare.table import TOTAL

    whole = found.by in ("domains", "criteria")
    tail = (*(("total-short",) if whole else ()), "share", "to-mean", "to-best", "to-previous")
    heads = [(label("col-rank", lang), True), (label("col-unit", lang), False)]
    made = table(*heads, *((_stacked(label(f"col-{key}", lang)), True) for key in tail))
    for one in block.lines:
        total = one.cells[TOTAL]
        gaps = [
            percent(gap.share, lang, signed=True) if gap else "–" for gap in (total.mean, total.best, total.previous)
        ]
        cells = [*([number(total.points.score, lang)] if whole else []), percent(total.share, lang), *gaps]
        row(made, str(one.rank or "–"), _unit(one, block, lang), *cells, style="yellow" if one.review else None)
    return made


def _columns(found: SideBySide, block: Block, keys: Sequence[str], lang: Language) -> Table:
    from compare.canonical import canonical_name
    from compare.labels import label, number, percent

    shares = found.by in ("across", "aligned")
    names = [canonical_name(key, lang) if found.by == "across" else key for key in keys]
    made = table((label("col-unit", lang), False), *((_stacked(name), True) for name in names))

    def shown(cell: Cell | None) -> str:
        if shares:
            return percent(cell.share if cell else None, lang)
        return number(cell.points.score if cell else None, lang)

    for one in block.lines:
        cells = [shown(one.cells.get(key)) for key in keys]
        row(made, _unit(one, block, lang), *cells, style="yellow" if one.review else None)
    return made


def _unit(one: Line, block: Block, lang: Language) -> str:
    """The unit, with its province where several stand together, and the part of the year that an estimate is for."""
    from compare.labels import labelled

    beside = [one.unit.province] if block.province is None and one.unit.province else []
    beside += [] if one.counted else [labelled("period", one.period, lang)]
    name = one.unit.name or "–"
    # whole names: words of one are held together, so that a narrow column is not made of syllables
    return (f"{name} ({', '.join(beside)})" if beside else name).replace(" ", "\u00a0")


def _stacked(heading: str, letters: int = 9) -> str:
    """A heading in short lines, for columns of numbers are as narrow as these.

    >>> _stacked("So với trung bình"), _stacked("Tỷ lệ đạt")
    ('So với\\ntrung\\nbình', 'Tỷ lệ đạt')
    """
    return "\n".join(wrap(heading, letters, break_long_words=False))


def show_sheet(sheet: Sheet, lang: Language) -> None:
    """A flat table: as such where it has room, else row by row with the long texts below."""
    from compare.labels import label

    line("")
    line(f"{sheet.title(lang)} ({len(sheet.rows)})", "bold")
    if not sheet.rows:
        line(label("page-none", lang))
        return
    rows = sheet.rows[:SHOWN]
    kinds = [kind for _, kind in sheet.columns]
    right = [kind in ("points", "share", "whole") for kind in kinds]
    made = table(*((_stacked(head) if is_number else head, is_number)
                   for head, is_number in zip(sheet.heads(lang), right, strict=True)))  # fmt: skip
    for one in rows:
        row(made, *(_told(value, kind, lang) for value, kind in zip(one.cells, kinds, strict=True)))
    for number, kind in enumerate(kinds):
        texts = [_told(one.cells[number], kind, lang) for one in rows]
        if kind in ("text", "wide"):
            most = _WIDE if kind == "wide" else _NAMES
            made.columns[number].min_width = min(max(map(len, texts), default=0), most)
    if width(made) <= console().width:
        console().print(made)
    else:
        for one in rows:
            _listed(sheet, one, kinds, lang)
    if len(sheet.rows) > SHOWN:
        line(label("page-more", lang, n=len(sheet.rows) - SHOWN))


def _listed(sheet: Sheet, one: Row, kinds: Sequence[Kind], lang: Language) -> None:
    """A row on lines of its own: names and numbers first, each long text on a line below."""
    from compare.labels import label

    cells = list(zip(sheet.columns, one.cells, kinds, strict=True))
    told = [(label(f"col-{key}", lang), _told(value, kind, lang), kind) for (key, _), value, kind in cells]
    named = [(head, text, kind) for head, text, kind in told if text and kind != "wide"]
    short = [text if kind == "text" else f"{head.lower()} {text}" for head, text, kind in named]
    room = max(console().width, 40)
    for text in wrap(clean(" · ".join(short)), room - 2, subsequent_indent="  ", break_long_words=True):
        line(text)
    for head, text, kind in told:
        if text and kind == "wide":
            for part in wrap(clean(f"{head}: {text}"), room - 4, initial_indent="    ", subsequent_indent="      "):
                line(part, "dim")


def _told(value: Value, kind: Kind, lang: Language) -> str:
    from compare.labels import number, percent

    if value is None:
        return ""
    if isinstance(value, Decimal):
        return percent(value, lang) if kind == "share" else number(value, lang)
    return str(value)
