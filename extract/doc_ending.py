"""A mend for old Word files that end with a table: LibreOffice loses that table unless a paragraph follows it.

Word always ends a document with a paragraph mark; files that LibreOffice itself saved may end with the mark of a
table row, and then it reads all their cells as one paragraph (seen with version 7.4). The missing mark is put into
the free bytes behind the text, with its entries in the tables that say what is where ([MS-DOC] 2.4, 2.8.6, 2.9.42).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from extract.compound_file import CompoundFile

_WORD_97 = 0x00C1
_TABLE_1 = 0x0200
_PAIRS = 154
_SECTIONS, _PARAGRAPH_BINS, _PIECES = 6, 13, 33
_PAGE = 512
_CELL_MARKS = "\x07\x07"
_PARAGRAPH_MARK = b"\r\x00"


@dataclass(frozen=True, slots=True)
class _Text:
    """Where the last stretch of the text ends: in characters, in bytes of the stream, and where that is written."""

    characters: int
    end: int
    written_at: int
    tail: str
    has_cells: bool


def has_tables(data: bytes) -> bool:
    """Whether the text of an old Word file holds marks of table rows; False where it cannot be told."""
    try:
        text = _text(*_streams(CompoundFile(data))[1:])
    except (ValueError, KeyError, struct.error, IndexError):
        return False
    return text is not None and text.has_cells


def with_last_paragraph(data: bytes) -> bytes:
    """The file with a paragraph behind a table at its end; the same bytes where nothing is amiss or no room is left."""
    try:
        file = CompoundFile(data)
        table_name, word, table = _streams(file)
        text = _text(word, table)
        if text is None or text.tail != _CELL_MARKS:
            return data
        return _mended(file, table_name, word, table, text) or data
    except (ValueError, KeyError, struct.error, IndexError):
        return data


def _streams(file: CompoundFile) -> tuple[str, bytes, bytes]:
    word = file.stream("WordDocument")
    version, flags = _u16(word, 2), _u16(word, 10)
    if version < _WORD_97:
        raise ValueError("older than Word 97")
    name = "1Table" if flags & _TABLE_1 else "0Table"
    return name, word, file.stream(name)


def _text(word: bytes, table: bytes) -> _Text | None:
    """The end of a text in 16-bit characters whose last piece is the last of the main text."""
    position, length = _pair(word, _PIECES)
    limit = position + length
    while position < limit and table[position] == 1:
        position += 3 + _u16(table, position + 1)
    count = (_u32(table, position + 1) - 4) // 12
    starts = position + 5
    decoded = []
    end = 0
    for piece in range(count):
        first, last = struct.unpack_from("<2I", table, starts + 4 * piece)
        place = _u32(table, starts + 4 * (count + 1) + 8 * piece + 2)
        if place & 0x40000000:
            place = (place & 0x3FFFFFFF) // 2
            decoded.append(word[place : place + last - first].decode("latin-1"))
            end = 0
        else:
            end = place + 2 * (last - first)
            decoded.append(word[place:end].decode("utf-16-le", "replace"))
    whole = "".join(decoded)
    written_at = starts + 4 * count
    characters = _u32(table, written_at)
    has_cells = _CELL_MARKS in whole
    if not end or _u32(word, 76) != characters:
        # notes or heads follow the main text: it does not end where the pieces end
        return _Text(characters, end, written_at, "", has_cells)
    return _Text(characters, end, written_at, whole[-2:], has_cells)


def _mended(file: CompoundFile, table_name: str, word: bytes, table: bytes, text: _Text) -> bytes | None:
    bins, length = _pair(word, _PARAGRAPH_BINS)
    count = (length - 4) // 8
    page_number = _u32(table, bins + 4 * (count + 1) + 4 * (count - 1))
    page = _with_entry(word[page_number * _PAGE : (page_number + 1) * _PAGE], text.end)
    free = word[text.end : text.end + 2] == b"\x00\x00" and text.end % _PAGE
    if page is None or not free:
        return None
    longer = struct.pack("<I", text.characters + 1)
    end = struct.pack("<I", text.end + 2)
    sections, length = _pair(word, _SECTIONS)
    file.patch("WordDocument", text.end, _PARAGRAPH_MARK)
    file.patch("WordDocument", 28, end)
    file.patch("WordDocument", 76, longer)
    file.patch("WordDocument", page_number * _PAGE, page)
    file.patch(table_name, text.written_at, longer)
    file.patch(table_name, sections + 4 * ((length - 4) // 16), longer)
    file.patch(table_name, bins + 4 * count, end)
    return file.to_bytes()


def _with_entry(page: bytes, end: int) -> bytes | None:
    """A page of paragraph properties with one more paragraph, of no properties, from `end` on; None if it is full."""
    count = page[-1]
    limits = list(struct.unpack_from(f"<{count + 1}I", page))
    start = 4 * (count + 1)
    entries = [page[start + 13 * index : start + 13 * (index + 1)] for index in range(count)]
    lowest = min([entry[0] * 2 for entry in entries if entry[0]], default=_PAGE - 1)
    if limits[-1] != end:
        return None
    head = struct.pack(f"<{count + 2}I", *limits, end + 2) + b"".join(entries) + bytes(13)
    if len(head) > lowest:
        return None
    return head + page[len(head) : -1] + bytes((count + 1,))


def _pair(word: bytes, index: int) -> tuple[int, int]:
    """Offset and length of a structure in the table stream."""
    return _u32(word, _PAIRS + 8 * index), _u32(word, _PAIRS + 8 * index + 4)


def _u16(data: bytes, offset: int) -> int:
    number: int = struct.unpack_from("<H", data, offset)[0]
    return number


def _u32(data: bytes, offset: int) -> int:
    number: int = struct.unpack_from("<I", data, offset)[0]
    return number
