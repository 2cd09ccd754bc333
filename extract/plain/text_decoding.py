"""Bytes of a text file to characters: which encoding it is in."""

from __future__ import annotations

import codecs

import regex

# Bytes of cp1258 that are combining tone marks; in Vietnamese text each follows its vowel.
_MARK_1258 = regex.compile(rb"(.)[\xcc\xd2\xde\xec\xf2]", regex.DOTALL)
_VOWELS_1258 = frozenset(b"aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd")
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_SAMPLE = 1 << 16


def decode_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file and the warnings about it: "decoded-as:cp1258" or "decoded-as:legacy-bytes".

    Unicode is tried first and believed when it fits. Otherwise cp1258 is told by its tone marks, which stand after
    vowels; what remains keeps the shape of its bytes (Latin letters), as the repair of TCVN3 and VNI needs it.

    >>> decode_text("Tuần Giáo".encode("utf-8-sig"))
    ('Tuần Giáo', ())
    >>> decode_text("Tuần Giáo".encode("utf-16"))
    ('Tuần Giáo', ())
    >>> decode_text(b"Tu\\xe2\\xccn Gi\\xe1o")
    ('Tuâ\\u0300n Giáo', ('decoded-as:cp1258',))
    >>> decode_text(b"C\\xe9ng h\\xdfa")
    ('Céng hßa', ('decoded-as:legacy-bytes',))
    """
    wide = _utf16(data)
    if wide is not None:
        return wide, ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    before = [match[1][0] for match in _MARK_1258.finditer(data)]
    if before and sum(byte in _VOWELS_1258 for byte in before) >= 0.9 * len(before):
        # the five bytes that cp1258 leaves open keep their number, none is lost
        text = "".join(_letter_1258(byte) for byte in data)
        return text, ("decoded-as:cp1258",)
    return "".join(_letter_1252(byte) for byte in data), ("decoded-as:legacy-bytes",)


def looks_like_text(data: bytes) -> bool:
    """Whether the bytes may be text in some encoding: no control characters, or UTF-16.

    >>> looks_like_text("điểm".encode()), looks_like_text(b"\\x00\\x01\\x02\\x7fELF")
    (True, False)
    """
    sample = data[:_SAMPLE]
    if _utf16(sample[: len(sample) & ~1]) is not None:
        return True
    return not any(byte in sample for byte in _CONTROLS)


def _utf16(data: bytes) -> str | None:
    """UTF-16 by its mark, or without one by the zero bytes of its spaces, digits and line ends."""
    order = None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        order = "utf-16"
    elif len(data) >= 8 and b"\x00" in data[:200]:
        even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
        half = len(data[:2000]) // 2
        if odd > half // 4 and even == 0:
            order = "utf-16-le"
        elif even > half // 4 and odd == 0:
            order = "utf-16-be"
    if order is None:
        return None
    try:
        return data[: len(data) & ~1].decode(order)
    except UnicodeDecodeError:
        return None


def _letter(byte: int, encoding: str) -> str:
    try:
        return bytes((byte,)).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


_TABLE_1258 = tuple(_letter(byte, "cp1258") for byte in range(256))
_TABLE_1252 = tuple(_letter(byte, "cp1252") for byte in range(256))


def _letter_1258(byte: int) -> str:
    return _TABLE_1258[byte]


def _letter_1252(byte: int) -> str:
    return _TABLE_1252[byte]
