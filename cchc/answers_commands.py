"""`cchc side-by-side`, `cchc audit`, `cchc answers` and `cchc db views`: the questions that people come with.

Their help and options are keys of answers_wording.toml. What a command needs is imported when it runs.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cchc.terminal import console, line, row, table
from normalize.errors import UsageError

if TYPE_CHECKING:
    from compare.sheets import Sheet
    from compare.table import Block, SideBySide
    from load.records import Language
    from normalize.records import Level as LevelValue


class LevelName(StrEnum):
    """The levels of units."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    DEPARTMENT = "department"


class ByName(StrEnum):
    """What units are compared by."""

    DOMAINS = "domains"
    CRITERIA = "criteria"
    ACROSS = "across"
    ALIGNED = "aligned"


class UnitsName(StrEnum):
    """Units as of their time, or as their successors."""

    THEN = "then"
    NOW = "now"


class PaperName(StrEnum):
    """The forms in which answers are written."""

    XLSX = "xlsx"
    DOCX = "docx"
    HTML = "html"
    SVG = "svg"
    PNG = "png"
    CSV = "csv"
    PARQUET = "parquet"


class LanguageName(StrEnum):
    """The languages; the default is put in when the command line is read (cchc.frame)."""

    VI = "vi"
    EN = "en"


Db = Annotated[str, typer.Option("--db", help="option-db", envvar="CCHC_DB", show_envvar=False, show_default=False)]
Lang = Annotated[LanguageName, typer.Option("--lang", help="option-lang", show_default=False)]
Province = Annotated[str | None, typer.Option("--province", "-p", help="option-province")]
Level = Annotated[LevelName | None, typer.Option(help="option-level")]
UnitOf = Annotated[str | None, typer.Option("--unit", "-u", help="option-unit")]
First = Annotated[int | None, typer.Option("--first", help="option-first")]
Units = Annotated[UnitsName, typer.Option(help="option-units")]
_DB, _LANG = "cchc.db", LanguageName.EN
# Rows of a table on the terminal; the files have all.
SHOWN = 40


def compare(
    year: Annotated[int, typer.Option("--year", "-y", help="option-year")],
    province: Province = None,
    level: Level = None,
    by: Annotated[ByName, typer.Option(help="option-by")] = ByName.DOMAINS,
    units: Units = UnitsName.THEN,
    db: Db = _DB,
    lang: Lang = _LANG,
) -> None:
    """Units side by side with differences; the coverage stands under the table."""
    from compare.labels import label
    from compare.side_by_side import side_by_side
    from compare.years import known_years
    from load.store import Store

    with Store.open(db, create=False) as store:
        found = side_by_side(store, year, province, level_value(level), by=by.value, units=units.value)
        if not found.blocks:
            raise UsageError("no-comparison", ", ".join(map(str, known_years(store, province, level_value(level)))))
    for block in found.blocks:
        _block(found, block, lang.value)
    for coverage in found.coverage:
        line(coverage.sentence(lang.value))
        if coverage.missing:
            line(f"{label('col-missing', lang.value)}: {', '.join(unit.name or '' for unit in coverage.missing)}")
    if found.unplaced:
        line(label("page-unplaced", lang.value, files=", ".join(found.unplaced)))


def audit(
    unit: UnitOf = None,
    province: Province = None,
    level: Level = None,
    agency: Annotated[str | None, typer.Option(help="option-agency")] = None,
    code: Annotated[str | None, typer.Option(help="option-code")] = None,
    first: First = None,
    last: Annotated[int | None, typer.Option("--last", help="option-last")] = None,
    db: Db = _DB,
    lang: Lang = _LANG,
) -> None:
    """Points lost over the years: with an agency or code the losses themselves, else what recurs, why, and promises."""
    from compare import sheets
    from compare.answers import answers
    from compare.audited import Audited
    from compare.history import Scope
    from compare.years import known_years
    from load.store import Store

    with Store.open(db, create=False) as store:
        years = known_years(store, province, level_value(level))
        if not years:
            raise UsageError("empty-store", db)
        start = years[0] if first is None else first
        end = years[-1] if last is None else last
        if agency is not None or code is not None:
            told = Audited(store, Scope(start, end, province, level_value(level), unit), agency, code)
            _sheet(sheets.losses_sheet(told.losses, lang.value), lang.value)
            return
        found = answers(store, end, province, level_value(level), unit, start)
        for make in (sheets.recurring_sheet, sheets.kinds_sheet, sheets.promises_sheet, sheets.agencies_sheet):
            _sheet(make(found, lang.value), lang.value)
        _sheet(sheets.checks_sheet(found, lang.value), lang.value)


def answers(
    year: Annotated[int, typer.Option("--year", "-y", help="option-year")],
    out: Annotated[Path, typer.Option("--out", "-o", help="option-out-folder")],
    forms: Annotated[list[PaperName] | None, typer.Option("--format", "-f", help="option-forms")] = None,
    province: Province = None,
    level: Level = None,
    unit: UnitOf = None,
    first: First = None,
    units: Units = UnitsName.THEN,
    folder: Annotated[Path | None, typer.Option("--documents", help="option-documents")] = None,
    db: Db = _DB,
    lang: Lang = _LANG,
) -> None:
    """Write the answers into a folder: workbook, memo, page, charts, tidy files; all forms unless some are named."""
    from compare.answers import answers as all_answers
    from compare.drawing import write_charts
    from compare.memo import write_memo
    from compare.page import write_page
    from compare.tidy import write_tidy
    from compare.workbook import write_workbook
    from load.store import Store

    wanted = set(forms) if forms else _possible(lang.value)
    with Store.open(db, create=False) as store:
        found = all_answers(store, year, province, level_value(level), unit, first, units.value, folder)
        if not found.comparison.blocks and not found.audited.sums.losses:
            raise UsageError("no-comparison", str(year))
        out.mkdir(parents=True, exist_ok=True)
        written: list[Path] = []
        named = out / f"cchc-{year}"
        for form, write in (
            (PaperName.XLSX, write_workbook),
            (PaperName.DOCX, write_memo),
            (PaperName.HTML, write_page),
        ):
            if form in wanted:
                path = named.with_suffix(f".{form.value}")
                write(found, path, lang.value)
                written.append(path)
        drawn: list[Literal["svg", "png"]] = [form for form in ("svg", "png") if PaperName(form) in wanted]
        if drawn:
            written += write_charts(found, out, lang.value, drawn)
        tidy: list[Literal["csv", "parquet"]] = [form for form in ("csv", "parquet") if PaperName(form) in wanted]
        if tidy:
            written += [out / name for name in write_tidy(store, out, province, level_value(level), lang.value, tidy)]
    for path in written:
        line(str(path))


def _possible(lang: Language) -> set[PaperName]:
    """All forms that can be written on this machine; those that cannot are told, with what they lack."""
    from compare.labels import label
    from compare.parquet import missing as missing_for_parquet
    from compare.pictures import missing as missing_for_pictures

    lacking = {PaperName.PNG: missing_for_pictures(), PaperName.PARQUET: missing_for_parquet()}
    for form, what in lacking.items():
        if what is not None:
            line(label("left-out", lang, form=form.value, what=what), style="yellow")
    return {form for form in PaperName if lacking.get(form) is None}


def views(db: Db = _DB) -> None:
    """Make the SQL views, or make them anew."""
    from compare.views import create_views
    from load.store import Store

    with Store.open(db, create=False) as store:
        for name in create_views(store):
            line(name)


def level_value(level: LevelName | None) -> LevelValue | None:
    """The level of an option as the library names it."""
    return None if level is None else level.value


def _block(found: SideBySide, block: Block, lang: Language) -> None:
    from compare.canonical import canonical_name
    from compare.labels import label, labelled, number, percent
    from compare.table import TOTAL

    across = found.by == "across"
    keys = [column.key for column in block.columns]
    heads = [canonical_name(key, lang) if across and key != TOTAL else key for key in keys if key != TOTAL]
    columns = [(label("col-rank", lang), True), (label("col-unit", lang), False), *((head, True) for head in heads)]
    tail = (
        ("share", "to-mean", "to-best", "to-previous")
        if across
        else ("total", "share", "to-mean", "to-best", "to-previous")
    )
    made = table(*columns, *((label(f"col-{key}", lang), True) for key in tail))
    for one in block.lines:
        known = [one.cells.get(key) for key in keys if key != TOTAL]
        cells = [
            percent(cell.share if cell else None, lang) if across else number(cell.points.score if cell else None, lang)
            for cell in known
        ]
        total = one.cells[TOTAL]
        gaps = [
            percent(gap.share, lang, signed=True) if gap else "–" for gap in (total.mean, total.best, total.previous)
        ]
        whole = [] if across else [number(total.points.score, lang)]
        note = "" if one.counted else f" ({labelled('period', one.period, lang)})"
        style = "yellow" if one.review else None
        share = percent(total.share, lang)
        row(made, str(one.rank or "–"), f"{one.unit.name}{note}", *cells, *whole, share, *gaps, style=style)
    line("")
    line(", ".join([*([block.province] if block.province else []), labelled("levels", block.level, lang)]), "bold")
    console().print(made)


def _sheet(sheet: Sheet, lang: Language) -> None:
    from decimal import Decimal

    from compare.labels import label, number, percent

    line("")
    line(f"{sheet.title(lang)} ({len(sheet.rows)})", "bold")
    if not sheet.rows:
        line(label("page-none", lang))
        return
    kinds = [kind for _, kind in sheet.columns]
    made = table(*zip(sheet.heads(lang), (kind in ("points", "share", "whole") for kind in kinds), strict=True))
    for one in sheet.rows[:SHOWN]:
        told = [
            "" if value is None
            else (percent(value, lang) if kind == "share" else number(value, lang)) if isinstance(value, Decimal)
            else str(value)
            for value, kind in zip(one.cells, kinds, strict=True)
        ]  # fmt: skip
        row(made, *told)
    console().print(made)
    if len(sheet.rows) > SHOWN:
        line(label("page-more", lang, n=len(sheet.rows) - SHOWN))
