"""Whether the text of a PDF page may be read as it is.

A page under an old recognition, or a scan whose only text is the stamp of a digital signature, looks typed to a
program; its numbers are unsure and nothing would say so. Shares are of the page's area or of its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import regex

from extract.layout.paragraphs import Piece
from extract.pdf.shapes import Marks, Picture
from normalize.text import plain

Why = Literal[
    "no-text-layer",
    "image-under-signature",
    "image-over-text",
    "old-recognition",
    "garbage-text-layer",
    "legacy-encoding-unreadable",
    "picture-of-table",
    "page-too-complex",
    "broken-page",
]

_COVERS_PAGE = 0.65
_LARGE = 0.25  # a picture of a table; a seal or a logo is below 0.1
_FEW_WORDS = 60
_ENOUGH_WORDS = 25
_SYLLABLE_SHARE = 0.55
_LOST_SHARE = 0.05

_SYLLABLE = regex.compile(
    r"(?:ngh|ng|nh|th|tr|ch|ph|kh|gh|gi|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|oai|oay|oeo|uoi|uou|ieu|yeu|uay|uao|[aeiouy]{1,2})(?:ng|nh|ch|[cmnpt])?"
)
_WORD = regex.compile(r"\p{L}{2,}")
_LEGACY_FONT = regex.compile(r"(?i)^(?:\.vn|vni[-\s]|vnf-)")
_LEGACY_SIGNS = frozenset("¨©®¸µ¶·¹«¬­¾»¼½Æ§")
_MARKED = regex.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9áàãéèíìóòõúùýÁÀÃÉÈÍÌÓÒÕÚÙÝ]")


def triage(marks: Marks, pieces: Sequence[Piece]) -> Why | None:
    """Why the page must be recognised from its picture; None where its text can be read.

    An empty page without a picture is readable: it says nothing.
    """
    words = [word for piece in pieces for word in _WORD.findall(piece.word.text)]
    scan = next((picture for picture in marks.pictures if _share(picture, marks) >= _COVERS_PAGE), None)
    covered = _covered(marks)
    if not pieces:
        if covered < _LARGE and not _drawn_text(marks):
            return None
        return "image-under-signature" if marks.stamped else "no-text-layer"
    if marks.lost > _LOST_SHARE * max(len(marks.glyphs), 1):
        return "garbage-text-layer"
    if _legacy(marks) and not _vietnamese(words):
        return "legacy-encoding-unreadable"
    if scan is not None or covered >= _COVERS_PAGE:
        if len(words) < _FEW_WORDS:
            return "image-under-signature"
        if marks.invisible:
            return "old-recognition"
        if scan is not None and scan.glyphs_before > 0.5 * len(marks.glyphs):
            return "image-over-text"
    if len(words) >= _ENOUGH_WORDS and not _vietnamese(words):
        return "garbage-text-layer"
    if covered >= _LARGE and len(words) < _FEW_WORDS and _detailed(marks):
        return "picture-of-table"
    return None


def syllable_share(words: Sequence[str]) -> float:
    """The share of words that are Vietnamese syllables; abbreviations (UBND, TTHC) are not asked.

    >>> syllable_share(["cải", "cách", "hành", "chính", "CCHC"])
    1.0
    >>> syllable_share(["c4i", "rsth", "hqnh", "chfnh"])
    0.0
    """
    asked = [word for word in words if not (word.isupper() and not _MARKED.search(word))]
    good = sum(_SYLLABLE.fullmatch(plain(word)) is not None for word in asked)
    return good / len(asked) if asked else 1.0


def _vietnamese(words: Sequence[str]) -> bool:
    marked = sum(bool(_MARKED.search(word)) for word in words)
    return syllable_share(words) >= _SYLLABLE_SHARE and (marked >= 0.1 * len(words) or len(words) < _ENOUGH_WORDS)


def _legacy(marks: Marks) -> bool:
    """TCVN3 and VNI fonts, or the signs TCVN3 puts for letters (n¨m, ®iÓm) in number."""
    signs = sum(glyph.text in _LEGACY_SIGNS for glyph in marks.glyphs)
    return signs > 0.02 * len(marks.glyphs) or any(_LEGACY_FONT.match(glyph.font) for glyph in marks.glyphs)


def _share(picture: Picture, marks: Marks) -> float:
    box = picture.box
    width = max(0.0, min(box.x1, marks.width) - max(box.x0, 0.0))
    height = max(0.0, min(box.bottom, marks.height) - max(box.top, 0.0))
    return width * height / (marks.width * marks.height)


def _covered(marks: Marks) -> float:
    """The share of the page under pictures; scanners that write strips put many on a page."""
    return min(1.0, sum(_share(picture, marks) for picture in marks.pictures))


def _detailed(marks: Marks) -> bool:
    """Whether a large picture has the resolution of a scan or screenshot (70 dpi) and not of a decoration."""
    return any(
        _share(picture, marks) >= _LARGE and picture.pixels[0] >= picture.box.width * 70 / 72
        for picture in marks.pictures
    )


def _drawn_text(marks: Marks) -> bool:
    """A page without letters that is full of rulings: its text was turned into outlines."""
    return len(marks.segments) > 40
