"""What a number in prose cannot be: dates, document numbers, formulae and thousands are no points."""

from __future__ import annotations

from spacy.tokens import Doc, Span

_DATE_WORDS = frozenset(
    [
        "ngày",
        "tháng",
        "quý",
        "năm",
        "số",
        "khoản",
        "điều",
        "tổ",
        "khóa",
        "kỳ",
        "tuần",
        "phường",
        "quận",
        "khối",
        "thôn",
        "nq",
        "nđ",
        "qđ",
        "ct",
        "tt",
        "tw",
    ]
)
_FORMULA = frozenset("=<>≤≥×*+")


def can_be_points(doc: Doc, span: Span) -> bool:
    """Whether nothing around the number makes it a date, a part of a formula or of a document number, or a count."""
    return not (_is_formula(doc, span) or _is_date(doc, span) or _is_thousands(doc, span))


def brackets_of(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of round brackets, inner ones included; one that is open at a line end does not count.

    >>> brackets_of("a (b (c) d) e (f")
    ((2, 11), (5, 8))
    """
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    for at, sign in enumerate(text):
        if sign == "\n":
            stack.clear()
        elif sign == "(":
            stack.append(at)
        elif sign == ")" and stack:
            found.append((stack.pop(), at + 1))
    return tuple(sorted(found))


def _is_formula(doc: Doc, span: Span) -> bool:
    near = [doc[at].text for at in (span.start - 1, span.end) if 0 <= at < len(doc)]
    return any(sign in _FORMULA for sign in near)


def _is_date(doc: Doc, span: Span) -> bool:
    """After "tháng", "số" and the like, with a year below the slash, or before the letters of a document number."""
    word = doc[span.start - 1].norm_ if span.start else ""
    if span.label_ != "pair":
        return False
    years = [
        token for token in span if token.text.isdigit() and len(token.text) == 4 and token.text[:2] in ("19", "20")
    ]
    glued = span.end < len(doc) and doc[span.end].text in "/-" and not doc[span.end - 1].whitespace_
    return word in _DATE_WORDS or bool(years) or glued


def _is_thousands(doc: Doc, span: Span) -> bool:
    """Whether the numerator counts more than the denominator could award by far: 12.340/15.000."""
    return any(len(token.text.replace(",", "").replace(".", "")) > 6 for token in span if token.text[0].isdigit())
