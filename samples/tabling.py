"""From results to a ruled table: which columns there are, what each cell prints, which cells are merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from samples.habits import Writer
from samples.layout import Align, Cell, Grid
from samples.truth import Criterion


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the kind of thing it holds, its heading and its width (a share).

    `over` is a heading that spans this and its neighbours with the same one, in a heading of two rows.
    """

    kind: str
    heading: str
    width: float = 1.0
    over: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: a result, or a text without one. `texts` overrides what a kind of column prints.

    A `title` spans the whole width; `domain` keys the merging of number and domain cells.
    """

    result: Criterion | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    domain: str | None = None
    bold: bool = False


Filler = Callable[[Criterion, Writer], str]


def _agencies(result: Criterion, writer: Writer, role: str) -> str:
    return "; ".join(one.name for one in result.agencies if one.role == role)


def _reason(result: Criterion, writer: Writer) -> str:
    return writer.text("; ".join(item.reason for item in result.items if item.reason))


FILLERS: Mapping[str, Filler] = {
    "code": lambda r, w: w.code(r.code),
    "name": lambda r, w: w.text(r.name or ""),
    "code_name": lambda r, w: w.code_name(r.code, r.name or ""),
    "max": lambda r, w: "" if r.max_score is None else w.number(r.max_score),
    "self": lambda r, w: "" if r.self_score is None else w.number(r.self_score),
    "score": lambda r, w: "" if r.score is None else w.number(r.score),
    "ratio": lambda r, w: "" if r.score is None or r.max_score is None else w.ratio(r.score, r.max_score),
    "deducted": lambda r, w: "" if r.deducted is None or not r.stated else w.deduction(r.deducted),
    "reason": _reason,
    "remedy": lambda r, w: w.text(r.remedy or ""),
    "lead": lambda r, w: _agencies(r, w, "lead"),
    "support": lambda r, w: _agencies(r, w, "support"),
    "performer": lambda r, w: _agencies(r, w, "performer"),
    "deadline": lambda r, w: w.text(r.deadline or ""),
}
_NUMERIC = {"max", "self", "score", "ratio", "deducted", "percent", "rank", "number", "code"}


def build_grid(
    rows: Sequence[Row],
    columns: Sequence[Column],
    writer: Writer,
    *,
    merge: Sequence[str] = (),
    numbering: bool = False,
    repeat: bool = False,
    cut: bool = True,
    breaks: Sequence[int] = (),
    size: float = 11.0,
) -> Grid:
    """The table of the rows; `merge` names the columns whose cells are merged over rows of one domain.

    `numbering` adds a row (1) (2) ... under the heading. `breaks` count body rows.
    """
    head = _headings(columns, writer)
    if numbering:
        numbers = tuple(Cell(f"({n})", italic=True, align="center") for n in range(1, len(columns) + 1))
        head = (*head, numbers)
    body: list[tuple[Cell, ...]] = []
    for _, group in groupby(rows, key=lambda row: row.domain or id(row)):
        block = list(group)
        for number, row in enumerate(block):
            if row.title is not None:
                body.append((Cell(row.title, columns=len(columns), bold=True),))
                continue
            cells: list[Cell] = []
            for column in columns:
                if column.kind in merge and len(block) > 1:
                    if number:
                        continue
                    cells.append(_cell(row, column, writer, rows=len(block)))
                else:
                    cells.append(_cell(row, column, writer))
            body.append(tuple(cells))
    return Grid(
        widths=tuple(column.width for column in columns),
        rows=(*head, *body),
        head=len(head),
        repeat=repeat,
        cut=cut,
        breaks=tuple(number + len(head) for number in breaks),
        size=size,
    )


def _headings(columns: Sequence[Column], writer: Writer) -> tuple[tuple[Cell, ...], ...]:
    def heading(text: str, *, columns: int = 1, rows: int = 1) -> Cell:
        if writer.habit.line_ends and " " in text:
            cut = text.index(" ", max(len(text) // 2 - 3, 1)) if " " in text[len(text) // 2 - 3 :] else text.index(" ")
            text = text[:cut] + "\n" + text[cut + 1 :]
        return Cell(text, columns=columns, rows=rows, bold=True, align="center")

    if not any(column.over for column in columns):
        return (tuple(heading(column.heading) for column in columns),)
    upper: list[Cell] = []
    lower: list[Cell] = []
    for over, group in groupby(columns, key=lambda column: column.over):
        members = list(group)
        if over:
            upper.append(heading(over, columns=len(members)))
            lower.extend(heading(column.heading) for column in members)
        else:
            upper.extend(heading(column.heading, rows=2) for column in members)
    return tuple(upper), tuple(lower)


def _cell(row: Row, column: Column, writer: Writer, *, rows: int = 1) -> Cell:
    if column.kind in row.texts:
        text = row.texts[column.kind]
    elif row.result is not None and column.kind in FILLERS:
        text = FILLERS[column.kind](row.result, writer)
    else:
        text = ""
    align: Align = "center" if column.kind in _NUMERIC else "left"
    return Cell(text, rows=rows, bold=row.bold, align=align)
