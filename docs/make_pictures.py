"""Draws the pictures of the READMEs: real terminal output on the samples, as SVG.

python docs/make_pictures.py        (after `make demo`)
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
WIDTH = 118
# No font is fetched from anywhere: whoever looks sees the monospaced font of his own machine.
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect fill="#fbfbfb" stroke="#d0d0d0" x="1" y="1" width="{width}" height="{height}" rx="6"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""
PICTURES = {
    "ingest": ("ingest", "out/samples"),
    "show": ("show", "d-analysis-dong-hoa-2021.pdf"),
    "compare": ("compare", "--year", "2021"),
    "findings": ("findings",),
}


def main() -> None:
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME

    target = ROOT / "docs" / "images"
    target.mkdir(exist_ok=True)
    for lang in ("en", "vi"):
        database = ROOT / "out" / f"pictures-{lang}.db"
        database.unlink(missing_ok=True)
        for name, arguments in PICTURES.items():
            shown = _run([*arguments, "--db", str(database), "--lang", lang])
            console = Console(record=True, width=WIDTH, file=io.StringIO())
            console.print(Text(f"$ cchc {' '.join(arguments)}", style="bold"))
            console.print(Text.from_ansi(_first_lines(shown, 34)))
            svg = console.export_svg(
                title="", theme=DEFAULT_TERMINAL_THEME, code_format=FRAME, unique_id=f"{name}-{lang}"
            )
            (target / f"{name}.{lang}.svg").write_text(svg, encoding="utf8")


def _run(arguments: list[str]) -> str:
    environment = {**os.environ, "COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    command = [sys.executable, "-c", "from cchc.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    return done.stdout + done.stderr


def _first_lines(text: str, count: int) -> str:
    lines = text.rstrip().splitlines()
    return "\n".join(lines if len(lines) <= count else [*lines[:count], "..."])


if __name__ == "__main__":
    main()
