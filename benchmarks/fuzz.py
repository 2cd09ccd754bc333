"""`python -m benchmarks.fuzz --minutes 10 --readers docx,pdf`: damages files until the time is over.

Everything that escapes from a reader but the program's own errors is a finding: its file is written into
tests/fuzz/findings, where the suite reads it from then on. A reader that takes too long is a finding as well.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzz.mutations import damaged, drawn, seeds  # noqa: E402 (the path comes first)
from fuzz.test_readers import BY_OFFICE  # noqa: E402

from extract import recognition  # noqa: E402
from extract.readers import read_source  # noqa: E402
from extract.report import read_report  # noqa: E402
from extract.sniffing import kind_of  # noqa: E402
from extract.source import Source  # noqa: E402
from normalize.errors import CchcError  # noqa: E402

# Of the processor, not of the clock: other programs may keep the machine busy.
SECONDS = 30
FINDINGS = ROOT / "tests" / "fuzz" / "findings"


class TooLongError(Exception):
    """A reader that does not come to an end."""


def main() -> int:
    options = _options()
    names = [name for name in seeds() if options.readers is None or name.split(".")[-1] in options.readers.split(",")]
    signal.signal(signal.SIGPROF, _too_long)
    if not options.scans:
        recognition.installed_recogniser = lambda: None
    until, number = time.monotonic() + options.minutes * 60, options.seed
    outcomes: Counter[str] = Counter()
    found: dict[str, Path] = {}
    while time.monotonic() < until:
        name = names[number % len(names)]
        data = damaged(seeds()[name], drawn(random.Random(f"{options.seed}/{number}")))
        number += 1
        where = _outcome(data, name, options)
        outcomes[where or "fine"] += 1
        if where and where not in found:
            found[where] = _kept(data, name)
            sys.stdout.write(f"{where}\n  {found[where]}\n")
            sys.stdout.flush()
    files = sum(outcomes.values())
    sys.stdout.write(f"{files} damaged files of {len(names)} kinds, {len(found)} different findings\n")
    return 1 if found else 0


def _options() -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--readers", help="comma-separated endings: txt, docx, pdf, html, mht, xlsx, rtf")
    parser.add_argument("--office", action="store_true", help="also what goes through LibreOffice")
    parser.add_argument("--scans", action="store_true", help="also recognise pages whose text is damaged (slow)")
    parser.add_argument("--whole", action="store_true", help="also find the scores in what was read")
    return parser.parse_args()


def _outcome(data: bytes, name: str, options: Any) -> str | None:
    """Where an error came from that should not have escaped; None where all is well."""
    if not data:
        return None
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        kind = kind_of(data, name)
        if kind == "image" or (kind in BY_OFFICE and not options.office):
            return None
        document = read_source(Source.of(data, Path(name)))
        if options.whole:
            read_report(document)
    except CchcError:
        return None
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if str(ROOT) in frame.filename]
        last = [frame for frame in frames if ".venv" not in frame.filename][-1]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.name}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return None


def _too_long(*_signal: object) -> None:
    raise TooLongError(SECONDS)


def _kept(data: bytes, name: str) -> Path:
    FINDINGS.mkdir(parents=True, exist_ok=True)
    path = FINDINGS / f"{hashlib.sha256(data).hexdigest()[:12]}.{name.split('.')[-1]}"
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
