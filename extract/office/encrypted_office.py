"""Whether an old binary office file is locked by a password ([MS-DOC] 2.5.2, [MS-XLS] 2.4.117)."""

from __future__ import annotations

_SECTOR = 512
_WORD_MAGIC = b"\xec\xa5"
_WORD_ENCRYPTED = 0x0100
_BOF = b"\x09\x08"
_FILEPASS = 0x002F
_FIRST_RECORDS = 20


def is_encrypted(data: bytes) -> bool:
    """Streams of a compound file begin at a sector: the start of each sector is looked at."""
    starts = range(_SECTOR, len(data) - 32, _SECTOR)
    return any(_word(data, start) or _excel(data, start) for start in starts)


def _word(data: bytes, start: int) -> bool:
    if data[start : start + 2] != _WORD_MAGIC:
        return False
    return bool(int.from_bytes(data[start + 10 : start + 12], "little") & _WORD_ENCRYPTED)


def _excel(data: bytes, start: int) -> bool:
    """The record that announces encryption stands among the first, before all that it hides."""
    if data[start : start + 2] != _BOF:
        return False
    for _ in range(_FIRST_RECORDS):
        kind = int.from_bytes(data[start : start + 2], "little")
        if kind == _FILEPASS:
            return True
        start += 4 + int.from_bytes(data[start + 2 : start + 4], "little")
    return False
