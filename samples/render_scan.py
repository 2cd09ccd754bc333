"""A report as the archive mostly has it: pictures of its pages, clean from an office scanner or poor from a copier.

The typed PDF is drawn, its pages are rendered and then spoilt as paper, glass and toner spoil them. Everything is drawn
from one seed. The grades are what an office really produces; they were set by eye on real scans, and the confusions of
recognition they lead to are nobody's choice.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

from samples.layout import Sheet
from samples.render_pdf import render_pdf
from samples.stamp import draw_seal

Picture = NDArray[np.uint8]
Grade = Literal["clean", "office", "copy", "poor"]
TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True, slots=True)
class Damage:
    """What happens to the pages of one report. `dpi` dots per inch, `skew` degrees, the others shares from 0 to 1.

    `turn` is how far every page lies turned, clockwise; `threshold` makes it black and white as a copier does.
    """

    dpi: int = 200
    skew: float = 0.0
    gradient: float = 0.0
    noise: float = 0.0
    speckles: float = 0.0
    blur: float = 0.0
    bleed: float = 0.0
    faint: float = 0.0
    threshold: bool = False
    grey: bool = True
    turn: int = 0
    seal: bool = False
    gaps: float = 0.0
    quality: int = 75


def draw_damage(rng: random.Random, grade: Grade | None = None) -> Damage:
    """The damage of one report; the grade is drawn too where none is given."""
    grade = grade or rng.choice(("clean", "office", "office", "copy", "copy", "poor"))
    turn = rng.choice((90, 180, 270)) if rng.random() < 0.1 else 0
    if grade == "clean":
        return Damage(dpi=rng.choice((200, 300)), grey=rng.random() < 0.5, seal=True, turn=turn, quality=88)
    if grade == "office":
        return Damage(
            dpi=rng.choice((150, 200, 200, 300)),
            skew=rng.uniform(-0.8, 0.8),
            gradient=rng.uniform(0.0, 0.15),
            noise=rng.uniform(0.01, 0.03),
            blur=rng.uniform(0.0, 0.6),
            bleed=rng.choice((0.0, 0.0, 0.06)),
            grey=rng.random() < 0.4,
            seal=rng.random() < 0.8,
            turn=turn,
            quality=rng.randint(55, 85),
        )
    poor = grade == "poor"
    return Damage(
        dpi=rng.choice((150, 200)) if poor else rng.choice((200, 200, 300)),
        skew=rng.uniform(-2.2, 2.2) if poor else rng.uniform(-1.4, 1.4),
        gradient=rng.uniform(0.05, 0.3),
        noise=rng.uniform(0.02, 0.06),
        speckles=rng.uniform(0.0002, 0.0012) if poor else rng.uniform(0.0, 0.0005),
        blur=rng.uniform(0.4, 1.0) if poor else rng.uniform(0.2, 0.7),
        bleed=rng.choice((0.0, 0.1)),
        faint=rng.uniform(0.0, 0.35) if poor else rng.uniform(0.0, 0.2),
        threshold=rng.random() < 0.6,
        seal=rng.random() < 0.8,
        turn=turn,
        gaps=rng.uniform(0.0, 0.15) if poor else 0.0,
        quality=rng.randint(35, 70),
    )


def render_scan(
    sheet: Sheet, seed: str, media: Literal["scan", "tiff", "png"] = "scan", grade: Grade | None = None
) -> bytes | None:
    """The sheet as pictures: an image-only PDF ("scan"), a TIFF of all pages, or a PNG.

    None for a PNG of more than one page: it could not show all that the truth asks for.
    """
    rng = random.Random(f"scan/{seed}")
    damage = draw_damage(rng, grade)
    numbers = np.random.default_rng(rng.getrandbits(63))
    pages = _pages(render_pdf(sheet), damage.dpi)
    if media == "png" and len(pages) > 1:
        return None
    pictures = [
        _spoilt(page, damage, rng, numbers, seal=damage.seal and sheet.seal and number == len(pages) - 1)
        for number, page in enumerate(pages)
    ]
    return _packed(pictures, damage, media)


def _pages(content: bytes, dpi: int) -> list[Picture]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")).copy() for page in document]
    finally:
        document.close()


def _spoilt(page: Picture, damage: Damage, rng: random.Random, numbers: Any, *, seal: bool) -> Picture:
    """One page through copier and scanner, in the order in which things happen to paper."""
    if seal:
        page = draw_seal(page, damage.dpi, rng)
    if damage.grey or damage.threshold:
        page = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    if damage.gaps:
        page = _worn_lines(page, damage.gaps, numbers)
    if damage.faint:
        page = _clipped(page.astype(np.float32) + (255 - page.astype(np.float32)) * damage.faint)
    if damage.bleed:
        behind = cv2.GaussianBlur(cv2.flip(page, 1), (0, 0), 2.0)
        page = _clipped(page.astype(np.float32) - (255 - behind.astype(np.float32)) * damage.bleed)
    page = _skewed(page, damage.skew + rng.uniform(-0.15, 0.15) if damage.skew else 0.0)
    if damage.blur:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), damage.blur * damage.dpi / 200), dtype=np.uint8)
    page = _lit(page, damage.gradient, rng)
    if damage.noise:
        page = _clipped(
            page.astype(np.float32) + numbers.standard_normal(page.shape, dtype=np.float32) * 255 * damage.noise
        )
    if damage.speckles:
        page = _speckled(page, damage.speckles, numbers)
    if damage.threshold:
        page = _black_and_white(page, rng)
    if damage.turn:
        page = np.asarray(cv2.rotate(page, TURNS[damage.turn]), dtype=np.uint8)
    return page


def _clipped(page: Any) -> Picture:
    return np.asarray(np.clip(page, 0, 255), dtype=np.uint8)


def _skewed(page: Picture, degrees: float) -> Picture:
    if not degrees:
        return page
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return np.asarray(turned, dtype=np.uint8)


def _lit(page: Picture, gradient: float, rng: random.Random) -> Picture:
    """Uneven light: darker towards one corner, and a shadow of the fold at an edge in some."""
    if not gradient:
        return page
    height, width = page.shape[:2]
    across = np.linspace(rng.random(), rng.random(), width, dtype=np.float32)
    down = np.linspace(rng.random(), rng.random(), height, dtype=np.float32)
    shade = 1 - gradient * (across[None, :] + down[:, None]) / 2
    if rng.random() < 0.3:
        fold = np.exp(-np.linspace(0, 12, width, dtype=np.float32))
        shade = shade * (1 - 0.35 * (fold if rng.random() < 0.5 else fold[::-1])[None, :])
    return _clipped(page.astype(np.float32) * (shade if page.ndim == 2 else shade[:, :, None]))


def _speckled(page: Picture, share: float, numbers: Any) -> Picture:
    """Toner dots on paper and holes in letters, one to three dots wide."""
    spoilt = page.copy()
    height, width = page.shape[:2]
    for value in (0, 255):
        count = int(height * width * share * (0.3 if value == 0 else 0.5))
        rows, columns = numbers.integers(0, height - 3, count), numbers.integers(0, width - 3, count)
        sizes = numbers.choice((1, 1, 1, 2, 3), count)
        for row, column, size in zip(rows, columns, sizes, strict=True):
            spoilt[row : row + size, column : column + size] = value
    return spoilt


def _worn_lines(page: Picture, share: float, numbers: Any) -> Picture:
    """Breaks in rulings: blank patches where toner did not take, small enough to leave letters readable."""
    spoilt = page.copy()
    height, width = page.shape[:2]
    for _ in range(int(40 * share)):
        row, column = numbers.integers(0, height - 8), numbers.integers(0, width - 40)
        spoilt[row : row + 3, column : column + int(numbers.integers(10, 40))] = 255
    return spoilt


def _black_and_white(page: Picture, rng: random.Random) -> Picture:
    """A fixed threshold as old copiers have, or one that follows the paper as newer ones do, smoothed first."""
    if rng.random() < 0.6:
        level = float(np.median(page)) * rng.uniform(0.6, 0.75)
        _, flat = cv2.threshold(page, level, 255, cv2.THRESH_BINARY)
        return np.asarray(flat, dtype=np.uint8)
    smooth = cv2.GaussianBlur(page, (0, 0), 0.7)
    mean = cv2.ADAPTIVE_THRESH_MEAN_C
    flat = cv2.adaptiveThreshold(smooth, 255, mean, cv2.THRESH_BINARY, 51, rng.randint(24, 40))
    return np.asarray(flat, dtype=np.uint8)


def _packed(pictures: list[Picture], damage: Damage, media: str) -> bytes:
    images = [Image.fromarray(picture) for picture in pictures]
    if damage.threshold:
        images = [image.convert("1") for image in images]
    buffer = io.BytesIO()
    resolution = (damage.dpi, damage.dpi)
    if media == "png":
        images[0].save(buffer, "PNG", dpi=resolution)
    elif media == "tiff":
        packing: dict[str, Any] = {"compression": "group4"}
        if not damage.threshold:
            packing = {"compression": "jpeg", "quality": damage.quality}
        images[0].save(buffer, "TIFF", save_all=True, append_images=images[1:], dpi=resolution, **packing)
    else:
        return _image_pdf(images, damage)
    return buffer.getvalue()


def _image_pdf(images: list[Image.Image], damage: Damage) -> bytes:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for image in images:
        width, height = (side * 72 / damage.dpi for side in image.size)
        canvas.setPageSize((width, height))
        packed = io.BytesIO()
        if damage.threshold:
            image.save(packed, "PNG")
        else:
            image.save(packed, "JPEG", quality=damage.quality)
        packed.seek(0)
        canvas.drawImage(ImageReader(packed), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
