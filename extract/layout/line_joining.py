"""Which lines make one paragraph, where a line end may come from the writer or only from the margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from extract.document import Block, Paragraph, Run
from extract.layout.layout_table import is_layout
from extract.layout.runs import join_runs, paragraph, split_at, text_of

# A line that opens something of its own, though it starts with a small letter: "a) ...", "đ. ...".
_LIST_MARK = regex.compile(r"^(?:[-–—+•*]|\(?[\p{L}\d]{1,3}[.)/]|\(?[ivx]+\))\s*\S")
_CLOSED = regex.compile(r"[.;:!?…/]$")
# A line this long was broken by the margin of the page, not by its writer.
_FULL_LINE = 60
# Two columns of a letterhead typed with tabs or many blanks.
COLUMN_GAP = regex.compile(r"\s*\t\s*| {4,}")


def goes_on(before: str, after: str) -> bool:
    """Whether a line is the rest of the one before: it opens with a small letter after no closing mark.

    >>> goes_on("tổ chức chỉ đạo, thực hiện các nhiệm vụ về Cải cách hành chính năm 2020 đạt", "kết quả tốt nhất")
    True
    >>> goes_on("Về việc khắc phục các tồn tại trong", "công tác CCHC năm 2019")
    True
    >>> goes_on("Kính gửi:", "các phòng"), goes_on("Kết quả đạt được", "a) Về thể chế")
    (False, False)
    """
    before, after = before.strip(), after.strip()
    if not before or not after or _CLOSED.search(before) or _LIST_MARK.match(after):
        return False
    return after[0].islower()


def paragraphs_of(lines: Iterable[tuple[Run, ...]], align: str | None = None) -> Iterator[Paragraph]:
    """Paragraphs of styled lines: wrapped lines are joined, each other line stands for itself.

    An empty line ends a paragraph, unless the line before was a full one: then a page ended there. A line that holds
    both sides of a letterhead is taken apart.
    """
    waiting: tuple[Run, ...] = ()
    gap = False
    for line in lines:
        before, text = text_of(waiting), text_of(line)
        if not text.strip():
            gap = True
            continue
        if goes_on(before, text) and (not gap or len(before) >= _FULL_LINE):
            waiting = (*waiting, Run(" "), *line)
        else:
            yield from _finished(waiting, align)
            waiting = line
        gap = False
    yield from _finished(waiting, align)


def rejoin(blocks: Iterable[Block], full_line: int = _FULL_LINE) -> list[Block]:
    """Blocks with paragraphs made one where the first breaks off in mid-sentence and is at least `full_line` long.

    Word files made from PDFs keep every line, or every page, as a paragraph of its own.
    """
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if (
            isinstance(before, Paragraph)
            and isinstance(block, Paragraph)
            and len(before.text) >= full_line
            and goes_on(before.text, block.text)
        ):
            runs = join_runs((*before.runs, Run(" "), *block.runs))
            joined[-1] = replace(before, text=text_of(runs), runs=runs)
        else:
            joined.append(block)
    return joined


def _finished(runs: tuple[Run, ...], align: str | None) -> Iterator[Paragraph]:
    text = text_of(runs).strip()
    parts = COLUMN_GAP.split(text) if "\t" in text or "    " in text else [text]
    if len(parts) == 2 and is_layout(1, 2, parts, ruled=False):
        for part in split_at(runs, COLUMN_GAP):
            made = paragraph(part)
            if made:
                yield made
        return
    made = paragraph(runs, align)
    if made:
        yield made
