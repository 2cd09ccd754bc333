"""Word and Excel files with parts that the library for archives cannot unpack: one clear refusal each."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from extract.readers import read_source
from extract.source import Source
from normalize.errors import UnreadableFile

# Where each field stands behind the signature of an entry of the directory, and behind that of a part.
_VERSION, _FLAGS, _COMPRESSION = (6, 4), (8, 6), (10, 8)


def word_file() -> bytes:
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


def excel_file() -> bytes:
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def with_field(data: bytes, field: tuple[int, int], value: int) -> bytes:
    """The archive with one field of every part set, in its directory and before the part."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x01\x02", field[0]), (b"PK\x03\x04", field[1])):
        at = data.find(signature)
        while at >= 0:
            struct.pack_into("<H", changed, at + offset, value)
            at = data.find(signature, at + 4)
    return bytes(changed)


@pytest.mark.parametrize(("made", "name"), [(word_file, "a.docx"), (excel_file, "a.xlsx")])
@pytest.mark.parametrize(
    ("field", "value"),
    [(_COMPRESSION, 99), (_FLAGS, 1), (_VERSION, 99)],
    ids=["unknown compression", "a password on its parts", "a newer format"],
)
def test_a_part_that_cannot_be_unpacked_is_one_clear_refusal(
    made: Callable[[], bytes], name: str, field: tuple[int, int], value: int
) -> None:
    data = with_field(made(), field, value)
    with pytest.raises(UnreadableFile) as raised:
        read_source(Source.of(data, Path(name)))
    assert raised.value.reason in ("broken-docx", "broken-xlsx", "password")
    assert zipfile.is_zipfile(io.BytesIO(data))
