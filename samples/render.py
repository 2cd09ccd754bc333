"""The renderers by format."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Literal

from samples.layout import Sheet
from samples.render_docx import render_docx
from samples.render_text import render_text

TEXT = ("txt", "docx")
PICTURES: Mapping[str, Literal["scan", "tiff", "png"]] = {"scan": "scan", "tiff": "tiff", "png": "png"}


def missing(media: str) -> str | None:
    """Why a format cannot be drawn on this machine, in a sentence; None where it can."""
    if media in TEXT:
        return None
    packages = ("reportlab",) if media == "pdf" else ("reportlab", "cv2", "numpy", "pypdfium2", "PIL")
    lacking = [name for name in packages if find_spec(name) is None]
    if lacking:
        extras = "'samples'" if media == "pdf" else "'samples' and 'scan'"
        return f"{media} samples are left out: not installed: {', '.join(lacking)} (extra {extras})."
    from samples.fonts import find_family

    if find_family() is None:
        return f"{media} samples are left out: no TrueType font with the Vietnamese letters was found."
    return None


def render(sheet: Sheet, media: str, seed: str = "") -> bytes | None:
    """The sheet in a format: "txt", "docx", "pdf", or spoilt by the seed "scan" (PDF of pictures), "tiff", "png".

    None where this machine cannot draw it, and for a PNG of more than one page; LookupError for an unknown format.
    """
    if media == "txt":
        return render_text(sheet).encode("utf-8")
    if media == "docx":
        return render_docx(sheet)
    if media not in PICTURES and media != "pdf":
        raise LookupError(f"unknown format: {media}")
    if missing(media) is not None:
        return None
    if media in PICTURES:
        from samples.render_scan import render_scan

        return render_scan(sheet, seed, PICTURES[media])
    from samples.render_pdf import render_pdf

    return render_pdf(sheet)
