"""Compound files (OLE2), the container of the old office formats: streams read, and written anew ([MS-CFB])."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = 512
_END = 0xFFFFFFFA  # this number and those above are marks, no sectors
_STREAM, _ROOT = 2, 5
_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_FREE, _CHAIN_END, _TABLE_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Shorter streams live in small sectors, which the writer here avoids.
_CUTOFF = 4096
_SMALL = 64
_IN_HEADER = 109


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    first: int
    size: int


class CompoundFile:
    """The streams of a compound file by name. Raises ValueError where its tables make no sense."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._sector = 1 << self._number(30, "<H")
            if self._sector not in {512, 4096}:
                raise ValueError("sector size")
            self._cutoff = self._number(56)
            self._table = self._allocation_table()
            self._entries = self._directory()
            self._small_table = self._small_allocation_table()
        except (struct.error, IndexError) as error:
            raise ValueError("no compound file") from error

    def stream(self, name: str) -> bytes:
        """The content of a stream. Raises KeyError where there is none of this name."""
        entry = self._entries[name]
        if entry.size >= self._cutoff:
            return self._content(entry.first)[: entry.size]
        holder = self._content(self._entries["Root Entry"].first)
        places = (sector * _SMALL for sector in self._chain(entry.first, self._small_table))
        return b"".join(holder[place : place + _SMALL] for place in places)[: entry.size]

    def holds(self, name: str) -> bool:
        return name in self._entries

    def _small_allocation_table(self) -> list[int]:
        first, count = self._number(60), self._number(64)
        content = self._content(first) if count else b""
        return list(struct.unpack(f"<{len(content) // 4}I", content))

    def _allocation_table(self) -> list[int]:
        count, extra, extra_count = self._number(44), self._number(68), self._number(72)
        holders = list(struct.unpack_from("<109I", self._data, 76))
        per_sector = self._sector // 4
        while extra < _END and extra_count > 0:
            *more, extra = struct.unpack_from(f"<{per_sector}I", self._data, self._offset(extra))
            holders.extend(more)
            extra_count -= 1
        table: list[int] = []
        for holder in holders[:count]:
            table.extend(struct.unpack_from(f"<{per_sector}I", self._data, self._offset(holder)))
        return table

    def _directory(self) -> dict[str, _Entry]:
        content = self._content(self._number(48))
        entries = {}
        for start in range(0, len(content) - 127, 128):
            length = int.from_bytes(content[start + 64 : start + 66], "little")
            kind = content[start + 66]
            if kind in {_STREAM, _ROOT} and 2 < length <= 64:
                name = content[start : start + length - 2].decode("utf-16-le", "replace")
                entries[name] = _Entry(kind, *struct.unpack_from("<II", content, start + 116))
        return entries

    def _content(self, first: int) -> bytes:
        places = (self._offset(sector) for sector in self._chain(first, self._table))
        return b"".join(self._data[place : place + self._sector] for place in places)

    def _chain(self, sector: int, table: list[int]) -> list[int]:
        chain: list[int] = []
        while sector < _END:
            chain.append(sector)
            if len(chain) > len(table):
                raise ValueError("sectors in a circle")
            sector = table[sector]
        return chain

    def _offset(self, sector: int) -> int:
        return _HEADER + sector * self._sector if self._sector == _HEADER else (sector + 1) * self._sector

    def _number(self, offset: int, form: str = "<I") -> int:
        number: int = struct.unpack_from(form, self._data, offset)[0]
        return number


def written(streams: dict[str, bytes]) -> bytes:
    """A compound file of these streams, each filled up with zeros to at least 4,096 bytes.

    Raises ValueError where they take more sectors than the header can list (some 7 MB).
    """
    contents = [content.ljust(_CUTOFF, b"\x00") for content in streams.values()]
    starts, table, position = [], [], 0
    for content in contents:
        count = -(-len(content) // _HEADER)
        starts.append(position)
        table.extend([*range(position + 1, position + count), _CHAIN_END])
        position += count
    directory = _directory_of(list(streams), starts, [len(content) for content in contents])
    count = len(directory) // _HEADER
    table.extend([*range(position + 1, position + count), _CHAIN_END])
    directory_start, position = position, position + count
    holders = 1
    while holders * (_HEADER // 4) < position + holders:
        holders += 1
    if holders > _IN_HEADER:
        raise ValueError("too many sectors")
    table.extend([_TABLE_SECTOR] * holders)
    table.extend([_FREE] * (holders * (_HEADER // 4) - len(table)))
    header = _MAGIC + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<5I", 0, holders, directory_start, 0, _CUTOFF)
    header += struct.pack("<4I", _CHAIN_END, 0, _CHAIN_END, 0)
    places = [*range(position, position + holders)]
    header += struct.pack(f"<{_IN_HEADER}I", *places, *[_FREE] * (_IN_HEADER - holders))
    sectors = b"".join(content.ljust(-(-len(content) // _HEADER) * _HEADER, b"\x00") for content in contents)
    return header + sectors + directory + struct.pack(f"<{len(table)}I", *table)


def _directory_of(names: list[str], starts: list[int], sizes: list[int]) -> bytes:
    """The root and its streams as a chain, each the right neighbour of the shorter (or earlier) name before it."""
    order = sorted(range(len(names)), key=lambda index: (len(names[index]), names[index].upper()))
    following = dict(zip(order, [*order[1:], None], strict=True))
    entries = [_entry_of("Root Entry", _ROOT, _FREE, order[0] + 1, _CHAIN_END, 0)]
    for index, name in enumerate(names):
        after = following[index]
        right = _FREE if after is None else after + 1
        entries.append(_entry_of(name, _STREAM, right, _FREE, starts[index], sizes[index]))
    entries.extend([bytes(68) + struct.pack("<3I", _FREE, _FREE, _FREE) + bytes(48)] * (-len(entries) % 4))
    return b"".join(entries)


def _entry_of(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    head = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded), kind, 1)
    return head + struct.pack("<3I", _FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
