"""Comparisons as pandas frames, one row a unit and domain (and one for the total), for people who go on from there.

| column | dtype | what |
|---|---|---|
| unit, level, province, district, file, basis, origin | string | `origin` as in compare.domains.Points |
| year, rank | Int64 | |
| period | string | |
| domain | string | the number of the domain, or "total" |
| score, maximum | object | Decimal, in points; None where absent, never zero for it |
| share | Float64 | share of the maximum, 0 to 1 |
| review | boolean | a person must look at it |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from compare.comparison import Comparison, UnitScores
from compare.domains import Points
from normalize.records import Unit

TOTAL = "total"
_DTYPES = {
    **dict.fromkeys(("unit", "level", "province", "district", "file", "basis", "period", "domain", "origin"), "string"),
    **dict.fromkeys(("year", "rank"), "Int64"),
    **dict.fromkeys(("score", "maximum"), "object"),
    "share": "Float64",
    "review": "boolean",
}
_ORDER = ("unit", "level", "province", "district", "year", "period", "basis", "file", "domain")
SCORE_COLUMNS = (*_ORDER, "score", "maximum", "share", "rank", "origin", "review")
LOSS_COLUMNS = (*_ORDER, "score", "origin", "review")


def score_frame(comparison: Comparison) -> pd.DataFrame:
    """Scores by domain, and the total with the rank; units that are missing have one row without numbers."""
    rows = [row for scores in comparison.rows for row in _score_rows(comparison, scores)]
    absent = {"domain": TOTAL, "origin": "not-listed", "review": False}
    return _frame(rows + [{**_place(comparison, unit), **absent} for unit in comparison.missing], SCORE_COLUMNS)


def loss_frame(comparison: Comparison) -> pd.DataFrame:
    """Points lost by domain in the column `score`; the total is what the report prints for the whole."""
    rows: list[dict[str, Any]] = []
    for scores in comparison.rows:
        place = {**_place(comparison, scores.unit), "basis": scores.basis, "file": scores.file}
        for number, points in scores.lost.items():
            rows.append({**place, "domain": str(number), **_points(points)})
        origin = "printed" if scores.lost_total is not None else "not-listed"
        total = {"score": scores.lost_total, "origin": origin, "review": not scores.lost_complete}
        rows.append({**place, "domain": TOTAL, **total})
    return _frame(rows, LOSS_COLUMNS)


def _score_rows(comparison: Comparison, scores: UnitScores) -> Iterator[dict[str, Any]]:
    place = {**_place(comparison, scores.unit), "basis": scores.basis, "file": scores.file}
    for number, points in scores.domains.items():
        yield {**place, "domain": str(number), **_points(points), "share": _share(points.share)}
    yield {**place, "domain": TOTAL, **_points(scores.total), "share": _share(scores.share), "rank": scores.rank}


def _place(comparison: Comparison, unit: Unit) -> dict[str, Any]:
    named = {"unit": unit.name, "level": unit.level, "province": unit.province, "district": unit.district}
    return {**named, "year": comparison.question.year, "period": comparison.question.period}


def _points(points: Points) -> dict[str, Any]:
    return {"score": points.score, "maximum": points.maximum, "origin": points.origin, "review": points.review}


def _share(share: Decimal | None) -> float | None:
    # a share is for reading and drawing; the points beside it are exact
    return None if share is None else float(share)


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    data = {column: pd.Series([row.get(column) for row in rows], dtype=_DTYPES[column]) for column in columns}
    return pd.DataFrame(data, columns=list(columns))
