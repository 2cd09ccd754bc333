"""Lines of a letterhead that a narrow column cut in two, made whole.

A letterhead copied from a page of a law portal has its columns' line ends in it: "CỘNG HÒA XÃ" and "HỘI CHỦ NGHĨA VIỆT
NAM", "QUYẾT" and "ĐỊNH", "Số:" and the number, "Hà" and "Nội, ngày 22 tháng 6 năm 2009". No half means anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extract.document import Paragraph, Table
from extract.heading.kinds import is_bare_kind
from normalize.text import nfc, plain, squeeze

# a letterhead and its title end within so many blocks; what is cut in two stands on up to three lines
_HEAD, _HALVES = 40, 3
_LONGEST_HALF = 40
_WHOLE = regex.compile(
    r"cong hoa xa hoi chu nghia viet nam|uy ban nhan dan"
    r"|so ?: ?[0-9]{1,5} ?/ ?(?:[0-9]{4} ?/ ?)?[\p{L}0-9&.–-]{2,30}"
    r"|\p{L}[\p{L} .'-]{1,30}, ngay ?[0-9]{1,2} thang [0-9]{1,2} nam [0-9]{4}"
)


def whole_lines(blocks: Sequence[Paragraph | Table]) -> tuple[Paragraph | Table, ...]:
    """The blocks with those at the beginning made one that are the halves of one line of a letterhead."""
    made: list[Paragraph | Table] = []
    at = 0
    while at < min(len(blocks), _HEAD):
        halves = _halves(blocks[at : at + _HALVES])
        made.append(_joined(halves) if len(halves) > 1 else blocks[at])
        at += max(len(halves), 1)
    return (*made, *blocks[at:])


def _halves(blocks: Sequence[Paragraph | Table]) -> list[Paragraph]:
    """The paragraphs from the first one on that are one line together, and none of them one by itself."""
    taken: list[Paragraph] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_HALF or _is_whole(block.text):
            break
        taken.append(block)
        if len(taken) > 1 and _is_whole(" ".join(each.text for each in taken)):
            return taken
    return []


def _is_whole(text: str) -> bool:
    text = squeeze(nfc(text))
    return _WHOLE.fullmatch(plain(text)) is not None or (text.isupper() and is_bare_kind(text))


def _joined(halves: Sequence[Paragraph]) -> Paragraph:
    words = tuple(word for half in halves for word in half.words)
    return replace(halves[0], text=squeeze(" ".join(half.text for half in halves)), words=words, runs=())
