"""The words of a stretch without what joins them to their neighbours."""

from __future__ import annotations

import regex

from extract.prose.cues import either

_JOINTS = regex.compile(
    r"^(?:[\s,;:.\-–—+*•/]+|(?:và|nên|do đó|vì vậy|đã|là|điểm|đ|trong đó|cụ thể)(?!\p{L}))+", regex.IGNORECASE
)
_TRAILS = regex.compile(
    r"(?:[\s,;:.\-–—+*•(]+|(?<!\p{L})(?:nên|do đó|vì vậy|vì thế|đã|bị|tự|và|mà|là|còn|cụ thể|các|những"
    r"|(?<=(?:[,;.]|nên|do đó|vì vậy|vì thế|và|mà)\s)huyện)"
    r"|(?<!\p{L})nên (?:chỉ )?(?:được|đạt)\s+[\d.,]+(?:/[\d.,]+)?\s*(?:điểm|đ))+$",
    regex.IGNORECASE,
)
# "ở tiêu chí 1.4 "Sáng kiến" do ...": what the amount before it was lost at, with its name
_AT_CRITERION = (
    r"(?:(?:ở|tại|thuộc|của|đối với)\s+)?(?:các\s+)?(?:tiêu chí|nội dung|tctp|tc)(?:\s+thành phần)?\s+\d+(?:\.\d+)+"
    r"(?:\s*(?:,|và|đến|-)\s*\d+(?:\.\d+)+)*"
    r"(?:[^;.\n]{0,120}?(?:,\s*)?(?<!\p{L})(?:do|vì)|\s*[:,])?"
)
BECAUSE = regex.compile(rf"(?:{_AT_CRITERION}|{either('because')})(?!\p{{L}})\s*:?\s*", regex.IGNORECASE)


def tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without joints, bullets and the cue words at its ends."""
    piece = text[start:end]
    label = piece.rfind("\n")
    if label >= 0 and letters(piece[label:]) <= 1:  # "c) " of the line that follows
        piece = piece[:label]
    head = _JOINTS.match(piece)
    lead = head.end() if head else 0
    because = BECAUSE.match(piece, lead)
    lead = because.end() if because else lead
    tail = _TRAILS.search(piece, lead)
    stop = max(lead, tail.start() if tail else len(piece))
    while piece[lead:stop].endswith(")") and piece[lead:stop].count(")") > piece[lead:stop].count("("):
        stop -= 1
    if piece[lead:stop].startswith("(") and piece[lead:stop].endswith(")") and "(" not in piece[lead + 1 : stop]:
        lead, stop = lead + 1, stop - 1
    return start + lead, start + stop


def letters(piece: str) -> int:
    return sum(sign.isalpha() for sign in piece)
