"""A row of a score table with the code that was read for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from normalize.codes import Code
from normalize.value import Printed, Value

_ROMAN = regex.compile(r"^\s*(?:phần\s+|mục\s+)?([IVX]{1,5})\s*[.):]?\s*$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A row with its code, if it has one; `rest` is the text beside the code where both stand in one cell."""

    row: Row
    code: Value[Code] | None
    rest: str | None = None
    roman: bool = False


def is_roman(text: str) -> bool:
    """Whether a text is a Roman number alone: "IV.", "Phần II"."""
    return _ROMAN.match(text) is not None


def printed_rest(coded: CodedRow, columns: Columns) -> Printed:
    """The name of a row: beside its code, or in the name column."""
    if coded.rest is not None and coded.rest.strip():
        cell = coded.row.cell(columns.code)
        return replace(cell.printed if cell is not None else Printed(""), text=coded.rest)
    return coded.row.printed(columns.name)
