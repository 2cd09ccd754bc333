"""Stretches of styled text to paragraphs: the one place where readers finish their text.

Text leaves here in NFC, with plain blanks for the many kinds of blank, and without characters that nobody sees.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from extract.document import Paragraph, Run
from normalize.place import NOWHERE, Place

_BLANKS = regex.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# zero-width characters, marks of direction, byte order mark
_UNSEEN = regex.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CONTROLS = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKS = "".join(map(chr, range(0x0300, 0x0370)))
_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
# In TCVN3 the place of the soft hyphen is the letter ư: only text that is surely Unicode loses it here, the repair of
# old encodings drops the rest.
_LEGACY_FONT = regex.compile(r"\.?Vn|VNI", regex.IGNORECASE)
_UNICODE_LETTER = regex.compile(r"[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")


def clean(text: str, font: str | None = None) -> str:
    """Characters as a person sees them, in NFC; line ends are kept.

    >>> clean("0,75\\u00a0điê\\u0309m")
    '0,75 điểm'
    >>> clean("½ điểm"), clean("kế\\u00adhoạch"), clean("n\\u00adíc") == "n\\u00adíc"
    ('½ điểm', 'kếhoạch', True)
    """
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROLS.sub("", _UNSEEN.sub("", _BLANKS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))))
    if _UNICODE_LETTER.search(text) and not (font and _LEGACY_FONT.match(font)):
        text = text.replace("\u00ad", "")
    return unicodedata.normalize("NFC", text.replace("\v", "\n").replace("\f", "\n"))


def raised(text: str) -> str:
    """Raised figures as such: a note's sign or a power is never a digit of the number before it.

    >>> "12,5" + raised("1"), "km" + raised("2"), raised("th")
    ('12,5¹', 'km²', 'th')
    """
    return text.translate(_RAISED) if all(letter in "0123456789()" for letter in text.strip()) else text


def join_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Cleaned runs, neighbours of one style made one; a mark that opens a run goes to the letter before it."""
    joined: list[Run] = []
    for run in runs:
        text = run.text
        if joined and text:
            last = joined[-1]
            same = (last.bold, last.italic, last.font) == (run.bold, run.italic, run.font)
            rest = "" if same else text.lstrip(_MARKS)
            moved = text[: len(text) - len(rest)]
            if moved:
                joined[-1] = Run(last.text + moved, last.bold, last.italic, last.font)
            text = rest
        if text:
            joined.append(run if text is run.text else Run(text, run.bold, run.italic, run.font))
    return tuple(_cleaned(run, clean(run.text, run.font)) for run in joined)


def _cleaned(run: Run, text: str) -> Run:
    return run if text == run.text else Run(text, run.bold, run.italic, run.font)


def text_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def trim(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Without blanks and line ends at both ends.

    >>> trim((Run("  "), Run(" a ", bold=True), Run(" ")))
    (Run(text='a', bold=True, italic=False, font=None),)
    """
    kept = list(runs)
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = _cleaned(kept[0], kept[0].text.lstrip())
        kept[-1] = _cleaned(kept[-1], kept[-1].text.rstrip())
    return tuple(kept)


def lines_of(runs: Iterable[Run]) -> list[tuple[Run, ...]]:
    """The runs of each line; an empty line has none."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        if first:
            lines[-1].append(_cleaned(run, first))
        lines.extend([replace(run, text=piece)] if piece else [] for piece in rest)
    return [tuple(line) for line in lines]


def split_at(runs: Sequence[Run], gap: regex.Pattern[str]) -> list[tuple[Run, ...]]:
    """The runs between the gaps of their text.

    >>> [text_of(part) for part in split_at([Run("UBND XÃ A\\t", bold=True), Run("Độc lập")], regex.compile(r"\\t"))]
    ['UBND XÃ A', 'Độc lập']
    """
    text = text_of(runs)
    ends = [*(match.span() for match in gap.finditer(text)), (len(text), len(text))]
    parts, start = [], 0
    for stop, following in ends:
        parts.append(_slice(runs, start, stop))
        start = following
    return parts


def _slice(runs: Sequence[Run], start: int, stop: int) -> tuple[Run, ...]:
    kept, position = [], 0
    for run in runs:
        piece = run.text[max(0, start - position) : max(0, stop - position)]
        if piece:
            kept.append(replace(run, text=piece))
        position += len(run.text)
    return tuple(kept)


def paragraph(runs: Iterable[Run], align: str | None = None, place: Place = NOWHERE) -> Paragraph | None:
    """A paragraph of these runs, or None where nothing can be seen."""
    seen = trim(join_runs(runs))
    if not seen:
        return None
    return Paragraph(text_of(seen), place, seen, align=align)


def all_bold(runs: Iterable[Run]) -> bool:
    """Whether there is something to see and all of it is bold."""
    visible = [run for run in runs if run.text.strip()]
    return bool(visible) and all(run.bold for run in visible)


def all_italic(runs: Iterable[Run]) -> bool:
    visible = [run for run in runs if run.text.strip()]
    return bool(visible) and all(run.italic for run in visible)
