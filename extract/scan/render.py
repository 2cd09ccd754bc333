"""Pictures of pages: out of a PDF, or out of a picture file, with their scale in points."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from normalize.errors import NeedsTool, UnreadableFile, UnsafeFile

Pixmap = NDArray[np.uint8]
"""Height x width (gray) or height x width x 3 (red, green, blue)."""

MOST_PIXELS = 60_000_000
"""An A3 page at 600 dpi has 70 million; a picture beyond this is scaled down or refused before it is decoded."""
PLAIN_DPI = 200
"""Office letters of 11 to 14 points read as well at 200 dpi as at 300, in half the time."""
FINE_DPI = 300
UNEVEN = 1.15
"""Dots so much wider than high, or higher than wide, are made square; scanners are true to a few in a hundred."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels; `across` and `down` are points per pixel, width and height the page in points.

    Where the pixels are a part of the page (a sheet cut out of a photograph, one of two pages on a sheet), `onto` is
    the 3 x 3 matrix, row by row, from points of the part to points of the page.
    """

    pixels: Pixmap
    across: float
    down: float
    width: float
    height: float
    onto: tuple[float, ...] | None = None

    @property
    def dpi(self) -> float:
        return 72 / self.across


def page_picture(data: bytes, page_number: int, dpi: int | None = None) -> Picture:
    """A page of a PDF, counted from 1, as a person sees it (turned by the page's own rotation).

    A page that is one picture is taken at the picture's own resolution: resampling only blurs it. `dpi` asks for
    a rendering at that resolution instead. UnreadableFile where the PDF or the page cannot be opened.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise NeedsTool("needs-pypdfium2", "pypdfium2") from error
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("broken-pdf", str(error)) from error
    try:
        if not 1 <= page_number <= len(pdf):
            raise UnreadableFile("no-such-page", str(page_number))
        return _picture(pypdfium2, pdf[page_number - 1], dpi)
    finally:
        pdf.close()


def _picture(lib: Any, page: Any, dpi: int | None) -> Picture:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise UnreadableFile("empty-page", f"{width} x {height}")
    whole = _whole_page_image(lib, page) if dpi is None else None
    if whole is not None:
        return Picture(whole, width / whole.shape[1], height / whole.shape[0], width, height)
    scale = (dpi or _dpi_of_images(lib, page) or PLAIN_DPI) / 72
    scale = min(scale, (MOST_PIXELS / (width * height)) ** 0.5)
    pixels = _array(page.render(scale=scale, rev_byteorder=True, draw_annots=True))
    return Picture(pixels, width / pixels.shape[1], height / pixels.shape[0], width, height)


def _whole_page_image(lib: Any, page: Any) -> Pixmap | None:
    """The one picture that is the page, upright and unclipped; None where the page is anything else."""
    if page.get_rotation():
        return None
    width, height = page.get_size()
    found = None
    for thing in page.get_objects(max_depth=2):
        if thing.type == lib.raw.FPDF_PAGEOBJ_IMAGE:
            if found is not None:
                return None
            found = thing
        elif thing.type == lib.raw.FPDF_PAGEOBJ_TEXT:
            if lib.raw.FPDFTextObj_GetTextRenderMode(thing) != lib.raw.FPDF_TEXTRENDERMODE_INVISIBLE:
                return None
        elif thing.type != lib.raw.FPDF_PAGEOBJ_FORM:
            return None
    if found is None or lib.raw.FPDFPage_GetAnnotCount(page):
        return None
    a, b, c, d, e, f = found.get_matrix().get()
    off = max(abs(a - width), abs(d - height), abs(e), abs(f))
    if abs(b) > 0.01 or abs(c) > 0.01 or off > 0.01 * max(width, height):
        return None
    across, down = found.get_px_size()
    if across * down > MOST_PIXELS or not 100 <= across / width * 72 <= 420:
        return None
    try:
        pixels = _array(found.get_bitmap(render=False))
    except (lib.PdfiumError, RuntimeError, ValueError):
        return None
    # A stencil or a decode array would come out white on black: the rendering knows better.
    if pixels.shape[:2] != (down, across) or np.mean(cv2.mean(pixels)[: pixels[0, 0].size]) < 110:
        return None
    return pixels


def _dpi_of_images(lib: Any, page: Any) -> float | None:
    """The resolution of the picture that fills most of the page, between 150 and 300."""
    width, height = page.get_size()
    best, share = None, 0.5
    for thing in page.get_objects(max_depth=2):
        if thing.type != lib.raw.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = thing.get_bounds()
        covered = (right - left) * (top - bottom) / (width * height)
        if covered > share:
            across, down = thing.get_px_size()
            long_pixels, long_points = max(across, down), max(right - left, top - bottom)
            best, share = long_pixels / long_points * 72, covered
    return None if best is None else min(max(best, 150.0), float(FINE_DPI))


def _array(bitmap: Any) -> Pixmap:
    """A pdfium bitmap as gray or red-green-blue."""
    pixels: NDArray[np.uint8] = bitmap.to_numpy()
    if bitmap.mode in ("BGR", "BGRA", "BGRX"):
        way = cv2.COLOR_BGR2RGB if pixels.shape[2] == 3 else cv2.COLOR_BGRA2RGB
        return np.asarray(cv2.cvtColor(pixels, way), np.uint8)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        return np.ascontiguousarray(pixels[:, :, 0])
    return np.ascontiguousarray(pixels[:, :, :3] if pixels.ndim == 3 else pixels)


def with_square_pixels(picture: Picture) -> Picture:
    """The picture with the coarser direction stretched.

    A fax has twice as many dots across as down, and no engine reads letters of half their height.
    """
    wide, high = max(1.0, picture.across / picture.down), max(1.0, picture.down / picture.across)
    if max(wide, high) < UNEVEN:
        return picture
    from PIL import Image

    rows, columns = picture.pixels.shape[:2]
    size = round(columns * wide), round(rows * high)
    pixels = np.asarray(Image.fromarray(picture.pixels).resize(size, Image.Resampling.BICUBIC))
    return replace(picture, pixels=pixels, across=picture.across / wide, down=picture.down / high)


def file_pictures(data: bytes) -> Iterator[Picture]:
    """The pages of a picture file (TIFF with one or many, PNG, JPEG), turned as its own note of orientation says.

    UnsafeFile where a page has more pixels than `MOST_PIXELS` (told from the head, before it is decoded);
    UnreadableFile where it cannot be decoded.
    """
    try:
        from PIL import Image, ImageOps, ImageSequence
    except ImportError as error:
        raise NeedsTool("needs-pillow", "pillow") from error
    try:
        with Image.open(io.BytesIO(data)) as image:
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > MOST_PIXELS:
                    raise UnsafeFile("picture-too-large", f"{frame.width} x {frame.height}")
                upright = ImageOps.exif_transpose(_flat(frame))
                yield _of_file(np.asarray(upright), frame.info.get("dpi"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFile("broken-picture", str(error)) from error


def _flat(frame: Any) -> Any:
    """The frame as gray or colour without transparency: what is seen through is white paper."""
    from PIL import Image

    if frame.mode in ("1", "L"):
        return frame.convert("L")
    if frame.mode in ("I;16", "I"):
        return frame.point(lambda level: level / 256).convert("L")
    if "A" in frame.mode or "transparency" in frame.info:
        paper = Image.new("RGBA", frame.size, "white")
        return Image.alpha_composite(paper, frame.convert("RGBA")).convert("RGB")
    return frame.convert("RGB")


def _of_file(pixels: Pixmap, noted: tuple[float, float] | None) -> Picture:
    """A picture with its scale: the noted resolution where it is believable, else an A4 sheet is assumed."""
    rows, columns = pixels.shape[:2]
    across = float(noted[0]) if noted else 0.0
    down = float(noted[1]) if noted else 0.0
    if not (90 <= across <= 1300 and 90 <= down <= 1300):
        across = down = max(rows, columns) / (842 / 72)
    return Picture(pixels, 72 / across, 72 / down, columns * 72 / across, rows * 72 / down)
