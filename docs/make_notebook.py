"""`python docs/make_notebook.py`: writes docs/archive.ipynb, whose cells the tests run (tests/test_notebook.py)."""

from __future__ import annotations

import json
from pathlib import Path

CELLS: tuple[tuple[str, str], ...] = (
    (
        "markdown",
        "# An archive of score reports in Python and SQL\n\n"
        "Kho báo cáo chấm điểm cải cách hành chính trong Python và SQL.\n\n"
        "`cchc ingest reports/` made the archive `cchc.db`; set `CCHC_DB` for another. Every column is described in "
        "[DATA.md](DATA.md). Absent is never zero: it is `<NA>`.",
    ),
    (
        "code",
        "import os\n\nimport pandas as pd\n\nfrom cchc import open_archive\n\n"
        'archive = open_archive(os.environ.get("CCHC_DB", "cchc.db"), floats=True)\n'
        'totals = archive.frame("totals")\n'
        'totals.groupby(["province", "level", "year"], dropna=False).size().rename("assessments").reset_index()',
    ),
    (
        "markdown",
        "## Units side by side\n\nThe year with the most units, by domains. `counted` is false for a report of a part "
        "of the year; `review` marks numbers that a person has to look at.",
    ),
    (
        "code",
        'year = int(totals[totals.period == "year"].groupby("year").size().idxmax())\n'
        "comparison = archive.compare(year)\n"
        'comparison.pivot_table(index=["province", "unit"], columns="column", values="share", aggfunc="first")',
    ),
    (
        "code",
        "total = comparison[comparison.column == 'total']\n"
        'coverage = {"units": len(total), "from drafts": int(total.draft.sum())}\n'
        'coverage["to review"] = int(total.review.sum())\n'
        "coverage",
    ),
    (
        "markdown",
        "## Points lost\n\nEach point stands once. The share of reasons that fit no kind is part of the answer.",
    ),
    (
        "code",
        "losses = archive.deductions()\n"
        'by_kind = losses.groupby("kind")["amount"].agg(["sum", "count"]).sort_values("sum", ascending=False)\n'
        'by_kind["share"] = by_kind["sum"] / by_kind["sum"].sum()\nby_kind',
    ),
    ("code", 'archive.recurring().sort_values(["times", "points"], ascending=False).head(10)'),
    ("markdown", "## Promises\n\nWhat remedy plans promised, and what the next period's report shows."),
    ("code", 'promises = archive.promises()\npromises.groupby(["outcome", "why"], dropna=False).size()'),
    (
        "markdown",
        "## SQL\n\n`cchc db views` makes the views `cchc_totals`, `cchc_results`, `cchc_deductions` and "
        "`cchc_responsibilities`; any program that reads SQLite or PostgreSQL can use them. On SQLite their sums are "
        "floating numbers. `speaks = 1` leaves out renditions of a report that is stored in a better one.",
    ),
    (
        "code",
        "from sqlalchemy import text\n\nfrom compare.views import create_views\n\ncreate_views(archive.store)\n"
        'query = """\n'
        "SELECT agency, COUNT(DISTINCT unit) AS units, COUNT(*) AS criteria, ROUND(SUM(lost), 2) AS lost\n"
        "FROM cchc_responsibilities\nWHERE role IN ('lead', 'performer') AND lost > 0\n"
        'GROUP BY agency ORDER BY lost DESC LIMIT 10\n"""\n'
        "with archive.store.reading() as connection:\n"
        "    answer = pd.read_sql_query(text(query), connection)\nanswer",
    ),
    (
        "code",
        'query = """\n'
        "SELECT unit, year, code, amount, reason, file, page\nFROM cchc_deductions\n"
        "WHERE speaks = 1 AND reason LIKE '%chậm%' ORDER BY amount DESC LIMIT 10\n"
        '"""\nwith archive.store.reading() as connection:\n'
        "    late = pd.read_sql_query(text(query), connection)\nlate",
    ),
    ("code", "archive.close()"),
)


def notebook() -> str:
    """The notebook as its file holds it, without outputs."""
    cells = []
    for number, (kind, source) in enumerate(CELLS):
        cell: dict[str, object] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {},
                                   "source": source.splitlines(keepends=True)}  # fmt: skip
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        cells.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("archive.ipynb").write_text(notebook(), encoding="utf8")
