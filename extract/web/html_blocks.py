"""The elements of a web page to paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex
from lxml import etree

from extract.document import Block, Run
from extract.layout.line_joining import paragraphs_of
from extract.layout.runs import join_runs, lines_of, raised
from extract.office.docx_numbering import formatted
from extract.web.html_table import build_table, text_inside

_SKIPPED = {
    "script", "style", "head", "title", "noscript", "template", "xml", "del", "s", "strike", "object", "iframe", "svg",
    "select", "textarea", "button", "map", "audio", "video",
}  # fmt: skip
_BLOCK = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "center", "body",
    "html", "section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset", "address", "pre",
    "hr", "figure", "figcaption", "caption", "tr", "td", "th",
}  # fmt: skip
_BOLD = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_ITALIC = {"i", "em", "cite"}
_ALIGNS = {
    "center": "center",
    "right": "right",
    "justify": "justify",
    "left": "left",
    "end": "right",
    "middle": "center",
}
_LIST_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BLANKS = regex.compile(r"[ \t\r\n\f]+")
_WEIGHT = regex.compile(r"font-weight\s*:\s*(\w+)", regex.IGNORECASE)
_STYLE = regex.compile(r"font-style\s*:\s*(\w+)", regex.IGNORECASE)
_FAMILY = regex.compile(r"font-family\s*:\s*[\"']?([^\"',;]+)", regex.IGNORECASE)
_TEXT_ALIGN = regex.compile(r"text-align\s*:\s*(\w+)", regex.IGNORECASE)
_RAISED = regex.compile(r"vertical-align\s*:\s*super", regex.IGNORECASE)
_HIDDEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the elements around a text say about it."""

    bold: bool = False
    italic: bool = False
    font: str | None = None
    align: str | None = None
    raised: bool = False
    kept: bool = False


@dataclass(slots=True)
class Reading:
    """What was lost on the way."""

    warnings: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Flow:
    """The blocks so far, and the runs of the paragraph in the making."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def add(self, run: Run) -> None:
        if self.runs and self.runs[-1].text.endswith((" ", "\n")):
            run = replace(run, text=run.text.lstrip(" "))
        if run.text:
            self.runs.append(run)

    def close(self, align: str | None) -> None:
        self.blocks.extend(paragraphs_of(lines_of(join_runs(self.runs)), align))
        self.runs.clear()


def read_blocks(node: etree._Element, reading: Reading) -> list[Block]:
    """The blocks inside an element, in order."""
    flow = _Flow()
    _walk(node, _look(node, _Look()), flow, reading)
    flow.close(None)
    return flow.blocks


def _walk(node: etree._Element, look: _Look, flow: _Flow, reading: Reading) -> None:
    _text(node.text, look, flow)
    number = _first_number(node)
    for child in node:
        name = child.tag.lower() if isinstance(child.tag, str) else ""
        if name == "li":
            flow.close(look.align)
            number = _number(child.get("value"), number)
            flow.add(Run(_item_label(node, number), look.bold, look.italic, look.font))
            number += 1
        _element(child, name, look, flow, reading)
        _text(child.tail, look, flow)


def _element(node: etree._Element, name: str, look: _Look, flow: _Flow, reading: Reading) -> None:
    if not name or name in _SKIPPED:
        return
    if _HIDDEN.search(node.get("style", "")) or node.get("hidden") is not None:
        if text_inside(node):
            reading.warnings["hidden-text"] = None
        return
    if name == "br":
        flow.runs.append(Run("\n"))
    elif name == "table":
        flow.close(look.align)
        flow.blocks.extend(build_table(node, lambda cell: read_blocks(cell, reading)))
    elif name == "input":
        if node.get("type", "").lower() in {"checkbox", "radio"}:
            flow.add(Run("☒" if node.get("checked") is not None else "☐"))
    else:
        inner = _look(node, look)
        if name in _BLOCK and name != "li":
            flow.close(look.align)
        _walk(node, inner, flow, reading)
        if name in _BLOCK:
            flow.close(inner.align)


def _look(node: etree._Element, outer: _Look) -> _Look:
    name = node.tag.lower() if isinstance(node.tag, str) else ""
    style = node.get("style", "")
    weight, slant, family, align = (pattern.search(style) for pattern in (_WEIGHT, _STYLE, _FAMILY, _TEXT_ALIGN))
    said = align[1] if align else node.get("align") or ("center" if name == "center" else None)
    return _Look(
        weight[1].lower() in {"bold", "bolder", "600", "700", "800", "900"} if weight else outer.bold or name in _BOLD,
        slant[1].lower() in {"italic", "oblique"} if slant else outer.italic or name in _ITALIC,
        family[1].strip() if family else node.get("face", "").split(",")[0].strip() or outer.font,
        _ALIGNS.get(said.lower(), outer.align) if said else outer.align,
        outer.raised or name == "sup" or _RAISED.search(style) is not None,
        outer.kept or name == "pre",
    )


def _text(text: str | None, look: _Look, flow: _Flow) -> None:
    if not text:
        return
    shown = text if look.kept else _BLANKS.sub(" ", text)
    flow.add(Run(raised(shown) if look.raised else shown, look.bold, look.italic, look.font))


def _first_number(node: etree._Element) -> int:
    return _number(node.get("start"), 1)


def _number(text: str | None, otherwise: int) -> int:
    try:
        return otherwise if text is None else int(text)
    except ValueError:
        return otherwise


def _item_label(parent: etree._Element, number: int) -> str:
    """What a browser prints before an item; the pages that Word saves carry their labels as text instead."""
    if parent.tag != "ol":
        return "- "
    return f"{formatted(number, _LIST_FORMS.get(parent.get('type', '1'), 'decimal'))}. "
