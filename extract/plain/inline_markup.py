"""Remains of Markdown and HTML inside plain text: taken as style, never left as characters of a value."""

from __future__ import annotations

import html

import regex

from extract.document import Run

# Only these names make a tag: "đạt 75% - <90% hồ sơ" is text.
_TAGS = "b|strong|i|em|u|s|p|br|hr|ul|ol|li|div|span|sup|sub|font|center|h[1-6]|blockquote|small|big|a|code|mark"
_TOKEN = regex.compile(
    # words behind the name of a tag are none of its own without a "=": "<a 1>" is text
    rf"(?P<tag></?(?P<name>{_TAGS})(?:\s+[a-z_:][\w:.-]*\s*=[^<>]*|\s*)/?>)"
    r"|(?P<comment><!--.*?-->)"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+\-.!|~>]))"
    r"|(?P<strong>(?<!\*)\*\*\*?(?!\*))"
    r"|(?P<opens>(?<![\w*])\*(?=[^\s*)]))|(?P<closes>(?<=[^\s*(])\*(?![\w*]))",
    regex.IGNORECASE | regex.DOTALL,
)
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|nbsp|lt|gt|amp|quot|apos);", regex.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STYLES = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"} | dict.fromkeys(_HEADINGS, "bold")
_NEW_LINE = {"p", "br", "div", "li", "ul", "ol", "hr", "blockquote", *_HEADINGS}


def parse_inline(text: str, bold: bool = False) -> tuple[Run, ...]:
    """Runs of a stretch of text; marks may span its lines, an unpaired one is text unless it opens or ends a line.

    >>> [(run.text, run.bold, run.italic) for run in parse_inline("**ỦY BAN\\nHUYỆN A** Số: *5*")]
    [('ỦY BAN\\nHUYỆN A', True, False), (' Số: ', False, False), ('5', False, True)]
    >>> [run.text for run in parse_inline("1. Thể chế *(Phòng Tư pháp phụ trách)*: 6 điểm")]
    ['1. Thể chế ', '(Phòng Tư pháp phụ trách)', ': 6 điểm']
    >>> parse_inline("đạt 75% - <90%, 2 * 3 (*) <b>x</b>")[0].text
    'đạt 75% - <90%, 2 * 3 (*) '
    """
    tokens = list(_TOKEN.finditer(text))
    paired = _pairs(tokens, text)
    runs: list[Run] = []
    # marks switch a style on and off, tags may nest
    switched = {"bold": False, "italic": False}
    depth = {"bold": 1 if bold else 0, "italic": 0}
    position = 0

    def emit(piece: str) -> None:
        if piece:
            strong, slanted = (switched[style] or depth[style] > 0 for style in ("bold", "italic"))
            runs.append(Run(piece, strong, slanted))

    for index, token in enumerate(tokens):
        mark = token["strong"] or token["opens"] or token["closes"]
        if token.start() < position or (mark and index not in paired):
            continue
        emit(_unescape(text[position : token.start()]))
        position = token.end()
        if token["escape"]:
            # the escaped character itself is text, even where it looks like a mark
            emit(text[position])
            position += 1
        elif token["tag"]:
            opening = not token["tag"].startswith("</")
            name = token["name"].lower()
            style = _STYLES.get(name)
            if style:
                depth[style] = max(0, depth[style] + (1 if opening else -1))
            if name in _NEW_LINE:
                emit("\n- " if name == "li" and opening else "\n")
        elif mark and paired[index]:
            for style in ("bold", "italic") if mark == "***" else ("bold",) if token["strong"] else ("italic",):
                switched[style] = not switched[style]
    emit(_unescape(text[position:]))
    return tuple(runs)


def _unescape(text: str) -> str:
    return str(_ENTITY.sub(lambda match: html.unescape(match[0]), text))


def _pairs(tokens: list[regex.Match[str]], text: str) -> dict[int, bool]:
    """Indices of the marks that are markup; False for one without a partner that is dropped all the same."""
    paired: dict[int, bool] = {}
    waiting: dict[str, int] = {}
    for index, token in enumerate(tokens):
        mark = token["strong"] or token["opens"] or token["closes"]
        if not mark:
            continue
        # between two signs a mark can do both: "*(Phòng Nội vụ phụ trách)*: 9,25"
        inside = text[: token.start()][-1:].strip(" \t\n(") != ""
        if mark in waiting and (inside or not token["opens"]):
            paired[waiting.pop(mark)] = True
            paired[index] = True
        elif not token["closes"]:
            waiting[mark] = index
    for mark, index in waiting.items():
        token = tokens[index]
        line_start = text.rfind("\n", 0, token.start()) + 1
        line_end = text.find("\n", token.end())
        before = text[line_start : token.start()].strip()
        after = text[token.end() : line_end if line_end != -1 else len(text)].strip()
        if mark.startswith("**") and (not before) != (not after):
            paired[index] = False
    return paired
