"""What a law portal prints of a document above its letterhead: its number, its date, who issued it, who signed."""

from __future__ import annotations

import regex

from extract.document import Paragraph, Table
from normalize.text import plain

_PROPERTY = regex.compile(r"(?:so(?: ky)? hieu|ngay ban hanh|(?:noi|co quan) ban hanh|loai van ban) ?(?::|$)")


def tells_properties(block: Paragraph | Table) -> bool:
    """Whether a block tells of the document: "Ngày ban hành: 05/09/2019", a row "Số hiệu" of a table."""
    texts = [cell.text for cell in block.cells if cell.column == 0] if isinstance(block, Table) else [block.text]
    return any(_PROPERTY.match(plain(text).strip()) for text in texts)
