"""Writes `tests/recorded/`: a scanned page of a report of our own, and what the engine reads on it.

`python -m tests.recording` draws the page anew with the fonts of the machine and recognises it; look at the picture
and at the difference before committing.
"""

from __future__ import annotations

import hashlib
import json

import cv2
import numpy as np

from extract.page_json import page_to_json
from extract.scan.engines import engine
from extract.scan.page import page_of_picture
from extract.scan.render import file_pictures, page_picture
from samples.generator import compose
from samples.render_pdf import render_pdf
from tests.scanning import RECORDED, recorded_key


def main() -> None:
    """Draws, skews and thresholds one page, and keeps its recognition."""
    sheet = compose("recorded-1", "D", "recorded").sheet
    picture = page_picture(render_pdf(sheet), 1, 200).pixels
    gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture, np.uint8)
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.9, 1.0)
    skewed = cv2.GaussianBlur(cv2.warpAffine(gray, turn, (width, height), borderValue=255), (0, 0), 0.7)
    black_and_white = ((skewed > 165) * 255).astype(np.uint8)
    flags = [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 9]
    data = cv2.imencode(".png", black_and_white, flags)[1].tobytes()
    RECORDED.mkdir(parents=True, exist_ok=True)
    (RECORDED.parent / "page.png").write_bytes(data)
    (page,) = (page_of_picture(each, 1, engine()) for each in file_pictures(data))
    for old in RECORDED.glob("*.json"):
        old.unlink()
    text = json.dumps(page_to_json(page), ensure_ascii=False, separators=(",", ":"))
    (RECORDED / recorded_key(hashlib.sha256(data).hexdigest(), 1).name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
