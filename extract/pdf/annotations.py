"""What is drawn over a page by annotations: the number and day that signing programs put in, typed remarks, stamps.

Authorities sign since about 2018 with a program that lays the document number, the day and the seal over the finished
PDF as signature fields; the number of the report is then nowhere in the text of the page. pdfplumber does not draw
annotations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import apply_matrix_rect, mult_matrix

Matrix = tuple[float, float, float, float, float, float]

_DRAWN = {"Widget", "FreeText", "Stamp"}
_HIDDEN = 2 | 32
_MAX_ANNOTATIONS = 200


@dataclass(frozen=True, slots=True)
class Overlay:
    """One drawn annotation: its kind ("Sig" for signature fields) and its items in the page's coordinates."""

    kind: str
    items: Any


def overlays_of(page: Any) -> Iterator[Overlay]:
    """The annotations of a pdfplumber page that show text. What is broken among them is passed over."""
    try:
        annotations = resolve1(page.page_obj.annots) or []
    except Exception:
        return
    for reference in list(annotations)[:_MAX_ANNOTATIONS]:
        try:
            overlay = _overlay(page, resolve1(reference))
        except Exception:
            # pdfminer has no one error for broken objects, and a broken annotation must not cost the page.
            continue
        if overlay is not None:
            yield overlay


def _overlay(page: Any, annotation: Any) -> Overlay | None:
    kind = _name(annotation.get("Subtype"))
    flags = resolve1(annotation.get("F")) or 0
    appearance = resolve1(annotation.get("AP"))
    if kind not in _DRAWN or flags & _HIDDEN or not isinstance(appearance, dict):
        return None
    stream = resolve1(appearance.get("N"))
    if not isinstance(stream, PDFStream):
        return None
    field = annotation.get("FT") or (resolve1(annotation.get("Parent")) or {}).get("FT")
    if kind == "Widget" and _name(resolve1(field)) == "Sig":
        kind = "Sig"
    numbers = [float(resolve1(number)) for number in resolve1(annotation["Rect"])]
    rect = (min(numbers[0::2]), min(numbers[1::2]), max(numbers[0::2]), max(numbers[1::2]))
    box = tuple(float(resolve1(number)) for number in resolve1(stream.attrs["BBox"]))
    matrix = tuple(float(resolve1(number)) for number in resolve1(stream.attrs.get("Matrix")) or (1, 0, 0, 1, 0, 0))
    device = PDFPageAggregator(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    ctm = mult_matrix(mult_matrix(matrix, _placed(box, matrix, rect)), _page_matrix(page))  # type: ignore[arg-type]
    device.begin_page(page.page_obj, _page_matrix(page))
    interpreter = PDFPageInterpreter(page.pdf.rsrcmgr, device)
    interpreter.render_contents(resolve1(stream.attrs.get("Resources")) or {}, [stream], ctm=ctm)
    device.end_page(page.page_obj)
    return Overlay(kind, device.get_result())


def _name(value: Any) -> str:
    return str(getattr(value, "name", value))


def _placed(box: Any, matrix: Any, rect: tuple[float, float, float, float]) -> Matrix:
    """The matrix that fits the appearance into the rectangle of its annotation (PDF 32000-1, 12.5.5)."""
    x0, y0, x1, y1 = apply_matrix_rect(matrix, box)
    wide = (rect[2] - rect[0]) / (x1 - x0) if x1 - x0 else 1.0
    high = (rect[3] - rect[1]) / (y1 - y0) if y1 - y0 else 1.0
    return (wide, 0.0, 0.0, high, rect[0] - x0 * wide, rect[1] - y0 * high)


def _page_matrix(page: Any) -> Matrix:
    x0, y0, x1, y1 = (float(edge) for edge in page.page_obj.mediabox)
    turned: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return turned.get(page.rotation, (1, 0, 0, 1, -x0, -y0))
