"""Files that are no PDF, broken, locked or harmful; pages whose text must not be believed."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pdf_pages import drawn, needs_fonts, prose, read, text

from extract.pdf.read_pdf import read_pdf
from extract.source import Source
from normalize.errors import UnreadableFile, UnsafeFile

SENTENCE = "Tỷ lệ hồ sơ thủ tục hành chính của các xã được giải quyết đúng hạn trong năm đạt tám mươi phần trăm"


def _page(canvas: Any) -> None:
    text(canvas, 50, 100, "Đạt 9/10 điểm.")


def _broken(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(Source.of(data, Path("report.pdf")))
    return caught.value.reason


def test_what_is_no_pdf_is_refused() -> None:
    assert _broken(b"\x89PNG\r\n\x1a\n" + bytes(200)) == "not-a-pdf"
    assert _broken(b"%PDF-1.7\n") == "truncated"


@needs_fonts
def test_truncated_files_are_refused() -> None:
    data = drawn(*[_page] * 3)
    assert _broken(data[: len(data) // 2]) in ("broken-pdf", "truncated", "no-pages")
    assert _broken(data[:-400]) in ("broken-pdf", "truncated", "no-pages")


@needs_fonts
def test_a_password_is_told_and_an_owner_password_alone_does_not_lock() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert _broken(drawn(_page, encrypt=StandardEncryption("mở", ownerPassword="x"))) == "password"
    assert prose(read(drawn(_page, encrypt=StandardEncryption("", ownerPassword="x")))) == ["Đạt 9/10 điểm."]


def _file(content: bytes, head: bytes = b"/Filter /FlateDecode") -> bytes:
    """A PDF of one page written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), head, content),
    ]
    out = BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def test_a_decompression_bomb_is_refused_before_it_goes_off() -> None:
    once = zlib.compress(bytes(70 * 1024 * 1024), 9)
    for data in (_file(once), _file(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]")):
        with pytest.raises(UnsafeFile) as caught:
            read_pdf(Source.of(data, Path("report.pdf")))
        assert caught.value.reason == "decompression-bomb"


def test_a_page_of_endless_drawing_is_left_to_recognition() -> None:
    (page,) = read(_file(zlib.compress(b"q Q " * (4 * 1024 * 1024)))).pages
    assert (page.method, page.why) == ("needs-recognition", "page-too-complex")


def test_a_file_without_pages_is_refused() -> None:
    assert _broken(_file(zlib.compress(b"q Q")).replace(b"/Page /P", b"/Leaf /P")) == "no-pages"


def test_a_page_whose_instructions_are_cut_or_changed_is_left_to_recognition() -> None:
    whole = zlib.compress(b"q 1 0 0 1 0 0 cm Q " * 9)
    changed = whole[:12] + bytes([whole[12] ^ 1]) + whole[13:]
    found = [read(_file(content)).pages[0].why for content in (whole, whole[:-4], whole[:-9], changed)]
    assert found == [None, None, "broken-page", "broken-page"]


def test_an_empty_page_is_read_as_empty() -> None:
    (page,) = read(_file(zlib.compress(b"q Q"))).pages
    assert (page.method, page.blocks) == ("typed", ())


def _scan(canvas: Any, pixels: tuple[int, int] = (600, 850)) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = BytesIO()
    Image.new("L", pixels, 255).save(buffer, "PNG")
    buffer.seek(0)
    canvas.drawImage(ImageReader(buffer), 0, 0, 595, 842)


def _lines(canvas: Any, words: str, count: int = 12) -> None:
    for number in range(count):
        text(canvas, 50, 100 + 20 * number, words, size=9)


@needs_fonts
@pytest.mark.parametrize("form", ["bare", "signature", "old layer", "hidden layer", "nonsense", "typed on a picture"])
def test_pages_under_a_picture(form: str) -> None:
    def page(canvas: Any) -> None:
        if form == "hidden layer":
            _lines(canvas, SENTENCE)
        _scan(canvas)
        if form == "signature":
            text(canvas, 300, 60, "Ký bởi: Văn phòng, thời gian ký 24/01/2025")
        if form == "old layer":
            canvas._code.append("3 Tr")
            _lines(canvas, SENTENCE)
        if form == "nonsense":
            _lines(canvas, "Tv lc ho so thu tuc hqnh chfnh cvs ckc xa duoc gjai quyct dvng hsn zz wq fjk")
        if form == "typed on a picture":
            _lines(canvas, SENTENCE)

    (read_page,) = read(drawn(page)).pages
    expected = {
        "bare": "no-text-layer",
        "signature": "image-under-signature",
        "old layer": "old-recognition",
        "hidden layer": "image-over-text",
        "nonsense": "garbage-text-layer",
        "typed on a picture": None,
    }
    assert read_page.why == expected[form]
    assert (read_page.method == "needs-recognition") == (form != "typed on a picture")
    assert bool(read_page.blocks) == (form == "typed on a picture")


@needs_fonts
def test_letters_of_an_old_encoding_are_told_or_mended_with_a_warning() -> None:
    def page(canvas: Any) -> None:
        _lines(canvas, "Uû ban nh©n d©n huyÖn ®· chØ ®¹o c¸c phßng thùc hiÖn c¶i c¸ch hµnh chÝnh n¨m 2009")

    document = read(drawn(page))
    assert document.warnings or document.pages[0].why == "legacy-encoding-unreadable"
    assert "n¨m" not in "".join(prose(document))
