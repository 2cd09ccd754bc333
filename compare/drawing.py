"""The charts of an answer: heat map of units by domains, slope of ranks over years, bars of points lost by kind."""

from __future__ import annotations

from pathlib import Path

from compare.answers import Answers
from compare.canonical import canonical_name
from compare.charts import Chart, HeatCell, heat_map, loss_bars, rank_slope
from compare.kinds import NO_REASON, UNCLASSIFIED, kind_name
from compare.labels import NONE, label, labelled, number, percent
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
    return made


def heat(found: Answers, block: Block, lang: Language) -> Chart:
    keys = [column.key for column in block.columns]
    names = [label("chart-total", lang) if key == TOTAL else canonical_name(key, lang) for key in keys]
    rows = [(_name(line, block), [_heat_cell(line, key, name, lang) for key, name in zip(keys, names, strict=True)])
            for line in block.lines[:MOST_ROWS]]  # fmt: skip
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


def write_charts(found: Answers, folder: Path, lang: Language = "vi") -> tuple[Path, ...]:
    """An SVG file for each chart. Raises UsageError "export-target" where the folder cannot be written."""
    paths = []
    for name, chart in charts(found, lang).items():
        path = folder / f"{name}.svg"
        with whole_file(path) as part:
            part.write_text(chart.svg, encoding="utf8")
        paths.append(path)
    return tuple(paths)


def _name(line: Line, block: Block) -> str:
    name = line.unit.name or NONE
    return f"{name} ({line.unit.province})" if block.province is None and line.unit.province else name
