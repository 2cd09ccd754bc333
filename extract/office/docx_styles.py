"""Styles of a Word file: whether a run is bold, italic or hidden, and in which font, after all inheritance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VAL = f"{W}val"
_OFF = {"0", "false", "off", "none"}
# A chain of styles that runs in a circle, or is longer than this, is cut.
_MAX_CHAIN = 20


def switch(properties: etree._Element | None, name: str) -> bool | None:
    """A property that is on, off, or not said."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(VAL, "1").lower() not in _OFF


def value_of(properties: etree._Element | None, name: str) -> str | None:
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(VAL)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    raised: bool = False
    font: str | None = None


@dataclass(frozen=True, slots=True)
class _RunStyle:
    """What a chain of styles says about runs; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    font: str | None = None


class Styles:
    """The styles part, asked by style ids; without one everything is as Word's defaults."""

    def __init__(self, root: etree._Element | None, theme: etree._Element | None = None) -> None:
        self._theme = theme
        self._styles: dict[str, etree._Element] = {}
        self._default_paragraph: str | None = None
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in () if root is None else root.iter(f"{W}style"):
            name = style.get(f"{W}styleId")
            if name is None:
                continue
            self._styles[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0").lower() not in _OFF:
                self._default_paragraph = name
        self._run_styles: dict[str, _RunStyle] = {}
        self._paragraph_properties: dict[tuple[str | None, str], tuple[etree._Element, str] | None] = {}
        self._looks: dict[tuple[str | None, str | None], Look] = {}

    def chain(self, name: str | None) -> list[etree._Element]:
        """The style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while name is not None and name in self._styles and len(found) < _MAX_CHAIN:
            style = self._styles[name]
            if style in found:
                break
            found.append(style)
            name = value_of(style, "basedOn")
        return found

    def paragraph_style(self, properties: etree._Element | None) -> str | None:
        """The style id of a paragraph with these properties."""
        name = value_of(properties, "pStyle")
        return name if name in self._styles else self._default_paragraph

    def paragraph_property(self, style: str | None, name: str) -> tuple[etree._Element, str] | None:
        """A property that the style or one it is based on sets, and the id of the style that does."""
        if (style, name) not in self._paragraph_properties:
            found = ((ancestor.find(f"{W}pPr/{W}{name}"), ancestor) for ancestor in self.chain(style))
            said = ((node, ancestor.get(f"{W}styleId", "")) for node, ancestor in found if node is not None)
            self._paragraph_properties[style, name] = next(said, None)
        return self._paragraph_properties[style, name]

    def look(self, properties: etree._Element | None, paragraph_style: str | None) -> Look:
        """How a run with these direct properties looks in a paragraph of this style."""
        base = self._base_look(paragraph_style, value_of(properties, "rStyle"))
        if properties is None:
            return base
        bold, italic, hidden = (switch(properties, name) for name in ("b", "i", "vanish"))
        return Look(
            base.bold if bold is None else bold,
            base.italic if italic is None else italic,
            base.hidden if hidden is None else hidden,
            value_of(properties, "vertAlign") == "superscript",
            self._font(properties) or base.font,
        )

    def _base_look(self, paragraph_style: str | None, run_style: str | None) -> Look:
        key = paragraph_style, run_style
        if key not in self._looks:
            outer, inner = self._run_style(paragraph_style), self._run_style(run_style)
            defaults = self._defaults
            # bold and the like are switches: a character style turns round what the paragraph style says (17.7.3)
            self._looks[key] = Look(
                bool(switch(defaults, "b")) or bool(outer.bold) != bool(inner.bold),
                bool(switch(defaults, "i")) or bool(outer.italic) != bool(inner.italic),
                bool(switch(defaults, "vanish")) or bool(outer.hidden) != bool(inner.hidden),
                False,
                inner.font or outer.font or (None if defaults is None else self._font(defaults)),
            )
        return self._looks[key]

    def _run_style(self, name: str | None) -> _RunStyle:
        if name is None:
            return _RunStyle()
        if name not in self._run_styles:
            all_properties = [style.find(f"{W}rPr") for style in self.chain(name)]
            said = [properties for properties in all_properties if properties is not None]

            def first(switch_name: str) -> bool | None:
                values = (switch(properties, switch_name) for properties in said)
                return next((value for value in values if value is not None), None)

            font = next((font for properties in said if (font := self._font(properties))), None)
            self._run_styles[name] = _RunStyle(first("b"), first("i"), first("vanish"), font)
        return self._run_styles[name]

    def _font(self, properties: etree._Element) -> str | None:
        fonts = properties.find(f"{W}rFonts")
        if fonts is None:
            return None
        theme = fonts.get(f"{W}asciiTheme") or fonts.get(f"{W}hAnsiTheme")
        if theme:
            return self._theme_fonts.get("major" if theme.startswith("major") else "minor")
        return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")

    @cached_property
    def _theme_fonts(self) -> dict[str, str]:
        if self._theme is None:
            return {}
        found = {}
        for kind in ("major", "minor"):
            latin = self._theme.find(f".//{A}{kind}Font/{A}latin")
            if latin is not None and latin.get("typeface"):
                found[kind] = latin.get("typeface", "")
        return found
