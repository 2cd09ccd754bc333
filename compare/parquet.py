"""Tidy tables as Parquet files (extra `data`): the columns, types and meanings of the data dictionary.

Decimals are exact (38 digits, 18 of them behind the point), absent is null, and a text stays as it is: nothing runs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from compare.dictionary import columns
from load.records import Language
from normalize.errors import NeedsTool

# Rows that are kept until they are written together.
GROUP = 20_000
_DIGITS, _PLACES = 38, 18


def missing() -> str | None:
    """What Parquet files lack on this machine; None where they can be written."""
    return None if find_spec("pyarrow") else "pyarrow (cchc[data])"


class ParquetFile:
    """A file that takes rows one after another; close it, or use it in a `with` statement."""

    def __init__(self, path: Path, table: str, lang: Language) -> None:
        """Raises NeedsTool where pyarrow is not installed."""
        if (lacking := missing()) is not None:
            raise NeedsTool("needs-tool", lacking)
        import pyarrow
        import pyarrow.parquet

        self._arrow, self._rows = pyarrow, list[Mapping[str, Any]]()
        kinds = {
            "integer": pyarrow.int64(), "year": pyarrow.int64(), "boolean": pyarrow.bool_(),
            "decimal": pyarrow.decimal128(_DIGITS, _PLACES), "share": pyarrow.float64(),
        }  # fmt: skip
        self._fields = [
            (one.name, one.type, kinds.get(one.type, pyarrow.string()), one.meaning(lang)) for one in columns(table)
        ]
        schema = pyarrow.schema(
            [pyarrow.field(name, kind, metadata={"description": told}) for name, _, kind, told in self._fields]
        )
        self._writer = pyarrow.parquet.ParquetWriter(path, schema)

    def add(self, row: Mapping[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        arrays = []
        for name, type_, kind, _ in self._fields:
            values = [row.get(name) for row in self._rows]
            if type_ == "share":
                values = [None if value is None else float(value) for value in values]
            arrays.append(self._arrow.array(values, kind))
        self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._writer.schema))
        self._rows = []
