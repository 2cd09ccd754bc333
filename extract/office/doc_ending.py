"""A mend for old Word files that end with a table: LibreOffice loses that table unless a paragraph follows it.

Word always ends a document with a paragraph mark; files that LibreOffice itself saved may end with the mark of a
table row, and then it reads all their cells as one paragraph (seen with version 7.4). The missing mark is added as a
piece of text of its own, with a page of paragraph properties for it ([MS-DOC] 2.4, 2.8.6, 2.8.35, 2.9.172).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from extract.office.compound_file import CompoundFile, written

_WORD_97 = 0x00C1
_TABLE_1 = 0x0200
# Pairs of offset and length in the header, and what they lead to in the table stream.
_PAIRS = 154
_SECTIONS, _PARAGRAPH_BINS, _PIECES = 6, 13, 33
_MAIN_LENGTH = 76
_PAGE = 512
_COMPRESSED = 0x40000000
_ROW_MARK = "\x07\x07"
_PARAGRAPH_MARK = b"\r\x00"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text: its characters, and where it stands in the stream (with the bit of its encoding)."""

    first: int
    last: int
    flags: bytes
    place: int
    modifier: bytes

    def at(self, character: int) -> int:
        """The place of one of its characters, as the file writes it."""
        return self.place + 2 * (character - self.first)

    def text(self, word: bytes) -> str:
        length = self.last - self.first
        if self.place & _COMPRESSED:
            start = (self.place & ~_COMPRESSED) // 2
            return word[start : start + length].decode("latin-1")
        return word[self.place : self.place + 2 * length].decode("utf-16-le", "replace")


def has_tables(data: bytes) -> bool:
    """Whether the text of an old Word file holds marks of table rows; False where it cannot be told."""
    try:
        return _ROW_MARK in _main_text(*_streams(CompoundFile(data))[1:])
    except (ValueError, KeyError, struct.error, IndexError):
        return False


def with_last_paragraph(data: bytes) -> bytes:
    """The file with a paragraph behind a table at its end; the same bytes where nothing is amiss."""
    try:
        file = CompoundFile(data)
        table_name, word, table = _streams(file)
        if not _main_text(word, table).endswith(_ROW_MARK):
            return data
        word, table = _mended(word, table)
        # pictures and the properties of wide rows; what else the file holds does not matter for its text
        rest = {"Data": file.stream("Data")} if file.holds("Data") else {}
        return written({"WordDocument": word, table_name: table, **rest})
    except (ValueError, KeyError, struct.error, IndexError):
        return data


def _streams(file: CompoundFile) -> tuple[str, bytes, bytes]:
    word = file.stream("WordDocument")
    version, flags = _u16(word, 2), _u16(word, 10)
    if version < _WORD_97:
        raise ValueError("older than Word 97")
    name = "1Table" if flags & _TABLE_1 else "0Table"
    return name, word, file.stream(name)


def _main_text(word: bytes, table: bytes) -> str:
    """The text without notes and running heads, which follow it in the file."""
    _, pieces = _pieces(word, table)
    return "".join(piece.text(word) for piece in pieces)[: _u32(word, _MAIN_LENGTH)]


def _pieces(word: bytes, table: bytes) -> tuple[bytes, list[_Piece]]:
    """What stands before the list of pieces, and the pieces."""
    start, length = _pair(word, _PIECES)
    position = start
    while position < start + length and table[position] == 1:
        position += 3 + _u16(table, position + 1)
    count = (_u32(table, position + 1) - 4) // 12
    limits = struct.unpack_from(f"<{count + 1}I", table, position + 5)
    pieces = []
    for index in range(count):
        at = position + 5 + 4 * (count + 1) + 8 * index
        pieces.append(
            _Piece(limits[index], limits[index + 1], table[at : at + 2], _u32(table, at + 2), table[at + 6 : at + 8])
        )
    return table[start:position], pieces


def _mended(word: bytes, table: bytes) -> tuple[bytes, bytes]:
    """Both streams with a paragraph mark behind the main text."""
    end = _u32(word, _MAIN_LENGTH)
    sections, length = _pair(word, _SECTIONS)
    last_section = sections + 4 * ((length - 4) // 16)
    mended = bytearray(table)
    if _u32(table, last_section) == end:
        struct.pack_into("<I", mended, last_section, end + 1)

    mark_at = -(-len(word) // _PAGE) * _PAGE
    bins, length = _pair(word, _PARAGRAPH_BINS)
    count = (length - 4) // 8
    limits = struct.unpack_from(f"<{count + 1}I", table, bins)
    numbers = struct.unpack_from(f"<{count}I", table, bins + 4 * (count + 1))
    # the page begins where the last one ends: nothing of the text lies between that and the mark
    page = struct.pack("<3I", limits[-1], mark_at, mark_at + 2).ljust(_PAGE - 1, b"\x00") + b"\x02"
    new_bins = struct.pack(f"<{2 * count + 3}I", *limits, mark_at + 2, *numbers, mark_at // _PAGE + 1)

    before, pieces = _pieces(word, table)
    listed = _list_of(_with_mark(pieces, end, mark_at))
    new_pieces = before + b"\x02" + struct.pack("<I", len(listed)) + listed

    header = bytearray(word.ljust(mark_at, b"\x00") + _PARAGRAPH_MARK.ljust(_PAGE, b"\x00") + page)
    struct.pack_into("<I", header, _MAIN_LENGTH, end + 1)
    for index, content in ((_PARAGRAPH_BINS, new_bins), (_PIECES, new_pieces)):
        struct.pack_into("<2I", header, _PAIRS + 8 * index, len(mended), len(content))
        mended += content
    return bytes(header), bytes(mended)


def _with_mark(pieces: list[_Piece], end: int, mark_at: int) -> list[_Piece]:
    """The pieces with the mark at character `end`; what follows it (notes, heads) moves on by one."""
    mark = _Piece(end, end + 1, b"\x00\x00", mark_at, b"\x00\x00")
    before = [_cut(piece, piece.first, min(piece.last, end)) for piece in pieces if piece.first < end]
    after = [_cut(piece, max(piece.first, end), piece.last) for piece in pieces if piece.last > end]
    moved = [_Piece(piece.first + 1, piece.last + 1, piece.flags, piece.place, piece.modifier) for piece in after]
    return [*before, mark, *moved]


def _cut(piece: _Piece, first: int, last: int) -> _Piece:
    return _Piece(first, last, piece.flags, piece.at(first), piece.modifier)


def _list_of(pieces: list[_Piece]) -> bytes:
    limits = [piece.first for piece in pieces] + [pieces[-1].last]
    entries = (piece.flags + struct.pack("<I", piece.place) + piece.modifier for piece in pieces)
    return struct.pack(f"<{len(limits)}I", *limits) + b"".join(entries)


def _pair(word: bytes, index: int) -> tuple[int, int]:
    """Offset and length of a structure in the table stream."""
    return _u32(word, _PAIRS + 8 * index), _u32(word, _PAIRS + 8 * index + 4)


def _u16(data: bytes, offset: int) -> int:
    number: int = struct.unpack_from("<H", data, offset)[0]
    return number


def _u32(data: bytes, offset: int) -> int:
    number: int = struct.unpack_from("<I", data, offset)[0]
    return number
