"""Tables that only lay out a page: the two columns of a letterhead and of a signature.

Decree 30/2020 (and Circular 01/2011 before it) puts the issuer left and the national heading right, the recipients left
and the signature right; Word users make both with a table without borders. They are prose, read column by column.
"""

from __future__ import annotations

import regex

from normalize.text import plain

_MAX_ROWS = 6
_SIGNS = regex.compile(
    r"cong hoa xa hoi chu nghia|doc lap-tu do|^noi nhan|\bluu: ?vt\b|^(?:tm|kt|tl|tuq|q)\. ?\p{L}"
    r"|dang cong san viet nam|^[\p{L} .]+, ngay [\d .…]*thang [\d .…]*nam [\d .…]*$"
)
_NUMERAL = regex.compile(r"[-–]?\s*\d[\d.,/ ]*%?")


def is_layout(rows: int, columns: int, texts: list[str], ruled: bool) -> bool:
    """Whether a table of this size and with these cell texts is a letterhead or a signature block.

    `ruled` says whether lines are drawn around its cells. Two columns (or three, the middle one empty), few rows, no
    bare numbers, and words that only stand there.

    >>> is_layout(1, 2, ["UBND HUYỆN A\\nSố: 5/BC-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ruled=False)
    True
    >>> is_layout(2, 2, ["Tiêu chí", "Điểm", "1.1", "0,5"], ruled=False)
    False
    """
    filled = [text for text in texts if text.strip()]
    if ruled or rows > _MAX_ROWS or not 1 <= columns <= 3 or len(filled) > 2 * rows:
        return False
    if any(_NUMERAL.fullmatch(text.strip()) for text in filled):
        return False
    return any(_SIGNS.search(plain(line.strip())) for text in filled for line in text.split("\n"))
