"""Headings for the tests: documents of a few lines, and what was read of them in short."""

from __future__ import annotations

from extract.document import Cell, Document, Page, Paragraph, Table
from extract.heading.read_heading import HeadingFacts, read_heading
from normalize.records import Unit

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
CAM_XUYEN = Unit("Cẩm Xuyên", "district", "Hà Tĩnh")


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(len(rows), len(rows[0]), cells)


def read(*blocks: str | Table | Paragraph, method: str = "typed") -> HeadingFacts:
    made = tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    page = Page(None, made, method=method)  # type: ignore[arg-type]
    return read_heading(Document("report.docx", "0" * 64, "docx", (page,)))


def head(facts: HeadingFacts) -> tuple[str | None, ...]:
    """Number, date, issuer, kind, parent."""
    heading = facts.heading
    values = (heading.number, heading.date, heading.issuer, heading.kind, heading.parent)
    return tuple(value.value if value else None for value in values)


def title(facts: HeadingFacts) -> str | None:
    return facts.heading.title.value if facts.heading.title else None


def totals(facts: HeadingFacts) -> dict[str, str]:
    found = {name: getattr(facts.totals, name) for name in facts.totals.__slots__}
    return {name: str(value.value) for name, value in found.items() if value is not None}


def letter(*body: str) -> HeadingFacts:
    """A district's letter about 2019 with this running text."""
    return read(
        "ỦY BAN NHÂN DÂN", "HUYỆN CẨM XUYÊN", *MOTTO, "Số: 185 /UBND – NV", "V/v khắc phục tồn tại CCHC năm 2019",
        "Cẩm Xuyên, ngày 03 tháng 02 năm 2020", "Kính gửi: Các phòng chuyên môn", *body,
    )  # fmt: skip
