"""The real command line in the tests' own process: what it prints, and how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from cchc.cli import app

_STYLES = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, line by line without blanks at their ends, and its exit code."""

    code: int
    out: list[str]
    err: list[str]


def cchc(*arguments: str | Path, lang: str = "en", width: int | None = None) -> Said:
    """Run a command. With a width its output goes to a terminal of as many columns, else into a pipe."""
    terminal = {"FORCE_COLOR": "1", "COLUMNS": str(width)} if width else {"FORCE_COLOR": "", "COLUMNS": "80"}
    env = {"CCHC_LANG": lang, "NO_COLOR": "1", "CCHC_DB": "", "LANG": "", "LC_ALL": "", "LC_MESSAGES": "", **terminal}
    result = CliRunner().invoke(app, [str(each) for each in arguments], env=env, prog_name="cchc")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, _lines(result.stdout), _lines(result.stderr))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in _STYLES.sub("", text).rstrip("\n").split("\n")] if text else []
