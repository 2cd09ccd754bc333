"""Charts as PNG pictures, for papers and slides; drawn with Pillow (extra `data`) and a font of this machine."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

from compare.charts import TITLE, Chart
from compare.marks import GRID, HATCHED, BoxMark, DotMark, LineMark, Mark, TextMark
from normalize.errors import NeedsTool

if TYPE_CHECKING:
    from PIL import ImageDraw

# Pixels of the picture for one of the drawing: sharp in print.
SCALE = 2
# Fonts with every Vietnamese letter, the likest to that of the SVG first.
FONTS = (
    "segoeui.ttf",
    "NotoSans-Regular.ttf",
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "arial.ttf",
    "Arial.ttf",
)


def missing() -> str | None:
    """What pictures lack on this machine; None where they can be drawn."""
    if find_spec("PIL") is None:
        return "Pillow (cchc[data])"
    return None if _font(12) is not None else "fonts-dejavu-core"


def picture(chart: Chart) -> bytes:
    """The chart as a PNG file. Raises NeedsTool where Pillow or a font with the Vietnamese letters is not installed."""
    if (lacking := missing()) is not None:
        raise NeedsTool("needs-tool", lacking)
    from PIL import Image, ImageDraw

    width, height = chart.size
    image = Image.new("RGB", (width * SCALE, height * SCALE), "#ffffff")
    draw = ImageDraw.Draw(image)
    for words in chart.words:
        _draw(draw, words, 0)
    for mark in chart.marks:
        _draw(draw, mark, TITLE)
    content = BytesIO()
    image.save(content, "PNG", dpi=(96 * SCALE, 96 * SCALE))
    return content.getvalue()


def _draw(draw: ImageDraw.ImageDraw, mark: Mark, down: int) -> None:
    match mark:
        case BoxMark(x, y, width, height, fill):
            _box(draw, _scaled(x, y + down, x + width, y + height + down), fill)
        case LineMark(x1, y1, x2, y2, colour, width):
            draw.line(_scaled(x1, y1 + down, x2, y2 + down), fill=colour, width=width * SCALE)
        case DotMark(x, y, radius, fill):
            draw.ellipse(_scaled(x - radius, y - radius + down, x + radius, y + radius + down), fill=fill)
        case TextMark(x, y, text, anchor, size, colour):
            place = {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
            draw.text((x * SCALE, (y + down) * SCALE), text, font=_font(size), fill=colour, anchor=place)


def _box(draw: ImageDraw.ImageDraw, place: tuple[float, float, float, float], fill: str) -> None:
    left, top, right, bottom = place
    if fill != HATCHED:
        # Pillow draws the last pixel too; a box without width is none.
        if right > left:
            draw.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=fill)
        return
    step = 6 * SCALE
    for at in range(int(left - (bottom - top)), int(right), step):
        start, end = max(at, left), min(at + bottom - top, right)
        if start < end:
            draw.line((start, top + start - at, end, top + end - at), fill=GRID, width=SCALE)


def _scaled(*numbers: float) -> Any:
    return tuple(number * SCALE for number in numbers)


@cache
def _font(size: int) -> Any:
    """The first font of FONTS that this machine has, in a size of the drawing; None where it has none."""
    from PIL import ImageFont

    for name in FONTS:
        with suppress(OSError):
            return ImageFont.truetype(name, size * SCALE)
    return None
