"""The charts of an answer: heat map of units by domains, slope of ranks over years, bars of points lost by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from compare.answers import Answers
from compare.canonical import canonical_name
from compare.charts import Chart, HeatCell, heat_map, loss_bars, rank_slope
from compare.kinds import NO_REASON, UNCLASSIFIED, kind_name
from compare.labels import NONE, label, labelled, number, percent
from compare.pictures import picture
from compare.table import TOTAL, Block, Line
from load.records import Language
from load.whole_file import whole_file
from normalize.records import Unit

# More lines than these cannot be told apart; the others are in the tables.
MOST_LINES = 24
MOST_ROWS = 60
MOST_SLOPES = 6


def charts(found: Answers, lang: Language = "vi") -> dict[str, Chart]:
    """The charts by name, those for which there is anything to draw."""
    made: dict[str, Chart] = {}
    for position, block in enumerate(found.across.blocks, start=1):
        if len(block.columns) > 1:
            made["heat" if position == 1 else f"heat-{position}"] = heat(found, block, lang)
    for position, block in enumerate(found.comparison.blocks[:MOST_SLOPES], start=1):
        slope = slope_of(found, block, lang)
        if slope is not None:
            made["slope" if position == 1 else f"slope-{position}"] = slope
    if found.kinds:
        title = label("chart-bars", lang, first=found.first, last=found.year)
        bars = [
            (kind_name(one.kind, lang), one.points, f"{number(one.points, lang)} ({percent(one.share, lang)})")
            for one in found.kinds
        ]
        made["bars"] = loss_bars(title, bars, [kind_name(kind, lang) for kind in (NO_REASON, UNCLASSIFIED)])
        made["bars"] = replace(made["bars"], note=label("chart-documents", lang, n=len(found.audited.documents)))
    coverage = "; ".join(one.sentence(lang) for one in found.comparison.coverage)
    return {name: chart if chart.note else replace(chart, note=coverage) for name, chart in made.items()}


def heat(found: Answers, block: Block, lang: Language) -> Chart:
    keys = [column.key for column in block.columns]
    names = [label("chart-total", lang) if key == TOTAL else canonical_name(key, lang) for key in keys]
    heads = list(zip(keys, names, strict=True))
    rows = [
        (_name(line, block, lang), [_heat_cell(line, key, name, lang) for key, name in heads])
        for line in block.lines[:MOST_ROWS]
    ]
    shares = [cell.share for line in block.lines for cell in line.cells.values() if cell.share is not None]
    low, high = percent(min(shares, default=None), lang), percent(max(shares, default=None), lang)
    level = labelled("levels", block.level, lang)
    scale = label("chart-scale", lang, low=low, high=high)
    return heat_map(label("chart-heat", lang, year=found.year, level=level), names, rows, scale)


def _heat_cell(line: Line, key: str, name: str, lang: Language) -> HeatCell:
    cell = line.cells.get(key)
    if cell is None or cell.share is None:
        return HeatCell(None, NONE, f"{line.unit.name}: {name}")
    points = f"{number(cell.points.score, lang)}/{number(cell.points.maximum, lang)}"
    return HeatCell(float(cell.share), percent(cell.share, lang), f"{line.unit.name}, {name}: {points}")


def slope_of(found: Answers, block: Block, lang: Language) -> Chart | None:
    """Ranks by year within a province and level; None where fewer than two years or units have any."""
    ranks: dict[int, dict[Unit, int]] = {}
    for table in (*found.earlier, found.comparison):
        kin = [
            line
            for one in table.blocks
            if (one.province, one.level) == (block.province, block.level)
            for line in one.lines
        ]
        known = {line.unit: line.rank for line in kin if line.rank is not None}
        if known:
            ranks[table.question.year] = known
    years = sorted(ranks)
    if len(years) < 2:
        return None
    now = sorted((line for line in block.lines if line.rank is not None), key=lambda line: line.rank or 0)
    lines = [(line.unit.name or NONE, [ranks[year].get(line.unit) for year in years]) for line in now[:MOST_LINES]]
    where = ", ".join([*([block.province] if block.province else []), labelled("levels", block.level, lang)])
    title = label("chart-slope-of", lang, first=years[0], last=years[-1], where=where)
    return rank_slope(title, years, lines) if len(lines) > 1 else None


def write_charts(
    found: Answers, folder: Path, lang: Language = "vi", forms: Sequence[Literal["svg", "png"]] = ("svg",)
) -> tuple[Path, ...]:
    """A file of each form for each chart.

    Raises UsageError "export-target" where the folder cannot be written, NeedsTool where no picture can be drawn.
    """
    paths = []
    for name, chart in charts(found, lang).items():
        for form in forms:
            path = folder / f"{name}.{form}"
            content = chart.svg.encode() if form == "svg" else picture(chart)
            with whole_file(path) as part:
                part.write_bytes(content)
            paths.append(path)
    return tuple(paths)


def _name(line: Line, block: Block, lang: Language) -> str:
    name = line.unit.name or NONE
    beside = [line.unit.province] if block.province is None and line.unit.province else []
    beside += [] if line.counted else [labelled("period", line.period, lang)]
    return f"{name} ({', '.join(beside)})" if beside else name
