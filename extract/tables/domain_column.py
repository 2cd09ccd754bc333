"""Domains that a column of their own names, merged over their criteria, with the points behind the name."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from extract.tables.bracketed import name_and_points
from extract.tables.code_column import domain_title
from extract.tables.column_roles import Columns
from extract.tables.grid import Row
from normalize.codes import Code, parse_code, split_code
from normalize.records import Result
from normalize.typos import clean_text
from normalize.value import Printed, Refusal, Value


def domains_beside(rows: Sequence[Row], columns: Columns, known: Container[Code]) -> Iterator[Result]:
    """The domains of such a column with their points, "1. Chỉ đạo, điều hành (6 điểm)", where no row of theirs is."""
    if columns.domain is None or columns.domain == columns.code:
        return
    for row in rows:
        name, told = name_and_points(row.printed(columns.domain))
        titled = _numbered(name)
        if not told or titled is None or titled[0].value in known or "deducted" in told:
            continue
        code, title = titled
        yield Result(
            code,
            clean_text(replace(name, text=title), "criterion-name"),
            max_score=told.get("max_score"),
            score=told.get("score"),
            domain=code.value,
            doubts=columns.doubts,
        )


def _numbered(name: Printed) -> tuple[Value[Code], str] | None:
    split = split_code(name.text)
    if split is None:
        return domain_title(name)
    code = parse_code(replace(name, text=split[0]))
    if isinstance(code, Refusal) or len(code.value.parts) > 1:
        return None
    return replace(code, printed=replace(name, text=split[0])), split[1]
