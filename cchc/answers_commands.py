"""`cchc side-by-side`, `cchc audit`, `cchc answers` and `cchc db views`: the questions that people come with.

Their help and options are keys of answers_wording.toml. What a command needs is imported when it runs.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cchc.answers_view import show_comparison, show_sheet
from cchc.options import DB, LANG, Db, Language, Level, Province, filled, level_value, opened
from cchc.terminal import line
from cchc.wording import Wording

if TYPE_CHECKING:
    from cchc.wording import Lang


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


UnitOf = Annotated[str | None, typer.Option("--unit", "-u", help="option-unit")]
First = Annotated[int | None, typer.Option("--first", help="option-first")]
Units = Annotated[UnitsName, typer.Option(help="option-units")]


def side_by_side(
    year: Annotated[int, typer.Option("--year", "-y", help="option-year")],
    province: Province = None,
    level: Level = None,
    by: Annotated[ByName, typer.Option(help="option-by")] = ByName.DOMAINS,
    units: Units = UnitsName.THEN,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    """Units side by side with differences; the coverage stands under the table."""
    from cchc.asked import no_results, province_meant
    from compare.side_by_side import side_by_side as compared

    with filled(db) as store:
        within = province_meant(store, province)
        found = compared(store, year, within, level_value(level), by=by.value, units=units.value)
        if not found.blocks:
            raise no_results(Wording(lang.value), store, level_value(level), year, province)
    show_comparison(found, lang.value)


def audit(
    unit: UnitOf = None,
    province: Province = None,
    level: Level = None,
    agency: Annotated[str | None, typer.Option(help="option-agency")] = None,
    code: Annotated[str | None, typer.Option(help="option-code")] = None,
    first: First = None,
    last: Annotated[int | None, typer.Option("--last", help="option-last")] = None,
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    """Points lost over the years: with an agency or code the losses themselves, else what recurs, why, and promises."""
    from cchc.asked import no_results, province_meant
    from compare import sheets
    from compare.answers import answers
    from compare.audited import Audited
    from compare.history import Scope
    from compare.labels import label
    from compare.years import known_years

    with filled(db) as store:
        within = province_meant(store, province)
        nothing = no_results(Wording(lang.value), store, level_value(level), province, unit, first, last)
        years = known_years(store, within, level_value(level))
        if not years:
            raise nothing
        start = years[0] if first is None else first
        end = years[-1] if last is None else last
        if agency is not None or code is not None:
            told = Audited(store, Scope(start, end, within, level_value(level), unit), agency, code)
            show_sheet(sheets.losses_sheet(told.losses, lang.value), lang.value)
            return
        found = answers(store, end, within, level_value(level), unit, start)
        if not found.audited.documents:
            raise nothing
        for make in (sheets.recurring_sheet, sheets.kinds_sheet, sheets.promises_sheet, sheets.agencies_sheet):
            show_sheet(make(found, lang.value), lang.value)
        show_sheet(sheets.checks_sheet(found, lang.value), lang.value)
        line("")
        line(label("chart-documents", lang.value, n=len(found.audited.documents)))


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
    db: Db = DB,
    lang: Language = LANG,
) -> None:
    """Write the answers into a folder: workbook, memo, page, charts, tidy files; all forms unless some are named."""
    from cchc.asked import no_results, province_meant
    from compare.answers import answers as all_answers
    from compare.drawing import write_charts
    from compare.memo import write_memo
    from compare.page import write_page
    from compare.tidy import write_tidy
    from compare.workbook import write_workbook

    wanted = set(forms) if forms else _possible(lang.value)
    with filled(db) as store:
        within = province_meant(store, province)
        found = all_answers(store, year, within, level_value(level), unit, first, units.value, folder)
        if not found.comparison.blocks and not found.audited.sums.losses:
            raise no_results(Wording(lang.value), store, level_value(level), year, province, unit)
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
            written += [out / name for name in write_tidy(store, out, within, level_value(level), lang.value, tidy)]
    for path in written:
        line(str(path))


def _possible(lang: Lang) -> set[PaperName]:
    """All forms that can be written on this machine; those that cannot are told, with what they lack."""
    from compare.labels import label
    from compare.parquet import missing as missing_for_parquet
    from compare.pictures import missing as missing_for_pictures

    lacking = {PaperName.PNG: missing_for_pictures(), PaperName.PARQUET: missing_for_parquet()}
    for form, what in lacking.items():
        if what is not None:
            line(label("left-out", lang, form=form.value, what=what), style="yellow")
    return {form for form in PaperName if lacking.get(form) is None}


def views(db: Db = DB) -> None:
    """Make the SQL views, or make them anew."""
    from compare.views import create_views

    with opened(db) as store:
        for name in create_views(store):
            line(name)
