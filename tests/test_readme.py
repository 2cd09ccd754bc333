"""What both READMEs show of the three uses is what the commands print: they are run, in their order, on the samples."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

from cchc.cli import app
from samples.write import main as write_samples

ROOT = Path(__file__).parents[1]
_BLOCK = regex.compile(r"```console\n(?<text>.*?)```", regex.DOTALL)


def shown(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of the blocks, with the lines that are shown below it."""
    for block in _BLOCK.finditer(text):
        for part in regex.split(r"(?m)^\$ ", block["text"])[1:]:
            command, *lines = part.splitlines()
            yield command, lines


def missing(lines: list[str], printed: list[str]) -> list[str]:
    """The shown lines that do not stand in what was printed in this order; "..." stands for any number of lines."""
    at, anywhere = 0, False
    for line in lines:
        if line == "...":
            anywhere = True
            continue
        found = next((n for n in range(at, len(printed)) if printed[n].rstrip() == line.rstrip()), None)
        if found is None or (not anywhere and found != at):
            return [line]
        at, anywhere = found + 1, False
    return []


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.vi.md", "vi")])
def test_the_commands_print_what_is_shown(
    name: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CCHC_LANG", lang)
    for name_of in ("CCHC_DB", "COLUMNS"):
        monkeypatch.delenv(name_of, raising=False)
    commands = list(shown((ROOT / name).read_text(encoding="utf8")))
    assert len(commands) >= 6
    for command, lines in commands:
        program, *arguments = shlex.split(command)
        if program == "python":
            assert arguments[:2] == ["-m", "samples.write"]
            write_samples(arguments[2:])
            printed = capsys.readouterr().out.splitlines()
        else:
            done = CliRunner().invoke(app, arguments)
            assert done.exit_code == 0, done.output
            printed = done.output.splitlines()
        if lines and lines[0] != "..." and printed and not printed[0].strip():
            printed = printed[1:]
        printed = [line.replace("\u00a0", " ").replace(os.sep, "/") for line in printed]
        assert not missing(lines, printed), (command, missing(lines, printed), printed)
