"""Columns and rows as generated tables share them."""

from __future__ import annotations

from collections.abc import Sequence

from samples.case import Case, agencies_written
from samples.layout import Grid
from samples.tabling import Column, Row, build_grid
from samples.truth import Criterion
from samples.vocabulary import heading

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
WIDTHS = {
    "number": 0.6,
    "area": 1.6,
    "code": 0.95,
    "name": 3.4,
    "code_name": 3.2,
    "ratio": 1.35,
    "max": 1.0,
    "self": 1.0,
    "score": 1.0,
    "round1": 1.0,
    "deducted": 1.0,
    "reason": 2.8,
    "remedy": 2.8,
    "lead": 1.5,
    "support": 1.5,
    "performer": 1.5,
    "deadline": 1.2,
    "evidence": 3.4,
    "note": 1.4,
    "unit": 2.4,
    "district": 1.4,
    "percent": 1.0,
    "rank": 0.8,
}


def column(case: Case, kind: str, wording: str | None = None, over: str = "") -> Column:
    """A column of a kind under one of the wordings of its heading, in capitals for some officers."""
    text = heading(wording or kind, case.rng)
    if case.facts.setdefault("capitals", case.chance(0.12)):
        text = text.upper()
    return Column(kind, case.writer.text(text), WIDTHS.get(kind, 1.0) * case.rng.uniform(0.85, 1.2), over)


def agency_texts(case: Case, result: Criterion, kinds: Sequence[str]) -> dict[str, str]:
    return {kind: agencies_written(case, result, kind) for kind in kinds if kind in ("lead", "support", "performer")}


def grid(case: Case, rows: Sequence[Row], columns: Sequence[Column], merge: Sequence[str] = ()) -> Grid:
    """The table with this officer's habits: heading again on each page or not, rows cut by the page end or not."""
    return build_grid(
        rows,
        columns,
        case.writer,
        merge=merge,
        numbering=case.chance(0.15),
        repeat=case.chance(0.4),
        cut=case.chance(0.75),
        breaks=tuple(sorted(case.rng.sample(range(2, len(rows)), 1))) if len(rows) > 8 and case.chance(0.15) else (),
        size=case.pick(10.0, 11.0, 11.0, 12.0),
    )


def domain_code(case: Case, code: str) -> str:
    """The number of a domain as its row prints it: roman in some reports."""
    if case.facts["roman"] and "." not in code:
        return ROMAN[int(code) - 1]
    return case.writer.code(code)


def with_titles(case: Case, rows: Sequence[Row], titles: Sequence[tuple[str, str]]) -> list[Row]:
    """Puts a row over the whole width before the first result of each domain."""
    names = dict(titles)
    style = case.pick("roman", "roman", "number", "word")
    found: list[Row] = []
    for row in rows:
        code = row.result.code.split(".")[0] if row.result else ""
        if code in names:
            number = {"roman": f"{ROMAN[int(code) - 1]}.", "number": f"{code}.", "word": f"Lĩnh vực {code}:"}[style]
            found.append(Row(title=f"{number} {case.writer.text(names.pop(code))}"))
        found.append(row)
    return found
