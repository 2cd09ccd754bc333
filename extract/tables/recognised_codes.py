"""Single codes as recognition gives them: without their dots, or with what is left of a mark behind them."""

from __future__ import annotations

from dataclasses import replace

import regex

from normalize.codes import Code, parse_code
from normalize.value import Printed, Refusal, Value

_MARK_BEHIND = regex.compile(r"^(\d{1,2}(?:\.\d{1,2})+)(?:\s?[*°º'\"“”‘’®©™%+^¹²³(\[\])}]{1,4}|[(\[]\w[)\]])$")


def without_dots(printed: Printed) -> Value[Code] | None:
    """A recognised code whose dots were lost and whose digits make no code without them: "71" for 7.1.

    Whether it is this one its place among the others tells (audit/code_order.py).
    """
    text = printed.text.strip()
    if printed.confidence is None or not text.isdecimal() or not isinstance(parse_code(printed), Refusal):
        return None
    code = parse_code(replace(printed, text=".".join(text)))
    if isinstance(code, Refusal):
        return None
    return replace(code, printed=printed).with_step(f"lost-dots: {text!r} -> {str(code.value)!r}")


def without_mark(printed: Printed) -> Value[Code] | None:
    """A recognised code with what is left of a mark behind it, which is a star in print: "1.3”", "1.3(°)"."""
    text = printed.text.strip()
    marked = None if printed.confidence is None else _MARK_BEHIND.match(text)
    if marked is None or not isinstance(parse_code(printed), Refusal):
        return None
    code = parse_code(replace(printed, text=marked[1]))
    if isinstance(code, Refusal):
        return None
    return replace(code, printed=printed).with_step(f"mark-behind: {text!r} -> {str(code.value)!r}")
