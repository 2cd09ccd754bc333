"""The renderers by format."""

from __future__ import annotations

from samples.layout import Sheet
from samples.render_docx import render_docx
from samples.render_text import render_text


def missing(media: str) -> str | None:
    """Why a format cannot be drawn on this machine, in a sentence; None where it can."""
    if media != "pdf":
        return None
    try:
        import reportlab  # noqa: F401
    except ImportError:
        return "PDF samples are left out: the package reportlab is not installed (extra 'samples')."
    from samples.fonts import find_family

    if find_family() is None:
        return "PDF samples are left out: no TrueType font with the Vietnamese letters was found."
    return None


def render(sheet: Sheet, media: str, seed: str = "") -> bytes | None:
    """The sheet in a format ("txt", "docx", "pdf"); None where this machine cannot draw it."""
    if media == "txt":
        return render_text(sheet).encode("utf-8")
    if media == "docx":
        return render_docx(sheet)
    if missing(media) is not None:
        return None
    from samples.render_pdf import render_pdf

    return render_pdf(sheet)
