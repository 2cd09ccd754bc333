"""The commands, the settings and the pipeline; and the archive for those who go on in Python.

from cchc import open_archive
with open_archive("cchc.db") as archive:
    frame = archive.compare(2022, province="Phú Yên")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.archive import Archive


def open_archive(url: str | Path = "cchc.db", floats: bool = False) -> Archive:
    """Open an archive (a path or database URL); its methods give pandas frames (docs/DATA.md).

    `floats` gives floating numbers in the place of exact decimals. Raises StoreError where there is no archive.
    """
    from compare.archive import Archive  # pandas is loaded only for those who ask

    return Archive.open(url, floats)
