"""What is installed, what is missing, and the command that mends it."""

from __future__ import annotations

import importlib.util
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from extract.scan.engines import find_tessdata
from normalize.errors import NeedsTool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the installation: the key of its name, whether it is there, where or what, and the remedy."""

    key: str
    present: bool
    detail: str
    remedy: str


def parts() -> Iterator[Part]:
    """Every part, whether present or not; the remedies are Debian's and pip's commands."""
    yield Part("python", True, platform.python_version(), "")
    yield _tesseract()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Part(
        "libreoffice", office is not None, office or "", "apt install libreoffice-writer-nogui libreoffice-calc-nogui"
    )
    psycopg = importlib.util.find_spec("psycopg") is not None
    yield Part("postgresql", psycopg, "psycopg" if psycopg else "", "pip install 'cchc[postgres]'")


def _tesseract() -> Part:
    missing = [name for name in ("tesserocr", "cv2", "pypdfium2") if importlib.util.find_spec(name) is None]
    if missing:
        return Part("tesseract", False, ", ".join(missing), "pip install 'cchc[scan]'")
    remedy = "apt install tesseract-ocr-vie"
    try:
        return Part("tesseract", True, str(find_tessdata()), remedy)
    except NeedsTool:
        return Part("tesseract", False, "", remedy)
