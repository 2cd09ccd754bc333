"""A report as earlier digitisation leaves it: plain text, tables as tab-separated or pipe lines, remains of marks."""

from __future__ import annotations

from samples.layout import Grid, Letterhead, PageBreak, Para, Sheet


def render_text(sheet: Sheet) -> str:
    """The sheet as text: "tabs" marks bold with `**`, "pipes" writes Markdown tables, "tags" leaves `<b>`."""
    parts: list[str] = []
    for block in sheet.blocks:
        if isinstance(block, Letterhead):
            parts.extend(_column(column, sheet) for column in (block.left, block.right))
        elif isinstance(block, Para):
            parts.append(_paragraph(block, sheet))
        elif isinstance(block, Grid):
            parts.append(_pipes(block) if sheet.dialect == "pipes" else _tabs(block))
        elif isinstance(block, PageBreak):
            parts.append("")
    return "\n\n".join(parts) + "\n"


def _column(column: tuple[Para, ...], sheet: Sheet) -> str:
    lines: list[str] = []
    bold: list[str] = []
    for para in column:
        if para.bold:
            bold.append(para.text)
            continue
        lines.extend(_bold(bold, sheet))
        bold = []
        lines.append(para.text)
    lines.extend(_bold(bold, sheet))
    return "\n".join(lines)


def _bold(lines: list[str], sheet: Sheet) -> list[str]:
    return [_marked("\n".join(lines), sheet)] if lines else []


def _marked(text: str, sheet: Sheet) -> str:
    return f"<b>{text}</b>" if sheet.dialect == "tags" else f"**{text}**"


def _paragraph(para: Para, sheet: Sheet) -> str:
    text = f"{para.label} {para.text}" if para.label else para.text
    if sheet.dialect == "tags":
        pieces = text.split("**")
        text = "".join(f"<b>{piece}</b>" if at % 2 else piece for at, piece in enumerate(pieces))
    if para.bold and text.strip():
        text = _marked(text, sheet)
    elif para.italic and text.strip() and sheet.dialect == "pipes":
        text = f"*{text}*"
    return f"<p>{text}</p>" if sheet.dialect == "tags" and not para.bold else text


def _filled(grid: Grid) -> list[list[str]]:
    lines = [[""] * len(grid.widths) for _ in grid.rows]
    for r, c, cell in grid.placed():
        lines[r][c] = " ".join(cell.text.replace("\t", " ").splitlines())
    return lines


def _tabs(grid: Grid) -> str:
    lines: list[str] = []
    for number, row in enumerate(_filled(grid)):
        if number in grid.breaks:
            lines.append("")
            if grid.repeat:
                lines.extend("\t".join(head) for head in _filled(grid)[: grid.head])
        lines.append("\t".join(row))
    return "\n".join(lines)


def _pipes(grid: Grid) -> str:
    lines: list[str] = []
    for number, row in enumerate(_filled(grid)):
        lines.append("| " + " | ".join(text.replace("|", "/") for text in row) + " |")
        if number == grid.head - 1:
            lines.append("|" + " --- |" * len(grid.widths))
    return "\n".join(lines)
