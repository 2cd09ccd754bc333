"""Small whole files of every format, and how they are damaged: by bytes, and inside the parts of a package."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache

import openpyxl

from samples.generator import compose
from samples.render import render

HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Báo cáo</title></head><body>
<p>UBND huyện Tuần Giáo</p><p>Số: 12/BC-UBND</p><h1>Kết quả chấm điểm năm 2023</h1>
<table border="1"><tr><th>TT</th><th>Tiêu chí</th><th colspan="2">Điểm</th></tr>
<tr><td rowspan="2">1.1</td><td>Kế hoạch</td><td>2</td><td>1,75</td></tr><tr><td>Báo cáo</td><td>1</td><td>0,5</td></tr>
</table><p>Đạt 12,96/13,50 điểm, bị trừ 0,54 điểm.</p></body></html>"""
RTF = (
    r"{\rtf1\ansi\ansicpg1258\deff0{\fonttbl{\f0 Times New Roman;}}\f0 B\u225?o c\u225?o 1.1\tab 2\tab 1,75\par"
    r"\trowd\cellx1000\cellx2000 1.2\cell 0,5\cell\row}"
)
# Pieces that say a lot to a reader when they stand where they should not.
TOKENS = (
    b"\x00", b"\xff\xff\xff\xff", b"\x80", b"-1", b"99999999999", b"1e999", b"NaN", b"\r\n", b"\xef\xbb\xbf",
    b"\xff\xfe", b"<", b">", b"&", b"&#0;", b"&#x110000;", b"]]>", b"<!--", b"<![CDATA[", b"</w:tbl>",
    b"<w:tbl>", b"<w:tr/>",
    b'<w:gridSpan w:val="-3"/>', b'<w:gridSpan w:val="x"/>', b'<w:vMerge w:val="continue"/>', b'w:val=""',
    b"<w:sectPr/>", b"<w:numPr/>", b'<w:ilvl w:val="99"/>', b"<row/>", b'r="ZZZZZZ1"', b't="s"', b"<v>9999</v>",
    b'ref="A1:XFD1048576"', b"colspan=0", b'rowspan="-1"', b"rowspan=999999", b"<table>", b"</td>", b"<tr>",
    b"%PDF-", b"endobj", b"endstream", b"/Length 999999999", b"/Length -1", b"/Kids [1 0 R]", b"/Type /Page",
    b"/Filter /FlateDecode", b"/MediaBox [0 0 0 0]", b"/MediaBox [0 0 1e9 1e9]", b"/Rotate 45", b"BT", b"ET", b"TJ",
    b"0 0 0 0 0 0 cm", b"xref", b"trailer", b"startxref", b"\\u-99999?", b"{\\rtf", b"\\bin9999", b"}", b"\\'zz",
    "½⁄²٣".encode(), "\u202e\u0301".encode(), b"--x\r\n", b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?b?x?=",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Damage:
    """One change: what is done, where (a share of the length), how much, with which piece and in which part."""

    kind: str
    at: float
    size: int
    token: int
    part: int


# These go through LibreOffice, which takes seconds a file.
BY_OFFICE = frozenset({"doc", "rtf", "odt", "ods", "xls", "ppt", "pptx", "odp"})
KINDS = ("flip", "cut", "repeat", "token", "end", "zero", "swap")


@cache
def seeds() -> dict[str, bytes]:
    """A whole small file of each format, by its name."""
    made = {"a.html": HTML.encode(), "a.mht": _mhtml(), "a.rtf": RTF.encode(), "a.xlsx": _xlsx(), "plain.pdf": _pdf()}
    for family, media in (("A", "txt"), ("C", "docx"), ("E", "docx"), ("E", "pdf"), ("D", "txt")):
        content = render(compose(f"fuzz/{family}", family, "a").sheet, media, "fuzz")
        if content is not None:
            made[f"{family.lower()}.{media}"] = content
    return made


@cache
def pictures() -> dict[str, bytes]:
    """A small picture of a few words; its reading takes a good part of a second."""
    import cv2
    import numpy

    paper = numpy.full((120, 480), 255, dtype=numpy.uint8)
    cv2.putText(paper, "1.1 Ke hoach 0,75/1", (20, 70), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 2)
    return {"a.png": cv2.imencode(".png", paper)[1].tobytes()}


def damaged(data: bytes, several: list[Damage]) -> bytes:
    """The file after all changes; those to a zip package are made inside its parts, where readers look."""
    if not data.startswith(b"PK"):
        for damage in several:
            data = _damage(data, damage)
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = sorted(parts, key=lambda name: -len(parts[name]))
    for damage in several:
        name = names[damage.part % len(names)]
        parts[name] = _damage(parts[name], damage)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def drawn(rng: random.Random) -> list[Damage]:
    """Changes by chance: mostly few, in the largest parts."""
    return [
        Damage(
            rng.choice(KINDS),
            rng.random(),
            min(int(rng.expovariate(0.05)), 2000),
            rng.randrange(len(TOKENS)),
            min(int(rng.expovariate(0.8)), 20),
        )
        for _ in range(rng.choice((1, 1, 2, 3, 5, 12)))
    ]


def _damage(data: bytes, damage: Damage) -> bytes:
    at = int(len(data) * damage.at)
    until = min(len(data), at + 1 + damage.size)
    changes: dict[str, Callable[[], bytes]] = {
        "flip": lambda: data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 1]) + data[at + 1 :],
        "cut": lambda: data[:at] + data[until:],
        "repeat": lambda: data[:until] + data[at:until] * 3 + data[until:],
        "token": lambda: data[:at] + TOKENS[damage.token] + data[at:],
        "end": lambda: data[:at],
        "zero": lambda: data[:at] + bytes(until - at) + data[until:],
        "swap": lambda: data[:at] + TOKENS[damage.token] + data[at + len(TOKENS[damage.token]) :],
    }
    return changes[damage.kind]()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("TT", "Tiêu chí", "Điểm tối đa", "Điểm"),
        ("1.1", "Kế hoạch", 2, 1.75),
        ("1.2", "Báo cáo", "1", "0,5"),
    ):
        sheet.append(row)
    sheet.merge_cells("A5:C6")
    sheet["D5"] = "=SUM(D2:D3)"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _mhtml() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Báo cáo"
    message.set_content(HTML, subtype="html")
    message.make_mixed()
    message.add_attachment(b"x", maintype="image", subtype="png")
    return b"MIME-Version: 1.0\r\n" + message.as_bytes()


def _pdf() -> bytes:
    """A PDF whose page is not compressed: damage reaches its operators."""
    text = "".join(f"1 0 0 1 72 {700 - 20 * n} Tm (1.{n} Ke hoach {n},5/2 diem) Tj " for n in range(12))
    ruling = "".join(f"72 {690 - 20 * n} m 500 {690 - 20 * n} l S " for n in range(12))
    content = f"{ruling} BT /F1 12 Tf {text} ET".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return data + end % (table, len(data))
