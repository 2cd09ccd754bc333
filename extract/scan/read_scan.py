"""Scanned pages, by recognition: a page of a PDF, and picture files (TIFF with one or many pages, PNG, JPEG)."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from extract.document import Document, Page
from extract.scan.cache import Key, cache_folder, keep, kept
from extract.scan.claims import claimed
from extract.scan.engines import Engine
from extract.scan.engines import engine as engine_of
from extract.scan.page import page_of_picture
from extract.scan.render import file_pictures, page_picture
from extract.source import Source


def recognise_page(data: bytes, page_number: int, engine: Engine | None = None) -> Page:
    """One page of a PDF, counted from 1, read from its picture; kept, so that it is read once only.

    Boxes are points on the page as the PDF shows it, confidences shares from 0 to 1. Raises NeedsTool where the
    engine, its Vietnamese data or a library is missing, UnreadableFile where the PDF cannot be opened.
    """
    used = engine or engine_of()
    folder, key = cache_folder(), Key.of(_sha256(data), page_number, used)
    page = kept(folder, key)
    if page is None:
        with claimed(folder, key) as mine:
            page = kept(folder, key) if mine else None  # what another process read meanwhile
            page = page or _recognised(data, page_number, used, key)
    return page


def recognise_ahead(data: bytes, page_number: int) -> None:
    """Recognise a page for another process, which finds it kept; one that is kept or that somebody reads is left."""
    used = engine_of()
    folder, key = cache_folder(), Key.of(_sha256(data), page_number, used)
    if kept(folder, key) is None:
        with claimed(folder, key, patience=0) as mine:
            if mine and kept(folder, key) is None:
                _recognised(data, page_number, used, key)


def _recognised(data: bytes, page_number: int, engine: Engine, key: Key) -> Page:
    page = page_of_picture(page_picture(data, page_number), page_number, engine)
    keep(cache_folder(), key, page)
    return page


def read_image(source: Source, engine: Engine | None = None) -> Document:
    """A picture file as a document, one page a frame.

    Raises UnreadableFile for a broken picture, UnsafeFile for one with too many pixels, NeedsTool.
    """
    used = engine or engine_of()
    pages: list[Page] = []
    for number, picture in enumerate(file_pictures(source.data), 1):
        key = Key.of(source.sha256, number, used)
        page = kept(cache_folder(), key)
        if page is None:
            page = page_of_picture(picture, number, used)
            keep(cache_folder(), key, page)
        pages.append(page)
    return Document(source.file, source.sha256, "image", tuple(pages))


@lru_cache(maxsize=2)
def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
