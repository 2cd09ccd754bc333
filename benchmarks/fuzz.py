"""`python -m benchmarks.fuzz [--minutes 10] [--write]`: damages files of every format, so long for each reader.

Everything that escapes from a reader but the program's own errors is a finding: its file is written into
tests/fuzz/corpus, where the suite reads it from then on. A reader that takes too long is a finding as well. The readers
run side by side, one on each core. `--guided` lets atheris choose the damage by what code it reaches (Linux; a group of
its own, `uv sync --group fuzz`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.bench import ROOT, write_section

sys.path.insert(0, str(ROOT / "tests"))

from fuzz.mutations import BY_OFFICE, KINDS, TOKENS, Damage, damaged, drawn, pictures, seeds

# Of the processor, not of the clock: other programs may keep the machine busy.
SECONDS = 30
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
# Of the outcomes of a reader in a run, so many files are kept with --keep.
KEPT = 6


class TooLongError(Exception):
    """A reader that does not come to an end."""


@dataclass(slots=True)
class Told:
    """What a run of one reader came to: damaged files, how they ended, what escaped and the file that shows it."""

    reader: str
    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        return json.dumps([self.reader, self.files, dict(self.outcomes), self.findings])

    @classmethod
    def of(cls, line: str) -> Told:
        reader, files, outcomes, findings = json.loads(line)
        return cls(reader, files, Counter(outcomes), findings)


def main() -> int:
    options = _options()
    names = options.readers.split(",") if options.readers else sorted({_reader(name) for name in _seeds()})
    if options.only:
        told = _guided(options) if options.guided else _by_chance(options)
        sys.stdout.write(told.line() + "\n")
        return 0
    results = list(_side_by_side(names, options))
    lines = []
    for told in sorted(results, key=lambda one: one.reader):
        ends = ", ".join(f"{name} {count}" for name, count in told.outcomes.most_common(4))
        lines.append(f"{told.reader}: {told.files} damaged files, {len(told.findings)} findings ({ends})")
    lines.append(f"{options.minutes:g} minutes for each reader, seed {options.seed}, {os.cpu_count()} cores")
    sys.stdout.write("\n".join(lines) + "\n")
    for told in results:
        for where, path in told.findings.items():
            sys.stdout.write(f"FOUND {where}\n  {path}\n")
    if options.write:
        write_section("FUZZ.md", "Damaged files", "guided by coverage" if options.guided else "by chance", lines)
    return 1 if any(told.findings for told in results) else 0


def _options() -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for each reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--readers", help="comma-separated: docx, html, mht, pdf, png, rtf, txt, xlsx")
    parser.add_argument("--guided", action="store_true", help="let atheris choose the damage")
    parser.add_argument("--scans", action="store_true", help="also recognise pages whose text is damaged (slow)")
    parser.add_argument("--whole", action="store_true", help="also find the scores in what was read")
    parser.add_argument("--keep", action="store_true", help="keep a file of each way of ending in tests/fuzz/corpus")
    parser.add_argument("--write", action="store_true", help="store the figures in benchmarks/FUZZ.md")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    return parser.parse_args()


@cache
def _seeds() -> dict[str, bytes]:
    return {**seeds(), **pictures()}


def _reader(name: str) -> str:
    return name.rsplit(".", 1)[-1]


def _side_by_side(readers: list[str], options: Any) -> Iterator[Told]:
    """A process for each reader, as many at once as there are cores."""
    waiting, running = list(readers), dict[str, subprocess.Popen[str]]()
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            reader = waiting.pop(0)
            command = [sys.executable, "-m", "benchmarks.fuzz", *sys.argv[1:], "--only", reader]
            running[reader] = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
            )
        for reader, process in list(running.items()):
            if process.poll() is not None:
                del running[reader]
                said = (process.stdout.read() if process.stdout else "").strip().splitlines()
                gone = {f"the process ended with {process.returncode}": "no file"}
                yield Told.of(said[-1]) if said and said[-1].startswith("[") else Told(reader, findings=gone)
        time.sleep(0.2)


def _by_chance(options: Any) -> Told:
    run = _Run(options)
    names = [name for name in _seeds() if _reader(name) == options.only]
    until, number = time.monotonic() + options.minutes * 60, 0
    while time.monotonic() < until:
        name = names[number % len(names)]
        run.read(damaged(_seeds()[name], drawn(random.Random(f"{options.seed}/{number}"))), name)
        number += 1
    return run.told


def _guided(options: Any) -> Told:
    """The same damage, chosen by atheris: what it is given are the changes to be made, in its own bytes."""
    import atheris

    with atheris.instrument_imports(include=["extract", "normalize"]):
        run = _Run(options)
    names = [name for name in _seeds() if _reader(name) == options.only]
    until = time.monotonic() + options.minutes * 60

    def one(data: bytes) -> None:
        if time.monotonic() > until:
            sys.stdout.write(run.told.line() + "\n")
            sys.stdout.flush()
            os._exit(0)  # the loop of atheris has no end of its own but that of the process
        chosen = atheris.FuzzedDataProvider(data)
        name = names[chosen.ConsumeIntInRange(0, len(names) - 1)]
        several = [_chosen(chosen) for _ in range(chosen.ConsumeIntInRange(1, 6))]
        run.read(damaged(_seeds()[name], several), name)

    atheris.Setup([sys.argv[0], f"-seed={options.seed}", "-timeout=600"], one)
    atheris.Fuzz()
    return run.told


def _chosen(provider: Any) -> Damage:
    return Damage(
        KINDS[provider.ConsumeIntInRange(0, len(KINDS) - 1)],
        provider.ConsumeProbability(),
        provider.ConsumeIntInRange(0, 400),
        provider.ConsumeIntInRange(0, len(TOKENS) - 1),
        provider.ConsumeIntInRange(0, 6),
    )


class _Run:
    """The reading of damaged files by one reader, and what is noted of it."""

    def __init__(self, options: Any) -> None:
        from extract.scan import recognition

        self.told = Told(options.only)
        self._options = options
        signal.signal(signal.SIGPROF, _too_long)
        if not options.scans:
            recognition.installed_recogniser = lambda: None
        self._read = _reading(options.whole)

    def read(self, data: bytes, name: str) -> None:
        if not data:
            return
        end, escaped = self._end(data, name)
        self.told.files += 1
        self.told.outcomes[end] += 1
        if escaped and end not in self.told.findings:
            self.told.findings[end] = str(_kept(data, name))
        first = self.told.outcomes[end] == 1 and len(self.told.outcomes) <= KEPT
        if first and self._options.keep and not escaped and len(data) < 20_000:
            _kept(data, name)

    def _end(self, data: bytes, name: str) -> tuple[str, bool]:
        """How the reading ended, and whether that was an error which should not have escaped."""
        from normalize.errors import CchcError

        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            return self._read(data, name), False
        except CchcError as error:
            return error.reason, False
        except Exception as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if str(ROOT) in frame.filename]
            own = [frame for frame in frames if ".venv" not in frame.filename]
            return f"{type(error).__name__} in {Path(own[-1].filename).name}:{own[-1].name}", True
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _reading(whole: bool) -> Callable[[bytes, str], str]:
    from extract.readers import read_source
    from extract.report import read_report
    from extract.sniffing import kind_of
    from extract.source import Source

    def read(data: bytes, name: str) -> str:
        kind = kind_of(data, name)
        if (kind == "image" and _reader(name) != "png") or (kind in BY_OFFICE and _reader(name) not in BY_OFFICE):
            return "taken for another format"
        document = read_source(Source.of(data, Path(name)))
        if whole:
            read_report(document)
        return "read"

    return read


def _too_long(*_signal: object) -> None:
    raise TooLongError(SECONDS)


def _kept(data: bytes, name: str) -> Path:
    CORPUS.mkdir(parents=True, exist_ok=True)
    path = CORPUS / f"{hashlib.sha256(data).hexdigest()[:12]}.{_reader(name)}"
    path.write_bytes(data)
    return path.relative_to(ROOT)


if __name__ == "__main__":
    sys.exit(main())
