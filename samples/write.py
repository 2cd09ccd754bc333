"""`python -m samples.write FOLDER`: writes the project's own reports with what must be read from them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from samples.catalogue import FORMATS, write_samples
from samples.render import missing


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.write", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--formats", default=",".join(FORMATS), help="comma-separated: txt, docx, pdf")
    options = parser.parse_args(arguments)
    formats = tuple(options.formats.split(","))
    for media in formats:
        if (why := missing(media)) is not None:
            sys.stderr.write(why + "\n")
    written = write_samples(options.folder, formats)
    sys.stdout.write(f"{sum(path.suffix != '.json' for path in written)} reports in {options.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
