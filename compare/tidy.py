"""Tidy files for people who do not use Python: CSV and Parquet, one row an observation, with a package that says what.

CSV is UTF-8 without a mark, commas, points in decimals, empty where absent (never zero), as statistical programs read.
`datapackage.json` is a Frictionless data package (specs.frictionlessdata.io) with the type and meaning of every column.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

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
from compare.parquet import ParquetFile
from compare.side_by_side import side_by_side
from compare.years import known_years
from load.export import FORMULA_STARTS
from load.records import Language
from load.store import Store
from load.whole_file import whole_file
from normalize.errors import UsageError
from normalize.records import Level

Form = Literal["csv", "parquet"]
_PARQUET = "application/vnd.apache.parquet"


def write_tidy(
    store: Store,
    folder: Path,
    province: str | None = None,
    level: Level | None = None,
    lang: Language = "vi",
    forms: Sequence[Form] = ("csv",),
) -> tuple[str, ...]:
    """Write all tables of a province or level into a folder, made where it is absent. Returns the names of the files.

    Raises UsageError "export-target" where the folder cannot be written, NeedsTool for Parquet without pyarrow.
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
    resources = [one for table, rows in tables.items() for one in _write(table, rows, folder, lang, forms)]
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


def _write(
    table: str, rows: Iterable[Mapping[str, Any]], folder: Path, lang: Language, forms: Sequence[Form]
) -> list[dict[str, Any]]:
    """A file of each form; their entries in the package."""
    names, count = [column.name for column in columns(table)], 0
    with ExitStack() as open_files:
        parts = {form: open_files.enter_context(whole_file(folder / f"{table}.{form}")) for form in forms}
        add: list[Callable[[Mapping[str, Any]], object]] = []
        with ExitStack() as written:
            if "csv" in parts:
                lines = written.enter_context(parts["csv"].open("w", encoding="utf8", newline=""))
                write = csv.writer(lines, lineterminator="\n").writerow
                write(names)
                add.append(lambda row: write([_cell(row.get(name)) for name in names]))
            if "parquet" in parts:
                add.append(written.enter_context(ParquetFile(parts["parquet"], table, lang)).add)
            for row in rows:
                for to in add:
                    to(row)
                count += 1
        contents = {form: part.read_bytes() for form, part in parts.items()}
    return [_entry(table, form, content, count, lang) for form, content in contents.items()]


def _entry(table: str, form: Form, content: bytes, count: int, lang: Language) -> dict[str, Any]:
    """What the package says of a file; of the CSV file under the name of its table."""
    form_of = {"encoding": "utf-8", "format": "csv"} if form == "csv" else {"format": form, "mediatype": _PARQUET}
    return {
        "profile": "tabular-data-resource",
        "name": table if form == "csv" else f"{table}-{form}",
        "path": f"{table}.{form}",
        "title": table_meaning(table, lang),
        **form_of,
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
