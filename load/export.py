"""The archive as files: JSON lines by the schema, CSV, Excel. A file appears when it is whole, never half written."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from load.columns import plain_decimal
from load.flat import BOTH, TABLES, Cell, Column, both_rows, flat_rows
from load.records import Language, Message, records, worded
from load.store import Store
from load.whole_file import whole_file
from load.workbook import Workbook
from normalize.errors import UsageError

# A cell that begins so is run as a formula by the programs that open a CSV file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def export_jsonl(store: Store, path: Path, lang: Language = "vi", words: Message = worded) -> int:
    """One record a line; the same store gives the same bytes. Returns the number of documents written."""
    count = 0
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="\n") as lines:
        for record in records(store, lang, words):
            lines.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return count


def export_csv(store: Store, path: Path, lang: Language = "vi", words: Message = worded) -> int:
    """Into a folder the tables, a file each; into a file the results, each followed by its deductions.

    UTF-8 with the mark that Excel needs, commas between cells, points in decimals. A path without an ending is a
    folder, made where it is absent. Returns the number of documents written.
    """
    if path.is_dir() or not path.suffix:
        return _csv_folder(store, path, lang, words)
    count = 0
    with _csv(path) as lines:
        write = csv.writer(lines, lineterminator="\r\n").writerow
        write([column.title(lang) for column in BOTH])
        for record in records(store, lang, words):
            for row in both_rows(record):
                write([csv_cell(row.get(column.key)) for column in BOTH])
            count += 1
    return count


def _csv_folder(store: Store, folder: Path, lang: Language, words: Message) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("export-target", f"{folder}: {error.strerror}") from error
    count = 0
    with ExitStack() as stack:
        writers = {}
        for table, columns in TABLES.items():
            lines = stack.enter_context(_csv(folder / f"{table}.csv"))
            writers[table] = csv.writer(lines, lineterminator="\r\n")
            writers[table].writerow([column.title(lang) for column in columns])
        for record in records(store, lang, words):
            for table, rows in flat_rows(record).items():
                writers[table].writerows(_csv_row(row, TABLES[table]) for row in rows)
            count += 1
    return count


def _csv_row(row: dict[str, Cell], columns: tuple[Column, ...]) -> list[str]:
    return [csv_cell(row.get(column.key)) for column in columns]


def csv_cell(value: Cell) -> str:
    """A cell as text; a text that would be run as a formula gets an apostrophe before it.

    >>> from decimal import Decimal
    >>> csv_cell("=HYPERLINK(A1)"), csv_cell("- Chưa đạt"), csv_cell("0,5 điểm")
    ("'=HYPERLINK(A1)", "'- Chưa đạt", '0,5 điểm')
    >>> csv_cell(Decimal("0.50")), csv_cell(None), csv_cell(True), csv_cell(2019)
    ('0.5', '', 'true', '2019')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    return str(value) if isinstance(value, int | float) else plain_decimal(value)


def export_xlsx(store: Store, path: Path, lang: Language = "vi", words: Message = worded) -> int:
    """A workbook, a sheet for each table. Scores are numbers, all text is text: nothing becomes a formula.

    Returns the number of documents written.
    """
    count = 0
    with whole_file(path) as part, Workbook(part, TABLES, lang) as book:
        for record in records(store, lang, words):
            for table, rows in flat_rows(record).items():
                for row in rows:
                    book.write(table, row)
            count += 1
    return count


@contextmanager
def _csv(path: Path) -> Iterator[IO[str]]:
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as lines:
        yield lines
