"""Automatic numbering of Word: the labels that a reader of the page sees and that no text of the file holds.

Reports number their sections, and often the code column of their tables, this way (ECMA-376, 17.9).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex
from lxml import etree

from extract.office.docx_styles import VAL, Styles, W, value_of

_PLACEHOLDER = regex.compile(r"%([1-9])")
_MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    suffix: str
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counters of all lists of one document; ask for the labels in document order, once for each paragraph."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, properties: etree._Element | None, style: str | None) -> str:
        """The label of the next paragraph with these properties, with the blank that follows it; "" without one."""
        place = self._place(properties, style)
        if place is None:
            return ""
        name, level_number = place
        found = self._lists[name]
        level = found.levels.get(level_number)
        if level is None:
            return ""
        counts = self._count(name, found, level_number)
        if level.form == "bullet":
            return _bullet(level.text)

        def number(match: regex.Match[str]) -> str:
            other = found.levels.get(int(match[1]) - 1)
            if other is None:
                return ""
            count = counts.get(int(match[1]) - 1, found.starts.get(int(match[1]) - 1, other.start))
            return formatted(count, "decimal" if level.legal and other.form != "decimalZero" else other.form)

        text = _PLACEHOLDER.sub(number, level.text)
        return f"{text}{'' if level.suffix == 'nothing' else ' '}" if text.strip() else ""

    def counts(self, paragraph: etree._Element, styles: Styles) -> bool:
        """Whether `label` would count this paragraph; nothing is counted."""
        properties = paragraph.find(f"{W}pPr")
        place = self._place(properties, styles.paragraph_style(properties))
        if place is None:
            return False
        level = self._lists[place[0]].levels.get(place[1])
        return level is not None and level.form not in {"bullet", "none"}

    def _place(self, properties: etree._Element | None, style: str | None) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, or its style's."""
        direct = None if properties is None else properties.find(f"{W}numPr")
        name, level = value_of(direct, "numId"), value_of(direct, "ilvl")
        if name is None:
            styled = self._styles.paragraph_property(style, "numPr")
            if styled is not None:
                name = value_of(styled[0], "numId")
                level = level or value_of(styled[0], "ilvl") or self._level_of_style(name, styled[1])
        if name is None or name == "0" or name not in self._lists:
            return None
        return name, min(_number(level, 0), _MAX_LEVEL)

    def _level_of_style(self, name: str | None, style: str) -> str | None:
        levels = self._lists[name].levels if name in self._lists else {}
        return next((str(number) for number, level in levels.items() if level.style == style), None)

    def _count(self, name: str, found: _List, number: int) -> dict[int, int]:
        """Count one paragraph on; lists over the same definition go on from each other unless one restarts."""
        counts = self._counts.setdefault(found.abstract, {})
        if number in found.starts and (name, number) not in self._started:
            self._started.add((name, number))
            counts[number] = found.starts[number]
        elif number in counts:
            counts[number] += 1
        else:
            counts[number] = found.starts.get(number, found.levels[number].start)
        for deeper in [level for level in counts if level > number]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            # None: after any higher level; 0: never; n: only after a level up to n (counted from 1)
            if restart is None or number < restart:
                del counts[deeper]
        return counts

    def _read(self, root: etree._Element) -> None:
        abstracts = {node.get(f"{W}abstractNumId", ""): node for node in root.iter(f"{W}abstractNum")}
        by_style_link = {link: node for node in abstracts.values() if (link := value_of(node, "styleLink"))}
        for node in root.iter(f"{W}num"):
            abstract = value_of(node, "abstractNumId") or ""
            definition = abstracts.get(abstract)
            if definition is None:
                continue
            link = value_of(definition, "numStyleLink")
            if link and link in by_style_link:
                definition = by_style_link[link]
                abstract = definition.get(f"{W}abstractNumId", "")
            levels = {_level_number(level): _level(level) for level in definition.findall(f"{W}lvl")}
            starts = {}
            for override in node.findall(f"{W}lvlOverride"):
                number = _level_number(override)
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[number] = _level(own)
                start = value_of(override, "startOverride")
                if start is not None:
                    starts[number] = _number(start, 1)
            self._lists[node.get(f"{W}numId", "")] = _List(abstract, levels, starts)


def _level_number(node: etree._Element) -> int:
    return _number(node.get(f"{W}ilvl"), 0)


def _level(node: etree._Element) -> _Level:
    # numFmt may stand inside mc:AlternateContent for formats newer than the standard
    form = next((found.get(VAL) for found in node.iter(f"{W}numFmt") if found.get(VAL) != "custom"), None)
    restart = value_of(node, "lvlRestart")
    legal = node.find(f"{W}isLgl")
    return _Level(
        _number(value_of(node, "start"), 0),
        form or "decimal",
        value_of(node, "lvlText") or "",
        None if restart is None else _number(restart, 0),
        legal is not None and legal.get(VAL, "1") not in {"0", "false"},
        value_of(node, "suff") or "tab",
        value_of(node, "pStyle"),
    )


def _number(text: str | None, otherwise: int) -> int:
    try:
        return otherwise if text is None else max(0, min(int(text), 1_000_000))
    except ValueError:
        return otherwise


def _bullet(text: str) -> str:
    """The sign before an item; the private signs of symbol fonts are all printed as some dot or dash."""
    if not text.strip():
        return ""
    return f"{text} " if text.strip() in {"-", "–", "+", "•", "*"} else "- "


def formatted(count: int, form: str) -> str:
    """A counter as Word prints it; forms of other languages come out in decimal.

    >>> [formatted(4, form) for form in ("decimal", "decimalZero", "upperRoman", "lowerLetter", "none")]
    ['4', '04', 'IV', 'd', '']
    >>> formatted(28, "lowerLetter"), formatted(0, "upperRoman")
    ('bb', '0')
    """
    makers: dict[str, Callable[[int], str]] = {
        "decimalZero": lambda number: f"{number:02d}",
        "upperRoman": _roman,
        "lowerRoman": lambda number: _roman(number).lower(),
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerLetter": _letters,
        "none": lambda number: "",
    }
    return makers.get(form, str)(count)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    signs = ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10)
    text = ""
    for sign, value in (*signs, ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)):
        text += sign * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """After z comes aa, then bb: the letter is repeated."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)
