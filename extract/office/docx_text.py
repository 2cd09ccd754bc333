"""The text of a Word paragraph as the page shows it, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.document import Run
from extract.layout.runs import raised
from extract.layout.symbols import replace_private, symbol
from extract.office.docx_numbering import Numbering
from extract.office.docx_styles import Look, Styles, W, value_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

_ALIGN = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
# What stands around runs without being text itself; a tracked insertion is accepted like plain text.
_AROUND = {
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "bdo", "dir")
} | {f"{MC}Choice", f"{MC}Fallback"}


# Fields that Word draws by itself: what they show is nowhere in the file.
_SHOWN_WITHOUT_RESULT = {"EQ", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"}


@dataclass(slots=True)
class Reading:
    """What the reading of one document shares: its styles, its counters, what was lost on the way."""

    styles: Styles
    numbering: Numbering
    warnings: dict[str, None] = field(default_factory=dict)

    def warn(self, warning: str) -> None:
        self.warnings[warning] = None


@dataclass(slots=True)
class Line:
    """A paragraph in the making: its runs, the text boxes anchored in it, whether it runs on into the next one."""

    runs: list[Run]
    boxes: list[etree._Element]
    align: str | None
    label: str
    joins_next: bool


def read_line(node: etree._Element, reading: Reading) -> Line:
    """One `w:p`, with the label of its automatic number as the first run."""
    properties = node.find(f"{W}pPr")
    style = reading.styles.paragraph_style(properties)
    mark = None if properties is None else properties.find(f"{W}rPr")
    removed = mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
    boxes: list[etree._Element] = []
    runs = list(_runs(node, style, reading, boxes))
    # a paragraph that the tracked changes took away is not counted
    label = "" if removed and not runs else reading.numbering.label(properties, style)
    if label:
        first = next((run for run in runs if run.text.strip()), None)
        look = reading.styles.look(mark, style)
        model = first or Run("", look.bold, look.italic, look.font)
        runs.insert(0, Run(label, model.bold, model.italic, model.font))
    return Line(runs, boxes, _align(properties, style, reading.styles), label, removed)


def _align(properties: etree._Element | None, style: str | None, styles: Styles) -> str | None:
    said = value_of(properties, "jc")
    if said is None:
        styled = styles.paragraph_property(style, "jc")
        said = None if styled is None else styled[0].get(f"{W}val")
    return _ALIGN.get(said or "left", "left")


def _runs(node: etree._Element, style: str | None, reading: Reading, boxes: list[etree._Element]) -> Iterator[Run]:
    for child in node:
        if child.tag == f"{W}r":
            yield from _run(child, style, reading, boxes)
        elif child.tag == f"{W}sdt" and (box := child.find(f"{W}sdtPr/{W14}checkbox")) is not None:
            checked = box.find(f"{W14}checked")
            yield Run("☒" if checked is not None and checked.get(f"{W14}val") in {"1", "true"} else "☐")
        elif child.tag == f"{MC}AlternateContent":
            chosen = _alternative(child)
            if chosen is not None:
                yield from _runs(chosen, style, reading, boxes)
        elif child.tag in _AROUND:
            yield from _runs(child, style, reading, boxes)
        elif child.tag in {f"{M}oMath", f"{M}oMathPara"}:
            yield Run(_formula(child))


def _run(node: etree._Element, style: str | None, reading: Reading, boxes: list[etree._Element]) -> Iterator[Run]:
    properties = node.find(f"{W}rPr")
    look = reading.styles.look(properties, style)
    text = "".join(_pieces(node, look, reading, boxes))
    if not text:
        return
    if look.hidden:
        if text.strip():
            reading.warn("hidden-text")
        return
    yield Run(raised(text) if look.raised else text, look.bold, look.italic, look.font)


def _pieces(node: etree._Element, look: Look, reading: Reading, boxes: list[etree._Element]) -> Iterator[str]:
    for child in node:
        name = child.tag
        if name == f"{W}t":
            text, known = replace_private(child.text or "", look.font)
            if not known:
                reading.warn("unknown-symbol")
            yield text
        elif name in {f"{W}tab", f"{W}ptab"}:
            yield "\t"
        elif name in {f"{W}br", f"{W}cr"}:
            # the page and column breaks of w:br end a line as well
            yield "\n"
        elif name == f"{W}noBreakHyphen":
            yield "-"
        elif name == f"{W}softHyphen":
            yield "\u00ad"
        elif name == f"{W}sym":
            yield _symbol(child, reading)
        elif name == f"{W}instrText":
            field_kind, *_ = [*(child.text or "").upper().split(), ""]
            if field_kind in _SHOWN_WITHOUT_RESULT:
                reading.warn(f"field-lost:{field_kind}")
        elif name == f"{W}fldChar":
            yield from _form_box(child)
        elif name in {f"{W}drawing", f"{W}pict", f"{W}object"}:
            boxes.extend(_text_boxes(child))
        elif name == f"{MC}AlternateContent":
            chosen = _alternative(child)
            if chosen is not None:
                yield from _pieces(chosen, look, reading, boxes)


def _symbol(node: etree._Element, reading: Reading) -> str:
    try:
        code = int(node.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    shown = symbol(code, node.get(f"{W}font"))
    if shown is None:
        reading.warn("unknown-symbol")
        return ""
    return shown


def _form_box(node: etree._Element) -> Iterator[str]:
    box = node.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = box.find(f"{W}checked")
        state = checked if checked is not None else box.find(f"{W}default")
        yield "☒" if state is not None and state.get(f"{W}val", "1") not in {"0", "false"} else "☐"


def _alternative(node: etree._Element) -> etree._Element | None:
    """One branch of alternative content: the first that shows text, so that no text comes twice."""
    branches = [child for child in node if child.tag in {f"{MC}Choice", f"{MC}Fallback"}]
    with_text = [branch for branch in branches if next(branch.iter(f"{W}t", f"{W}sym"), None) is not None]
    return next(iter(with_text or branches), None)


def _text_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """Contents of the text boxes of a drawing, in order; a box inside a box belongs to the outer one."""
    for child in node:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            chosen = _alternative(child)
            if chosen is not None:
                yield from _text_boxes(chosen)
        else:
            yield from _text_boxes(child)


def _formula(node: etree._Element) -> str:
    """A formula in a line: a fraction with a slash, everything else one after the other."""
    if node.tag == f"{M}t":
        return node.text or ""
    if node.tag == f"{M}f":
        parts = [_formula(part) for name in ("num", "den") if (part := node.find(f"{M}{name}")) is not None]
        return "/".join(parts)
    if node.tag == f"{M}sSup":
        base, power = (node.find(f"{M}{name}") for name in ("e", "sup"))
        figure = "" if power is None else _formula(power)
        shown = raised(figure)
        return ("" if base is None else _formula(base)) + (shown if shown != figure else f"^{figure}")
    return "".join(_formula(child) for child in node)
