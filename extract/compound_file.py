"""Compound files (OLE2): streams of the old office formats, read and patched where they stand ([MS-CFB]).

Only streams of regular sectors are patched; nothing is made longer.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = 512
_END = 0xFFFFFFFA  # this number and those above are marks, no sectors
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    first: int
    size: int


class CompoundFile:
    """The streams of a compound file by name. Raises ValueError where its tables make no sense."""

    def __init__(self, data: bytes) -> None:
        self._data = bytearray(data)
        try:
            self._sector = 1 << self._number(30, "<H")
            if self._sector not in {512, 4096}:
                raise ValueError("sector size")
            self._cutoff = self._number(56)
            self._table = self._allocation_table()
            self._entries = self._directory()
        except (struct.error, IndexError) as error:
            raise ValueError("no compound file") from error

    def stream(self, name: str) -> bytes:
        """The content of a stream in regular sectors. Raises KeyError where there is none of this name."""
        entry = self._entry(name)
        return self._content(entry.first)[: entry.size]

    def patch(self, name: str, offset: int, content: bytes) -> None:
        """Overwrite a part of a stream."""
        sectors = self._chain(self._entry(name).first)
        for place, byte in enumerate(content, start=offset):
            self._data[self._offset(sectors[place // self._sector]) + place % self._sector] = byte

    def to_bytes(self) -> bytes:
        return bytes(self._data)

    def _entry(self, name: str) -> _Entry:
        entry = self._entries[name]
        if entry.kind != _STREAM or entry.size < self._cutoff:
            raise KeyError(name)
        return entry

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
        places = (self._offset(sector) for sector in self._chain(first))
        return b"".join(bytes(self._data[place : place + self._sector]) for place in places)

    def _chain(self, sector: int) -> list[int]:
        chain: list[int] = []
        while sector < _END:
            chain.append(sector)
            if len(chain) > len(self._table):
                raise ValueError("sectors in a circle")
            sector = self._table[sector]
        return chain

    def _offset(self, sector: int) -> int:
        return _HEADER + sector * self._sector if self._sector == _HEADER else (sector + 1) * self._sector

    def _number(self, offset: int, form: str = "<I") -> int:
        number: int = struct.unpack_from(form, self._data, offset)[0]
        return number
