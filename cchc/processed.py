"""What comes back from a worker process. Kept apart from the pipeline, so that the parent need not load the readers."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Document
from load.entries import FileEntry
from normalize.records import Report


@dataclass(frozen=True, slots=True)
class Processed:
    """What became of a file: its line for the ledger, and what was read (None where nothing could be).

    `document` has its pages without their text, which the store does not keep: what was read of it is in `report`.
    `as_read` is the report before the audit repaired it.
    """

    entry: FileEntry
    document: Document | None = None
    report: Report | None = None
    as_read: Report | None = None


def printable(name: str) -> str:
    r"""A file name as text that can be stored and shown: bytes that are no UTF-8 are spelt out.

    >>> printable("báo cáo.pdf"), printable("b\udce1o.pdf")
    ('báo cáo.pdf', 'b\\xe1o.pdf')
    """
    return name.encode("utf8", "surrogateescape").decode("utf8", "backslashreplace")
