"""Tables that look like scores and of which nothing was taken: each is told, none is passed over in silence."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.tables.column_roles import labels_of
from extract.tables.stitching import StitchedTable
from normalize.text import fold, squeeze
from normalize.value import Printed, Refusal
from patterns.columns import roles_of

_LEAST = 3  # rows with figures
_ROLES = frozenset({"max_score", "self_score", "score", "round1", "round2", "pair", "deducted"})
_FIGURES = regex.compile(r"^[\s\d.,/%()\-–−+]*\d[\s\d.,/%()\-–−+]*(?:điểm|đ)?\s*$", regex.IGNORECASE)
_POINTS = regex.compile(r"\bđiểm\b|\btự (?:chấm|đánh giá)\b|\bthẩm định\b")
# a table of grades ("từ 80 đến dưới 90 điểm"), of counts ("Số hồ sơ") or of questionnaires is no table of scores
_NO_SCORES = regex.compile(r"\b(?:số phiếu|số lượng|số hồ sơ|số người|mức (?:độ|xếp loại)|xếp loại)\b")


def unread(table: StitchedTable) -> Refusal | None:
    """Reason "table-not-read" for a table that gave nothing; None where headings and figures are not of scores."""
    labels = [fold(label) for label in labels_of(table)]
    held = [column for column, label in enumerate(labels) if _is_of_points(label)]
    if any(_NO_SCORES.search(label) for label in labels):
        return None
    if not held:
        return _ticked(table, labels) or _turned(table)
    filled = sum(any(_FIGURES.match(row.text(column)) for column in held) for row in table.body)
    if filled < _LEAST:
        return None
    return _refusal(table, labels_of(table))


def _refusal(table: StitchedTable, labels: Sequence[str]) -> Refusal:
    shown = " | ".join(squeeze(label) for label in labels if label)
    place = next((cell.place for row in table.body for _, cell in row.filled()), None)
    printed = Printed(shown[:200]) if place is None else Printed(shown[:200], place)
    return Refusal(printed, "table", "table-not-read")


_OFFERED = regex.compile(r"\d ?(?:điểm|đ)\b")
_TICK = regex.compile(r"^[xX✓✔☑☒]$")


def _ticked(table: StitchedTable, labels: Sequence[str]) -> Refusal | None:
    """The refusal of a table of ticks below the points to be had: "Mức 1: 2 điểm | Mức 2: 1 điểm"."""
    offered = [column for column, label in enumerate(labels) if _OFFERED.search(label)]
    ticks = sum(_TICK.match(row.text(column)) is not None for row in table.body for column in offered)
    return _refusal(table, labels_of(table)) if len(offered) > 1 and ticks >= _LEAST else None


def _turned(table: StitchedTable) -> Refusal | None:
    """The refusal of a table on its side: rows called "Điểm tối đa" and "Điểm đạt", with a figure in most columns."""
    held = []
    for row in (*table.header, *table.body):
        label, *others = [cell.text.strip() for _, cell in row.filled()] or [""]
        if _is_of_points(fold(label)) and len(others) >= _LEAST and all(map(_FIGURES.match, others)):
            held.append(label)
    return _refusal(table, held) if len(held) > 1 else None


def _is_of_points(label: str) -> bool:
    best = max(roles_of(label), key=lambda item: item[1], default=(None, 0))[0]
    return best in _ROLES and _POINTS.search(label) is not None


def holds_shares(table: StitchedTable) -> bool:
    """Whether percentages stand under a heading of scores, "Kết quả đạt được: 85%": what was got, and no points."""
    for column, label in enumerate(labels_of(table)):
        texts = [text for row in table.body if (text := row.text(column))]
        shares = sum(text.endswith("%") for text in texts)
        if shares >= _LEAST and 2 * shares > len(texts) and {role for role, _ in roles_of(fold(label))} & _ROLES:
            return True
    return False


def of_unread(tables: Sequence[StitchedTable]) -> tuple[Refusal, ...]:
    """The refusals of all tables that gave nothing though they look like scores."""
    return tuple(refusal for table in tables if (refusal := unread(table)) is not None)
