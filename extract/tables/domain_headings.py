"""What the heading of a domain's column says: its number, its name, its place in the usual order, its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.tables.code_headings import code_of_heading
from normalize.codes import Code, parse_code, split_code
from normalize.decimals import parse_score
from normalize.records import Score
from normalize.text import fold, squeeze
from normalize.value import Printed, Refusal
from patterns.domains import usual_domain

_POINTS = regex.compile(
    r"[(\[]\s*(?:tối đa )?(\d+(?:[.,]\d+)?)\s*(?:đ|điểm)\b\.?\s*[)\]]|\b(?:tối đa|thang(?: điểm)?) (\d+(?:[.,]\d+)?)\b"
)
NUMBERED = regex.compile(r"^(?:lĩnh vực |lv ?|tiêu chí )?(\d|[ivx]{1,4})\b[.:)]?\s*(.*)$")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def usual_places(names: Sequence[str]) -> list[int | None]:
    """The place of each domain in the usual order; one that is parted in two (impact, satisfaction) takes two places.

    >>> usual_places(["Tài chính công", "Hiện đại hóa", "Tác động đến KT-XH", "Mức độ hài lòng", "Điểm thưởng"])
    [6, 7, 8, 9, None]
    """
    found: list[int | None] = []
    before: int | None = None
    parted = 0
    for name in names:
        usual = None if code_of_heading(name) is not None else usual_domain(fold(name))
        parted += usual is not None and usual == before
        before = usual or before
        found.append(None if usual is None else usual + parted)
    return found


def code_by_place(name: str, place: int) -> Code:
    """The code of a domain: the number its heading begins with, or its place among the others."""
    head = NUMBERED.match(fold(name))
    return Code((int(ROMAN.get(head.group(1), head.group(1))),)) if head else Code((place,))


def domain_name(label: str) -> str | None:
    """The name of a domain or criterion, without its number and its points: "1. Thể chế (8 điểm)".

    >>> domain_name("1. Thể chế (8 điểm)"), domain_name("1.2 Kế hoạch"), domain_name("TC 1.2")
    ('Thể chế', 'Kế hoạch', None)
    """
    split, code = split_code(label), parse_code(Printed(label))
    if split is not None and "." in split[0]:
        label = split[1]
    elif not isinstance(code, Refusal) and len(code.value.parts) > 1:
        return None
    text = regex.sub(r"^\s*(?:Lĩnh vực\s+)?(?:\d|[IVX]{1,4})\s*[.:)]\s*", "", squeeze(label))
    return regex.sub(r"\s*[(\[][^)\]]*(?:đ|điểm)\s*[)\]]\s*$", "", text).strip() or None


def points_told(text: str) -> str | None:
    """The points that a heading says can be had, as printed.

    >>> [points_told(text) for text in ("Tổng điểm (100 điểm)", "Thể chế, tối đa 8,5", "Tổng điểm")]
    ['100', '8,5', None]
    """
    found = _POINTS.search(fold(text))
    return (found.group(1) or found.group(2)) if found else None


def points_of(label: str, beside: Score | None) -> Score | None:
    """The points that can be had, as the heading over a score states them."""
    told = points_told(label)
    if told is None or beside is None:
        return None
    value = parse_score(replace(beside.printed, text=told))
    return None if isinstance(value, Refusal) else value
