"""Old office files (DOC, RTF, ODT, XLS, ODS, PPT) by conversion with LibreOffice, then read as their successors."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from extract.document import Document
from extract.office.doc_ending import has_tables, with_last_paragraph
from extract.office.docx_styles import W
from extract.office.encrypted_office import is_encrypted
from extract.office.office_package import Package
from extract.office.read_docx import read_word
from extract.sheet.read_xlsx import read_workbook
from extract.sniffing import MEDIA, Kind, kind_of
from extract.source import Source
from normalize.errors import NeedsTool, UnreadableFile

# Seconds for one conversion; a first start on a slow disk takes some 10.
TIME_LIMIT = 120.0
_TARGETS: dict[Kind, str] = {
    "doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx",
    "ppt": "pdf", "pptx": "pdf", "odp": "pdf",
}  # fmt: skip
_PROGRAMS = ("soffice", "libreoffice")
# No macro runs and nothing is fetched, whatever the file asks for.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item>
</oor:items>
"""


def read_office(source: Source, time_limit: float = TIME_LIMIT) -> Document:
    """The document with the medium of the original.

    `time_limit` is in seconds. Raises NeedsTool "needs-libreoffice", UnreadableFile "conversion-timeout",
    "conversion-failed", "password" or "tables-lost" (rather than a table read as one paragraph), and the errors of the
    reader of the converted file.
    """
    kind = kind_of(source.data, source.file)
    data = convert(source, kind, _TARGETS[kind], time_limit)
    # the document keeps the name and the sum of the original: the conversion is nobody's source
    converted = replace(source, data=data)
    if kind == "doc" and has_tables(source.data) and not _has_table(converted):
        raise UnreadableFile("tables-lost", source.file)
    if _TARGETS[kind] == "docx":
        return read_word(converted, MEDIA[kind])
    if _TARGETS[kind] == "xlsx":
        return read_workbook(converted, MEDIA[kind])
    # only slides need the reader of PDFs
    from extract.pdf.read_pdf import read_pdf

    return read_pdf(converted)


def convert(source: Source, kind: Kind, target: str, time_limit: float = TIME_LIMIT) -> bytes:
    """The bytes of the file converted to `target` ("docx", "xlsx", "pdf"); several calls may run at once.

    Each call has a profile of its own, and everything it started is ended with it.
    """
    program = find_program()
    with tempfile.TemporaryDirectory(prefix="cchc-office-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        given = work / f"in.{kind}"
        given.write_bytes(with_last_paragraph(source.data) if kind == "doc" else source.data)
        user = work / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = [
            program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--convert-to", target, "--outdir", str(work / "out"), str(given),
        ]  # fmt: skip
        said = _run(command, work, time_limit, source.file)
        made = work / "out" / f"in.{target}"
        if not made.is_file():
            reason = "password" if is_encrypted(source.data) else "conversion-failed"
            raise UnreadableFile(reason, f"{source.file}: {said[-300:]}" if said else source.file)
        return made.read_bytes()


def _has_table(converted: Source) -> bool:
    package = Package(converted.data, converted.file)
    root = package.part(package.main_part("word/document.xml"))
    return next(root.iter(f"{W}tbl"), None) is not None


def find_program() -> str:
    """The path of LibreOffice. Raises NeedsTool "needs-libreoffice"."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise NeedsTool("needs-libreoffice", "soffice")
    return found


def _run(command: list[str], folder: Path, time_limit: float, name: str) -> str:
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    try:
        _, said = process.communicate(timeout=time_limit)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("conversion-timeout", f"{name}: {time_limit:g} s") from error
    finally:
        _end_group(process)
    lines = said.decode("utf-8", "replace").splitlines()
    # it warns of a missing Java on every start; nothing here needs Java
    return "\n".join(line for line in lines if not line.startswith("Warning:")).strip()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the starter and the program it started; both are in the process group of this call."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
    if process.stderr is not None:
        process.stderr.close()
