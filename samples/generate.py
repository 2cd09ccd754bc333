"""`python -m samples.generate --seed 1 --count 100 --families A,C,F --formats docx,pdf --out FOLDER`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from samples.generator import FAMILIES, generate
from samples.render import missing


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.generate", description="Writes reports with their truth.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--families", default=",".join(FAMILIES), help="comma-separated: A to H")
    parser.add_argument("--formats", default="txt,docx,pdf", help="comma-separated: txt, docx, pdf, scan, tiff, png")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--no-errors", action="store_true", help="plant no mistakes")
    options = parser.parse_args(arguments)
    formats = options.formats.split(",")
    for media in formats:
        if (why := missing(media)) is not None:
            sys.stderr.write(why + "\n")
    truths = generate(
        options.seed,
        options.count,
        options.families.split(","),
        formats,
        options.out,
        planted_errors=not options.no_errors,
    )
    planted = sum(len(truth.planted) for truth in truths)
    sys.stdout.write(f"{len(truths)} reports in {options.out}, {planted} planted errors\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
