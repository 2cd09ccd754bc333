"""Score trees for the tests of the audit: whole reports whose sums close, typed or as recognition hands them on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from normalize.codes import Code
from normalize.place import Box, Place
from normalize.records import Assessment, Deduction, Result, Score, Totals, Unit
from normalize.value import Printed, Reading, Value

QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class Node:
    """A criterion of a tree: leaves are given, everything above is their sum."""

    code: tuple[int, ...]
    maximum: Decimal
    score: Decimal
    leaf: bool


def trees(least: int = 2, most: int = 5) -> st.SearchStrategy[list[Node]]:
    """Trees of two levels: domains with criteria whose maxima are whole, some scores computed to three decimals."""
    leaf = st.tuples(st.integers(1, 4), st.integers(0, 1000), st.booleans()).map(_leaf)
    return st.lists(st.lists(leaf, min_size=2, max_size=5), min_size=least, max_size=most).map(_tree)


def _leaf(drawn: tuple[int, int, bool]) -> tuple[Decimal, Decimal]:
    whole, share, computed = drawn
    maximum = Decimal(whole) / 2
    if computed:
        return maximum, (maximum * share / 1000).quantize(Decimal("0.001"))
    return maximum, QUARTER * round(maximum * share / 1000 / QUARTER)


def _tree(domains: Sequence[Sequence[tuple[Decimal, Decimal]]]) -> list[Node]:
    nodes = []
    for first, leaves in enumerate(domains, start=1):
        maximum = sum((one for one, _ in leaves), Decimal(0))
        score = sum((one for _, one in leaves), Decimal(0))
        nodes.append(Node((first,), maximum, score, False))
        nodes += [Node((first, at), one, got, True) for at, (one, got) in enumerate(leaves, start=1)]
    return nodes


Reader = Callable[[str, Decimal], Printed]
"""Makes the print of a number from where it stands ("1.2 score") and its value."""


def comma(value: Decimal) -> str:
    text = format(value.normalize(), "f") if value else "0"
    return text.replace(".", ",")


def typed(where: str, value: Decimal) -> Printed:
    return Printed(comma(value))


def recognised(confidence: float = 0.96, **wrong: tuple[str, float, tuple[Reading, ...]]) -> Reader:
    """Every number read with this confidence; `wrong` gives the text, confidence and other readings of some places."""
    boxes: dict[str, Box] = {}

    def read(where: str, value: Decimal) -> Printed:
        box = boxes.setdefault(where, Box(100, 20.0 * len(boxes), 140, 20.0 * len(boxes) + 12))
        key = where.replace(".", "_").replace(" ", "__")
        if key in wrong:
            text, own, others = wrong[key]
            return Printed(text, Place(1, box), own, others)
        return Printed(comma(value), Place(1, box), confidence)

    return read


def key_of(code: tuple[int, ...], field: str) -> str:
    return "_".join(map(str, code)) + "__" + field


def assessed(nodes: Sequence[Node], read: Reader = typed, *, deductions: bool = True) -> Assessment:
    """The tree as an assessment, with totals, every number as its print reads."""
    results = [_result(node, read, deductions) for node in nodes]
    tops = [node for node in nodes if len(node.code) == 1]
    maximum = sum((node.maximum for node in tops), Decimal(0))
    score = sum((node.score for node in tops), Decimal(0))
    totals = Totals(max_score=_value("total max_score", maximum, read), score=_value("total score", score, read))
    return Assessment(Unit("Tuần Giáo", "district", "Điện Biên"), 2023, "year", "appraised", totals, tuple(results))


def _result(node: Node, read: Reader, deductions: bool) -> Result:
    name = ".".join(map(str, node.code))
    lost = node.maximum - node.score
    deducted = _value(f"{name} deducted", lost, read) if deductions and (lost or not node.leaf) else None
    return Result(
        code=Value(Code(node.code), Printed(name), "code"),
        max_score=_value(f"{name} max_score", node.maximum, read),
        score=_value(f"{name} score", node.score, read),
        deducted=deducted,
        deducted_stated=deducted is not None,
        deductions=(Deduction(deducted),) if deducted is not None and node.leaf else (),
    )


def _value(where: str, value: Decimal, read: Reader) -> Score:
    printed = read(where, value)
    return Value(Decimal(printed.text.replace(",", ".")), printed, "points")


def with_number(assessment: Assessment, at: int, field: str, value: Decimal) -> Assessment:
    """The assessment with another number printed in one place."""
    result = assessment.results[at]
    old: Score = getattr(result, field)
    new = replace(old, value=value, printed=replace(old.printed, text=comma(value)))
    items = tuple(replace(item, amount=new) if item.amount is old else item for item in result.deductions)
    changed = replace(result, deductions=items, **{field: new})  # type: ignore[arg-type]
    return replace(assessment, results=(*assessment.results[:at], changed, *assessment.results[at + 1 :]))
