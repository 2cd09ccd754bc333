"""A document put into the store or into another's place, with what hangs on it: the corrections that people made to its
content, its renditions, and the groups of units that must be settled anew. Inside a transaction that the store holds.
"""

from __future__ import annotations

from sqlalchemy import Connection

from extract.document import Document
from load import corrections
from load.reading import StoredReport
from load.renditions import group_of, link
from load.scorecards import unsettle
from load.writing import id_of, insert_document, one_writer, remove_document
from normalize.records import Finding, Report


def store_reading(
    connection: Connection,
    document: Document,
    report: Report,
    findings: tuple[Finding, ...],
    run: int | None,
    as_read: Report,
    replace: bool,
) -> bool:
    """Store what was read, corrected as people decided; False where the content is there and not to be replaced."""
    one_writer(connection)
    stored = id_of(connection, document.sha256)
    if stored is not None and not replace:
        return False
    kin = set[int]() if stored is None else _taken_out(connection, stored)
    mended = corrections.put_in(connection, document.sha256, report, as_read)
    found = findings if mended is report else mended.findings
    return _put_in(connection, document, mended, found, run, as_read, kin)


def store_corrected(connection: Connection, document_id: int, stored: StoredReport) -> None:
    """Put a stored document back with the corrections that stand by now."""
    as_read = corrections.as_it_was_read(connection, document_id, stored.report)
    report = corrections.put_in(connection, stored.sha256, stored.report, as_read)
    document, run = corrections.stored_document(connection, document_id)
    kin = _taken_out(connection, document_id)
    done = _put_in(connection, document, report, report.findings, run, as_read, kin)
    assert done  # its content was taken out just before


def _taken_out(connection: Connection, stored: int) -> set[int]:
    """Remove a document; the other renditions of its report."""
    kin = group_of(connection, {stored}) - {stored}
    unsettle(connection, {stored})
    remove_document(connection, stored)
    return kin


def _put_in(
    connection: Connection,
    document: Document,
    report: Report,
    findings: tuple[Finding, ...],
    run: int | None,
    as_read: Report,
    kin: set[int],
) -> bool:
    new = insert_document(connection, document, report, findings, run, as_read)
    if new is None:
        return False
    link(connection, new, kin)
    unsettle(connection, group_of(connection, {new}) | kin)
    return True
