"""Tidy files for people who do not use Python: CSV, one row an observation, with a data package that describes them.

UTF-8 without a mark, commas, points in decimals, empty where absent (never zero): what statistical programs read.
`datapackage.json` is a Frictionless data package (specs.frictionlessdata.io) with the type and meaning of every column.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from compare.archive import (
    agency_rows,
    comparison_rows,
    loss_rows,
    promise_rows,
    recurring_rows,
    result_rows,
    total_rows,
)
from compare.audited import Audited
from compare.dictionary import FRICTIONLESS, columns, table_meaning
from compare.history import Scope
from compare.side_by_side import side_by_side
from compare.years import known_years
from load.export import FORMULA_STARTS
from load.records import Language
from load.store import Store
from load.whole_file import whole_file
from normalize.errors import UsageError
from normalize.records import Level


def write_tidy(
    store: Store, folder: Path, province: str | None = None, level: Level | None = None, lang: Language = "vi"
) -> tuple[str, ...]:
    """Write all tables of a province or level into a folder, made where it is absent. Returns the names of the files.

    Raises UsageError "export-target" where the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("export-target", f"{folder}: {error.strerror}") from error
    told = Audited(store, Scope(province=province, level=level))
    tables: dict[str, Iterable[Mapping[str, Any]]] = {
        "comparison": _comparisons(store, province, level),
        "losses": loss_rows(told.losses),
        "recurring": recurring_rows(told.recurring),
        "promises": promise_rows(told.promises),
        "agencies": agency_rows(told.agencies),
        "results": _within(result_rows(store), province, level),
        "totals": _within(total_rows(store), province, level),
    }
    resources = [_write(table, rows, folder, lang) for table, rows in tables.items()]
    package = {
        "profile": "tabular-data-package",
        "name": "cchc",
        "title": "Cải cách hành chính: điểm, điểm trừ, lý do" if lang == "vi" else "Administrative reform scores",
        "resources": resources,
    }
    with whole_file(folder / "datapackage.json") as part:
        part.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    return (*(str(resource["path"]) for resource in resources), "datapackage.json")


def _comparisons(store: Store, province: str | None, level: Level | None) -> Iterator[Mapping[str, Any]]:
    for year in known_years(store, province, level):
        yield from comparison_rows(side_by_side(store, year, province, level))


def _within(
    rows: Iterable[Mapping[str, Any]], province: str | None, level: Level | None
) -> Iterator[Mapping[str, Any]]:
    return (row for row in rows if province in (None, row["province"]) and level in (None, row["level"]))


def _write(table: str, rows: Iterable[Mapping[str, Any]], folder: Path, lang: Language) -> dict[str, Any]:
    """One file; its entry in the package."""
    path, names = folder / f"{table}.csv", [column.name for column in columns(table)]
    count = 0
    with whole_file(path) as part:
        with part.open("w", encoding="utf8", newline="") as lines:
            write = csv.writer(lines, lineterminator="\n").writerow
            write(names)
            for row in rows:
                write([_cell(row.get(name)) for name in names])
                count += 1
        content = part.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": path.name,
        "title": table_meaning(table, lang),
        "encoding": "utf-8",
        "format": "csv",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": count,
        "schema": {
            "fields": [
                {"name": one.name, "type": FRICTIONLESS.get(one.type, "string"), "description": one.meaning(lang)}
                for one in columns(table)
            ],
            "missingValues": [""],
        },
    }


def _cell(value: Any) -> str:
    """A value as text; decimals in full, with a sign where they are differences; no text that a program would run.

    >>> _cell(Decimal("-0.50")), _cell(None), _cell(True), _cell("=1+1"), _cell(Decimal("1E+1"))
    ('-0.5', '', 'true', "'=1+1", '10')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    return str(value)
